"""The text of a rule as typed → its blocks: words, or tokens where a block is more than words. Start with `parse`.

Only `#` headings, `>`, pipe tables, images, links and blank-line paragraphs are markup, and a line break typed is a
line break shown. Lists, indented code, HTML, entities, backslashes and emphasis are off: the number typed is the number
shown (full Markdown changes 34 of 1,500 real laws).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.token import Token

from gongkai.model.articles import Block, Part, structure


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of a text: its words as a reader sees them ("" for a quote or a table), and what it is.

    `tokens` are those of a block that holds markup; a heading or a paragraph of words alone has none. Shared by
    everything that is made of the text, so nobody may change a token.
    """

    block: Block
    part: Part
    tokens: tuple[Token, ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether it opens a part of the text: a heading within a 目录 that was typed is a line of that."""
        return self.block.kind == "heading" and self.part.level > 0

    def texts(self) -> Iterator[str]:
        """Each stretch of words in it: the paragraph, or each cell of a table, with a line break where it shows one."""
        if not self.tokens:
            yield self.block.text
        for token in self.tokens:
            if token.type == "inline":
                yield plain(token)


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """What reads markup, and makes HTML of tokens."""
    found = MarkdownIt("zero", {"breaks": True})
    found.enable(["heading", "blockquote", "table", "image", "link", "newline"])
    return found


@lru_cache(maxsize=8)
def parse(source: str) -> tuple[Piece, ...]:
    """A text as typed, block by block. The page of a document and its other formats are made one after the other, so
    that a text is parsed once.
    """
    found = [block for stretch in _APART.split(mended(source)) for block in _blocks(stretch)]
    parts = structure([block for block, _ in found])
    return tuple(Piece(block, part, tokens) for (block, tokens), part in zip(found, parts, strict=True))


_APART = re.compile(r"\n(?:[ \t]*\n)+")
"""Blank lines, which end every block."""

_MARKUP = re.compile(r"[\[|\0\r]|^[ \t]*[#>]", re.MULTILINE)
"""Without these signs a stretch between blank lines is a paragraph of words: nothing of it can be markup."""

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+([^#\[|\0\r\n]+)")

_TURN = re.compile(r" *\n[ \t]*")
"""A line break with the blanks around it that a page does not show."""


def _blocks(stretch: str) -> Iterator[tuple[Block, tuple[Token, ...]]]:
    """The blocks of a stretch between blank lines, with the tokens of those that need them.

    Nine of ten stretches of the real laws are words alone, and markdown-it-py takes 25 µs for each: of them it would
    make what stands here.
    """
    words = mdTrim(stretch)
    if words and not _MARKUP.search(stretch):
        yield Block("paragraph", _TURN.sub("\n", words)), ()
    elif (heading := _HEADING.fullmatch(stretch)) and mdTrim(heading[2]):
        yield Block("heading", mdTrim(heading[2]), len(heading[1])), ()
    else:
        tokens = parser().parse(stretch)
        starts = [n for n, token in enumerate(tokens) if token.level == 0 and token.nesting == 1]
        for start, end in zip(starts, [*starts[1:], len(tokens)], strict=False):
            yield _block(tokens, start), tuple(tokens[start:end])


def _block(tokens: Sequence[Token], start: int) -> Block:
    token = tokens[start]
    if token.type == "heading_open":
        return Block("heading", plain(tokens[start + 1]), int(token.tag[1]))
    if token.type == "paragraph_open":
        return Block("paragraph", plain(tokens[start + 1]))
    return Block("table" if token.type == "table_open" else "quote", "")


def plain(inline: Token) -> str:
    """What a reader sees of a line of text; a picture has nothing to read."""
    return "".join(
        child.content if child.type == "text" else "\n" if child.type.endswith("break") else ""
        for child in inline.children or ()
    )


DELIMITER = re.compile(r"^ {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
"""The line between the header of a table and its rows."""


def mended(source: str) -> str:
    """The source with its tables mended so that Markdown sees all of them.

    Rows set apart by blank lines are drawn together (real documents have such tables), and a header gets a cell for
    every cell of every row: Markdown drops the cells beyond the header.
    """
    if "|" not in source:
        return source
    lines = source.split("\n")
    for n in range(len(lines) - 1, 0, -1):
        if "|" in lines[n] and DELIMITER.match(lines[n]):
            apart = not lines[n - 1].strip()
            head = n - 2 if apart else n - 1
            if head >= 0 and "|" in lines[head]:
                end = _end(lines, n + 1, apart)
                rows = [line for line in lines[n + 1 : end] if line.strip()]
                lines[head:end] = _widen([lines[head], lines[n], *rows])
    return "\n".join(lines)


def _end(lines: list[str], start: int, apart: bool) -> int:
    """The line after the last row of a table whose rows begin at `start`; `apart` when a blank line is between them."""
    if not apart:
        return next((n for n in range(start, len(lines)) if not lines[n].strip()), len(lines))
    end = start
    for n in range(start, len(lines)):
        if lines[n].lstrip().startswith("|"):
            end = n + 1
        elif lines[n].strip() or not lines[n - 1].strip():
            break
    return end


def _widen(table: list[str]) -> list[str]:
    header, width = _cells(table[0]), max(map(_cells, table[2:]), default=0)
    if width > header == _cells(table[1]):
        table[0] = table[0].rstrip().removesuffix("|") + "|" + " |" * (width - header)
        table[1] = table[1].rstrip().removesuffix("|") + "|" + " --- |" * (width - header)
    return table


def _cells(row: str) -> int:
    stripped = row.replace("\\|", "").strip()
    return stripped.removeprefix("|").removesuffix("|").count("|") + 1 if stripped else 0
