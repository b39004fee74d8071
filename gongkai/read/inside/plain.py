"""Text files (txt, csv, json, xml, svg, rtf, saved web pages) → their lines and rows. Start with `look`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from html import unescape

from gongkai.read.inside.passage import Found, Passage, Unread

_OFFICE = ("docx", "xlsx", "pptx", "doc", "xls", "ppt", "wps", "et", "dps", "ofd", "zip", "rar", "7z")
_IMAGES = ("jpg", "jpeg", "png", "gif", "webp")


def look(data: bytes, suffix: str) -> Iterator[Found]:
    """The lines of a text, the rows of a table; raises `Unread` for bytes that are no text."""
    if b"mime-version:" in data[:2000].lower():
        yield from _saved_page(data)
        return
    if suffix in _IMAGES or (suffix in _OFFICE and not data.lstrip().startswith((b"<", b"{\\rtf"))):
        raise Unread("损坏了，或者扩展名和内容不符")
    text = decode(data)
    if text.startswith("{\\rtf"):
        text = _without_commands(text)
    elif suffix == "csv":
        yield from _rows(text)
        return
    yield from _lines(text)


def decode(data: bytes) -> str:
    """Bytes as the text they most probably are; every digit survives whatever is wrong with the rest."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _lines(text: str) -> Iterator[Passage]:
    """Stretches of 200 lines: a number may be broken at the end of a line, and nobody reads a text line by line."""
    lines = text.split("\n")
    for start in range(0, len(lines), 200):
        yield Passage(f"第 {start + 1} 行起" if start else "", ("\n".join(lines[start : start + 200]),))


def _rows(text: str) -> Iterator[Passage]:
    head = text[:4000]
    separator = max(",\t;", key=head.count)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    try:
        for row in rows:
            yield Passage(f"第 {rows.line_num} 行", tuple(row), 1)
    except csv.Error:
        yield from _lines(text)


def _without_commands(text: str) -> str:
    """What an RTF says: its digits are plain, and no command may part them."""
    text = re.sub(r"\\par[d]?\b ?|\\line\b ?|\\cell\b ?|\\row\b ?", "\n", text)
    text = re.sub(r"(?:\\'[0-9a-f]{2})+", lambda found: _bytes(found[0]), text)
    return re.sub(r"\\[a-z]+-?\d* ?|[{}]", "", text)


def _bytes(escaped: str) -> str:
    return bytes.fromhex(escaped.replace("\\'", "")).decode("gb18030", "replace")


def _saved_page(data: bytes) -> Iterator[Passage]:
    """The parts of an MHTML, which Word saves as .doc."""
    for part in BytesParser(policy=policy.default).parsebytes(data).walk():
        raw = part.get_payload(decode=True)
        if part.get_content_maintype() == "text" and isinstance(raw, bytes):
            text = decode(raw)
            if part.get_content_subtype() == "html":
                text = unescape(re.sub(r"<(?!/?(?:span|font|b|i|u|o:p|a)\b)[^>]*>", "\n", text))
                text = re.sub(r"<[^>]*>", "", text)
            yield from _lines(text)
