"""Document pages → what their copies are made of, whatever the format. Start with `documents`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.base.settings import Settings
from gongkai.render import urls
from gongkai.render.markdown import RuleText
from gongkai.render.output import Output
from gongkai.render.pages.rule import RuleView
from gongkai.render.views import Page


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document without the site around it. The links of its text are as full as they can be."""

    title: str
    facts: tuple[tuple[str, str], ...]
    text: RuleText


def documents(
    settings: Settings, outputs: Sequence[Output], suffix: str, write: Callable[[DocumentView], bytes]
) -> Iterator[Output]:
    """A file for each page of a document that offers one with `suffix`."""
    for output in outputs:
        page = output.view
        if isinstance(page, Page) and isinstance(page.view, RuleView) and page.view.copies:
            copies = page.view.copies
            view = DocumentView(page.view.title, copies.facts, _full(page, settings.base_url))
            for file in copies.files:
                if file.suffix == suffix:
                    yield Output(urls.output_path(file.address), output.claim, view, write=write)


def claims(settings: Settings, outputs: Sequence[Output]) -> Iterator[Output]:
    """The paths of the files of documents that nobody asked to see (`Output.whole`), without views to make them of."""
    for output in outputs:
        for address in output.view.view if output.whole else ():
            yield Output(urls.output_path(address), output.claim, None)


def _full(page: Page, base_url: str | None) -> RuleText:
    """The text of a page with addresses that still lead there when the file has left the site, if that is known."""
    links = (
        (typed, urls.absolute(base_url, address) if base_url else urls.href(page.address, address))
        for typed, address in page.view.text.links
    )
    return RuleText(page.view.text.source, tuple(links))
