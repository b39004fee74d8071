"""Rows as plain values → the text of a content file. What every row says alike is written once, at the head."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import yaml

from gongkai.edit.importers.report import Report
from gongkai.edit.importers.rows import Rows
from gongkai.model.row import Profile, Row, RowFile

SHORT = 100
"""Characters up to which a list is written on one line."""


class _Dumper(yaml.CSafeDumper):
    """Writes a `_Flow` on one line, everything else in block style, and what occurs twice twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Our files have no anchors."""
        return True


class _Flow(list[Any]):
    """A list that fits on one line."""


class _FlowMap(dict[str, Any]):
    """A mapping that fits on one line."""


_Dumper.add_representer(
    _Flow, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)
)
_Dumper.add_representer(
    _FlowMap, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)
)


def text(table: Rows, title: str, organ: str, day: date, report: Report) -> str:
    """The file; what it says that the table did not is in the report."""
    found = [values for _, values in table.found]
    _assume(table, organ, day, report)
    head: dict[str, Any] = {"title": title or None}
    if table.header.directory or any("主动公开事项目录" in line.cells.get("profile", "") for line, _ in table.found):
        head["profile"] = Profile.DIRECTORY.value
    shared = _shared(found)
    head |= {key: shared[key] for key in RowFile.model_fields if key in shared}
    rows = [
        _ordered({key: v for key, v in values.items() if key not in shared or v != shared[key]}) for values in found
    ]
    parts = [
        _dump({key: _laid(value) for key, value in head.items() if value is not None}) if any(head.values()) else ""
    ]
    parts += ["rows:\n", "\n".join(_entry(row) for row in rows)]
    return "".join(parts)


def _assume(table: Rows, organ: str, day: date, report: Report) -> None:
    """What a file must say and the table does not: that the list is public, since when, whose it is."""
    where = table.path
    found = [values for _, values in table.found]
    if all("disclosure" not in values for values in found):
        report.note(where, "公开属性记作 proactive", "目录本身是主动公开的")
        for values in found:
            values["disclosure"] = "proactive"
            if "published" not in values:
                values["published"] = str(day)
        if table.header.place("published") is None:
            report.note(where, "公布日期记作导入的那一天", str(day))
    if table.header.directory and table.header.place("subjects") is None:
        report.note(where, "没有公开主体这一列，记作导入的机关", organ)
        for values in found:
            values["subjects"] = [organ]


def _shared(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The commonest value of each key that every row has and a file may say for all of them; other rows override it."""
    shared: dict[str, Any] = {}
    for key in (key for key in RowFile.model_fields if key in Row.model_fields):
        said = Counter(repr(values[key]) for values in found if key in values)
        if said.total() == len(found) > 1 and (most := said.most_common(1)[0])[1] > 1:
            shared[key] = next(values[key] for values in found if repr(values[key]) == most[0])
    return shared


def _ordered(values: dict[str, Any]) -> dict[str, Any]:
    """The keys in the order of their declaration, those of every kind last, as in the files that people write."""
    own = list(Row.__annotations__)
    order = [*own, *(key for key in Row.model_fields if key not in own)]
    return {key: _laid(values[key]) for key in order if key in values}


def _laid(value: Any) -> Any:
    if isinstance(value, list):
        laid = [_laid(entry) for entry in value]
        plain = all(isinstance(entry, str) for entry in value)
        return _Flow(laid) if plain and sum(len(entry) + 2 for entry in value) <= SHORT else laid
    if isinstance(value, dict):
        laid_map = {key: _laid(entry) for key, entry in value.items()}
        return _FlowMap(laid_map) if all(isinstance(entry, str) for entry in value.values()) else laid_map
    if isinstance(value, str):
        return _day(value)
    return value


def _day(text: str) -> Any:
    """A day is written without quotation marks."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return text
    return found if found.isoformat() == text else text


def _entry(row: dict[str, Any]) -> str:
    first, *lines = _dump(row).split("\n")
    return "\n".join([f"  - {first}", *(f"    {line}" if line.strip() else "" for line in lines[:-1])]) + "\n"


def _dump(value: Any) -> str:
    written: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return written
