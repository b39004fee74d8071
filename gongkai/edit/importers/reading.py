"""The texts of the cells of a row, by the name of the column → its keys and values, faults and guesses. Start with
`values_of`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.base.fields import near
from gongkai.base.problems import Code, shown
from gongkai.edit.importers import cells as parse
from gongkai.edit.importers.columns import BY_NAME, COLUMNS
from gongkai.edit.importers.faults import TICK, VALUE
from gongkai.edit.importers.words import Names, chosen
from gongkai.edit.importers.writing import CHANNEL, CHOICES, LIMIT
from gongkai.model.row import BLOCKS, Block, RowLevel, Stage

GROUP = "特定群体"
"""What a ticked 特定群体 says when the table does not write whom it means."""

_TICKED = {
    "audience_all": ("全社会", "社会公众"),
    "mode_proactive": ("主动", "主动公开"),
    "mode_request": ("依申请", "依申请公开"),
}


@dataclass
class Read:
    """What became of a row. A fault is `(column, code, message, hint)`, a note `(column, what, detail)`."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, Code, str, str]] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)


def values_of(cells: Mapping[str, str], names: Names) -> Read:
    """The values that the cells give; a key without a value is not there."""
    read = Read()
    for column in COLUMNS:
        text = cells.get(column.name, "")
        if text and column.sort == "text" and column.key == column.name:
            read.values[column.name] = text
        elif text and column.sort == "tick" and column.key == column.name:
            read.values[column.name] = _tick(read, column.name, text)
        elif text and column.sort == "choice":
            _choice(read, column.name, text)
    _lists(read, cells, names)
    _content(read, cells)
    _audience(read, cells)
    _levels(read, cells)
    read.values = {key: value for key, value in read.values.items() if value not in (None, False, [], {}, "")}
    return read


def _tick(read: Read, name: str, text: str) -> bool:
    column = BY_NAME[name]
    words = (column.header, *column.aliases, *_TICKED.get(name, ()))
    found = parse.tick(text, *words)
    if found is None:
        message = f"“{column.header}”这一格看不懂：{shown(text, 20)}"
        read.faults.append((name, TICK, message, "选中写 √，不选的空着"))
    return bool(found)


def _choice(read: Read, name: str, text: str) -> None:
    value = chosen(CHOICES[name], text)
    if value is None:
        labels = [choice.label for choice in CHOICES[name]]
        message = f"“{BY_NAME[name].header}”不能写“{shown(text, 20)}”"
        read.faults.append((name, VALUE, message, near(text, labels)))
    read.values[name] = value


def _lists(read: Read, cells: Mapping[str, str], names: Names) -> None:
    values = read.values
    values["bases"] = parse.bases(cells.get("bases", ""))
    values["subjects"] = parse.subjects(cells.get("subjects", ""), names)
    for key in ("published_as", "keywords"):
        values[key] = parse.lines(cells.get(key, ""))
    notes: list[tuple[str, str]] = []
    values["channels"] = parse.channels(cells.get("channels", ""), notes)
    read.notes += [("channels", what, shown(detail, 30)) for what, detail in notes]
    words = [word for word in re.split(r"[、，,；;\s/]+", cells.get("stages", "")) if word]
    values["stages"] = [chosen(Stage, word) or word for word in words]
    if "item" in cells:
        values.setdefault("item_l1", cells["item"])


def _content(read: Read, cells: Mapping[str, str]) -> None:
    """Elements, less those that the block and the portions of the row say already."""
    values, elements = read.values, parse.elements(cells.get("elements", ""))
    values["portions"] = _portions(cells.get("portions", ""))
    if values.get("block"):
        expected = [f"●{element}" for element in BLOCKS[Block(values["block"])]]
        if elements[: len(expected)] == expected:
            elements = elements[len(expected) :]
        elif elements:
            read.notes.append(("elements", "要素和模板不同，没有用模板", values.pop("block")))
    theirs = [element for part in values["portions"] for element in part.get("elements", ())]
    if theirs and elements[-len(theirs) :] == theirs:
        elements = elements[: -len(theirs)]
    else:
        elements = [element for element in elements if element not in theirs]
    values["elements"] = elements


def _portions(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for line in parse.lines(text):
        if re.fullmatch(r"【\d+】", line):
            found.append({"elements": []})
            continue
        if not found:
            found.append({"elements": []})
        if line.startswith(LIMIT):
            found[-1]["time_limit"] = line.removeprefix(LIMIT)
        elif line.startswith(CHANNEL):
            found[-1]["channels"] = parse.channels(line.removeprefix(CHANNEL), [])
        else:
            found[-1]["elements"].append(line)
    return found


def _audience(read: Read, cells: Mapping[str, str]) -> None:
    """公开对象 and 公开方式, also where one column says both."""
    values = read.values
    for word in re.split(r"[；;\n]", cells.get("audience", "")):
        if parse.tick(word, "全社会", "社会", "社会公众", "公众"):
            values["audience_all"] = True
        elif word.strip():
            values["audience_group"] = word.strip()
    mode = cells.get("mode", "")
    values["mode_request"] = values.get("mode_request") or "申请" in mode
    values["mode_proactive"] = values.get("mode_proactive") or "主动" in mode
    if mode and not (values["mode_request"] or values["mode_proactive"]):
        read.faults.append(("mode", TICK, f"公开方式看不懂：{shown(mode, 20)}", "写 主动 或 依申请"))
    group = values.get("audience_group")
    if group and (said := parse.tick(group)) is not None:
        values["audience_group"] = GROUP if said else None
        if said:
            read.notes.append(("audience_group", "没有写明是哪个特定群体", group))
    elif group:
        values["audience_group"] = re.sub(r"^[√✓✔☑]\s*[（(](.+)[)）]$|^[√✓✔☑]\s*", r"\1", group, flags=re.DOTALL)


def _levels(read: Read, cells: Mapping[str, str]) -> None:
    levels = {level for level in RowLevel if (text := cells.get(f"level_{level.value}")) and _level(read, level, text)}
    if (text := cells.get("level_rural")) and _tick(read, "level_rural", text):
        levels |= {RowLevel.TOWNSHIP, RowLevel.VILLAGE}
    for word in re.split(r"[、，,；;\s/]+", cells.get("levels", "")):
        level = chosen(RowLevel, word.replace("镇级", "乡级")) if word else None
        if level:
            levels.add(RowLevel(level))
        elif word:
            hint = "可以写：" + "、".join(level.label for level in RowLevel)
            read.faults.append(("levels", VALUE, f"没有“{shown(word, 20)}”这个层级", hint))
    read.values["levels"] = [level.value for level in RowLevel if level in levels]


def _level(read: Read, level: RowLevel, text: str) -> bool:
    return _tick(read, f"level_{level.value}", text)
