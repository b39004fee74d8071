"""A planned page → what a browser makes of it: its tree, its anchors, what it leads to. Start with `Page`.

Only a page with a fault is made a second time, by a theme whose elements know their place (`render.trace`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from gongkai.base.problems import Mark
from gongkai.check.unseen import OUTSIDE
from gongkai.render import press, trace
from gongkai.render.output import Output
from gongkai.render.theme import Recipe, Theme

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(frozen=True)
class Page:
    """A page as it is published: its path in the site, the source that it is made of, its bytes.

    `traced` is set when the page is made again to place its faults; its elements then know their place.
    """

    path: str
    claim: Mark
    data: bytes
    template: str = ""
    traced: Recipe | None = None

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The page as a browser would read it, parsed once for all checks. To be looked at, not changed."""
        from selectolax.lexbor import LexborHTMLParser

        return LexborHTMLParser(self.data)

    def place(self, node: LexborNode | None) -> Mark:
        """Where an element was written: in a template, else in the source of the page.

        None stands for what is not there: the template of the page lacks it.
        """
        if self.traced is None:
            return self.claim
        if node is None:
            return trace.start(self.traced, self.template)
        told = node.attributes.get(trace.ATTRIBUTE)
        return trace.place(self.traced, told) if told else self.claim

    def is_written(self, node: LexborNode) -> bool:
        """Whether a template wrote an element, and no text of a record. Unsure (true) until the page is traced."""
        return self.traced is None or trace.ATTRIBUTE in node.attributes


def look(output: Output, theme: Theme, *, traced: bool = False) -> Page:
    """A page, made for a look."""
    recipe = theme.recipe
    data = press.bytes_of(output, trace.traced(recipe) if traced else theme)
    return Page(output.path, output.claim, data, output.template or "", recipe if traced else None)


_LEADING = ("href", "src", "action", "poster", "data")


def links(output: Output, page: Page) -> Iterator[tuple[LexborNode, str]]:
    """Every element that leads somewhere or loads something, and what."""
    top = _top(output)
    for node in page.tree.css(", ".join(f"[{name}]" for name in _LEADING)):
        attributes = node.attributes
        for name in _LEADING:
            if (value := attributes.get(name)) is not None:
                yield node, _target(page.path, top, value.strip())


def _top(output: Output) -> str:
    """The path under which the site is served, as the page itself knows it."""
    view = output.view
    if view.root:
        return str(view.root)
    return urlsplit(view.canonical).path.removesuffix(view.address.lstrip("/")) if view.canonical else "/"


def _target(page: str, top: str, link: str) -> str:
    """What a link of `page` leads to, as `Facts` has it; a place above the top of the site begins with `/`."""
    head, _, anchor = link.partition("#")
    if OUTSIDE.match(head):
        return link
    path = unquote(head.partition("?")[0])
    if not path:
        return f"{page}#{unquote(anchor)}" if anchor else page
    if path.startswith("/"):
        if not path.startswith(top):
            return link
        full = path[len(top) - 1 :]
    else:
        full = normpath(f"/{page.rpartition('/')[0]}/{path}")
        full += "/" if path.endswith(("/", "/.", "/..")) or path in (".", "..") else ""
    full = full.lstrip("/")
    full += "index.html" if full.endswith("/") or not full else ""
    return f"{full}#{unquote(anchor)}" if anchor else full


def anchors(page: Page) -> set[str]:
    """What may follow `#` in an address of the page."""
    named = (node.attributes.get("id") or node.attributes.get("name") for node in page.tree.css("[id], a[name]"))
    return {name for name in named if name}
