"""A document → the files in which a reader can take it away: their addresses, and the head that each begins with.

Only a document that may be seen in full has any. `exports` plans the files from what stands here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.base.settings import CopyScope
from gongkai.model.disclosure import Form
from gongkai.model.record import Item
from gongkai.model.rule import Rule, Type
from gongkai.model.validity import Reason
from gongkai.render import urls
from gongkai.render.days import spell
from gongkai.render.filters import word
from gongkai.render.site import Site

ALWAYS = ("txt", "md", "jsonld")
"""Suffixes of the formats in which every document can be had; `downloads` in catalog.yaml adds to them."""


@dataclass(frozen=True, slots=True)
class File:
    """A document in a format; `size` in bytes, 0 where the page cannot know it."""

    suffix: str
    address: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Copies:
    """The files of a document and what goes into them besides title and text.

    `facts` are `(label, value)`. `day` is the date that a file carries as its own. A law or 规章 is `bare`: shown by
    title, 题注 and text alone (国办公开办函〔2021〕33号) where a file has the looks of the document.
    """

    files: tuple[File, ...]
    issuers: str
    number: str
    day: str
    facts: tuple[tuple[str, str], ...]
    bare: bool


_BARE = (Type.LAW, Type.REGULATION, Type.LOCAL_REGULATION, Type.DEPARTMENT_RULE, Type.GOVERNMENT_RULE)


def of(site: Site, item: Item) -> Copies | None:
    """The copies of a document; None for one that may not be seen in full."""
    found = files(site, item)
    if not found:
        return None
    record: Rule = item.record
    issuers = "、".join(site.issuer(text).text for text in record.issuers) or site.theme.words["missing"]
    day = record.signed or (record.published.day if record.published else "")
    facts = tuple(_facts(site, item, issuers))
    return Copies(found, issuers, record.doc_no or "", str(day), facts, record.type in _BARE)


def files(site: Site, item: Item) -> tuple[File, ...]:
    """The files of the copies of a document; none for one that may not be seen in full."""
    if site.form(item) is not Form.FULL:
        return ()
    asked = site.settings.downloads if _is_asked(site, item) else ()
    return tuple(File(suffix, urls.copy(item.id, suffix)) for suffix in dict.fromkeys((*asked, *ALWAYS)))


def _is_asked(site: Site, item: Item) -> bool:
    wanted = site.settings.downloads_of is CopyScope.OWN or item.record.type is Type.NORMATIVE
    return wanted and site.catalog.is_own(item)


def _facts(site: Site, item: Item, issuers: str) -> Iterator[tuple[str, str]]:
    """Issuers, number and dates. None of them hangs on the day of the build: a file outlives it."""
    record: Rule = item.record
    words = site.theme.words
    life = site.life(item)
    yield words["issuers_box"], issuers
    if record.doc_no:
        yield words["doc_no"], record.doc_no
    dates = {"signed": record.signed, "published": record.published, "effective": record.effective}
    for key, value in (dates | {"valid_until": life.until}).items():
        if value:
            yield words[key], spell(value, words)
    if (end := life.ends()) and end.reason not in (Reason.TERM, Reason.POLICY, Reason.EXTENDED):
        state = word(words, end.state.value, "status")
        since = words["state_since"].format(day=spell(end.first, words), state=state) if end.dated else state
        yield words["state"], since
