"""What a document does to others and they to it → the groups its page shows, and the two ends of a 转发."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.model.disclosure import Form
from gongkai.model.record import Item
from gongkai.model.rule import RELATIONS
from gongkai.render.pages.review import result
from gongkai.render.site import Site
from gongkai.render.views import Link


@dataclass(frozen=True, slots=True)
class Related:
    """Another record under its name, with its number or what else is `said` of it."""

    link: Link
    said: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Documents in one relation to this one; `title` is a key of the words, such as `repeals` or `repeals_by`."""

    title: str
    others: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a 转发: the document that forwards (`wraps`) or is forwarded, with what identifies it.

    The link of the document whose page this is has no address.
    """

    wraps: bool
    link: Link
    issuers: str
    number: str
    signed: str
    published: str


def relations(site: Site, item: Item) -> tuple[Relation, ...]:
    """Every relation of a document that is shown in full: those it names, then those that name it."""
    found = []
    for relation in RELATIONS:
        named = [Related(site.named("rule", text), _number(site, text)) for text in getattr(item.record, relation)]
        if relation == "repeals":
            named += [_of(site, other) for other in _back(site, item, "repealed")]
        found.append(Relation(relation, tuple(dict.fromkeys(named))))
    for relation in RELATIONS:
        by = [_of(site, other) for other in _back(site, item, relation)]
        repealed = item.record.repealed if relation == "repeals" else None
        if repealed and repealed.by:
            by.append(Related(site.named("rule", repealed.by), _number(site, repealed.by)))
        found.append(Relation(f"{relation}_by", tuple(dict.fromkeys(by))))
    results = [
        Related(site.link(one.review), result(site, one.verdict, item)) for one in site.decided.get(item.key, ())
    ]
    results += [
        Related(site.link(review), "")
        for review in site.shown("review")
        if review.record.decision and site.catalog.find("rule", review.record.decision) is item
    ]
    found.insert(0, Relation("reviews", tuple(results)))
    return tuple(relation for relation in found if relation.others)


def forwarding(site: Site, item: Item) -> tuple[End, ...]:
    """Both ends of every 转发 that a document takes part in; nothing where it takes part in none."""
    back = list(_back(site, item, "forwards"))
    if not back and not item.record.forwards:
        return ()
    ends = [_end(site, other, wraps=True) for other in back]
    ends.append(_end(site, item, wraps=bool(item.record.forwards), here=True))
    for text in item.record.forwards:
        other = site.catalog.find("rule", text)
        ends.append(_end(site, other, wraps=False) if other else End(False, Link(text), "", "", "", ""))
    return tuple(ends)


def _back(site: Site, item: Item, relation: str) -> Iterator[Item]:
    return (other for name, other in site.backlinks.get(item.key, ()) if name == relation)


def _of(site: Site, other: Item) -> Related:
    return Related(site.link(other), other.record.doc_no or "")


def _number(site: Site, text: str) -> str:
    other = site.catalog.find("rule", text)
    return (other.record.doc_no or "") if other else ""


def _end(site: Site, item: Item, *, wraps: bool, here: bool = False) -> End:
    record = item.record
    full = site.form(item) is Form.FULL
    return End(
        wraps,
        Link(record.title) if here else site.link(item),
        "、".join(site.issuer(text).text for text in record.issuers),
        record.doc_no or "",
        str(record.signed or "") if full else "",
        str(record.published.day) if record.published else "",
    )
