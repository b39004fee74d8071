"""A page as its template made it → the page in its language: in 繁體, or with its Chinese marked. Start with `spoken`.

The authentic page, in 简体, is never touched. 繁體 is made out of what is read and heard, never of tags, addresses,
anchors and names of files. What has a `lang` of its own is left as it is in every language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from gongkai.base.settings import MAIN, Language
from gongkai.render.foreign import CHINESE, OWN, TAG, TOKEN, VOID, marked

_SAID = re.compile(r'(?<=[ \n])(alt|title|placeholder|label|content|aria-[a-z]+|data-[a-z-]+)="([^"]*)"')
"""Attributes that a person reads or hears, or that a script says. Those for machines hold no Chinese."""

_BETWEEN = "\x1e"
"""Stands between texts that are converted in one call; no phrase runs across it."""


def spoken(html: str, language: str) -> str:
    """`html` in `language`."""
    if language == Language.ZH_HANT:
        return _hant(html)
    return html if language == MAIN else marked(html)


@cache
def _converter(name: str) -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(name).convert
    return convert


def traditional(texts: Iterable[str]) -> list[str]:
    """Each text in 繁體, character for character. One call for all: 900 calls for a page take four times as long.

    The forms are those that Hong Kong prints (OpenCC, `s2hk`), and each is a form of the very character that the
    authentic text has: folded back, the page is that text. OpenCC alone is freer. `s2twp` says 檔案 for 文件; even
    `s2hk` takes 凭借款单 for 憑藉 and 差转台 for a desk (枱), in 1,700 places of 400 laws.
    """
    given = list(texts)
    plain = _BETWEEN.join(given)
    made = _converter("s2hk")(plain)
    if len(made) != len(plain):
        made = "".join(map(_form, plain))
    other = {pair for pair in set(zip(plain, made, strict=True)) if not _same(*pair)}
    if other:
        made = "".join(_form(old) if (old, new) in other else new for old, new in zip(plain, made, strict=True))
    return made.split(_BETWEEN) if plain.count(_BETWEEN) == len(given) - 1 else [traditional([one])[0] for one in given]


@cache
def _same(old: str, new: str) -> bool:
    """Whether `new` is the 繁體 of `old`, or `old` itself."""
    return new == old or _converter("t2s")(new) == old


@cache
def _form(character: str) -> str:
    """The usual 繁體 of a character by itself; itself where that would be another character."""
    made = _converter("s2t")(character)
    return made if len(made) == 1 and _same(character, made) else character


def _hant(html: str) -> str:
    tokens = TOKEN.split(html)
    pieces: dict[int, list[str]] = {}
    for n in _free(tokens):
        if CHINESE.search(tokens[n]):
            # A text is one piece; a tag is what stands before a said attribute, its name, its value, and so on.
            pieces[n] = _SAID.split(tokens[n]) if n % 2 else ["", "", tokens[n]]
    made = iter(traditional(text for piece in pieces.values() for text in piece[2::3]))
    for n, piece in pieces.items():
        piece[2::3] = [next(made) for _ in piece[2::3]]
        if n % 2:
            piece[1::3] = [f"{name}=" for name in piece[1::3]]
            piece[2::3] = [f'"{value}"' for value in piece[2::3]]
        tokens[n] = "".join(piece)
    return "".join(tokens)


def _free(tokens: list[str]) -> list[int]:
    """The tokens that are not inside an element with a `lang` of its own; that of the page itself is no bar."""
    found, depth = [], 0
    for n, token in enumerate(tokens):
        tag = TAG.match(token) if n % 2 else None
        if tag and tag[2] not in VOID and tag[2] != "html":
            if tag[1]:
                depth -= depth > 0
            elif depth or OWN.search(token):
                depth += 1
        if not depth:
            found.append(n)
    return found
