"""organ.yaml → an organ: who it is, what it does, how to reach it.

Fields follow 政府信息公开条例 art 20(2): functions, structure, address, hours, contact, name of the head.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from gongkai.base.fields import FILE, Choice, Date, Fields, Phone, Ref, Text
from gongkai.base.problems import Code, Problem
from gongkai.model.record import Common, Kind
from gongkai.read.typed import Typed


class Level(Choice):
    """行政层级."""

    NATIONAL = "national", "国家"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


class OrganKind(Choice):
    """What an organ is: it decides which duties it has (政府信息公开条例 arts 20, 21, 55)."""

    GOVERNMENT = "government", "人民政府"
    DEPARTMENT = "department", "部门"
    PUBLIC_UTILITY = "public_utility", "公共企事业单位"


class Leader(Fields):
    """A leader as published; no identity number, no mobile number (个人信息保护法)."""

    name: Text
    """姓名"""

    post: Text
    """职务"""

    duties: Text | None = None
    """分管工作"""

    resume: Text | None = None
    """简历"""

    photo: Annotated[Text | None, Ref(FILE)] = None
    """照片文件，从 organ.yaml 所在的文件夹算起"""

    email: Text | None = None
    """公开的电子邮箱"""

    since: Date | None = None
    """任职日期"""

    announced: Date | None = None
    """任职信息公开的日期"""


class Division(Fields):
    """An internal division (内设机构)."""

    name: Text
    """名称"""

    duties: Text | None = None
    """职责"""

    head: Text | None = None
    """负责人"""

    phone: Phone | None = None
    """电话"""


class Unit(Fields):
    """A subordinate unit (所属单位)."""

    name: Text
    """名称"""

    duties: Text | None = None
    """职能"""

    head: Text | None = None
    """负责人"""

    address: Text | None = None
    """地址"""

    phone: Phone | None = None
    """电话"""


class Contacts(Fields):
    """How to reach the organ."""

    address: Text
    """办公地址"""

    phone: Phone
    """联系电话"""

    fax: Phone | None = None
    """传真"""

    postcode: Text | None = None
    """邮政编码"""

    email: Text | None = None
    """电子邮箱"""

    website: Text | None = None
    """网站"""

    supervision: Phone | None = None
    """监督投诉电话"""


class Hours(Fields):
    """Office hours, to the minute; several entries where summer and winter differ."""

    season: Text | None = None
    """适用的时段，例如 夏季（5月1日至9月30日）；全年一样时不写"""

    days: Text
    """哪几天，例如 周一至周五（法定节假日除外）"""

    time: Text
    """几点到几点，例如 8:30—12:00，14:30—17:30"""


class Organ(Common):
    """An organ of this catalog; the folder name is its id."""

    name: Text
    """机关全称"""

    aliases: tuple[Text, ...] = ()
    """简称和曾用名；文件的发文机关写这些名字时认作本机关"""

    kind: OrganKind
    """类别：government 人民政府、department 部门、public_utility 公共企事业单位"""

    level: Level
    """层级：national、province、city、county、township"""

    parent: Annotated[Text | None, Ref("organ")] = None
    """上级机关：它的文件夹名"""

    uscc: Text | None = None
    """统一社会信用代码"""

    head: Text | None = None
    """负责人姓名"""

    duties: tuple[Text, ...] = ()
    """主要职责，一项一行"""

    leaders: tuple[Leader, ...] = ()
    """领导信息"""

    divisions: tuple[Division, ...] = ()
    """内设机构"""

    units: tuple[Unit, ...] = ()
    """所属单位"""

    contacts: Contacts | None = None
    """联系方式"""

    office_hours: tuple[Hours, ...] = ()
    """办公时间"""

    @property
    def heading(self) -> str:
        """The full name."""
        return self.name


OWN_PARENT = Code(
    "GK-ORGAN-001",
    "error",
    "上级机关是自己",
    "parent 写上级机关的文件夹名；没有上级机关时不写 parent。",
)


def parent_is_another(organ: Typed[Organ]) -> Iterable[Problem]:
    """An organ is not its own parent."""
    parent = organ.record.parent
    if parent and parent in (organ.record.name, *(organ.record.aliases or ())):
        yield OWN_PARENT.at(organ.mark("parent"), "上级机关写成了自己", "改为上级机关的文件夹名，或删去这一行")


STARTER = """\
name: 请填写机关全称
kind: department        # government 人民政府、department 部门、public_utility 公共企事业单位
level: county           # national、province、city、county、township
disclosure: proactive
published: {day}
head: 请填写负责人姓名
duties:
  - 请填写主要职责，一项一行
divisions:
  - name: 请填写内设机构名称
contacts:
  address: 请填写办公地址
  phone: 请填写联系电话
office_hours:
  - days: 周一至周五（法定节假日除外）
    time: 8:30—12:00，14:00—17:30
"""

KIND = Kind(
    name="organ",
    label="机构",
    fields=Organ,
    folders=("",),
    file="organ.yaml",
    rules=(parent_is_another,),
    reserved=frozenset({"common"}),
    names=lambda organ: (organ.name, *organ.aliases),
    starter=STARTER,
)
