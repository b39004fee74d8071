"""common/synonyms.yaml → words that people use and the words of documents for the same thing (低保, 最低生活保障).

The search leads from one to the other; it never takes one for the other. 最低生活保障 is found by 最低生活保障 alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.base.fields import Fields, Flag, Text
from gongkai.base.problems import Code, Problem
from gongkai.base.text import plain
from gongkai.model.record import Common, Disclosure, Kind, Many
from gongkai.read.typed import Typed

USELESS = Code(
    "GK-SYN-001",
    "error",
    "这一对说法不起作用",
    "查找时一次查一个词：两个字以上，中间没有空格。正式说法里已经含有这个词的，直接查就能查到，不用列。",
)


class Synonym(Common):
    """A word that people use, and what documents say instead."""

    disclosure: Disclosure = Disclosure.PROACTIVE
    """公开属性；词表都是公开的"""

    word: Text
    """群众的说法，例如 低保"""

    official: tuple[Text, ...]
    """文件里的正式说法，可以有几个；查群众的说法时，查找页提示“也可查”它们。写 [] 表示不用自带的这一条"""

    both: Flag = False
    """文件里两种说法都用时写 true：查正式说法时，也提示群众的说法"""

    @property
    def heading(self) -> str:
        """The word."""
        return self.word


class SynonymFile(Fields):
    """A list of synonyms, added to those that ship."""


def leads_somewhere(found: Typed[Synonym]) -> Iterable[Problem]:
    """A search for each word can be made, and shows what a search for the other does not."""
    word = found.record.word
    if word and (why := _unsearchable(word)):
        yield USELESS.at(found.mark("word"), f"“{word}”{why}", "写成一个词")
    for position, official in enumerate(found.record.official or ()):
        mark = found.mark("official", position)
        if why := _unsearchable(official):
            yield USELESS.at(mark, f"“{official}”{why}", "写成一个词")
        elif word and plain(word) in plain(official):
            yield USELESS.at(mark, f"查“{word}”已经能查到“{official}”", "删去这一个，或换成不含这个词的说法")


def _unsearchable(word: str) -> str:
    if any(mark in word for mark in ' \t\n　"“”'):
        return "有空格或引号，查找时会分成几个词"
    return "只有一个字" if len(plain(word)) < 2 else ""


STARTER = """\
# 群众的说法和文件里的正式说法。自带的都在用；这里写的是增加的，或者改写自带的。
# 自带的一条不想用时，写 - {word: 那个词, official: []}
synonyms:
  - word: 请填写：群众的说法
    official: [请填写：文件里的说法]
"""

KIND = Kind(
    name="synonym",
    label="通俗说法",
    fields=Synonym,
    folders=("",),
    file="synonyms.yaml",
    many=Many("synonyms", "word", SynonymFile, shipped="synonyms.yaml", words=True),
    common=True,
    rules=(leads_somewhere,),
    pages=False,
    starter=STARTER,
)
