"""链接: every one leads somewhere, to what is there today, and where a reader sees that it leads.

What a path in a text reaches is found where the text is read (`model.links`: files that are not there, in another case,
that may not be published); what leads to hidden records, in `check.disclosure`. Here stands what depends on the day, on
the built pages, or on what a reader sees.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.check import external, unseen
from gongkai.check.built import Built, Facts
from gongkai.check.family import Family
from gongkai.check.webpage import Page
from gongkai.model import coverage, disclosure, links
from gongkai.model.articles import outline
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.record import Item
from gongkai.model.rule import Status

_DISTRICT = "常州市钟楼区规范政务公开工作的实施意见（2021年）：“避免出现死链、错链、暗链”"

TAKEN_DOWN = Code(
    "GK-LINK-003",
    "warning",
    "链接到已经撤下的页面",
    "被链接的内容已经撤下，或者公示期已满，打开只看到一句说明。删去链接，或改成现在公开的内容。",
    law=_DISTRICT,
)
NO_ANCHOR = Code(
    "GK-LINK-004",
    "error",
    "链接的位置不存在",
    "# 后面的位置在那一页里没有：条文改过，或者编号写错了。第三十八条写 #art-38，第三十八条之一写 #art-38-1，"
    "第三十八条第二款第三项写 #art-38-p2-i3。只有文件的正文有这样的位置。",
    law=_DISTRICT,
)
HIDDEN = Code(
    "GK-LINK-005",
    "error",
    "有看不见的链接（暗链）",
    "链接没有文字，或者藏在看不见的地方：网页被篡改、从别处复制正文时常带来这样的链接。删去它；确实要有的，"
    "写上说明去处的文字。",
    law="国办秘函〔2019〕19号：被挂马、被篡改未及时处置，单项否决",
)
DEAD = Code(
    "GK-LINK-006",
    "error",
    "网页上的链接打不开",
    "网页里的链接指向本站没有的文件，或者大小写不同。自己的主题在模板里用 href 过滤器生成链接；"
    "本站以外的页面写完整网址。",
    law=_DISTRICT,
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """What an author typed: links to what is taken down, to places that are not there, and without a word to see."""
    public = disclosure.public(catalog)
    gone = {key for key, item in catalog.items.items() if form(item.record, catalog.day) is Form.TOMBSTONE}
    for mark, target in _leads(public):
        if target in gone:
            item = catalog.items[target]
            why = "公示期已满" if item.record.withdrawn is None else "已经撤下"
            message = f"链接的“{shown(item.record.heading, 30)}”{why}"
            yield TAKEN_DOWN.at(mark, message, "删去链接，或改成现在公开的内容")
    for item in _texts(catalog):
        yield from _typed(item, own=catalog.is_own(item))


def _leads(public: Catalog) -> Iterator[tuple[Mark, tuple[str, str]]]:
    """What a reader follows: links in texts, what rows, columns and cards name. A 废止 names what is gone on purpose.

    A row all of whose documents are gone is told by `check.coverage`, which counts it as published as long as they
    were only shown for a time.
    """
    for found in public.links.values():
        yield from ((link.mark, link.record) for link in found if link.record)
    told = {entry.row.key for entry in coverage.entries(public) if entry.withdrawn}
    for reference in public.references:
        target = public.items.get(reference.target) if reference.target else None
        if target is None or reference.source in told:
            continue
        kind = reference.source[0]
        row = kind == "row" and target.record.withdrawn is not None
        card = kind == "card" and reference.kind == "rule" and not _replaced(public, target)
        if row or card or (reference.kind == "*" and kind != "row"):
            yield reference.mark, target.key


def _replaced(public: Catalog, rule: Item) -> bool:
    """Whether `check.following` asks for the document that took its place."""
    return public.life(rule).on(public.day).state is Status.REPLACED


def _texts(catalog: Catalog) -> Iterator[Item]:
    """Every record with a text, and its earlier texts."""
    yield from catalog.examined()
    for texts in catalog.texts.values():
        yield from (text.item for text in texts)


def _typed(item: Item, *, own: bool) -> Iterator[Problem]:
    for words, href, mark in links.typed(item):
        if unseen.is_blank(words):
            yield HIDDEN.at(mark, f"到 {shown(href, 40)} 的链接没有看得见的文字", "删去它，或在方括号里写上文字")
        elif href.startswith("#") and href[1:] not in _places(item):
            fault = NO_ANCHOR.at(mark, f"这一页没有 {shown(href, 30)}", "改成这一页里有的位置，或删去链接、留下文字")
            # A text from outside is not ours to mend, as with dead files (`model.links`).
            yield fault if own else replace(fault, severity="warning")


def _places(item: Item) -> Container[str]:
    """The anchors of a text; only that of a document has any."""
    return outline(item.body) if item.kind == "rule" else ()


def visible(page: Page) -> Iterator[Problem]:
    """Every link that a template writes can be seen."""
    for node, address, how in unseen.links(page.tree):
        if page.is_written(node):
            yield HIDDEN.at(page.place(node), f"到 {shown(address, 40)} 的链接{how}", "删去它，或写上看得见的文字")


def drawn(catalog: Catalog) -> Iterator[Problem]:
    """The same of drawings: a browser that opens an SVG follows its links."""
    public = disclosure.public(catalog)
    paths = {link.attachment for found in public.links.values() for link in found if link.attachment}
    for path in sorted(path for path in paths if path.lower().endswith(".svg")):
        for line, column, length, address, how in unseen.in_drawing(catalog.attachments[path].source.read_bytes()):
            mark = Mark(path, line, column, length)
            yield HIDDEN.at(mark, f"图里到 {shown(address, 40)} 的链接{how}", "用画图软件删去它")


def lead(facts: Facts, built: Built) -> Iterator[Problem]:
    """Every link of a page to a file of the site reaches one, and a place in it where one is named."""
    base = built.catalog.settings.base_url
    for link in facts.links:
        path, _, anchor = link.partition("#")
        if base and built.is_ours(path):
            path = path[len(base) :] + ("" if path.rpartition("/")[2] else "index.html")
        elif unseen.OUTSIDE.match(path):
            continue
        if path not in built.outputs:
            meant = built.by_case(path)
            hint = f"大小写要一致，写成 {_said(meant)}" if meant else "改成本站有的地址；本站以外的页面写完整网址"
            yield DEAD.at(built.place(facts, link), f"链接的 {_said(path)} 不在本站里", hint)
        elif anchor and path.endswith(".html") and _lacks(built, path, anchor):
            fault = NO_ANCHOR.at(
                built.place(facts, link), f"{_said(path)} 里没有 #{shown(anchor, 30)}", "改成那一页里有的位置"
            )
            yield fault if built.is_own(facts) else replace(fault, severity="warning")


def _lacks(built: Built, path: str, anchor: str) -> bool:
    """Whether a page has no such place. What was taken down has none, and has its own fault."""
    return built.outputs[path].claim.path not in built.taken_down and anchor not in built.facts(path).anchors


def _said(path: str) -> str:
    return shown("/" + path.lstrip("/").removesuffix("index.html"), 50)


FAMILY = Family(
    "links",
    "链接",
    codes=(TAKEN_DOWN, NO_ANCHOR, HIDDEN, DEAD, external.UNANSWERED),
    checks=(check, drawn),
    on_page=(visible,),
    across=(lead,),
)
