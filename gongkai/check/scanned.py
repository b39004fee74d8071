"""The bytes of an attachment → what is personal in it, counted, in a form that can be remembered. Start with `scan`.

No number is kept: a finding has only the masked form of the first of its sort.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.base.personal import find
from gongkai.check import people
from gongkai.read.inside.anything import look
from gongkai.read.inside.passage import Found, Passage, Trace, Unread

HOME, LIST, TRACE, SHUT = "home", "list", "trace", "shut"
"""What may be found besides the sorts of numbers."""

Finding = list[Any]
"""What it is (the name of a sort, or one of the words above), how often, where first, and what that looked like."""

MOST_ROWS = 50_000
"""Rows of one table that are judged together; later ones are still looked through for numbers."""

_COLUMNS = re.compile(r"手机|电话|联系方式|[Tt][Ee][Ll]|银行|卡号|账号|帐号|账户|证件|身份证")
_NEAR = re.compile(rf"姓名[^。]{{0,60}}?({_COLUMNS.pattern})|({_COLUMNS.pattern})[^。]{{0,60}}姓名")
"""The head of a list of people, as the text of a page has it."""


def scan(data: bytes, name: str, allowed: Collection[str]) -> list[Finding]:
    """Everything personal in the attachment called `name`, but for the numbers that are `allowed`."""
    scanner = _Scanner(allowed)
    why = ""
    try:
        for found in look(data, name):
            scanner.take(found)
    except Unread as error:
        why = str(error)
    scanner.judge()
    if why:
        scanner.add(SHUT, "", why)
    return [[what, count, place, said] for what, (count, place, said) in scanner.found.items()]


@dataclass
class _Scanner:
    """Takes one passage after another and counts."""

    allowed: Collection[str]
    found: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    _rows: list[tuple[str, ...]] = field(default_factory=list)
    _heads: list[str] = field(default_factory=list)
    _place: str = ""
    _table: int = 0
    _said: list[str] = field(default_factory=list)
    _label: str = ""

    def add(self, what: str, place: str, said: str, count: int = 1) -> None:
        """Counts a finding; the first says where and what."""
        before, first, first_said = self.found.get(what, (0, place, said))
        self.found[what] = (before + count, first, first_said)

    def take(self, found: Found) -> None:
        """Looks at one more passage."""
        if isinstance(found, Trace):
            self.add(f"{TRACE} {found.what}", found.place, found.what)
        elif found.table:
            self._row(found)
        else:
            self._text(found)

    def judge(self) -> None:
        """Says of the table that has just ended whether it is a list of people; of the text, at the end, too."""
        if table := people.people(self._rows):
            if len(table.rows) > 1:
                self.add(LIST, self._place, "", len(table.rows))
            if table.homes:
                self.add(HOME, self._place, "", len(table.homes))
        if count := people.masked_people("\n".join(self._said)):
            self.add(LIST, "", "", count)
        self._rows, self._heads, self._said = [], [], []

    def _row(self, row: Passage) -> None:
        if row.table != self._table:
            self.judge()
            self._table, self._place = row.table, row.place
        if len(self._rows) < MOST_ROWS:
            self._rows.append(row.cells)
        if len(self._rows) <= 5:
            self._head(row.cells)
        for at, cell in enumerate(row.cells):
            self._numbers(cell, self._heads[at] if at < len(self._heads) else "", row.place)

    def _head(self, cells: Sequence[str]) -> None:
        """Any of the first rows may name the columns: above them stand titles and dates."""
        self._heads += [""] * (len(cells) - len(self._heads))
        for at, cell in enumerate(cells):
            if len(cell) < 20 and not re.search(r"\d", cell):
                self._heads[at] += cell

    def _text(self, passage: Passage) -> None:
        (text,) = passage.cells
        # A narrow column of a PDF has its head one character a line.
        if "名" in text and (head := _NEAR.search("".join(text.split()))):
            self._label = f"{self._label} {head[1] or head[2]}" if self._label.count(" ") < 9 else self._label
        self._numbers(text, self._label, passage.place)
        for start, end in people.homes(text):
            if text[start:end].strip() not in self.allowed:
                self.add(HOME, passage.place, "")
        if len(self._said) < MOST_ROWS:
            self._said.append(text)

    def _numbers(self, text: str, label: str, place: str) -> None:
        for number in find(text, label):
            if number.digits not in self.allowed:
                self.add(number.sort.name, place, number.masked)
