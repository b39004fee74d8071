"""Policy interpretations → a page for each and the list of all, bound both ways to their documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.model.disclosure import Form
from gongkai.model.explainer import Explainer
from gongkai.model.record import Item
from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.pages.following import Notice, notices
from gongkai.render.prose import Prose
from gongkai.render.site import Site
from gongkai.render.views import Download, Link

ELEMENTS = ("background", "objectives", "main_content", "scope", "standards", "cautions", "benefits")
"""The elements that are paragraphs, in the order of 国办发〔2016〕80号."""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, sound or film and its twin in words. `kind` is graphics, audio or video."""

    kind: str
    address: str
    transcript: str


@dataclass(frozen=True, slots=True)
class ExplainerView:
    """An interpretation. `elements` are pairs of a key of the words and a text."""

    title: str
    form: str
    format: str
    interpreter: Link
    interpreter_kind: str
    person: str
    day: str
    explains: tuple[tuple[Link, str], ...]
    others: tuple[Link, ...]
    behind: tuple[Notice, ...]
    media: Media | None
    elements: tuple[tuple[str, str], ...]
    glossary: tuple[tuple[str, str], ...]
    differences: tuple[tuple[str, str, str], ...]
    faq: tuple[tuple[str, str], ...]
    text: Prose
    files: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class ExplainerListView:
    """All interpretations, newest first: link, format, interpreter, day."""

    rows: tuple[tuple[Link, str, str, str], ...]


def plan(site: Site) -> Iterator[Output]:
    """The list of interpretations and a page for each."""
    words = site.theme.words
    if not any(site.catalog.of("explainer")):
        return
    crumb = Link(words["explainers"], urls.EXPLAINERS)
    column = site.column(words["explainers"], words["explainers_about"], words["column_explain"])
    rows = tuple(row(site, item) for item in site.shown("explainer"))
    yield site.output("explainers.html", urls.EXPLAINERS, words["explainers"], ExplainerListView(rows), tags=column)
    for item in site.catalog.of("explainer"):
        yield site.record("explainer.html", item, _view(site, item), crumb, column)
        yield from site.copies(item)


def row(site: Site, item: Item) -> tuple[Link, str, str, str]:
    """An interpretation in a list."""
    record: Explainer = item.record
    who = site.named("organ", record.interpreter).text if record.interpreter else ""
    day = str(record.published.day) if record.published else ""
    return site.link(item), record.format.value if record.format else "", who, day


def _view(site: Site, item: Item) -> ExplainerView:
    record: Explainer = item.record
    rules = [rule for text in record.explains or () if (rule := site.catalog.find("rule", text))]
    return ExplainerView(
        title=record.title,
        form=site.form(item).value,
        format=record.format.value if record.format else "",
        interpreter=site.named("organ", record.interpreter) if record.interpreter else Link(""),
        interpreter_kind=record.interpreter_kind.value,
        person=record.person or "",
        day=str(record.published or ""),
        explains=tuple(_explained(site, text) for text in record.explains or ()),
        others=tuple(site.link(other) for other in site.explaining(rules) if other is not item),
        behind=notices(site, item) if site.form(item) is Form.FULL else (),
        media=_media(site, item),
        elements=tuple((key, text) for key in ELEMENTS if (text := getattr(record, key))),
        glossary=tuple((entry.term, entry.meaning) for entry in record.glossary),
        differences=tuple((entry.point, entry.before, entry.now) for entry in record.differences),
        faq=tuple((question.q, question.a) for question in record.faq),
        text=site.prose(item, rules),
        files=site.downloads(item),
    )


def _explained(site: Site, text: str) -> tuple[Link, str]:
    rule = site.catalog.find("rule", text)
    return site.named("rule", text), (rule.record.doc_no or "") if rule else ""


def _media(site: Site, item: Item) -> Media | None:
    record: Explainer = item.record
    if not (record.media or record.transcript):
        return None
    address = site.file_address(item, record.media) if record.media else ""
    kind = record.format.value if record.format and record.format.value in ("audio", "video") else "graphics"
    return Media(kind, address, record.transcript or "")
