"""The columns of a printed list → the keys of a row. What a header may be called, and what a template explains.

Headers are those of the ministries' guides for the pilot fields, with the variants of provincial and county copies, and
of the 主动公开事项目录. A column that is not printed carries a key that would otherwise be lost.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

GROUPS = ("公开事项", "公开对象", "公开方式", "公开层级")
"""What stands over several columns of a header of two rows."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name among us, the key of the row that it fills, what it and its group are headed.

    `sort`: text, list (one a line), tick, choice. `always`: written also when no row uses it. `only_read` columns are
    forms of other tables, never written.
    """

    name: str
    key: str
    header: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    sort: str = "text"
    width: int = 14
    always: bool = False
    only_read: bool = False


COLUMNS = (
    Column("id", "id", "编号", ("永久编号",), always=True),
    Column("seq", "seq", "序号", width=6, always=True),
    Column("item_l1", "item_l1", "一级事项", ("一级目录", "公开事项名称", "事项名称"), "公开事项", always=True),
    Column("item_l2", "item_l2", "二级事项", ("二级目录",), "公开事项", always=True, width=20),
    Column("item_l3", "item_l3", "三级事项", ("三级目录",), "公开事项", width=20),
    Column("elements", "elements", "公开内容（要素）", ("公开内容", "公开要素"), "", "list", 40, always=True),
    Column("bases", "bases", "公开依据", ("依据",), "", "list", 40, always=True),
    Column("time_limit", "time_limit", "公开时限", ("时限", "公开期限"), width=24, always=True),
    Column(
        "subjects",
        "subjects",
        "公开主体",
        ("公开责任单位", "公开责任主体", "公开责任部门", "责任主体"),
        "",
        "list",
        18,
        always=True,
    ),
    Column(
        "channels",
        "channels",
        "公开渠道和载体",
        ("公开渠道", "公开渠道及载体", "公开载体"),
        "",
        "list",
        30,
        always=True,
    ),
    Column("audience_all", "audience_all", "全社会", ("面向社会",), "公开对象", "tick", 8, always=True),
    Column(
        "audience_group",
        "audience_group",
        "特定群体",
        ("特定群众", "特定对象", "特定人群", "特定群体请写明", "特定群众请写明"),
        "公开对象",
        width=16,
        always=True,
    ),
    Column("mode_proactive", "mode_proactive", "主动", ("主动公开",), "公开方式", "tick", 6, always=True),
    Column("mode_request", "mode_request", "依申请", ("依申请公开",), "公开方式", "tick", 8, always=True),
    Column("level_province", "levels", "省级", ("省",), "公开层级", "tick", 6),
    Column("level_city", "levels", "市级", ("市", "地市级", "设区市级"), "公开层级", "tick", 6, always=True),
    Column(
        "level_county", "levels", "县级", ("县", "区县级", "县区级", "县市区级"), "公开层级", "tick", 6, always=True
    ),
    Column(
        "level_township",
        "levels",
        "乡级",
        ("乡", "镇级", "乡镇级", "镇街", "镇街级", "乡镇街道级", "乡镇街道"),
        "公开层级",
        "tick",
        6,
        always=True,
    ),
    Column("level_village", "levels", "村级", ("村", "村居", "村居级", "村社区级"), "公开层级", "tick", 6, always=True),
    Column("scope", "scope", "公开范围"),
    Column("item_class", "item_class", "事项类别", ("公开类别",), width=12),
    Column("format", "format", "公开格式", ("格式",)),
    Column("stages", "stages", "五公开", ("公开环节",), "", "list"),
    Column(
        "link",
        "link",
        "网站所属栏目",
        ("公开链接", "网站公开渠道", "一键直达", "所属栏目", "网站所属栏目或公开链接"),
        width=24,
    ),
    Column("owner", "owner", "责任科室", ("责任处室", "责任单位", "责任科股室")),
    Column("consult_phone", "consult_phone", "咨询电话"),
    Column("supervise_phone", "supervise_phone", "监督举报电话", ("监督电话", "举报电话")),
    Column("published_as", "published_as", "公开在哪里", (), "", "list", 30),
    Column("supplements", "supplements", "补充"),
    Column("block", "block", "要素模板", (), "", "choice"),
    Column("portions", "portions", "分项", ("时限分项",), width=40),
    Column("disclosure", "disclosure", "公开属性", (), "", "choice"),
    Column("ground", "ground", "不予公开的理由", (), "", "choice"),
    Column("reason", "reason", "具体说明"),
    Column("next_review", "next_review", "下次评估日期"),
    Column("formed", "formed", "形成日期"),
    Column("published", "published", "公布日期", ("公开日期", "发布日期")),
    Column("updated", "updated", "更新日期"),
    Column("display_until", "display_until", "公示截止日期"),
    Column("draft", "draft", "草稿", (), "", "tick"),
    Column("keywords", "keywords", "关键词", (), "", "list"),
    Column("summary", "summary", "内容概述"),
    Column("field", "", "领域"),
    Column("title", "", "目录名称"),
    Column("profile", "", "目录格式"),
    Column("more", "", "其他键"),
    Column("item", "item_l1", "公开事项", only_read=True),
    Column("audience", "audience_all", "公开对象", ("公开对象范围",), only_read=True),
    Column("mode", "mode_proactive", "公开方式", only_read=True),
    Column("levels", "levels", "公开层级", only_read=True),
    Column("level_rural", "levels", "乡、村级", ("乡镇村级", "镇村级", "乡镇村"), "公开层级", "tick", only_read=True),
)

BY_NAME = {column.name: column for column in COLUMNS}


def plain_header(text: str) -> str:
    """A header for comparing: NFKC, Han characters, letters and digits only."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


_NAMES = {plain_header(word): column.name for column in COLUMNS for word in (column.header, *column.aliases)}


def named(text: str) -> str:
    """The name of the column that is headed `text`, also with its group before it (公开对象-全社会); "" for none."""
    word = plain_header(text)
    if word in _NAMES:
        return _NAMES[word]
    for group in GROUPS:
        rest = word.removeprefix(group)
        if rest != word and rest in _NAMES and BY_NAME[_NAMES[rest]].group == group:
            return _NAMES[rest]
    return ""
