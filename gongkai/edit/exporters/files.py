"""A table → a CSV or .xlsx file. No cell is one that a spreadsheet would run. Start with `write`."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.base.project import Project
from gongkai.edit import rowfiles
from gongkai.edit.exporters.rows import Table, table
from gongkai.edit.importers.columns import Column
from gongkai.edit.importers.words import guard
from gongkai.edit.importers.workbook import need
from gongkai.edit.new import Refused, need_organ
from gongkai.model.row import field_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_767
"""Characters that a cell of a workbook can hold (ECMA-376 and Excel's limits); openpyxl cuts off the rest."""


def run(project: Project, field: str, organ: str | None, folder: str | None, file: Path) -> int:
    """Writes the rows of a field, and returns how many. Raises `Refused`, and `Faulty` when a content file is broken.

    `folder` is standards or supplements, None for both.
    """
    if organ:
        need_organ(project, organ)
    refuse_target(file)
    items = [item for item in rowfiles.rows(project, folder or "*", organ or "*") if field_of(item) == field]
    if not items:
        known = sorted({field_of(item) for item in rowfiles.rows(project)})
        raise Refused(f"没有 {field} 领域的目录；有目录的领域：{'、'.join(known) or '还没有'}")
    write(table(items, rowfiles.organs(project)), file)
    return len(items)


def refuse_target(file: Path) -> None:
    """Raises `Refused` for a file that is there already, or whose name does not say what to write."""
    if file.suffix.lower() not in (".csv", ".xlsx"):
        raise Refused(f"{file.name} 的扩展名应当是 .csv 或 .xlsx")
    if file.exists():
        raise Refused(f"{file} 已经存在，没有改动它")


def write(made: Table, file: Path) -> None:
    """The table as `file`; by its suffix a CSV (UTF-8 with BOM, RFC 4180) or a workbook with a header of two rows."""
    if file.suffix.lower() == ".csv":
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow([column.header for column in made.columns])
        writer.writerows([guard(text, formulas=True) for text in row] for row in made.rows)
        file.write_bytes(("\ufeff" + buffer.getvalue()).encode())
        return
    book = need().Workbook()
    sheet = book.active
    sheet.title = "目录"
    head(sheet, made.columns)
    for number, row in enumerate(made.rows, start=3):
        for column, text in enumerate(row, start=1):
            put(sheet, number, column, guard(text, formulas=False))
    book.save(file)


def head(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    """The header of the printed lists: two rows, groups merged over their columns; both rows stay in sight."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    first: dict[str, list[int]] = {}
    for number, column in enumerate(columns, start=1):
        top = column.group or column.header
        first.setdefault(top, []).append(number)
        put(sheet, 1, number, top if first[top] == [number] else "")
        put(sheet, 2, number, column.header if column.group else "")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        for row in (1, 2):
            cell: Any = sheet.cell(row, number)
            cell.font = Font(bold=True)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for top, numbers in first.items():
        if columns[numbers[0] - 1].group != top:
            sheet.merge_cells(start_row=1, end_row=2, start_column=numbers[0], end_column=numbers[0])
        elif len(numbers) > 1:
            sheet.merge_cells(start_row=1, end_row=1, start_column=numbers[0], end_column=numbers[-1])
    sheet.freeze_panes = "A3"


def put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Writes a text as text: `=1+1` is shown and never computed, also after someone edits the cell."""
    from openpyxl.styles import Alignment

    if not text:
        return
    if len(text) > LONGEST:
        raise Refused(f"第 {row} 行有一格超过 {LONGEST} 字，.xlsx 放不下；改用 .csv")
    cell: Any = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text[0] in "=+-@＝＋－＠"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
