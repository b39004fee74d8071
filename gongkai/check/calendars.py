"""官方日历: what cannot be true of a year of holidays and made-up working days that a site has added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.base.calendar import Span, Year
from gongkai.base.problems import Code, Mark, Problem
from gongkai.model.catalog import Catalog

CALENDAR = Code(
    "GK-TIME-007",
    "error",
    "官方日历有误",
    "check.time.calendar 里的一年，要和国务院办公厅关于这一年节假日安排的通知一致：日期在这一年"
    "（元旦假期可以从上一年十二月开始），元旦、劳动节、国庆节放假，调休上班的是周六或周日，同一天不能又放假又上班，同一年只写一次。",
    law="全国年节及纪念日放假办法",
)

_ALWAYS = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""Days off in every year (全国年节及纪念日放假办法): a list without one of them is a slip, or of another year."""


def check(catalog: Catalog) -> Iterator[Problem]:
    """What cannot be true of a year that the site has added."""
    seen: set[int] = set()
    for position, year in enumerate(catalog.settings.check.time.calendar):
        place = ("check", "time", "calendar", position)
        if year.year in seen:
            yield CALENDAR.at(catalog.setting(*place, "year"), f"{year.year} 年写了两次", "合成一项")
        seen.add(year.year)
        yield from _faults(catalog, place, year)


def _faults(catalog: Catalog, place: tuple[int | str, ...], year: Year) -> Iterator[Problem]:
    off = {day for span in year.holidays for day in span}
    for key in ("holidays", "workdays"):
        for position, span in enumerate(getattr(year, key)):
            mark = catalog.setting(*place, key, position)
            strays = [day for day in span if day.year != year.year and (day.year, day.month) != (year.year - 1, 12)]
            if strays:
                yield CALENDAR.at(mark, f"{strays[0]} 不在 {year.year} 年", "只写这一年和上一年十二月的日子")
            elif key == "workdays":
                yield from _made_up(mark, span, off)
    lacking = [date(year.year, *day) for day in _ALWAYS if date(year.year, *day) not in off]
    if lacking:
        mark = catalog.setting(*place, "holidays")
        yield CALENDAR.at(mark, f"放假的日子里没有 {lacking[0]}", "对照通知补上；元旦、劳动节和国庆节每年都放假")


def _made_up(mark: Mark, span: Span, off: set[date]) -> Iterator[Problem]:
    for day in span:
        if day in off:
            yield CALENDAR.at(mark, f"{day} 又放假又上班", "对照通知删去其中一处")
        elif day.weekday() < 5:
            yield CALENDAR.at(mark, f"{day} 不是周六、周日", "平常的工作日不用写，只写调休上班的周六、周日")
