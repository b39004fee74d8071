"""`check:` of catalog.yaml → what this site sets for the checks. One class for each family, declared once, here.

Each has a default for everything, so that a check reads `catalog.settings.check.time.…` and never asks whether the
site said anything. A family that needs nothing from the site has no class.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

from gongkai.base.calendar import Every, Year
from gongkai.base.fields import Fields, Flag, Text, fail
from gongkai.base.problems import shown


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


def _percent(value: object) -> object:
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and int(value[:4]) <= 100):
        raise fail(f"不能是 {shown(value)}", "写 0 到 100 之间的整数，例如 80")
    return value


class Coverage(Fields):
    """应公开未公开."""

    rows: Flag = False
    """标准目录里应在网站公开、还没有公开的行，是否逐行提醒；写 false 时只在检查报告里统计"""

    at_least: Annotated[int, BeforeValidator(_percent)] = 0
    """一个机关在一个领域至少要公开百分之几的行，不到的提醒；0 表示不提醒"""


def _pattern(value: object) -> object:
    if isinstance(value, str):
        try:
            re.compile(value)
        except re.error as error:
            raise fail(f"不是正则表达式：{shown(value)}", f"改正第 {(error.pos or 0) + 1} 个字符附近") from error
    return value


class Numbers(Fields):
    """编号."""

    index_no: Annotated[str | None, BeforeValidator(_pattern)] = None
    """索引号的格式，写成正则表达式，例如 '(?P<code>[0-9A-Z]{18})/(?P<year>[0-9]{4})-[0-9]{5}'；
    叫 code 的部分核对统一社会信用代码，叫 year 的部分核对年份。不写时，以18位代码开头的只核对代码"""


class Interpretation(Fields):
    """政策解读."""

    required: Flag = False
    """本站自己的规章和行政规范性文件是否都要有解读，没有的提醒"""


class Allowed(Fields):
    """One exception: what may be published although it looks personal."""

    value: Text
    """号码或住址（写全），或附件的路径，例如 content/jiaoyu/rules/files/扫描件.pdf"""

    reason: Text
    """为什么可以公开，例如 值班电话；已经人工核对"""


class Privacy(Fields):
    """Personal data."""

    allow: tuple[Allowed, ...] = ()
    """可以公开的号码、住址，或查不了、已经人工核对的附件。联系方式的字段（phone、fax……）里的办公电话不用写"""


class Word(Fields):
    """One word that the site does not use."""

    wrong: Text
    """不能用、容易用错的词"""

    right: Text | None = None
    """应当写成什么；不写的，是不能使用的词，检查时算错误"""

    unless: tuple[Text, ...] = ()
    """这个词在哪些说法里可以用，例如 wrong 是 帐、unless 是 [帐篷, 蚊帐]"""

    reason: Text | None = None
    """为什么，例如依据哪一份规定"""


class Hygiene(Fields):
    """文字质量."""

    words: tuple[Word, ...] = ()
    """不能使用和容易用错的词，一词一项；只查本站自己的内容"""


def _days(value: object) -> object:
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and 0 < int(value[:4]) <= 365):
        raise fail(f"不能是 {shown(value)}", "写 1 到 365 之间的整数，例如 7")
    return value


class Linking(Fields):
    """链接."""

    external_days: Annotated[int, BeforeValidator(_days)] = 7
    """gongkai check --external 问过的外部链接，过多少天再问"""


class Duties(Fields):
    """The settings of the checks, a key for each family that has any."""

    inspected: Flag = True
    """是否按政府网站检查的要求检查整个网站：每个机关的页面是否齐全、栏目有没有空白、是否及时更新。
    试用的网站和内部的资料库写 false"""

    time: Time = Time()
    """时限和更新的设置"""

    coverage: Coverage = Coverage()
    """应公开未公开的设置"""

    numbers: Numbers = Numbers()
    """编号的设置"""

    interpretation: Interpretation = Interpretation()
    """政策解读的设置"""

    privacy: Privacy = Privacy()
    """个人信息"""

    hygiene: Hygiene = Hygiene()
    """文字质量的设置"""

    links: Linking = Linking()
    """链接的设置"""
