"""A built site → one page with every component of its theme, cut out of the pages that show it. Start with `page`.

Nothing is drawn for it: each example is a piece of a real page under the real style sheets and scripts, so the page
cannot speak of what the theme does not do, and one theme after another can be looked at with the same content.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(frozen=True, slots=True)
class Component:
    """A part of pages: what it is for, the template that makes it, where it is found; `each`: one of every class."""

    name: str
    use: str
    template: str
    selector: str
    each: bool = False


COMPONENTS = (
    Component("页头", "网站名称、语言、页面工具、主导航和检索框", "base.html", ".site-header"),
    Component("网站提示", "每一页最上面的一行", "base.html", ".site-notice", each=True),
    Component("首页大检索框", "只在首页", "home.html", ".hero"),
    Component("标题", "一级到四级标题", "*.html", "h1, h2, h3, h4", each=True),
    Component("标题上的一行", "这一页属于哪个机关", "column_base.html", ".caption"),
    Component("导语", "标题下面的第一段；没有写的内容", "*.html", ".lead, .missing", each=True),
    Component("法规标题", "居中的标题和题注", "rule.html", ".bare > .rule-head"),
    Component("正文", "规章和规范性文件的条文，每行不超过 40 个字", "rule.html", ".law"),
    Component("说明文字", "明白卡、解读、指南里的一般文字", "card.html、about.html", ".prose"),
    Component("名词解释", "解读里的词和它的意思", "explainer.html", ".glossary"),
    Component("状态标记", "有效性：词、形状、颜色三样同时说", "state.html", ".state[class*='state-']", each=True),
    Component("标签", "分类，可以是链接", "card.html", "span.tag, a.tag", each=True),
    Component("提示", "读正文以前要知道的；不再有效的用红色", "rule_state.html、behind.html", ".notice", each=True),
    Component("结论", "明白卡的第一句", "card.html", ".answer"),
    Component("解读的依据", "解读的是哪一份文件", "explainer.html", ".bound"),
    Component("信息框", "名称和值，宽屏分栏，手机单列", "rule_box.html", ".box"),
    Component("先看的几项", "手机上信息框收起来时看到的", "rule_box.html", ".facts"),
    Component("文件列表", "标题、状态、文号、机关、日期", "documents.html", ".cards"),
    Component("更多", "一组内容后面，去看全部", "home.html、list.html", ".more", each=True),
    Component("链接列表", "没有圆点的一列链接", "links.html", ".plain"),
    Component("卡片格", "一组可以比较的内容；不能再办的另有底色", "briefs.html、fields.html", ".grid"),
    Component("大按钮", "首页上的入口", "home.html", ".doors", each=True),
    Component("小按钮", "目录和筛选，可以带数目", "group.html", ".chips"),
    Component("机构列表", "按拼音排列，宽屏分栏", "organs.html", ".organ-list"),
    Component("领导", "照片、姓名、职务和分工", "organ.html", ".people"),
    Component("职责", "机关的主要职责", "organ.html", ".duties"),
    Component("数额", "项目和金额", "card.html", ".amounts"),
    Component("步骤", "编号的办理流程", "card.html", ".steps"),
    Component("办事地点", "名称、地址、时间和电话", "card.html", ".ways"),
    Component("电话", "点一下就拨打；手机上和长者版里是按钮", "过滤器 calls", ".call"),
    Component("问答", "可以折叠", "card.html", ".faq"),
    Component("时间线", "各时期的文本和沿革", "timeline.html、rule.html", "section:has(> .timeline)", each=True),
    Component("相关文件", "修改、废止、依据等关系", "relations.html", ".relations"),
    Component("被谁引用", "引用它的文件，按条分开", "citing.html", ".citing"),
    Component("名次", "引用得最多的", "cited.html", ".ranked"),
    Component("新旧条文对照", "左右两栏，手机上一上一下；增、删、改各有写法", "comparison.html", ".comparison"),
    Component("表格", "窄屏变成一条条记录", "review.html、forwarding.html", ".table:not(.rows)", each=True),
    Component("标准目录", "宽屏上表头和第一列不动，手机上一条条排列", "field.html", ".rows"),
    Component("目录", "章节，宽屏停在左边", "contents.html", ".contents"),
    Component("按条阅读", "上一条、下一条、复制引用", "stepper.html", ".stepper"),
    Component("文内查找", "词语或者第几条", "rule.html", ".find-in"),
    Component("表单", "检索的输入框、下拉框、勾选框和按钮", "search.html", ".finder"),
    Component("页面工具", "字号、颜色、朗读、收藏、分享、打印", "tools.html", ".panel"),
    Component("附件", "名称、格式和大小", "files.html", ".files"),
    Component("下载全文", "同一份文件的几种格式", "copies.html", ".copies"),
    Component("下载数据", "目录的 CSV 和 JSON", "field.html", ".downloads"),
    Component("翻页", "列表的第几页", "list.html", ".pager"),
    Component("栏目导航", "信息公开专栏", "column_base.html", ".column-nav"),
    Component("面包屑", "从首页到这一页", "base.html", ".crumbs"),
    Component("页脚", "底部功能区", "base.html、foot_note.html", ".site-footer"),
)
"""Everything a theme draws, in the order in which a reader meets it."""

_ENOUGH = 4
"""Rows, articles or entries of a long example."""

_LONG = (
    ".law > *, .law > div > *, tbody > tr, .cards > li, .grid > li, .prose > *, .organ-list > li, .people > li,"
    " .plain > li, .files > li, .ranked > li, .citing li, .chips > li, .glossary > *, .doors > li"
)

_HEAD = """\
<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>组件</title>"""

_FRAME = """\
<style>
.example { position: relative; border: 1px dashed var(--edge); padding: 1rem; margin: 0 0 1rem; }
.example > .panel, .example > .stepper { position: static; width: auto; }
.example > .rows { max-height: 24rem; }
.variables { list-style: none; padding: 0; columns: 18rem; }
.swatch { display: inline-block; width: 2em; height: 1em; margin-right: .5em; border: 1px solid var(--edge); }
@media (max-width: 40rem) { .example { padding: .5rem; } }
</style>
</head>
<body>
<main id="main" class="wrap">
<h1>组件</h1>"""
"""What sets examples apart; the rest is the theme's."""

_REFERS = ("for", "list", "aria-labelledby", "aria-describedby", "aria-controls")


def page(site: Path, target: Path) -> str:
    """The page, for a file at `target`: its links lead into the built `site`."""
    found: dict[Component, dict[str, _Example]] = {component: {} for component in COMPONENTS}
    links: dict[str, None] = {}
    files = sorted(site.rglob("index.html"), key=lambda path: (len(path.relative_to(site).parts), path))
    for file in files:
        tree = LexborHTMLParser(file.read_text("utf-8"))
        for node in tree.css("link[rel=stylesheet], head > script:not([type])"):
            if node.tag == "link" or file == files[0]:
                _lead(node, file, target)
                links[node.html or ""] = None
        for component, examples in found.items():
            for node in tree.css(component.selector):
                kind = f"{node.tag} {node.attributes.get('class') or ''}" if component.each else ""
                classes = frozenset(_classes(node))
                if node.text().strip() and (kind not in examples or len(classes) > len(examples[kind].classes)):
                    examples[kind] = _Example(node.html or "", file, classes)
    sections = [_section(n, *each, target) for n, each in enumerate(found.items())]
    sheet = next(site.glob("assets/style.*.css")).read_text("utf-8")
    return "\n".join([_HEAD, *links, _FRAME, _variables(sheet), *sections, "</main>\n</body>\n</html>\n"])


def missing(html: str) -> list[str]:
    """The components of which a page has no example."""
    return re.findall(f"<h2>([^<]+)</h2>\n<p>.*\n{re.escape(_NONE)}", html)


def _variables(sheet: str) -> str:
    """What a style sheet calls its colours and sizes, each with its value on an ordinary page."""
    named: dict[str, str] = {}
    for block in re.findall(r":root\s*{([^}]*)}", sheet):
        named |= dict(re.findall(r"(--[\w-]+)\s*:\s*([^;]+)", block))
    shown = ""
    for name, value in named.items():
        swatch = f'<span class="swatch" style="background: var({name})"></span>' if value.startswith("#") else ""
        shown += f"<li>{swatch}<code>{name}</code> {escape(value)}</li>\n"
    return f'<section>\n<h2>颜色和尺寸</h2>\n<p>{_TOLD}</p>\n<ul class="variables">\n{shown}</ul>\n</section>'


_TOLD = "样式里的变量。色块是现在的颜色：换成长者版、深色或高对比时跟着变。尺寸没有色块。"


@dataclass(frozen=True, slots=True)
class _Example:
    """A part of the page at `file`, with the classes in it: the more, the more there is to see."""

    html: str
    file: Path
    classes: frozenset[str]


def _classes(node: LexborNode) -> Iterator[str]:
    for one in node.css("[class]"):
        yield from (one.attributes.get("class") or "").split()


def _section(n: int, component: Component, examples: dict[str, _Example], target: Path) -> str:
    shown = ""
    # By their element: headings then go down one by one.
    for m, (_, example) in enumerate(sorted(examples.items(), key=lambda pair: pair[0].partition(" ")[0])):
        (node,) = LexborHTMLParser(example.html).css("body > *")
        _shorten(node)
        _detach(node, f"{n}-{m}-", component.name)
        for link in node.css("[href], [src], [action]"):
            _lead(link, example.file, target)
        # A note of a page is no landmark beside the one of this page.
        html = re.sub(r"<(/?)aside\b", r"<\1div", node.html or "")
        shown += f'<div class="example">{html}</div>\n'
    told = f"{component.use}。<code>{component.template}</code> <code>{escape(component.selector)}</code>"
    return f"<section>\n<h2>{component.name}</h2>\n<p>{told}</p>\n{shown or _NONE}</section>"


def _shorten(node: LexborNode) -> None:
    """Leaves out entries of a long list that show nothing new."""
    seen: set[str] = set()
    for entry in node.css(_LONG):
        classes = set(_classes(entry))
        if classes <= seen and sum(1 for _ in _before(entry)) >= _ENOUGH:
            entry.decompose()
        seen |= classes


def _before(node: LexborNode) -> Iterator[LexborNode]:
    """The elements before one, within the same."""
    while (node := node.prev) is not None:  # type: ignore[assignment]
        if node.tag != "-text":
            yield node


def _detach(node: LexborNode, before: str, name: str) -> None:
    """Makes an example of what needed its page: ids are its own, what a script would show or fill is shown or gone."""
    if "hidden" in node.attributes:
        del node.attrs["hidden"]
    own = {one.attributes["id"] for one in node.css("[id]")}
    for one in node.css("*"):
        if "id" in one.attributes:
            one.attrs["id"] = f"{before}{one.attributes['id']}"
        for key in _REFERS:
            if key in one.attributes:
                if one.attributes[key] in own:
                    one.attrs[key] = f"{before}{one.attributes[key]}"
                else:
                    del one.attrs[key]
        if one.attributes.get("role") == "search":
            one.attrs["aria-label"] = name
    for one in node.css("button"):
        if not (one.text() or "").strip():
            one.decompose()


def _lead(node: LexborNode, file: Path, target: Path) -> None:
    """Makes a link of the page in `file` lead to the same place from `target`."""
    for name in ("href", "src", "action"):
        link = node.attributes.get(name)
        if link and not re.match(r"[a-z]+:", link):
            path, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", link).groups()  # type: ignore[union-attr]
            there = (file.parent / unquote(path) if path else file).resolve()
            there = there / "index.html" if path.endswith(("/", "..")) or there.is_dir() else there
            node.attrs[name] = quote(os.path.relpath(there, target.parent).replace(os.sep, "/")) + mark + rest


_NONE = '<p class="missing">这个网站还没有用到它。</p>\n'
