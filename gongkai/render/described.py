"""A document → what machines are told of it beyond its page: who issued it, and the days of each state of its life.

Nothing in it hangs on the day of the build: a state has its days, so that a file stays the same when a day passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from gongkai.model.organ import OrganKind
from gongkai.model.record import Item
from gongkai.model.rule import Rule, Status
from gongkai.model.validity import Life
from gongkai.render.site import Site
from gongkai.render.states import name
from gongkai.render.views import Link

_IN_FORCE = (Status.IN_FORCE, Status.AMENDED)


@dataclass(frozen=True, slots=True)
class Force:
    """A state by its name, whether the document is in force in it, and its first and last day, "" where not known."""

    state: str
    in_force: bool
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued or publishes a document; `government`: an organ of the site that is a government or its department."""

    link: Link
    government: bool


@dataclass(frozen=True, slots=True)
class Described:
    """A document in plain values; dates as YYYY-MM-DD. `numbers` are its other numbers, each with its name."""

    language: str
    type: str
    issuers: tuple[Issuer, ...]
    publisher: Issuer | None
    numbers: tuple[tuple[str, str], ...]
    signed: str
    published: str
    effective: str
    updated: str
    region: str
    genre: str
    keywords: tuple[str, ...]
    force: tuple[Force, ...]


def describe(site: Site, item: Item) -> Described:
    """What is told of a document that is shown in full."""
    record: Rule = item.record
    words = site.theme.words
    publisher = site.catalog.publisher(item)
    numbers = {"index_no": record.index_no, "reg_no": record.reg_no}
    return Described(
        language=site.chrome.language,
        type=record.type_label or words.get(f"type.{record.type.value}", record.type.label),
        issuers=tuple(_issuer(site, text) for text in record.issuers),
        publisher=_issuer(site, publisher.id) if publisher else None,
        numbers=tuple((words[key], value) for key, value in numbers.items() if value),
        signed=str(record.signed or ""),
        published=str(record.published.day) if record.published else "",
        effective=str(record.effective or ""),
        updated=str(record.updated.day) if record.updated else "",
        region=record.region or "",
        genre=record.genre or "",
        keywords=tuple(record.keywords),
        force=tuple(_force(site.life(item), words)),
    )


def _issuer(site: Site, text: str) -> Issuer:
    organ = site.catalog.find("organ", text)
    own = organ is not None and organ.record.kind in (OrganKind.GOVERNMENT, OrganKind.DEPARTMENT)
    return Issuer(site.named("organ", text), own)


def _force(life: Life, words: dict[str, str]) -> Iterator[Force]:
    for span, after in zip(life.spans, [*life.spans[1:], None], strict=True):
        first = str(span.first) if span.first and span.dated else ""
        last = str(after.first - timedelta(days=1)) if after and after.first and after.dated else ""
        yield Force(name(span.key, words), span.state in _IN_FORCE, first, last)
