"""The sheets of an .xlsx → their rows. Start with `rows`.

Read sparsely, cell by cell: one stray value in the last column of a sheet makes readers that fill a rectangle ask for
gigabytes (16,384 columns × every row), and openpyxl takes 10.3 s for a list of 15,000 people where this takes 3.6.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from posixpath import join, normpath

from gongkai.read.inside.markup import parse
from gongkai.read.inside.passage import Passage

Load = Callable[[str], bytes]
"""The bytes of a part of the package by its name, b"" when there is none."""

_WIDE = 256
"""Columns kept in their places; what stands farther right is set behind them, so that a stray cell costs nothing."""


def rows(load: Load) -> Iterator[Passage]:
    """Every row that holds something, of every sheet, hidden ones too."""
    shared = _shared(load("xl/sharedStrings.xml"))
    for number, (name, part) in enumerate(_sheets(load), start=1):
        yield from _Sheet(name, number, shared).read(load(part))


def _sheets(load: Load) -> list[tuple[str, str]]:
    """The names of the sheets with their parts, in the order of the workbook."""
    named: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            named.append((attributes.get("name", ""), key))

    def target(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for part, start in (("xl/workbook.xml", sheet), ("xl/_rels/workbook.xml.rels", target)):
        if data := load(part):
            deque(parse(data, start, lambda _: None, lambda _: None), 0)
    return [(name, normpath(join("/xl", targets[key])).strip("/")) for name, key in named if key in targets]


def _shared(data: bytes) -> list[str]:
    """The strings that cells point to, by number."""
    found: list[str] = []
    parts: list[str] = []

    def end(name: str) -> None:
        if name == "si":
            found.append("".join(parts))
            parts.clear()

    if data:
        deque(parse(data, lambda *_: None, end, parts.append), 0)
    return found


class _Sheet:
    """Collects the cells of a sheet, row by row."""

    def __init__(self, name: str, number: int, shared: list[str]) -> None:
        self._name, self._number, self._shared = name, number, shared
        self._found: list[Passage] = []
        self._row = 0
        self._cells: dict[int, str] = {}
        self._at, self._type = 0, ""
        self._text: list[str] = []

    def read(self, data: bytes) -> Iterator[Passage]:
        """The rows of the sheet."""
        for _ in parse(data, self._start, self._end, self._text.append) if data else ():
            yield from self._found
            self._found.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = int(attributes.get("r", "")) if attributes.get("r", "").isdecimal() else self._row + 1
            self._cells = {}
            self._at = 0
        elif name == "c":
            self._at = _column(attributes.get("r", "")) or self._at + 1
            self._type = attributes.get("t", "n")
        if name not in ("t", "r"):
            self._text.clear()

    def _end(self, name: str) -> None:
        if name in ("v", "is"):
            self._cells[self._at] = self._value("".join(self._text))
            self._text.clear()
        elif name == "row" and any(self._cells.values()):
            width = min(max(self._cells), _WIDE)
            near = [self._cells.get(at, "") for at in range(1, width + 1)]
            far = [text for at, text in self._cells.items() if at > _WIDE]
            place = f"工作表“{self._name}”第 {self._row} 行"
            self._found.append(Passage(place, (*near, *far), self._number))

    def _value(self, text: str) -> str:
        """A cell as a person reads it. A fraction is no number of anybody."""
        if self._type == "s":
            at = int(text) if text.isdecimal() else -1
            return self._shared[at] if 0 <= at < len(self._shared) else ""
        if self._type != "n":
            return text
        try:
            number = float(text)
            return str(int(number)) if number.is_integer() and "E" in text.upper() else text if "." not in text else ""
        except (ValueError, OverflowError):
            return text


def _column(reference: str) -> int:
    """`AB12` → 28; 0 when it is none."""
    letters = re.match(r"[A-Z]{1,3}", reference)
    number = 0
    for letter in letters[0] if letters else "":
        number = number * 26 + ord(letter) - 64
    return number
