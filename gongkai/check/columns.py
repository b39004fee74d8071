"""The catalog → the columns (栏目) of the site as inspectors count them: where each is, and what stands in it.

A column is a list or a page with an address of its own, and each group of 法定主动公开内容. What is in a column is
taken from the records, not from pages: a page of a column is there also when nothing is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.base.problems import Mark
from gongkai.model import column
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.kinds import COMMON
from gongkai.model.organ import OrganKind
from gongkai.model.record import Item
from gongkai.model.row import field_of
from gongkai.render import urls
from gongkai.render.pages.column import SECTIONS

NAMES = {
    "zc": "政策",
    "zn": "政府信息公开指南",
    "zd": "政府信息公开制度",
    "fdzdgknr": "法定主动公开内容",
    "nb": "政府信息公开年报",
    "ysqgk": "依申请公开",
}
"""The sections of a disclosure column by the last step of their address (国办公开办函〔2019〕61号、〔2021〕33号)."""

_KINDS = {"zn": "guide", "zd": "regime", "nb": "annual", "ysqgk": "request"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the site. `section` is a key of `NAMES`, a group, or home, rules, explainers, cards, field."""

    section: str
    name: str
    address: str
    mark: Mark
    items: tuple[Item, ...]
    filled: bool
    """Whether there is anything in it; a statutory group may be filled by a text, or declared empty with its reason."""

    organ: str = ""
    """Whose column it is; "" for one of the whole site."""

    def newest(self, day: date) -> date | None:
        """The last day on or before `day` on which something in it was published or updated, if any has a date."""
        dated = (when.day for item in self.items for when in (item.record.published, item.record.updated) if when)
        return max((found for found in dated if found <= day), default=None)


def inspected(catalog: Catalog) -> bool:
    """Whether the site as a whole is to be judged; not while its settings are faulty, which would be told twice."""
    return catalog.settings.check.inspected and catalog.written is not None and catalog.written.sound


def columns(catalog: Catalog) -> Iterator[Column]:
    """Every column, those of the whole site first, then those of each organ.

    A record with a fault counts as there: its fault is reported, and that its column were empty would be another.
    """
    seen = [item for item in catalog.examined() if form(item.record, catalog.day) in (Form.FULL, Form.NOTICE)]
    by_kind: dict[str, list[Item]] = {}
    for item in seen:
        by_kind.setdefault(item.kind, []).append(item)
    site = Mark("catalog.yaml")
    yield _of("home", "首页", urls.HOME, site, seen)
    yield _of("rules", "规章和规范性文件库", urls.RULES, site, by_kind.get("rule", ()))
    for kind, name, address in (("explainer", "政策解读", urls.EXPLAINERS), ("card", "政策明白卡", urls.CARDS)):
        if kind in by_kind:
            # The site shows these columns only once there is something in them.
            yield _of(f"{kind}s", name, address, site, by_kind[kind])
    yield from _fields(catalog, by_kind)
    for organ in by_kind.get("organ", ()):
        yield from _of_organ(catalog, organ, by_kind)


def _of(section: str, name: str, address: str, mark: Mark, items: Iterable[Item]) -> Column:
    found = tuple(items)
    return Column(section, name, address, mark, found, bool(found))


def unreadable(catalog: Catalog, kind: str, id: str) -> bool:
    """Whether there is a file for a record of which nothing could be read: its fault is reported."""
    key = catalog.names.one(kind, id)
    return key is not None and not any(item.key == key for item in catalog.examined(kind))


def _fields(catalog: Catalog, by_kind: dict[str, list[Item]]) -> Iterator[Column]:
    """The special pages. Without a file of fields a government shows every shipped one, another organ those in use."""
    root = catalog.find("organ", catalog.settings.root)
    whole = root is not None and root.record.kind is OrganKind.GOVERNMENT
    for field in by_kind.get("field", ()):
        rows = [row for row in by_kind.get("row", ()) if catalog.find("field", field_of(row)) is field]
        if rows or whole or field.path.startswith("content/"):
            name = f"{field.record.name}专题"
            yield _of("field", name, urls.record("field", field.id), field.mark(), rows)


def _of_organ(catalog: Catalog, organ: Item, by_kind: dict[str, list[Item]]) -> Iterator[Column]:
    root = organ.id == catalog.settings.root
    folders = {organ.id, COMMON} if root else {organ.id}

    def mine(kind: str) -> list[Item]:
        return [item for item in by_kind.get(kind, ()) if item.organ in folders]

    for section in SECTIONS[catalog.settings.column]:
        address = urls.column(organ.id, root=root, section=section)
        name = f"{organ.record.name}：{NAMES[section]}"
        if section == "fdzdgknr":
            yield Column(section, name, address, organ.mark(), tuple(mine("column")), filled=True, organ=organ.id)
            if not unreadable(catalog, "column", organ.id):
                yield from _groups(organ, name, address, mine("column"), mine("rule"))
            continue
        kinds = ("rule", "explainer", "card") if section == "zc" else (_KINDS[section],)
        items = tuple(item for kind in kinds for item in mine(kind))
        filled = bool(items) or unreadable(catalog, kinds[0], organ.id)
        yield Column(section, name, address, organ.mark(), items, filled, organ.id)


def _groups(organ: Item, name: str, address: str, files: list[Item], rules: list[Item]) -> Iterator[Column]:
    """The groups of 法定主动公开内容; documents and the organ's profile fill theirs by themselves."""
    declared = {entry.group: entry for file in files for entry in file.record.groups}
    for group in column.listed(organ.record.kind, organ.record.level, declared):
        entry = declared.get(group)
        said = entry is not None and bool(entry.items or entry.text or entry.none)
        itself = group is column.Group.ORGAN_PROFILE or (group is column.Group.REGULATIONS and bool(rules))
        mark = files[0].mark() if files else organ.mark()
        place = f"{address}#{group.value}"
        yield Column(group.value, f"{name}·{group.label}", place, mark, tuple(files), said or itself, organ.id)
