"""Chinese text as people type it → the forms that are compared, counted and sorted.

Start with `plain` (for comparing) and `pinyin` (for ordering names).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}

DOC_NO = re.compile(r"^[一-鿿（）()A-Za-z]+[〔\[（(【﹝〈]\s*(?:19|20)\d{2}\s*[〕\])）】﹞〉]\s*第?\d+号$")
"""A text shaped like a document number, 机关代字〔年份〕顺序号 (GB/T 9704-2012), in any brackets."""

WRONG_BRACKETS = re.compile(r"[\[［（(【﹝〈]\s*((?:19|20)\d{2})\s*[\]］）)】﹞〉]\s*第?\s*(?=\d+\s*号)")
"""The year of a document number in brackets other than 〔〕."""

ORDER_NO = re.compile(r"^.+令\s*(?:〔\d{4}〕)?第?\s*[\d〇零一二三四五六七八九十百千]+\s*号$")
"""The number of an order (令): ××省人民政府令第216号."""


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Text for comparing titles, names and numbers: NFKC, no white space, one kind of bracket, no 《》 around it."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).strip("《》")
    return re.sub(r"[〕\]】﹞〉》]", ")", re.sub(r"[〔\[【﹝〈《]", "(", folded))


def titled(text: str) -> str:
    """A title as a sentence names it: in 《》, what is inside in 〈〉; a number or what stands in 《》 as it is."""
    if text.startswith("《") or text.endswith("号"):
        return text
    return f"《{text.replace('《', '〈').replace('》', '〉')}》"


def is_number(text: str) -> bool:
    """Whether a reference is shaped like a document number rather than a title or an id."""
    squeezed = re.sub(r"\s+", "", text)
    return bool(DOC_NO.match(squeezed) or ORDER_NO.match(squeezed))


@lru_cache(maxsize=8192)
def numeral(text: str) -> int | None:
    """The value of a Chinese or Arabic numeral below 10,000 (三十八, 二〇二四, 38); None when it is none."""
    text = unicodedata.normalize("NFKC", text)
    if text.isdecimal():
        return int(text)
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for position, character in enumerate(text):
        if character in _UNITS:
            # 十五 is 15: a leading ten has no digit before it.
            total += (digit or (1 if position == 0 else 0)) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


@lru_cache(maxsize=65536)
def pinyin(text: str) -> tuple[str, ...]:
    """The order of Chinese names: by pinyin, then by the characters themselves."""
    from pypinyin import Style, lazy_pinyin

    return (*lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True), text)


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that was probably meant, or None: the source of every “是不是”."""
    found = get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return found[0] if found else None
