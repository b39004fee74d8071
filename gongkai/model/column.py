"""column.yaml → what an organ's disclosure column holds beyond its records, and why a group of it is empty.

Groups are the fifteen items of 政府信息公开条例 art 20 and, for governments, those of art 21 by level.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Annotated

from gongkai.base.fields import Choice, Fields, Ref, Text
from gongkai.base.problems import Code, Problem
from gongkai.model.organ import Level, OrganKind
from gongkai.model.record import Common, Kind
from gongkai.read.typed import Typed


class Group(Choice):
    """法定主动公开内容: art 20 (一)–(十五), then art 21."""

    REGULATIONS = "regulations", "行政法规、规章和规范性文件"
    ORGAN_PROFILE = "organ_profile", "机关职能、机构设置和联系方式"
    PLANS = "plans", "规划计划"
    STATISTICS = "statistics", "统计信息"
    LICENSING = "licensing_services", "行政许可和其他对外管理服务"
    PENALTIES = "penalties_coercion", "行政处罚和行政强制"
    BUDGET = "budget_final_accounts", "财政预算、决算"
    FEES = "fees", "行政事业性收费"
    PROCUREMENT = "procurement", "政府集中采购"
    MAJOR_PROJECTS = "major_projects", "重大建设项目"
    LIVELIHOOD = "livelihood", "扶贫、教育、医疗、社会保障、促进就业"
    EMERGENCY = "emergency", "突发公共事件应急"
    INSPECTIONS = "inspections", "监督检查"
    RECRUITMENT = "recruitment", "公务员招考"
    OTHER = "other_statutory", "其他法定信息"
    CITY_SERVICES = "city_services", "市政建设、公共服务、公益事业"
    LAND = "land_expropriation", "土地征收"
    HOUSING = "house_expropriation", "房屋征收"
    SECURITY = "public_security", "治安管理"
    ASSISTANCE = "social_assistance", "社会救助"
    RURAL_POLICY = "rural_policy", "贯彻落实农业农村政策"
    WATER = "water_works", "农田水利工程建设运营"
    FARMLAND = "farmland_transfer", "农村土地承包经营权流转"
    HOMESTEAD = "homestead", "宅基地使用情况审核"
    LEVIES = "levies", "筹资筹劳"


ARTICLE_20 = tuple(Group)[:15]
"""The groups of every organ, in the order of art 20."""

_CITY = (Group.CITY_SERVICES, Group.LAND, Group.HOUSING, Group.SECURITY, Group.ASSISTANCE)
_TOWNSHIP = (
    Group.RURAL_POLICY,
    Group.WATER,
    Group.FARMLAND,
    Group.HOMESTEAD,
    Group.LAND,
    Group.HOUSING,
    Group.LEVIES,
    Group.ASSISTANCE,
)


def groups(kind: OrganKind, level: Level) -> tuple[Group, ...]:
    """The groups that an organ must show: those of art 20, and for governments those of art 21 by their level.

    The departments of a government have those of art 21 too, as far as they are theirs: see `listed`.
    """
    if kind is not OrganKind.GOVERNMENT:
        return ARTICLE_20
    if level in (Level.CITY, Level.COUNTY):
        return ARTICLE_20 + _CITY
    return ARTICLE_20 + _TOWNSHIP if level is Level.TOWNSHIP else ARTICLE_20


def listed(kind: OrganKind, level: Level, declared: Container[Group]) -> tuple[Group, ...]:
    """The groups that an organ must show, then others that it has declared."""
    asked = groups(kind, level)
    return (*asked, *(group for group in Group if group in declared and group not in asked))


class Entry(Fields):
    """One group of the column."""

    group: Group
    """哪一组，例如 plans 规划计划、fees 行政事业性收费"""

    items: tuple[Annotated[Text, Ref("*", outside=True)], ...] = ()
    """放在这一组的内容：rule:id、card:id、explainer:id"""

    text: Text | None = None
    """这一组的说明文字"""

    none: Text | None = None
    """没有内容时的原因，会显示在页面上"""


class Column(Common):
    """The additions of one organ to its column."""

    groups: tuple[Entry, ...] = ()
    """各组的内容、说明或没有内容的原因"""

    @property
    def heading(self) -> str:
        """A column has no name of its own."""
        return "政府信息公开专栏"


TWICE = Code("GK-COLUMN-001", "error", "一组写了两次", "每一组只写一次，把内容合在一起。")


def groups_once(column: Typed[Column]) -> Iterable[Problem]:
    """Each group stands once."""
    seen: set[Group] = set()
    for position, entry in enumerate(column.record.groups or ()):
        if entry.group in seen:
            yield TWICE.at(column.mark("groups", position, "group"), f"{entry.group.label}写了两次", "合成一组")
        seen.add(entry.group)


STARTER = """\
disclosure: proactive
published: {day}
groups:
  - group: recruitment
    none: 请填写：没有这一组内容的原因
"""

KIND = Kind(
    name="column",
    label="政府信息公开专栏",
    fields=Column,
    folders=("",),
    file="column.yaml",
    rules=(groups_once,),
    starter=STARTER,
)
