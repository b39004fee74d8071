"""A page with foreign words around Chinese content → the same with its Chinese marked as such. Start with `marked`.

WCAG 2.2, success criterion 3.1.2: without the mark a screen reader would spell 示例市 in an English voice. The words of
a foreign interface have no Chinese character (a test holds them to it), so a text with one is content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.base.settings import MAIN

TOKEN = re.compile(r'(<!--.*?-->|<[^>"]*(?:"[^"]*"[^>"]*)*>)', re.DOTALL)
"""Splits a page of ours into texts (at even places) and tags (at odd ones)."""

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
"""What ends or begins with a tag."""

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
OWN = re.compile(r"\slang=")
CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]")

_WORD = re.compile("[A-Za-z][a-z]")
"""A word of the interface. What Chinese texts carry of other letters, such as GB/T 1234, is capitals."""

_NAMED = re.compile(r'\s(?:alt|title|placeholder|aria-label|aria-description)="([^"]*)"')
_RUN = re.compile(
    f"([0-9〔《〈“‘（]*{CHINESE.pattern}(?:[^A-Za-z&]*(?:{CHINESE.pattern}|[〕》〉”’）]))?[，、；。：！？]*)"
)
"""A stretch of Chinese within foreign words, with the numbers and brackets that belong to it."""

_MARKS = {"：": ": ", "，": ", ", "、": ", ", "；": "; ", "。": ". ", "（": " (", "）": ")", "\u3000": " "}
"""Full-width marks that templates put between words, and how other languages set them."""
_FULL = re.compile(f"[{''.join(_MARKS)}]")

_BARE = ("title", "option")
"""Elements that can hold no other."""


@dataclass(slots=True)
class _Element:
    """An open element: what is in it of either language, which texts of it are Chinese and which only marks."""

    start: int
    name: str
    own: bool
    chinese: bool = False
    foreign: bool = False
    marks: list[int] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)


def marked(html: str) -> str:
    """`html` with `lang` on every element that is Chinese throughout, and around Chinese within foreign text."""
    tokens = TOKEN.split(html)
    page = _Element(0, "", own=False)
    open_ = [page]
    for n, token in enumerate(tokens):
        tag = TAG.match(token) if n % 2 else None
        if n % 2 == 0:
            _read(tokens, n, open_[-1])
        elif tag and tag[1]:
            while len(open_) > 1 and _close(tokens, open_) != tag[2]:
                pass
        elif tag:
            open_.append(_opened(n, tag[2], open_[-1], token))
            if tag[2] in VOID:
                _close(tokens, open_)
    for n in page.marks:
        tokens[n] = re.sub(r"/?>$", rf' lang="{MAIN}"\g<0>', tokens[n]) if n % 2 else _span(tokens[n])
    return "".join(tokens)


def _opened(n: int, name: str, inside: _Element, token: str) -> _Element:
    own = inside.own or (name != "html" and OWN.search(token) is not None)
    said = "" if own else " ".join(_NAMED.findall(token))
    return _Element(n, name, own, bool(CHINESE.search(said)), bool(_WORD.search(said)))


def _read(tokens: list[str], n: int, inside: _Element) -> None:
    text = tokens[n]
    if inside.own or not text.strip():
        return
    chinese, foreign = bool(CHINESE.search(text)), bool(_WORD.search(text))
    inside.chinese |= chinese
    inside.foreign |= foreign
    if not chinese:
        inside.loose.append(n)
    elif not foreign:
        inside.marks.append(n)
    elif inside.name not in _BARE:
        tokens[n] = "".join(_span(run) if CHINESE.search(run) else _set(run) for run in _RUN.split(text))


def _close(tokens: list[str], open_: list[_Element]) -> str:
    """Ends an element and returns its name. Chinese throughout, it is marked itself instead of what is in it."""
    ended, around = open_.pop(), open_[-1]
    if ended.own:
        return ended.name
    if ended.foreign:
        for n in ended.loose:
            tokens[n] = _set(tokens[n])
    elif ended.chinese and ended.name != "head":
        ended.marks = [ended.start]
    else:
        around.loose += ended.loose
    around.chinese |= ended.chinese
    around.foreign |= ended.foreign
    around.marks += ended.marks
    return ended.name


def _span(text: str) -> str:
    """Chinese in a span, without the marks before it: they set it apart from foreign words."""
    chinese = text.lstrip("".join(_MARKS))
    return f'{_set(text[: len(text) - len(chinese)])}<span lang="{MAIN}">{chinese}</span>'


def _set(text: str) -> str:
    """A text between Chinese parts, its full-width marks as other languages set them."""
    return _FULL.sub(lambda found: _MARKS[found[0]], text)
