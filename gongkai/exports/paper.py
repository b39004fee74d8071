"""The HTML of a document → the blocks on its pages, of which Word and PDF are written. Start with `read`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

WIDTH = 156
"""Millimetres of a line; no picture is wider."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text ("text", "no" for the number of an article, "a" for a link), a "br", or an "img".

    `target` is where a link leads or which picture is meant; the text of a picture is its description.
    """

    kind: str
    text: str
    target: str = ""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A "title", a "heading", a "text" or a "table".

    `place` is the class or the element around it: number, note, blockquote, facts, notice. A heading that is not 第…章
    stands `left`, as text does. `right` is how far a line of the 落款 ends before the margin, in characters.
    """

    kind: str
    place: str = ""
    level: int = 0
    left: bool = False
    pieces: Pieces = ()
    rows: tuple[tuple[Pieces, ...], ...] = ()
    right: float | None = None

    @property
    def text(self) -> str:
        """What it says, without its pictures."""
        return "".join(piece.text for piece in self.pieces if piece.kind != "img")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document on paper. `day` is the date that the file carries, `layout` the theme's layout of the PDF."""

    title: str
    author: str
    language: str
    day: str
    layout: str
    foot: tuple[str, ...]
    blocks: tuple[Block, ...]


_PLACES = ("number", "note", "blockquote", "facts", "notice")


def read(html: bytes) -> Paper:
    """What `document.html` gave, as it stands on paper."""
    from lxml.html import document_fromstring

    page = document_fromstring(html.decode())
    said = {meta.get("name"): meta.get("content") for meta in page.iter("meta")}
    lines = (_flat(line.text_content()) for foot in page.iter("footer") for line in foot.iterchildren("p"))
    return Paper(
        title=page.findtext(".//title"),
        author=said["author"],
        language=page.get("lang", ""),
        day=said["dcterms.created"],
        layout=(page.findtext(".//style") or "").removeprefix("\n"),
        foot=tuple(filter(None, lines)),
        blocks=tuple(_blocks(page.body)),
    )


def _blocks(body: Any) -> Iterator[Block]:
    for node in body.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "table"):
        if node.tag == "table":
            yield Block("table", rows=_rows(node))
        elif next(node.iterancestors("table", "footer"), None) is None:
            around = (one.get("class") or one.tag for one in (node, *node.iterancestors()))
            place = next((name for name in around if name in _PLACES), "")
            kind = "text" if node.tag == "p" else "title" if node.tag == "h1" else "heading"
            level = int(node.tag[1]) - 1 if kind == "heading" else 0
            yield Block(kind, place, level, node.get("id", "").startswith("h-"), tuple(_pieces(node)))


def _rows(table: Any) -> tuple[tuple[Pieces, ...], ...]:
    """The cells of each row, the header first; every row as long as the longest."""
    rows = [[tuple(_pieces(cell)) for cell in row.xpath("th|td")] for row in table.iter("tr")]
    width = max(map(len, rows))
    return tuple((*row, *[()] * (width - len(row))) for row in rows)


def _pieces(node: Any, kind: str = "text", target: str = "") -> Iterator[Piece]:
    yield from _stretch(node.text, kind, target)
    for child in node:
        address = child.get("href", "")
        if child.tag == "br":
            yield Piece("br", "")
        elif child.tag == "img":
            yield Piece("img", child.get("alt", ""), child.get("src", ""))
        elif child.tag == "a" and re.match("https?:|mailto:|tel:", address):
            yield from _pieces(child, "a", address)
        else:
            yield from _pieces(child, "no" if child.get("class") == "no" else kind, target)
        yield from _stretch(child.tail, kind, target)


def _stretch(text: str | None, kind: str, target: str) -> Iterator[Piece]:
    if text := _flat(text):
        yield Piece(kind, text, target)


def _flat(text: str | None) -> str:
    """Text as a browser shows it: a line feed of the HTML is not one of the text."""
    return (text or "").replace("\n", "")


def addresses(blocks: Iterable[Block]) -> Iterator[str]:
    """The pictures that are shown, as often as they are."""
    for block in blocks:
        for pieces in (block.pieces, *(cell for row in block.rows for cell in row)):
            yield from (piece.target for piece in pieces if piece.kind == "img")


def unseen(description: str) -> str:
    """What stands in the place of a picture that a format cannot hold."""
    return f"〔图：{description}〕"
