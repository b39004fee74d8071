"""Running text → the citations in it: 《titles》 with 第…条, document numbers, and articles of the text itself.

Start with `Reader.read`. Nothing is looked up here: what a name means is for `model.cited`. The same words give the
same citations wherever they are read, so planning and rendering agree without sharing positions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongkai.base.text import is_number, numeral
from gongkai.model.articles import without_links

_N = r"[〇零一二三四五六七八九十百千\d０-９]{1,9}"
_PLACE = rf"第({_N})条(?:之({_N}))?(?:第({_N})款)?(?:第[（(]?({_N})[）)]?项)?"
_YEAR = r"[〔\[（(【﹝〈]\s?(?:19|20)\d\d\s?[〕\])）】﹞〉]\s?第?\s?\d{1,5}\s?号"
_ORDER = rf"令\s?(?:〔\d{{4}}〕)?第?\s?{_N}\s?号"

_MENTION = re.compile(rf"《((?:[^《》]|《[^《》]*》)+)》|{_PLACE}|{_YEAR}|{_ORDER}")
_BEHIND = re.compile(rf"\s?{_PLACE}")
_BRACKET = re.compile(r"\s?[（(]((?:[^（）()]|[（(][^（）()]*[）)]){1,80})[）)]")
_CALLED = re.compile(r"下简?称(?:为)?[：:“\"]?(《?[^《》“”\"，,。；]{1,40}》?)")

_ON = re.compile(rf"(?:[、，,和及或与至到的]|以及|或者|规定|[前后]段|第{_N}款|第?[（(]?{_N}[）)]?[项目])*")
"""What may stand between two articles of one document: 第三条第一款、第二款和第五条."""

_BREAK = re.compile(
    r"依照|按照|根据|依据|参照|违反|适用|执行|符合|属于|认定为|有关|以及|或者?|和(?!国)|[号与及除]"
    r"|\d日|[^一-鿿A-Za-z、]"
)
"""After these words and signs a name that has no marks may begin."""

_OWN = re.compile(
    r"本(法典?|实施条例|条例|实施办法|办法|规定|实施细则|细则|规则|决定|解释|通则|章程|规程|准则|意见|通知|方案)$"
)
_THAT = re.compile(r"该(法|条例|办法|规定|细则|规则|决定|解释|通知|意见)$")
"""Says again what the line named last."""

_HERE = re.compile(r"(?:依照|按照|根据|依据|违反|适用|符合|除|有|因)$")
"""Before a 第…条 that names no document these say that it is one of the text itself."""

_AMENDING = re.compile(r"修改|修正|废止")
"""In the title of a document whose articles, as quoted in it, are those of another."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The words from `start` to `end`, and what they name.

    `name` is 《a title》, a document number, or the unmarked name of a law, as typed; "" for the text itself. `number`
    is the document number in brackets behind a title. `article` is the anchor of 第三十八条第二款, "" for all of a
    document; the words that name the article begin at `place`.
    """

    start: int
    end: int
    name: str
    number: str = ""
    article: str = ""
    place: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal for citations of one place of one document."""
        return (self.name, self.number, self.article)


@dataclass(frozen=True, slots=True)
class _Subject:
    """The document that a 第…条 belongs to; without a name it is the text itself."""

    name: str = ""
    number: str = ""


class Reader:
    """Reads the lines of one text in their order: a short name given in it (以下简称《条例》) holds to its end."""

    def __init__(self, title: str = "") -> None:
        """`title` is what the text is called; without one it has no articles of its own to cite."""
        self._title = "" if _AMENDING.search(title) else re.sub(r"[（(][^（）()]*[）)]$", "", title)
        self._short: dict[str, _Subject] = {}

    def read(self, line: str) -> Iterator[Citation]:
        """The citations of a line, in order. A 第…条 at its start is the number of an article, not a citation."""
        subject: _Subject | None = None
        named: _Subject | None = None
        last = at = 0
        others = False
        while found := _MENTION.search(line, at):
            start, at = place, end = found.span()
            if found[2]:
                if not line[:start].strip(" \u3000“"):
                    continue
                if subject is None or not _ON.fullmatch(line, last, start):
                    subject, start = self._subject(line, start, named, others=others)
                others = others or subject is None or bool(subject.name)
                last = end
                if subject is not None:
                    yield Citation(start, end, subject.name, subject.number, _anchor(found), place)
                continue
            if not found[1]:
                start = _begin(line, start)
                if not is_number(line[start:end]):
                    continue
            subject, end, at = self._named(line, start, end)
            named, others, last = subject, True, at
            if behind := _BEHIND.match(line, at):
                last = at = behind.end()
                place = at - len(behind[0].lstrip())
                if end == behind.start():
                    yield Citation(start, at, subject.name, subject.number, _anchor(behind), place)
                    continue
                yield Citation(start, end, subject.name, subject.number)
                yield Citation(place, at, subject.name, subject.number, _anchor(behind), place)
            else:
                yield Citation(start, end, subject.name, subject.number)

    def _named(self, line: str, start: int, end: int) -> tuple[_Subject, int, int]:
        """The document that line[start:end] names, where its link ends, and where what follows it begins.

        The bracket behind may hold its number, which belongs to the link, and a short name, which does not.
        """
        name = line[start:end]
        subject = self._short.get(name.strip("《》"), _Subject(name))
        bracket = _BRACKET.match(line, end) if line[end : end + 2].strip()[:1] in ("（", "(") else None
        if bracket is None:
            return subject, end, end
        number = next((part for part in re.split("[，,；]", bracket[1]) if "号" in part and is_number(part)), "")
        if number:
            subject = _Subject(name, number)
        if called := _CALLED.search(bracket[1]):
            self._short[called[1].strip("《》 ")] = subject
        whole = bracket.end() if number or called or "《" not in bracket[1] else end
        return subject, whole if number == bracket[1] else end, whole

    def _subject(self, line: str, start: int, named: _Subject | None, *, others: bool) -> tuple[_Subject | None, int]:
        """Whose the 第…条 at `start` is that follows no document named in marks, and where its name begins.

        `named` is the document that the line named last, `others` whether it spoke of any but the text itself.
        """
        before = line[:start]
        quoted = before.count("“") > before.count("”")
        if own := _OWN.search(before):
            mine = not quoted and self._calls_itself(own[1])
            return (_Subject() if mine else None), own.start() if mine else start
        if (that := _THAT.search(before)) and named and that[1] in named.name:
            return named, that.start()
        if _HERE.search(before):
            return (_Subject() if self._title and not quoted and not others else None), start
        begin = max(_begin(line, start), line.rfind("、", 0, start) + 1)
        name = line[begin:start]
        return (self._short.get(name, _Subject(name)), begin) if len(name) > 1 and not quoted else (None, start)

    def _calls_itself(self, word: str) -> bool:
        """Whether the text is a 办法 when it says 本办法; no 办法 is a 法."""
        if word == "法":
            return self._title.endswith(("法", "法典")) and not self._title.endswith("办法")
        return word in self._title


def _begin(line: str, end: int) -> int:
    """Where a name without marks that ends at `end` begins: after the last word or sign that can stand before it."""
    begin = max(0, end - 30)
    for found in _BREAK.finditer(line, begin, end):
        begin = found.end()
    return begin + (line[begin:end][:1] == "、")


def _anchor(place: re.Match[str]) -> str:
    """第三十八条之一第二款第三项 → art-38-1-p2-i3. The first 款 of an article is the article itself."""
    article, inserted, clause, item = (str(numeral(text) or 0) if text else "" for text in place.groups()[-4:])
    anchor = f"art-{article}" + (f"-{inserted}" if inserted else "")
    if item:
        return f"{anchor}-p{clause or 1}-i{item}"
    return f"{anchor}-p{clause}" if clause not in ("", "1") else anchor


def article_of(text: str) -> str:
    """The anchor of 第十二条第二款, "" for a text that names no article."""
    found = _BEHIND.search(text)
    return _anchor(found) if found else ""


@dataclass(frozen=True, slots=True)
class Found:
    """A citation, its words, and its line in the text, counted from 0. `preface`: in its 题注."""

    line: int
    citation: Citation
    words: str
    preface: bool


_OPENS = "第 \u3000\t"


def may_cite(line: str) -> bool:
    """Whether a line is worth reading: two of three hold none of the signs, or 条 only in the number of an article."""
    return "《" in line or "号" in line or line.find("条", 9 if line[:1] in _OPENS else 0) >= 0


@lru_cache(maxsize=16384)
def scan(source: str, title: str = "") -> tuple[Found, ...]:
    """Every citation of a text as typed. Kept, because planning and checks read the same texts."""
    reader = Reader(title)
    found = []
    for number, line in enumerate(source.split("\n")):
        if line and may_cite(line):
            preface = line.lstrip().startswith(">")
            for part in _parts(line):
                found += [Found(number, one, part[one.start : one.end], preface) for one in reader.read(part)]
    return tuple(found)


def _parts(line: str) -> list[str]:
    """What of a typed line is read as one: nothing of a heading, each cell of a row, a link by its words."""
    if line.startswith("#"):
        return []
    line = without_links(line)
    return line.split("|") if line.lstrip().startswith("|") else [line.lstrip("> ")]
