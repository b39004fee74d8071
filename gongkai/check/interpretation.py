"""政策解读: a document and its explainers are bound to each other, made by whoever drafted it, and released together.

How late an explainer may come is a limit like others (`check/time.py`); what it must say is `check/elements.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gongkai.base.problems import Code, Problem
from gongkai.check.family import Family
from gongkai.check.time import INTERPRETATION
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.explainer import Interpreter
from gongkai.model.organ import OrganKind
from gongkai.model.record import Item
from gongkai.model.rule import Type

NONE = Code(
    "GK-EXPLAIN-003",
    "warning",
    "文件没有解读",
    "catalog.yaml 的 check.interpretation.required 为 true 时，本站自己的规章和行政规范性文件都要有解读："
    "解读写在 explainers 里，explains 写这份文件。确实不用解读的，用注释写明原因后忽略。",
    law="国办发〔2016〕80号：政策性文件与解读方案、解读材料同步组织、同步审签、同步部署",
)
EARLY = Code(
    "GK-EXPLAIN-004",
    "warning",
    "解读早于文件公开",
    "解读和文件同步公开：解读的公开日期不早于文件的公开日期，否则读者看得到解读，看不到文件。",
    law="国办发〔2016〕80号：解读材料与文件同步发布",
)
OTHER = Code(
    "GK-EXPLAIN-005",
    "warning",
    "解读的不是起草机关",
    "谁起草、谁解读：部门的文件由发文的部门解读，联合发文的由牵头的部门解读、其他部门配合，政府的文件由起草的部门解读。"
    "专家和媒体的解读写 interpreter_kind: expert 或 media。",
    law="国办发〔2016〕80号：谁起草、谁解读",
)
UNSIGNED = Code(
    "GK-EXPLAIN-006",
    "warning",
    "解读没有和文件同步审签",
    "解读材料要和文件同步审签：第一篇解读的审查日期 reviewed.on 不晚于文件的公开日期。核对日期；日期没有写错的，"
    "下一份文件起草时就同步编写解读。",
    law="国办发〔2016〕80号：同步组织、同步审签、同步部署",
)
WITHDRAWN = Code(
    "GK-EXPLAIN-007",
    "warning",
    "解读的文件已经撤下",
    "文件和解读双向关联：文件撤下以后，解读也要撤下（withdrawn），或改为解读替代它的文件。",
    law="国办发〔2016〕80号；政府网站检查指标（国办秘函〔2019〕19号）：解读关联",
)

_EXPLAINED = (Type.DEPARTMENT_RULE, Type.GOVERNMENT_RULE, Type.NORMATIVE)
"""Types of documents that a site may ask an explainer for."""


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above, over documents of ours."""
    explainers: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in catalog.of("explainer"):
        rules = [rule for text in item.record.explains if (rule := catalog.find("rule", text)) and catalog.is_own(rule)]
        for rule in rules:
            explainers[rule.key].append(item)
        if rules and form(item.record, catalog.day) is Form.FULL:
            yield from _of(catalog, item, rules)
    for item in catalog.of("rule"):
        found = explainers.get(item.key, [])
        if found:
            yield from _together(item, found)
        elif catalog.settings.check.interpretation.required and _asks(catalog, item):
            hint = f"用 gongkai new explainer {item.id}-jiedu --organ {item.organ} 写一篇，explains 写 [{item.id}]"
            yield NONE.at(item.mark("title"), "没有解读这份文件", hint)


def _asks(catalog: Catalog, item: Item) -> bool:
    """Whether a document is one that needs an explainer: ours, of a type that has one, public, and not too old."""
    record = item.record
    public = record.published is not None and record.published.day >= INTERPRETATION
    shown = form(record, catalog.day) is Form.FULL
    return public and shown and record.type in _EXPLAINED and catalog.is_own(item)


def _of(catalog: Catalog, item: Item, rules: list[Item]) -> Iterator[Problem]:
    """An explainer against the documents that it explains: their day, their state, their makers."""
    record = item.record
    days = [rule.record.published.day for rule in rules if rule.record.published]
    if record.published and days and record.published.day < min(days):
        message = f"解读公开于 {record.published.day}，文件公开于 {min(days)}"
        yield EARLY.at(item.mark("published"), message, "核对两个日期；解读和文件同一天公开")
    taken = [rule for rule in rules if form(rule.record, catalog.day) is Form.TOMBSTONE]
    if taken:
        message = f"解读的文件 {taken[0].id} 已经撤下"
        yield WITHDRAWN.at(item.mark("explains"), message, "解读也写 withdrawn，或改为解读替代它的文件")
    if record.interpreter_kind in (Interpreter.EXPERT, Interpreter.MEDIA):
        return
    drafters = [_drafters(catalog, rule) for rule in rules]
    mine = catalog.names.one("organ", record.interpreter)
    if all(found is not None and mine not in found for found in drafters):
        names = "、".join(dict.fromkeys(text for rule in rules for text in rule.record.issuers))
        message = f"解读机关 {record.interpreter} 不是文件的发文机关"
        yield OTHER.at(item.mark("interpreter"), message, f"发文机关是 {names}；专家、媒体解读写 interpreter_kind")


def _drafters(catalog: Catalog, rule: Item) -> set[tuple[str, str] | None] | None:
    """The organs that may explain a document; None where any may: who drafted a government's own is not written."""
    organs = [catalog.find("organ", text) for text in rule.record.issuers]
    if any(organ and organ.record.kind is OrganKind.GOVERNMENT for organ in organs):
        return None
    return {organ.key if organ else None for organ in organs}


def _together(rule: Item, found: list[Item]) -> Iterator[Problem]:
    """The first explainer of a document was reviewed by the day on which the document became public."""
    first = min(found, key=lambda item: str(item.record.published or "9"))
    reviewed, public = first.record.reviewed, rule.record.published
    if reviewed and public and len(first.record.explains) == 1 and reviewed.on > public.day:
        message = f"文件 {rule.id} 公开于 {public.day}，解读 {reviewed.on} 才审查"
        yield UNSIGNED.at(first.mark("reviewed", "on"), message, "核对两个日期；解读和文件同步审签")


FAMILY = Family(
    "interpretation",
    "政策解读",
    codes=(NONE, EARLY, OTHER, UNSIGNED, WITHDRAWN),
    checks=(check,),
)
