"""年报的期限: annual reports that came late, and those that are overdue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.base.problems import Code, Problem
from gongkai.check.columns import inspected
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.organ import Level, Organ, OrganKind
from gongkai.model.record import Item

REPORTED = Code(
    "GK-TIME-004",
    "warning",
    "年报没有按时公布",
    "部门和乡镇每年1月31日前、县级以上人民政府每年3月31日前，公布上一年度的政府信息公开工作年度报告"
    "（annual/年份.md）。公布晚了的，不要改动日期，按规定说明原因。",
    law="政府信息公开条例第四十九条",
)

UNIFIED = 2019
"""The first year whose report has the dates of the regulation in force since 2019-05-15."""


def due(organ: Organ, year: int) -> date:
    """The last day for the report of `year` (条例第四十九条); a township has the day of a department."""
    county = organ.kind is OrganKind.GOVERNMENT and organ.level is not Level.TOWNSHIP
    return date(year + 1, 3, 31) if county else date(year + 1, 1, 31)


def check(catalog: Catalog) -> Iterator[Problem]:
    """Reports that came late, and the last one where it is overdue. Public utilities have other rules (art 55)."""
    reports: dict[tuple[str, int], Item] = {}
    for item in catalog.of("annual"):
        name = item.id.removeprefix(f"{item.organ}-")
        if re.fullmatch(r"20\d\d", name):
            reports[item.organ, int(name)] = item
    for organ in catalog.of("organ"):
        if organ.record.kind is OrganKind.PUBLIC_UTILITY:
            continue
        mine = {year: item for (id, year), item in reports.items() if id == organ.id}
        for year, item in sorted(mine.items()):
            last = due(organ.record, year)
            when = item.record.published
            if year >= UNIFIED and not item.record.draft and when and when.day > last:
                message = f"{year} 年的年报应在 {last} 以前公布，{when.day} 才公布"
                yield REPORTED.at(item.mark("published"), message, "核对公布日期；没有写错就是逾期，按规定说明原因")
        yield from _overdue(catalog, organ, mine.get(catalog.day.year - 1))


def _overdue(catalog: Catalog, organ: Item, report: Item | None) -> Iterator[Problem]:
    """The report of last year where it is not public yet; not asked of an organ that was not here on its last day."""
    year = catalog.day.year - 1
    last = due(organ.record, year)
    began = organ.record.published.day if organ.record.published else date.min
    if not inspected(catalog) or catalog.day <= last or began > last:
        return
    if report is None or form(report.record, catalog.day) is Form.HIDDEN:
        message = f"{organ.record.name}{year} 年的年报应在 {last} 以前公布，现在还没有"
        yield REPORTED.at(organ.mark(), message, f"写好后放在 content/{organ.id}/annual/{year}.md")
