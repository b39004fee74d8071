"""Days and intervals as a site writes them in catalog.yaml → values: `2027-02-05 至 2027-02-11`, `2周`, a whole year.

A year here is an official one: the holidays and the made-up working days (调休) of a notice of the State Council's
General Office. Nothing in this program guesses them.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from gongkai.base.fields import Fields, Text, fail, read_date
from gongkai.base.problems import shown


@dataclass(frozen=True, slots=True)
class Span:
    """Some days on end, both ends counted."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_span)


def _span(value: Any) -> Span:
    if isinstance(value, Span):
        return value
    if not isinstance(value, str):
        raise fail("这里应当是日期", "写成 2027-01-01，或 2027-02-05 至 2027-02-11")
    first, _, last = (part.strip() for part in re.sub(r"到|~|～|—+", "至", value).partition("至"))
    span = Span(read_date(first), read_date(last or first))
    if not timedelta() <= span.last - span.first <= timedelta(days=31):
        raise fail(f"起止日期不对：{shown(value)}", "前一个日期在先，相隔不超过一个月")
    return span


Days = Annotated[Span, WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}( 至 \d{4}-\d{2}-\d{2})?$"})]
"""A day, `2027-01-01`, or days on end, `2027-02-05 至 2027-02-11`."""


@dataclass(frozen=True, slots=True)
class Interval:
    """How often a column is to be updated: `n` of `unit` (天, 周, 个月, 年); n 0 asks for nothing."""

    n: int
    unit: str

    def __str__(self) -> str:
        return f"{self.n}{self.unit}" if self.n else NEVER

    def since(self, day: date) -> date:
        """The first day that still counts as new on `day`: what is older has not been updated for the interval."""
        if self.unit in _DAYS:
            return day - timedelta(days=self.n * _DAYS[self.unit])
        months = day.year * 12 + day.month - 1 - self.n * (12 if self.unit == "年" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_interval)


NEVER = "不要求"
"""What a site writes for a column that need not be updated."""

_DAYS = {"天": 1, "周": 7}


def _interval(value: Any) -> Interval:
    if isinstance(value, Interval):
        return value
    found = re.fullmatch(r"(\d{1,3})\s*个?(天|日|周|星期|月|年)", value.strip()) if isinstance(value, str) else None
    if found and int(found[1]):
        return Interval(int(found[1]), {"日": "天", "星期": "周", "月": "个月"}.get(found[2], found[2]))
    if value == NEVER:
        return Interval(0, "")
    raise fail(f"读不懂这个间隔：{shown(value)}", f"写成 14天、2周、6个月、1年，或{NEVER}")


Every = Annotated[Interval, WithJsonSchema({"type": "string", "pattern": rf"^([1-9]\d*(天|周|个月|年)|{NEVER})$"})]
"""How often: `14天`, `2周`, `6个月`, `1年`, or `不要求`."""


def _year(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"(20|21)\d\d", value):
        raise fail(f"不是年份：{shown(value)}", "写四位数字，例如 2027")
    return value


class Year(Fields):
    """The official calendar of one year."""

    year: Annotated[int, BeforeValidator(_year)]
    """哪一年，例如 2027"""

    source: Text
    """依据：国务院办公厅关于这一年节假日安排的通知的文号"""

    holidays: tuple[Days, ...]
    """放假的日子，一段一项：2027-01-01，或 2027-02-05 至 2027-02-11"""

    workdays: tuple[Days, ...] = ()
    """调休上班的周六、周日"""
