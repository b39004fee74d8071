"""A line of text → the tokens under which it is found. The same rules stand in `search.js`; shared vectors hold them.

A line of n characters becomes n tokens: its n−1 overlapping pairs, and its last character with the boundary, so that no
phrase runs from one line into the next. Pagefind drops or splits signs; therefore every character but Han and a–z, 0–9
is spelt with two letters of a script that never occurs in our texts (Yi).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

BOUNDARY = "\ua48c"
"""Ends every line: the last Yi syllable, which no spelt sign reaches."""

_BASE = 0xA000
_SPACE = re.compile("[\\s\u200b\ufeff]+")


def normalise(text: str) -> str:
    """Text as it is compared: NFKC, lower case, no white space (what counts as containing is said of this form)."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


def tokens(line: str) -> list[str]:
    """The tokens of one line, in order; none for an empty one."""
    letters = [_letter(character) for character in normalise(line)]
    return [one + other for one, other in zip(letters, [*letters[1:], BOUNDARY], strict=True)] if letters else []


@cache
def folding() -> dict[str, str]:
    """Traditional characters → their simplified form (OpenCC, `t2s`), for a query typed in 繁體.

    The text is never folded: 乾 and 干 are both folded to 干, and a search for 干 must not find 乾隆.
    """
    from opencc import OpenCC

    characters = [chr(point) for point in range(0x4E00, 0xA000)]
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified, strict=True)
    return {character: plain for character, plain in pairs if plain != character and len(plain) == 1}


def _letter(character: str) -> str:
    """A character as Pagefind keeps it: itself, or two Yi letters that stand for nothing else."""
    point = ord(character)
    if "0" <= character <= "9" or "a" <= character <= "z" or 0x4E00 <= point <= 0x9FFF or 0x3400 <= point <= 0x4DBF:
        return character
    return chr(_BASE + point // 1000) + chr(_BASE + point % 1000)
