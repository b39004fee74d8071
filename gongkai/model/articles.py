"""The blocks of a legal text → its structure: 编 章 节, 条, 款, 项, each with the anchor it keeps for ever.

Start with `structure`. Works on plain text, block by block, so that pages, citations and search agree on it; `outline`
finds the blocks of a text as typed without Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from gongkai.base.text import numeral

_N = r"[〇零一二三四五六七八九十百千两\d０-９]+"
_ARTICLE = re.compile(rf"[\s　]*第[\s　]*({_N})[\s　]*条(?:[\s　]*之[\s　]*([一二三四五六七八九十\d]+))?")
_DIVISION = re.compile(rf"[\s　]*第[\s　]*({_N})[\s　]*(编|分编|章|节)(?=[\s　]|$|[^\d])")
_ITEM = re.compile(r"[\s　]*[（(]\s*([一二三四五六七八九十百]+)\s*[）)]")
_CITATION = re.compile(r"[、，,和或及至]|第|的|所|规定的|中|以及|与|（?[一二三四五六七八九十]）?款")
_CONTENTS = re.compile(r"[\s　]*目[\s　]*[录次][\s　]*$")

_NEW_TEXT = re.compile(r"(?:修改为|增加|补充|作为|内容如下|规定如下)[^。；]*$")
"""How a paragraph ends that new articles of another text follow without quotation marks."""

_PREFIX = {"编": "part", "分编": "subpart", "章": "ch", "节": "sec"}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text: `heading` (with its Markdown level), `paragraph`, `quote` or `table`; its line from 0."""

    kind: str
    text: str
    level: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What a block is.

    `role`: division, heading, article, clause (款), item (项), paragraph or other. `anchor` is unique in the text, ""
    where a block has none. `level` counts divisions from 2 without gaps (h1 is the title). `label` is the number as
    typed, such as 第三十八条, at the start of the block; `number` says it in figures: "38", "38-1".
    """

    role: str
    anchor: str
    level: int = 0
    label: str = ""
    number: str = ""


def structure(blocks: list[Block]) -> list[Part]:
    """One `Part` for each block, in order. Never changes or drops a block."""
    return _Walk(blocks).run()


@lru_cache(maxsize=16384)
def outline(source: str) -> Mapping[str, tuple[int, Part]]:
    """Every part of a text as typed by its anchor, with the line of its block (from 0). Kept: many cite one text."""
    found = list(blocks(source))
    parts = zip(found, structure(found), strict=True)
    return MappingProxyType({part.anchor: (block.line, part) for block, part in parts if part.anchor})


def deepest(anchor: str, parts: Mapping[str, object]) -> str:
    """The smallest place around `anchor` that a text has: the 款 where the 项 is missing, else the 条, else ""."""
    while anchor and anchor not in parts:
        anchor = anchor.rpartition("-")[0] if re.search(r"-[pi]\d+$", anchor) else ""
    return anchor


def opened(line: str) -> tuple[str, str] | None:
    """The anchor and the number of the article that a line surely opens: a blank stands behind its number."""
    found = _ARTICLE.match(line) if "第" in line[:3] else None
    if not found or line[found.end() :][:1] not in _BLANKS:
        return None
    return _anchor(found), found[0].strip(_BLANKS)


def blocks(source: str) -> Iterator[Block]:
    """The blocks of a rule's text as typed, as `render.markdown` sees them; only paragraphs and headings keep words."""
    kind, lines, first = "", list[str](), 0
    for number, line in enumerate([*source.split("\n"), ""]):
        words = line.strip()
        heading = _HEADING.match(line) if words[:1] == "#" else None
        opens = "quote" if words[:1] == ">" else "table" if words[:1] == "|" else "paragraph"
        if kind and (not words or heading or (kind == "paragraph" and opens == "quote")):
            yield Block(kind, without_links("\n".join(lines)), 0, first)
            kind = ""
        if heading:
            yield Block("heading", line[heading.end() :].strip(), len(heading[1]), number)
        elif words and kind:
            lines.append(words)
        elif words:
            kind, lines, first = opens, [words], number


_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+|$)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^()]*\)")


def without_links(text: str) -> str:
    """A text as typed with its links by their words, as a reader sees them."""
    return _LINK.sub(r"\1", text) if "](" in text else text


class _Walk:
    """Reads the blocks from top to bottom, remembering where in the text it stands."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.articles = _articles(blocks)
        self.listed = _listed(blocks)
        self.levels: list[int] = []
        self.division: dict[str, str] = {}
        self.article, self.clause = "", 0
        self.used: dict[str, int] = {}
        self.headings = self.paragraphs = 0

    def run(self) -> list[Part]:
        return [
            self._heading(block) if block.kind == "heading" and number not in self.listed else self._text(number, block)
            for number, block in enumerate(self.blocks)
        ]

    def _anchor(self, wanted: str) -> str:
        count = self.used[wanted] = self.used.get(wanted, 0) + 1
        return wanted if count == 1 else f"{wanted}_{count}"

    def _heading(self, block: Block) -> Part:
        while self.levels and self.levels[-1] >= block.level:
            self.levels.pop()
        self.levels.append(block.level)
        level = min(1 + len(self.levels), 6)
        found = _DIVISION.match(block.text)
        self.article, self.clause = "", 0
        if not found:
            self.headings += 1
            return Part("heading", self._anchor(f"h-{self.headings}"), level)
        number, word = str(numeral(found[1]) or 0), found[2]
        name = f"{_PREFIX[word]}-{number}"
        if word == "节" and "章" in self.division:
            name = f"{self.division['章']}-{name}"
        self.division[word] = name
        if word in ("编", "分编"):
            self.division.pop("章", None)
        return Part("division", self._anchor(name), level, found[0].strip("\u3000 "), number)

    def _text(self, number: int, block: Block) -> Part:
        # Nine of ten paragraphs begin with neither sign; a search costs more than a look at the first.
        first = block.text.lstrip()[:1]
        if block.kind != "paragraph" or (first == "目" and _CONTENTS.match(block.text)):
            return _OTHER
        if found := self.articles.get(number):
            return self._article(found)
        item = _ITEM.match(block.text) if first in ("（", "(") else None
        if self.article:
            if item:
                figure = str(numeral(item[1]) or 0)
                clause = f"-p{self.clause}" if self.clause > 1 else ""
                anchor = self._anchor(f"{self.article}{clause or '-p1'}-i{figure}")
                return Part("item", anchor, 0, item[0].strip(), figure)
            self.clause += 1
            return Part("clause", self._anchor(f"{self.article}-p{self.clause}"), 0, "", str(self.clause))
        if self.articles:
            return _OTHER
        self.paragraphs += 1
        return Part("item" if item else "paragraph", f"p-{self.paragraphs}", 0, "", str(self.paragraphs))

    def _article(self, found: re.Match[str]) -> Part:
        wanted = _anchor(found)
        self.article, self.clause = self._anchor(wanted), 1
        return Part("article", self.article, 0, found[0].strip(_BLANKS), wanted.removeprefix("art-"))


def _listed(blocks: list[Block]) -> range:
    """The headings of a 目录 that was typed above the text: the first ones, with nothing between, that all come again.

    Without this the contents of a page are doubled and 第一章 leads to its line in the 目录 (8 of 3,610 real texts).
    """
    first = next((n for n, block in enumerate(blocks) if block.kind == "heading"), len(blocks))
    titles: list[str] = []
    for block, title in zip(blocks[first:], _titles(blocks[first:]), strict=True):
        if block.kind != "heading" or title in titles:
            break
        titles.append(title)
    end = first + len(titles)
    below = _titles(blocks[end:]) if len(titles) > 1 else iter(())
    return range(first, end if all(title in below for title in titles) else first)


def _titles(blocks: list[Block]) -> Iterator[str]:
    """The heading of each block without its blanks, "" for others; 第一节 is told apart by its 章."""
    chapter = ""
    for block in blocks:
        title = "".join(block.text.split()) if block.kind == "heading" else ""
        section = (found := _DIVISION.match(title)) and found[2] == "节"
        chapter = chapter if section or not title else title
        yield f"{chapter} {title}" if section else title


_OTHER = Part("other", "")
_BLANKS = " \u3000\t\n\xa0"


def _anchor(article: re.Match[str]) -> str:
    main, inserted = _figures(article)
    return f"art-{main}-{inserted}" if inserted else f"art-{main}"


def _figures(article: re.Match[str]) -> tuple[int, int]:
    """第三十八条之一 → (38, 1); without 之 the second is 0."""
    return numeral(article[1]) or 0, (numeral(article[2]) or 0) if article[2] else 0


def _follows(number: tuple[int, int], last: int) -> bool:
    """Whether an article is the one that must come after article `last`: the next, or one inserted behind it."""
    return number[0] == last if number[1] else number[0] == last + 1


def _articles(blocks: list[Block]) -> dict[int, re.Match[str]]:
    """The paragraphs that open an article of the text itself, by their position.

    New text of another document that is quoted in an article (将第五条修改为：“第五条……”) is none of its own: it stands
    in open quotation marks, or behind a paragraph that announces it, and its number is not the next. Neither is a lone
    number that breaks a row which the next article takes up again (13, 52, 14).
    """
    found: dict[int, re.Match[str]] = {}
    last, quoted, announced = 0, False, False
    for position, block in enumerate(blocks):
        if block.kind == "heading":
            quoted = announced = False
        if block.kind != "paragraph":
            continue
        text = block.text
        opening = _is_article(text, last if found else None) if "第" in text[:8] else None
        if opening and not ((quoted or announced) and not _follows(_figures(opening), last)):
            found[position], last = opening, _figures(opening)[0]
            quoted = False
        if "”" in text or "“" in text:
            quoted = text.rfind("“") > text.rfind("”")
        if text.endswith(("：", ":")) and _NEW_TEXT.search(text):
            announced = True
        elif position in found:
            announced = False
    return _without_strays(found)


def _without_strays(found: dict[int, re.Match[str]]) -> dict[int, re.Match[str]]:
    positions = list(found)
    for before, here, after in zip(positions, positions[1:], positions[2:], strict=False):
        last = _figures(found[before])[0] if before in found else 0
        if last and abs(_figures(found[here])[0] - last) > 2 and _figures(found[after]) == (last + 1, 0):
            del found[here]
    return found


def _is_article(text: str, last: int | None) -> re.Match[str] | None:
    """Whether a paragraph opens an article.

    A blank after 第×条 is proof enough. Without one (189 paragraphs of 1,000 real documents) the number must be the
    next in line and what follows must not read like a citation (第八条规定的……, 第八条、第九条……).
    """
    found = _ARTICLE.match(text)
    if not found:
        return None
    rest = text[found.end() :]
    if rest[:1] in _BLANKS:
        return found
    if last is None:
        return found if numeral(found[1]) == 1 and not _CITATION.match(rest) else None
    following = numeral(found[1]) in (last + 1, last) if not found[2] else numeral(found[1]) == last
    return found if following and not _CITATION.match(rest) else None
