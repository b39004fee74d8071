"""rules/*.md → a rule or normative document (规章、规范性文件): its metadata; the body is its text.

Fields and labels follow the metadata box of government sites: 索引号, 发文字号, 发文机关, 成文日期, 发布日期, 有效性.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from gongkai.base.fields import Choice, Date, Fields, Ref, Text, When
from gongkai.base.problems import Code, Problem
from gongkai.model.record import Kind, Titled
from gongkai.read.typed import Typed


class Type(Choice):
    """文件类别, by legal force (立法法)."""

    LAW = "law", "法律"
    REGULATION = "regulation", "行政法规"
    LOCAL_REGULATION = "local_regulation", "地方性法规"
    DEPARTMENT_RULE = "department_rule", "部门规章"
    GOVERNMENT_RULE = "government_rule", "地方政府规章"
    NORMATIVE = "normative", "行政规范性文件"
    JUDICIAL_INTERPRETATION = "judicial_interpretation", "司法解释"
    OTHER = "other", "其他文件"


class Status(Choice):
    """有效性, as a source declares it; what the site shows is computed (`model.validity`)."""

    PENDING = "pending", "尚未施行"
    IN_FORCE = "in_force", "现行有效"
    AMENDED = "amended", "已修改"
    SUSPENDED = "suspended", "暂停执行"
    REPLACED = "replaced", "已有新文本"
    EXPIRED = "expired", "失效"
    REPEALED = "repealed", "废止"


class Repeal(Fields):
    """An explicit repeal by a later document."""

    on: Date
    """自哪一天起废止"""

    by: Annotated[Text | None, Ref("rule", outside=True)] = None
    """由哪份文件废止：本站的 id、《标题》或文号"""


class Version(Fields):
    """An earlier text of a document. Its words stand in a file of their own; the body is the present text."""

    date: Date
    """这个文本从哪一天起施行"""

    note: Text | None = None
    """说明，例如 2022年第一次修改后的文本"""

    file: Text | None = None
    """文件，从本文件所在的文件夹算起。不写时是 id 文件夹里以日期命名的 .md，例如 minzheng-2024-2/2022-05-01.md"""


class Event(Fields):
    """A step in the life of a document: passed, approved, published, amended."""

    date: Date
    """日期"""

    event: Text
    """经过，例如 市人民政府第12次常务会议通过"""


Reference = Annotated[Text, Ref("rule", outside=True)]
"""A document: an id of this site, a 《title》 or a document number (文号)."""


class Rule(Titled):
    """A rule or normative document. One issued outside this catalog needs only title, type and issuers."""

    title: Text
    """标题"""

    type: Type
    """文件类别：law 法律、regulation 行政法规、local_regulation 地方性法规、department_rule 部门规章、
    government_rule 地方政府规章、normative 行政规范性文件、judicial_interpretation 司法解释、other 其他文件"""

    type_label: Text | None = None
    """类别另有叫法时写在这里，页面上显示这个词"""

    issuers: tuple[Annotated[Text, Ref("organ", outside=True)], ...]
    """发文机关：本站机关的文件夹名，或机关名称；几个机关联合发文时牵头的写在最前。不详时写 []"""

    doc_no: Text | None = None
    """发文字号，例如 示政规〔2024〕3号"""

    index_no: Text | None = None
    """索引号"""

    reg_no: Text | None = None
    """统一登记号"""

    signed: Date | None = None
    """成文日期"""

    published: When | None = None
    """发布日期，可以写到分钟。这一天之前网站上没有它的任何内容"""

    effective: Date | None = None
    """施行日期"""

    effective_text: Text | None = None
    """施行日期条款的原文"""

    original_effective: Date | None = None
    """首次施行日期，早于现在这个文本的施行日期时写"""

    valid_until: Date | None = None
    """有效期至（含这一天）"""

    status: Status | None = None
    """来源标注的有效性；只有来源写明时才写，页面显示的有效性由日期推算"""

    repealed: Repeal | None = None
    """废止：哪一天起、由哪份文件"""

    repeals: tuple[Reference, ...] = ()
    """本文件废止的文件"""

    amends: tuple[Reference, ...] = ()
    """本文件修改的文件"""

    replaces: tuple[Reference, ...] = ()
    """本文件取代的文件（同一文件的旧版本）"""

    implements: tuple[Reference, ...] = ()
    """制定依据"""

    forwards: tuple[Reference, ...] = ()
    """本文件转发的文件"""

    interprets: tuple[Reference, ...] = ()
    """本文件解释的文件"""

    extends: tuple[Reference, ...] = ()
    """本文件延长其有效期的文件"""

    extends_to: Date | None = None
    """延长后的有效期至；不写时用本文件的 valid_until"""

    corrects: tuple[Reference, ...] = ()
    """本文件更正的文件"""

    suspends: tuple[Reference, ...] = ()
    """本文件暂停执行的文件"""

    topic: Text | None = None
    """主题分类，例如 综合政务\\政务公开"""

    genre: Text | None = None
    """体裁，例如 通知、办法"""

    level: Text | None = None
    """效力层级"""

    region: Text | None = None
    """区域"""

    history: tuple[Event, ...] = ()
    """历史沿革：通过、批准、公布、修改的日期和经过"""

    versions: tuple[Version, ...] = ()
    """旧文本：修改以前的文本，每个一项。正文是现行文本"""


RELATIONS = (
    "repeals",
    "amends",
    "replaces",
    "implements",
    "forwards",
    "interprets",
    "extends",
    "corrects",
    "suspends",
)
"""The keys of `Rule` that name other documents, in the order a page shows them."""

EARLY = Code(
    "GK-RULE-004",
    "error",
    "日期的先后不对",
    "成文、施行、有效期至或废止要依次在后。请核对原文后改正写错的一个；没有施行就被废止的，删去 effective。",
)


def dates_in_order(rule: Typed[Rule]) -> Iterable[Problem]:
    """成文 ≤ 施行 ≤ 有效期至, 首次施行 ≤ 施行, and 施行 ≤ 废止; whichever are known.

    A document that was repealed before it took effect never did: it has no 施行日期 to write.
    """
    record = rule.record
    pairs = (
        ("effective", "施行日期", record.effective, "成文日期", record.signed),
        ("valid_until", "有效期至", record.valid_until, "施行日期", record.effective),
        ("valid_until", "有效期至", record.valid_until, "成文日期", record.signed),
        ("effective", "施行日期", record.effective, "首次施行日期", record.original_effective),
        ("repealed", "废止日期", record.repealed and record.repealed.on, "成文日期", record.signed),
        ("repealed", "废止日期", record.repealed and record.repealed.on, "施行日期", record.effective),
    )
    for key, name, day, earlier_name, earlier in pairs:
        if day and earlier and day < earlier:
            yield EARLY.at(
                rule.mark(key, "on") if key == "repealed" else rule.mark(key),
                f"{name}早于{earlier_name}",
                f"{earlier_name}是 {earlier}；{name}应在这一天或之后",
            )
            return


STARTER = """\
---
title: 请填写文件标题
type: normative            # 行政规范性文件；规章写 government_rule 或 department_rule
issuers: [{organ}]
doc_no: 请填写〔{year}〕1号
disclosure: proactive      # 主动公开；依申请公开写 on_request，不予公开写 withheld
signed: {day}
published: {day}
effective: {day}
# valid_until: 有效期至，例如 2030-12-31
---

## 第一章　总则

第一条　请在这里写正文。每一条另起一段，段与段之间空一行。

第二条　本办法自印发之日起施行。
"""

KIND = Kind(
    name="rule",
    label="规章和规范性文件",
    fields=Rule,
    folders=("rules",),
    file="*.md",
    rules=(dates_in_order,),
    reserved=frozenset({"type", "issuer", "year", "page", "expiring", "cited", "compare", "v"}),
    names=lambda rule: (rule.title, *((rule.doc_no,) if rule.doc_no else ())),
    starter=STARTER,
)
