"""cards/*.md → an explainer card (政策明白卡): who gets what, how much, how to apply, and which document says so.

Its five elements are 主要内容、涉及范围、执行标准、办理流程、申请渠道 (Guizhou 2020; no national standard is known).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from gongkai.base.fields import Date, Fields, Phone, Ref, Text
from gongkai.base.problems import Code, Problem
from gongkai.model.organ import Level
from gongkai.model.record import Kind, Titled
from gongkai.model.term import Side
from gongkai.read.typed import Typed


class Source(Fields):
    """The document that a card explains."""

    rule: Annotated[Text, Ref("rule", outside=True)]
    """政策文件：本站的 id、《标题》或文号"""

    articles: tuple[Text, ...] = ()
    """依据的条款，例如 第十二条。文件修改时据此提醒"""

    version: Date | None = None
    """依据的是从哪一天起施行的文本。不写时按这张卡最近更新的日期推定"""


class Amount(Fields):
    """An amount of the standard (执行标准)."""

    item: Text
    """项目，例如 一档补贴"""

    amount: Text
    """标准，例如 每人每月 720 元"""

    note: Text | None = None
    """说明"""


class Step(Fields):
    """A step of the procedure (办理流程)."""

    step: Text
    """做什么"""

    who: Text | None = None
    """谁来做"""

    time: Text | None = None
    """多长时间"""


class Channel(Fields):
    """A way to apply (申请渠道): at a window, online or by phone."""

    name: Text
    """渠道名称，例如 镇政务服务中心民政窗口"""

    url: Text | None = None
    """网上办理的地址"""

    address: Text | None = None
    """办理地点"""

    hours: Text | None = None
    """办理时间"""

    phone: Phone | None = None
    """电话"""


class Question(Fields):
    """A question with its answer."""

    q: Text
    """问"""

    a: Text
    """答"""


class Card(Titled):
    """A card. The five elements are in the front matter; the body may say more."""

    main_content: Text
    """主要内容：一两句话说清给谁什么"""

    scope: tuple[Text, ...]
    """涉及范围：谁可以申请，一个条件一行"""

    standard: tuple[Amount, ...]
    """执行标准：项目和金额"""

    procedure: tuple[Step, ...]
    """办理流程：一步一行"""

    channel: tuple[Channel, ...]
    """申请渠道：窗口、网上、电话"""

    sources: tuple[Source, ...]
    """政策依据"""

    side: Side
    """惠企还是利民：enterprise 或 people"""

    industries: tuple[Annotated[Text, Ref("industry")], ...] = ()
    """行业：agriculture 农业、manufacturing 制造业……见行业词表"""

    audiences: tuple[Annotated[Text, Ref("audience")], ...]
    """办事的人：elderly 老年人、farmer 农户……见词表"""

    fields: tuple[Annotated[Text, Ref("field")], ...] = ()
    """领域"""

    level: Level
    """政策的层级：national、province、city、county、township"""

    valid_from: Date | None = None
    """从哪一天起可以申请"""

    valid_until: Date | None = None
    """申请截止日期"""

    materials: tuple[Text, ...] = ()
    """申请材料"""

    contact: Phone | None = None
    """咨询的科室或联系人"""

    phone: Phone | None = None
    """咨询电话"""

    supervise_phone: Phone | None = None
    """监督电话"""

    faq: tuple[Question, ...] = ()
    """问答"""

    scenario: Text | None = None
    """一个例子：像老张这样的情况能得到什么"""


EMPTY = Code(
    "GK-CARD-001",
    "error",
    "明白卡的要素是空的",
    "主要内容、涉及范围、执行标准、办理流程、申请渠道和政策依据都要写；列表至少一项。",
    law="贵州省2020年政务公开工作要点：政策明白卡的五个要素（没有查到全国的标准，本程序对所有网站都这样要求）",
)
PERIOD = Code("GK-CARD-002", "error", "申请的起止日期颠倒", "valid_until 不能早于 valid_from。")

_ELEMENTS = {
    "scope": "涉及范围",
    "standard": "执行标准",
    "procedure": "办理流程",
    "channel": "申请渠道",
    "sources": "政策依据",
    "audiences": "办事的人",
}


def elements_are_filled(card: Typed[Card]) -> Iterable[Problem]:
    """Each of the five elements, and the source, has at least one entry."""
    for key, name in _ELEMENTS.items():
        if getattr(card.record, key) == ():
            yield EMPTY.at(card.mark(key), f"{name}是空的", "至少写一项")
    start, end = card.record.valid_from, card.record.valid_until
    if start and end and end < start:
        yield PERIOD.at(card.mark("valid_until"), "申请截止日期早于开始日期", f"开始日期是 {start}；截止日期应在之后")


STARTER = """\
---
title: 请填写政策名称
disclosure: proactive
published: {day}
side: people               # people 利民、enterprise 惠企
level: county              # national、province、city、county、township
audiences: [resident]      # 办事的人：elderly 老年人、farmer 农户、enterprise 企业……
fields: []                 # 领域，例如 [social_assistance]
main_content: 请填写：一两句话说清给谁什么
scope:
  - 请填写：谁可以申请，一个条件一行
standard:
  - item: 请填写项目
    amount: 请填写标准，例如每人每月 100 元
procedure:
  - step: 请填写第一步
channel:
  - name: 请填写窗口名称
    address: 请填写地址
    phone: 请填写电话
materials:
  - 请填写申请材料
sources:
  - rule: 《请填写政策文件的标题》
phone: 请填写咨询电话
---

请在这里写正文，补充要素里没有说到的；没有补充就删去这一段。
"""

KIND = Kind(
    name="card",
    label="政策明白卡",
    fields=Card,
    folders=("cards",),
    file="*.md",
    rules=(elements_are_filled,),
    reserved=frozenset({"industry", "audience", "page"}),
    starter=STARTER,
)
