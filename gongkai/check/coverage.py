"""应公开未公开: rows of the standard lists that are to be on the site and are not, one by one or by their share.

The numbers are those of `model.coverage`; what is asked of them is the site's to set, because a list is filled over
years: by default they are only counted in the report.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.base.problems import Code, Mark, Problem
from gongkai.check.family import Family
from gongkai.model.catalog import Catalog
from gongkai.model.coverage import Entry, Share, entries, share

UNPUBLISHED = Code(
    "GK-COVER-001",
    "warning",
    "应公开未公开",
    "标准目录的一行要在网站公开（公开方式有主动公开，渠道没有写，或政府网站是必选），published_as 还没有写公开在哪里。"
    "catalog.yaml 的 check.coverage.rows 为 true 时逐行提醒；不写时只在检查报告里统计。",
    law="国办发〔2016〕80号：定期抽查应公开未公开；国办发〔2019〕54号",
)
SHORT = Code(
    "GK-COVER-002",
    "warning",
    "目录的公开比例不够",
    "一个机关在一个领域的标准目录里，已经公开的行占应在网站公开的行的比例，低于 catalog.yaml 的 "
    "check.coverage.at_least（百分数）。",
    law="国办发〔2016〕80号：定期抽查应公开未公开；国办发〔2019〕54号",
)
GONE = Code(
    "GK-COVER-003",
    "warning",
    "目录的一行只绑定了已经撤下的内容",
    "published_as 里的内容都已撤下（withdrawn），这一行实际上没有公开。换成现在公开的内容。",
    law="国办发〔2016〕80号：定期抽查应公开未公开",
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """What is told of each row, and of each organ's rows in a field."""
    asked, found = catalog.settings.check.coverage, entries(catalog)
    for entry in found:
        if entry.withdrawn:
            message = f"{entry.row.id} 只绑定了已经撤下的内容"
            yield GONE.at(entry.row.mark("published_as"), message, "换成现在公开的内容，或删去 published_as")
        elif asked.rows and not entry.published:
            message = f"{entry.row.id}（{entry.row.record.heading}）应公开未公开"
            hint = "公开后加上 published_as: [rule:id]、[card:id] 或网址"
            yield UNPUBLISHED.at(entry.row.mark("id"), message, hint)
    if asked.at_least:
        yield from _short(catalog, found, asked.at_least)


def _short(catalog: Catalog, found: tuple[Entry, ...], least: int) -> Iterator[Problem]:
    paths: dict[tuple[str, str], str] = {}
    for entry in found:
        paths.setdefault((entry.organ, entry.field), entry.row.path)
    for (organ, field), part in share(found, lambda entry: [(entry.organ, entry.field)]).items():
        if part.percent < least:
            who, what = catalog.find("organ", organ), catalog.find("field", field)
            whose = f"{who.record.name if who else organ}{what.record.name if what else field}"
            yield SHORT.at(Mark(paths[organ, field]), f"{whose}领域公开了{say(part)}", f"公开到 {least}% 以上")


def say(part: Share) -> str:
    """`19 行中的 7 行（36%）`."""
    return f" {part.total} 行中的 {part.published} 行（{part.percent}%）"


FAMILY = Family("coverage", "应公开未公开", codes=(UNPUBLISHED, SHORT, GONE), checks=(check,))
