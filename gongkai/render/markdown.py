"""The text of a rule → HTML with anchors and a table of contents. Start with `render`.

Only `#` headings, `>`, pipe tables, images, links and blank-line paragraphs are markup, and a line break typed is a
line break shown. Lists, indented code, HTML, entities, backslashes and emphasis are off: the number typed is the number
shown (full Markdown changes 34 of 1,500 real laws).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gongkai.model.articles import Block, Part, structure
from gongkai.model.cited import Key
from gongkai.render.citing import Cites, Weaver

Outward = Callable[[str], str]
"""An address outside → the HTML behind the words of a link to it."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """A body as typed, where its inner links lead `(href as typed, address)`, and where its citations do."""

    source: str
    links: tuple[tuple[str, str], ...] = ()
    cites: Cites = Cites()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; `level` counts from 2."""

    anchor: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML of a text, its contents, and how many articles it has."""

    html: str
    contents: tuple[Entry, ...]
    articles: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text in tokens, where each block begins, and what each block is.

    Shared by everything that is made of the text, so nobody may change a token.
    """

    tokens: tuple[Token, ...]
    starts: tuple[int, ...]
    parts: tuple[Part, ...]

    def blocks(self) -> Iterator[tuple[Part, tuple[Token, ...]]]:
        """Each block with its tokens."""
        ends = [*self.starts[1:], len(self.tokens)] if self.starts else []
        for start, end, part in zip(self.starts, ends, self.parts, strict=True):
            yield part, self.tokens[start:end]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"breaks": True})
    parser.enable(["heading", "blockquote", "table", "image", "link", "newline"])
    return parser


@lru_cache(maxsize=8)
def parse(source: str) -> Parsed:
    """A text as typed, in tokens. The page of a document and its other formats are made one after the other, so that
    a text is parsed once (2.3 ms for a law of 5,700 characters, and as much again for its structure).
    """
    tokens = _parser().parse(_tables(source))
    starts = [n for n, token in enumerate(tokens) if token.level == 0 and token.nesting == 1]
    return Parsed(tuple(tokens), tuple(starts), tuple(structure([_block(tokens, start) for start in starts])))


def normal(typed: str) -> str:
    """The target of a link as tokens have it: percent-encoded."""
    return _parser().normalizeLink(typed)


def _own(token: Token) -> Token:
    """A copy of a token that may be changed (0.3 ms for a law; `copy.copy` takes five times as long)."""
    t, children = token, token.children and [_own(child) for child in token.children]
    shape = (t.markup, t.info, t.meta, t.block, t.hidden)
    return Token(t.type, t.tag, t.nesting, dict(t.attrs), t.map, t.level, children, t.content, *shape)


def render(
    text: RuleText,
    hrefs: Mapping[str, str],
    cited: Mapping[Key, str] = MappingProxyType({}),
    beside: Mapping[str, tuple[str, str, str]] = MappingProxyType({}),
    outward: Outward = lambda _: "",
) -> Rendered:
    """The HTML of `text`; `hrefs` maps a link as typed to the link that the page must carry, `cited` a citation.

    `beside` maps the anchor of a block to a word that is put behind it, the link of that word and its
    language ("" for none). `outward` says what stands behind the words of a link to an address outside.

    Every character of the source that is not markup appears in the HTML, in order.
    """
    parser = _parser()
    hrefs = {normal(typed): href for typed, href in hrefs.items()}
    found = parse(text.source)
    tokens, parts = [_own(token) for token in found.tokens], found.parts
    contents = []
    for start, part in zip(found.starts, parts, strict=True):
        _mark(tokens[start], tokens[start + 1], part)
        if part.role in ("division", "heading"):
            tokens[start].tag = _closing(tokens, start).tag = f"h{part.level}"
            contents.append(Entry(part.anchor, plain(tokens[start + 1]), part.level))
    anchors = {f"#{part.anchor}" for part in parts if part.anchor}
    weaver = Weaver(text.cites.title, cited, [part.anchor for part in parts if part.anchor.startswith("art-")])
    for before, token in zip([None, *tokens], tokens, strict=False):
        finish(token, hrefs, anchors, outward)
        if token.type == "inline" and not (before and before.type == "heading_open"):
            weaver.weave(token)
    for start, part in zip(found.starts, parts, strict=True):
        if part.anchor in beside:
            tokens[start + 1].children = [*(tokens[start + 1].children or []), *_aside(*beside[part.anchor])]
    html = parser.renderer.render(tokens, parser.options, {})
    html = framed(html)
    return Rendered(html, tuple(contents), sum(part.role == "article" for part in parts))


def lines(text: RuleText) -> list[tuple[str, str]]:
    """Every line of `text` as a reader sees it, with the anchor of its block; each cell of a table is a line."""
    found = []
    for part, tokens in parse(text.source).blocks():
        for token in tokens:
            if token.type == "inline":
                found += [(part.anchor, line) for line in plain(token).split("\n") if line.strip()]
    return found


def blocks(source: str) -> list[tuple[Block, Part]]:
    """Every block of a text in words, with what it is: a quote and a table too, a row of a table on a line."""
    found = []
    for part, tokens in parse(source).blocks():
        block = _block(tokens, 0)
        if block.kind in ("quote", "table"):
            block = Block(block.kind, _inner(tokens))
        found.append((block, part))
    return found


def _inner(tokens: Sequence[Token]) -> str:
    """The words within a quote or a table: a paragraph or a row on a line."""
    lines: list[list[str]] = []
    for token in tokens:
        if token.type in ("paragraph_open", "tr_open"):
            lines.append([])
        elif token.type == "inline":
            lines[-1].append(plain(token).replace("\n", " "))
    return "\n".join(" ｜ ".join(cells) for cells in lines)


def framed(html: str) -> str:
    """HTML whose tables scroll by themselves instead of widening the page."""
    return html.replace("<table>", _TABLE).replace("</table>", "</table></div>")


_TABLE = '<div class="table" role="group" aria-label="表格" tabindex="0"><table>'


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


def _aside(word: str, href: str, lang: str) -> Iterator[Token]:
    """A word that is ours, set apart from those of the text."""
    tag = "a" if href else "span"
    attributes: dict[str, str | int | float] = {"class": "aside"}
    given: dict[str, str | int | float] = {"href": href, "lang": lang}
    yield Token("aside_open", tag, 1, attrs=attributes | {name: value for name, value in given.items() if value})
    yield Token("text", "", 0, content=word)
    yield Token("aside_close", tag, -1)


def _closing(tokens: list[Token], start: int) -> Token:
    return next(token for token in tokens[start:] if token.level == 0 and token.nesting == -1)


def _mark(opening: Token, inline: Token, part: Part) -> None:
    """Gives a block its anchor and class, and makes the number of an article a link to itself."""
    if part.anchor:
        opening.attrSet("id", part.anchor)
    if part.role in ("article", "item"):
        opening.attrSet("class", part.role)
    children = inline.children or []
    if part.role == "article" and children and children[0].type == "text":
        first = children[0]
        at = first.content.find(part.label) + len(part.label)
        link = Token("link_open", "a", 1, attrs={"class": "no", "href": f"#{part.anchor}"})
        label = Token("text", "", 0, content=first.content[:at].strip("\u3000 "))
        rest = Token("text", "", 0, content="\u3000" + first.content[at:].lstrip("\u3000 \t"))
        inline.children = [link, label, Token("link_close", "a", -1), rest, *children[1:]]


def finish(token: Token, hrefs: dict[str, str], anchors: set[str], outward: Outward) -> None:
    """Points links where they lead. One that leads nowhere loses its link and keeps its text."""
    if token.type == "th_open":
        token.attrSet("scope", "col")
    kept: list[Token] = []
    dead = 0
    tag = ""
    for child in token.children or ():
        if child.type == "link_close" and dead:
            dead -= 1
            continue
        if child.type == "link_close" and tag:
            kept.append(Token("html_inline", "", 0, content=tag))
            tag = ""
        name = {"link_open": "href", "image": "src"}.get(child.type)
        typed = str(child.attrGet(name) or "") if name else ""
        if child.type == "image" and typed not in hrefs:
            # Only our own images: a page asks nobody else for anything.
            kept += child.children or ()
            continue
        if name and typed not in hrefs and not _leads(typed, anchors):
            dead += 1
            continue
        if name:
            child.attrSet(name, hrefs.get(typed, typed))
        if child.type == "image":
            child.attrSet("loading", "lazy")
        elif name and re.match(r"https?:", typed):
            child.attrSet("rel", "external noopener")
            tag = outward(typed)
        kept.append(child)
    token.children = kept if token.children is not None else None


def _leads(typed: str, anchors: set[str]) -> bool:
    """Whether a link that is not to a file of ours leads anywhere: outside, or to a place of this text."""
    return typed in anchors if typed.startswith("#") else re.match(r"(https?|mailto|tel):", typed) is not None


DELIMITER = re.compile(r"^ {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
"""The line between the header of a table and its rows."""


def _tables(source: str) -> str:
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
