"""standards/*.yaml, supplements/*.yaml → rows of a standard list (政务公开标准目录): what to publish, when, where.

Columns follow the ministries' guides for the pilot fields (国办发〔2019〕54号 asks for name, content, basis, limit,
subject, mode, channel, audience); the profile `directory` has those of the 主动公开事项目录.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from gongkai.base.fields import Choice, Fields, Flag, Phone, Ref, Text, When
from gongkai.model import limits
from gongkai.model.record import Common, Disclosure, Item, Kind, Many


class Profile(Choice):
    """Which columns a list has."""

    STANDARD = "standard", "政务公开标准目录"
    DIRECTORY = "directory", "主动公开事项目录"


class Need(Choice):
    """■ or □ (official legend of the guides: ■ 必选项, □ 可选项); a channel not named is absent."""

    REQUIRED = "required", "必选"
    OPTIONAL = "optional", "可选"


class RowLevel(Choice):
    """公开层级; a village (村、居) is a level of its own."""

    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"
    VILLAGE = "village", "村级"


class Stage(Choice):
    """五公开."""

    DECISION = "decision", "决策"
    EXECUTION = "execution", "执行"
    MANAGEMENT = "management", "管理"
    SERVICE = "service", "服务"
    RESULT = "result", "结果"


class Block(Choice):
    """Reusable sets of elements, for rows that share them."""

    POLICY_FILE = "policy_file", "政策文件"
    GUIDE_ASSISTANCE = "guide_assistance", "救助办事指南"
    GUIDE_SOCIAL_INSURANCE = "guide_social_insurance", "社会保险办事指南"
    GUIDE_HOUSEHOLD = "guide_household", "户籍办事指南"
    SUBSIDY = "subsidy", "补贴"
    ENFORCEMENT = "enforcement", "执法事项"
    PROCESS = "process", "受理、拟决定、决定"


BLOCKS: dict[Block, tuple[str, ...]] = {
    Block.POLICY_FILE: ("文件名称", "文号", "发布部门", "发布日期", "实施日期", "正文"),
    Block.GUIDE_ASSISTANCE: (
        "办理事项",
        "办理条件",
        "救助供养标准",
        "申请材料",
        "办理流程",
        "办理时间",
        "办理地点",
        "联系方式",
    ),
    Block.GUIDE_SOCIAL_INSURANCE: (
        "事项名称",
        "事项简述",
        "办理材料",
        "办理方式",
        "办理时限",
        "结果送达",
        "收费依据及标准",
        "办事时间",
        "办理机构及地点",
        "咨询查询途径",
        "监督投诉渠道",
    ),
    Block.GUIDE_HOUSEHOLD: ("受理部门", "办理条件", "办理流程", "所需材料", "办理时限", "收费依据及标准"),
    Block.SUBSIDY: ("政策依据", "申请指南", "补贴结果", "监督渠道"),
    Block.ENFORCEMENT: (
        "机构职能、权责清单、执法人员名单",
        "执法程序或者流程图",
        "执法依据",
        "裁量基准",
        "咨询、监督投诉方式",
        "处罚决定",
        "救济渠道",
    ),
    Block.PROCESS: ("受理情况", "拟决定情况", "决定"),
}


class Channels(Fields):
    """公开渠道和载体: each required, optional or, when not named, absent."""

    gov_site: Need | None = None
    """政府网站"""

    gazette: Need | None = None
    """政府公报"""

    wechat_weibo_app: Need | None = None
    """两微一端"""

    press_hearing: Need | None = None
    """发布会/听证会"""

    broadcast: Need | None = None
    """广播电视"""

    print_media: Need | None = None
    """纸质媒体"""

    reading_point: Need | None = None
    """公开查阅点"""

    service_center: Need | None = None
    """政务服务中心"""

    convenience_station: Need | None = None
    """便民服务站"""

    visit_onsite: Need | None = None
    """入户/现场"""

    notice_board: Need | None = None
    """社区/企事业单位/村公示栏（电子屏）"""

    targeted_push: Need | None = None
    """精准推送"""

    other: Need | None = None
    """其他渠道，名称写在 other_name"""

    other_name: Text | None = None
    """其他渠道的名称"""


def _limit(value: object) -> object:
    if isinstance(value, str):
        if re.fullmatch(r"\s*同(上|“.*”|\".*\")\s*", value):
            message, hint = "不能写“同上”", "写出完整的时限：内容要能单独读懂"
        elif not limits.parse(value):
            message, hint = f"读不懂这个时限：{value}", "可以写成：" + "；".join(limits.FORMS)
        else:
            return value.strip()
        raise PydanticCustomError("author", "{message}", {"message": message, "hint": hint})
    return value


LimitText = Annotated[str, BeforeValidator(_limit)]
"""A time limit as typed; it must be one that `model.limits` can read."""

Element = Text
"""One element of the content: ●必选 (also without a mark), 〇可选."""


class Portion(Fields):
    """Elements of a row that have a limit or channels of their own."""

    elements: tuple[Element, ...]
    """这一部分的要素"""

    time_limit: LimitText | None = None
    """这一部分的公开时限"""

    channels: Channels | None = None
    """这一部分的公开渠道"""


class RowFile(Fields):
    """A file of rows; what is written here holds for every row that does not say otherwise."""

    field: Annotated[Text | None, Ref("field")] = None
    """领域；不写时用文件名"""

    profile: Profile = Profile.STANDARD
    """目录的格式：standard 政务公开标准目录、directory 主动公开事项目录"""

    title: Text | None = None
    """目录的名称；不写时用领域的名称"""

    disclosure: Disclosure | None = None
    """公开属性"""

    published: When | None = None
    """公布日期"""

    updated: When | None = None
    """更新日期"""

    subjects: tuple[Annotated[Text, Ref("organ", outside=True)], ...] = ()
    """公开主体"""

    levels: tuple[RowLevel, ...] = ()
    """公开层级"""

    time_limit: LimitText | None = None
    """公开时限"""

    channels: Channels | None = None
    """公开渠道和载体"""

    bases: tuple[Text, ...] = ()
    """公开依据"""

    consult_phone: Phone | None = None
    """咨询电话"""

    supervise_phone: Phone | None = None
    """监督举报电话"""


class Row(Common):
    """A row. Its `id` never changes, whatever becomes of its 序号."""

    id: Text
    """永久编号：小写英文字母、数字和连字符，例如 jy-01"""

    seq: Text | None = None
    """序号"""

    item_l1: Text | None = None
    """一级事项"""

    item_l2: Text | None = None
    """二级事项"""

    item_l3: Text | None = None
    """三级事项"""

    elements: tuple[Element, ...] = ()
    """公开内容（要素）：●表示必选（不写也是必选），〇表示可选"""

    block: Block | None = None
    """现成的一组要素，代替逐项写 elements"""

    portions: tuple[Portion, ...] = ()
    """时限或渠道不同的几部分要素"""

    bases: tuple[Text, ...] = ()
    """公开依据：《名称》（文号）第×条"""

    time_limit: LimitText | None = None
    """公开时限"""

    subjects: tuple[Annotated[Text, Ref("organ", outside=True)], ...] = ()
    """公开主体：本站机关的文件夹名，或机关、角色的名称"""

    channels: Channels | None = None
    """公开渠道和载体：required 必选（■）、optional 可选（□）"""

    audience_all: Flag = False
    """公开对象：全社会"""

    audience_group: Text | None = None
    """公开对象：特定群体，写明是谁"""

    mode_proactive: Flag = False
    """公开方式：主动"""

    mode_request: Flag = False
    """公开方式：依申请"""

    levels: tuple[RowLevel, ...] = ()
    """公开层级：county 县级、township 乡级、village 村级……"""

    format: Text | None = None
    """公开格式：文本、图表、音频、视频"""

    stages: tuple[Stage, ...] = ()
    """五公开：decision 决策、execution 执行、management 管理、service 服务、result 结果"""

    link: Text | None = None
    """网站所属栏目或公开链接"""

    consult_phone: Phone | None = None
    """咨询电话"""

    supervise_phone: Phone | None = None
    """监督举报电话"""

    item_class: Text | None = None
    """事项类别：法定公开或其他"""

    scope: Text | None = None
    """公开范围（主动公开事项目录）"""

    supplements: Annotated[Text | None, Ref("row")] = None
    """补充哪一行标准目录：写那一行的 id；只能写在 supplements 文件夹里"""

    published_as: tuple[Annotated[Text, Ref("*")], ...] = ()
    """公开在哪里：rule:id、card:id、explainer:id，或链接"""

    @property
    def heading(self) -> str:
        """The most specific item, with those above it."""
        return " / ".join(item for item in (self.item_l1, self.item_l2, self.item_l3) if item) or self.id


def field_of(item: Item) -> str:
    """The field that a row belongs to: what its file says, else the name of the file."""
    return (item.file.field if item.file else None) or item.group


STARTER = """\
disclosure: proactive
published: {day}
subjects: [{organ}]
levels: [county]
time_limit: 自信息形成或者变更之日起20个工作日内
channels: {gov_site: required, notice_board: optional}
bases:
  - 《中华人民共和国政府信息公开条例》
rows:
  - id: {organ}-{id}-01
    item_l1: 请填写一级事项
    item_l2: 请填写二级事项
    elements:
      - ●请填写必选的要素
      - 〇请填写可选的要素
    audience_all: true
    mode_proactive: true
"""

KIND = Kind(
    name="row",
    label="标准目录",
    fields=Row,
    folders=("standards", "supplements"),
    file="*.yaml",
    many=Many("rows", "id", RowFile),
    names=lambda row: (),
    pages=False,
    starter=STARTER,
)
