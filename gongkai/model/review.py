"""reviews/2026.yaml → what a review of documents in force (集中清理) decided of each of them.

Practice (铜川市 2020) knows three lists: 继续有效, 宣布失效或废止, 需修改重新发布. The last has a day by which it must
be done; what was not amended by then lapses. One file holds one decision, and the states of the documents follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from gongkai.base.fields import Choice, Date, Fields, Ref, Text
from gongkai.base.problems import Code, Problem
from gongkai.model.record import Kind, Titled
from gongkai.read.typed import Typed

Loc = tuple[str, int]


class Outcome(Choice):
    """清理结果."""

    KEEP = "keep", "继续有效"
    AMEND = "amend", "修改"
    REPEAL = "repeal", "废止"
    EXPIRE = "expire", "宣布失效"


class Miss(Choice):
    """What becomes of a document that was not amended in time."""

    EXPIRE = "expire", "失效"
    REPEAL = "repeal", "废止"


class Entry(Fields):
    """A document of a list."""

    rule: Annotated[Text, Ref("rule", outside=True)]
    """哪份文件：本站的 id、《标题》或文号"""

    doc_no: Text | None = None
    """发文字号；本站的文件不用写"""

    note: Text | None = None
    """备注：理由、依据或承办单位"""


class Kept(Entry):
    """A document that stays in force."""

    until: Date | None = None
    """重新确定的有效期至；不变的不写"""


class Amended(Entry):
    """A document that must be amended."""

    deadline: Date | None = None
    """修改后重新公布的期限（含这一天）；不写时用整份清理的 deadline"""

    on_miss: Miss | None = None
    """到期没有修改的怎么办：expire 失效，repeal 废止；不写时用整份清理的 on_miss"""

    done: Date | None = None
    """已经修改后重新公布的日期；由本站的文件修改、取代的不用写"""


class Ended(Entry):
    """A document that ends."""

    on: Date | None = None
    """从哪一天起废止或失效；不写时用整份清理的 on"""


class Review(Titled):
    """One decision on the results of a review."""

    decision: Annotated[Text | None, Ref("rule", outside=True)] = None
    """公布清理结果的决定：本站的 id、《标题》或文号"""

    on: Date
    """清理结果从哪一天起算"""

    scope: Text | None = None
    """清理了哪些文件，例如 2025年12月31日以前制定的市政府行政规范性文件"""

    deadline: Date | None = None
    """要修改的文件，修改后重新公布的期限（含这一天）"""

    on_miss: Miss | None = None
    """到期没有修改的怎么办：expire 失效，repeal 废止"""

    keep: tuple[Kept, ...] = ()
    """继续有效的文件"""

    amend: tuple[Amended, ...] = ()
    """要修改的文件"""

    repeal: tuple[Ended, ...] = ()
    """废止的文件"""

    expire: tuple[Ended, ...] = ()
    """宣布失效的文件"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a review decided of one document. `day` is the one from which it counts; `loc` is its place in the file."""

    outcome: Outcome
    entry: Entry
    day: date
    loc: Loc
    deadline: date | None = None
    on_miss: Miss | None = None

    @property
    def until(self) -> date | None:
        """有效期至 as the review set it anew."""
        return getattr(self.entry, "until", None)

    @property
    def done(self) -> date | None:
        """The day of an amendment, where the file tells it."""
        return getattr(self.entry, "done", None)


def verdicts(review: Review) -> Iterator[Verdict]:
    """Every decision of a review, in the order of its lists."""
    for outcome in Outcome:
        for place, entry in enumerate(getattr(review, outcome.value) or ()):
            yield Verdict(
                outcome,
                entry,
                getattr(entry, "on", None) or review.on,
                (outcome.value, place),
                getattr(entry, "deadline", None) or (review.deadline if outcome is Outcome.AMEND else None),
                getattr(entry, "on_miss", None) or (review.on_miss if outcome is Outcome.AMEND else None),
            )


ORDER = Code(
    "GK-REVIEW-001",
    "error",
    "清理结果里的日期先后不对",
    "期限、重新确定的有效期、重新公布的日期，都应当在清理结果起算的日期（on）之后。核对后改正写错的一个。",
)
TWICE = Code(
    "GK-REVIEW-002",
    "error",
    "一份文件在清理结果里写了两次",
    "一份文件只有一个清理结果。留下对的一项，删去另一项。",
)
EMPTY = Code("GK-REVIEW-003", "error", "清理结果里没有文件", "keep、amend、repeal、expire 至少写一个，每一项写 rule。")


def dates_in_order(typed: Typed[Review]) -> Iterable[Problem]:
    """What a review asks for or sets lies after its own day."""
    review = typed.record
    if review.on is None:
        return
    if review.deadline and review.deadline < review.on:
        yield _early(typed, ("deadline",), "期限", review.on)
    for verdict in verdicts(review):
        for key, name in (("deadline", "期限"), ("until", "重新确定的有效期"), ("done", "重新公布的日期")):
            day = getattr(verdict.entry, key, None)
            if day and day < review.on:
                yield _early(typed, (*verdict.loc, key), name, review.on)


def _early(typed: Typed[Review], loc: tuple[str | int, ...], name: str, on: date) -> Problem:
    return ORDER.at(typed.mark(*loc), f"{name}早于清理结果起算的日期", f"清理结果从 {on} 起算；{name}应在这一天之后")


def each_once(typed: Typed[Review]) -> Iterable[Problem]:
    """A document has one result, and a review has at least one."""
    seen: dict[str, Verdict] = {}
    for verdict in verdicts(typed.record) if typed.record.on else ():
        first = seen.setdefault(verdict.entry.rule, verdict)
        if first is not verdict:
            message = f"{verdict.entry.rule} 已经写在{first.outcome.label}的文件里"
            yield TWICE.at(typed.mark(*verdict.loc, "rule"), message, "留下对的一项，删去另一项")
    if not seen and typed.sound:
        yield EMPTY.at(typed.mark("title"), "清理结果里没有文件", "在 keep、amend、repeal、expire 下写清理的文件")


STARTER = """\
title: 请填写机关全称关于公布行政规范性文件清理结果
disclosure: proactive
published: {day}
on: {day}                  # 清理结果从这一天起算
# decision: 公布清理结果的决定，本站的 id、《标题》或文号
deadline: {year}-12-31     # 要修改的文件，修改后重新公布的期限
on_miss: expire            # 到期没有修改的：expire 失效，repeal 废止
keep:                      # 继续有效
  - rule: 《请填写文件标题》
amend:                     # 要修改
  - rule: 《请填写要修改的文件标题》
repeal:                    # 废止
  - rule: 《请填写废止的文件标题》
    note: 请填写理由
expire: []                 # 宣布失效
"""

KIND = Kind(
    name="review",
    label="清理结果",
    fields=Review,
    folders=("reviews",),
    file="*.yaml",
    of_organ=True,
    rules=(dates_in_order, each_once),
    starter=STARTER,
)
