"""Reviews (集中清理) → a page for each with its lists, the index of them, and what they say of one document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.base.text import titled
from gongkai.model.disclosure import Form
from gongkai.model.lives import changes
from gongkai.model.record import Item
from gongkai.model.review import Miss, Outcome, Review, Verdict, verdicts
from gongkai.model.reviewed import amended_in_time
from gongkai.model.rule import Status
from gongkai.render import states, urls
from gongkai.render.days import spell
from gongkai.render.output import Output
from gongkai.render.site import Site
from gongkai.render.views import Badge, Download, Link


@dataclass(frozen=True, slots=True)
class Line:
    """A document of a list: what identifies it, what was decided of it, how it stands."""

    link: Link
    number: str
    issuers: str
    signed: str
    result: str
    note: str
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review: what was gone through, who decided, and a list for each outcome that any document has."""

    title: str
    form: str
    decision: Link
    number: str
    on: str
    scope: str
    summary: str
    lists: tuple[tuple[str, tuple[Line, ...]], ...]
    files: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class ReviewListView:
    """The reviews with their days and how many documents they went through."""

    rows: tuple[tuple[Link, str, int], ...]


def plan(site: Site) -> Iterator[Output]:
    """The index of reviews and a page for each."""
    words = site.theme.words
    if not any(site.catalog.of("review")):
        return
    crumbs = (Link(words["rules"], urls.RULES),)
    column = site.column(words["reviews"], words["reviews_about"], words["column_rules"])
    rows = tuple(
        (site.link(item), str(item.record.on or ""), len(list(verdicts(item.record)))) for item in site.shown("review")
    )
    yield site.output("reviews.html", urls.REVIEWS, words["reviews"], ReviewListView(rows), crumbs=crumbs, tags=column)
    for item in site.catalog.of("review"):
        yield site.record("review.html", item, _view(site, item), Link(words["reviews"], urls.REVIEWS), column)
        yield from site.copies(item)


def result(site: Site, verdict: Verdict, rule: Item | None) -> str:
    """What was decided of a document, and by when or from when, in words that hold on every day."""
    words = site.theme.words
    fill = {
        "day": spell(verdict.day, words),
        "until": spell(verdict.until, words) if verdict.until else "",
        "deadline": spell(verdict.deadline, words) if verdict.deadline else "",
        "next": spell(verdict.deadline + timedelta(days=1), words) if verdict.deadline else "",
        "miss": states.name((Status.REPEALED if verdict.on_miss is Miss.REPEAL else Status.EXPIRED).value, words),
    }
    key = f"review_{verdict.outcome.value}"
    if verdict.outcome is Outcome.KEEP and verdict.until:
        key = "review_keep_until"
    if verdict.outcome is Outcome.AMEND and (done := _done(site, verdict, rule)):
        return words["review_amended"].format(done=spell(done, words), **fill)
    if verdict.outcome is Outcome.AMEND and verdict.deadline:
        key = "review_amend_or" if verdict.on_miss else "review_amend_by"
    return words[key].format(**fill)


def _done(site: Site, verdict: Verdict, rule: Item | None) -> date | None:
    acts = site.backlinks.get(rule.key, ()) if rule else ()
    return amended_in_time(verdict, changes(rule.record, acts) if rule and site.form(rule) is Form.FULL else ())


def _view(site: Site, item: Item) -> ReviewView:
    record: Review = item.record
    full = site.form(item) is Form.FULL
    decision = site.catalog.find("rule", record.decision) if record.decision else None
    name = titled(decision.record.title if decision else record.decision or "") if record.decision else ""
    found: dict[str, list[Line]] = {outcome.value: [] for outcome in Outcome}
    for verdict in verdicts(record) if full else ():
        found[verdict.outcome.value].append(_line(site, verdict))
    return ReviewView(
        title=record.title,
        form=site.form(item).value,
        decision=Link(name, site.page_of(decision) if decision else ""),
        number=(decision.record.doc_no or "") if decision else "",
        on=str(record.on or "") if full else "",
        scope=record.scope or "",
        summary=record.summary or "",
        lists=tuple((outcome, tuple(lines)) for outcome, lines in found.items() if lines),
        files=site.downloads(item),
    )


def _line(site: Site, verdict: Verdict) -> Line:
    rule = site.catalog.find("rule", verdict.entry.rule)
    record = rule.record if rule else None
    return Line(
        site.link(rule) if rule else Link(verdict.entry.rule),
        (record.doc_no if record else None) or verdict.entry.doc_no or "",
        "、".join(site.issuer(text).text for text in record.issuers) if record else "",
        str(record.signed or "") if record else "",
        result(site, verdict, rule),
        verdict.entry.note or "",
        site.badge(rule),
    )
