"""Lives and the day of the build → what lapses within 30, 90 and 180 days, by issuer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from gongkai.base.text import pinyin
from gongkai.model.disclosure import Form
from gongkai.model.record import Item
from gongkai.model.rule import Status
from gongkai.model.validity import LAPSED, Span
from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.pages.rule_state import Sentence, sentence
from gongkai.render.site import Late, Site
from gongkai.render.views import Link

WITHIN = (30, 90, 180)
"""Days from the day of the build, each list without those of the list before."""


@dataclass(frozen=True, slots=True)
class Lapsing:
    """A document, its last day of force, how many days that leaves, and why it ends."""

    link: Link
    number: str
    last: str
    days: int
    why: Sentence


@dataclass(frozen=True, slots=True)
class Window:
    """What lapses by the day `until`, by issuer in pinyin order; the soonest first."""

    days: int
    until: str
    total: int
    issuers: tuple[tuple[Link, tuple[Lapsing, ...]], ...]


@dataclass(frozen=True, slots=True)
class ExpiringView:
    """The windows, one after the other. `as_of` is the day of the build."""

    windows: tuple[Window, ...]
    as_of: str


def plan(site: Site) -> Iterator[Output]:
    """The page; a site without documents has none."""
    if not site.documents:
        return
    words = site.theme.words
    column = site.column(words["expiring"], words["expiring_about"], words["column_rules"])
    crumbs = (Link(words["rules"], urls.RULES),)
    view = Late(partial(_view, site))
    yield site.output("expiring.html", urls.EXPIRING, words["expiring"], view, crumbs=crumbs, tags=column)


def _view(site: Site) -> ExpiringView:
    today = site.catalog.day
    ending = sorted(_ending(site), key=lambda pair: (pair[1].first, pair[0].id))
    windows = []
    earlier = today - timedelta(days=1)
    for days in WITHIN:
        until = today + timedelta(days=days)
        found = [_lapsing(site, item, span) for item, span in ending if earlier < _last(span) <= until]
        windows.append(Window(days, str(until), len(found), _by_issuer(found)))
        earlier = until
    return ExpiringView(tuple(windows), str(today))


def _ending(site: Site) -> Iterator[tuple[Item, Span]]:
    """Each document that holds today and has an end ahead, with that end: the first, if it is prolonged later."""
    today = site.catalog.day
    for item in site.documents:
        if site.form(item) is not Form.FULL:
            continue
        life = site.life(item)
        ahead = next((span for span in life.spans if span.first and span.first > today and span.state in LAPSED), None)
        if ahead and life.at(today).state in (Status.IN_FORCE, Status.SUSPENDED):
            yield item, ahead


def _last(span: Span) -> date:
    assert span.first is not None
    return span.first - timedelta(days=1)


def _lapsing(site: Site, item: Item, span: Span) -> tuple[Link, Lapsing]:
    record = item.record
    issuer = site.issuer(record.issuers[0]) if record.issuers else Link(site.theme.words["unknown_issuer"])
    days = (_last(span) - site.catalog.day).days
    return issuer, Lapsing(site.link(item), record.doc_no or "", str(_last(span)), days, sentence(site, item, span))


def _by_issuer(found: list[tuple[Link, Lapsing]]) -> tuple[tuple[Link, tuple[Lapsing, ...]], ...]:
    issuers = sorted(dict.fromkeys(issuer for issuer, _ in found), key=lambda issuer: pinyin(issuer.text))
    return tuple((issuer, tuple(one for other, one in found if other == issuer)) for issuer in issuers)
