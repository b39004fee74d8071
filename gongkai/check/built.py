"""Planned outputs → what their pages hold, rendered only when it is not known yet. Start with `Built`.

A page is read once for every family: the checks that look at one page alone, its anchors and its links. What was found
is kept by the fingerprint of the output, so a second run over unchanged content renders nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gongkai.base.problems import Mark, Problem
from gongkai.check.memory import Memory
from gongkai.publish.ledger import mark
from gongkai.render.output import Output
from gongkai.render.press import bytes_of
from gongkai.render.theme import Theme

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser


@dataclass(frozen=True)
class Page:
    """A page as it is published: its path in the site, the source that it is made of, its bytes."""

    path: str
    claim: Mark
    data: bytes

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The page as a browser would read it, parsed once for all checks. To be looked at, not changed."""
        from selectolax.lexbor import LexborHTMLParser

        return LexborHTMLParser(self.data)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is remembered of a page.

    `links` are the addresses that it leads to or loads, as written, in the order of the page; `anchors` what may
    follow `#` in an address of it.
    """

    path: str
    claim: Mark
    links: tuple[str, ...]
    anchors: frozenset[str]
    problems: tuple[Problem, ...]


class Built:
    """The site as it would be published, page by page, each looked at when it is first asked for."""

    def __init__(
        self,
        outputs: Iterable[Output],
        theme: Theme,
        memory: Memory,
        checks: Iterable[Callable[[Page], Iterable[Problem]]],
    ) -> None:
        self.outputs = {output.path: output for output in outputs}
        """Every file that will exist, by its path in the site."""
        self._theme, self._memory, self._checks = theme, memory, tuple(checks)
        self._facts: dict[str, Facts] = {}

    def pages(self, wanted: Callable[[Output], bool] = lambda _: True) -> Iterator[Facts]:
        """The facts of every HTML page whose output is `wanted`, in the order of their paths."""
        for path, output in self.outputs.items():
            if output.template and path.endswith(".html") and wanted(output):
                yield self.facts(path)

    def facts(self, path: str) -> Facts:
        """What is known of the page at `path` of the site."""
        if path not in self._facts:
            output = self.outputs[path]
            place = f"{output.claim.path}:{output.claim.line}:{output.claim.column}:{output.claim.length}"
            learnt = self._memory.recall(
                f"page {path}", f"{mark(output, self._theme)} {place}", lambda: self._learn(output)
            )
            links, anchors, problems = learnt
            found = tuple(Problem(*row) for row in problems)
            self._facts[path] = Facts(path, output.claim, tuple(links), frozenset(anchors), found)
        return self._facts[path]

    def _learn(self, output: Output) -> tuple[list[str], list[str], list[list[Any]]]:
        page = Page(output.path, output.claim, bytes_of(output, self._theme))
        problems = [list(astuple(problem)) for check in self._checks for problem in check(page)]
        return list(_links(page)), sorted(_anchors(page)), problems


def _links(page: Page) -> Iterator[str]:
    for node in page.tree.css("[href], [src]"):
        for name in ("href", "src"):
            if value := node.attributes.get(name):
                yield value


def _anchors(page: Page) -> set[str]:
    named = (node.attributes.get("id") for node in page.tree.css("[id]"))
    return {name for name in named if name}
