"""Document pages → each document as Word and as PDF, where the site asks for it. Both are made of one HTML text.

The theme's `document.html` says what is in it and how the PDF looks. One file takes 0.03 to 0.3 s, so it is made before
the page that tells its size, and kept by what it is made of (`publish.store`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.base.problems import Faulty, Mark
from gongkai.base.settings import CopyFormat, Settings
from gongkai.exports import letter, paper, pdf, word
from gongkai.render import urls
from gongkai.render.markdown import RuleText
from gongkai.render.output import Copied, Output, copy
from gongkai.render.pages.rule import RuleView
from gongkai.render.theme import BROKEN
from gongkai.render.views import Page

TEMPLATE = "document.html"

NOWHERE = "https://gongkai.invalid/"
"""Where relative addresses begin on a site without a public root. Nothing is ever asked of it."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """A document on paper: what stands above and below its text, and the pictures in it by their full address."""

    title: str
    notices: tuple[str, ...]
    number: str
    title_note: str
    issuers: str
    day: str
    text: RuleText
    facts: tuple[tuple[str, str], ...]
    pictures: tuple[tuple[str, Copied], ...] = ()


def plan(settings: Settings, outputs: Sequence[Output]) -> Iterator[Output]:
    """A file for each page of a document that offers one."""
    if not settings.downloads:
        return
    copied = {output.path: output.view for output in outputs if isinstance(output.view, Copied)}
    for output in outputs:
        page = output.view
        if isinstance(page, Page) and isinstance(page.view, RuleView) and page.view.copies:
            sheet = _sheet(page, settings.base_url, copied)
            for file in page.view.copies.files:
                if write := WRITERS.get(file.suffix):
                    path = urls.output_path(file.address)
                    yield Output(path, output.claim, sheet, template=TEMPLATE, write=write)


def _sheet(page: Page, base_url: str | None, copied: Mapping[str, Copied]) -> Page:
    """The page of a document without the site around it. Its links are full; without a public root it has none."""
    view: RuleView = page.view
    copies = view.copies
    assert copies is not None
    root = base_url or NOWHERE
    pictures = tuple(
        (urls.absolute(root, address), copied[urls.output_path(address)])
        for _, address in view.text.links
        if urls.output_path(address) in copied
    )
    shown = {address for address, _ in pictures}
    links = tuple(
        (typed, address) for typed, address in view.text.links if base_url or urls.absolute(root, address) in shown
    )
    notices = view.state.notices if view.state else ()
    sheet = SheetView(
        title=view.title,
        notices=tuple("".join(piece.text for piece in notice.pieces) for notice in notices),
        number="" if copies.bare else copies.number,
        title_note=view.title_note,
        issuers=copies.issuers,
        day=copies.day or "2000-01-01",
        text=RuleText(view.text.source, links),
        facts=() if copies.bare else copies.facts,
        pictures=pictures,
    )
    return replace(page, crumbs=(), tags=(), root=root, view=sheet)


def write_docx(page: Page, html: bytes) -> bytes:
    """The Word file of a sheet."""
    return word.write(_paper(html), pictures(page))


def write_pdf(page: Page, html: bytes) -> bytes:
    """The PDF of a sheet. Raises `Faulty` with what is wrong in the `document.typ` of the theme."""
    try:
        return pdf.write(_paper(html), pictures(page))
    except pdf.LayoutError as error:
        hint = "改正主题的 templates/document.typ，或删去它，使用自带主题的"
        message = f"document.typ 不能排版：{error}"
        raise Faulty([BROKEN.at(Mark("themes/document.typ", error.line, error.column), message, hint)]) from error


def _paper(html: bytes) -> paper.Paper:
    found = paper.read(html)
    return replace(found, blocks=tuple(letter.set_apart(found.blocks, found.author)))


def pictures(page: Page) -> dict[str, bytes]:
    """The files that a sheet shows, by their full address."""
    return {address: copy(file) for address, file in page.view.pictures}


WRITERS: dict[str, Callable[[Page, bytes], bytes]] = {CopyFormat.DOCX: write_docx, CopyFormat.PDF: write_pdf}
"""Suffix → what turns the HTML of a sheet into a file."""

_TEXT = "> （2024年1月1日公布）\n\n## 第一章　总则\n\n第一条　公开，1。\n\n| 名 | 数 |\n| - | - |\n| 甲 | 1 |\n"
_FACTS = (("日期", "2024年"),)
_SAMPLE = SheetView(
    "公开条例", ("废止",), "公〔2024〕1号", "（2024年公布）", "机关", "2024-01-01", RuleText(_TEXT), _FACTS
)


def sample(output: Output) -> Output:
    """A sheet in the place of that of `output`, with everything that has a font of its own.

    What a writer makes of it shows the fonts and the libraries of this machine.
    """
    return replace(output, view=replace(output.view, title=_SAMPLE.title, canonical="", view=_SAMPLE))


def sized(output: Output, sizes: Mapping[str, int]) -> Output:
    """`output`, a page of a document, with the sizes of the files that it leads to."""
    page = output.view
    if not (isinstance(page, Page) and isinstance(page.view, RuleView) and page.view.copies):
        return output
    copies = page.view.copies
    files = tuple(replace(file, size=sizes.get(urls.output_path(file.address), 0)) for file in copies.files)
    view = replace(page.view, copies=replace(copies, files=files))
    return replace(output, view=replace(page, view=view))
