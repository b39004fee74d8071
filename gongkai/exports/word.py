"""The HTML of a document → a Word file: A4, real headings and tables, Chinese fonts by name. Start with `write`.

The same HTML gives the same bytes: times in it come from the document, and the parts of the package are put together
anew, because python-docx stamps them with the clock.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_WIDTH = 156
"""Millimetres of a line, as the PDF has it; no picture is wider."""

_SIZE = 16
"""Points of the text: 三号."""

_STYLES = (
    ("Normal", "", "仿宋", _SIZE, False),
    ("Body Text", "", "仿宋", _SIZE, False),
    ("Title", "", "宋体", 22, True),
    ("文号", "Normal", "仿宋", _SIZE, False),
    ("Quote", "", "楷体", _SIZE, False),
    ("表头", "Normal", "仿宋", 12, True),
    ("表文", "Normal", "仿宋", 12, False),
    ("说明", "Normal", "仿宋", 10.5, False),
    ("提示", "Normal", "黑体", 12, False),
    ("页脚", "Normal", "宋体", 9, False),
    *((f"Heading {level}", "", "黑体", _SIZE, False) for level in range(1, 6)),
)
"""Style, the style it is made from where Word has none of the name, font, points, bold. The fonts come with Windows and
WPS and are named, not put into the file."""

_PLACES = {"number": "文号", "note": "Quote", "blockquote": "Quote", "facts": "说明", "notice": "提示"}
"""Class or element → the style of the paragraphs in it."""

_CENTRED = ("Title", "文号", "Quote", "页脚", *(f"Heading {level}" for level in range(1, 6)))


def ready() -> None:
    """Raises ImportError where python-docx is not installed."""
    import docx  # noqa: F401


def write(html: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """The Word file of `html`; `pictures` are the only ones it can show, by their full address."""
    from docx import Document
    from lxml.html import document_fromstring

    page = document_fromstring(html.decode())
    document = Document()
    _set_styles(document)
    _set_page(document)
    _set_foot(document, page.find(".//footer"))
    _set_properties(document, page)
    for node in page.body.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "table"):
        if node.tag == "table":
            _table(document, node, pictures)
        elif next(node.iterancestors("table", "footer"), None) is None:
            paragraph = document.add_paragraph(style=_style(node))
            if node.get("id", "").startswith("h-"):
                _set_left(paragraph.paragraph_format)
            _fill(paragraph, node, pictures)
    return _packed(document)


def _style(node: Any) -> str:
    if re.fullmatch("h[1-6]", node.tag):
        return f"Heading {int(node.tag[1]) - 1}" if node.tag != "h1" else "Title"
    around = (node, *node.iterancestors())
    return next((style for one in around if (style := _PLACES.get(one.get("class") or one.tag))), "Body Text")


def _fill(paragraph: Paragraph, node: Any, pictures: Mapping[str, bytes]) -> None:
    """Puts what a node holds into a paragraph: text, breaks, links, pictures."""
    for kind, text, element in _pieces(node):
        if kind == "br":
            paragraph.add_run().add_break()
        elif kind == "img":
            _picture(paragraph, element, pictures)
        elif text:
            run = paragraph.add_run(text, "条号" if element.get("class") == "no" else None)
            if kind == "a" and re.match("https?:|mailto:|tel:", element.get("href", "")):
                _link(paragraph, run, element.get("href"))


def _pieces(node: Any, kind: str = "") -> Iterator[tuple[str, str, Any]]:
    """What a node holds, in order: stretches of text with the element they stand in, and elements without text."""
    yield kind, _flat(node.text), node
    for child in node:
        if child.tag in ("br", "img"):
            yield child.tag, "", child
        else:
            yield from _pieces(child, child.tag)
        yield kind, _flat(child.tail), node


def _flat(text: str | None) -> str:
    """Text as a browser shows it: a line feed of the HTML is not one of the text."""
    return (text or "").replace("\n", "")


def _picture(paragraph: Paragraph, node: Any, pictures: Mapping[str, bytes]) -> None:
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.shared import Mm

    address, description = node.get("src", ""), node.get("alt", "")
    run = paragraph.add_run()
    try:
        shape: Any = run.add_picture(io.BytesIO(pictures[address]))
    except (KeyError, InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
        run.text = f"〔图：{description}〕"  # SVG and WebP are nothing that Word can hold
        return
    shape._inline.docPr.set("descr", description)
    if shape.width > Mm(_WIDTH):
        shape.width, shape.height = Mm(_WIDTH), int(shape.height * Mm(_WIDTH) / shape.width)


def _link(paragraph: Paragraph, run: Any, target: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run._r.addprevious(link)
    link.append(run._r)


def _table(document: Document, node: Any, pictures: Mapping[str, bytes]) -> None:
    from docx.oxml import OxmlElement

    rows = [row.xpath("th|td") for row in node.iter("tr")]
    table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, source in zip(row.cells, cells, strict=False):
            cell.paragraphs[0].style = "表头" if source.tag == "th" else "表文"
            _fill(cell.paragraphs[0], source, pictures)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _set_page(document: Document) -> None:
    """A4 with the margins of the PDF."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _set_foot(document: Document, node: Any) -> None:
    """The number of the page, and below it the lines that the HTML has at the foot of every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    foot = document.sections[0].footer
    folio = foot.paragraphs[0]
    folio.style = "页脚"
    field, number = OxmlElement("w:fldSimple"), folio.add_run("1")
    field.set(qn("w:instr"), "PAGE")
    field.append(number._r)
    folio.add_run("— ")
    folio._p.append(field)
    folio.add_run(" —")
    for run in (number, *folio.runs):
        run.font.size = Pt(14)
    for line in node.iterchildren("p"):
        if text := _flat(line.text_content()):
            foot.add_paragraph(text, style="页脚")


def _set_styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")
    for name, base, font, size, bold in _STYLES:
        style: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) if base else styles[name]
        if base:
            style.base_style = styles[base]
        _set_font(style, font)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        around = style.paragraph_format
        around.space_before = around.space_after = Pt(0)
        around.line_spacing = 1.5
        if size == _SIZE:
            around.line_spacing, around.line_spacing_rule = Pt(28.95), WD_LINE_SPACING.AT_LEAST  # 22 on a page
        if name in _CENTRED:
            around.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
    for name in ("Title", "文号", "Quote", "提示"):
        styles[name].paragraph_format.space_after = Pt(14)
    _set_left(styles["Body Text"].paragraph_format)
    styles["Body Text"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _set_font(styles.add_style("条号", WD_STYLE_TYPE.CHARACTER), "黑体")


def _set_left(paragraph: Any) -> None:
    """Begins two characters from the left, as text does and a heading that is not 第…章."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.alignment, paragraph.first_line_indent = WD_ALIGN_PARAGRAPH.LEFT, Pt(2 * _SIZE)
    paragraph._element.pPr.ind.set(qn("w:firstLineChars"), "200")


def _set_font(style: Any, font: str) -> None:
    """Names `font` for every script; a font of the theme of the file would otherwise win."""
    from docx.oxml.ns import qn

    style.font.name = font
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), font)
    for key in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[key]


def _set_properties(document: Document, page: Any) -> None:
    said = {meta.get("name"): meta.get("content") for meta in page.iter("meta")}
    day = datetime.fromisoformat(said["dcterms.created"])  # without a zone: the file says UTC, whatever the machine
    about = document.core_properties
    about.title, about.author = page.findtext(".//title")[:255], said["author"][:255]  # no longer by the standard
    about.language, about.last_modified_by, about.comments = page.get("lang", ""), about.author, ""
    about.created = about.modified = day
    about.revision = 1


def _packed(document: Document) -> bytes:
    """The file, its parts in a fixed order under a fixed time."""
    rels = document.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[key]  # a picture of an empty page
    stamped, packed = io.BytesIO(), io.BytesIO()
    document.save(stamped)
    with zipfile.ZipFile(stamped) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 3
            target.writestr(part, source.read(name))
    return packed.getvalue()
