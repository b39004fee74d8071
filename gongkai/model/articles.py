"""The blocks of a legal text → its structure: 编 章 节, 条, 款, 项, each with the anchor it keeps for ever.

Start with `structure`. Works on plain text, block by block, so that pages, citations and search agree on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.base.text import numeral

_N = r"[〇零一二三四五六七八九十百千两\d０-９]+"
_ARTICLE = re.compile(rf"[\s　]*第[\s　]*({_N})[\s　]*条(?:[\s　]*之[\s　]*([一二三四五六七八九十\d]+))?")
_DIVISION = re.compile(rf"[\s　]*第[\s　]*({_N})[\s　]*(编|分编|章|节)(?=[\s　]|$|[^\d])")
_ITEM = re.compile(r"[\s　]*[（(]\s*([一二三四五六七八九十百]+)\s*[）)]")
_CITATION = re.compile(r"[、，,和或及至]|第|的|所|规定的|中|以及|与|（?[一二三四五六七八九十]）?款")
_CONTENTS = re.compile(r"[\s　]*目[\s　]*[录次][\s　]*$")

_PREFIX = {"编": "part", "分编": "subpart", "章": "ch", "节": "sec"}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text: `heading` (with its Markdown level), `paragraph`, `quote` or `table`."""

    kind: str
    text: str
    level: int = 0


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


class _Walk:
    """Reads the blocks from top to bottom, remembering where in the text it stands."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.has_articles = any(b.kind == "paragraph" and _is_article(b.text, None) for b in blocks)
        self.levels: list[int] = []
        self.division: dict[str, str] = {}
        self.article, self.clause = "", 0
        self.last = 0
        self.used: dict[str, int] = {}
        self.headings = self.paragraphs = 0

    def run(self) -> list[Part]:
        return [self._heading(block) if block.kind == "heading" else self._text(block) for block in self.blocks]

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

    def _text(self, block: Block) -> Part:
        if block.kind != "paragraph" or _CONTENTS.match(block.text):
            return Part("other", "")
        if found := _is_article(block.text, self.last):
            return self._article(found)
        item = _ITEM.match(block.text)
        if self.article:
            if item:
                number = str(numeral(item[1]) or 0)
                clause = f"-p{self.clause}" if self.clause > 1 else ""
                anchor = self._anchor(f"{self.article}{clause or '-p1'}-i{number}")
                return Part("item", anchor, 0, item[0].strip(), number)
            self.clause += 1
            return Part("clause", self._anchor(f"{self.article}-p{self.clause}"), 0, "", str(self.clause))
        if self.has_articles:
            return Part("other", "")
        self.paragraphs += 1
        return Part("item" if item else "paragraph", f"p-{self.paragraphs}", 0, "", str(self.paragraphs))

    def _article(self, found: re.Match[str]) -> Part:
        main = numeral(found[1]) or 0
        number = f"{main}-{numeral(found[2]) or 0}" if found[2] else str(main)
        self.article, self.clause, self.last = self._anchor(f"art-{number}"), 1, main
        return Part("article", self.article, 0, found[0].strip("\u3000 \t"), number)


def _is_article(text: str, last: int | None) -> re.Match[str] | None:
    """Whether a paragraph opens an article.

    A blank after 第×条 is proof enough. Without one (189 paragraphs of 1,000 real documents) the number must be the
    next in line and what follows must not read like a citation (第八条规定的……, 第八条、第九条……).
    """
    found = _ARTICLE.match(text)
    if not found:
        return None
    rest = text[found.end() :]
    if not rest or rest[0] in " \u3000\t\n\xa0":
        return found
    if last is None:
        return found if numeral(found[1]) == 1 and not _CITATION.match(rest) else None
    following = numeral(found[1]) in (last + 1, last) if not found[2] else numeral(found[1]) == last
    return found if following and not _CITATION.match(rest) else None
