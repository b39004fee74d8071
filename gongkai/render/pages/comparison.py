"""Documents with several texts → a page for each pair worth comparing: neighbours, and the first beside the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.model.lineage import Stage
from gongkai.model.record import Item
from gongkai.model.title_note import typed, without
from gongkai.render import urls
from gongkai.render.comparison import Texts
from gongkai.render.days import spell
from gongkai.render.output import Output
from gongkai.render.pages import versions
from gongkai.render.site import Site
from gongkai.render.theme import asset_address
from gongkai.render.views import Link


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts: the document, its number, and the days it holds."""

    link: Link
    number: str
    since: str
    by: str
    until: str


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """A 新旧条文对照表. `others` are the other pairs of the same law."""

    title: str
    old: Side
    new: Side
    texts: Texts
    others: tuple[Link, ...]
    style: str


def plan(site: Site) -> Iterator[Output]:
    """The tables of every document whose record is the newer side of one."""
    words = site.theme.words
    column = site.column(words["comparisons"], words["comparisons_about"], words["column_rules"])
    for item in site.documents:
        found = pairs(site, item)
        for address, (old, new) in found.items():
            view = _view(site, old, new, {other: pair for other, pair in found.items() if other != address})
            title = words["titled"].format(title=view.title, note=_days(words, old, new))
            issuers = "、".join(site.issuer(text).text for text in item.record.issuers)
            yield site.output(
                "comparison.html",
                address,
                title,
                view,
                claim=item.mark("versions") if old.record is item else item.mark("replaces"),
                crumbs=(Link(words["rules"], urls.RULES), site.link(item)),
                tags=(*column, *site.article(item, issuers or words["missing"])),
            )


def pairs(site: Site, item: Item) -> dict[str, tuple[Stage, Stage]]:
    """Address → two texts: each text of the record beside the one before it, and its present one beside the first."""
    if not site.lineage.has_several(item):
        return {}
    stages = site.lineage.stages(item)
    upto = [stage for stage in stages if stage.record is item]
    found = [(old, stage) for stage in upto for old in site.lineage.before(stage, stages)]
    if found:
        found.append((stages[0], upto[-1]))
    addressed = ((versions.comparison(site, old, new), (old, new)) for old, new in found)
    return {address: pair for address, pair in addressed if address}


def _view(site: Site, old: Stage, new: Stage, others: dict[str, tuple[Stage, Stage]]) -> ComparisonView:
    words = site.theme.words
    return ComparisonView(
        title=words["comparison_title"].format(title=new.record.record.title),
        old=_side(old),
        new=_side(new),
        texts=_texts(old.item.body, new.item.body),
        others=tuple(Link(_days(words, *pair), address) for address, pair in others.items()),
        style=asset_address(site.theme, "comparison.css"),
    )


def _texts(old: str, new: str) -> Texts:
    """The two texts without a 题注 that only one of them carries: that of the other is built from the data."""
    if bool(typed(old)[0]) != bool(typed(new)[0]):
        old, new = without(old), without(new)
    return Texts(old, new)


def _days(words: dict[str, str], old: Stage, new: Stage) -> str:
    """Two texts by their days."""
    one, other = (spell(stage.since, words) if stage.since else words["text_undated"] for stage in (old, new))
    return words["pair"].format(old=one, new=other)


def _side(stage: Stage) -> Side:
    record = stage.record.record
    link = Link(record.title, versions.address(stage))
    return Side(link, record.doc_no or "", str(stage.since or ""), stage.by, str(stage.until or ""))
