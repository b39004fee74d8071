"""guide.md → the guide to government information (政府信息公开指南) of an organ.

政府信息公开条例 art 12 says what a guide contains: classification, arrangement, ways of access, and the name, address,
hours, telephone, fax and online contact of the unit in charge.
"""

from __future__ import annotations

from gongkai.base.fields import Phone, Text
from gongkai.model.record import Kind, Titled


class Guide(Titled):
    """The guide of one organ. The body may go further than the elements."""

    classification: Text
    """政府信息的分类"""

    arrangement: Text
    """编排体系"""

    access_methods: Text
    """获取方式"""

    unit_name: Text
    """公开工作机构名称"""

    address: Text
    """办公地址"""

    office_hours: Text
    """办公时间"""

    phone: Phone
    """联系电话"""

    fax: Phone
    """传真号码；没有传真时写“无”"""

    online_contact: Phone
    """互联网联系方式，例如电子邮箱"""

    supervision: Phone | None = None
    """监督救济渠道"""


ELEMENTS = (
    "classification",
    "arrangement",
    "access_methods",
    "unit_name",
    "address",
    "office_hours",
    "phone",
    "fax",
    "online_contact",
    "supervision",
)
"""The elements in the order of art 12."""

STARTER = """\
---
title: 请填写机关全称政府信息公开指南
disclosure: proactive
published: {day}
classification: 请填写政府信息的分类
arrangement: 请填写编排体系
access_methods: 请填写获取方式
unit_name: 请填写公开工作机构名称
address: 请填写办公地址
office_hours: 周一至周五 8:30—12:00，14:00—17:30（法定节假日除外）
phone: 请填写联系电话
fax: 无
online_contact: 请填写电子邮箱
---
"""

KIND = Kind(
    name="guide",
    label="政府信息公开指南",
    fields=Guide,
    folders=("",),
    file="guide.md",
    pages=False,
    starter=STARTER,
)
