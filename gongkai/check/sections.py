"""The built home of a disclosure column → whether its sections are all there, and in the prescribed order.

The program puts them in order; a theme that writes the templates of a column anew may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from gongkai.base.problems import Code, Problem
from gongkai.base.settings import ColumnLayout
from gongkai.check.columns import NAMES
from gongkai.check.webpage import Page
from gongkai.render.pages.column import SECTIONS

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

ORDER = Code(
    "GK-STRUCT-008",
    "warning",
    "专栏的栏目不全或顺序不对",
    "政府信息公开专栏的首页要有一个栏目列表，依次是政府信息公开指南、政府信息公开制度、法定主动公开内容、政府信息公开年报；"
    "2021年的栏目设置前面还有政策，后面还有依申请公开。自己的主题改写了专栏的模板时会出现，"
    "照 column_base.html 的写法改回来。",
    law="国办公开办函〔2019〕61号；国办公开办函〔2021〕33号",
)

_ALL, _LEAST = SECTIONS[ColumnLayout.Y2021], SECTIONS[ColumnLayout.Y2019]


def sections(page: Page) -> Iterator[Problem]:
    """Some list on the home of a column leads to every section, in order. Other lists may lead to a few of them."""
    if not f"/{page.path}".endswith("/zfxxgk/index.html"):
        return
    lists = [(_sections(page, node), node) for node in page.tree.css("nav, ul, ol")]
    found, node = max(lists, key=lambda one: len(one[0]), default=((), None))
    if lacking := [key for key in _LEAST if key not in found]:
        named = "、".join(NAMES[key] for key in lacking)
        yield ORDER.at(page.place(node if found else None), f"专栏的栏目列表里没有{named}", "加上通往它们的链接")
    elif not any(_is_whole(keys) for keys, _ in lists):
        right = "、".join(NAMES[key] for key in _ALL if key in found)
        yield ORDER.at(page.place(node), "专栏的栏目顺序不对", f"依次写：{right}")


def _is_whole(keys: tuple[str, ...]) -> bool:
    return set(_LEAST) <= set(keys) and list(keys) == sorted(keys, key=_ALL.index)


def _sections(page: Page, node: LexborNode) -> tuple[str, ...]:
    """The sections of this column that a list leads to, in its order, each once."""
    home = f"/{dirname(page.path)}"
    found = dict.fromkeys(
        normpath(join(home, (link.attributes.get("href") or "").partition("#")[0])).removesuffix("/index.html")
        for link in node.css("a[href]")
    )
    return tuple(key for path in found for key in _ALL if path == f"{home}/{key}")
