"""Rules and normative documents → lists that lead to every one: all, by type, by issuer, by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from gongkai.base.text import pinyin
from gongkai.model.record import Item
from gongkai.model.rule import Type
from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.site import Late, Site
from gongkai.render.views import Card, Group, Link

UNDATED = "undated"
"""The key of the list of documents without a date of publication."""

UNKNOWN = "unknown"
"""The key of the list of documents without an issuer."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in a list a page stands, counted from 1, and the pages around it."""

    page: int
    pages: int
    links: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of a list. `as_of` is the day on which the states in it hold; `ways` are other ways in."""

    title: str
    total: int
    cards: tuple[Card, ...]
    pager: Pager
    groups: tuple[Group, ...]
    ways: tuple[Link, ...]
    as_of: str


@dataclass(frozen=True, slots=True)
class IssuersView:
    """Every issuer with the number of its documents, in pinyin order."""

    group: Group


def plan(site: Site) -> Iterator[Output]:
    """The index of all documents, and a paged list for each type, issuer and year."""
    words = site.theme.words
    groups = (types(site), years(site))
    yield from _paged(site, urls.RULES, words["rules"], site.documents, groups, ())
    crumb = Link(words["rules"], urls.RULES)
    column = site.column(words["issuers"], words["issuers_about"], words["column_rules"])
    view = Late(partial(_every_issuer, site))
    yield site.output("issuers.html", urls.ISSUERS, words["issuers"], view, crumbs=(crumb,), tags=column)
    by_address = _by_address(site)
    for group in groups:
        for link, _ in group.links:
            yield from _paged(site, link.address, link.text, by_address[link.address], (), (crumb,))
    trail = (crumb, Link(words["issuers"], urls.ISSUERS))
    for key, name in _issuer_names(site).items():
        address = urls.rules_of("issuer", key)
        if address in by_address:
            yield from _paged(site, address, name, by_address[address], (), trail)


def _every_issuer(site: Site) -> IssuersView:
    return IssuersView(issuers(site))


def types(site: Site) -> Group:
    """文件类别 with counts, from the highest force down."""
    words = site.theme.words
    return _group(
        site,
        "by_type",
        _types,
        lambda key: words.get(f"type.{key}", Type(key).label),
        lambda key: list(Type).index(Type(key)),
    )


def years(site: Site) -> Group:
    """Years of publication with counts, newest first; undated documents last."""
    words = site.theme.words
    return _group(
        site,
        "by_year",
        _years,
        lambda key: words["undated"] if key == UNDATED else words["year"].format(year=key),
        lambda key: 9999 if key == UNDATED else -int(key),
    )


def issuers(site: Site) -> Group:
    """发文机关 with counts, in pinyin order; documents without one last."""
    names = _issuer_names(site)
    return _group(
        site,
        "by_issuer",
        lambda item: _issuers(site, item),
        names.__getitem__,
        lambda key: (key == UNKNOWN, pinyin(names[key])),
    )


def _issuer_names(site: Site) -> dict[str, str]:
    names = {UNKNOWN: site.theme.words["unknown_issuer"]}
    for item in site.documents:
        for text in item.record.issuers:
            link = site.issuer(text)
            names[link.address.split("/")[-2]] = link.text
    return names


def _types(item: Item) -> list[str]:
    return [item.record.type.value]


def _years(item: Item) -> list[str]:
    return [str(item.record.published.day.year) if item.record.published else UNDATED]


def _issuers(site: Site, item: Item) -> list[str]:
    keys = [site.issuer(text).address.split("/")[-2] for text in item.record.issuers]
    return list(dict.fromkeys(keys)) or [UNKNOWN]


_FACETS = {"by_type": "type", "by_year": "year", "by_issuer": "issuer"}


def _group(
    site: Site,
    title: str,
    keys: Callable[[Item], list[str]],
    name: Callable[[str], str],
    order: Callable[[str], object],
) -> Group:
    counts: dict[str, int] = defaultdict(int)
    for item in site.documents:
        for key in keys(item):
            counts[key] += 1
    ordered = sorted(counts, key=order)  # type: ignore[arg-type]
    facet = _FACETS[title]
    return Group(title, tuple((Link(name(key), urls.rules_of(facet, key)), counts[key]) for key in ordered))


def _by_address(site: Site) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in site.documents:
        keys = (("type", _types(item)), ("year", _years(item)), ("issuer", _issuers(site, item)))
        for facet, values in keys:
            for value in values:
                found[urls.rules_of(facet, value)].append(item)
    return found


def _paged(
    site: Site,
    address: str,
    title: str,
    items: Sequence[Item],
    groups: tuple[Group, ...],
    crumbs: tuple[Link, ...],
) -> Iterator[Output]:
    words, size = site.theme.words, site.settings.page_size
    pages = max(1, -(-len(items) // size))
    column = site.column(title, words["rules_about"], words["column_rules"])
    for page in range(1, pages + 1):
        part, pager = items[(page - 1) * size : page * size], _pager(address, page, pages)
        view = Late(partial(_view, site, title, len(items), part, pager, groups if page == 1 else ()))
        name = title if page == 1 else words["paged_title"].format(title=title, page=page)
        here = urls.paged(address, page)
        trail = crumbs if page == 1 else (*crumbs, Link(title, address))
        yield site.output("list.html", here, name, view, crumbs=trail, tags=column)


def _view(
    site: Site, title: str, total: int, items: Sequence[Item], pager: Pager, groups: tuple[Group, ...]
) -> ListView:
    return ListView(
        title=title,
        total=total,
        cards=tuple(site.card(item, site.catalog.day) for item in items),
        pager=pager,
        groups=groups,
        ways=tuple(_ways(site)) if groups else (),
        as_of=str(site.catalog.day),
    )


def _ways(site: Site) -> Iterator[Link]:
    """The pages that lead to documents by something else than a list of all."""
    words = site.theme.words
    yield Link(words["issuers"], urls.ISSUERS)
    if site.cited.any:
        yield Link(words["cited"], urls.CITED)
    if site.documents:
        yield Link(words["expiring"], urls.EXPIRING)
    if any(site.catalog.of("review")):
        yield Link(words["reviews"], urls.REVIEWS)


def _pager(address: str, page: int, pages: int) -> Pager:
    return Pager(page, pages, tuple(_around(address, page, pages)))


def _around(address: str, page: int, pages: int) -> Iterator[tuple[int, str]]:
    """The first, the last, and two on either side: enough to walk, few enough for a phone."""
    for number in range(1, pages + 1):
        if number in (1, pages) or abs(number - page) <= 2:
            yield number, urls.paged(address, number)
