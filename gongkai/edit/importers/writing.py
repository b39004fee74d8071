"""A row as plain values → the texts of its cells, by the name of the column. Start with `cells_of`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.edit.importers.cells import join
from gongkai.edit.importers.columns import COLUMNS
from gongkai.edit.importers.words import CHANNELS, Names
from gongkai.model.record import Disclosure, Ground
from gongkai.model.row import BLOCKS, Block, Stage

CHOICES = {"block": Block, "disclosure": Disclosure, "ground": Ground}
"""Columns of one word of a vocabulary."""

LIMIT, CHANNEL = "时限：", "渠道："
"""How a line of 分项 begins that is no element."""

_BOXES = {"required": "■", "optional": "□"}


def cells_of(values: Mapping[str, Any], names: Names) -> dict[str, str]:
    """The cells that say what `values` says, as far as columns can. An organ is written by its name."""
    found = dict(_special(values, names))
    for column in COLUMNS:
        if column.name in found or column.only_read or not column.key:
            continue
        value = values.get(column.key)
        if column.sort == "tick" and column.key == column.name:
            found[column.name] = "√" if value else ""
        elif isinstance(value, str):
            found[column.name] = value
    return {name: text for name, text in found.items() if text}


def _special(values: Mapping[str, Any], names: Names) -> Iterator[tuple[str, str]]:
    for key in ("bases", "published_as", "keywords"):
        yield key, join(values.get(key) or ())
    yield "subjects", join(names.names.get(name, name) for name in values.get("subjects") or ())
    yield "stages", "、".join(Stage(stage).label for stage in values.get("stages") or ())
    yield "channels", boxes(values.get("channels") or {})
    yield "elements", join(content(values))
    yield "portions", "\n".join(_portions(values.get("portions") or ()))
    for level in values.get("levels") or ():
        yield f"level_{level}", "√"
    for name, choices in CHOICES.items():
        yield name, choices(values[name]).label if values.get(name) else ""


def content(values: Mapping[str, Any]) -> list[str]:
    """Every element of a row: those of its block, its own, those of its portions."""
    block = BLOCKS[Block(values["block"])] if values.get("block") else ()
    portions = [element for part in values.get("portions") or () for element in part.get("elements") or ()]
    return [*(f"●{element}" for element in block), *(values.get("elements") or ()), *portions]


def boxes(channels: Mapping[str, str]) -> str:
    """`■政府网站 □两微一端 ■其他：法律服务网`."""
    words = []
    for key, label in CHANNELS.items():
        if key in channels:
            rest = channels.get("other_name")
            name = label if key != "other" else f"其他：{rest}" if rest else "其他"
            words.append(f"{_BOXES[channels[key]]}{name}")
    return " ".join(words)


def _portions(parts: Any) -> Iterator[str]:
    """Each portion under its number: elements, then its limit and its channels."""
    for number, part in enumerate(parts, start=1):
        yield f"【{number}】"
        yield from join(part.get("elements") or ()).split("\n")
        if part.get("time_limit"):
            yield LIMIT + join([part["time_limit"]])
        if part.get("channels"):
            yield CHANNEL + boxes(part["channels"])


def leftover(values: Mapping[str, Any], back: Mapping[str, Any]) -> str:
    """What the cells, read back, do not say: JSON for the column 其他键, "" when they say all."""
    keys = {key for key in (*values, *back) if values.get(key) != back.get(key)}
    lost = {key: values.get(key) for key in sorted(keys)}
    return json.dumps(lost, ensure_ascii=False) if lost else ""
