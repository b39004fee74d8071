"""Planned outputs → what their pages hold, rendered only when it is not known yet. Start with `Built`.

A page is read once for every family: the checks that look at one page alone, its anchors and its links. What was found
is kept by the fingerprint of the output, so a second run over unchanged content renders nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from gongkai.base.problems import Mark, Problem
from gongkai.check.memory import Memory
from gongkai.publish.ledger import mark
from gongkai.render import press
from gongkai.render.output import Output
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


Learnt = tuple[list[str], list[str], list[list[Any]]]
"""What is kept of a page, as JSON holds it: its links, its anchors, its problems."""

OnPage = Callable[[Page], Iterable[Problem]]
"""A check over one built page. It must depend on nothing else: the result is kept until the page changes."""


class Built:
    """The site as it would be published, page by page, each looked at when it is first asked for."""

    def __init__(self, outputs: Iterable[Output], theme: Theme, memory: Memory, checks: Iterable[OnPage]) -> None:
        self.outputs = {output.path: output for output in outputs}
        """Every file that will exist, by its path in the site."""
        self._theme, self._memory = theme, memory
        self._learn = partial(_learn, tuple(checks))
        self._facts: dict[str, Facts] = {}

    def pages(self, wanted: Callable[[Output], bool], jobs: int) -> list[Facts]:
        """The facts of every HTML page whose output is `wanted`, in the order of their paths.

        Those not known yet are made in `jobs` processes.
        """
        chosen = [output for output in self.outputs.values() if _is_page(output) and wanted(output)]
        slots = [_slot(output, self._theme) for output in chosen]
        new = [output for output, slot in zip(chosen, slots, strict=True) if not self._memory.holds(*slot)]
        with press.crew(len(new), jobs) as executor:
            fresh = press.each(self._learn, new, self._theme, executor)
            return [self._keep(output, slot, lambda: next(fresh)) for output, slot in zip(chosen, slots, strict=True)]

    def facts(self, path: str) -> Facts:
        """What is known of the page at `path` of the site, which is made for it if need be."""
        if path not in self._facts:
            output = self.outputs[path]
            self._keep(output, _slot(output, self._theme), lambda: self._learn(output, self._theme))
        return self._facts[path]

    def _keep(self, output: Output, slot: tuple[str, str], learn: Callable[[], Learnt]) -> Facts:
        links, anchors, problems = self._memory.recall(*slot, learn)
        found = tuple(Problem(*row) for row in problems)
        facts = Facts(output.path, output.claim, tuple(links), frozenset(anchors), found)
        self._facts[output.path] = facts
        return facts


def _is_page(output: Output) -> bool:
    return output.template is not None and output.path.endswith(".html")


def _slot(output: Output, theme: Theme) -> tuple[str, str]:
    """Where a page is remembered, and what must be the same for it to be so still: its bytes and its source."""
    claim = output.claim
    return f"page {output.path}", f"{mark(output, theme)} {claim.path}:{claim.line}:{claim.column}:{claim.length}"


def _learn(checks: tuple[OnPage, ...], output: Output, theme: Theme) -> Learnt:
    page = Page(output.path, output.claim, press.bytes_of(output, theme))
    problems = [list(astuple(problem)) for check in checks for problem in check(page)]
    return list(_links(page)), sorted(_anchors(page)), problems


def _links(page: Page) -> Iterator[str]:
    for node in page.tree.css("[href], [src]"):
        for name in ("href", "src"):
            if value := node.attributes.get(name):
                yield value


def _anchors(page: Page) -> set[str]:
    named = (node.attributes.get("id") for node in page.tree.css("[id]"))
    return {name for name in named if name}
