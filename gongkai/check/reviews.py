"""清理结果: what a review asked for by a day has become of, and that it does not contradict the documents. Gate."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.base.problems import Code, Problem
from gongkai.check.family import Family
from gongkai.model.catalog import Catalog
from gongkai.model.lives import appears, begins, changes
from gongkai.model.record import Item
from gongkai.model.review import Outcome, Verdict, verdicts
from gongkai.model.reviewed import amended_in_time
from gongkai.model.rule import Status

OPEN = Code(
    "GK-REVIEW-004",
    "warning",
    "清理要求修改的期限已经过了",
    "期限过了而文件没有修改的，要说明结果：写 on_miss（expire 失效，repeal 废止）；已经修改的，写 done，"
    "或由修改它的文件写 amends；延期的，改 deadline。",
)
AHEAD = Code(
    "GK-REVIEW-005",
    "error",
    "清理结果早于公布它的决定",
    "清理结果从公布它的决定施行时起算，on 应当是那一天或以后。",
)
AGAINST = Code(
    "GK-REVIEW-006",
    "error",
    "清理结果和文件本身的日期矛盾",
    "清理时已经失效、废止的文件不能“继续有效”或“修改”；写明废止日期的文件，清理结果里的日期要和它一致。核对后改正写错的一处。",
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above."""
    acts: dict[str, list[tuple[str, Item]]] = {}
    for other in catalog.of("rule"):
        for relation in ("amends", "replaces", "repeals"):
            for text in getattr(other.record, relation):
                if (target := catalog.find("rule", text)) is not None:
                    acts.setdefault(target.id, []).append((relation, other))
    for review in catalog.of("review"):
        yield from _decision(catalog, review)
        for verdict in verdicts(review.record):
            rule = catalog.find("rule", verdict.entry.rule)
            changed = changes(rule.record, acts.get(rule.id, ())) if rule else []
            if amended_in_time(verdict, changed) is None:
                yield from _open(catalog, review, verdict)
            if rule:
                yield from _against(catalog, review, verdict, rule)


def _decision(catalog: Catalog, review: Item) -> Iterator[Problem]:
    decision = catalog.find("rule", review.record.decision) if review.record.decision else None
    start = (begins(decision.record) or appears(decision.record)) if decision else None
    if decision and start and review.record.on < start:
        yield AHEAD.at(review.mark("on"), f"清理结果早于 {decision.id} 施行", f"{decision.id} 从 {start} 起施行")


def _open(catalog: Catalog, review: Item, verdict: Verdict) -> Iterator[Problem]:
    """A deadline in the past, nothing amended, and nobody said what becomes of it."""
    if verdict.outcome is not Outcome.AMEND or verdict.on_miss or verdict.deadline is None:
        return
    if verdict.day <= verdict.deadline < catalog.day:
        own = getattr(verdict.entry, "deadline", None)
        mark = review.mark(*verdict.loc, "deadline" if own else "rule")
        message = f"{verdict.entry.rule} 应当在 {verdict.deadline} 前修改，还没有结果"
        yield OPEN.at(mark, message, "到期失效的写 on_miss: expire；已经修改的写 done: 日期；延期的改 deadline")


def _against(catalog: Catalog, review: Item, verdict: Verdict, rule: Item) -> Iterator[Problem]:
    repealed = rule.record.repealed
    mark = review.mark(*verdict.loc, "rule")
    if verdict.outcome is Outcome.REPEAL and repealed and repealed.on != verdict.day:
        message = f"{rule.id} 写明自 {repealed.on} 起废止，这里是 {verdict.day}"
        yield AGAINST.at(mark, message, "核对后改成同一天；这一项和别的不同一天时，写 on")
    if verdict.outcome in (Outcome.KEEP, Outcome.AMEND):
        now = catalog.life(rule).on(verdict.day)
        if now.state in (Status.EXPIRED, Status.REPEALED, Status.REPLACED):
            message = f"{rule.id} 在 {verdict.day} 已经{now.state.label}，不能再{verdict.outcome.label}"
            yield AGAINST.at(mark, message, "核对文件的有效期和废止日期，或改写清理结果")


FAMILY = Family("reviews", "清理结果", codes=(OPEN, AHEAD, AGAINST), gate=True, checks=(check,))
