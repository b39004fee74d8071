"""要素的内容: what elements must say: not 略, five main points of an interpretation, six parts of a report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from gongkai.base.fields import Fields
from gongkai.base.problems import Code, Problem, shown
from gongkai.model import guide
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.explainer import Explainer, Format
from gongkai.model.organ import OrganKind
from gongkai.model.record import Item

HOLLOW = Code(
    "GK-STRUCT-005",
    "warning",
    "要素没有实际内容",
    "指南、依申请公开、明白卡、解读和机构信息的要素要写实际内容，不能只写“略”“待定”“详见附件”。"
    "没有传真的，fax 写“无”；解读里确实没有的要素，写“不涉及”。",
    law="政府信息公开条例第十二条（指南）、第二十条第二项（机构信息）；国办发〔2016〕80号（解读）",
)
INTERPRETED = Code(
    "GK-STRUCT-006",
    "warning",
    "文字解读没有写全五个要素",
    "着重解读背景依据、目标任务、主要内容、涉及范围、执行标准：写在开头的 background、objectives、main_content、scope、"
    "standards 里，或在正文里用小标题写。几篇解读合起来写全就可以；确实没有的写“不涉及”。",
    law="国办发〔2016〕80号：着重解读政策措施的背景依据、目标任务、主要内容、涉及范围、执行标准",
)
PARTS = Code(
    "GK-STRUCT-007",
    "warning",
    "年报不是六个部分，或顺序不对",
    "年报依次有六个部分，标题固定：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；"
    "四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。",
    law="政府信息公开条例第五十条；国办公开办函〔2021〕30号",
)
CODES = (HOLLOW, INTERPRETED, PARTS)


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above, on what a reader sees."""
    for item in catalog.examined():
        if item.kind in _ELEMENTS and form(item.record, catalog.day) is Form.FULL:
            yield from _hollow(item)
    yield from _interpreted(catalog)
    yield from _parts(catalog)


_EMPTY = re.compile(
    r"(暂?无|略|没有|待定|待补充?|待完善|同上|同前|[详另]?见(附件|正文|文件|原文|下|后)|[-—–/、。.…*×?？xX]+)[。；]?"
)
_ELEMENTS = {
    "guide": guide.ELEMENTS,
    "request": ("unit_name", "address", "office_hours", "phone", "channels"),
    "card": ("main_content", "scope", "standard", "procedure", "channel"),
    "explainer": ("background", "objectives", "main_content", "scope", "standards"),
    "organ": ("head", "duties", "contacts", "office_hours"),
}
"""The elements that must say something, by kind."""

_MAY_BE_NONE = {"fax"}


def _hollow(item: Item) -> Iterator[Problem]:
    for key in _ELEMENTS[item.kind]:
        for loc, text in _texts(getattr(item.record, key), (key,)):
            if loc[-1] not in _MAY_BE_NONE and _EMPTY.fullmatch(text):
                yield HOLLOW.at(item.mark(*loc), f"{key} 只写了“{shown(text)}”", "写出实际内容，让人不用再找别处")


def _texts(value: object, loc: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Every text in a value, with its place."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _texts(inner, (*loc, position))
    elif isinstance(value, Fields):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*loc, name))


_POINTS = {
    "background": ("背景依据", "背景|依据"),
    "objectives": ("目标任务", "目标|任务|目的"),
    "main_content": ("主要内容", "内容|措施|规定|哪些"),
    "scope": ("涉及范围", "范围|对象|适用|哪些人"),
    "standards": ("执行标准", "标准|多少"),
}
"""The main points by key: the word for each, and what a heading that treats it may say."""

_HEADING = re.compile(r"^(?:#+\s*|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)(.{1,40})$", re.MULTILINE)


def _interpreted(catalog: Catalog) -> Iterator[Problem]:
    """For each document of ours with a 文字解读: what none of its explainers says, at the first of those."""
    about: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in catalog.of("explainer"):
        if form(item.record, catalog.day) is Form.FULL:
            for text in item.record.explains:
                rule = catalog.find("rule", text)
                if rule is not None and catalog.is_own(rule):
                    about[rule.key].append(item)
    told: set[tuple[str, str]] = set()
    for found in about.values():
        written = [item for item in found if item.record.format is Format.TEXT]
        lacking = set(_POINTS).difference(*(_said(item) for item in found)) if written else set()
        first = min(written, key=lambda item: str(item.record.published or ""), default=None)
        if first and lacking and first.key not in told:
            told.add(first.key)
            names = "、".join(name for key, (name, _) in _POINTS.items() if key in lacking)
            keys = "、".join(key for key in _POINTS if key in lacking)
            hint = f"加上 {keys}，或在正文里用小标题写；确实没有的写“不涉及”"
            yield INTERPRETED.at(first.mark(), f"没有解读{names}", hint)


def _said(item: Item) -> set[str]:
    """The main points that an explainer treats, in its keys or under a heading."""
    record: Explainer = item.record
    headings = "\n".join(_HEADING.findall(item.body))
    return {key for key, (_, words) in _POINTS.items() if getattr(record, key) or re.search(words, headings)}


_REPORT = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
"""The parts of a report, in order (国办公开办函〔2021〕30号)."""

_FORM_SINCE = 2019
"""The first year whose report has the six parts (国办公开办函〔2019〕60号, replaced by 〔2021〕30号)."""


def _parts(catalog: Catalog) -> Iterator[Problem]:
    for item in catalog.of("annual"):
        organ = catalog.publisher(item)
        year = item.id.removeprefix(f"{item.organ}-")
        if not (year.isascii() and year.isdigit() and int(year) >= _FORM_SINCE):
            continue
        if (
            organ is None
            or organ.record.kind is OrganKind.PUBLIC_UTILITY
            or form(item.record, catalog.day) is not Form.FULL
        ):
            continue
        headings = [
            re.sub(r"^[一二三四五六七八九十\d]+[、.．]\s*", "", text.strip()) for text in _HEADINGS.findall(item.body)
        ]
        lacking = [part for part in _REPORT if part not in headings]
        inside = [heading for heading in headings if heading in _REPORT]
        if lacking:
            message = f"年报缺少 {len(lacking)} 个部分：{'；'.join(lacking)}"
            yield PARTS.at(item.mark(), message, f"加上标题，例如 ## {_numbered(lacking[0])}；没有情况的也要写明")
        elif inside != list(_REPORT):
            yield PARTS.at(item.mark(), "年报六个部分的顺序不对", "按这个顺序：" + "；".join(map(_numbered, _REPORT)))


_HEADINGS = re.compile(r"^#+\s*(.+)$", re.MULTILINE)


def _numbered(part: str) -> str:
    return f"{'一二三四五六'[_REPORT.index(part)]}、{part}"
