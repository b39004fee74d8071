"""Planned outputs → what their pages hold, rendered only when it is not known yet. Start with `Built`.

A page is read once for every family: the checks that look at one page alone, its anchors and its links. What was found
is kept by the fingerprint of the output, so a second run over unchanged content renders nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from gongkai.base.problems import Mark, Problem
from gongkai.check import addresses, webpage
from gongkai.check.memory import Memory
from gongkai.check.unseen import OUTSIDE
from gongkai.check.webpage import Page
from gongkai.model.catalog import Catalog
from gongkai.model.form import Form, form
from gongkai.publish.ledger import mark
from gongkai.render import press
from gongkai.render.output import Output
from gongkai.render.theme import Theme

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Facts:
    """What is remembered of a page.

    `links` are what it leads to or loads, each once: a file of the site with its `#anchor`, such as
    `rules/a-1/index.html#art-3`, or the address of something outside as it is written. `anchors` are what may follow
    `#` in an address of the page. What leads to a place of the page itself that is there is left out.
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

    def __init__(
        self, catalog: Catalog, outputs: Iterable[Output], theme: Theme, memory: Memory, checks: Iterable[OnPage]
    ) -> None:
        self.catalog = catalog
        """What the site is made of, hidden records included."""
        self.outputs = {output.path: output for output in outputs}
        """Every file that will exist, by its path in the site."""
        self._theme, self._memory = theme, memory
        self._learn = partial(_learn, tuple(checks))
        self._facts: dict[str, Facts] = {}
        self._placed: dict[tuple[str | None, str], Mark | None] = {}

    def pages(self, wanted: Callable[[Output], bool], jobs: int) -> list[Facts]:
        """The facts of every HTML page whose output is `wanted`, in the order of their paths.

        In a further language a page holds what the authentic one does: one of each template is looked at, and those
        come last. What is not known yet is made in `jobs` processes.
        """
        found = [output for output in self.outputs.values() if _is_page(output) and wanted(output)]
        further = {(output.view.chrome.below, output.template): output for output in reversed(found)}
        chosen = [output for output in found if not output.view.chrome.below]
        chosen += [output for (below, _), output in reversed(further.items()) if below]
        slots = [_slot(output, self._theme) for output in chosen]
        new = [output for output, slot in zip(chosen, slots, strict=True) if not self._memory.holds(*slot)]
        with press.crew(len(new), jobs) as executor:
            fresh = press.each(self._learn, new, self._theme, executor)
            return [self._keep(output, slot, lambda: next(fresh)) for output, slot in zip(chosen, slots, strict=True)]

    def facts(self, path: str) -> Facts:
        """What is known of the page at `path` of the site, which is made for it if need be."""
        if path not in self._facts:
            output = self.outputs[path]
            output = output.whole() if output.whole else output
            self._keep(output, _slot(output, self._theme), lambda: self._learn(output, self._theme))
        return self._facts[path]

    @cached_property
    def folders(self) -> frozenset[str]:
        """The first part of every path: the files at the top, and the folders."""
        return frozenset(path.partition("/")[0] for path in self.outputs)

    def is_ours(self, address: str) -> bool:
        """Whether an address with its host is one of this site; other programs may answer on the same host."""
        base = self.catalog.settings.base_url
        rest = address[len(base) :] if base and address.startswith(base) else None
        return rest is not None and rest.partition("/")[0].partition("#")[0] in (*self.folders, "")

    def by_case(self, path: str) -> str:
        """The file that a path means but for its case; "" when there is none."""
        return self._by_case.get(path.casefold(), "")

    @cached_property
    def _by_case(self) -> dict[str, str]:
        return {path.casefold(): path for path in self.outputs}

    def is_own(self, facts: Facts) -> bool:
        """Whether a page is made of what an organ of this site wrote."""
        return facts.claim.path not in self._foreign

    def is_authentic(self, facts: Facts) -> bool:
        """Whether a page is in the main language."""
        return not self.outputs[facts.path].view.chrome.below

    @cached_property
    def taken_down(self) -> frozenset[str]:
        """The sources of the pages that only say that something was there."""
        items = self.catalog.items.values()
        return frozenset(item.path for item in items if form(item.record, self.catalog.day) is Form.TOMBSTONE)

    @cached_property
    def _foreign(self) -> frozenset[str]:
        return frozenset(item.path for item in self.catalog.items.values() if not self.catalog.is_own(item))

    def place(self, facts: Facts, link: str) -> Mark:
        """Where a link of a page was written: in the text of a record, in a template, else the source of the page."""
        anchor, source = link.partition("#")[2], facts.claim.path
        if OUTSIDE.match(link):
            if (source, link) in self._written:
                return self._written[source, link]
        elif anchor:
            leads = (own for found in self.catalog.links.values() for own in found if own.mark.path == source)
            if typed := next((own.mark for own in leads if unquote(own.fragment) == anchor), None):
                return typed
        output = self.outputs[facts.path]
        # A template that is wrong is wrong on every page of it: one is enough to find the place.
        slot = output.template, link
        if slot not in self._placed:
            page = webpage.look(output, self._theme, traced=True)
            node = next((node for node, leads in webpage.links(output, page) if leads == link), None)
            self._placed[slot] = page.place(node) if node is not None and page.is_written(node) else None
        return self._placed[slot] or facts.claim

    @cached_property
    def _written(self) -> dict[tuple[str, str], Mark]:
        return {(mark.path, address): mark for address, mark in addresses.written(self.catalog)}

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
    page = webpage.look(output, theme)
    problems = [problem for check in checks for problem in check(page)]
    if problems:
        again = webpage.look(output, theme, traced=True)
        problems = [problem for check in checks for problem in check(again)]
    anchors = webpage.anchors(page)
    links = dict.fromkeys(leads for _, leads in webpage.links(output, page))
    within = {f"{page.path}#{anchor}" for anchor in anchors}
    return [link for link in links if link not in within], sorted(anchors), [list(astuple(one)) for one in problems]


def spoken(found: Iterable[tuple[Facts, Problem]], built: Built) -> Iterator[tuple[Facts, Problem]]:
    """Problems of pages without those that a page in another language has as well: the content is the same."""
    told = set()
    for facts, problem in found:
        place = (problem.code, problem.path, problem.line, problem.column)
        if built.is_authentic(facts):
            told.add(place)
            yield facts, problem
        elif problem.path.startswith("themes/") and place not in told:
            yield facts, problem


def told(found: Iterable[tuple[Facts, Problem]]) -> list[Problem]:
    """Problems of pages, each once. Where no text of a record is at fault the first page is named, and how many."""
    pages: dict[Problem, list[Facts]] = {}
    for facts, problem in found:
        pages.setdefault(problem, []).append(facts)
    return [_named(problem, of) for problem, of in pages.items()]


def _named(problem: Problem, pages: list[Facts]) -> Problem:
    own = {(facts.claim.path, facts.claim.line, facts.claim.column) for facts in pages}
    if not problem.path.startswith("themes/") and (problem.path, problem.line, problem.column) not in own:
        return problem
    count = len({facts.path for facts in pages})
    first = "/" + pages[0].path.removesuffix("index.html")
    return replace(problem, message=f"{problem.message}（{first}{f' 等 {count} 页' if count > 1 else ''}）")
