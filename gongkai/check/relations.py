"""What documents say of one another: in the order of their days, without circles, and without contradiction. Gate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gongkai.base.problems import Code, Mark, Problem
from gongkai.check.family import Family
from gongkai.model.catalog import Catalog
from gongkai.model.form import Form, form
from gongkai.model.lives import appears, begins
from gongkai.model.record import Item
from gongkai.model.rule import RELATIONS, Status
from gongkai.model.validity import Reason

CIRCLE = Code(
    "GK-REL-001",
    "error",
    "文件之间的关系绕成了一圈",
    "一份文件不能废止、取代、修改或转发自己，几份文件也不能首尾相接。核对是哪一份写反了。只涉及外来文件的是提醒。",
)
ORDER = Code(
    "GK-REL-002",
    "error",
    "有关系的两份文件日期先后不对",
    "后来的文件才能废止、修改、取代、转发以前的文件，从它自己施行时起才算数。核对两份文件的日期，或关系写反了没有。"
    "外来文件的是提醒。",
)
CONFLICT = Code(
    "GK-REL-003",
    "error",
    "两份文件对废止的说法不一致",
    "一份文件写明废止另一份时，另一份的 repealed.by 要么不写，要么写它。外来文件的是提醒。",
)
NO_END = Code(
    "GK-REL-004",
    "error",
    "延长有效期没有写到哪一天",
    "有 extends 的文件写上 extends_to（延长后的有效期至）；不写时用它自己的 valid_until。外来文件的是提醒。",
)

_WORDS = {
    "repeals": "废止",
    "amends": "修改",
    "replaces": "取代",
    "implements": "依据",
    "forwards": "转发",
    "interprets": "解释",
    "extends": "延长",
    "corrects": "更正",
    "suspends": "暂停执行",
}

_LINES = (("repeals", "replaces"), *((relation,) for relation in RELATIONS if relation not in ("repeals", "replaces")))
"""Relations that must not lead back to where they began. A repeal and a newer text are one and the same succession."""


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above, where it is said; a warning where only documents from outside say it."""
    for relations in _LINES:
        yield from _circles(catalog, relations)
    repealers: dict[str, list[str]] = defaultdict(list)
    for id, edges in _edges(catalog, ("repeals",), both=False).items():
        for target, _ in edges:
            repealers[target].append(id)
    for item in catalog.of("rule"):
        own = catalog.is_own(item)
        found = [*_order(catalog, item), *_repealed(catalog, item, repealers[item.id]), *_extends(catalog, item)]
        yield from (problem if own else replace(problem, severity="warning") for problem in found)


def _edges(catalog: Catalog, relations: tuple[str, ...], *, both: bool = True) -> dict[str, list[tuple[str, Mark]]]:
    """For each document, those it acts on, with the place that says so; with `both`, `repealed.by` too."""
    found: dict[str, list[tuple[str, Mark]]] = defaultdict(list)
    for item in catalog.of("rule"):
        for relation in relations:
            for place, text in enumerate(getattr(item.record, relation)):
                if (target := catalog.find("rule", text)) is not None:
                    found[item.id].append((target.id, item.mark(relation, place)))
        repealed = item.record.repealed if both and "repeals" in relations else None
        by = catalog.find("rule", repealed.by) if repealed and repealed.by else None
        if by is not None:
            found[by.id].append((item.id, item.mark("repealed", "by")))
    return found


def _circles(catalog: Catalog, relations: tuple[str, ...]) -> Iterator[Problem]:
    """One problem for each circle, at the reference that closes it. Walks without recursion: chains may be long."""
    edges = _edges(catalog, relations)
    done: set[str] = set()
    told: set[frozenset[str]] = set()
    for start in edges:
        stack = [] if start in done else [(start, iter(edges[start]))]
        while stack:
            here, following = stack[-1]
            target, mark = next(following, ("", None))
            trail = [id for id, _ in stack]
            if mark is None:
                done.add(here)
                stack.pop()
            elif target in trail:
                circle = trail[trail.index(target) :]
                if frozenset(circle) not in told:
                    told.add(frozenset(circle))
                    yield _circle(catalog, circle, mark, relations[0])
            elif target in edges and target not in done:
                stack.append((target, iter(edges[target])))


def _circle(catalog: Catalog, ids: list[str], mark: Mark, relation: str) -> Problem:
    word = _WORDS[relation]
    if len(ids) == 1:
        problem = CIRCLE.at(mark, f"文件{word}的是它自己", "改成另一份文件，或删去这一项")
    else:
        chain = " → ".join([*ids, ids[0]])
        problem = CIRCLE.at(mark, f"{word}绕成了一圈：{chain}", "核对是哪一份写反了，删去写反的一项")
    own = any(catalog.is_own(catalog.items["rule", id]) for id in ids)
    return problem if own else replace(problem, severity="warning")


def _order(catalog: Catalog, item: Item) -> Iterator[Problem]:
    """A document is younger than those it acts on. 成文 is compared: a text as amended is published later."""
    for relation in RELATIONS:
        for place, text in enumerate(getattr(item.record, relation)):
            target = catalog.find("rule", text)
            if target is None or target is item or form(target.record, catalog.day) is Form.HIDDEN:
                # That it leads to what may not be seen is the fault to mend.
                continue
            mine, theirs = item.record.signed or appears(item.record), target.record.signed
            if relation == "replaces":
                mine, theirs = _text_day(item), _text_day(target)
            if mine and theirs and mine < theirs:
                message = f"本文件的日期 {mine} 早于{_WORDS[relation]}的 {target.id}（{theirs}）"
                yield ORDER.at(item.mark(relation, place), message, "核对两份文件的日期；写反了的，写到另一份文件里")


def _text_day(item: Item) -> date | None:
    return item.record.effective or appears(item.record)


def _repealed(catalog: Catalog, item: Item, others: list[str]) -> Iterator[Problem]:
    repealed = item.record.repealed
    if repealed is None or repealed.by is None:
        return
    by = catalog.find("rule", repealed.by)
    if others and (by is None or by.id not in others):
        message = f"{others[0]} 写明废止本文件，这里写的是另一份"
        yield CONFLICT.at(
            item.mark("repealed", "by"), message, f"核对后写成 {others[0]}，或从那份文件的 repeals 里删去"
        )
    start = (begins(by.record) or appears(by.record)) if by else None
    if by and start and repealed.on < start:
        message = f"废止的日期早于废止它的 {by.id} 施行的日期"
        yield ORDER.at(item.mark("repealed", "on"), message, f"{by.id} 从 {start} 起施行；废止的日期应在这一天或之后")


def _extends(catalog: Catalog, item: Item) -> Iterator[Problem]:
    record = item.record
    if record.extends and not (record.extends_to or record.valid_until):
        yield NO_END.at(
            item.mark("extends"), "没有写有效期延长到哪一天", "加上一行 extends_to: 2028-12-31（换成真实日期）"
        )
    for place, text in enumerate(record.extends):
        target = catalog.find("rule", text)
        spans = catalog.life(target).spans if target else ()
        for before, span in zip(spans, spans[1:], strict=False):
            late = span.reason is Reason.EXTENDED and span.state is Status.IN_FORCE
            if late and span.source and span.source.key == item.key:
                message = f"本文件施行时，{text} 的有效期已经届满（{before.first} 起失效）"
                yield ORDER.at(item.mark("extends", place), message, "核对施行日期；有效期届满后要继续执行的，重新发布")


FAMILY = Family(
    "relations",
    "文件之间的关系",
    codes=(CIRCLE, ORDER, CONFLICT, NO_END),
    gate=True,
    checks=(check,),
)
