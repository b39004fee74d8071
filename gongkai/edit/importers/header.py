"""The first rows of a grid → which column is which, and the title above them. Start with `find`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.base.problems import Problem, shown
from gongkai.edit.importers.columns import BY_NAME, GROUPS, named, plain_header
from gongkai.edit.importers.faults import NO_COLUMN, at, cell
from gongkai.edit.importers.grid import Grid

LOOKED = 20
"""Rows in which a header is looked for: titles, a unit and a date may stand above it."""

NEEDED = {
    "一级事项": ("item_l1", "item"),
    "公开内容（要素）": ("elements", "block", "portions"),
    "公开依据": ("bases",),
    "公开时限": ("time_limit",),
    "公开主体": ("subjects",),
    "公开渠道和载体": ("channels",),
    "公开对象": ("audience_all", "audience_group", "audience"),
    "公开方式": ("mode_proactive", "mode_request", "mode"),
}
"""The obligatory columns (国办发〔2019〕54号): any of the named ones will do."""

DIRECTORY = ("一级事项", "公开内容（要素）", "公开依据")
"""What a 主动公开事项目录 must have besides 公开范围."""


@dataclass
class Header:
    """`first` and `last` are its rows, `columns` the name of each column that is known, all from 0."""

    first: int
    last: int
    columns: dict[int, str]
    width: int
    title: str = ""
    directory: bool = False
    missing: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)

    def place(self, name: str) -> int | None:
        """The column of a name, None where the table has none."""
        return next((column for column, other in self.columns.items() if other == name), None)


def score(cells: Sequence[str]) -> int:
    """How many cells of a row are headers of a list."""
    return len({text for text in cells if text and (named(text) or plain_header(text) in GROUPS)})


def find(grid: Grid) -> Header:
    """The header of a grid; where there is none, its first row that is not empty, with everything missing."""
    rows = grid.rows[:LOOKED]
    scores = [score(row) for row in rows]
    first = next((at_ for at_, found in enumerate(scores) if found >= 3), None)
    if first is None:
        filled = [at_ for at_, row in enumerate(rows) if any(row)]
        first = max(filled, key=lambda at_: scores[at_], default=0)
    two = _two_rows(grid, first)
    last = first + 1 if two else first
    width = max(
        (column + 1 for row in grid.rows[first : last + 1] for column, text in enumerate(row) if text), default=0
    )
    header = Header(first, last, {}, width)
    _name(grid, header, two=two)
    _above(grid, header)
    _missing(grid, header)
    return header


def _parents(grid: Grid, row: int) -> list[str]:
    """The upper row, each group carried to the right over the blanks that it spans."""
    found: list[str] = []
    for column, text in enumerate(grid.rows[row] if row < len(grid.rows) else []):
        before = found[-1] if found else ""
        below = grid.at(row + 1, column)
        found.append(before if not text and below and plain_header(before) in GROUPS else text)
    return found


def _two_rows(grid: Grid, first: int) -> bool:
    """Whether the row below the header belongs to it: under a group stand names of its columns."""
    parents = _parents(grid, first)
    below = [grid.at(first + 1, column) for column, text in enumerate(parents) if plain_header(text) in GROUPS]
    children = [text for text in below if text and (name := named(text)) and BY_NAME[name].group]
    return len(children) * 2 > len([text for text in below if text])


def _name(grid: Grid, header: Header, *, two: bool) -> None:
    parents = _parents(grid, header.first) if two else grid.rows[header.first] if grid.rows else []
    for column in range(header.width):
        parent = parents[column] if column < len(parents) else ""
        child = grid.at(header.last, column) if two else ""
        name = named(child) or named(parent + child) or ("" if child else named(parent))
        text = child or parent
        where = (header.last + 1, column + 1)
        if not name and text:
            header.notes.append((f"{grid.path} {cell(*where)}", "不认识的列，没有导入", shown(text, 20)))
        elif name in header.columns.values():
            other = cell(header.last + 1, (header.place(name) or 0) + 1)
            hint = "两列合成一列，或改正其中一个表头"
            header.problems.append(at(NO_COLUMN, grid.path, where, f"“{shown(text, 20)}”和 {other} 是同一列", hint))
        elif name:
            header.columns[column] = name


def _above(grid: Grid, header: Header) -> None:
    """The title above the header is that of the list; what else stands there is told."""
    texts = list(dict.fromkeys(text for row in grid.rows[: header.first] for text in row if text))
    header.title = next((" ".join(text.split()) for text in texts if not text.startswith(("附件", "附表"))), "")
    for text in texts:
        if " ".join(text.split()) != header.title:
            header.notes.append((grid.path, "表头上面的文字，没有导入", shown(text, 30)))


def _missing(grid: Grid, header: Header) -> None:
    have = set(header.columns.values())
    header.directory = "scope" in have and "channels" not in have
    needed = DIRECTORY if header.directory else tuple(NEEDED)
    header.missing = tuple(label for label in needed if not have & set(NEEDED[label]))
    for number, label in enumerate(header.missing):
        # Each missing column is told at the cell where it could be added.
        where = (header.last + 1, header.width + 1 + number)
        hint = f"在 {cell(*where)} 加上“{label}”这一列，或改正表头；gongkai export --template 有带表头的空表"
        header.problems.append(at(NO_COLUMN, grid.path, where, f"缺少“{label}”这一列", hint))
