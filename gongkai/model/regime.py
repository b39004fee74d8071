"""regime/*.md → the rules of disclosure work (政府信息公开制度) of an organ."""

from __future__ import annotations

from typing import Annotated

from gongkai.base.fields import Choice, Ref, Text
from gongkai.model.record import Kind, Titled


class Topic(Choice):
    """The set of regimes that an organ is expected to have; a site may use others besides."""

    REGULATION = "regulation", "条例和上位规定"
    PROACTIVE = "proactive", "主动公开"
    SOURCE_ATTRIBUTE = "source_attribute", "公文公开属性源头认定"
    SECRECY_REVIEW = "secrecy_review", "保密审查"
    REQUEST = "request", "依申请公开"
    DECISION = "decision", "重大决策预公开"
    MEETING = "meeting", "会议公开"
    INTERPRETATION = "interpretation", "政策解读"
    RESPONSE = "response", "回应关切"
    CATALOG = "catalog", "公开目录动态调整"
    CORRECTION = "correction", "虚假和不完整信息澄清"
    COORDINATION = "coordination", "发布协调"
    ASSESSMENT = "assessment", "考核、评议和责任追究"
    OTHER = "other", "其他"


class Regime(Titled):
    """One regime: its text, or the document of the rules database that holds it."""

    topic: Topic = Topic.OTHER
    """哪一类制度，例如 secrecy_review 保密审查、request 依申请公开"""

    rule: Annotated[Text | None, Ref("rule", outside=True)] = None
    """制度就是文件库里的一份文件时，写它的 id、《标题》或文号"""


STARTER = """\
---
title: 请填写制度名称
topic: other               # secrecy_review 保密审查、request 依申请公开、interpretation 政策解读……
disclosure: proactive
published: {day}
---

第一条　请在这里写正文。
"""

KIND = Kind(
    name="regime",
    label="政府信息公开制度",
    fields=Regime,
    folders=("regime",),
    file="*.md",
    pages=False,
    starter=STARTER,
)
