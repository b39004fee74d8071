"""文字质量: what damaged a text on its way here, and what its editor mistyped.

A text from outside is spared what is not ours to mend (its brackets, its digits), and warned of damage that happened on
the way: of 3,610 real laws 22 are told something, and all of it is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any

from gongkai.base.duties import Word
from gongkai.base.fields import Contact, Ref
from gongkai.base.personal import mask
from gongkai.base.problems import Code, Mark, Problem
from gongkai.check import dirt, wording
from gongkai.check.dirt import Detector, Spot
from gongkai.check.family import Family
from gongkai.check.memory import Memory
from gongkai.check.texts import bodies, narrow, place, texts
from gongkai.model import disclosure
from gongkai.model.catalog import Catalog

_INSPECTION = "政府网站检查指标（国办秘函〔2019〕19号）"

DAMAGED = Code(
    "GK-HYG-001",
    "error",
    "有乱码",
    "编码转换出了错，后面的字可能也不可靠：从原来的文件重新复制这一段，不要猜着改。字库以外的字符多半是小数点、"
    "换行或生僻字，对照原件补上。外来的文件只是提醒。",
)
PINYIN = Code(
    "GK-HYG-002",
    "warning",
    "混进了拼音",
    "复制或转换时给字加上了拼音，例如 区(qū)。删去拼音和括号。",
)
DOUBLED = Code("GK-HYG-003", "warning", "标点重复", "删去多余的标点。省略号写 ……，破折号写 ——，不算重复。")
BRACKETS = Code(
    "GK-HYG-004",
    "warning",
    "括号用得不对",
    "补上或删去没有配对的括号。文号的年份用六角括号：国办发〔2019〕54号。",
    law="GB/T 9704-2012：发文字号的年份用六角括号括入",
)
SPAM = Code(
    "GK-HYG-005",
    "error",
    "文末有和正文无关的词",
    "网页被篡改时，最后常被加上一行广告或不良信息的关键词。删去这一行，并检查来源的网页和其他文件。外来的文件只是提醒。",
    law=f"{_INSPECTION}：被挂马、篡改未及时处置，单项否决",
)
HIDDEN = Code(
    "GK-HYG-006",
    "error",
    "有隐藏的文字或字符",
    "看不见的字符会让检索和复制出错，隐藏的 HTML 是篡改网页常用的办法。删去它们。外来的文件只是提醒。",
    law=f"{_INSPECTION}：被挂马、篡改未及时处置，单项否决",
)
WORDS = Code(
    "GK-HYG-007",
    "warning",
    "用词不对",
    "本站在 catalog.yaml 的 check.hygiene.words 里列出的词。写了 right 的是容易用错的词，是提醒；"
    "没有写的是不能使用的词，是错误。某种说法里可以用的，写在 unless 里。",
    law=f"{_INSPECTION}：严重表述错误，单项否决",
)
WIDE = Code("GK-HYG-008", "warning", "全角的数字或字母", "改成半角：检索 2024 找不到 ２０２４。")
FURNITURE = Code(
    "GK-HYG-009",
    "warning",
    "有网页上带来的文字",
    "从网页复制时带来的“打印、关闭、浏览次数、当前位置”，不是文件的内容。删去这一行。",
)
TAGS = Code("GK-HYG-010", "warning", "有 HTML 标记", "标记不起作用，会原样显示给读者。删去它，用 Markdown 的写法。")

_ALWAYS: tuple[tuple[Code, Detector, str], ...] = (
    (DAMAGED, dirt.damaged, "从原来的文件重新复制这一段"),
    (PINYIN, dirt.pinyin, "删去拼音和括号"),
    (HIDDEN, dirt.unseen, "删去它"),
    (HIDDEN, dirt.covered, "删去它和它里面的文字"),
)
_OF_OUR_OWN: tuple[tuple[Code, Detector, str], ...] = (
    (DOUBLED, wording.doubled, "只留一个"),
    (BRACKETS, wording.brackets, "补上或删去括号"),
    (BRACKETS, wording.years, "写成 国办发〔2019〕54号 的样子"),
    (WIDE, wording.wide, "改成半角"),
    (TAGS, wording.tags, "删去它"),
)
_OF_BODIES: tuple[tuple[Code, Detector, str], ...] = (
    (SPAM, dirt.spam, "删去这一行，并检查来源的网页"),
    (FURNITURE, dirt.furniture, "删去这一行"),
)
_LENIENT = frozenset({DAMAGED.id, SPAM.id, HIDDEN.id})
"""Errors in our own texts that are warnings in a text from outside."""

_NOT_TEXT = frozenset(
    {"id", "aliases", "file", "email", "website", "url", "link", "uscc", "doc_no", "index_no", "reg_no"}
)
"""Keys whose value is no text to read; numbers have their own family.

Nor are references: what they name is looked at where it stands, and an address that leads nowhere is told as such.
"""


Row = list[Any]
"""A spot of dirt as JSON holds it: code, severity, start and end in the text, message, hint.

It is remembered, so its message is masked here already.
"""


def check(catalog: Catalog, memory: Memory) -> Iterator[Problem]:
    """Every spot of dirt in what a reader would see on the catalog's day."""
    public, words = disclosure.public(catalog), catalog.settings.check.hygiene.words
    for key, item in public.items.items():
        own = catalog.is_own(item)
        for loc, text, marks in texts(item.record):
            if not marks & {Contact, Ref} and loc[-1] not in _NOT_TEXT and loc[0] not in _NOT_TEXT:
                for row in _in_text(text, words, own=own):
                    yield _problem(row, narrow(catalog.items[key].mark(*loc), text, *row[2:4]))
    listed = repr(words)
    for item in bodies(public):
        own = catalog.is_own(item)
        print = sha256(f"{own} {listed} {item.body}".encode("utf-8", "surrogatepass")).hexdigest()
        find = partial(_in_body, item.body, words, own=own)
        for row in memory.recall(f"hygiene {item.path} {item.id}", print, find):
            yield _problem(row, place(item, *row[2:4]))


def _problem(row: Row, mark: Mark) -> Problem:
    code, severity, _, _, message, hint = row
    return replace(_CODES[code].at(mark, message, hint), severity=severity)


def _in_body(body: str, words: tuple[Word, ...], *, own: bool) -> list[Row]:
    rows = _in_text(body, words, own=own)
    for code, detector, hint in _OF_BODIES:
        rows += _first(code, list(detector(body)), hint, own=own)
    return rows


def _in_text(text: str, words: tuple[Word, ...], *, own: bool) -> list[Row]:
    rows: list[Row] = []
    for code, detector, hint in (*_ALWAYS, *(_OF_OUR_OWN if own else ())):
        if not (code is TAGS and any(dirt.covered(text))):
            rows += _first(code, list(detector(text)), hint, own=own)
    for word, spot in wording.listed(text, words) if own else ():
        hint = f"改成“{word.right}”" if word.right else "删去或换一个说法"
        said = f"用词不对：{spot.said}" + (f"：{word.reason}" if word.reason else "")
        rows.append([WORDS.id, "warning" if word.right else "error", spot.start, spot.end, said, hint])
    return rows


def _first(code: Code, spots: list[Spot], hint: str, *, own: bool) -> Iterator[Row]:
    """The first spot of a sort in a text, and how many there are: the rest is mended with it."""
    if spots:
        more = f"，这里共 {len(spots)} 处" if len(spots) > 1 else ""
        severity = code.severity if own or code.id not in _LENIENT else "warning"
        yield [code.id, severity, spots[0].start, spots[0].end, f"{mask(spots[0].said)}{more}", hint]


_CODES = {code.id: code for code in (DAMAGED, PINYIN, DOUBLED, BRACKETS, SPAM, HIDDEN, WORDS, WIDE, FURNITURE, TAGS)}

FAMILY = Family("hygiene", "文字质量", codes=tuple(_CODES.values()), readings=(check,))
