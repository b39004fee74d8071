"""公开属性: every own record says whether it is public, and nothing public leads to what is not. Gate of `build`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from gongkai.base.problems import Code, Mark, Problem
from gongkai.check.family import Family
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.kinds import BY_NAME
from gongkai.model.record import Disclosure, Item

NO_ATTRIBUTE = Code(
    "GK-DISC-001",
    "error",
    "没有写公开属性",
    "本站机关自己的每份内容都要写 disclosure：proactive 主动公开、on_request 依申请公开、withheld 不予公开。",
    law="国办发〔2016〕80号：公文没有明确的公开属性建议的，予以退文",
)
NO_GROUND = Code(
    "GK-DISC-002",
    "error",
    "不予公开没有写理由",
    "disclosure 为 withheld 时要写 ground（法定理由）和 reason（具体说明）。",
    law="政府信息公开条例第十三条至第十六条",
)
LEADS_TO_HIDDEN = Code(
    "GK-DISC-003",
    "error",
    "公开的内容引用了不公开的内容",
    "被引用的内容不予公开、是草稿或还没到公开日期，引用它会泄露它的存在。删去引用，或等它公开后再发布。",
    law="政府信息公开条例第十七条：公开前依法审查",
)

OVERDUE = Code(
    "GK-DISC-004",
    "warning",
    "到了重新评估的日期",
    "不予公开的信息要定期评估：因情势变化可以公开的，改为 proactive 公开；"
    "还不能公开的，把 next_review 改为下一次评估的日期。",
    law="政府信息公开条例第十八条",
)
NO_REVIEW = Code(
    "GK-DISC-005",
    "warning",
    "不予公开没有写下一次评估的日期",
    "不予公开的信息要定期评估审查，next_review 写下一次评估的日期。",
    law="政府信息公开条例第十八条",
)
UNREVIEWED = Code(
    "GK-DISC-006",
    "warning",
    "公开以后才审查",
    "公开前要审查：审查日期 reviewed.on 不晚于公开日期 published，更新过的不晚于 updated。"
    "核对两个日期；日期没有写错的，补做的审查要说明情况。",
    law="政府信息公开条例第十七条",
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above, over the whole catalog."""
    for item in catalog.examined():
        yield from _attribute(catalog, item)
    hidden = {key for key, item in catalog.items.items() if form(item.record, catalog.day) is Form.HIDDEN}
    hidden |= {text.item.key for key in hidden for text in catalog.texts.get(key, ())}
    for source, target, mark in _leads(catalog):
        if target in hidden and source not in hidden:
            why = _why(catalog.items[target])
            kind = BY_NAME[target[0]].label
            message = f"引用的{kind} {target[1]} {why}"
            yield LEADS_TO_HIDDEN.at(mark, message, "删去这处引用，或等被引用的内容公开后再发布")
    yield from _of_hidden_organs(catalog, hidden)


def _of_hidden_organs(catalog: Catalog, hidden: set[tuple[str, str]]) -> Iterator[Problem]:
    """One problem for each organ that is not public while what lies in its folder is."""
    shown = Counter(item.organ for key, item in catalog.items.items() if item.kind != "organ" and key not in hidden)
    for organ, count in shown.items():
        if ("organ", organ) in hidden:
            item = catalog.items["organ", organ]
            message = f"机构 {organ} {_why(item)}，但它的文件夹里有 {count} 份公开的内容"
            yield LEADS_TO_HIDDEN.at(item.mark(), message, "先公开机构，或把这些内容改为 draft: true")


def _attribute(catalog: Catalog, item: Item) -> Iterator[Problem]:
    record, doubtful = item.record, item.source.doubtful
    if record.disclosure is None and not doubtful & {"disclosure", "issuers"} and catalog.is_own(item):
        mark = item.mark("disclosure") if item.source.has("disclosure") else item.mark()
        hint = "加上一行 disclosure: proactive（或 on_request、withheld）"
        yield NO_ATTRIBUTE.at(mark, "没有写公开属性", hint)
    if record.disclosure is Disclosure.WITHHELD:
        yield from _withheld(item, catalog.day)
    public = record.updated or record.published
    if record.reviewed and public and public.day < record.reviewed.on and catalog.is_own(item):
        message = f"{public.day} 公开，{record.reviewed.on} 才审查"
        yield UNREVIEWED.at(item.mark("reviewed", "on"), message, "核对两个日期；先审查，后公开")


def _withheld(item: Item, day: date) -> Iterator[Problem]:
    record, doubtful = item.record, item.source.doubtful
    lacking = [key for key in _REASONS if getattr(record, key) is None and key not in doubtful]
    if lacking:
        hint = "；".join(f"加上一行 {key}: …（{_REASONS[key]}）" for key in lacking)
        yield NO_GROUND.at(item.mark("disclosure"), "不予公开没有写理由", hint)
    elif record.next_review is None and "next_review" not in doubtful:
        hint = "加上一行 next_review: 下一次评估的日期"
        yield NO_REVIEW.at(item.mark("disclosure"), "不予公开没有写下一次评估的日期", hint)
    elif record.next_review is not None and record.next_review < day:
        hint = "可以公开的改为 disclosure: proactive；不能公开的，评估后改写这个日期"
        yield OVERDUE.at(item.mark("next_review"), f"{record.next_review} 应当重新评估", hint)


_REASONS = {
    "ground": "法定理由，例如 internal 内部事务信息、process 过程性信息",
    "reason": "具体说明，不会出现在网站上",
}


def _leads(catalog: Catalog) -> Iterator[tuple[tuple[str, str], tuple[str, str], Mark]]:
    for reference in catalog.references:
        if reference.target and reference.target in catalog.items:
            yield reference.source, reference.target, reference.mark
    for key, links in catalog.links.items():
        for link in links:
            if link.record:
                yield key, link.record, link.mark


def _why(item: Item) -> str:
    if item.record.draft:
        return "是草稿"
    if item.record.disclosure is Disclosure.WITHHELD:
        return "不予公开"
    return f"要到 {item.record.published} 才公开"


FAMILY = Family(
    "disclosure",
    "公开属性",
    codes=(NO_ATTRIBUTE, NO_GROUND, LEADS_TO_HIDDEN, OVERDUE, NO_REVIEW, UNREVIEWED),
    gate=True,
    checks=(check,),
)
