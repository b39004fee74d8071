"""Links, images and attachments that a record names → what they reach inside the project, or Problems.

Start with `read`. Only what is found here is ever copied or linked; every path is joined by `base.project.inside`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, normpath
from urllib.parse import unquote

from gongkai.base.problems import Code, Mark, Problem
from gongkai.base.text import nearest
from gongkai.model import kinds
from gongkai.model.record import Item
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

_LINK = re.compile(r"!?\[[^\]\n]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_ACTIVE = re.compile(rb"<script|<foreignobject|javascript:|\son\w+\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a record. Either `record` or `attachment` is set."""

    href: str
    mark: Mark
    record: tuple[str, str] | None
    attachment: str | None
    fragment: str = ""


def read(
    item: Item,
    attachments: Mapping[str, Attachment],
    items: Mapping[tuple[str, str], Item],
) -> tuple[tuple[Link, ...], list[Problem]]:
    """What `item` links to inside the project, in its body and in the fields that name files; and what is dead."""
    found: list[Link] = []
    problems: list[Problem] = []
    for href, mark in [*_in_body(item), *_in_fields(item)]:
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#", href):
            continue
        link = _inner(item, href, mark, attachments, items)
        if isinstance(link, Problem):
            problems.append(link)
        else:
            found.append(link)
    return tuple(found), problems


def _in_body(item: Item) -> Iterator[tuple[str, Mark]]:
    if "](" not in item.body:
        return
    for number, line in enumerate(item.body.split("\n")):
        for match in _LINK.finditer(line):
            yield match[1], Mark(item.path, item.body_line + number, match.start(1) + 1, len(match[1]))


def _in_fields(item: Item) -> Iterator[tuple[str, Mark]]:
    for position, file in enumerate(item.record.files):
        yield file.file, item.mark("files", position, "file")
    for position, leader in enumerate(getattr(item.record, "leaders", ())):
        if leader.photo:
            yield leader.photo, item.mark("leaders", position, "photo")


def _inner(
    item: Item,
    href: str,
    mark: Mark,
    attachments: Mapping[str, Attachment],
    items: Mapping[tuple[str, str], Item],
) -> Link | Problem:
    path, _, fragment = href.partition("#")
    target = normpath(f"{dirname(item.path)}/{unquote(path)}")
    if not target.startswith("content/") or path.startswith("/"):
        return NO_FILE.at(mark, f"{href} 不在 content 文件夹里", "把文件放进 content，写相对路径")
    if (place := kinds.place(target)) is not None:
        key = (place[0].name, place[2])
        if key in items and items[key].path == target:
            return Link(href, mark, key, None, fragment)
    if target in attachments:
        return _attachment(Link(href, mark, None, target), attachments[target])
    guess = nearest(target, [*attachments, *(other.path for other in items.values())])
    hint = f"是不是 {guess}？" if guess else "核对文件名和大小写"
    return NO_FILE.at(mark, f"找不到 {href}", hint)


def _attachment(link: Link, attachment: Attachment) -> Link | Problem:
    suffix = attachment.path.rpartition(".")[2].lower()
    if suffix not in TYPES:
        listed = "docx、xlsx、pdf、csv、jpg、png 等"
        return FILE_TYPE.at(link.mark, f"不能发布 .{suffix} 文件", f"换成 {listed}")
    if suffix == "svg" and _ACTIVE.search(attachment.source.read_bytes()):
        return FILE_TYPE.at(link.mark, "这个 SVG 里有脚本", "用画图软件另存为不带脚本的 SVG，或换成 PNG")
    return link
