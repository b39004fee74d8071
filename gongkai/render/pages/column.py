"""Organs → the uniform disclosure column (政府信息公开专栏) of each, sections in the prescribed order.

Two layouts are built in: `2021-33` (政策 first, 依申请公开 last) and `2019-61` (four sections). The column of the root
organ stands at /zfxxgk/, that of every other organ under its own page, on the same template.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.base.settings import ColumnLayout
from gongkai.model.column import Entry, Group, listed
from gongkai.model.guide import ELEMENTS
from gongkai.model.record import Item
from gongkai.model.rule import Type
from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.prose import Prose
from gongkai.render.site import Site
from gongkai.render.views import Card, Download, Link

PER_TYPE = 20
"""Documents of a type on the page of policies; the list of the type has the rest."""

NEWEST = 5
"""Entries of a section on the first page of a column."""

SECTIONS = {
    ColumnLayout.Y2021: ("zc", "zn", "zd", "fdzdgknr", "nb", "ysqgk"),
    ColumnLayout.Y2019: ("zn", "zd", "fdzdgknr", "nb"),
}
"""Sections in their order: 政策 指南 制度 法定主动公开内容 年报 依申请公开."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of a column carries: whose it is, its sections, and which one is open."""

    organ: Link
    sections: tuple[tuple[str, Link], ...]
    current: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group of 法定主动公开内容. An empty one shows its declared reason, "" where none was declared."""

    key: str
    links: tuple[tuple[Link, str], ...]
    more: Link | None
    text: str
    none: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page of a column: each section with its newest entries."""

    frame: Frame
    previews: tuple[tuple[str, Link, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class PolicyView:
    """政策: documents by type, explainers and cards of the organ."""

    frame: Frame
    kinds: tuple[tuple[str, tuple[Card, ...], Link | None], ...]
    explainers: tuple[Link, ...]
    cards: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StatutoryView:
    """法定主动公开内容."""

    frame: Frame
    groups: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True)
class TextView:
    """Guide, request, regime or report: facts, then prose. `facts` pair a key of the words with a text."""

    frame: Frame
    title: str
    facts: tuple[tuple[str, str], ...]
    ways: tuple[tuple[str, str, str, str], ...]
    limits: tuple[tuple[str, str, str], ...]
    steps: tuple[str, ...]
    links: tuple[Link, ...]
    text: Prose
    files: tuple[Download, ...]
    day: str


@dataclass(frozen=True, slots=True)
class ListView:
    """Regimes by topic, or reports by year and organ. Groups pair a heading with links and days."""

    frame: Frame
    groups: tuple[tuple[str, tuple[tuple[Link, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One column while it is planned."""

    site: Site
    organ: Item

    @property
    def root(self) -> bool:
        """Whether it is the column of the site's own organ."""
        return self.site.is_root(self.organ)

    def address(self, section: str = "") -> str:
        """The page of a section."""
        return urls.column(self.organ.id, root=self.root, section=section)

    def frame(self, current: str) -> Frame:
        """The frame with one section open."""
        words = self.site.theme.words
        sections = SECTIONS[self.site.settings.column]
        links = tuple((key, Link(words[f"section_{key}"], self.address(key))) for key in sections)
        return Frame(self.site.link(self.organ), links, current)

    def records(self, kind: str) -> list[Item]:
        """The records of a kind that lie in this organ's folder; for the root also what is common."""
        mine = {self.organ.id, "common"} if self.root else {self.organ.id}
        return [item for item in self.site.shown(kind) if item.organ in mine]

    def documents(self) -> list[Item]:
        """The documents that this organ issued or keeps."""
        return [item for item in self.site.readable if self.site.catalog.publisher(item) is self.organ]

    def page(self, template: str, section: str, view: object, *, item: Item | None = None) -> Output:
        """A page of the column with its crumbs and tags."""
        site, words = self.site, self.site.theme.words
        name = f"{self.organ.record.name} {words['zfxxgk']}"
        title = words[f"section_{section}"] if section else name
        below = item is not None and item.kind in ("regime", "annual")
        address = site.page_of(item) if item and below else self.address(section)
        heading = item.record.heading if item else f"{self.organ.record.name}{title}" if section else name
        crumbs = [Link(name, self.address())] if section else []
        if below:
            crumbs.append(Link(title, self.address(section)))
        if not self.root:
            crumbs = [Link(words["organs"], urls.ORGANS), site.link(self.organ), *crumbs]
        kind = words[f"column_{section}"] if section else words["column_catalog"]
        tags = site.column(heading, words.get(f"about_{section}", heading), kind)
        if item:
            tags = (*tags, *site.article(item, self.organ.record.name))
        claim = item.mark() if item else self.organ.mark()
        return site.output(template, address, heading, view, claim=claim, crumbs=tuple(crumbs), tags=tags)


def plan(site: Site) -> Iterator[Output]:
    """The whole column of every organ."""
    for organ in site.organs:
        place = Place(site, organ)
        sections = SECTIONS[site.settings.column]
        yield place.page("column.html", "", _home(place))
        if "zc" in sections:
            yield place.page("column_policy.html", "zc", _policy(place))
        yield from _text(place, "guide", "zn")
        yield from _regimes(place)
        yield place.page("column_statutory.html", "fdzdgknr", StatutoryView(place.frame("fdzdgknr"), _groups(place)))
        yield from _reports(place)
        if "ysqgk" in sections:
            yield from _text(place, "request", "ysqgk")


def _home(place: Place) -> HomeView:
    newest = {
        "zc": [place.site.link(item) for item in place.documents()[:NEWEST]],
        "zd": [place.site.link(item) for item in place.records("regime")[:NEWEST]],
        "nb": [place.site.link(item) for item in place.records("annual")[:NEWEST]],
    }
    frame = place.frame("")
    return HomeView(frame, tuple((key, link, tuple(newest.get(key, ()))) for key, link in frame.sections))


def _policy(place: Place) -> PolicyView:
    site, documents = place.site, place.documents()
    kinds = []
    for type in Type:
        found = [item for item in documents if item.record.type is type]
        cards = tuple(site.card(item) for item in found[:PER_TYPE])
        if cards:
            more = site.theme.words["more_of"].format(total=len(found))
            whole = Link(more, urls.rules_of("type", type.value)) if len(found) > PER_TYPE else None
            kinds.append((type.value, cards, whole))
    explainers = tuple(site.link(item) for item in place.records("explainer"))
    return PolicyView(
        place.frame("zc"), tuple(kinds), explainers, tuple(site.link(item) for item in place.records("card"))
    )


def _text(place: Place, kind: str, section: str) -> Iterator[Output]:
    item = next(iter(place.records(kind)), None)
    frame = place.frame(section)
    if item is None:
        empty = TextView(frame, "", _contacts(place), (), (), (), (), Prose(""), (), "")
        yield place.page("column_text.html", section, empty)
        return
    yield place.page("column_text.html", section, _text_view(place, item, frame), item=item)
    yield from place.site.copies(item)


def _contacts(place: Place) -> tuple[tuple[str, str], ...]:
    """Where a guide or request page is missing, how to reach the organ."""
    contacts = place.organ.record.contacts
    return tuple(contacts.model_dump(exclude_none=True).items()) if contacts else ()


def _text_view(place: Place, item: Item, frame: Frame) -> TextView:
    record, site = item.record, place.site
    facts = [*ELEMENTS, "fees", "remedies", "contact"]
    pairs = tuple((key, value) for key in dict.fromkeys(facts) if isinstance(value := getattr(record, key, None), str))
    linked = [text for text in (getattr(record, "rule", None),) if text]
    links = [site.named("rule", text) for text in linked]
    regime = getattr(record, "regime", None)
    if regime and (target := site.catalog.find("regime", regime)):
        links.append(place.site.link(target))
    return TextView(
        frame,
        record.heading,
        pairs,
        tuple((way.name, way.detail, way.url or "", way.received or "") for way in getattr(record, "channels", ())),
        tuple((step.step, step.limit, step.basis or "") for step in getattr(record, "limits", ())),
        getattr(record, "steps", ()),
        tuple(links),
        site.prose(item),
        site.downloads(item),
        str(record.updated or record.published or ""),
    )


def _regimes(place: Place) -> Iterator[Output]:
    found: dict[str, list[tuple[Link, str]]] = {}
    for item in place.records("regime"):
        rule = place.site.catalog.find("rule", item.record.rule) if item.record.rule else None
        link = Link(item.record.title, urls.record("rule", rule.id)) if rule else place.site.link(item)
        found.setdefault(item.record.topic.value, []).append((link, _day(item)))
        view = _text_view(place, item, place.frame("zd"))
        yield place.page("column_text.html", "zd", view, item=item)
        yield from place.site.copies(item)
    listed = tuple((topic, tuple(links)) for topic, links in found.items())
    yield place.page("column_list.html", "zd", ListView(place.frame("zd"), listed))


def _reports(place: Place) -> Iterator[Output]:
    """The organ's reports; a government also lists those of the organs below it (条例 art 49)."""
    mine = place.records("annual")
    groups = [("", tuple((place.site.link(item), _day(item)) for item in reversed(mine)))] if mine else []
    for organ in place.site.organs:
        below = organ.record.parent and place.site.catalog.find("organ", organ.record.parent) is place.organ
        other = Place(place.site, organ)
        if below and (reports := other.records("annual")):
            groups.append((organ.record.name, tuple((place.site.link(item), _day(item)) for item in reversed(reports))))
    yield place.page("column_list.html", "nb", ListView(place.frame("nb"), tuple(groups)))
    for item in mine:
        view = _text_view(place, item, place.frame("nb"))
        yield place.page("column_text.html", "nb", view, item=item)
        yield from place.site.copies(item)


def _day(item: Item) -> str:
    return str(item.record.published.day) if item.record.published else ""


def _groups(place: Place) -> tuple[GroupView, ...]:
    organ = place.organ.record
    declared = {entry.group: entry for item in place.records("column") for entry in item.record.groups}
    found = []
    for group in listed(organ.kind, organ.level, declared):
        entry = declared.get(group)
        links, more = _contents(place, group, entry)
        text, none = (entry.text or "", entry.none or "") if entry else ("", "")
        found.append(GroupView(group.value, links, more, text, none))
    return tuple(found)


SHOWN = 8
"""Entries of a group on the page of all groups; the rest is one link away."""


def _contents(place: Place, group: Group, entry: Entry | None) -> tuple[tuple[tuple[Link, str], ...], Link | None]:
    site, words = place.site, place.site.theme.words
    links: list[tuple[Link, str]] = []
    more = None
    if group is Group.REGULATIONS:
        documents = place.documents()
        links = [(site.link(item), _day(item)) for item in documents[:SHOWN]]
        if len(documents) > SHOWN:
            whole = place.address("zc") if "zc" in SECTIONS[site.settings.column] else urls.RULES
            more = Link(words["more_of"].format(total=len(documents)), whole)
    elif group is Group.ORGAN_PROFILE:
        links = [(site.link(place.organ), "")]
    for text in entry.items if entry else ():
        target = site.target(text)
        links.append((site.reference(text), _day(target) if target else ""))
    return tuple(dict.fromkeys(links)), more
