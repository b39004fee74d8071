"""The public catalog → what can be found: documents in parts, each a list of lines with their anchors.

Start with `read`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.model.disclosure import Form
from gongkai.model.record import Item, strings
from gongkai.render.site import Site
from gongkai.search.bodies import Bodies

PART = 6000
"""Characters of a part, about: a result then lands near the words, and its excerpt is a small file."""

_QUIET = frozenset(
    [
        *(
            "id",
            "key",
            "title",
            "name",
            "name_en",
            "aliases",
            "disclosure",
            "ground",
            "reason",
            "next_review",
            "reviewed",
            "draft",
        ),
        *("display_until", "withdrawn", "files", "photo", "media", "published_as", "supplements", "parent", "rule"),
        *("audiences", "industries", "fields", "explains", "sources", "regime", "leads"),
    ]
)
"""Fields that are no text for readers, or that stand for another record."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that a query must lie within, and the anchor of the place it is read at ("" for the top of the page)."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A record that can be found: where it is, what it is called, and its text in parts (title first)."""

    item: Item
    address: str
    title: str
    parts: tuple[tuple[Line, ...], ...]


def read(site: Site, bodies: Bodies) -> Iterator[Found]:
    """Everything that can be found, by kind and id: a vocabulary of the site's own changes no place of the others."""
    unused = {item.key for item in site.catalog.of("field")} - {item.key for item in site.fields}
    for _, item in sorted(site.catalog.items.items()):
        shown = site.form(item)
        if shown is Form.TOMBSTONE or item.kind == "column" or item.key in unused:
            continue
        # What has no address is a word of a vocabulary.
        if address := site.page_of(item):
            title = item.record.heading
            text = list(_lines(item, bodies)) if shown is Form.FULL else []
            yield Found(item, address, title, tuple(_parts([Line("", title), *text])))


def _lines(item: Item, bodies: Bodies) -> Iterator[Line]:
    """The text below the title. Of a rule it is the body alone: what the box says of it is in the facts table."""
    for text in strings(item.record, _QUIET) if item.kind != "rule" else ():
        yield from (Line("", line) for line in text.split("\n") if line.strip())
    if item.body.strip():
        yield from (Line(anchor, line) for anchor, line in bodies.lines(item.body))


def _parts(found: list[Line]) -> Iterator[tuple[Line, ...]]:
    """Lines in parts of about PART characters, cut before an article where one begins."""
    part: list[Line] = []
    size = 0
    for line in found:
        opens = line.anchor.startswith("art-") and "-p" not in line.anchor
        if part and (size > PART and (opens or size > 2 * PART)):
            yield tuple(part)
            part, size = [], 0
        part.append(line)
        size += len(line.text)
    yield tuple(part)
