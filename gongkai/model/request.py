"""request.md → how to ask an organ for information (依申请公开): channels, limits, fees, blank forms.

政府信息公开条例 arts 27–42. The site publishes forms and addresses; it never takes a request.
"""

from __future__ import annotations

from typing import Annotated

from gongkai.base.fields import Fields, Phone, Ref, Text
from gongkai.model.record import Kind, Titled


class Way(Fields):
    """A way to hand in a request: in person, by post, by fax, online."""

    name: Text
    """方式：当面、邮寄、传真、网上"""

    detail: Phone
    """地址、收件人、号码或说明"""

    url: Text | None = None
    """网上申请的地址"""

    received: Text | None = None
    """哪一天算收到申请（条例第三十一条）"""


class Limit(Fields):
    """A step with its limit."""

    step: Text
    """步骤，例如 答复"""

    limit: Text
    """时限，例如 20个工作日"""

    basis: Text | None = None
    """依据，例如 条例第三十三条"""


class Request(Titled):
    """The request page of one organ."""

    unit_name: Text
    """受理机构名称"""

    address: Text
    """办公地址"""

    office_hours: Text
    """办公时间"""

    phone: Phone
    """联系电话"""

    channels: tuple[Way, ...]
    """申请方式：当面、邮寄、传真、网上，一种一项"""

    limits: tuple[Limit, ...] = ()
    """办理时限：一步一项"""

    steps: tuple[Text, ...] = ()
    """办理流程：一步一行，代替只有图的流程图"""

    fees: Text | None = None
    """收费说明"""

    remedies: Text | None = None
    """监督救济渠道"""

    regime: Annotated[Text | None, Ref("regime")] = None
    """依申请公开制度的 id"""


STARTER = """\
---
title: 请填写机关全称依申请公开
disclosure: proactive
published: {day}
unit_name: 请填写受理机构名称
address: 请填写办公地址
office_hours: 周一至周五 8:30—12:00，14:00—17:30（法定节假日除外）
phone: 请填写联系电话
channels:
  - name: 当面
    detail: 请填写地址
  - name: 邮寄
    detail: 请填写收件地址、邮编，并请在信封上注明“政府信息公开申请”
limits:
  - step: 补正告知
    limit: 7个工作日
    basis: 条例第三十条
  - step: 答复
    limit: 20个工作日
    basis: 条例第三十三条
---
"""

KIND = Kind(
    name="request",
    label="依申请公开",
    fields=Request,
    folders=("",),
    file="request.md",
    pages=False,
    starter=STARTER,
)
