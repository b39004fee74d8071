"""Office files of before 2007 (doc, xls, ppt, and wps, et, dps) → rows of a workbook, strings of anything else.

A workbook keeps telephone numbers as floating point, so it is really read; the others keep their text as it is, in
one-byte or two-byte characters, and are looked through for what can be read.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any

from gongkai.read.inside.passage import Found, Passage, Unread

_BOOK = "Workbook".encode("utf-16le"), "Book".encode("utf-16le")
_LOCKED = "EncryptedPackage".encode("utf-16le")
_NARROW = re.compile(rb"[0-9][ -~]{10,}")
_WIDE = re.compile(rb"(?:[ -~]\x00|[\x00-\xff][\x20\x30\x4e-\x9f\xff]){11,}")


_FAULTS = (
    struct.error,
    AssertionError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    MemoryError,
)
"""What xlrd stumbles over in a damaged workbook, besides its own errors."""


def look(data: bytes) -> Iterator[Found]:
    """What a compound file holds; raises `Unread` for one that is locked."""
    if _LOCKED in data:
        raise Unread("加密了")
    if any(name in data for name in _BOOK):
        yield from _workbook(data)
    else:
        yield from _strings(data)


def _strings(data: bytes) -> Iterator[Passage]:
    for found in _NARROW.finditer(data):
        yield Passage("", (found[0].decode("ascii"),))
    for found in _WIDE.finditer(data):
        yield Passage("", (found[0].decode("utf-16le", "replace"),))


def _workbook(data: bytes) -> Iterator[Passage]:
    import xlrd

    try:
        with xlrd.open_workbook(file_contents=data, on_demand=True, ragged_rows=True, logfile=_Silence()) as book:
            for number, name in enumerate(book.sheet_names(), start=1):
                yield from _sheet(book.sheet_by_index(number - 1), name, number)
                book.unload_sheet(number - 1)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Unread("加密了") from error
        yield from _strings(data)
    except (*_FAULTS, xlrd.compdoc.CompDocError):
        # A damaged workbook: what can be read of it counts none the less.
        yield from _strings(data)


def _sheet(sheet: Any, name: str, number: int) -> Iterator[Passage]:
    for row in range(sheet.nrows):
        cells = tuple(_cell(value) for value in sheet.row_values(row))
        if any(cells):
            yield Passage(f"工作表“{name}”第 {row + 1} 行", cells, number)


def _cell(value: object) -> str:
    """A cell as a person reads it. A fraction is no number of anybody."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e19 else ""
    return str(value)


class _Silence:
    """What xlrd says of a strange workbook, said to nobody."""

    def write(self, text: str) -> None:
        """Nothing."""
