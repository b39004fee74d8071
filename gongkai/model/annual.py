"""annual/2025.md → the annual report on disclosure work (政府信息公开工作年度报告) of an organ, as prose.

政府信息公开条例 arts 49–50; the six parts of its form are headings of the text.
"""

from __future__ import annotations

from gongkai.base.fields import Phone
from gongkai.model.record import Kind, Titled


class Annual(Titled):
    """The report of one organ for the year in the file name."""

    contact: Phone | None = None
    """对报告有疑问时怎样联系"""


STARTER = """\
---
title: 请填写机关全称 {id} 年政府信息公开工作年度报告
disclosure: proactive
published: {day}
---

## 一、总体情况

请在这里写正文。

## 二、主动公开政府信息情况

请在这里写正文。

## 三、收到和处理政府信息公开申请情况

请在这里写正文。

## 四、政府信息公开行政复议、行政诉讼情况

请在这里写正文。

## 五、存在的主要问题及改进情况

请在这里写正文。

## 六、其他需要报告的事项

请在这里写正文。
"""

KIND = Kind(
    name="annual",
    label="政府信息公开年报",
    fields=Annual,
    folders=("annual",),
    file="*.md",
    of_organ=True,
    pages=False,
    starter=STARTER,
)
