"""Organs → the page of each and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gongkai.model.organ import Division, Leader, Level, Unit
from gongkai.model.record import Item
from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.site import Late, Site
from gongkai.render.views import Card, Download, Link


@dataclass(frozen=True, slots=True)
class Person:
    """A leader. `photo` is an address, "" without one."""

    name: str
    post: str
    duties: str
    resume: str
    photo: str
    email: str


@dataclass(frozen=True, slots=True)
class Section:
    """A division or a subordinate unit."""

    name: str
    duties: str
    head: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class OrganView:
    """An organ as citizens look it up. Pairs are `(key of the words, text)`."""

    name: str
    kind: str
    level: str
    form: str
    withdrawn: tuple[str, str]
    summary: str
    head: str
    uscc: str
    aliases: tuple[str, ...]
    parent: Link | None
    children: tuple[Link, ...]
    contacts: tuple[tuple[str, str], ...]
    hours: tuple[tuple[str, str, str], ...]
    duties: tuple[str, ...]
    leaders: tuple[Person, ...]
    divisions: tuple[Section, ...]
    units: tuple[Section, ...]
    files: tuple[Download, ...]
    documents: tuple[Card, ...]
    total: int
    all_documents: Link
    updated: str
    column: Link


@dataclass(frozen=True, slots=True)
class OrganListView:
    """All organs by level; each with its kind."""

    groups: tuple[tuple[str, tuple[tuple[Link, str], ...]], ...]
    total: int


SHOWN = 10
"""Newest documents on the page of an organ; the list has the rest."""


def plan(site: Site) -> Iterator[Output]:
    """The list of organs, a page for each, and what those pages name."""
    words = site.theme.words
    crumb = Link(words["organs"], urls.ORGANS)
    column = site.column(words["organs"], words["organs_about"], words["column_organs"])
    yield site.output("organs.html", urls.ORGANS, words["organs"], Late(partial(_list, site)), tags=column)
    for item in site.catalog.of("organ"):
        address, name, view = urls.record("organ", item.id), item.record.name, Late(partial(_view, site, item))
        tags = (*column, *site.article(item, name))
        yield site.output("organ.html", address, name, view, claim=item.mark(), crumbs=(crumb,), tags=tags)
        yield from site.copies(item)


def _list(site: Site) -> OrganListView:
    groups = []
    for level in Level:
        found = [item for item in site.organs if item.record.level is level]
        if found:
            rows = tuple((site.link(item), item.record.kind.value) for item in found)
            groups.append((level.value, rows))
    return OrganListView(tuple(groups), len(site.organs))


def _view(site: Site, item: Item) -> OrganView:
    organ = item.record
    withdrawn = organ.withdrawn
    documents = [doc for doc in site.readable if _made(site, doc, item)]
    contacts = organ.contacts.model_dump(exclude_none=True) if organ.contacts else {}
    return OrganView(
        name=organ.name,
        kind=organ.kind.value,
        level=organ.level.value,
        form=site.form(item).value,
        withdrawn=(str(withdrawn.on), withdrawn.reason) if withdrawn else ("", ""),
        summary=organ.summary or "",
        head=organ.head or "",
        uscc=organ.uscc or "",
        aliases=organ.aliases,
        parent=site.named("organ", organ.parent) if organ.parent else None,
        children=tuple(site.link(other) for other in site.organs if _parent(site, other) is item),
        contacts=tuple(contacts.items()),
        hours=tuple((hours.season or "", hours.days, hours.time) for hours in organ.office_hours),
        duties=organ.duties,
        leaders=tuple(_person(site, item, leader) for leader in organ.leaders),
        divisions=tuple(_section(division) for division in organ.divisions),
        units=tuple(_section(unit) for unit in organ.units),
        files=site.downloads(item),
        documents=tuple(site.card(doc) for doc in documents[:SHOWN]),
        total=sum(_made(site, doc, item) for doc in site.documents),
        all_documents=site.issuer(item.id),
        updated=str(organ.updated or organ.published or ""),
        column=Link(site.theme.words["zfxxgk"], urls.column(item.id, root=site.is_root(item))),
    )


def _made(site: Site, document: Item, organ: Item) -> bool:
    return any(site.catalog.find("organ", text) is organ for text in document.record.issuers)


def _parent(site: Site, item: Item) -> Item | None:
    return site.catalog.find("organ", item.record.parent) if item.record.parent else None


def _person(site: Site, item: Item, leader: Leader) -> Person:
    photo = site.file_address(item, leader.photo) if leader.photo else ""
    return Person(leader.name, leader.post, leader.duties or "", leader.resume or "", photo, leader.email or "")


def _section(entry: Division | Unit) -> Section:
    address = entry.address if isinstance(entry, Unit) else None
    return Section(entry.name, entry.duties or "", entry.head or "", address or "", entry.phone or "")
