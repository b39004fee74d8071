"""Rows of a table → the permanent id of each: kept from the table, else `<organ>-<field>-<nn>`. Start with `assign`."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.base.fields import IDENTIFIER
from gongkai.base.problems import shown
from gongkai.edit.importers.faults import BAD_ID, cell
from gongkai.edit.importers.rows import Rows


def prefix(organ: str, field: str, folder: str) -> str:
    """How proposed ids begin: `jiaoyu-ce-` for compulsory_education, with `bc-` (补充) for a supplement."""
    words = field.replace("-", "_").split("_")
    short = "".join(word[0] for word in words if word) if len(words) > 1 else field
    return f"{organ}-{short}-{'bc-' if folder == 'supplements' else ''}"


def assign(rows: Rows, start: str, taken: Mapping[str, str]) -> None:
    """Gives every row its id; `taken` is id → file of the rows that the site has. Faults are added to `rows`."""
    _numbers(rows)
    seen: dict[str, int] = {}
    width = max(2, len(str(len(rows.found))))
    for line, values in rows.found:
        id = values.get("id")
        if id is None:
            continue
        if not IDENTIFIER.fullmatch(id):
            rows.fault(
                line, "id", BAD_ID, f"“{shown(id, 30)}”不能用作编号", "只用小写英文字母、数字和连字符，例如 jy-01"
            )
        elif id in seen:
            first = cell(*((seen[id] + 1, rows.place(line, "id")[1])))
            rows.fault(line, "id", BAD_ID, f"编号 {id} 已经用在 {first}", "改掉其中一个")
        elif id in taken:
            rows.fault(line, "id", BAD_ID, f"编号 {id} 已经用在 {taken[id]}", "换一个编号；要换掉那份文件的，先移走它")
        seen.setdefault(id, line.row)
    number = 0
    for line, values in rows.found:
        if "id" in values:
            continue
        number += 1
        while (proposed := f"{start}{number:0{width}}") in seen or proposed in taken:
            number += 1
        values["id"] = proposed
        rows.notes.append((f"{rows.path} 第 {line.row + 1} 行", "由程序编号", proposed))


def _numbers(rows: Rows) -> None:
    """A column 编号 that only counts the rows is their 序号, no permanent id."""
    texts: list[str] = [values["id"] for _, values in rows.found if values.get("id")]
    first, last = (texts[0], texts[-1]) if texts else ("", "")
    if texts and all(text.isdecimal() for text in texts) and not any("seq" in values for _, values in rows.found):
        rows.notes.append((rows.path, "“编号”只是顺序，记作序号", f"{first}—{last}"))
        for _, values in rows.found:
            if "id" in values:
                values["seq"] = values.pop("id")
