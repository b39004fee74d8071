"""Ordinary Markdown (cards, explainers, guides, reports) → HTML. Start with `render`.

CommonMark with tables; HTML typed in a text is shown as text. Headings begin below those of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt

from gongkai.model.cited import Key
from gongkai.render.citing import Cites, Weaver
from gongkai.render.markdown import Outward, finish, framed


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as typed, where its inner links lead `(href as typed, address)`, and where its citations do."""

    source: str
    links: tuple[tuple[str, str], ...] = ()
    cites: Cites = Cites()


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def render(text: Prose, hrefs: dict[str, str], cited: Mapping[Key, str], outward: Outward, *, top: int = 2) -> str:
    """The HTML of `text`; its highest heading becomes h`top` and no level is skipped.

    `outward` says what stands behind the words of a link to an address outside.
    """
    parser = _parser()
    hrefs = {parser.normalizeLink(typed): href for typed, href in hrefs.items()}
    tokens = parser.parse(text.source)
    levels: list[int] = []
    weaver = Weaver(text.cites.title, cited)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "heading_open":
            level = int(token.tag[1])
            while levels and levels[-1] >= level:
                levels.pop()
            levels.append(level)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(top - 1 + len(levels), 6)}"
        finish(token, hrefs, set(), outward)
        if token.type == "inline" and not (before and before.type == "heading_open"):
            weaver.weave(token)
    return framed(parser.renderer.render(tokens, parser.options, {}))
