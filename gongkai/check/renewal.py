"""目录里写明的更新时间: rows that promise something every month or year, held against what they are published as."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.base.problems import Code, Problem
from gongkai.model import limits
from gongkai.model.catalog import Catalog
from gongkai.model.coverage import on_site
from gongkai.model.disclosure import Form, form
from gongkai.model.record import Item

RENEWED = Code(
    "GK-TIME-008",
    "warning",
    "到了标准目录规定的更新时间，没有更新",
    "标准目录的一行写明每月、每季度、每半年、每年更新，或者每年某月某日前公开的，published_as 里的内容要按时更新："
    "换成新的一期，或更新内容并写 updated。",
    law="国办发〔2019〕54号：目录包括公开时限",
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every row whose period has gone by without anything new in what it is published as."""
    for row in filter(lambda item: on_site(item.record), catalog.of("row")):
        for limit in limits.parse(row.record.time_limit or ""):
            if limit.topic or limit.mode not in ("periodic", "by_date"):
                continue
            newest = _newest(catalog, row)
            if newest and not _kept(limit, newest, catalog.day):
                message = f"{row.id} 要求“{row.record.time_limit}”，公开的内容最近更新是 {newest}"
                hint = "在 published_as 换成新的一期；内容还是那一份的，更新后写上它的 updated"
                yield RENEWED.at(row.mark("published_as"), message, hint)


def _newest(catalog: Catalog, row: Item) -> date | None:
    """The last day on which something that a row is published as was updated; None when that cannot be known."""
    days = []
    for text in row.record.published_as:
        key = catalog.names.one("*", text)
        item = catalog.items.get(key) if key else None
        if item is None:
            return None
        if form(item.record, catalog.day) in (Form.FULL, Form.NOTICE):
            days += [when.day for when in (item.record.published, item.record.updated) if when]
    return max((day for day in days if day <= catalog.day), default=None)


_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def _kept(limit: limits.Limit, newest: date, day: date) -> bool:
    """Whether the last whole period, or the one that runs, has something.

    A quarter is one of the calendar: January and June are both in time for 每季度, five months apart.
    """
    if limit.mode == "by_date":
        return _yearly(limit, newest) >= _yearly(limit, day) - 1
    if limit.unit in _MONTHS:
        length = limit.n * _MONTHS[limit.unit]
        return _month(newest) // length >= _month(day) // length - 1
    if limit.unit == "week":
        return (newest.toordinal() - 1) // 7 >= (day.toordinal() - 1) // 7 - limit.n
    # Every day: without working hours of the organ nothing can be said.
    return True


def _yearly(limit: limits.Limit, day: date) -> int:
    """The year of the last due day before `day`. What is due on a day may be new at any time since the one before."""
    due = (limit.month, limit.day or 31)
    return day.year if (day.month, day.day) > due else day.year - 1


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
