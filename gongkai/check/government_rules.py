"""规章: what stands under the title (题注), and that the order which published it does not stand in the text. Gate."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.check.family import Family
from gongkai.model import title_note
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.record import Item

NOTE = Code(
    "GK-RULE-006",
    "error",
    "规章的题注不全",
    "题注要有公布时间及文号、修订时间及文号、施行时间。正文里不写题注时，由 history、doc_no、signed 和 effective 生成；"
    "写了的，要和它们一致。只查本站自己的规章。",
    law="国办公开办函〔2021〕33号：规章的题注",
)
ORDER = Code(
    "GK-RULE-007",
    "error",
    "规章的正文里有签署的命令",
    "规章只展示标题、题注和正文，不再重复发布负责人签署的命令。删去命令，公布日期和文号写在 history 和 doc_no。"
    "外来文件的是提醒。",
    law="国办公开办函〔2021〕33号：规章只展示标题、题注和正文",
)

_ORDER = re.compile(
    r"[\s　>]*(?:.{2,40}(?<!号)令|第\s*\S{1,6}\s*号|.*现予(?:公布|发布).*"
    r"|(?:省长|市长|州长|县长|主席|部长|主任|署长|局长|行长)[：:\s　]+\S[\s　]*\S{1,3})[\s　]*"
)
"""A line of an order as real ones have it: its heading, its number, 现予公布, who signed it (4 of 427 have one)."""


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above."""
    amended: dict[str, list[Item]] = defaultdict(list)
    for item in catalog.of("rule"):
        for text in item.record.amends if form(item.record, catalog.day) is Form.FULL else ():
            if (target := catalog.find("rule", text)) is not None:
                amended[target.id].append(item)
    for item in catalog.of("rule"):
        if item.record.type in title_note.BARE and form(item.record, catalog.day) is Form.FULL:
            own = catalog.is_own(item)
            yield from (problem if own else replace(problem, severity="warning") for problem in _order(item))
            if own:
                yield from _note(item, amended[item.id])


def _order(item: Item) -> Iterator[Problem]:
    for number, line in enumerate(item.body.split("\n")):
        if re.match(r"\s*(?:#|第[\s　]*[一1][\s　]*条)", line):
            return
        if _ORDER.fullmatch(line):
            mark = Mark(item.path, item.body_line + number, 1, len(line))
            yield ORDER.at(mark, "这是公布规章的命令，不是规章的正文", "删去命令，从规章的第一章或第一条写起")
            return


def _note(item: Item, amended: list[Item]) -> Iterator[Problem]:
    record = item.record
    told, force = title_note.steps(record), title_note.days_of_force(record)
    for other in amended:
        if not any(step.by == other.record.doc_no for step in told):
            message = f"历史沿革里没有 {other.id} 的修改"
            day, number = other.record.signed or "日期", other.record.doc_no or "文号"
            hint = f"在 history 里加一项：date: {day}，event: 根据{number}公布的决定修正"
            yield NOTE.at(item.mark("history") if record.history else item.mark(), message, hint)
    note, line = title_note.typed(item.body)
    if note:
        lacking = title_note.lacks(note, told, force)
        mark = Mark(item.path, item.body_line + line, 1, len(item.body.split("\n")[line]))
        if lacking:
            hint = f"写成 {title_note.built(record)}，或删去题注，由程序生成"
            yield NOTE.at(mark, f"题注里没有“{shown(lacking[0])}”", hint)
        return
    if not any(step.is_publication and step.by for step in told):
        hint = "写上 doc_no 和 signed，或在 history 里加一项：date: 公布的日期，event: 以某某令第1号公布"
        yield NOTE.at(item.mark(), "没有公布时间及文号，不能生成题注", hint)
    elif not force and not record.versions:
        yield NOTE.at(item.mark(), "没有施行时间，不能生成题注", "加上一行 effective: 2024-05-01（换成真实日期）")


FAMILY = Family("government_rules", "规章", codes=(NOTE, ORDER), gate=True, checks=(check,))
