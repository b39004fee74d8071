"""explainers/*.md → a policy interpretation (政策解读), bound to the documents that it explains.

Its nine elements are those of 国办发〔2016〕80号: 背景依据、目标任务、主要内容、涉及范围、执行标准 first, then
注意事项、关键词诠释、惠民利民举措、新旧政策差异.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from gongkai.base.fields import FILE, Choice, Date, Fields, Ref, Text
from gongkai.base.problems import Code, Problem
from gongkai.model.card import Question
from gongkai.model.record import Kind, Titled
from gongkai.read.typed import Typed


class Format(Choice):
    """解读形式."""

    TEXT = "text", "文字解读"
    QUESTIONS = "questions", "简明问答"
    GRAPHICS = "graphics", "图解"
    AUDIO = "audio", "音频"
    VIDEO = "video", "视频"
    BRIEFING = "briefing", "新闻发布会、吹风会"
    INTERVIEW = "interview", "在线访谈"
    ARTICLE = "article", "撰写文章"
    EXPERT = "expert", "专家解读"
    SCENARIO = "scenario", "场景式解读"


class Interpreter(Choice):
    """解读人."""

    PRINCIPAL = "principal", "部门主要负责人（第一解读人）"
    DEPARTMENT = "department", "起草部门"
    EXPERT = "expert", "专家"
    MEDIA = "media", "媒体"


class Terms(Fields):
    """A word of the document and what it means."""

    term: Text
    """关键词"""

    meaning: Text
    """诠释"""


class Difference(Fields):
    """A point on which the new policy differs from the old."""

    point: Text
    """哪一点"""

    before: Text
    """原来"""

    now: Text
    """现在"""


class Explainer(Titled):
    """An interpretation. Elements may stand in the front matter or as headings of the body."""

    explains: tuple[Annotated[Text, Ref("rule", outside=True)], ...]
    """解读的文件：本站的 id、《标题》或文号"""

    version: Date | None = None
    """解读的是从哪一天起施行的文本，文件修改过而解读的是旧文本时写。不写时按这篇解读最近更新的日期推定"""

    format: Format
    """解读形式：text、questions、graphics、audio、video、briefing……"""

    interpreter: Annotated[Text, Ref("organ", outside=True)]
    """解读机关：谁起草、谁解读"""

    interpreter_kind: Interpreter = Interpreter.DEPARTMENT
    """解读人：principal 部门主要负责人（第一解读人）、department、expert、media"""

    person: Text | None = None
    """解读人姓名和职务"""

    background: Text | None = None
    """背景依据"""

    objectives: Text | None = None
    """目标任务"""

    main_content: Text | None = None
    """主要内容"""

    scope: Text | None = None
    """涉及范围"""

    standards: Text | None = None
    """执行标准"""

    cautions: Text | None = None
    """注意事项"""

    glossary: tuple[Terms, ...] = ()
    """关键词诠释"""

    benefits: Text | None = None
    """惠民利民举措"""

    differences: tuple[Difference, ...] = ()
    """新旧政策差异"""

    faq: tuple[Question, ...] = ()
    """问答"""

    media: Annotated[Text | None, Ref(FILE)] = None
    """图、音频或视频文件，从本文件所在的文件夹算起"""

    transcript: Text | None = None
    """图、音频或视频的文字说明：内容要和它一样"""


NOTHING = Code(
    "GK-EXPLAIN-001",
    "error",
    "解读没有写解读哪份文件",
    "explains 写被解读文件的 id、《标题》或文号，至少一份：解读和文件要双向关联。",
    law="政府网站检查指标（国办秘函〔2019〕19号）：解读关联",
)
NO_TWIN = Code(
    "GK-EXPLAIN-002",
    "error",
    "图、音频或视频没有文字说明",
    "写 transcript，或把同样的内容写在正文里：看不见或听不见的人也要能读到。",
    law="政府信息公开条例第四十三条；GB/T 37668-2019：可感知性",
)


def explains_something(explainer: Typed[Explainer]) -> Iterable[Problem]:
    """An interpretation names a document, and what is drawn or spoken has a twin in words."""
    record = explainer.record
    if record.explains == ():
        yield NOTHING.at(explainer.mark("explains"), "没有写解读哪份文件", "写被解读文件的 id、《标题》或文号")
    seen_or_heard = record.format in (Format.GRAPHICS, Format.AUDIO, Format.VIDEO)
    if seen_or_heard and record.media and not record.transcript:
        yield NO_TWIN.at(explainer.mark("media"), "没有文字说明", "加上 transcript: 用文字写出同样的内容")


STARTER = """\
---
title: 《请填写文件标题》政策解读
explains: [《请填写被解读的文件》]
format: text               # text、questions、graphics、audio、video、briefing、expert……
interpreter: {organ}
disclosure: proactive
published: {day}
background: 请填写背景依据
objectives: 请填写目标任务
main_content: 请填写主要内容
scope: 请填写涉及范围
standards: 请填写执行标准
---

请在这里写正文，展开说明；不需要时删去这一段。
"""

KIND = Kind(
    name="explainer",
    label="政策解读",
    fields=Explainer,
    folders=("explainers",),
    file="*.md",
    rules=(explains_something,),
    reserved=frozenset({"page"}),
    starter=STARTER,
)
