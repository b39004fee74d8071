"""`check:` of catalog.yaml → what this site sets for the checks. One class for each family, declared once, here.

Each has a default for everything, so that a check reads `catalog.settings.check.time.…` and never asks whether the
site said anything. A family that needs nothing from the site has no class.
"""

from __future__ import annotations

from gongkai.base.calendar import Every, Year
from gongkai.base.fields import Fields, Flag, Text


class Freshness(Fields):
    """How often one column, or those that a pattern means, are to be updated."""

    column: Text
    """栏目的地址，就是网址里域名后面的部分，例如 /explainers/；可以用 * 代表任意一段"""

    every: Every
    """间隔：14天、2周、6个月、1年，或不要求"""


class Time(Fields):
    """时限和更新."""

    calendar: tuple[Year, ...] = ()
    """程序里还没有的年份的官方日历，一年一项；程序里有的年份写在这里，就以这里为准"""

    freshness: tuple[Freshness, ...] = ()
    """栏目的更新间隔，写在后面的优先；不写时首页2周，政策栏目6个月"""


class Duties(Fields):
    """The settings of the checks, a key for each family that has any."""

    inspected: Flag = True
    """是否按政府网站检查的要求检查整个网站：每个机关的页面是否齐全、栏目有没有空白、是否及时更新。
    试用的网站和内部的资料库写 false"""

    time: Time = Time()
    """时限和更新的设置"""
