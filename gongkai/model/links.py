"""Links, images and attachments that a record names → what they reach inside the project, or Problems.

Start with `read`. Only what is found here is ever copied or linked; every path is joined by `base.project.inside`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from posixpath import basename, dirname, normpath, relpath, splitext
from urllib.parse import unquote

from gongkai.base.fields import guess
from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.model import kinds
from gongkai.model.record import Item
from gongkai.model.references import files
from gongkai.read.walk import Attachment

NO_FILE = Code(
    "GK-LINK-001",
    "error",
    "链接的文件不存在",
    "路径从写它的文件所在的文件夹算起，大小写要一致，用 / 分隔，不能离开 content 文件夹。",
)
FILE_TYPE = Code(
    "GK-LINK-002",
    "error",
    "这种文件不能作附件",
    "附件可以是文档、表格、图片、音视频和压缩包。网页、脚本、程序以及带脚本的 SVG 不能放上网站。",
)

TYPES = frozenset(
    [
        "pdf",
        "ofd",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "wps",
        "et",
        "dps",
        "rtf",
        "txt",
        "csv",
        "json",
        "xml",
        "zip",
        "rar",
        "7z",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "webp",
        "svg",
        "mp3",
        "m4a",
        "mp4",
    ]
)
"""Suffixes an attachment may have: nothing that a browser would run."""

_LINK = re.compile(r"\]\(\s*(?:<([^<>\n]+)>|((?:[^()\s<]|\([^()\s]*\))+))(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
"""The end of a Markdown link or image. Its text may hold brackets ([2024]3号): only what follows is looked at."""

_MISTYPED = re.compile(r"\]\(([^()<>\n]+)\)|\]（(https?:[^（）\n]+|[^（）\s]+\.[A-Za-z][A-Za-z0-9]{1,4})）")
"""What may be meant as a link and be none: with a blank in its path, or in full-width parentheses."""

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:|//|#")
"""How a link begins that leads outside, or to a place of the same text. `C:` is a disk, not a scheme."""

_ACTIVE = re.compile(
    r"<(?:[\w-]+:)?(?:script|foreignobject|iframe|embed|object|handler)|javascript:|[\s\"']on\w+\s*=|<!entity",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a record. Either `record` or `attachment` is set."""

    href: str
    mark: Mark
    record: tuple[str, str] | None
    attachment: str | None
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a link may lead to: attachments, records, and every file of the project, sound or not."""

    attachments: Mapping[str, Attachment]
    items: Mapping[tuple[str, str], Item]
    paths: frozenset[str]


def read(item: Item, around: Surroundings) -> tuple[tuple[Link, ...], list[Problem]]:
    """What `item` links to inside the project, in its body and in the fields that name files; and what is dead."""
    found: list[Link] = []
    typed, mistyped = _typed(item.path, item.body, item.body_line)
    problems = list(mistyped)
    for href, mark in typed:
        if not _SCHEME.match(href):
            _sort(_inner(item, href, mark, around), found, problems)
    for href, mark in files(item.source):
        _sort(_file(item, href, mark, around), found, problems)
    return tuple(found), problems


def _sort(link: Link | Problem | None, found: list[Link], problems: list[Problem]) -> None:
    if isinstance(link, Problem):
        problems.append(link)
    elif link is not None:
        found.append(link)


def _lines(body: str, first: int) -> list[tuple[int, str]]:
    return list(enumerate(body.split("\n"), start=first)) if "](" in body or "]（" in body else []


@lru_cache(maxsize=16384)
def _typed(path: str, body: str, first: int) -> tuple[tuple[tuple[str, Mark], ...], tuple[Problem, ...]]:
    """The links of a text as typed, whose `first` line has that number in its file; and what was meant as one."""
    lines = _lines(body, first)
    return tuple(_in_body(path, lines)), tuple(_mistyped(path, lines))


def typed(item: Item) -> Iterator[tuple[str, str, Mark]]:
    """Every link of a body that is no picture: its words, where it leads as typed, and the place of that."""
    return ((words, href, mark) for picture, words, href, mark in _worded(item) if not picture)


def pictures(item: Item) -> Iterator[tuple[str, str, Mark]]:
    """Every picture of a body: what stands for it in words, its file as typed, and the place of that."""
    return ((words, href, mark) for picture, words, href, mark in _worded(item) if picture)


def _worded(item: Item) -> Iterator[tuple[bool, str, str, Mark]]:
    for number, line in _lines(item.body, item.body_line):
        for match in _LINK.finditer(line):
            opening = _opening(line, match.start())
            if opening >= 0:
                group = 1 if match[1] else 2
                mark = Mark(item.path, number, match.start(group) + 1, len(match[group]))
                yield line[opening - 1 : opening] == "!", line[opening + 1 : match.start()], match[group], mark


def _opening(line: str, end: int) -> int:
    """Where the bracket was opened that is closed at `end`; -1 when nowhere."""
    depth = 0
    for at in range(end, -1, -1):
        depth += (line[at] == "]") - (line[at] == "[")
        if depth == 0:
            return at
    return -1


def _in_body(path: str, lines: list[tuple[int, str]]) -> Iterator[tuple[str, Mark]]:
    for number, line in lines:
        for match in _LINK.finditer(line):
            group = 1 if match[1] else 2
            yield match[group], Mark(path, number, match.start(group) + 1, len(match[group]))


def _mistyped(path: str, lines: list[tuple[int, str]]) -> Iterator[Problem]:
    for number, line in lines:
        for match in _MISTYPED.finditer(line):
            group = 1 if match[1] else 2
            typed = match[group].strip()
            mark = Mark(path, number, line.index(typed, match.start(group)) + 1, len(typed))
            if group == 2 and "[" in line[: match.start()]:
                yield NO_FILE.at(mark, "链接的括号是全角的，不会成为链接", f"换成半角括号：({shown(typed)})")
            elif group == 1 and " " in typed and re.search(r"\.\w{2,5}$", typed):
                yield NO_FILE.at(mark, "链接的路径里有空格，不会成为链接", f"用尖括号括起来：(<{shown(typed)}>)")


def _file(item: Item, href: str, mark: Mark, around: Surroundings) -> Link | Problem | None:
    """What a field that names a file reaches: an attachment of ours and nothing else."""
    if _SCHEME.match(href):
        return NO_FILE.at(
            mark, f"{shown(href)} 不是 content 里的文件", "把文件放进 content，写相对路径；外部链接写在正文里"
        )
    link = _inner(item, href, mark, around)
    if isinstance(link, Link) and link.attachment is None:
        return NO_FILE.at(mark, f"{shown(href)} 是一份内容，不能作附件", "在正文里链接它，或写附件的文件名")
    return link


def _inner(item: Item, href: str, mark: Mark, around: Surroundings) -> Link | Problem | None:
    """What a path reaches; None where it reaches a record whose own fault is reported there."""
    path, _, fragment = href.partition("#")
    target = normpath(f"{dirname(item.path)}/{unquote(path)}")
    if "\\" in path or re.match(r"[a-zA-Z]:", path):
        hint = "把文件放进 content，用 / 写相对路径，例如 files/申请表.docx"
        return NO_FILE.at(mark, f"{shown(href)} 是自己电脑上的路径", hint)
    if not target.startswith("content/") or path.startswith("/"):
        hint = "写被链接的文件的相对路径，从这个文件所在的文件夹算起，例如 files/申请表.docx"
        return NO_FILE.at(mark, f"{shown(href)} 不在 content 文件夹里", hint)
    if (place := kinds.place(target)) is not None:
        key = (place[0].name, place[2])
        if key in around.items and around.items[key].path == target:
            return Link(href, mark, key, None, fragment)
    if target in around.attachments:
        return _attachment(Link(href, mark, None, target), around.attachments[target])
    if kinds.text_of(target) in around.paths:
        hint = f"链接文件本身：{relpath(kinds.text_of(target), dirname(item.path))}，它的网页列出各时期的文本"
        return NO_FILE.at(mark, f"{shown(href)} 是旧文本，不能链接", hint)
    if target in around.paths:
        return None
    return NO_FILE.at(mark, f"找不到 {shown(href)}", _nearest(item, target, around))


def _nearest(item: Item, target: str, around: Surroundings) -> str:
    """The file that was probably meant: one of the same name elsewhere, else one with nearly the same name."""
    every = sorted({*around.attachments, *around.paths} - {item.path}, reverse=True)
    by_name = {basename(path): path for path in every}
    meant = guess(basename(target), by_name)
    if meant is None:
        return "核对文件名和大小写；文件要放在 content 文件夹里并一起提交"
    return f"是不是 {relpath(by_name[meant], dirname(item.path))}？"


def _attachment(link: Link, attachment: Attachment) -> Link | Problem:
    suffix = splitext(attachment.path)[1].lower().removeprefix(".")
    if suffix not in TYPES:
        what = f"不能发布 .{shown(suffix)} 文件" if suffix else "不能发布没有扩展名的文件"
        return FILE_TYPE.at(link.mark, what, "换成 docx、xlsx、pdf、csv、jpg、png 等")
    if suffix in ("svg", "xml") and _runs(attachment.source.read_bytes()):
        hint = "用画图软件另存为不带脚本的 SVG，或换成 PNG" if suffix == "svg" else "去掉脚本，或换成 csv、xlsx"
        return FILE_TYPE.at(link.mark, f"这个 {suffix.upper()} 里有脚本", hint)
    return link


def _runs(data: bytes) -> bool:
    """Whether a browser that opens an XML file would run something in it, however it is encoded."""
    wide = b"\0" in data[:200]
    text = data.decode("utf-16" if wide else "utf-8", "replace")
    return _ACTIVE.search(unescape(text)) is not None
