"""An .xlsx → the grid of the sheet that holds the list; formulas and links to other files are told by cell."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from gongkai.base.problems import shown
from gongkai.edit.importers.faults import FORMULA, FORMULA_HINT, OUTSIDE, at
from gongkai.edit.importers.grid import MOST, OLE, Grid, unreadable
from gongkai.edit.importers.header import score
from gongkai.edit.new import Refused

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_BREAKS = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError)
"""What openpyxl lets through of a damaged workbook; it has no error of its own for it."""


def need() -> Any:
    """The openpyxl package; raises `Refused` with the way to install it."""
    try:
        import openpyxl
    except ImportError as error:
        raise Refused("读写 .xlsx 需要 openpyxl：python3 -m pip install 'gongkai[import]'；也可以改用 .csv") from error
    return openpyxl


def load(path: str, data: bytes) -> Grid:
    """The grid of the first sheet that has a header of a list, else of the first sheet. Raises `Faulty`."""
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise unreadable(path, "工作簿加了密码", "在表格软件里去掉密码再保存")
        raise unreadable(path, "这是旧的 .xls 格式", "用表格软件另存为 .xlsx")
    openpyxl = need()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > 4 * MOST:
            raise unreadable(path, "工作簿解开后太大", "删去没有内容的行和列，或分成几个文件")
        with warnings.catch_warnings():
            # openpyxl warns of every extension that it passes over (conditional formats, themes); none holds a text.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data))
    except _BREAKS as error:
        raise unreadable(path, "工作簿损坏或不是 .xlsx", "用表格软件打开后重新另存为 .xlsx") from error
    if not book.worksheets:
        raise unreadable(path, "工作簿里没有工作表", "把目录放在一张工作表里")
    return _grid(path, book)


def _grid(path: str, book: Workbook) -> Grid:
    def rank(sheet: Worksheet) -> int:
        return max((score([_text(c.value) for c in row]) for row in sheet.iter_rows(max_row=20)), default=0)

    shown_first = sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
    sheet = max(shown_first, key=rank)
    grid = Grid(path, [["" for _ in range(sheet.max_column)] for _ in range(sheet.max_row)])
    for other in book.worksheets:
        if other is not sheet and other.max_row > 1:
            grid.notes.append((path, "没有导入的工作表", other.title))
    for link in getattr(book, "_external_links", ()):
        target = getattr(getattr(link, "file_link", None), "Target", "")
        message = f"工作簿引用了别的文件 {shown(target)}"
        grid.problems.append(at(OUTSIDE, path, (1, 1), message, "在“数据—编辑链接”里断开链接再保存"))
    for row in sheet.iter_rows():
        for each in row:
            _take(grid, each)
    _fill(grid, sheet)
    for number, size in sheet.row_dimensions.items():
        if size.hidden and number <= len(grid.rows) and any(grid.rows[number - 1]):
            grid.notes.append((f"{path} 第 {number} 行", "隐藏的行也导入了", ""))
    return grid


def _take(grid: Grid, each: Any) -> None:
    """One cell: its text, unless it is a formula, an error or leads to another file."""
    if each.value is None:
        return
    place = (each.row, each.column)
    link = getattr(each, "hyperlink", None)
    target = (link.target or "") if link else ""
    if target and not target.startswith(("http://", "https://", "mailto:", "tel:", "#")):
        message = f"链接到别的文件 {shown(target)}"
        grid.problems.append(at(OUTSIDE, grid.path, place, message, "取消这个超链接，或换成网址"))
    if each.data_type in ("f", "e"):
        word = "公式" if each.data_type == "f" else "公式的错误值"
        value = getattr(each.value, "text", each.value)
        grid.problems.append(at(FORMULA, grid.path, place, f"是{word}：{shown(value, 30)}", FORMULA_HINT))
        return
    grid.rows[each.row - 1][each.column - 1] = _text(each.value)


def _text(value: Any) -> str:
    """A value as it is read: 1.0 is 1, a day is ISO 8601, line ends are plain."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "√" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("_x000D_\n", "\n").replace("\r\n", "\n").replace("\r", "\n").strip()


def _fill(grid: Grid, sheet: Worksheet) -> None:
    """What a merged range shows counts for each of its cells."""
    for bounds in sheet.merged_cells.ranges:
        first = (bounds.min_row - 1, bounds.min_col - 1)
        for row, column in _cells(bounds):
            if row < len(grid.rows) and column < len(grid.rows[row]):
                grid.merged[row, column] = first
                grid.rows[row][column] = grid.at(*first)


def _cells(bounds: Any) -> Iterator[tuple[int, int]]:
    for row in range(bounds.min_row - 1, bounds.max_row):
        for column in range(bounds.min_col - 1, bounds.max_col):
            yield row, column
