"""The text of a rule → blocks of lines and runs, for formats other than HTML. Start with `blocks`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it.token import Token

from gongkai.model.articles import Part
from gongkai.render.markdown import RuleText, normal
from gongkai.render.parsed import Piece, parse


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line and where it leads ("" when nowhere). The text of a picture is its description."""

    text: str
    address: str = ""
    picture: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """`heading`, `paragraph` or `quote` with its lines, or `table` with a line for each cell of each row."""

    kind: str
    part: Part
    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[Line, ...], ...] = ()


@lru_cache(maxsize=2)
def blocks(text: RuleText) -> tuple[Block, ...]:
    """The blocks of `text` in order, nothing left out. What a link leads to is an address of the site, or outside.

    Kept from one format of a document to the next.
    """
    return tuple(_each(text))


def _each(text: RuleText) -> Iterator[Block]:
    leads = {normal(typed): address for typed, address in text.links}
    for piece in parse(text.source):
        if piece.tokens:
            yield from _blocks(piece, leads)
        else:
            lines = tuple((Run(line),) if line else () for line in piece.block.text.split("\n"))
            yield Block("heading" if piece.is_heading else "paragraph", piece.part, lines)


def _blocks(piece: Piece, leads: dict[str, str]) -> Iterator[Block]:
    kind, part = "heading" if piece.is_heading else "paragraph", piece.part
    rows: list[list[Line]] = []
    for token in piece.tokens:
        if token.type == "blockquote_open":
            kind = "quote"
        elif token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            yield Block("table", part, rows=tuple(map(tuple, rows)))
            rows = []
        elif token.type == "inline" and rows:
            rows[-1].append(tuple(run for line in _lines(token, leads) for run in line))
        elif token.type == "inline":
            yield Block(kind, part, tuple(_lines(token, leads)))


def _lines(inline: Token, leads: dict[str, str]) -> Iterator[Line]:
    runs: list[Run] = []
    address = ""
    for child in inline.children or ():
        if child.type.endswith("break"):
            yield tuple(runs)
            runs = []
        elif child.type in ("link_open", "link_close"):
            address = _address(str(child.attrGet("href") or ""), leads)
        elif child.type == "image":
            runs.append(Run(child.content, leads.get(str(child.attrGet("src")), ""), picture=True))
        elif child.content:
            runs.append(Run(child.content, address))
    yield tuple(runs)


def _address(typed: str, leads: dict[str, str]) -> str:
    return leads.get(typed) or (typed if re.match(r"(https?|mailto|tel):", typed) else "")
