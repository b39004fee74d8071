"""The text of a rule → HTML with anchors and a table of contents. Start with `render`.

What is markup is said in `render.parsed`. Blocks of words become HTML as they are; the others through markdown-it-py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from gongkai.model.articles import Block, Part
from gongkai.model.cited import Key
from gongkai.render.citing import Cites, Weaver
from gongkai.render.parsed import Piece, parse, parser, plain

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


def normal(typed: str) -> str:
    """The target of a link as tokens have it: percent-encoded."""
    return parser().normalizeLink(typed)


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
    hrefs = {normal(typed): href for typed, href in hrefs.items()}
    pieces = parse(text.source)
    anchors = [piece.part.anchor for piece in pieces if piece.part.anchor]
    weaver = Weaver(text.cites.title, cited, [anchor for anchor in anchors if anchor.startswith("art-")])
    places = {f"#{anchor}" for anchor in anchors}
    html = []
    for piece in pieces:
        aside = _aside(*beside[piece.part.anchor]) if piece.part.anchor in beside else ""
        if piece.tokens:
            html.append(_marked_up(piece, aside, weaver, lambda token: finish(token, hrefs, places, outward)))
        else:
            html.append(_worded(piece, aside, weaver))
    contents = tuple(Entry(p.part.anchor, p.block.text, p.part.level) for p in pieces if p.is_heading)
    return Rendered("".join(html), contents, sum(piece.part.role == "article" for piece in pieces))


def _worded(piece: Piece, aside: str, weaver: Weaver) -> str:
    """The HTML of a block of words, as markdown-it-py would write it."""
    text, part = piece.block.text, piece.part
    opening = "".join(f' {name}="{value}"' for name, value in _attributes(part))
    if piece.is_heading:
        return f"<h{part.level}{opening}>{escapeHtml(text)}{aside}</h{part.level}>\n"
    if part.role == "article":
        label, rest = _numbered(part, text)
        number = f'<a class="no" href="#{part.anchor}">{escapeHtml(label)}</a>'
        return f"<p{opening}>{number}{weaver.html(label + rest, len(label))}{aside}</p>\n"
    return f"<p{opening}>{weaver.html(text)}{aside}</p>\n"


def _marked_up(piece: Piece, aside: str, weaver: Weaver, finished: Callable[[Token], None]) -> str:
    """The HTML of a block with markup."""
    tokens, part = [_own(token) for token in piece.tokens], piece.part
    _mark(tokens[0], tokens[1], part)
    if piece.block.kind == "heading":
        tokens[0].tag = tokens[-1].tag = f"h{part.level}" if piece.is_heading else "p"
    for token in tokens:
        finished(token)
        if token.type == "inline" and piece.block.kind != "heading":
            weaver.weave(token)
    if aside:
        tokens[1].children = [*(tokens[1].children or []), Token("html_inline", "", 0, content=aside)]
    html: str = parser().renderer.render(tokens, parser().options, {})
    return framed(html)


def _own(token: Token) -> Token:
    """A copy of a token that may be changed (`copy.copy` takes five times as long)."""
    t, children = token, token.children and [_own(child) for child in token.children]
    shape = (t.markup, t.info, t.meta, t.block, t.hidden)
    return Token(t.type, t.tag, t.nesting, dict(t.attrs), t.map, t.level, children, t.content, *shape)


def lines(text: RuleText) -> list[tuple[str, str]]:
    """Every line of `text` as a reader sees it, with the anchor of its block; each cell of a table is a line."""
    return [
        (piece.part.anchor, line)
        for piece in parse(text.source)
        for words in piece.texts()
        for line in words.split("\n")
        if line.strip()
    ]


def blocks(source: str) -> list[tuple[Block, Part]]:
    """Every block of a text in words, with what it is: a quote and a table too, a row of a table on a line."""
    return [
        (Block(p.block.kind, _inner(p)) if p.block.kind in ("quote", "table") else p.block, p.part)
        for p in parse(source)
    ]


def _inner(piece: Piece) -> str:
    """The words within a quote or a table: a paragraph or a row on a line."""
    lines: list[list[str]] = []
    for token in piece.tokens:
        if token.type in ("paragraph_open", "tr_open"):
            lines.append([])
        elif token.type == "inline":
            lines[-1].append(plain(token).replace("\n", " "))
    return "\n".join(" ｜ ".join(cells) for cells in lines)


def framed(html: str) -> str:
    """HTML whose tables scroll by themselves instead of widening the page."""
    return html.replace("<table>", _TABLE).replace("</table>", "</table></div>")


_TABLE = '<div class="table" role="group" aria-label="表格" tabindex="0"><table>'


def _aside(word: str, href: str, lang: str) -> str:
    """A word that is ours, set apart from those of the text."""
    tag = "a" if href else "span"
    given = {"href": href, "lang": lang}
    attributes = "".join(f' {name}="{escapeHtml(value)}"' for name, value in given.items() if value)
    return f'<{tag} class="aside"{attributes}>{escapeHtml(word)}</{tag}>'


def _attributes(part: Part) -> Iterator[tuple[str, str]]:
    """The anchor and the class of a block."""
    if part.anchor:
        yield "id", part.anchor
    if part.role in ("article", "item"):
        yield "class", part.role


def _numbered(part: Part, text: str) -> tuple[str, str]:
    """The number of an article, and its words behind one blank, however it was typed."""
    at = text.find(part.label) + len(part.label)
    return text[:at].strip("\u3000 "), "\u3000" + text[at:].lstrip("\u3000 \t")


def _mark(opening: Token, inline: Token, part: Part) -> None:
    """Gives a block its anchor and class, and makes the number of an article a link to itself."""
    for name, value in _attributes(part):
        opening.attrSet(name, value)
    children = inline.children or []
    if part.role == "article" and children and children[0].type == "text":
        label, rest = _numbered(part, children[0].content)
        link = Token("link_open", "a", 1, attrs={"class": "no", "href": f"#{part.anchor}"})
        number, words = Token("text", "", 0, content=label), Token("text", "", 0, content=rest)
        inline.children = [link, number, Token("link_close", "a", -1), words, *children[1:]]


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
