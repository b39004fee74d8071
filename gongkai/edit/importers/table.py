"""A CSV or Excel table of a standard list → content/<organ>/standards/<field>.yaml, with a report of every guess.

Start with `run`. Every fault is told by its cell, all in one run, and then nothing is written; nothing is overwritten.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gongkai.base.fields import near
from gongkai.base.problems import Problem, refuse
from gongkai.base.project import Project, inside
from gongkai.edit import rowfiles
from gongkai.edit.importers import ids, lines, rows, sheets, yamlfile
from gongkai.edit.importers.faults import BLANK, VALUE
from gongkai.edit.importers.header import Header, find
from gongkai.edit.importers.report import Report
from gongkai.edit.new import Refused, need_organ
from gongkai.model.row import KIND


def run(project: Project, file: Path, field: str | None, organ: str, folder: str, day: date) -> Report:
    """Writes the rows of `file` as one content file.

    Raises `Refused` when called for what it cannot do and `Faulty` when the table has faults; nothing is written then.
    `day` is the date of publication where the table has none.
    """
    known = rowfiles.fields(project)
    if field is None or field not in known:
        raise Refused(f"没有 {field} 这个领域；{near(field, list(known))}" if field else "用 --field 指明领域")
    need_organ(project, organ)
    target = f"content/{organ}/{folder}/{field}.yaml"
    path = inside(project.root, target)
    if path.exists():
        raise Refused(f"{target} 已经存在，没有改动它；先移走它再导入，或用 --out supplements")
    grid = sheets.load(file)
    header = find(grid)
    if not header.columns:
        refuse([*grid.problems, *header.problems])
    found = lines.collect(grid, header)
    table = rows.build(grid.path, header, found.rows, rowfiles.organs(project))
    ids.assign(table, ids.prefix(organ, field, folder), rowfiles.taken(project))
    problems = [*grid.problems, *header.problems, *found.problems, *table.problems]
    problems += _fitting(table, known, field, folder)
    refuse(_once(problems))
    report = Report(unit="行", target=target, written=len(table.found))
    for note in (*grid.notes, *header.notes, *found.notes, *table.notes):
        report.note(*note)
    text = yamlfile.text(table, _title(table, header), organ, day, report)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return report


def _once(problems: list[Problem]) -> list[Problem]:
    """A cell that lost its text to a fault looks blank as well; one fault is told once."""
    faulty = {(problem.line, problem.column) for problem in problems if problem.code != BLANK.id}
    return [p for p in problems if p.code != BLANK.id or (p.line, p.column) not in faulty]


def _title(table: rows.Rows, header: Header) -> str:
    titles = dict.fromkeys(line.cells["title"] for line, _ in table.found if line.cells.get("title"))
    return next(iter(titles), header.title)


def _fitting(table: rows.Rows, known: dict[str, str], field: str, folder: str) -> list[Problem]:
    """Rows of another field, and supplements among the standards: they would go to the wrong file."""
    before = len(table.problems)
    if not table.found and not table.header.problems:
        line = lines.Line(table.header.last + 1, {})
        table.fault(line, "", VALUE, "表头下面没有内容", "一行写一个公开事项")
    for line, values in table.found:
        said = line.cells.get("field")
        if said and said not in (field, known[field]):
            hint = f"写 {field}，或另外导入到那个领域"
            table.fault(line, "field", VALUE, f"这一行属于 {said} 领域，导入的是 {field}", hint)
        if values.get("supplements") and folder != KIND.folders[1]:
            table.fault(line, "supplements", VALUE, "补充目录的行不能导入标准目录", "加上 --out supplements 分开导入")
    return table.problems[before:]
