"""时限: what the law and the standard lists allow between one day and another, counted in working days.

Start with `Term`: from a day, within n days, done on a day or not yet. A span that runs into a year without an official
calendar is not judged; the year is named once for the whole site.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.base.problems import Code, Mark, Problem
from gongkai.check import calendars, freshness, renewal, reports
from gongkai.check.family import Family
from gongkai.model import limits
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.record import Common, Disclosure, Item
from gongkai.model.workdays import UnknownYear, Workdays

HONEST = "核对两个日期；日期没有写错就是逾期，不要改动日期，按规定说明原因"
"""What to do about a limit that was missed. Forged dates (伪造发稿日期) fail a whole site (国办秘函〔2019〕19号)."""

PUBLISHED = Code(
    "GK-TIME-001",
    "warning",
    "超过二十个工作日才公开",
    "主动公开的政府信息，自形成（文件是成文日期 signed，其他内容是 formed）之日起二十个工作日内公开。形成当日不算，"
    f"从下一日算起；节假日和调休按国务院办公厅的通知。"
    f"修改后重新公布、写着 versions 的，第一个文本早已公开，不按新文本的发布日期核对。{HONEST}。",
    law="政府信息公开条例第二十六条",
)
ROW_LIMIT = Code(
    "GK-TIME-002",
    "warning",
    "超过标准目录规定的公开时限",
    "标准目录的一行（published_as 写着这份内容）规定的时限比二十个工作日短，要按那一行的时限公开。"
    f"只核对从信息形成、制作、获取算起的时限。{HONEST}。",
    law="政府信息公开条例第二十六条；国办发〔2019〕54号：目录包括公开时限",
)
EXPLAINED = Code(
    "GK-TIME-003",
    "warning",
    "文件公开三个工作日后才公开解读",
    "一份文件的第一篇解读，最迟在文件公开后三个工作日内公开。一篇解读讲几份文件的，从其中最后公开的一份算起；"
    f"2017年以前公开的文件不核对。{HONEST}。",
    law="国办发〔2016〕19号：相关解读材料应于文件公开后3个工作日内在政府网站和媒体发布",
)
ANNOUNCED = Code(
    "GK-TIME-005",
    "warning",
    "领导任职十个工作日后才公开",
    "领导信息（organ.yaml 的 leaders）变动后及时公开：since 写任职日期，announced 写公开的日期，相隔不超过十个工作日。"
    "十个工作日是本程序的标准。",
    law="政府信息公开条例第六条（及时、准确）、第二十条第二项（负责人姓名）",
)
NO_CALENDAR = Code(
    "GK-TIME-006",
    "warning",
    "没有这一年的官方日历",
    "工作日要按国务院办公厅每年关于节假日安排的通知计算，没有通知的年份不能推算。"
    "在 catalog.yaml 的 check.time.calendar 里加上这一年放假和调休上班的日子。",
    law="全国年节及纪念日放假办法；国务院办公厅每年关于部分节假日安排的通知",
)
UNSIGNED = "尽快公开，并说明逾期的原因；还没有签发的，先不写这个日期"
"""What to do about a draft that is overdue: often a date of signing that only stands there as an example."""

REVERSED = Code(
    "GK-TIME-013",
    "warning",
    "公开日期早于形成日期",
    "信息形成以后才能公开：published 不早于成文日期 signed（其他内容是 formed）。核对后改正写错的一个。",
)

LIMIT = 20
"""Working days from forming to publishing (条例第二十六条)."""

REGULATION = date(2008, 5, 1)
"""The first 政府信息公开条例 (国务院令第492号) came into force: what was formed before had no limit."""

INTERPRETATION = date(2017, 1, 1)
"""Documents made public before this day are not asked for an explainer in time; 国办发〔2016〕19号 is of 2016."""


@dataclass(frozen=True, slots=True)
class Term:
    """Something to be done within `n` days of `start`, which `after` names; `done` is None while it is not."""

    code: Code
    mark: Mark
    after: str
    start: date
    n: int
    act: str
    done: date | None
    working: bool = True
    limit: str = ""
    """Whose limit it is, where it is not that of the law."""

    remedy: str = "尽快公开，并按规定说明逾期的原因"
    """The hint while it is not done."""

    def late(self, day: date, workdays: Workdays) -> Problem | None:
        """The fault on `day`, None in time. Raises `UnknownYear`."""
        end = self.done or day
        if (end - self.start).days <= self.n:
            # Working days are never more than days: no calendar is needed to see that.
            return None
        due = (workdays.after if self.working else workdays.within)(self.start, self.n)
        if end <= due:
            return None
        unit = "个工作日" if self.working else "日"
        said = f"{self.done} {self.act}" if self.done else f"还没有{self.act}"
        took = f"，用了 {workdays.between(self.start, end)} {unit}" if self.done and self.working else ""
        message = f"{self.after} {self.start}，{said}{took}，超过{self.limit} {self.n} {unit}"
        return self.code.at(self.mark, message, f"最迟应在 {due}。{HONEST if self.done else self.remedy}")


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every limit that was missed, and each year that could not be judged."""
    yield from _reversed(catalog)
    workdays = Workdays(catalog.settings.check.time.calendar)
    unknown: dict[int, list[Mark]] = defaultdict(list)
    for chosen in _terms(catalog):
        try:
            # Of the terms of one record the first that was missed speaks.
            late = next(filter(None, (term.late(catalog.day, workdays) for term in chosen)), None)
        except UnknownYear as error:
            unknown[error.year].append(chosen[0].mark)
            continue
        if late:
            yield late
    for year, marks in sorted(unknown.items()):
        first = min(marks, key=lambda mark: (mark.path, mark.line))
        message = f"没有 {year} 年的官方日历，有 {len(marks)} 处时限算不出来，例如 {first.path}:{first.line}"
        hint = f"在 check.time.calendar 加上 year: {year}、source（通知的文号）、holidays 和 workdays"
        yield NO_CALENDAR.at(Mark("catalog.yaml"), message, hint)


def _terms(catalog: Catalog) -> Iterator[tuple[Term, ...]]:
    yield from _publishing(catalog)
    yield from _explaining(catalog)
    yield from _announcing(catalog)


_FORMED = {"signed": "成文日期", "formed": "形成日期"}


def formed(item: Item) -> tuple[str, date] | None:
    """The key and the day of the forming of a record, None where it is not written."""
    for key in _FORMED:
        if (day := getattr(item.record, key, None)) is not None:
            return key, day
    return None


def _reversed(catalog: Catalog) -> Iterator[Problem]:
    """Records of ours that were public before they were formed: one of the two days is a slip."""
    for item in catalog.examined():
        start, published = formed(item), item.record.published
        if start and published and published.day < start[1] and catalog.is_own(item):
            message = f"公开日期早于{_FORMED[start[0]]} {start[1]}"
            yield REVERSED.at(item.mark("published"), message, "核对两个日期，改正写错的一个")


def _publishing(catalog: Catalog) -> Iterator[tuple[Term, ...]]:
    asked = _asked(catalog)
    for item in catalog.examined():
        record: Common = item.record
        start = formed(item)
        if start is None or start[1] < REGULATION or record.disclosure is not Disclosure.PROACTIVE:
            continue
        if (record.published is None and not record.draft) or not catalog.is_own(item):
            continue
        if _was_public_before(record):
            continue
        done = None if record.draft or record.published is None else record.published.day
        mark = item.mark("draft" if record.draft else "published")
        after = _FORMED[start[0]]
        terms = [Term(PUBLISHED, mark, after, start[1], LIMIT, "公开", done, remedy=UNSIGNED)]
        for limit, row in asked.get(item.key, ()):
            if (working := limit.unit == "workday") or limit.unit == "day":
                whose = f"目录 {row.id} 规定的"
                terms.append(Term(ROW_LIMIT, mark, after, start[1], limit.n, "公开", done, working, whose, UNSIGNED))
        yield tuple(terms)


def _was_public_before(record: Common) -> bool:
    """Whether `published` is the day of a later text: the first was in force before it, so it was public by then.

    The 20 days run from the forming of the first text to its own publication, of which nothing tells.
    """
    first = min((version.date for version in getattr(record, "versions", ())), default=None)
    return first is not None and record.published is not None and first < record.published.day


_FORMING = re.compile(
    r"^(自|从|在)?(制定|制作|获取|作出|产生|形成|印发|签订|或者?|该|本|政府|相关|行政)+"
    r"(信息|文件|政策|决定|许可|处罚)*(之日|后|时)?起?$"
)
"""An event that is the forming of the information itself: 制定或获取信息之日起, 自作出行政处罚决定之日起."""


def _asked(catalog: Catalog) -> dict[tuple[str, str], list[tuple[limits.Limit, Item]]]:
    """What the rows of standard lists ask of the records that they are published as."""
    found: dict[tuple[str, str], list[tuple[limits.Limit, Item]]] = defaultdict(list)
    for row in catalog.of("row"):
        limit = next((part for part in limits.parse(row.record.time_limit or "") if not part.topic), None)
        if limit is None or limit.mode != "within" or (limit.basis and not _FORMING.match(limit.basis)):
            continue
        for text in row.record.published_as:
            if key := catalog.names.one("*", text):
                found[key].append((limit, row))
    return found


def _explaining(catalog: Catalog) -> Iterator[tuple[Term, ...]]:
    """For each document its first explainer; one of several documents is timed by the last of them."""
    first: dict[tuple[str, str], Item] = {}
    for item in catalog.of("explainer"):
        rules = [rule for text in item.record.explains if (rule := catalog.find("rule", text))]
        dated = [rule for rule in rules if rule.record.published]
        rule = max(dated, key=lambda rule: rule.record.published, default=None)
        if rule is None or not catalog.is_own(rule):
            continue
        if rule.key not in first or _shown_on(item) < _shown_on(first[rule.key]):
            first[rule.key] = item
    for key, item in first.items():
        rule = catalog.items[key]
        start = rule.record.published.day
        if start < INTERPRETATION or form(rule.record, catalog.day) is Form.HIDDEN:
            continue
        done = None if _shown_on(item) == date.max else _shown_on(item)
        mark = item.mark("published" if item.record.published else "explains")
        yield (Term(EXPLAINED, mark, f"{rule.id} 公开于", start, 3, "公开解读", done),)


def _shown_on(item: Item) -> date:
    record: Common = item.record
    hidden = record.draft or record.disclosure in (Disclosure.WITHHELD, Disclosure.ON_REQUEST)
    return date.max if hidden or record.published is None else record.published.day


def _announcing(catalog: Catalog) -> Iterator[tuple[Term, ...]]:
    """Leaders. Without `announced` only of those who took office after the organ's page was made public."""
    for organ in catalog.of("organ"):
        since_when = organ.record.published.day if organ.record.published else date.max
        for position, leader in enumerate(organ.record.leaders):
            if leader.since and (leader.announced or leader.since >= since_when):
                mark = organ.mark("leaders", position, "announced" if leader.announced else "since")
                remedy = "在这位领导下面加上 announced: 公开的日期"
                after = f"{leader.name}任职"
                yield (Term(ANNOUNCED, mark, after, leader.since, 10, "公开", leader.announced, remedy=remedy),)


FAMILY = Family(
    "time",
    "时限和更新",
    codes=(
        PUBLISHED,
        ROW_LIMIT,
        EXPLAINED,
        reports.REPORTED,
        ANNOUNCED,
        NO_CALENDAR,
        calendars.CALENDAR,
        renewal.RENEWED,
        freshness.STALE,
        freshness.BLANK,
        freshness.TOO_STALE,
        freshness.UNKNOWN_COLUMN,
        REVERSED,
    ),
    checks=(check, reports.check, calendars.check, renewal.check, freshness.check),
)
