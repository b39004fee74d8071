"""机构: the chain of 上级机关 ends at the top and never comes back to where it began."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.base.problems import Problem
from gongkai.check.family import Family
from gongkai.model.catalog import Catalog
from gongkai.model.organ import OWN_PARENT
from gongkai.model.record import Item


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every circle of parents, once: at the organ of the circle whose path comes first."""
    reported: set[str] = set()
    for item in catalog.of("organ"):
        circle = _circle(catalog, item)
        # An organ that names itself by its name has been told so by the rule of its own file (`model.organ`).
        named = circle == [item.id] and item.record.parent != item.id
        if circle and not named and reported.isdisjoint(circle):
            reported.update(circle)
            hint = "改为上级机关的文件夹名；没有上级机关时删去这一行"
            yield OWN_PARENT.at(item.mark("parent"), _message(circle), hint)


def _circle(catalog: Catalog, item: Item) -> list[str]:
    """The organs from `item` up and back to it; empty when the way up does not come back."""
    way = [item.id]
    here: Item | None = item
    while here and (parent := here.record.parent) and (here := catalog.find("organ", parent)):
        if here is item:
            return way
        if here.id in way:
            return []
        way.append(here.id)
    return []


def _message(circle: list[str]) -> str:
    if len(circle) == 1:
        return "上级机关写成了自己"
    return f"上级机关绕了一圈：{' → '.join([*circle, circle[0]])}"


FAMILY = Family(
    "organs",
    "机构",
    codes=(OWN_PARENT,),
    gate=True,
    checks=(check,),
)
