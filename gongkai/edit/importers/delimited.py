"""A CSV file → a grid. Its encoding and what parts its cells are told from the file itself. Start with `load`."""

from __future__ import annotations

import csv
import io
import re

from gongkai.base.problems import shown
from gongkai.edit.importers.faults import FORMULA, FORMULA_HINT, at
from gongkai.edit.importers.grid import Grid, unreadable


def load(path: str, data: bytes) -> Grid:
    """The grid of a CSV file. Raises `Faulty` when its encoding or its quotes cannot be read."""
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
