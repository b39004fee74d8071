"""A record → every text in it, with its place and whether it is how an organ is reached. Start with `texts`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from gongkai.base.fields import Choice, Contact, Fields
from gongkai.base.problems import Mark

Loc = tuple[int | str, ...]


def texts(record: Fields, loc: Loc = ()) -> Iterator[tuple[Loc, str, bool]]:
    """Each text of a record, of what is nested in it too; keys of a closed vocabulary are none."""
    contacts = _contacts(type(record))
    for name in type(record).model_fields:
        value = getattr(record, name, None)
        for at, one in enumerate(value) if isinstance(value, tuple) else ((None, value),):
            here = (*loc, name) if at is None else (*loc, name, at)
            if isinstance(one, Fields):
                yield from texts(one, here)
            elif isinstance(one, str) and not isinstance(one, Choice):
                yield here, one, name in contacts


def narrow(mark: Mark, text: str, start: int, end: int) -> Mark:
    """The place of `text[start:end]` inside a value at `mark`; the value itself where it stands on several lines."""
    quotes = mark.length - len(text)
    if quotes not in (0, 2) or "\n" in text:
        return mark
    return Mark(mark.path, mark.line, mark.column + quotes // 2 + start, end - start)


@cache
def _contacts(fields: type[Fields]) -> frozenset[str]:
    declared = fields.model_fields.items()
    return frozenset(name for name, field in declared if _marked(field.metadata) or _is_contact(field.annotation))


def _is_contact(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated and _marked(get_args(annotation)[1:]):
        return True
    return any(map(_is_contact, get_args(annotation)))


def _marked(metadata: Any) -> bool:
    return any(isinstance(one, Contact) for one in metadata)
