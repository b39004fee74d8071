"""ZIP files → the documents they are (docx, xlsx, pptx, odt, ods, ofd), or what lies in them. Start with `look`.

Every part is unpacked within one budget of bytes, whatever sizes the archive claims: a bomb ends as `Unread`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from posixpath import splitext
from zipfile import BadZipFile, ZipFile, ZipInfo

from gongkai.read.inside import markup, pictures, workbook
from gongkai.read.inside.passage import MOST_BYTES, MOST_PARTS, Found, Passage, Trace, Unread, joined

Look = Callable[[bytes, str], Iterator[Found]]

_IMAGES = (".jpg", ".jpeg", ".png", ".webp")
_SILENT = ("styles", "theme", "fontTable", "settings", "webSettings", "calcChain", "numbering", "tableStyles")
"""Parts that hold names of fonts and colours and no text of anybody."""

_WORDS = {"docProps": "文档属性", "comments": "批注", "header": "页眉", "footer": "页脚", "slide": "幻灯片"}


def look(data: bytes, inner: Look) -> Iterator[Found]:
    """Everything in a package or an archive; raises `Unread` where it is locked, damaged or too large.

    `inner` looks at a file of an archive, which may be anything again.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            pack = _Pack(archive)
            yield from _document(pack) if pack.is_document() else _archive(pack, inner)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Unread("损坏了") from error


class _Pack:
    """A ZIP file that is unpacked within a budget."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._left = MOST_BYTES
        self.parts = {info.filename: info for info in archive.infolist() if not info.is_dir()}
        if len(self.parts) > MOST_PARTS:
            raise Unread(f"里面的文件超过 {MOST_PARTS} 个")
        if any(info.flag_bits & 1 for info in self.parts.values()):
            raise Unread("加密了")

    def is_document(self) -> bool:
        """Whether it is one document, and no archive of files."""
        return bool({"[Content_Types].xml", "mimetype", "OFD.xml"} & self.parts.keys())

    def load(self, name: str) -> bytes:
        """The bytes of a part, b"" when there is none; raises `Unread` when the budget is spent."""
        if name not in self.parts:
            return b""
        with self._archive.open(name) as part:
            data = part.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise Unread(f"太大（解压后超过 {MOST_BYTES // 1_000_000} MB）")
        return data


def _document(pack: _Pack) -> Iterator[Found]:
    if "xl/workbook.xml" in pack.parts:
        yield from workbook.rows(pack.load)
    for name in pack.parts:
        stem, suffix = splitext(name)
        if suffix == ".xml" and not stem.endswith(_SILENT) and not name.startswith(("xl/worksheets/", "xl/sharedS")):
            yield from markup.sweep(pack.load(name), _where(name))
        elif suffix.lower() in _IMAGES:
            yield from _picture(pack.load(name), name)


def _picture(data: bytes, name: str) -> Iterator[Found]:
    """The traces in a picture of a document; a damaged one shows nothing and keeps nothing from being looked at."""
    try:
        for found in pictures.look(data):
            if isinstance(found, Trace):
                yield Trace(f"图片 {name.rpartition('/')[2]}", found.what)
    except Unread:
        return


def _where(name: str) -> str:
    return next((word for part, word in _WORDS.items() if part in name), "")


def _archive(pack: _Pack, inner: Look) -> Iterator[Found]:
    """Every file of an archive; what stays shut among them is told when all others have been looked at."""
    shut = []
    for info in pack.parts.values():
        name = _name(info)
        try:
            for found in inner(pack.load(info.filename), name):
                yield _inside(found, name)
        except Unread as error:
            shut.append(f"里面的 {name} {error}")
    if shut:
        raise Unread("；".join(shut[:3]))


def _inside(found: Found, name: str) -> Found:
    if isinstance(found, Trace):
        return Trace(joined(name, found.place), found.what)
    return Passage(joined(name, found.place), found.cells, found.table)


def _name(info: ZipInfo) -> str:
    """The name of a file as Windows in Chinese wrote it, which the format calls cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    return info.filename.encode("cp437", "replace").decode("gb18030", "replace")
