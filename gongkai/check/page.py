"""网页: what every built page carries, whatever theme made it: tags, foot, headings, alternatives, anchors, no scripts.

What a text brings along is told where it was typed (`check`); the rest is looked at in the page itself, as lexbor reads
it, a parser of HTML5 like that of a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.base.settings import MAIN
from gongkai.check.family import Family
from gongkai.check.webpage import Page
from gongkai.model import kinds, links
from gongkai.model.catalog import Catalog
from gongkai.model.record import Item
from gongkai.render.parsed import DELIMITER

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_ACCESS = "GB/T 37668—2019"

TAGS = Code(
    "GK-PAGE-001",
    "error",
    "缺少网页标签",
    "每一页要有网站标签 SiteName、SiteDomain、SiteIDCode；栏目页要有栏目标签 ColumnName、ColumnDescription、"
    "ColumnKeywords、ColumnType；内容页还要有 ArticleTitle、PubDate（年-月-日 时:分）、ContentSource。"
    "自己的主题不要删去 base.html 里的标签。",
    law="国办发〔2017〕47号：政府网站发展指引，网页设计规范（网页标签）",
)
FOOT = Code(
    "GK-PAGE-002",
    "warning",
    "页面底部缺少内容",
    "底部要有党政机关网站标识、“我为政府网站找错”入口、网站标识码、主办单位、联系方式、ICP 备案编号、公安机关备案标识、"
    "站点地图。写在 catalog.yaml 的 footer 里；自己的主题不要删去它们，标识用图片的，替代文字写明是什么。",
)
HEADINGS = Code(
    "GK-PAGE-003",
    "error",
    "标题的层级不对",
    "每页只有一个一级标题，下面逐级往下，不跳级，也不空着：读屏软件靠标题找内容。",
    law=f"{_ACCESS}：可感知性",
)
IMAGES = Code(
    "GK-PAGE-004",
    "error",
    "图片没有替代文字",
    '在图片的方括号里写它的内容，例如“办理流程：申请、审核、公示”。主题里只作装饰的图片写 alt="" 和'
    ' role="presentation"。',
    law=f"{_ACCESS}：可感知性",
)
TABLES = Code(
    "GK-PAGE-005",
    "error",
    "表格没有表头",
    "表格的第一行写各列的名称，不能空着；主题里的表格用 th，并写 scope。",
    law=f"{_ACCESS}：可感知性",
)
LANGUAGE = Code(
    "GK-PAGE-006",
    "error",
    "网页没有写语言",
    "在主题的 <html> 上写 lang，例如 zh-CN：读屏软件据此选择怎样读。",
    law=f"{_ACCESS}：可理解性",
)
INLINE = Code(
    "GK-PAGE-007",
    "error",
    "网页里有内嵌的脚本、样式或外站的文件",
    "脚本和样式放进主题的 assets，用 src 和 href 引用：发布手册里的安全策略不允许内嵌的脚本和样式，也不允许向别的网站"
    "要文件。",
)
ANCHORS = Code(
    "GK-PAGE-008",
    "error",
    "网页里的锚点不对",
    "一页里每个 id 只用一次，里面没有空格，否则指向它的链接到不了。",
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """What an author typed: pictures without words, tables without a header."""
    texts = [text.item for found in catalog.texts.values() for text in found]
    for item in (*catalog.examined(), *texts):
        own = catalog.is_own(item)
        for problem in _typed(item):
            # A text from outside is not ours to mend.
            yield problem if own else replace(problem, severity="warning")


def _typed(item: Item) -> Iterator[Problem]:
    for words, href, mark in links.pictures(item):
        if not words.strip():
            message = f"图片 {shown(href, 40)} 没有替代文字"
            yield IMAGES.at(mark, message, f"在方括号里写图片的内容：![图片的内容]({shown(href, 40)})")
    yield from _headless(item)


def _headless(item: Item) -> Iterator[Problem]:
    """Tables of a text whose header says nothing. Blank lines may set its rows apart (`render.markdown`)."""
    lines = item.body.split("\n") if "|" in item.body else []
    rows = [(number, line) for number, line in enumerate(lines, start=item.body_line) if line.strip()]
    for (number, above), (_, below) in pairwise(rows):
        if "|" in above and "|" in below and not above.strip("| \t\u3000") and DELIMITER.match(below):
            mark = Mark(item.path, number, 1, len(above))
            yield TABLES.at(mark, "表格的表头是空的", "在这一行写各列的名称")


_SITE = {"SiteName": "网站名称", "SiteDomain": "网站域名", "SiteIDCode": "政府网站标识码"}
_COLUMN = {
    "ColumnName": "栏目名称",
    "ColumnDescription": "栏目描述",
    "ColumnKeywords": "栏目关键词",
    "ColumnType": "栏目类别",
}
_CONTENT = {"ArticleTitle": "标题", "PubDate": "发布时间", "ContentSource": "来源"}
_READ = ("rule", "card", "explainer")
"""Kinds whose records are content pages (内容页) of their own."""


def tags(page: Page) -> Iterator[Problem]:
    """网页标签: the names are those of the guide, and none is empty but for the date of what has none."""
    if _is_apart(page):
        return
    found = {node.attributes.get("name"): node for node in page.tree.css("meta[name]")}
    place = kinds.place(page.claim.path)
    content = "ArticleTitle" in found or (place is not None and place[0].name in _READ)
    for name, label in {**_SITE, **_COLUMN, **(_CONTENT if content else {})}.items():
        node = found.get(name)
        if node is None:
            message = f"缺少网页标签 {name}（{label}）"
            yield TAGS.at(page.place(page.tree.head), message, f'在主题的 <head> 里写 <meta name="{name}" …>')
        elif name != "PubDate" and not _content(node):
            yield TAGS.at(page.place(node), f"网页标签 {name}（{label}）是空的", "写上内容")
    node = found.get("PubDate")
    if node is not None and (day := _content(node)) and not _MINUTE.fullmatch(day):
        yield TAGS.at(page.place(node), "网页标签 PubDate 不是年-月-日 时:分", "写成 2024-03-05 09:30 的样子")


_MINUTE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


def _content(node: LexborNode) -> str:
    return (node.attributes.get("content") or "").strip()


def _is_apart(page: Page) -> bool:
    """Whether a page is no page of content: the one for what is not there, and those that only lead elsewhere."""
    return page.path == "404.html" or page.tree.css_first('meta[http-equiv="refresh"]') is not None


_FOOT = {
    "党政机关网站标识": re.compile("党政机关|事业单位"),
    "“我为政府网站找错”入口": re.compile("找错"),
    "网站标识码": re.compile("标识码"),
    "主办单位": re.compile("主办"),
    "联系方式": re.compile("联系|电话|邮箱"),
    "ICP 备案编号": re.compile("ICP"),
    "公安机关备案标识": re.compile("公网安备|公安"),
    "站点地图": re.compile("(?:站点|网站)地图|网站导航"),
}


def foot(page: Page) -> Iterator[Problem]:
    """底部功能区, in text or in what stands for its pictures; in another language it has the same frame."""
    root = page.tree.css_first("html")
    if root is not None and (root.attributes.get("lang") or MAIN.value) != MAIN.value:
        return
    feet = page.tree.css("footer")
    said = " ".join(map(_said, feet))
    if lacking := [name for name, pattern in _FOOT.items() if not pattern.search(said)]:
        mark = page.place(feet[-1] if feet else page.tree.body)
        yield FOOT.at(mark, f"页面底部没有{'、'.join(lacking)}", "在 catalog.yaml 的 footer 里写全，主题不要删去它们")


def _said(node: LexborNode) -> str:
    """The text of a part of a page, and what stands for its pictures."""
    named = node.css("[alt], [aria-label], [title]")
    spoken = [inner.attributes.get(name) or "" for inner in named for name in ("alt", "aria-label", "title")]
    return " ".join([node.text(), *spoken])


def headings(page: Page) -> Iterator[Problem]:
    """One h1, no level passed over on the way down, and none without a word."""
    found = [(int(str(node.tag)[1]), node) for node in page.tree.css("h1, h2, h3, h4, h5, h6")]
    first = [node for level, node in found if level == 1]
    if not first:
        yield HEADINGS.at(page.place(None), "这一页没有一级标题", "在模板的正文部分写一个 <h1>")
    for node in first[1:]:
        yield HEADINGS.at(page.place(node), "这一页不止一个一级标题", "每页只留一个 <h1>，其余的改成 <h2>")
    for (above, _), (level, node) in pairwise(found):
        if level > above + 1:
            message = f"标题从 {above} 级跳到 {level} 级"
            yield HEADINGS.at(page.place(node), message, f"改成 <h{above + 1}>")
    for _, node in found:
        if not node.text().strip() and node.css_first("img[alt]") is None:
            yield HEADINGS.at(page.place(node), "标题没有文字", "写上标题，或删去它")


def images(page: Page) -> Iterator[Problem]:
    """Every picture of a template says in words what it shows, or that it shows nothing."""
    for node in page.tree.css('img, input[type="image"], area[href]'):
        attributes = node.attributes
        silent = attributes.get("role") in ("presentation", "none") or attributes.get("aria-hidden") == "true"
        if (attributes.get("alt") or "").strip() or (silent and "alt" in attributes) or not page.is_written(node):
            continue
        hint = '写 alt="图片的内容"；只作装饰的写 alt="" role="presentation"'
        yield IMAGES.at(page.place(node), "图片没有替代文字", hint)


def tables(page: Page) -> Iterator[Problem]:
    """Every table of a template names its columns or its rows."""
    for node in page.tree.css("table"):
        named = any(head.text().strip() for head in node.css("th"))
        if not named and node.attributes.get("role") not in ("presentation", "none") and page.is_written(node):
            yield TABLES.at(page.place(node), "表格没有表头", '第一行用 <th scope="col">，写各列的名称')


def language(page: Page) -> Iterator[Problem]:
    """The page says in which language it is to be read aloud."""
    root = page.tree.css_first("html")
    if root is not None and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", root.attributes.get("lang") or ""):
        yield LANGUAGE.at(page.place(root), "网页没有写语言", '在 <html> 上写 lang="zh-CN"')


_DATA = ("application/ld+json", "application/json", "speculationrules")
_EVENT = re.compile(rb"\son[a-z]+\s*=", re.IGNORECASE)
_LOADING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "video": "src",
    "audio": "src",
    "source": "src",
    "embed": "src",
    "track": "src",
    "object": "data",
    "form": "action",
}
_LOADS = ", ".join(f"{tag}[{name}]" for tag, name in _LOADING.items())
_LINKED = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch", "preconnect", "dns-prefetch"}


def inline(page: Page) -> Iterator[Problem]:
    """No script and no style in the page itself, and nothing asked of another site."""
    for node, what in _inlined(page):
        yield INLINE.at(page.place(node), f"网页里有{what}", "放进主题的 assets，从那里引用")


def _inlined(page: Page) -> Iterator[tuple[LexborNode, str]]:
    tree = page.tree
    for node in tree.css("script:not([src])"):
        if node.attributes.get("type") not in _DATA:
            yield node, "内嵌的脚本"
    for node in tree.css("style"):
        yield node, "内嵌的样式 <style>"
    for node in tree.css("[style]"):
        yield node, f"写在 <{node.tag}> 上的 style"
    for node in tree.css("*") if _EVENT.search(page.data) else ():
        for name in node.attributes:
            if name.startswith("on"):
                yield node, f"写在 <{node.tag}> 上的 {name}"
    for node in tree.css('[href^="javascript:" i]'):
        yield node, "javascript: 链接"
    for node in tree.css(_LOADS):
        address = node.attributes.get(_LOADING[str(node.tag)]) or ""
        if _is_outside(address):
            yield node, f"外站的文件 {shown(address, 40)}"
    for node in tree.css("link[href]"):
        address = node.attributes.get("href") or ""
        if _is_outside(address) and set((node.attributes.get("rel") or "").lower().split()) & _LINKED:
            yield node, f"外站的文件 {shown(address, 40)}"


def _is_outside(address: str) -> bool:
    return address.strip().lower().startswith(("http:", "https:", "//"))


def anchors(page: Page) -> Iterator[Problem]:
    """Every id once, and none that no address can name. What leads to an anchor that is not there: `check.links`."""
    seen: set[str] = set()
    for node in page.tree.css("[id]"):
        name = node.attributes.get("id") or ""
        if name in seen:
            yield ANCHORS.at(page.place(node), f"id {shown(name, 30)} 用了不止一次", "换一个 id，每个只用一次")
        elif not name or re.search(r"\s", name):
            yield ANCHORS.at(page.place(node), f"id“{shown(name, 30)}”是空的或者有空格", "用字母、数字和连字符")
        seen.add(name)


FAMILY = Family(
    "page",
    "网页",
    codes=(TAGS, FOOT, HEADINGS, IMAGES, TABLES, LANGUAGE, INLINE, ANCHORS),
    checks=(check,),
    on_page=(tags, foot, headings, images, tables, language, inline, anchors),
)
