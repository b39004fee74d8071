"""A grid under its header → one set of cells for each row of the list: blanks, merged cells and dittos resolved.

A row may span several lines: what differs between them are its portions. Start with `collect`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.base.problems import Problem, shown
from gongkai.edit.importers.columns import named
from gongkai.edit.importers.faults import DITTO, SHIFTED, at, cell
from gongkai.edit.importers.grid import Grid
from gongkai.edit.importers.header import Header
from gongkai.edit.importers.words import ditto_of, unguard

_OWN = ("elements", "time_limit", "channels")
"""What the lines of one row may differ in (`model.row.Portion`)."""


@dataclass
class Line:
    """A row of the list: where it stands (from 0), its cells, and the further lines that belong to it."""

    row: int
    cells: dict[str, str]
    more: list[Line] = field(default_factory=list)


@dataclass
class Lines:
    """The rows of a table, and what was found while they were collected."""

    rows: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)


def collect(grid: Grid, header: Header) -> Lines:
    """Every row below the header."""
    found = Lines()
    seen: list[Line] = []
    for row in range(header.last + 1, len(grid.rows)):
        if not any(grid.rows[row]):
            continue
        cells = {name: text for column, name in header.columns.items() if (text := grid.at(row, column))}
        _measure(grid, header, row, found)
        if _passed_over(grid, header, row, cells, found):
            continue
        line = Line(row, cells)
        _ditto(grid, header, line, seen, found)
        if seen and _continues(grid, header, line, seen[-1], found):
            seen[-1].more.append(line)
            continue
        _carry(grid, line, seen, found)
        seen.append(line)
    for line in seen:
        line.cells = {name: unguard(text) for name, text in line.cells.items()}
        line.more = [Line(part.row, {n: unguard(t) for n, t in part.cells.items()}) for part in line.more]
    found.rows = seen
    return found


def _measure(grid: Grid, header: Header, row: int, found: Lines) -> None:
    """A line with a cell too few or too many has everything after it in the wrong column."""
    width = len(grid.rows[row])
    beyond = next((at_ for at_ in range(header.width, width) if grid.rows[row][at_]), None)
    if beyond is not None:
        message = f"这一格在表头之外：{shown(grid.rows[row][beyond], 20)}"
        place = (row + 1, beyond + 1)
        found.problems.append(at(SHIFTED, grid.path, place, message, "这一行多了一格，或表头少了一列"))
    elif grid.ragged and width < header.width:
        message = f"这一行到 {cell(row + 1, max(width, 1))} 为止只有 {width} 格，表头有 {header.width} 格"
        place = (row + 1, width + 1)
        found.problems.append(at(SHIFTED, grid.path, place, message, "空着的格也要保留位置，核对是不是错位了"))


def _passed_over(grid: Grid, header: Header, row: int, cells: dict[str, str], found: Lines) -> bool:
    """Whether a line is no row: a heading across the table, a footnote, the header again on a new page."""
    where = f"{grid.path} 第 {row + 1} 行"
    again = sum(named(grid.at(row, column)) == name for column, name in header.columns.items())
    if again > 2 or grid.rows[row] == grid.rows[header.first]:
        found.notes.append((where, "重复的表头，没有导入", ""))
        return True
    texts = {text for text in grid.rows[row] if text}
    alone = cells.keys() <= {"seq", "item_l1"} or len([text for text in grid.rows[row] if text]) > 1
    if len(texts) == 1 and alone and len(header.columns) > 2:
        found.notes.append((where, "只有一格有字的行，没有导入", shown(texts.pop(), 30)))
        return True
    return False


def _ditto(grid: Grid, header: Header, line: Line, seen: list[Line], found: Lines) -> None:
    for name, text in list(line.cells.items()):
        pointed = ditto_of(text)
        if pointed is None or name in ("id", "more"):
            continue
        above = _pointed(pointed, name, seen)
        if above is None:
            place = (line.row + 1, (header.place(name) or 0) + 1)
            message = f"“{shown(text, 20)}”找不到所指的那一行"
            found.problems.append(at(DITTO, grid.path, place, message, "写出完整的内容"))
            del line.cells[name]
        else:
            line.cells[name] = above


def _pointed(pointed: str, name: str, seen: list[Line]) -> str | None:
    """The same cell of the line above, or of the nearest line whose item or number is `pointed`."""
    if not pointed:
        last = seen[-1].more[-1] if seen and seen[-1].more else seen[-1] if seen else None
        return last.cells.get(name) if last else None
    for line in reversed(seen):
        called = (line.cells.get(key) for key in ("item_l3", "item_l2", "item_l1", "seq", "item"))
        if pointed in called and name in line.cells:
            return line.cells[name]
    return None


def _continues(grid: Grid, header: Header, line: Line, above: Line, found: Lines) -> bool:
    """Whether a line goes on with the row above: its number is merged with it, or all that names a row is blank."""
    if not line.cells.keys() & set(_OWN):
        return False
    others = line.cells.keys() - {*_OWN, "bases", "subjects"}
    if any(line.cells[name] != above.cells.get(name) for name in others):
        return False
    column = header.place("seq")
    merged = column is not None and _top(grid, line.row, column) == _top(grid, above.row, column)
    named = [name for name in ("id", "seq", "item", "item_l1", "item_l2", "item_l3") if name in line.cells]
    same = merged or not (named or {"supplements", "more"} & line.cells.keys())
    if same:
        found.notes.append((f"{grid.path} 第 {line.row + 1} 行", "并入上一行，作为时限或渠道不同的一部分", ""))
    return same


def _top(grid: Grid, row: int, column: int) -> tuple[int, int]:
    return grid.merged.get((row, column), (row, column))


def _carry(grid: Grid, line: Line, seen: list[Line], found: Lines) -> None:
    """A blank 一级事项 before a 二级事项 is a merged cell that a CSV could not keep."""
    if "item_l1" in line.cells or "item_l2" not in line.cells or "supplements" in line.cells or not seen:
        return
    if above := seen[-1].cells.get("item_l1"):
        line.cells["item_l1"] = above
        found.notes.append((f"{grid.path} 第 {line.row + 1} 行", "空着的一级事项按上一行填写", shown(above, 20)))
