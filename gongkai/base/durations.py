"""`validity:` of catalog.yaml → how long documents hold that do not say so themselves.

Provinces differ and no national rule says it, so nothing is derived unless the site asks for it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from gongkai.base.fields import Date, Fields, Text, fail


def _years(value: object) -> object:
    if isinstance(value, str) and not (len(value) < 3 and value.isascii() and value.isdigit() and int(value) >= 1):
        raise fail(f"不能是 {value}", "写 1 到 99 之间的整数")
    return value


Years = Annotated[int, BeforeValidator(_years)]


class TitleWord(Fields):
    """The years that a word in the title stands for."""

    word: Text
    """标题里的词，例如 试行"""

    years: Years
    """有效期几年"""


class Durations(Fields):
    """How long normative documents of our own hold that do not say so."""

    years: Years
    """一般有效几年，从施行之日算起，例如 5"""

    words: tuple[TitleWord, ...] | None = None
    """标题里有这些词的有效几年；不写时“暂行”“试行”两年"""

    since: Date | None = None
    """只用于这一天起施行的文件；不写时用于全部"""

    without: tuple[Text, ...] = ()
    """标题里有这些词的不推算，例如 关于废止、关于修改"""

    basis: Text | None = None
    """依据，会写在页面上，例如 《示例市行政规范性文件管理办法》第十四条"""

    def of(self, title: str) -> int:
        """The years of a document of this title."""
        words = _TRIAL if self.words is None else self.words
        return next((entry.years for entry in words if entry.word in title), self.years)


_TRIAL = (TitleWord(word="暂行", years=2), TitleWord(word="试行", years=2))
"""What provinces commonly set for documents on trial."""
