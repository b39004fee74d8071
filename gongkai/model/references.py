"""Text that names a record → the record, or a Problem. Start with `Names`.

A reference is an id, a title (with or without 《》) or a document number. A field declares what it refers to with
`base.fields.Ref`; nothing else in the house needs to know which fields are references.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from gongkai.base.fields import FILE, Fields, Ref, guess
from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.base.shortlist import Shortlist
from gongkai.base.text import is_number, plain
from gongkai.model.kinds import BY_NAME
from gongkai.model.record import Item
from gongkai.read.typed import Typed

DANGLING = Code(
    "GK-REF-001",
    "error",
    "引用的内容不存在",
    "引用写本站内容的 id、标题或文号。引用本站之外的文件时，标题加书名号《》，或写完整的文号。",
)
AMBIGUOUS = Code(
    "GK-REF-002",
    "error",
    "引用的内容不止一个",
    "有几份内容叫同一个标题或文号。改写成其中一份的 id（文件名，不带 .md）。",
)
UNKNOWN_ORGAN = Code(
    "GK-REF-003",
    "error",
    "没有这个机关",
    "机关写 content 下的文件夹名，或写机关全称。用英文字母写的一定要是本站机关的文件夹名。",
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as typed, where it stands, and whom it reaches (None: something outside the catalog)."""

    source: tuple[str, str]
    mark: Mark
    kind: str
    text: str
    target: tuple[str, str] | None


class Names:
    """What every record may be called. Keys are `(kind, id)`; ids win over titles and numbers."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._ids: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        self._names: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
        self._written: dict[str, dict[str, str]] = defaultdict(dict)
        self._lists: dict[str, Shortlist] = {}
        for item in items:
            self._ids[item.kind][item.id] = item.key
            for name in filter(None, BY_NAME[item.kind].names(item.record)):
                found = self._names[item.kind][plain(name)]
                self._written[item.kind].setdefault(plain(name), name)
                if item.key not in found:
                    found.append(item.key)

    def know(self, kind: str, id: str, names: Iterable[str | None] = ()) -> None:
        """Counts an id and names as taken although their record is faulty: that fault is reported where it stands."""
        self._lists.pop(kind, None)
        self._ids[kind].setdefault(id, (kind, id))
        for name in filter(None, names):
            found = self._names[kind][plain(name)]
            if not found:
                found.append((kind, id))
                self._written[kind][plain(name)] = name

    def find(self, kind: str, text: str) -> list[tuple[str, str]]:
        """Every record of `kind` that `text` may mean: none, one, or several with one name."""
        if kind == "*":
            name, _, rest = text.partition(":")
            return self.find(name, rest) if name in BY_NAME else []
        if text in self._ids[kind]:
            return [self._ids[kind][text]]
        return self._names[kind].get(plain(text), [])

    def one(self, kind: str, text: str) -> tuple[str, str] | None:
        """The record that `text` means, None when there is none or more than one."""
        found = self.find(kind, text)
        return found[0] if len(found) == 1 else None

    def problem(self, ref: Ref, text: str, mark: Mark, source: tuple[str, str]) -> Problem | None:
        """What is wrong with a reference in the record `source`, if anything."""
        if ref.kind == "*":
            return self._any(text, mark, source)
        found = self.find(ref.kind, text)
        if len(found) == 1 or (not found and ref.outside and is_outside(ref.kind, text)):
            return None
        word = shown(text)
        if found:
            ids = "、".join(key[1] for key in found[:5])
            return AMBIGUOUS.at(mark, f"有 {len(found)} 份内容叫“{word}”", f"改写成其中一个 id：{ids}")
        hint = self._hint(ref, text, source)
        if ref.kind == "organ":
            return UNKNOWN_ORGAN.at(mark, f"没有 {word} 这个机关", hint)
        return DANGLING.at(mark, f"找不到 {word}", hint)

    def _any(self, text: str, mark: Mark, source: tuple[str, str]) -> Problem | None:
        """A reference that names its kind (`rule:id`), or an address outside."""
        name, colon, rest = text.partition(":")
        if text.startswith(("http://", "https://")):
            return None
        if not colon or name not in BY_NAME:
            return DANGLING.at(mark, f"看不懂 {shown(text)}", "写成 rule:id、card:id、explainer:id，或完整网址")
        return self.problem(Ref(name), rest, mark, source)

    def _hint(self, ref: Ref, text: str, own: tuple[str, str]) -> str:
        if "，" in text and not re.search(r"[㐀-鿿]", text):
            return "各项之间用半角逗号，或每一项另起一行、前面加 - "
        meant = self._meant(ref.kind, text, own)
        if ref.kind == "organ":
            return f"是不是 {meant}？" if meant else self._organs(text)
        outside = "本站之外的文件写成《标题》或完整文号" if ref.outside else ""
        return f"是不是 {meant}？{outside}" if meant else f"写本站内容的 id、标题或文号；{outside}".rstrip("；")

    def _meant(self, kind: str, text: str, own: tuple[str, str]) -> str | None:
        """The id or name that a slip may stand for; never one of the record `own`, in which it stands."""
        if kind not in self._lists:
            self._lists[kind] = Shortlist([*self._ids[kind], *self._written[kind].values()])
        near = self._lists[kind].near(text) if len(text) <= 200 else []
        return guess(text, [name for name in near if own not in self.find(kind, name)])

    def _organs(self, text: str) -> str:
        listed = "、".join(sorted(self._ids["organ"])[:10])
        return f"写本站机关的文件夹名，例如 {listed}" if listed else f"用 gongkai new organ {shown(text)} 新建"


def is_outside(kind: str, text: str) -> bool:
    """Whether a name that nothing here bears may stand for something outside the catalog.

    Latin letters can only be a mistyped id. An organ outside is named in Chinese; a document outside by its 《title》
    or its number, so that a mistyped title of our own is never taken for a foreign one.
    """
    if not re.search(r"[㐀-鿿]", text):
        return False
    return kind == "organ" or is_number(text) or (text.startswith("《") and text.endswith("》"))


def is_own(item: Item, names: Names) -> bool:
    """Whether an organ of the catalog made a record: a document is its lead issuer's, all else is ours."""
    issuers = getattr(item.record, "issuers", None)
    if issuers is None:
        return True
    return bool(issuers) and names.one("organ", issuers[0]) is not None


def references(record: Typed[Any]) -> Iterator[tuple[Ref, str, Mark]]:
    """Every reference in a record: what it refers to, its text, its place."""
    for loc, ref, text in _found(record.record):
        if ref.kind != FILE:
            yield ref, text, record.mark(*loc)


def files(record: Typed[Any]) -> Iterator[tuple[str, Mark]]:
    """Every file that a field of a record names, and its place."""
    for loc, ref, text in _found(record.record):
        if ref.kind == FILE:
            yield text, record.mark(*loc)


def _found(record: Fields) -> Iterator[tuple[tuple[int | str, ...], Ref, str]]:
    for name, ref, nested in _declared(type(record)):
        value = getattr(record, name)
        if value is None or value == ():
            continue
        values = list(enumerate(value)) if isinstance(value, tuple) else [(None, value)]
        for position, item in values:
            loc = (name,) if position is None else (name, position)
            if ref and isinstance(item, str):
                yield loc, ref, item
            elif nested and isinstance(item, Fields):
                yield from (((*loc, *inner), r, text) for inner, r, text in _found(item))


@cache
def _declared(fields: type[Fields]) -> tuple[tuple[str, Ref | None, bool], ...]:
    """The fields that are references, or hold records with references."""
    found = []
    for name, field in fields.model_fields.items():
        ref = next((entry for entry in field.metadata if isinstance(entry, Ref)), _ref(field.annotation))
        nested = any(map(_declared, _inner(field.annotation)))
        if ref or nested:
            found.append((name, ref, nested))
    return tuple(found)


def _ref(annotation: Any) -> Ref | None:
    if get_origin(annotation) is Annotated:
        for entry in get_args(annotation)[1:]:
            if isinstance(entry, Ref):
                return entry
    return next((ref for inner in get_args(annotation) if (ref := _ref(inner))), None)


def _inner(annotation: Any) -> Iterator[type[Fields]]:
    """The records that a field may hold."""
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        yield annotation
    for inner in get_args(annotation):
        yield from _inner(inner)
