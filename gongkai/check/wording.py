"""A text of our own → what its editor mistyped: punctuation, brackets, full-width digits, words of the site's list.

Start with the detectors, which are of the same shape as those of `check.dirt`. A text from outside is not ours to mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.base.duties import Word
from gongkai.check.dirt import Spot

_DOUBLED = re.compile(r"([，、。；：！？,;])\1+|[，、；：][。，、；：]|。[，、；：]|[,，][，,]|[、，]\s*[,，、]")


def doubled(text: str) -> Iterator[Spot]:
    """，， or 。、: two marks where one belongs. …… and —— are one mark each, and ！！ may be meant."""
    for found in _DOUBLED.finditer(text):
        if found[0].strip("！？。"):
            yield Spot(found.start(), found.end(), f"标点重复：“{found[0]}”")
        elif found[0] == "。。":
            yield Spot(found.start(), found.end(), "标点重复：“。。”")


_PAIRS = {"（": "）", "〔": "〕", "《": "》", "【": "】", "〈": "〉", "「": "」", "『": "』", "(": ")"}
_BRACKET = re.compile("[（）〔〕《》【】〈〉「」『』()]")
_NUMBERED = re.compile(r"\s*(?:[0-9０-９一二三四五六七八九十]{1,3}|[a-zA-Z])")
_DOC_NO = re.compile(r"[㐀-鿿]([\[（(【［{])\s*(?:19|20)[0-9]{2}\s*([\]）)】］}])\s*[0-9]+\s*号")


def brackets(text: str) -> Iterator[Spot]:
    """A bracket without its other half in the same paragraph."""
    for paragraph in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text):
        yield from _unpaired(paragraph[0], paragraph.start())


def years(text: str) -> Iterator[Spot]:
    """The year of a document number in brackets of another kind than 〔〕, which GB/T 9704-2012 asks for."""
    for found in _DOC_NO.finditer(text):
        yield Spot(found.start(1), found.end(2), f"文号的年份要用六角括号〔〕，这里是 {found[1]}{found[2]}")


def _unpaired(text: str, at: int) -> Iterator[Spot]:
    open_: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(text):
        mark = found[0]
        if mark in _PAIRS:
            open_.append((mark, found.start()))
        elif open_ and (_PAIRS[open_[-1][0]] == mark or {open_[-1][0], mark} <= set("（）()")):
            open_.pop()
        elif not (mark in "）)" and _NUMBERED.fullmatch(text[: found.start()].rpartition("\n")[2])):
            yield Spot(at + found.start(), at + found.end(), f"“{mark}”没有配对")
            return
    for mark, start in open_[:1]:
        yield Spot(at + start, at + start + 1, f"“{mark}”没有配对")


_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")


def wide(text: str) -> Iterator[Spot]:
    """Digits and letters of full width: nobody finds ２０２４ who looks for 2024, and no program reads it."""
    for found in _WIDE.finditer(text):
        yield Spot(found.start(), found.end(), f"全角的“{found[0]}”")


_TAGS = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|&(?:nbsp|amp|lt|gt|quot|#[0-9]+);")


def tags(text: str) -> Iterator[Spot]:
    """HTML in a text: no page obeys it, every reader sees it."""
    for found in _TAGS.finditer(text) if "<" in text or "&" in text else ():
        yield Spot(found.start(), found.end(), f"HTML 标记 {found[0][:20]}")


def listed(text: str, words: Iterable[Word]) -> Iterator[tuple[Word, Spot]]:
    """The words of the site's list, except where they stand in one of the phrases that are right."""
    for word in words:
        start = text.find(word.wrong)
        while start >= 0:
            end = start + len(word.wrong)
            if not any(_covers(text, phrase, start, end) for phrase in word.unless):
                yield word, Spot(start, end, f"“{word.wrong}”")
            start = text.find(word.wrong, end)


def _covers(text: str, phrase: str, start: int, end: int) -> bool:
    """Whether `phrase` stands in the text so that it holds everything between `start` and `end`."""
    at = text.find(phrase, max(0, end - len(phrase)), start + len(phrase))
    return 0 <= at <= start
