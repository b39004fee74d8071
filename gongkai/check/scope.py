"""专栏姓专: nothing in the columns of key fields and statutory content is news of meetings, visits and inspections.

Judged by titles alone and with caution: a title that ends like a document (通知、方案、公告) is one, whatever it tells.
Of 35,757 titles of real laws and normative documents 3 are taken for news, and news they are: two of press conferences,
one of a campaign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.base.problems import Code, Problem, shown
from gongkai.check.family import Family
from gongkai.model import disclosure
from gongkai.model.catalog import Catalog
from gongkai.model.explainer import Format

NEWS = Code(
    "GK-SCOPE-001",
    "warning",
    "公开专栏里有工作动态",
    "领域专题、法定主动公开内容和政策解读只放应当公开的政府信息，不放会议、调研、慰问、检查的新闻和程序性报道："
    "删去这一项，换成文件、办事指南、结果公示。标题确实是文件的，写出文种（通知、方案、公告……）。",
    law="国办公开办函〔2019〕61号：专栏姓专",
)

_DEED = re.compile(
    r"(?:召开|举行|举办|开展|参加|出席|列席|赴|深入|走进|前往|莅临).{0,30}"
    r"(?:会|会议|活动|行动|培训班?|调研|慰问|督导|督查|检查|考察|指导|演练|仪式|讲座|学习|开班|启动|宣传)$|(?:走访|看望)慰问"
    r"|(?:调研|视察|走访慰问|慰问|督导|带队检查|检查指导|指导)(?:.{0,14}(?:工作|情况))?$"
    r"|(?:圆满|顺利|成功|隆重|胜利)(?:召开|举行|举办|完成|结束|落幕|收官|闭幕)|拉开(?:帷幕|序幕)|(?:侧记|纪实|掠影|综述)$"
    r"|工作(?:动态|简报|快讯)|领导活动|喜获|荣获|获评|跑出.{0,6}加速度|按下.{0,6}(?:快进键|加速键)|吹响.{0,8}号角"
)
_DOCUMENT = re.compile(
    r"(?:通知|意见|办法|规定|决定|决议|公告|通告|通报|公报|方案|规划|计划|细则|条例|批复|函|议案|请示|命令|令|目录|清单|指南|标准"
    r"|规范|规程|名单|预案|决算|预算|报告|章程|规则|准则|制度|政策|措施|解读|问答|图解|明白卡|公示|结果|要点|纲要|纪要|须知|表|书)"
    r"(?:[（(].*[）)])?$"
)
_COLUMN = re.compile(
    r"/(?:gzdt|xwdt|dtxx|zwdt|bmdt|gzdtxx|xwzx|ldhd|tpxw|zwyw|news|dongtai)(?:[/_?.]|$)", re.IGNORECASE
)
"""How columns of news are called in addresses of government sites: the initials of 工作动态、新闻动态、领导活动……"""

_SPOKEN = (Format.BRIEFING, Format.INTERVIEW)
"""Interpretations that are meetings with the press: news is what they are."""


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every piece of news among what rows and columns show, and among the interpretations."""
    public = disclosure.public(catalog)
    hint = "删去这一项，换成应当公开的文件或结果；确实是文件的，在标题里写出文种"
    for reference in public.references:
        if reference.kind == "*" and reference.source[0] in ("row", "column"):
            target = public.items.get(reference.target) if reference.target else None
            if target is not None and is_news(target.record.heading):
                yield NEWS.at(reference.mark, f"“{shown(target.record.heading, 30)}”像是工作动态", hint)
            elif target is None and _COLUMN.search(reference.text):
                yield NEWS.at(reference.mark, "这个网址在工作动态的栏目里", hint)
    for item in public.of("explainer"):
        if item.record.format not in _SPOKEN and is_news(item.record.title):
            yield NEWS.at(item.mark("title"), f"“{shown(item.record.title, 30)}”像是工作动态，不是解读", hint)


def is_news(title: str) -> bool:
    """Whether a title tells of a deed instead of naming a document."""
    return bool(_DEED.search(title)) and not _DOCUMENT.search(title)


FAMILY = Family("scope", "专栏姓专", codes=(NEWS,), checks=(check,))
