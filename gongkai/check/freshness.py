"""更新: which columns of the site are empty, and which have not been updated for their interval.

Counted as the inspectors of government sites count (国办秘函〔2019〕19号): what has no date counts as not updated.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from gongkai.base.calendar import Interval
from gongkai.base.fields import guess
from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.check.columns import Column, columns, inspected
from gongkai.model.catalog import Catalog
from gongkai.render import urls
from gongkai.render.pages.column import SECTIONS

SITE = Mark("catalog.yaml")

INSPECTION = "政府网站检查指标（国办秘函〔2019〕19号）"

STALE = Code(
    "GK-TIME-009",
    "warning",
    "栏目到期没有更新",
    "首页两个星期、政策栏目六个月没有更新，网站检查时按没有更新计算；没有写日期的内容也算没有更新。"
    "其他栏目的间隔写在 catalog.yaml 的 check.time.freshness 里，也可以在那里改首页和政策栏目的间隔。",
    law=f"{INSPECTION}：首页不更新、栏目不更新",
)
BLANK = Code(
    "GK-TIME-010",
    "warning",
    "空白栏目太多",
    "空白栏目达到五个，网站检查时单项否决。补上内容；"
    "法定主动公开内容的一组确实没有内容的，在 column.yaml 里用 none 写明原因；"
    "本站不负责的领域，从 content/common/fields.yaml 里删去。",
    law=f"{INSPECTION}：空白栏目5个以上单项否决",
)
TOO_STALE = Code(
    "GK-TIME-011",
    "warning",
    "没有更新的栏目太多",
    "到期没有更新的政策类栏目达到五个，或者各类栏目合计达到十个，网站检查时单项否决。按 GK-TIME-009 逐个更新。",
    law=f"{INSPECTION}：栏目不更新",
)
UNKNOWN_COLUMN = Code(
    "GK-TIME-012",
    "error",
    "没有这个栏目",
    "check.time.freshness 的 column 写栏目的地址，就是网址里域名后面的部分，例如 /explainers/；可以用 * 代表任意一段，"
    "例如 /organs/*/zfxxgk/zc/。",
)
MOST_BLANK = 5
MOST_STALE_POLICY = 5
MOST_STALE = 10
"""Counts from which a site fails at once (国办秘函〔2019〕19号)."""

HOME, POLICY = Interval(2, "周"), Interval(6, "个月")
"""How often the home page and the policies of the root organ are to be updated when the site says nothing."""

NAMED = 5
"""Columns that a message names; it counts the rest."""


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every fault above. A site that is not inspected is asked only for the intervals that it has set itself."""
    found = list(columns(catalog))
    yield from _unknown(catalog, found)
    stale = list(_stale(catalog, found))
    yield from (problem for _, problem in stale)
    if not inspected(catalog):
        return
    policy = sum(column.section in ("zc", "rules") for column, _ in stale)
    if policy >= MOST_STALE_POLICY or len(stale) >= MOST_STALE:
        message = f"到期没有更新的栏目有 {len(stale)} 个，其中政策类 {policy} 个"
        hint = f"政策类达到 {MOST_STALE_POLICY} 个，或合计达到 {MOST_STALE} 个，网站检查不合格；按 {STALE.id} 逐个更新"
        yield TOO_STALE.at(SITE, message, hint)
    blank = [column.name for column in found if not column.filled and column.section != "home"]
    if len(blank) >= MOST_BLANK:
        names = "、".join(blank[:NAMED]) + ("……" if len(blank) > NAMED else "")
        hint = f"达到 {MOST_BLANK} 个，网站检查不合格；补上内容，或在 column.yaml 里用 none 写明没有内容的原因"
        yield BLANK.at(SITE, f"空白栏目有 {len(blank)} 个：{names}", hint)


def _unknown(catalog: Catalog, found: list[Column]) -> Iterator[Problem]:
    """Intervals for columns that are not there."""
    for position, wanted in enumerate(catalog.settings.check.time.freshness):
        if not any(fnmatchcase(column.address, wanted.column) for column in found):
            meant = guess(wanted.column, [column.address for column in found])
            hint = f"是不是 {meant}？" if meant else "写栏目网址里域名后面的部分，例如 /explainers/"
            mark = catalog.setting("check", "time", "freshness", position, "column")
            yield UNKNOWN_COLUMN.at(mark, f"没有 {shown(wanted.column)} 这个栏目", hint)


def _stale(catalog: Catalog, found: list[Column]) -> Iterator[tuple[Column, Problem]]:
    for column in found:
        every = _interval(catalog, column)
        if not (column.filled and every and every.n):
            continue
        newest = column.newest(catalog.day)
        if newest is None or newest < every.since(catalog.day):
            said = f"最近更新是 {newest}，已超过 {every}" if newest else "里的内容都没有日期，算没有更新"
            hint = "公开新的内容，或更新已有的内容并写 updated；间隔可以在 catalog.yaml 的 check.time.freshness 里改"
            yield column, STALE.at(column.mark, f"{column.name}（{column.address}）{said}", hint)


def _interval(catalog: Catalog, column: Column) -> Interval | None:
    """How often a column is to be updated: the last entry of the site that means it, else what inspectors ask."""
    for wanted in reversed(catalog.settings.check.time.freshness):
        if fnmatchcase(column.address, wanted.column):
            return wanted.every
    if not inspected(catalog):
        return None
    if column.section == "home":
        return HOME
    policy = (
        urls.column(catalog.settings.root, root=True, section="zc")
        if "zc" in SECTIONS[catalog.settings.column]
        else urls.RULES
    )
    return POLICY if column.address == policy else None
