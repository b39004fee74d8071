"""The lines of a table → rows as plain values, checked against the declaration of a row. Start with `build`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from gongkai.base.problems import Code, Problem, shown
from gongkai.edit.importers.columns import BY_NAME, COLUMNS
from gongkai.edit.importers.faults import BLANK, LIMIT, VALUE, at, cell
from gongkai.edit.importers.header import DIRECTORY, NEEDED, Header
from gongkai.edit.importers.lines import Line
from gongkai.edit.importers.reading import values_of
from gongkai.edit.importers.words import Names
from gongkai.edit.importers.writing import cells_of
from gongkai.model import limits
from gongkai.model.row import Row


@dataclass
class Rows:
    """The rows of a table in its order, each with its line, and what was found."""

    path: str
    header: Header
    names: Names
    found: list[tuple[Line, dict[str, Any]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)

    def place(self, line: Line, name: str) -> tuple[int, int]:
        """Row and column of a cell, from 1; of the first cell of the line where it has no such column."""
        column = self.header.place(name)
        return (line.row + 1, 1 if column is None else column + 1)

    def fault(self, line: Line, name: str, code: Code, message: str, hint: str) -> None:
        """Adds the fault of a cell."""
        self.problems.append(at(code, self.path, self.place(line, name), message, hint))


def build(path: str, header: Header, lines: list[Line], names: Names) -> Rows:
    """The values of every row; faults are collected over all of them."""
    rows = Rows(path, header, names)
    for line in lines:
        known = len(rows.problems)
        values = _values(rows, line)
        _more(rows, line, values)
        if header.directory:
            _directory(values)
        rows.found.append((line, values))
        _needed(rows, line, values)
        if len(rows.problems) == known:
            _declared(rows, line, values)
        else:
            _limit(rows, line, values)
    return rows


def _values(rows: Rows, line: Line) -> dict[str, Any]:
    values = _one(rows, line)
    parts = [values, *(_one(rows, part) for part in line.more)]
    if len(parts) == 1:
        return values
    for key in ("bases", "subjects"):
        values[key] = list(dict.fromkeys(text for part in parts for text in part.get(key, ())))
    own = [key for key in ("time_limit", "channels") if len({json.dumps(part.get(key)) for part in parts}) > 1]
    if own:
        values["portions"] = [{key: part[key] for key in ("elements", *own) if part.get(key)} for part in parts]
        return {key: value for key, value in values.items() if key not in ("elements", *own) and value}
    values["elements"] = [element for part in parts for element in part.get("elements", ())]
    return values


def _one(rows: Rows, line: Line) -> dict[str, Any]:
    read = values_of(line.cells, rows.names)
    for name, code, message, hint in read.faults:
        rows.fault(line, name, code, message, hint)
    for name, what, detail in read.notes:
        rows.notes.append((f"{rows.path} {cell(*rows.place(line, name))}", what, detail))
    return read.values


def _more(rows: Rows, line: Line, values: dict[str, Any]) -> None:
    """What only 其他键 says; for a key that has cells too, only while these are as they were written."""
    text = line.cells.get("more")
    if not text:
        return
    try:
        extra = json.loads(text)
    except ValueError:
        extra = None
    if not isinstance(extra, dict):
        rows.fault(
            line, "more", VALUE, "“其他键”不是一个 JSON 对象", '由 gongkai export 写出，不用手改；可以写 {"键": 值}'
        )
        return
    whole = {**values, **extra}
    try:
        written = cells_of(whole, rows.names)
    except (ValueError, TypeError, AttributeError, KeyError):
        rows.fault(line, "more", VALUE, "“其他键”里的值不对", "由 gongkai export 写出，不用手改；写错了的删去")
        return
    for key, value in extra.items():
        if _edited(line.cells, written, key):
            rows.notes.append((f"{rows.path} {cell(*rows.place(line, 'more'))}", "单元格改过，不用其他键里的值", key))
        elif value is None:
            values.pop(key, None)
        else:
            values[key] = value


_SHARED = {"elements": ("elements",), "block": ("elements", "block"), "portions": ("elements", "portions")}
"""The columns that a key shares with others."""


def _edited(cells: Mapping[str, str], written: Mapping[str, str], key: str) -> bool:
    names = _SHARED.get(key) or [column.name for column in COLUMNS if column.key == key and not column.only_read]
    return any(cells.get(name, "") != written.get(name, "") for name in names)


def _directory(values: dict[str, Any]) -> None:
    """A 主动公开事项目录 is proactive by its name, and says whom it is for as 公开范围."""
    values.setdefault("mode_proactive", True)
    if "社会" in values.get("scope", ""):
        values.setdefault("audience_all", True)


def _needed(rows: Rows, line: Line, values: dict[str, Any]) -> None:
    """A problem for each obligatory value that is blank, in the cell where it should stand."""
    if values.get("supplements"):
        return
    for label, names in NEEDED.items():
        if label in rows.header.missing or (rows.header.directory and label not in DIRECTORY):
            continue
        keys = {BY_NAME[name].key for name in names}
        portions = values.get("portions", ())
        there = any(values.get(key) for key in keys) or any(part.get(key) for part in portions for key in keys)
        if not there:
            name = next((name for name in names if rows.header.place(name) is not None), names[0])
            rows.fault(line, name, BLANK, f"没有写{label}", "写上内容；和上一行相同的写“同上”")


def _limit(rows: Rows, line: Line, values: Mapping[str, Any]) -> None:
    """A limit that cannot be read, told also in a line that has other faults."""
    for place, text in _limits(line, values):
        if not limits.parse(text):
            where = "；看起来这一行错位了" if _beside(rows, line) else ""
            message = f"读不懂这个时限：{shown(text)}{where}"
            rows.fault(place, "time_limit", LIMIT, message, "可以写成：" + "；".join(limits.FORMS))


def _limits(line: Line, values: Mapping[str, Any]) -> Iterator[tuple[Line, str]]:
    if values.get("time_limit"):
        yield line, values["time_limit"]
    for number, part in enumerate(values.get("portions", ())):
        if part.get("time_limit"):
            yield [line, *line.more][number] if number <= len(line.more) else line, part["time_limit"]


def _beside(rows: Rows, line: Line) -> bool:
    """Whether the cell before or after the limit reads as one: the line has slipped by a cell."""
    column = rows.header.place("time_limit") or 0
    beside = (rows.header.columns.get(column + step, "") for step in (-1, 1))
    return any(0 < len(text) < 40 and limits.parse(text) for name in beside if (text := line.cells.get(name, "")))


def _declared(rows: Rows, line: Line, values: Mapping[str, Any]) -> None:
    """What the declaration of a row says against its values, at the cell of each key."""
    _limit(rows, line, values)
    try:
        Row.model_validate({"id": "x", **values})
    except ValidationError as error:
        details = error.errors(include_url=False)
    else:
        return
    for detail in details:
        key = str(detail["loc"][0])
        if detail["loc"][-1] == "time_limit":
            continue
        context = detail.get("ctx", {})
        column = BY_NAME.get(key, BY_NAME["more"])
        message = context.get("message") or f"不认识或写法不对：{shown(detail['input'], 30)}"
        hint = context.get("hint") or "按字段手册改写"
        name = column.name if rows.header.place(column.name) is not None else "more"
        rows.fault(line, name, VALUE, f"{column.header if column.key else key}：{message}", hint)
