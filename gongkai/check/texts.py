"""A record → every text in it, with its place: values (`texts`), and bodies with those of earlier days (`bodies`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from gongkai.base.fields import Choice, Fields
from gongkai.base.problems import Mark
from gongkai.model.catalog import Catalog
from gongkai.model.record import Item

Loc = tuple[int | str, ...]


class Value(NamedTuple):
    """A text of a record, where it is, and the kinds of marks that its field carries (`base.fields`)."""

    loc: Loc
    text: str
    marks: frozenset[type]


def texts(record: Fields, loc: Loc = ()) -> Iterator[Value]:
    """Each text of a record, of what is nested in it too; keys of a closed vocabulary are none."""
    marks = _marks(type(record))
    for name, value in vars(record).items():
        if not value:
            # Most fields of most records.
            continue
        for at, one in enumerate(value) if isinstance(value, tuple) else ((None, value),):
            if isinstance(one, str):
                if not isinstance(one, Choice):
                    yield Value((*loc, name) if at is None else (*loc, name, at), one, marks[name])
            elif isinstance(one, Fields):
                yield from texts(one, (*loc, name) if at is None else (*loc, name, at))


def narrow(mark: Mark, text: str, start: int, end: int) -> Mark:
    """The place of `text[start:end]` inside a value at `mark`; the value itself where it stands on several lines."""
    quotes = mark.length - len(text)
    if quotes not in (0, 2) or "\n" in text:
        return mark
    return Mark(mark.path, mark.line, mark.column + quotes // 2 + start, end - start)


def bodies(catalog: Catalog) -> Iterator[Item]:
    """Every record that has a body, and each earlier text of it as a record of its own file: both have pages."""
    for key, item in catalog.items.items():
        yield from (one for one in (item, *(earlier.item for earlier in catalog.texts.get(key, ()))) if one.body)


def place(item: Item, start: int, end: int) -> Mark:
    """Where `item.body[start:end]` stands in its file; a caret does not reach beyond the first line."""
    line = item.body.count("\n", 0, start)
    left = item.body.rfind("\n", 0, start) + 1
    stop = item.body.find("\n", start, end)
    return Mark(item.path, item.body_line + line, start - left + 1, (end if stop < 0 else stop) - start)


@cache
def _marks(fields: type[Fields]) -> dict[str, frozenset[type]]:
    return {
        name: frozenset({*map(type, field.metadata), *_within(field.annotation)})
        for name, field in fields.model_fields.items()
    }


def _within(annotation: Any) -> Iterator[type]:
    inner = get_args(annotation)
    if get_origin(annotation) is Annotated:
        yield from map(type, inner[1:])
    for one in inner:
        yield from _within(one)
