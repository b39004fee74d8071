"""Rows of content files → the columns and cells of a table that imports back to the same rows. Start with `table`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.base.fields import Fields
from gongkai.edit.importers.columns import COLUMNS, Column
from gongkai.edit.importers.reading import values_of
from gongkai.edit.importers.words import Names
from gongkai.edit.importers.writing import cells_of, leftover
from gongkai.model.record import Item
from gongkai.model.row import Profile


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and for each row the text of every column ("" where it says nothing)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def table(items: Iterable[Item], names: Names) -> Table:
    """Every column that is printed, and of the others those that a row uses."""
    rows = [_cells(item, names) for item in items]
    used = {name for row in rows for name, text in row.items() if text}
    columns = tuple(c for c in COLUMNS if not c.only_read and (c.always or c.name in used))
    return Table(columns, tuple(tuple(row.get(column.name, "") for column in columns) for row in rows))


def _cells(item: Item, names: Names) -> dict[str, str]:
    """The cells of a row; what they would not give back goes into 其他键, so that nothing is lost."""
    values = plain(item.record)
    cells = cells_of(values, names)
    cells["more"] = leftover(values, values_of(cells, names).values)
    if item.file is not None:
        cells["title"] = item.file.title or ""
        cells["profile"] = item.file.profile.label if item.file.profile is not Profile.STANDARD else ""
    return cells


def plain(value: Any) -> Any:
    """A record as its file would say it: texts, lists and mappings, without what is left at its default."""
    if isinstance(value, Fields):
        return {
            key: plain(entry)
            for key, entry in value
            if entry != type(value).model_fields[key].get_default() and entry is not None
        }
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool) else str(value)
