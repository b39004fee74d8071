"""Documents with several texts → a page for each earlier one, and the timeline that all of them show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.base.text import titled
from gongkai.model.disclosure import Form
from gongkai.model.lineage import Stage
from gongkai.model.record import Item
from gongkai.model.validity import Reason
from gongkai.render import urls
from gongkai.render.citing import Cites
from gongkai.render.comparison import Then
from gongkai.render.days import spell
from gongkai.render.markdown import RuleText
from gongkai.render.output import Output
from gongkai.render.site import Site
from gongkai.render.theme import asset_address
from gongkai.render.views import Link


@dataclass(frozen=True, slots=True)
class Span:
    """A text and the days it holds: `by` says what `since` is the day of. `here`: the page shows this text.

    `present` is False for an earlier text. `act` is the document that amended it into being, where one is known.
    `compare` leads to it beside the text before, "" where there is none.
    """

    title: str
    address: str
    since: str
    by: str
    until: str
    note: str
    act: Link
    here: bool
    present: bool
    compare: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every text of a law, newest first; `whole` leads to the first beside the last, "" where those are neighbours.

    `title` is that of the document whose page shows it: a record that it replaced may have had another.
    """

    title: str
    spans: tuple[Span, ...]
    whole: str
    script: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """An earlier text: where it stands in time, what stands in its place now, and the text itself."""

    title: str
    span: Span
    now: Link
    since: str
    compare: str
    text: Then
    timeline: Timeline


def plan(site: Site) -> Iterator[Output]:
    """A page for every earlier text of every document that is shown in full."""
    words = site.theme.words
    column = site.column(words["rules"], words["rules_about"], words["column_rules"])
    for item in site.documents:
        if not site.catalog.texts.get(item.key):
            continue
        stages = site.lineage.stages(item)
        for stage in stages:
            if stage.record is item and not stage.present:
                view = _view(site, stage, stages)
                issuers = "、".join(site.issuer(text).text for text in item.record.issuers)
                title = words["version_title"].format(title=item.record.title, day=spell(view.span.since, words))
                yield site.output(
                    "version.html",
                    address(stage),
                    title,
                    view,
                    claim=item.mark("versions"),
                    crumbs=(Link(words["rules"], urls.RULES), site.link(item)),
                    tags=(*column, *site.article(item, issuers or words["missing"])),
                )
                yield from site.copies(stage.item)


def timeline(site: Site, item: Item, here: Item | None = None) -> Timeline | None:
    """All texts of the law that `item` is a version of, None when there is only one. `here` is the text being shown."""
    if not site.lineage.has_several(item):
        return None
    stages = site.lineage.stages(item)
    spans = tuple(_span(site, stage, stages, here or item) for stage in reversed(stages))
    whole = comparison(site, stages[0], stages[-1]) if len(stages) > 2 else ""
    return Timeline(item.record.title, spans, whole, asset_address(site.theme, "versions.js"))


def address(stage: Stage) -> str:
    """Where a text is read."""
    return urls.record("rule", stage.item.id)


def comparison(site: Site, old: Stage, new: Stage) -> str:
    """Where two texts stand beside each other, at the record of the newer one; "" when one of them may not be read."""
    if Form.FULL is not site.form(old.record) or Form.FULL is not site.form(new.record):
        return ""
    return urls.comparison(new.record.id, _token(old, new.record), _token(new, new.record))


def _token(stage: Stage, owner: Item) -> str:
    """A text in the address of a comparison that belongs to `owner`."""
    day = str(stage.since or "")
    if stage.record is owner:
        return day or owner.id
    return stage.record.id if stage.present else f"{stage.record.id}_{day}"


def _span(site: Site, stage: Stage, stages: tuple[Stage, ...], here: Item) -> Span:
    before = site.lineage.before(stage, stages)
    return Span(
        title=stage.record.record.title,
        address=address(stage),
        since=str(stage.since or ""),
        by=stage.by,
        until=str(stage.until or ""),
        note=stage.note,
        act=_act(site, stage),
        here=stage.item is here,
        present=stage.present,
        compare=comparison(site, before[0], stage) if before else "",
    )


def _act(site: Site, stage: Stage) -> Link:
    """The document that amended the law into this text: what took effect on the same day."""
    for span in site.catalog.life(stage.record).spans:
        if span.reason is Reason.AMENDED and span.source and stage.since and span.first == stage.since:
            item = site.catalog.items.get(span.source.key) if span.source.key else None
            return Link(titled(span.source.text), site.page_of(item) if item else "")
    return Link("")


def _cites(site: Site, stage: Stage) -> Cites:
    """Where the citations of an earlier text lead. Its own name and number, as in 题注, are not the present text."""
    cites = site.cites(stage.item.body, stage.record.record.title)
    here = urls.record("rule", stage.record.id)
    return Cites(
        cites.title, tuple((key, address) for key, address in cites.leads if address.partition("#")[0] != here)
    )


def _view(site: Site, stage: Stage, stages: tuple[Stage, ...]) -> VersionView:
    item = stage.record
    own = [other for other in stages if other.record is item]
    found = timeline(site, item, stage.item)
    assert found is not None, "a document with an earlier text has several"
    body = stage.item.body
    text = RuleText(body, site.text_links(stage.item), _cites(site, stage))
    return VersionView(
        title=item.record.title,
        span=_span(site, stage, stages, stage.item),
        now=site.link(item),
        since=str(own[-1].since or ""),
        compare=comparison(site, stage, own[-1]),
        text=Then(text, item.body, site.page_of(item)),
        timeline=found,
    )
