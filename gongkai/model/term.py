"""common/industries.yaml, common/audiences.yaml → closed vocabularies that a site picks from and adds to."""

from __future__ import annotations

from gongkai.base.fields import Choice, Fields, Text
from gongkai.model.record import Common, Disclosure, Kind, Many


class Side(Choice):
    """惠企 or 利民: the two tabs of explainer cards."""

    ENTERPRISE = "enterprise", "惠企"
    PEOPLE = "people", "利民"


class Term(Common):
    """An entry of a vocabulary: its key is part of addresses, its name is shown."""

    disclosure: Disclosure = Disclosure.PROACTIVE
    """公开属性；词表都是公开的"""

    key: Text
    """关键字：小写英文字母、数字和下划线，用在地址里，不再改变"""

    name: Text
    """名称"""

    name_en: Text | None = None
    """英文名称，英文界面用；自带的名称另取了中文的，自带的英文不再用"""

    aliases: tuple[Text, ...] = ()
    """别名；引用时写别名也认得"""

    @property
    def heading(self) -> str:
        """The name."""
        return self.name


class Audience(Term):
    """Who a policy is for."""

    side: Side = Side.PEOPLE
    """惠企还是利民：enterprise 或 people"""


class TermFile(Fields):
    """A vocabulary file. With it a site uses the entries listed there and no others."""


def names(term: Term) -> tuple[str, ...]:
    """What an entry may be called."""
    return (term.name, *term.aliases)


STARTER = """\
# 本站使用的词：没有列出的不能用。自带的只写 key，自己增加的还要写 name。
{list}:
{shipped}
"""

INDUSTRY = Kind(
    name="industry",
    label="行业",
    fields=Term,
    folders=("",),
    file="industries.yaml",
    many=Many("industries", "key", TermFile, shipped="industries.yaml"),
    common=True,
    names=names,
    pages=False,
    starter=STARTER.replace("{list}", "industries"),
)

AUDIENCE = Kind(
    name="audience",
    label="办事的人",
    fields=Audience,
    folders=("",),
    file="audiences.yaml",
    many=Many("audiences", "key", TermFile, shipped="audiences.yaml"),
    common=True,
    names=names,
    pages=False,
    starter=STARTER.replace("{list}", "audiences"),
)
