"""要素和栏目: every organ has its pages, every statutory group is filled or declared empty, and no element is missing.

What a declaration can demand is demanded there (`model/`, and `check/rows.py` for the columns of a standard list); here
stands what depends on the organ, or on what an element says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gongkai.base.problems import Code, Mark, Problem
from gongkai.check import elements, sections
from gongkai.check.columns import NAMES, Column, columns, inspected, unreadable
from gongkai.check.family import Family
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.record import Item

PAGES = Code(
    "GK-STRUCT-001",
    "warning",
    "机构的专栏缺少栏目内容",
    "每个机构的政府信息公开专栏要有指南、制度、法定主动公开内容、年报，2021年的栏目设置还有依申请公开。"
    "按提示用 gongkai new 生成，再填写。",
    law="国办公开办函〔2019〕61号；国办公开办函〔2021〕33号",
)
GROUPS = Code(
    "GK-STRUCT-002",
    "warning",
    "法定主动公开内容有空白的组",
    "每一组在 column.yaml 里写 items（放进来的内容）、text（说明），没有内容的写 none（原因，会显示在页面上）。"
    "规章和规范性文件、机关职能两组自动列出。",
    law="政府信息公开条例第二十条、第二十一条；国办公开办函〔2019〕61号",
)
PROFILE = Code(
    "GK-STRUCT-003",
    "warning",
    "机构信息缺少法定要素",
    "organ.yaml 要写机关职能 duties、机构设置 divisions（没有内设机构的写所属单位 units）、"
    "办公地址和联系电话 contacts、办公时间 office_hours、负责人姓名 head。",
    law="政府信息公开条例第二十条第二项",
)
UNDATED = Code(
    "GK-STRUCT-004",
    "warning",
    "没有写公开日期",
    "公开的内容要写 published：没有日期的内容，网站检查时算没有更新，也算不出是否按时公开。",
    law="政府网站检查指标（国办秘函〔2019〕19号）；政府信息公开条例第二十六条",
)

_MISSING = {
    "zn": ("guide.md", "gongkai new guide {id}"),
    "zd": ("regime/*.md", "gongkai new regime {id}-regulation --organ {id}"),
    "ysqgk": ("request.md", "gongkai new request {id}"),
}
"""What fills a section, with the command that begins it.

政策 is filled by the documents that an organ makes; a report is asked for when it is due (`check/reports.py`).
"""


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above."""
    if not inspected(catalog):
        return
    yield from _undated(catalog)
    empty: dict[str, list[Column]] = defaultdict(list)
    for column in columns(catalog):
        if not column.filled:
            empty[column.organ].append(column)
    for organ in catalog.of("organ"):
        if form(organ.record, catalog.day) is not Form.HIDDEN:
            yield from _pages(catalog, organ, empty[organ.id])
            yield from _profile(organ)


def _pages(catalog: Catalog, organ: Item, empty: list[Column]) -> Iterator[Problem]:
    """One problem for the sections that an organ lacks, and one for the groups of its statutory content."""
    lacking = [(NAMES[column.section], *_MISSING[column.section]) for column in empty if column.section in _MISSING]
    declared = next((item for item in catalog.examined("column") if item.organ == organ.id), None)
    if declared is None and not unreadable(catalog, "column", organ.id):
        lacking.append((NAMES["fdzdgknr"], "column.yaml", "gongkai new column {id}"))
    if lacking:
        names = "、".join(name for name, _, _ in lacking)
        commands = "；".join(f"{file}：{command.format(id=organ.id)}" for _, file, command in lacking)
        yield PAGES.at(organ.mark(), f"{organ.record.name}的专栏缺少{names}", commands)
    groups = [column for column in empty if "#" in column.address]
    if declared and groups:
        names = "、".join(f"{column.section}（{column.name.rpartition('·')[2]}）" for column in groups)
        hint = "每一组写 items 或 text；没有内容的写 none: 原因"
        yield GROUPS.at(declared.mark(), f"有 {len(groups)} 组没有内容，也没有写原因：{names}", hint)


def _profile(organ: Item) -> Iterator[Problem]:
    record = organ.record
    elements = {
        "duties": ("机关职能", record.duties),
        "divisions": ("机构设置", record.divisions or record.units),
        "contacts": ("办公地址和联系电话", record.contacts),
        "office_hours": ("办公时间", record.office_hours),
        "head": ("负责人姓名", record.head),
    }
    lacking = {key: name for key, (name, value) in elements.items() if not value}
    if lacking:
        hint = "加上 " + "、".join(lacking)
        yield PROFILE.at(organ.mark(), f"{record.name}的机构信息没有写{'、'.join(lacking.values())}", hint)


_DATED = ("organ", "card", "explainer", "guide", "regime", "request", "annual", "column", "row")
"""Kinds that a reader looks up by their date; of a document the date is obligatory (`check/rules.py`)."""


def _undated(catalog: Catalog) -> Iterator[Problem]:
    """Public content of ours without a date; once for a file that holds many records."""
    seen: set[str] = set()
    for item in catalog.examined():
        undated = item.kind in _DATED and item.record.published is None and "published" not in item.source.doubtful
        shown = form(item.record, catalog.day) in (Form.FULL, Form.NOTICE)
        if undated and shown and item.path not in seen:
            seen.add(item.path)
            yield UNDATED.at(Mark(item.path), "没有写公开日期", "加上一行 published: 2024-03-05（换成真实日期）")


FAMILY = Family(
    "structure",
    "要素和栏目",
    codes=(PAGES, GROUPS, PROFILE, UNDATED, *elements.CODES, sections.ORDER),
    checks=(check, elements.check),
    on_page=(sections.sections,),
)
