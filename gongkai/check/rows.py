"""政务公开标准目录: a file of rows belongs to a field, and a supplement does not take back what its row promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields as names_of

from gongkai.base.fields import guess
from gongkai.base.problems import Code, Mark, Problem
from gongkai.model import limits
from gongkai.model.catalog import Catalog
from gongkai.model.record import Item
from gongkai.model.row import CONTRADICTION, Channels, Need

NO_FIELD = Code(
    "GK-ROW-004",
    "error",
    "没有这个领域",
    "标准目录的文件名就是领域的关键字（例如 compulsory_education.yaml），或在文件里写 field。"
    "可用的领域见 content/common/fields.yaml，没有这个文件时用自带的 26 个。",
)
STRAY = Code(
    "GK-ROW-005",
    "error",
    "supplements 写错了地方",
    "只有 supplements 文件夹里的行可以补充标准目录的行；被补充的行要在 standards 文件夹里。",
)


def gate(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above."""
    unknown: set[str] = set()
    for item in catalog.of("row"):
        name = (item.file and item.file.field) or item.group
        if catalog.find("field", name) is None and item.path not in unknown:
            unknown.add(item.path)
            known = [field.id for field in catalog.of("field")]
            meant = guess(name, known)
            hint = f"是不是 {meant}？" if meant else "用领域的关键字作文件名，例如 compulsory_education.yaml"
            yield NO_FIELD.at(Mark(item.path), f"没有 {name} 这个领域", hint)
        if item.record.supplements:
            yield from _supplement(catalog, item)


def _supplement(catalog: Catalog, item: Item) -> Iterator[Problem]:
    standard = catalog.find("row", item.record.supplements)
    mark = item.mark("supplements")
    if item.origin != "supplements" or (standard and standard.origin != "standards"):
        yield STRAY.at(mark, "supplements 写错了地方", "补充的行放在 supplements 文件夹，被补充的行在 standards 文件夹")
        return
    if standard is None:
        return
    mine, theirs = item.record.channels, standard.record.channels
    if mine and theirs and item.source.has("channels"):
        for name, field in Channels.model_fields.items():
            if getattr(theirs, name) is Need.REQUIRED and getattr(mine, name) is Need.OPTIONAL:
                message = f"标准目录要求的渠道“{field.description}”改成了可选"
                yield CONTRADICTION.at(item.mark("channels", name), message, f"写成 {name}: required，或删去")
    mine, theirs = item.record.time_limit, standard.record.time_limit
    if mine and theirs and _longer(mine, theirs):
        message = f"时限比标准目录长：标准目录是“{theirs}”"
        yield CONTRADICTION.at(item.mark("time_limit"), message, "写成相同或更短的时限")


def _longer(mine: str, theirs: str) -> bool:
    """Whether a limit within n days of one unit is longer than another; limits of other kinds are not compared."""
    one, other = limits.parse(mine)[0], limits.parse(theirs)[0]
    same = all(
        getattr(one, part.name) == getattr(other, part.name) for part in names_of(one) if part.name in ("mode", "unit")
    )
    return same and one.mode == "within" and one.n > other.n
