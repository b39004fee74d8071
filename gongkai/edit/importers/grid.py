"""A sheet as texts by row and column, with the cells that were merged and what no import may take."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.base.problems import Faulty, Problem
from gongkai.edit.importers.faults import UNREADABLE, at

MOST = 50 * 1024 * 1024
"""Bytes of a file, or of what a workbook unpacks to; a list of 5,000 rows has two million."""


@dataclass
class Grid:
    """The texts of one sheet by row and column, from 0. `merged` leads from a cell to the first one of its range."""

    path: str
    rows: list[list[str]]
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    ragged: bool = False
    """Whether a row may have another number of cells than the header (CSV)."""

    def at(self, row: int, column: int) -> str:
        """The text of a cell, "" outside the grid."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old .xls and an encrypted .xlsx begin (MS-CFB 2.2)."""


def unreadable(path: str, message: str, hint: str) -> Faulty:
    """What is raised for a file as a whole."""
    return Faulty([at(UNREADABLE, path, (1, 1), message, hint)])
