"""规章和规范性文件: what a source declares against what the dates say, and what our own documents must carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gongkai.base.problems import Code, Problem
from gongkai.base.text import WRONG_BRACKETS
from gongkai.check.family import Family
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.record import Item
from gongkai.model.validity import Life, Reason, disagrees

STATUS = Code(
    "GK-RULE-001",
    "warning",
    "标注的有效性和日期不一致",
    "status 是来源的标注，页面显示的有效性由日期和文件之间的关系推算。两者不一致时，补上 repealed 或 valid_until，"
    "或改正 status。本站自己的文件不一致是错误；外来文件只有标注、没有日期时，页面按标注显示，并说明是来源标注的。",
    law="政府信息公开条例第六条：及时、准确地公开",
)
UNDATED = Code(
    "GK-RULE-002",
    "error",
    "本站自己的文件缺少日期",
    "本站机关制定的文件要写 signed（成文日期）和 published（发布日期）：没有日期的页面会被视为没有更新。",
    law="政府网站检查指标（国办秘函〔2019〕19号）：没有日期的视为没有更新",
)
NO_TEXT = Code(
    "GK-RULE-003",
    "error",
    "主动公开的文件没有正文",
    "在第二行 --- 之后写正文。",
)


BRACKETS = Code(
    "GK-RULE-005",
    "error",
    "发文字号的括号不对",
    "发文字号里的年份用六角括号〔〕，例如 示政规〔2024〕3号。按提示改写。外来文件的是提醒。",
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above, over the documents of the catalog."""
    for item in catalog.examined("rule"):
        own = catalog.is_own(item)
        yield from _number(item, own=own)
        if not item.source.doubtful & _DECIDES:
            yield from _status(item, catalog.life(item), catalog.day, own=own)
        if not item.source.doubtful & _SHOWS:
            yield from _lacking(item, form(item.record, catalog.day), own=own)


_DECIDES = frozenset({"status", "effective", "valid_until", "repealed", "issuers"})
"""Keys that the state of a document hangs on: nothing can be said of it while one of them is faulty."""

_SHOWS = frozenset({"disclosure", "draft", "withdrawn", "display_until", "issuers"})
"""Keys that decide how much of a document is shown, and whose it is."""


def _status(item: Item, life: Life, day: date, *, own: bool) -> Iterator[Problem]:
    record = item.record
    now = life.on(day)
    hint = "核对后补上 repealed 或 valid_until，或改正 status"
    if now.reason is Reason.DECLARED:
        message = f"标注为{record.status.label}，但没有日期能说明"
        hint = "补上 repealed、valid_until 或 effective" + ("" if own else "；不知道日期时，页面按来源的标注显示")
    elif disagrees(record.status, now.state):
        message = f"标注为{record.status.label}，按日期推算是{now.state.label}"
    else:
        return
    problem = STATUS.at(item.mark("status"), message, hint)
    yield replace(problem, severity="error") if own else problem


def _number(item: Item, *, own: bool) -> Iterator[Problem]:
    number = item.record.doc_no or ""
    right = WRONG_BRACKETS.sub(r"〔\1〕", number)
    if right != number and not item.source.doubtful & {"doc_no", "issuers"}:
        problem = BRACKETS.at(item.mark("doc_no"), "发文字号的年份没有用六角括号〔〕", f"写成 {right}")
        yield problem if own else replace(problem, severity="warning")


def _lacking(item: Item, shown: Form, *, own: bool) -> Iterator[Problem]:
    if own and shown in (Form.FULL, Form.NOTICE):
        for key, name in (("signed", "成文日期"), ("published", "发布日期")):
            if getattr(item.record, key) is None and key not in item.source.doubtful:
                mark = item.mark(key) if item.source.has(key) else item.mark()
                yield UNDATED.at(mark, f"没有写{name}", f"加上一行 {key}: 2024-03-05（换成真实日期）")
    if shown is Form.FULL and not item.body.strip():
        yield NO_TEXT.at(item.mark(), "文件没有正文", "在第二行 --- 之后写正文")


FAMILY = Family(
    "rules",
    "规章和规范性文件",
    codes=(STATUS, UNDATED, NO_TEXT, BRACKETS),
    gate=True,
    checks=(check,),
)
