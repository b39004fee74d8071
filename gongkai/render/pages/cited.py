"""Citations between documents → what a page says of those that cite it, and the page of the most cited and the missing.

Documents are counted, not mentions: a law that names another forty times cites it once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from gongkai.model.articles import outline
from gongkai.model.cited import Mention, Place
from gongkai.model.record import Item
from gongkai.render import urls
from gongkai.render.atlas import newest_first
from gongkai.render.output import Output
from gongkai.render.site import Late, Site
from gongkai.render.views import Link

SHOWN = 50
"""Documents that are listed at one article; the search finds the rest."""

PLACES = 8
"""Articles of one citing document that are listed."""

OPEN = 5
"""Up to so many citing documents are shown at once; more are folded."""

FEW = 5
"""Files whose pages are looked at for which it is quicker to find what cites each than to read every citation."""

LISTED = 100
"""Lines of each table of the page."""


@dataclass(frozen=True, slots=True)
class Citing:
    """A document that cites, the articles in which it does, and how many more of them there are."""

    link: Link
    places: tuple[Link, ...]
    more: int


@dataclass(frozen=True, slots=True)
class CitingGroup:
    """Those that cite one article. `article` is empty for those that cite the document without naming one."""

    article: Link
    total: int
    documents: tuple[Citing, ...]


@dataclass(frozen=True, slots=True)
class CitingView:
    """What cites a document: how many others, grouped by article, the whole document first. `query` finds them all."""

    total: int
    groups: tuple[CitingGroup, ...]
    open: bool
    query: str


@dataclass(frozen=True, slots=True)
class CitedView:
    """The documents that most others cite, and the cited ones that the site lacks, each with its number."""

    most: tuple[tuple[Link, int], ...]
    most_total: int
    missing: tuple[tuple[str, int], ...]
    missing_total: int


def citing(site: Site, item: Item) -> CitingView | None:
    """What cites a document, None when nothing does."""
    found: dict[str, list[Mention]] = defaultdict(list)
    few = site.seen is not None and len(site.seen) <= FEW
    for mention in site.cited.of(item) if few else site.cited.by.get(item.key, ()):
        found[mention.article].append(mention)
    if not found:
        return None
    parts = outline(item.body) if set(found) != {""} else {}
    # The parts of a text stand in its order.
    labels = {anchor: parts[anchor][1].label for anchor in parts if anchor in found}
    groups = [_group(site, Link(""), found[""])] if "" in found else []
    groups += [_group(site, Link(labels[a], site.at(Place(item, a))), found[a]) for a in labels]
    total = len({mention.source.key for mentions in found.values() for mention in mentions})
    return CitingView(total, tuple(groups), total <= OPEN, f"《{item.record.title}》")


def _group(site: Site, article: Link, mentions: Iterable[Mention]) -> CitingGroup:
    sources: dict[tuple[str, str], Item] = {}
    places: dict[tuple[str, str], dict[str, Link]] = defaultdict(dict)
    for mention in mentions:
        sources[mention.source.key] = mention.source
        if mention.anchor:
            link = Link(mention.label, site.at(Place(mention.source, mention.anchor)))
            places[mention.source.key][mention.anchor] = link
    documents = []
    for source in sorted(sources.values(), key=newest_first)[:SHOWN]:
        found = tuple(places[source.key].values())
        documents.append(Citing(site.link(source), found[:PLACES], max(0, len(found) - PLACES)))
    return CitingGroup(article, len(sources), tuple(documents))


def plan(site: Site) -> Iterator[Output]:
    """The page, where any document cites another."""
    if not site.cited.any:
        return
    words = site.theme.words
    column = site.column(words["cited"], words["cited_about"], words["column_rules"])
    crumbs = (Link(words["rules"], urls.RULES),)
    view = Late(partial(_view, site))
    yield site.output("cited.html", urls.CITED, words["cited"], view, crumbs=crumbs, tags=column)


def _view(site: Site) -> CitedView:
    by, missing = site.cited.by, site.cited.missing
    counts = [(site.catalog.items[key], len({one.source.key for one in mentions})) for key, mentions in by.items()]
    most = sorted(counts, key=lambda entry: (-entry[1], newest_first(entry[0])))
    lacking = sorted(((name, len(citing)) for name, citing in missing.items()), key=lambda entry: (-entry[1], entry[0]))
    return CitedView(
        tuple((site.link(item), count) for item, count in most[:LISTED]),
        len(most),
        tuple(lacking[:LISTED]),
        len(lacking),
    )
