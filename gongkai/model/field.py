"""common/fields.yaml → the fields (领域) of a site: which of the shipped ones it uses, and its own."""

from __future__ import annotations

from typing import Annotated

from gongkai.base.fields import Flag, Phone, Ref, Text
from gongkai.model.record import Kind, Many
from gongkai.model.term import Term, TermFile, names


class Field(Term):
    """A field of grass-roots disclosure (基层政务公开领域), such as 义务教育. Each has a special page."""

    ministry: Text | None = None
    """制定标准指引的国务院部门"""

    leads: tuple[Annotated[Text, Ref("organ")], ...] = ()
    """本站负责这个领域的机关，牵头的在前"""

    phone: Phone | None = None
    """咨询电话；不写时用牵头机关的电话"""

    pilot: Flag = True
    """是否属于 26 个试点领域；不属于的只有网站写明才使用"""


STARTER = """\
# 本站公开的领域：没有列出的不公开，不负责的删去。自带的领域只写 key 和本站的内容，自己增加的还要写 name。
# 每一项可以写 leads: [机关的文件夹名]、summary: 一句话说明、phone: 咨询电话。
fields:
{shipped}
"""

KIND = Kind(
    name="field",
    label="领域",
    fields=Field,
    folders=("",),
    file="fields.yaml",
    common=True,
    many=Many("fields", "key", TermFile, shipped="fields.yaml"),
    names=names,
    starter=STARTER,
)
