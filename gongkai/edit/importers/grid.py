"""A table file → a grid of texts, with the cells that were merged and what no import may take. Start with `load`."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from gongkai.base.problems import Faulty, Problem, shown
from gongkai.edit.importers.faults import FORMULA, FORMULA_HINT, UNREADABLE, at

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


def load(file: Path) -> Grid:
    """The grid of a `.csv` or `.xlsx`. Raises `Faulty` when the file cannot be read, `Refused` without openpyxl."""
    data = file.read_bytes()
    if len(data) > MOST:
        raise unreadable(file.name, f"文件有 {len(data) >> 20} MB，太大", "分成几个文件")
    if data[:4] == b"PK\x03\x04" or file.suffix.lower() in (".xlsx", ".xlsm") or data[:8] == OLE:
        from gongkai.edit.importers import workbook

        return workbook.load(file.name, data)
    if file.suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise unreadable(file.name, f"不能导入 {file.suffix or '没有扩展名的'} 文件", "另存为 .xlsx 或 .csv")
    return _csv(file.name, data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old .xls and an encrypted .xlsx begin (MS-CFB 2.2)."""


def unreadable(path: str, message: str, hint: str) -> Faulty:
    """What is raised for a file as a whole."""
    return Faulty([at(UNREADABLE, path, (1, 1), message, hint)])


def _csv(path: str, data: bytes) -> Grid:
    text, encoding = _decode(path, data)
    grid = Grid(path, [], ragged=True)
    if encoding != "UTF-8":
        grid.notes.append((path, "按猜测的编码读取", encoding))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for row in reader:
            grid.rows.append([cell.replace("\r\n", "\n").replace("\r", "\n").strip() for cell in row])
    except csv.Error as error:
        raise unreadable(path, f"第 {reader.line_num} 行的引号没有成对：{error}", "用表格软件重新保存为 CSV") from error
    for number, row in enumerate(grid.rows):
        for column, value in enumerate(row):
            if _FORMULA.match(value):
                message = f"是公式：{shown(value, 30)}"
                grid.problems.append(at(FORMULA, path, (number + 1, column + 1), message, FORMULA_HINT))
    return grid


_FORMULA = re.compile(r"[=＝@]|[+＋-][^\d\s]|[+＋-].*[|!(]", re.DOTALL)
"""A text of a CSV file that a spreadsheet would run; a lone - and a telephone number are none."""


def _decode(path: str, data: bytes) -> tuple[str, str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        choices = [("utf-16", "UTF-16")]
    else:
        choices = [("utf-8-sig", "UTF-8"), ("gb18030", "GBK")]
    for encoding, name in choices:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, name
    raise unreadable(path, "看不出文件的编码", "另存为 UTF-8 编码的 CSV")


def _delimiter(text: str) -> str:
    """What parts the cells, told from the first lines: a comma, the tab of “Unicode 文本”, a semicolon."""
    head = text[:2000]
    return max(",\t;", key=head.count)
