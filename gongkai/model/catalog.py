"""Documents → the catalog: typed records with their references resolved, and every problem found on the way.

Start with `load`. A faulty record is left out of the catalog, but its name still counts, so that one fault is
reported once and not again at everything that refers to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from gongkai.base import clock
from gongkai.base.fields import IDENTIFIER, Ref
from gongkai.base.problems import Code, Mark, Problem
from gongkai.base.settings import Settings
from gongkai.model import kinds, links
from gongkai.model.links import Link
from gongkai.model.record import Common, Item, Kind
from gongkai.model.references import Names, Reference, references
from gongkai.read.typed import Typed, typed
from gongkai.read.walk import Attachment, Document, Documents
from gongkai.read.yaml import Mapping

MISPLACED = Code(
    "GK-FILE-007",
    "error",
    "文件放错了地方",
    "每种内容有自己的文件夹：机构是 content/机关/organ.yaml，文件是 content/机关/rules/*.md。",
)
NO_ORGAN = Code(
    "GK-FILE-008",
    "error",
    "文件夹里没有 organ.yaml",
    "content 下每个机关的文件夹都要有 organ.yaml；属于整个政府的内容放在 content/common。",
)
BAD_ID = Code(
    "GK-FILE-009",
    "error",
    "文件名不能用作地址",
    "文件名（不带扩展名）就是 id，会成为网址的一部分：只用小写英文字母、数字和连字符。",
)
DUPLICATE_ID = Code(
    "GK-FILE-010",
    "error",
    "两个文件的 id 相同",
    "同一种内容的 id 在整个网站里只能有一个。给其中一个文件改名。",
)
UNEDITED = Code(
    "GK-SET-001",
    "warning",
    "还有没填写的内容",
    "起始文件里的“请填写……”要换成真实内容再发布。",
)

COMMON = "common"
"""The folder for what belongs to the government as a whole; no organ may have this name."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything the site can speak of on one day. Frozen; what of it may be shown is `model.disclosure`'s to say."""

    settings: Settings
    day: date
    items: MappingProxyType[tuple[str, str], Item]
    names: Names
    references: tuple[Reference, ...]
    links: MappingProxyType[tuple[str, str], tuple[Link, ...]]
    attachments: dict[str, Attachment]
    problems: tuple[Problem, ...]

    def of(self, kind: str) -> Iterator[Item]:
        """The records of one kind, in the order of their paths."""
        return (item for item in self.items.values() if item.kind == kind)

    def find(self, kind: str, text: str) -> Item | None:
        """The record that a reference means, if it is one of ours."""
        key = self.names.one(kind, text)
        return self.items.get(key) if key else None

    def publisher(self, item: Item) -> Item | None:
        """The organ in whose folder a record lies; the root organ for `common`."""
        organ = self.settings.root if item.organ == COMMON else item.organ
        return self.find("organ", organ)

    def is_own(self, item: Item) -> bool:
        """Whether an organ of this catalog made the record: a document is its lead issuer's, all else is ours."""
        return _is_own(item, self.names)


def load(documents: Documents, day: date | None = None, base_url: str | None = None) -> Catalog:
    """The catalog on `day` (today when None), with every problem of settings and content.

    `base_url` takes the place of the one in the settings.
    """
    problems = list(documents.problems)
    settings = _settings(documents.settings, base_url, problems)
    found = [entry for document in documents.files if (entry := _typed(document, problems))]
    found = _without_duplicates(found, problems)
    items = {entry.item.key: entry.item for entry in found if entry.item}
    names = Names(items.values())
    for entry in found:
        if entry.item is None:
            names.know(entry.kind.name, entry.id)
    _check_folders(documents, problems)
    resolved = list(_resolve(found, names, problems))
    linked = {item.key: _links(item, names, documents, items, problems) for item in items.values()}
    problems += _unknown(references(settings), names)
    return Catalog(
        settings=settings.record,
        day=clock.today(settings.record.timezone, day),
        items=MappingProxyType(items),
        names=names,
        references=tuple(resolved),
        links=MappingProxyType(linked),
        attachments=documents.attachments,
        problems=tuple(problems),
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: Kind
    id: str
    path: str
    typed: Typed[Any]
    item: Item | None


_STAND_IN = Settings.model_validate(
    {
        "name": "—",
        "domain": "—",
        "id_code": "—",
        "root": "—",
        "footer": {
            "sponsor": "—",
            "contact": "—",
            "icp": "—",
            **dict.fromkeys(("police", "conac", "report_error"), {"text": "—"}),
        },
    }
)
"""Stands in for settings that are missing or faulty, so that the rest is still examined; it is never published."""


def _settings(document: Document | None, base_url: str | None, problems: list[Problem]) -> Typed[Settings]:
    if document is None or document.data is None:
        return Typed(_STAND_IN, False, Mapping({}, Mark("catalog.yaml")), ())
    result = typed(document.data, Settings)
    problems += [*result.problems, *_unedited(document)]
    record = result.record
    missing = {name: value for name, value in _STAND_IN if getattr(record, name) is None}
    if base_url:
        missing["base_url"] = base_url
    return replace(result, record=record.model_copy(update=missing))


def _is_own(item: Item, names: Names) -> bool:
    issuers = getattr(item.record, "issuers", None)
    if issuers is None:
        return True
    return bool(issuers) and names.one("organ", issuers[0]) is not None


def _links(
    item: Item,
    names: Names,
    documents: Documents,
    items: dict[tuple[str, str], Item],
    problems: list[Problem],
) -> tuple[Link, ...]:
    """The links of a record. A dead one in a text from outside is only a warning: that text is not ours to mend."""
    found, dead = links.read(item, documents.attachments, items)
    own = _is_own(item, names)
    problems += [problem if own else replace(problem, severity="warning") for problem in dead]
    return found


def _unedited(document: Document) -> Iterator[Problem]:
    for number, line in enumerate(document.text.split("\n"), start=1):
        if (column := line.find("请填写")) >= 0 and not line.lstrip().startswith("#"):
            mark = Mark(document.path, number, column + 1, len(line.rstrip()) - column)
            yield UNEDITED.at(mark, "这一处还没有填写", "换成真实内容")


def _typed(document: Document, problems: list[Problem]) -> _Entry | None:
    where = kinds.place(document.path)
    if where is None:
        examples = "、".join(kinds.examples())
        problems.append(MISPLACED.at(Mark(document.path), "文件放错了地方", f"内容文件放在 {examples}"))
        return None
    kind, organ, id = where
    mark = Mark(document.path)
    if not IDENTIFIER.fullmatch(id) or id in kind.reserved:
        reason = "是网址里保留的词" if id in kind.reserved else "不能用作地址"
        problems.append(BAD_ID.at(mark, f"“{id}”{reason}", "用小写英文字母、数字和连字符，例如 education-2024-3"))
    if document.data is None:
        empty = _nothing(document, kind)
        return _Entry(kind, id, document.path, empty, None)
    result = typed(document.data, kind.fields)
    found = [*result.problems, *_rules(kind, result), *_unedited(document)]
    problems += found
    item = Item(kind.name, id, organ, document.path, result.record, document.body, document.body_line, result)
    return _Entry(kind, id, document.path, result, item if result.sound else None)


def _nothing(document: Document, kind: Kind) -> Typed[Common]:
    """A record of which nothing could be read: it has its problem already and only lends its id."""
    return Typed(kind.fields.model_construct(), False, Mapping({}, Mark(document.path)), ())


def _rules(kind: Kind, result: Typed[Any]) -> Iterator[Problem]:
    for rule in kind.rules:
        yield from rule(result)


def _without_duplicates(found: list[_Entry], problems: list[Problem]) -> list[_Entry]:
    first: dict[tuple[str, str], _Entry] = {}
    for entry in found:
        earlier = first.setdefault((entry.kind.name, entry.id), entry)
        if earlier is not entry:
            message = f"id {entry.id} 已经用在 {earlier.path}"
            problems.append(DUPLICATE_ID.at(Mark(entry.path), message, "给其中一个文件改名"))
    return list(first.values())


def _check_folders(documents: Documents, problems: list[Problem]) -> None:
    paths = [document.path for document in documents.files]
    folders = {path.split("/")[1]: path for path in reversed(paths) if path.count("/") > 1}
    for folder, path in sorted(folders.items()):
        if folder != COMMON and f"content/{folder}/organ.yaml" not in paths:
            hint = f"用 gongkai new organ {folder} 生成 content/{folder}/organ.yaml"
            problems.append(NO_ORGAN.at(Mark(path), f"文件夹 {folder} 里没有 organ.yaml", hint))


def _resolve(found: Iterable[_Entry], names: Names, problems: list[Problem]) -> Iterator[Reference]:
    for entry in found:
        problems += _unknown(references(entry.typed), names)
        for ref, text, mark in references(entry.typed):
            yield Reference((entry.kind.name, entry.id), mark, ref.kind, text, names.one(ref.kind, text))


def _unknown(found: Iterable[tuple[Ref, str, Mark]], names: Names) -> list[Problem]:
    problems = (names.problem(ref, text, mark) for ref, text, mark in found)
    return [problem for problem in problems if problem is not None]
