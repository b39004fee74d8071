"""Explainer cards → a page for each, and lists of them by industry and by audience."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.model.card import Card
from gongkai.model.disclosure import Form
from gongkai.model.record import Item
from gongkai.model.term import Side
from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.pages.following import Notice, notices
from gongkai.render.prose import Prose
from gongkai.render.site import Site
from gongkai.render.views import Badge, Download, Link


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with its state, where it is in the catalog."""

    link: Link
    articles: tuple[Link, ...]
    number: str
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A way to apply."""

    name: str
    url: str
    address: str
    hours: str
    phone: str


@dataclass(frozen=True, slots=True)
class CardView:
    """A card: the five elements, who it is for, and whether its source still holds."""

    title: str
    form: str
    main_content: str
    scope: tuple[str, ...]
    standard: tuple[tuple[str, str, str], ...]
    procedure: tuple[tuple[str, str, str], ...]
    channel: tuple[ChannelView, ...]
    sources: tuple[SourceView, ...]
    lapsed: bool
    behind: tuple[Notice, ...]
    level: str
    side: str
    audiences: tuple[Link, ...]
    industries: tuple[Link, ...]
    fields: tuple[Link, ...]
    valid_from: str
    valid_until: str
    materials: tuple[str, ...]
    organ: Link | None
    contact: str
    phone: str
    supervise_phone: str
    faq: tuple[tuple[str, str], ...]
    scenario: str
    text: Prose
    files: tuple[Download, ...]
    updated: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A card in a list."""

    title: str
    address: str
    main_content: str
    audiences: str
    until: str
    lapsed: bool


@dataclass(frozen=True, slots=True)
class CardListView:
    """Cards of one audience or industry, or all by side; the other lists beside."""

    title: str
    sides: tuple[tuple[str, tuple[Brief, ...]], ...]
    audiences: tuple[tuple[Link, int], ...]
    industries: tuple[tuple[Link, int], ...]


def plan(site: Site) -> Iterator[Output]:
    """The index of cards, a list for each audience and industry that has one, and a page for each card."""
    words = site.theme.words
    if not any(site.catalog.of("card")):
        return
    crumb = Link(words["cards"], urls.CARDS)
    column = site.column(words["cards"], words["cards_about"], words["column_explain"])
    cards = site.shown("card")
    audiences, industries = facet(site, "audience", "audiences"), facet(site, "industry", "industries")
    view = CardListView(words["cards"], _sides(site, cards), audiences, industries)
    yield site.output("cards.html", urls.CARDS, words["cards"], view, tags=column)
    for kind, key, links in (("audience", "audiences", audiences), ("industry", "industries", industries)):
        for (link, _), (_, having) in zip(links, _having(site, kind, key), strict=True):
            title = words["cards_for"].format(name=link.text)
            view = CardListView(title, _sides(site, having), audiences, industries)
            yield site.output("cards.html", link.address, title, view, crumbs=(crumb,), tags=column)
    for item in site.catalog.of("card"):
        yield site.record("card.html", item, _view(site, item), crumb, column)
        yield from site.copies(item)


def facet(site: Site, kind: str, key: str) -> tuple[tuple[Link, int], ...]:
    """The terms of a vocabulary that have cards, in its own order, with their number."""
    return tuple((_term(site, term), len(cards)) for term, cards in _having(site, kind, key))


def _having(site: Site, kind: str, key: str) -> Iterator[tuple[Item, list[Item]]]:
    """The terms of a vocabulary that have cards, in its own order, with their cards."""
    for term in site.catalog.of(kind):
        cards = [card for card in site.shown("card") if term in _terms(site, kind, getattr(card.record, key))]
        if cards:
            yield term, cards


def lapsed(site: Site, item: Item) -> bool:
    """Whether no source of a card holds any more, or the time to apply is over."""
    until = item.record.valid_until
    if until and until < site.catalog.day:
        return True
    states = [state for source in item.record.sources if (state := _state(site, source.rule))]
    return bool(states) and all(state in ("expired", "repealed", "replaced") for state in states)


def brief(site: Site, item: Item) -> Brief:
    """A card as lists show it."""
    card: Card = item.record
    audiences = "、".join(map(site.called, _terms(site, "audience", card.audiences)))
    until = str(card.valid_until or "")
    return Brief(
        card.title, urls.record("card", item.id), card.main_content or "", audiences, until, lapsed(site, item)
    )


def _terms(site: Site, kind: str, texts: tuple[str, ...]) -> list[Item]:
    return [term for text in texts if (term := site.catalog.find(kind, text))]


def _sides(site: Site, cards: list[Item]) -> tuple[tuple[str, tuple[Brief, ...]], ...]:
    """惠企 and 利民, each with its cards: those that hold first."""
    found = []
    for side in Side:
        briefs = [brief(site, item) for item in cards if item.record.side is side]
        briefs.sort(key=lambda card: card.lapsed)
        if briefs:
            found.append((side.value, tuple(briefs)))
    return tuple(found)


def _state(site: Site, text: str) -> str:
    rule = site.catalog.find("rule", text)
    if rule is None or site.form(rule) is not Form.FULL:
        return ""
    return site.life(rule).on(site.catalog.day).state.value


def _view(site: Site, item: Item) -> CardView:
    card: Card = item.record
    full = site.form(item) is Form.FULL
    organ = site.catalog.publisher(item)
    return CardView(
        title=card.title,
        form=site.form(item).value,
        main_content=card.main_content or "",
        scope=card.scope or (),
        standard=tuple((row.item, row.amount, row.note or "") for row in card.standard or ()),
        procedure=tuple((row.step, row.who or "", row.time or "") for row in card.procedure or ()),
        channel=tuple(
            ChannelView(way.name, way.url or "", way.address or "", way.hours or "", way.phone or "")
            for way in card.channel or ()
        ),
        sources=tuple(_source(site, source.rule, source.articles) for source in card.sources or ()),
        lapsed=full and lapsed(site, item),
        behind=notices(site, item) if full else (),
        level=card.level.value if full else "",
        side=card.side.value if full else "",
        audiences=tuple(_term(site, term) for term in _terms(site, "audience", card.audiences or ())),
        industries=tuple(_term(site, term) for term in _terms(site, "industry", card.industries)),
        fields=tuple(site.link(field) for field in site.fields if field.id in _ids(site, card.fields)),
        valid_from=str(card.valid_from or ""),
        valid_until=str(card.valid_until or ""),
        materials=card.materials,
        organ=site.link(organ) if organ else None,
        contact=card.contact or "",
        phone=card.phone or "",
        supervise_phone=card.supervise_phone or "",
        faq=tuple((question.q, question.a) for question in card.faq),
        scenario=card.scenario or "",
        text=site.prose(item, [rule for s in card.sources or () if (rule := site.catalog.find("rule", s.rule))]),
        files=site.downloads(item),
        updated=str(card.updated or card.published or ""),
    )


def _ids(site: Site, texts: tuple[str, ...]) -> set[str]:
    return {field.id for text in texts if (field := site.catalog.find("field", text))}


def _term(site: Site, term: Item) -> Link:
    return Link(site.called(term), urls.cards_for(term.kind, term.id))


def _source(site: Site, text: str, articles: tuple[str, ...]) -> SourceView:
    rule = site.catalog.find("rule", text)
    number = (rule.record.doc_no or "") if rule else ""
    links = tuple(site.to_article(rule, article) for article in articles)
    return SourceView(site.named("rule", text), links, number, site.badge(rule))
