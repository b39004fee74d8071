"""The declaration of a row → a workbook to fill in: header, an example, drop-downs, a sheet that explains."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.base.project import Project
from gongkai.edit import rowfiles
from gongkai.edit.exporters.files import head, put, refuse_target
from gongkai.edit.importers.columns import COLUMNS, Column
from gongkai.edit.importers.header import NEEDED
from gongkai.edit.importers.workbook import need
from gongkai.edit.importers.writing import CHOICES, boxes
from gongkai.edit.new import Refused
from gongkai.model import limits
from gongkai.model.row import BLOCKS, Block, Channels, Row, Stage

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 1000
"""Rows that have drop-downs."""

LEFT_OUT = ("more", "profile", "title", "portions")
"""Columns that only an export needs."""

EXAMPLE = {
    "seq": "1",
    "item_l1": "请填写一级事项",
    "item_l2": "请填写二级事项",
    "elements": "●请填写必选的要素\n〇请填写可选的要素",
    "bases": "《中华人民共和国政府信息公开条例》（国务院令第711号）第二十条",
    "time_limit": limits.FORMS[0],
    "subjects": "请填写公开主体",
    "channels": boxes(
        {"gov_site": "required", "notice_board": "optional", "other": "optional", "other_name": "请填写"}
    ),
    "audience_all": "√",
    "mode_proactive": "√",
    "level_county": "√",
    "disclosure": "主动公开",
    "stages": Stage.SERVICE.label,
}
"""The example line; a value left as it is stays recognisable (请填写)."""


def run(project: Project, file: Path) -> None:
    """Writes the template. Raises `Refused` when the file exists, is no .xlsx, or openpyxl is missing."""
    refuse_target(file)
    if file.suffix.lower() != ".xlsx":
        raise Refused("模板只能是 .xlsx")
    book = need().Workbook()
    sheet = book.active
    sheet.title = "目录"
    columns = tuple(column for column in COLUMNS if not column.only_read and column.name not in LEFT_OUT)
    head(sheet, columns)
    for number, column in enumerate(columns, start=1):
        put(sheet, 3, number, EXAMPLE.get(column.name, ""))
    fields = rowfiles.fields(project)
    _explain(book, columns, fields)
    _choices(book, sheet, columns, fields)
    book.save(file)


def words(column: Column, fields: dict[str, str]) -> list[str]:
    """What a cell of a column may say, [] for any text: the labels of the vocabularies, √, the keys of the fields."""
    if column.name == "field":
        return list(fields)
    if column.name in CHOICES:
        return [choice.label for choice in CHOICES[column.name]]
    if column.name == "stages":
        return [choice.label for choice in Stage]
    return ["√"] if column.sort == "tick" else []


def _choices(book: Workbook, sheet: Worksheet, columns: tuple[Column, ...], fields: dict[str, str]) -> None:
    """A drop-down for each column with a vocabulary; its words stand on a sheet: a list in a rule ends at 255 signs."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    store = book.create_sheet("词表")
    store.sheet_state = "hidden"
    for number, column in enumerate(columns, start=1):
        listed = words(column, fields)
        if not listed:
            continue
        letter = get_column_letter(number)
        for row, word in enumerate([column.header, *listed], start=1):
            put(store, row, number, word)
        # A text that several words make up (五公开) is not in the list and still right: the rule warns only of ticks.
        rule = DataValidation("list", f"词表!${letter}$2:${letter}${len(listed) + 1}", allow_blank=True)
        rule.showErrorMessage = column.name != "stages"
        rule.errorTitle, rule.error = column.header, "从下拉列表里选一个"
        rule.promptTitle, rule.prompt = column.header, _meaning(column)[:250]
        rule.showInputMessage = True
        rule.add(f"{letter}3:{letter}{ROWS + 2}")
        sheet.add_data_validation(rule)


def _explain(book: Workbook, columns: tuple[Column, ...], fields: dict[str, str]) -> None:
    from openpyxl.styles import Font

    sheet = book.create_sheet("说明")
    for letter, width in zip("ABCDE", (18, 10, 50, 60, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    for column, text in enumerate(("列", "必填", "写什么", "可以写的", "表头也可以写成"), start=1):
        put(sheet, 1, column, text)
        cell: Any = sheet.cell(1, column)
        cell.font = Font(bold=True)
    needed = {name for names in NEEDED.values() for name in names}
    for row, each in enumerate(columns, start=2):
        must = "必填" if each.name in needed and each.name not in ("block", "audience_group", "mode_request") else ""
        texts = (each.header, must, _meaning(each), "\n".join(_said(each, fields)), "、".join(each.aliases))
        for column, text in enumerate(texts, start=1):
            put(sheet, row, column, text)
    sheet.freeze_panes = "A2"


def _meaning(column: Column) -> str:
    """What the declaration of the key says; of a level also which."""
    if column.name == "field":
        return "领域的关键字；导入时和 --field 对照，可以不写"
    said = Row.model_fields[column.key].description or ""
    return f"{column.header}打 √。{said}" if column.key == "levels" else said


def _said(column: Column, fields: dict[str, str]) -> Iterator[str]:
    if column.name == "channels":
        for key, field in Channels.model_fields.items():
            if key != "other_name":
                yield f"■{field.description}（必选）或 □{field.description}（可选）"
    elif column.name == "time_limit":
        yield from limits.FORMS
    elif column.name == "field":
        yield from (f"{key}　{name}" for key, name in fields.items())
    elif column.name == "block":
        yield from (f"{block.label}：{'、'.join(BLOCKS[block])}" for block in Block)
    else:
        yield from words(column, fields)
