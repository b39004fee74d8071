"""Fields → the special page of each (领域专题页): who answers for it, its standard list, what of it is public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.model.coverage import on_site
from gongkai.model.record import Item
from gongkai.model.row import BLOCKS, Channels, Profile, Row, RowFile, RowLevel
from gongkai.render import urls
from gongkai.render.citing import Cites
from gongkai.render.output import Output
from gongkai.render.site import Site
from gongkai.render.views import Card, Link


@dataclass(frozen=True, slots=True)
class Part:
    """Elements that share a limit and channels. Elements are `(text, required)`, channels `(label, required)`."""

    elements: tuple[tuple[str, bool], ...]
    limit: str
    channels: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the standard list as a reader looks it up. `supplement` marks a local addition."""

    id: str
    seq: str
    item: tuple[str, ...]
    parts: tuple[Part, ...]
    bases: tuple[str, ...]
    subjects: tuple[Link, ...]
    audience: str
    modes: tuple[str, ...]
    levels: tuple[str, ...]
    extras: tuple[tuple[str, str], ...]
    published: tuple[Link, ...]
    elsewhere: bool
    """Whether the list does not ask for it on a site: names of families may belong on the notice board alone."""

    supplement: str


@dataclass(frozen=True, slots=True)
class RowList:
    """The rows of one level that one organ keeps. `done` of them are published here."""

    level: str
    organ: str
    rows: tuple[RowView, ...]
    done: int


@dataclass(frozen=True, slots=True)
class FieldView:
    """The special page of a field. No news stands here (专栏姓专)."""

    name: str
    summary: str
    ministry: str
    leads: tuple[Link, ...]
    phones: tuple[tuple[str, str], ...]
    profile: str
    lists: tuple[RowList, ...]
    columns: tuple[str, ...]
    total: int
    done: int
    cards: tuple[Link, ...]
    rules: tuple[Card, ...]
    explainers: tuple[Link, ...]
    tables: tuple[Link, ...]
    cites: Cites


@dataclass(frozen=True, slots=True)
class FieldListView:
    """All fields: link, summary, rows, rows published."""

    fields: tuple[tuple[Link, str, int, int], ...]


def plan(site: Site) -> Iterator[Output]:
    """The list of fields and the special page of each."""
    words = site.theme.words
    if not site.fields:
        return
    crumb = Link(words["fields"], urls.FIELDS)
    column = site.column(words["fields"], words["fields_about"], words["column_catalog"])
    views = [(item, _view(site, item)) for item in site.fields]
    listed = tuple((site.link(item), view.summary, view.total, view.done) for item, view in views)
    yield site.output("fields.html", urls.FIELDS, words["fields"], FieldListView(listed), tags=column)
    for item, view in views:
        address = urls.record("field", item.id)
        tags = site.column(view.name, view.summary or view.name, words["column_catalog"])
        yield site.output("field.html", address, view.name, view, claim=item.mark(), crumbs=(crumb,), tags=tags)


def _view(site: Site, item: Item) -> FieldView:
    field = item.record
    rows = [(row, _row(site, row)) for row in site.rows.get(item.id, ())]
    leads = [organ for text in field.leads if (organ := site.catalog.find("organ", text))]
    related = site.related(item)
    profile = next((row.file.profile for row, _ in rows if isinstance(row.file, RowFile)), Profile.STANDARD)
    return FieldView(
        name=site.called(item),
        summary=field.summary or "",
        ministry=field.ministry or "",
        leads=tuple(site.link(organ) for organ in leads),
        phones=tuple(_phones(field, leads)),
        profile=profile.value,
        lists=tuple(_lists(site, rows)),
        columns=_columns(profile, [view for _, view in rows]),
        total=len(rows),
        done=sum(bool(view.published) for _, view in rows),
        cards=tuple(site.link(other) for other in related["card"]),
        rules=tuple(site.card(other) for other in related["rule"]),
        explainers=tuple(site.link(other) for other in related["explainer"]),
        tables=tuple(Link(suffix.upper(), urls.table(item.id, suffix)) for suffix in ("csv", "json")) if rows else (),
        cites=site.cites("\n".join(text for row, _ in rows for text in row.record.bases)),
    )


def _phones(field: Any, leads: list[Item]) -> Iterator[tuple[str, str]]:
    if field.phone:
        yield "", field.phone
        return
    for organ in leads:
        if organ.record.contacts:
            yield organ.record.name, organ.record.contacts.phone


def _lists(site: Site, rows: list[tuple[Item, RowView]]) -> Iterator[RowList]:
    """Rows by the highest level they apply to (else their organ's), and by the organ that keeps them."""
    groups: dict[tuple[int, str], list[RowView]] = {}
    order = [level.value for level in RowLevel]
    for item, view in rows:
        keeper = site.catalog.find("organ", item.organ)
        level = view.levels[0] if view.levels else keeper.record.level.value if keeper else ""
        rank = order.index(level) if level in order else 0
        groups.setdefault((rank, keeper.record.name if keeper else ""), []).append(view)
    for rank, organ in sorted(groups, key=lambda group: group[0]):
        views = groups[rank, organ]
        yield RowList(order[rank], organ, tuple(views), sum(bool(view.published) for view in views))


def _columns(profile: Profile, views: list[RowView]) -> tuple[str, ...]:
    """The columns of a list; those that the 主动公开事项目录 does not ask for only where a row has them."""
    limits = any(part.limit for view in views for part in view.parts)
    channels = any(part.channels for view in views for part in view.parts)
    optional = {"limit": limits, "channels": channels}
    every = ("item", "where", "content", "basis", "limit", "subject", "channels", "audience")
    return tuple(name for name in every if profile is Profile.STANDARD or optional.get(name, True))


def _row(site: Site, item: Item) -> RowView:
    row: Row = item.record
    whole = Part(_elements(row), row.time_limit or "", _channels(row.channels))
    portions = [
        Part(
            tuple(map(_element, part.elements)),
            part.time_limit or whole.limit,
            _channels(part.channels) or whole.channels,
        )
        for part in row.portions
    ]
    parts = ([whole] if whole.elements or not portions else []) + portions
    return RowView(
        id=item.id,
        seq=row.seq or "",
        item=tuple(text for text in (row.item_l1, row.item_l2, row.item_l3) if text),
        parts=tuple(parts),
        bases=row.bases,
        subjects=tuple(site.named("organ", text) for text in row.subjects),
        audience=row.audience_group or ("all" if row.audience_all else ""),
        modes=tuple(name for name in ("proactive", "request") if getattr(row, f"mode_{name}")),
        levels=tuple(level.value for level in RowLevel if level in row.levels),
        extras=tuple(_extras(row)),
        published=tuple(link for text in row.published_as if (link := site.reference(text)).address or link.url),
        elsewhere=not on_site(row),
        supplement="addition" if item.origin == "supplements" else "",
    )


def _elements(row: Row) -> tuple[tuple[str, bool], ...]:
    block = BLOCKS[row.block] if row.block else ()
    return (*((text, True) for text in block), *map(_element, row.elements))


def _element(text: str) -> tuple[str, bool]:
    """`〇联系方式` → ("联系方式", False); ● or nothing marks what is required."""
    return text.lstrip("●〇○ "), not text.startswith(("〇", "○"))


def _channels(channels: Channels | None) -> tuple[tuple[str, bool], ...]:
    if channels is None:
        return ()
    found = []
    for name, field in Channels.model_fields.items():
        need = getattr(channels, name)
        if need and name != "other_name":
            label = channels.other_name or field.description if name == "other" else field.description
            found.append((label or name, need.value == "required"))
    return tuple(found)


def _extras(row: Row) -> Iterator[tuple[str, str]]:
    stages = "、".join(stage.label for stage in row.stages)
    for key in ("format", "item_class", "scope", "consult_phone", "supervise_phone", "owner", "link"):
        if value := getattr(row, key):
            yield key, value
    if stages:
        yield "stages", stages
