"""Where a card or an interpretation is behind its document → notices in plain words on its page."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.model.record import Item
from gongkai.render import following
from gongkai.render.pages import comparison, versions
from gongkai.render.site import Site
from gongkai.render.views import Link


@dataclass(frozen=True, slots=True)
class Notice:
    """One way of being behind. `how` is changed, deleted or replaced; `since` the day, "" where it is not known.

    `drawn` is the day of the text that the page was drawn from, `newer` what replaced the document, `compare` the place
    in the table of both texts, "" where there is none.
    """

    how: str
    document: Link
    article: str
    drawn: str
    since: str
    newer: Link
    compare: str


def notices(site: Site, item: Item) -> tuple[Notice, ...]:
    """What a reader of the page must know. That an article only got another number is no matter of readers."""
    found = following.behind(site.catalog, site.lineage, item)
    return tuple(_notice(site, one) for one in found if one.how != following.RENUMBERED)


def _notice(site: Site, one: following.Behind) -> Notice:
    compare = versions.comparison(site, one.old, one.new)
    present = following.texts(site.lineage, one.old.record)[-1]
    whole = versions.comparison(site, one.drawn, present)
    if not one.article and one.how != following.REPLACED and whole in comparison.pairs(site, one.old.record):
        compare = whole
    return Notice(
        how=one.how,
        document=site.link(one.old.record),
        article=one.article,
        drawn=str(one.drawn.since or ""),
        since=str(one.new.since or ""),
        newer=site.link(one.new.record) if one.how == following.REPLACED else Link(""),
        compare=f"{compare}#{one.row}" if compare and one.row else compare,
    )
