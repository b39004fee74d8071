"""`versions` of a rule and the files of its folder → its earlier texts, and Problems where the two do not fit.

An earlier text is the record with another body, under an address of its own. A file that was copied whole keeps its
front matter; only what stands below it is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from posixpath import basename, dirname, normpath

from gongkai.base.fields import guess
from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.model.entries import Entry
from gongkai.model.kinds import text_of
from gongkai.model.record import Item
from gongkai.model.rule import KIND, Version
from gongkai.read import frontmatter
from gongkai.read.walk import LINK, UNREADABLE, Document

LATE = Code(
    "GK-VERSION-001",
    "error",
    "旧文本的日期不早于现行文本",
    "versions 里写旧文本开始施行的日期，要早于现行文本的施行日期（effective）。现行文本就是正文，不写进 versions。",
)
TWICE = Code(
    "GK-VERSION-002",
    "error",
    "两个旧文本的日期相同",
    "同一天只能开始施行一个文本。核对后改正其中一个日期，或删去重复的一项。",
)
NO_FILE = Code(
    "GK-VERSION-003",
    "error",
    "找不到旧文本",
    "旧文本放在和文件同名的文件夹里，文件名是日期：rules/a-1.md 的旧文本是 rules/a-1/2022-05-01.md。",
)
STRAY = Code(
    "GK-VERSION-004",
    "error",
    "旧文本没有写进 versions",
    "文件夹里的每个旧文本都要在文件的 versions 里有一项，写明从哪一天起施行；不再需要的文件要删去。",
)
UNDATED = Code(
    "GK-VERSION-005",
    "error",
    "有旧文本而没有写现行文本的施行日期",
    "写上 effective：旧文本到它的前一天为止。首次施行日期另写 original_effective。",
)

_OF_TEXT = frozenset(
    code.id for code in (frontmatter.NOT_UTF8, frontmatter.EMPTY, frontmatter.CONTROL, UNREADABLE, LINK)
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier text: in force from `since` until the next one; `item` is the record with this text for its body."""

    since: date
    note: str
    item: Item


def faults(problems: Iterable[Problem], texts: Mapping[str, Document]) -> Iterator[Problem]:
    """The problems of reading, without those that an earlier text cannot have: it needs no front matter."""
    return (problem for problem in problems if problem.path not in texts or problem.code in _OF_TEXT)


def gather(
    entries: Iterable[Entry], texts: Mapping[str, Document], problems: list[Problem]
) -> dict[tuple[str, str], tuple[Earlier, ...]]:
    """The earlier texts of every document, oldest first; one with a fault is a problem and left out."""
    folders: dict[str, dict[str, Document]] = defaultdict(dict)
    for path, document in texts.items():
        folders[text_of(path)][path] = document
    found = {}
    for entry in entries:
        # Of a file that cannot be read, or whose list is faulty, nobody knows which texts it names.
        known = entry.readable and "versions" not in entry.typed.doubtful
        if entry.kind is KIND and known and (entry.typed.has("versions") or entry.item.path in folders):
            found[entry.key] = tuple(
                sorted(_read(entry, folders[entry.item.path], problems), key=lambda one: one.since)
            )
    return found


def _read(entry: Entry, folder: dict[str, Document], problems: list[Problem]) -> Iterator[Earlier]:
    item, record = entry.item, entry.item.record
    problems += _strays(item, folder)
    if record.versions and record.effective is None and "effective" not in entry.typed.doubtful:
        hint = "加上一行 effective: 现行文本开始施行的日期"
        problems.append(UNDATED.at(item.mark("versions"), "没有写现行文本的施行日期", hint))
    days: set[date] = set()
    for number, version in enumerate(record.versions):
        mark = item.mark("versions", number, "date")
        if version.date in days:
            problems.append(TWICE.at(mark, f"{version.date} 写了两次", "核对后改正其中一个，或删去重复的一项"))
        elif record.effective and version.date >= record.effective:
            hint = f"现行文本自 {record.effective} 起施行；这里写旧文本开始施行的日期，应在这一天之前"
            problems.append(LATE.at(mark, "旧文本的日期不早于现行文本", hint))
        elif document := _file(item, number, folder, problems):
            yield _earlier(item, version, document)
        days.add(version.date)


def path_of(item: Item, version: Version) -> str:
    """Where the text of a version stands."""
    name = version.file or f"{item.id}/{version.date}.md"
    return normpath(f"{dirname(item.path)}/{name}")


def _strays(item: Item, folder: dict[str, Document]) -> Iterator[Problem]:
    """The files of the folder that no version names."""
    dated = {f"{dirname(item.path)}/{item.id}/{version.date}.md" for version in item.record.versions}
    named = dated | {path_of(item, version) for version in item.record.versions}
    for path in sorted(folder.keys() - named):
        name = basename(path).removesuffix(".md")
        day = name if re.fullmatch(r"\d{4}-\d{2}-\d{2}", name) else "开始施行的日期"
        file = "" if day == name else f", file: {item.id}/{basename(path)}"
        hint = f"在 {basename(item.path)} 的 versions 里加上 - {{date: {day}{file}}}，不需要时删去这个文件"
        yield STRAY.at(Mark(path), "versions 里没有写这个旧文本", hint)


def _file(item: Item, number: int, folder: dict[str, Document], problems: list[Problem]) -> Document | None:
    """The file of a version, if it is there and says anything."""
    version = item.record.versions[number]
    mark = item.mark("versions", number, "file" if version.file else "date")
    path = path_of(item, version)
    document = folder.get(path)
    if document is None:
        where = path.removeprefix(f"{dirname(item.path)}/")
        usual = f"{dirname(item.path)}/{item.id}/{version.date}.md"
        near = basename(usual) if usual in folder else guess(basename(path), [basename(other) for other in folder])
        hint = f"是不是 {item.id}/{near}？" if near else f"把旧文本存成 {usual}"
        problems.append(NO_FILE.at(mark, f"找不到旧文本 {shown(where)}", hint))
        return None
    if document.text and not _words(document)[0].strip():
        problems.append(NO_FILE.at(Mark(path), "旧文本没有正文", "写上这个文本的全文"))
        return None
    return document


def _words(document: Document) -> tuple[str, int]:
    """The text below the front matter, if there is one, and the line it begins on."""
    _, body, line, faults = frontmatter.split(document.text, document.path)
    return (document.text, 1) if faults else (body, line)


def _earlier(item: Item, version: Version, document: Document) -> Earlier:
    body, line = _words(document)
    # What the record lists of files goes with its present text; this one has what its own words link to.
    record = item.record.model_copy(update={"files": (), "versions": ()})
    source = replace(item.source, record=record)
    id = f"{item.id}/v/{version.date}"
    text = replace(item, id=id, path=document.path, record=record, source=source, body=body, body_line=line)
    return Earlier(version.date, version.note or "", text)
