"""明白卡和解读跟上文件: what was drawn from a document is looked at again when the document says something else."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.base.problems import Code, Problem
from gongkai.base.text import titled
from gongkai.check.family import Family
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.lineage import Lineage
from gongkai.model.record import Item
from gongkai.model.rule import Status
from gongkai.model.validity import LAPSED
from gongkai.render.following import CHANGED, DELETED, REPLACED, Behind, Cited, behind, cited, texts

CHANGED_SINCE = Code(
    "GK-FOLLOW-001",
    "warning",
    "依据的条款已经修改",
    "文件有了新文本，明白卡或解读还是照旧文本写的。照新文本改好，写上 updated；核对后不用改的，也写上 updated，"
    "或把 version 写成新文本的施行日期。解读本来就是讲旧文本的，用 version 写明是哪一个，就不再提醒。",
)
LAPSED_SINCE = Code(
    "GK-FOLLOW-002",
    "warning",
    "明白卡依据的文件不再有效",
    "文件已经失效、废止或被新文件取代。政策还在的，把 sources 改成现在的文件；"
    "政策停止的，写上 valid_until（申请截止日期）。",
)
NO_SUCH_TEXT = Code(
    "GK-FOLLOW-003",
    "error",
    "没有从这一天起施行的文本",
    "version 写文件的一个文本开始施行的日期：旧文本的写在文件的 versions 里，现行文本的是 effective。",
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above. What no longer runs need not follow anything."""
    lineage = Lineage(catalog)
    for item in (*catalog.of("card"), *catalog.of("explainer")):
        over = getattr(item.record, "valid_until", None)
        if form(item.record, catalog.day) is not Form.FULL:
            continue
        yield from _texts(catalog, lineage, item)
        if not (over and over < catalog.day):
            yield from (_told(item, one) for one in behind(catalog, lineage, item) if _asks(item, one))
            yield from _lapsed(catalog, item)


def _texts(catalog: Catalog, lineage: Lineage, item: Item) -> Iterator[Problem]:
    """Texts named that no document has. An interpretation names one text of all that it explains."""
    named = [source for source in cited(item) if source.version]
    known = {source: _days(catalog, lineage, source) for source in named}
    for source in named if item.kind == "card" else named[:1]:
        days = known[source] if item.kind == "card" else sorted({day for found in known.values() for day in found})
        if str(source.version) not in days:
            loc = (*source.loc, "version") if item.kind == "card" else ("version",)
            hint = f"文本开始施行的日期有 {'、'.join(days)}" if days else "本站没有这份文件的其他文本，删去 version"
            yield NO_SUCH_TEXT.at(item.mark(*loc), f"没有从 {source.version} 起施行的文本", hint)


def _days(catalog: Catalog, lineage: Lineage, source: Cited) -> list[str]:
    rule = catalog.find("rule", source.document)
    return [str(stage.since) for stage in texts(lineage, rule) if stage.since] if rule else []


def _asks(item: Item, one: Behind) -> bool:
    """Whether somebody must act: not for an interpretation that says itself of which text it speaks."""
    return item.kind == "card" or (one.how in (CHANGED, DELETED) and one.cited.version is None)


def _told(item: Item, one: Behind) -> Problem:
    title, since = titled(one.old.record.record.title), f"自 {one.new.since} 起" if one.new.since else ""
    if one.how == REPLACED:
        newer = one.new.record
        message = f"依据的{title}{since}由{titled(newer.record.title)}取代"
        hint = f"照新文件改好，把 rule 改成 {newer.id}；政策停止的，写上 valid_until: 申请截止日期"
        return LAPSED_SINCE.at(item.mark(*one.cited.loc), message, hint)
    source, fate = one.cited, {CHANGED: "已经修改", DELETED: "已经删去"}.get(one.how, f"改为{one.label}")
    place = (*source.loc, "articles", source.articles.index(one.article)) if one.article else source.loc
    message = f"{title}{one.article}{since}{fate}，{_THIS[item.kind]}照 {one.drawn.since} 起的文本写成"
    keep = f"；核对后不用改的，把 version 写成 {one.new.since}"
    if item.kind == "explainer":
        keep = f"；讲的就是旧文本的，写上 version: {one.drawn.since}"
    return CHANGED_SINCE.at(item.mark(*place), message, f"照新文本改好，写上 updated{keep}")


_THIS = {"card": "这张卡", "explainer": "这篇解读"}


def _lapsed(catalog: Catalog, item: Item) -> Iterator[Problem]:
    """Documents of a card that lapsed without giving way to another text."""
    for source in cited(item) if item.kind == "card" else ():
        rule = catalog.find("rule", source.document)
        if rule is None or form(rule.record, catalog.day) is not Form.FULL:
            continue
        now = catalog.life(rule).on(catalog.day)
        if now.state in LAPSED - {Status.REPLACED}:
            since = f"自 {now.since} 起" if now.since else "已经"
            by = f"，见{titled(now.source.text)}" if now.source else ""
            message = f"依据的{titled(rule.record.title)}{since}{now.state.label}{by}"
            hint = "把 rule 改成现在的文件；政策停止的，写上 valid_until: 申请截止日期"
            yield LAPSED_SINCE.at(item.mark(*source.loc), message, hint)


FAMILY = Family(
    "following",
    "明白卡和解读跟上文件",
    codes=(CHANGED_SINCE, LAPSED_SINCE, NO_SUCH_TEXT),
    gate=True,
    checks=(check,),
)
