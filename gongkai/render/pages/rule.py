"""Rules and normative documents → a page for each: metadata box, contents, text, relations, attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from gongkai.model import title_note
from gongkai.model.cited import cited_as
from gongkai.model.disclosure import Form
from gongkai.model.record import Item
from gongkai.model.rule import Rule
from gongkai.render import copies, urls
from gongkai.render.copies import Copies
from gongkai.render.described import Described, describe
from gongkai.render.filters import word
from gongkai.render.markdown import RuleText
from gongkai.render.output import Output
from gongkai.render.pages import rule_state
from gongkai.render.pages.cited import CitingView, citing
from gongkai.render.pages.rule_relations import End, Relation, forwarding, relations
from gongkai.render.pages.rule_state import StateView
from gongkai.render.pages.versions import Timeline, timeline
from gongkai.render.site import Late, Site
from gongkai.render.theme import asset_address
from gongkai.render.views import Download, Link, Row, Tag


@dataclass(frozen=True, slots=True)
class RuleView:
    """A document. `form` says how much of it there is to see; `state` is None where only a notice is shown."""

    title: str
    form: str
    type: str
    state: StateView | None
    box: tuple[Row, ...]
    text: RuleText
    summary: str
    history: tuple[tuple[str, str], ...]
    relations: tuple[Relation, ...]
    forwarding: tuple[End, ...]
    bare: bool
    title_note: str
    explainers: tuple[Link, ...]
    cards: tuple[Link, ...]
    files: tuple[Download, ...]
    copies: Copies | None
    described: Described | None
    organ: Link | None
    contacts: tuple[tuple[str, str], ...]
    withdrawn: tuple[str, str]
    display_until: str
    script: str
    timeline: Timeline | None
    citing: CitingView | None
    cite: str


_ALWAYS = frozenset({"issuers", "doc_no", "signed", "published", "effective"})
"""Rows that are shown as missing when they are; the others are left out."""


def plan(site: Site) -> Iterator[Output]:
    """A page for each document, and the attachments it names."""
    for item in site.documents:
        yield page(site, item)
        yield from site.copies(item)


def page(site: Site, item: Item) -> Output:
    """The page of a document."""
    words, record = site.theme.words, item.record
    column = site.column(words["rules"], words["rules_about"], words["column_rules"])
    crumbs = (Link(words["rules"], urls.RULES), _type_link(record, words))
    issuers = "、".join(site.issuer(text).text for text in record.issuers)
    tags: tuple[Tag, ...] = (*column, *site.article(item, issuers or words["missing"]))
    address = urls.record("rule", item.id)
    view = Late(partial(_view, site, item), tuple(file.address for file in copies.files(site, item)))
    return site.output("rule.html", address, record.title, view, claim=item.mark(), crumbs=crumbs, tags=tags)


def _type_link(record: Rule, words: dict[str, str]) -> Link:
    return Link(word(words, record.type.value, "type"), urls.rules_of("type", record.type.value))


def _view(site: Site, item: Item) -> RuleView:
    record: Rule = item.record
    shown = site.form(item)
    full = shown is Form.FULL
    organ = site.catalog.publisher(item)
    contacts = organ.record.contacts if organ else None
    withdrawn = record.withdrawn
    return RuleView(
        title=record.title,
        form=shown.value,
        type=record.type_label or record.type.value,
        state=rule_state.state(site, item) if full else None,
        box=tuple(_box(site, item, only_known=not full)),
        text=RuleText(item.body, site.text_links(item), site.cites(item.body, record.title, item)),
        summary=record.summary or "",
        history=tuple((str(event.date), event.event) for event in record.history),
        relations=relations(site, item) if full else (),
        forwarding=forwarding(site, item) if full else (),
        bare=full and record.type in title_note.BARE,
        title_note=_title_note(item) if full else "",
        explainers=tuple(map(site.link, site.interpretations.get(item.key, ()))) if full else (),
        cards=tuple(map(site.link, site.carded.get(item.key, ()))) if full else (),
        files=site.downloads(item),
        copies=copies.of(site, item),
        described=describe(site, item) if full else None,
        organ=site.link(organ) if organ else None,
        contacts=tuple(contacts.model_dump(exclude_none=True).items()) if contacts else (),
        withdrawn=(str(withdrawn.on), withdrawn.reason) if withdrawn else ("", ""),
        display_until=str(record.display_until or ""),
        script=asset_address(site.theme, "rule.js"),
        timeline=timeline(site, item) if full else None,
        citing=citing(site, item) if full else None,
        cite=cited_as(record.title, record.doc_no or ""),
    )


def _box(site: Site, item: Item, *, only_known: bool) -> Iterator[Row]:
    record: Rule = item.record
    words = site.theme.words
    kind = Link(record.type_label or word(words, record.type.value, "type"))
    plain: tuple[tuple[str, Any], ...] = (
        ("index_no", record.index_no),
        ("issuers", [site.issuer(text) for text in record.issuers]),
        ("doc_no", record.doc_no),
        ("type", Link(kind.text, urls.rules_of("type", record.type.value))),
        ("topic", record.topic),
        ("genre", record.genre),
        ("level", record.level),
        ("region", record.region),
        ("signed", record.signed),
        ("published", record.published),
        ("effective", record.effective),
        ("effective_text", record.effective_text),
        ("original_effective", record.original_effective),
        ("valid_until", record.valid_until),
        ("updated", record.updated),
        ("reg_no", record.reg_no),
        ("declared", word(words, record.status.value, "status") if record.status else None),
        ("keywords", "、".join(record.keywords)),
        ("owner", record.owner),
        ("disclosure", word(words, record.disclosure.value, "disclosure") if record.disclosure else None),
    )
    for label, value in plain:
        values = value if isinstance(value, list) else [value] if value else []
        if values or (label in _ALWAYS and not only_known):
            yield Row(label, tuple(entry if isinstance(entry, Link) else Link(str(entry)) for entry in values))


def _title_note(item: Item) -> str:
    """题注 of a 规章 whose text does not carry it."""
    record = item.record
    wanted = record.type in title_note.BARE and not title_note.typed(item.body)[0] and title_note.steps(record)
    return title_note.built(record) if wanted else ""
