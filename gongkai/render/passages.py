"""The text of a rule → its units: headings, articles with all their lines, and what stands outside. Start with `units`.

What is compared, and what a card is checked against, is a unit: an article is one, however many paragraphs it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.model.articles import Block, Part
from gongkai.render.markdown import blocks


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, an item, a row of a table: its words, and its number as typed (（一）), which is none of them."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """`role`: division, heading, article or text. `label` is 第三十八条 or 第二章, `number` says it in figures."""

    role: str
    anchor: str
    label: str
    number: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its words without its number."""
        return "\n".join(line.text for line in self.lines)


def units(source: str) -> list[Unit]:
    """Every unit of a text, in order; together they have every word of it."""
    return [_unit(group) for group in _groups(source)]


Group = list[tuple[Block, Part]]


def _groups(source: str) -> Iterator[Group]:
    group: Group = []
    for block, part in blocks(source):
        below = part.role in ("clause", "item") and not _ATTACHED.match(block.text)
        if group and not (below and group[0][1].role in ("article", "clause")):
            yield group
            group = []
        group.append((block, part))
    if group:
        yield group


_ATTACHED = re.compile(r"\s*附\s*(?:[件表录图]|[：:]).{0,40}$")
"""What opens an attachment behind the last article, which is no part of that."""


def _unit(group: Group) -> Unit:
    block, part = group[0]
    role = part.role if part.role in ("division", "heading", "article") else "text"
    first, *rest = [line for block, part in group for line in _lines(block, part)]
    label = part.label if role in ("division", "article") else ""
    if label:
        first = Line("", first.text[first.text.index(label) + len(label) :].strip())
    return Unit(role, part.anchor, label, part.number if label else "", (first, *rest))


def _lines(block: Block, part: Part) -> Iterator[Line]:
    for text in block.text.split("\n") or [""]:
        words = text.strip()
        label = part.label if part.role == "item" and words.startswith(part.label) else ""
        yield Line(label, words.removeprefix(label).strip())
