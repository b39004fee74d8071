"""A table file → its grid, by what the file is rather than by what it is called. Start with `load`."""

from __future__ import annotations

from pathlib import Path

from gongkai.edit.importers import delimited, workbook
from gongkai.edit.importers.grid import MOST, OLE, Grid, unreadable


def load(file: Path) -> Grid:
    """The grid of a `.csv` or `.xlsx`. Raises `Faulty` when the file cannot be read, `Refused` without openpyxl."""
    data = file.read_bytes()
    if len(data) > MOST:
        raise unreadable(file.name, f"文件有 {len(data) >> 20} MB，太大", "分成几个文件")
    if data.startswith((b"PK\x03\x04", OLE)) or file.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        return workbook.load(file.name, data)
    if file.suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise unreadable(file.name, f"不能导入 {file.suffix or '没有扩展名的'} 文件", "另存为 .xlsx 或 .csv")
    return delimited.load(file.name, data)
