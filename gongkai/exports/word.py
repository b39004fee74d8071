"""The paper of a document → a Word file: A4, real headings and tables, Chinese fonts by name. Start with `write`.

The same paper gives the same bytes: times in it come from the document, and the parts of the package are put together
anew, because python-docx stamps them with the clock.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gongkai.exports.paper import WIDTH, Block, Paper, Piece, Pieces, unseen

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

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
"""The place of a block → its style; a place that is not here is set as text."""

_CENTRED = ("Title", "文号", "Quote", "页脚", *(f"Heading {level}" for level in range(1, 6)))


def write(paper: Paper, pictures: Mapping[str, bytes]) -> bytes:
    """The Word file of `paper`; `pictures` are the only ones it can show, by their full address."""
    from docx import Document

    document = Document(io.BytesIO(_empty()))
    _set_foot(document, paper)
    _set_properties(document, paper)
    for block in paper.blocks:
        if block.kind == "table":
            _table(document, block, pictures)
        else:
            paragraph = _styled(document.add_paragraph(), _style(block))
            _set_aside(paragraph, block)
            _fill(paragraph, block.pieces, pictures)
    return _packed(document)


@lru_cache(maxsize=1)
def _empty() -> bytes:
    """A file with the page and the styles of every document, and nothing in it."""
    from docx import Document

    document, empty = Document(), io.BytesIO()
    _set_styles(document)
    _set_page(document)
    document.save(empty)
    return empty.getvalue()


def _style(block: Block) -> str:
    if block.kind == "title":
        return "Title"
    return f"Heading {block.level}" if block.kind == "heading" else _PLACES.get(block.place, "Body Text")


def _styled(paragraph: Paragraph, style: str) -> Paragraph:
    """`paragraph` in a style by its id, which is its name without blanks.

    python-docx goes through all 160 styles for each paragraph, which takes more than half of the time of a file.
    """
    paragraph._p.style = style.replace(" ", "")
    return paragraph


def _set_aside(paragraph: Paragraph, block: Block) -> None:
    """Puts a line of the 落款 to the right, 主送机关 to the very left, a heading in words where text begins."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    around = paragraph.paragraph_format
    if block.left:
        _set_left(around)
    if block.place == "addressed":
        _set_indent(around, 0)
    if block.right is not None:
        around.alignment, around.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(block.right * _SIZE)
        around.keep_with_next = block.place == "signature"
        _set_indent(around, 0)


def _fill(paragraph: Paragraph, pieces: Pieces, pictures: Mapping[str, bytes]) -> None:
    """Puts text, breaks, links and pictures into a paragraph."""
    for piece in pieces:
        if piece.kind == "br":
            paragraph.add_run().add_break()
        elif piece.kind == "img":
            _picture(paragraph, piece, pictures)
        else:
            run = paragraph.add_run(piece.text)
            if piece.kind == "no":
                run._r.style = "条号"
            if piece.kind == "a":
                _link(paragraph, run, piece.target)


def _picture(paragraph: Paragraph, piece: Piece, pictures: Mapping[str, bytes]) -> None:
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.shared import Mm

    run = paragraph.add_run()
    try:
        shape: Any = run.add_picture(io.BytesIO(pictures[piece.target]))
    except (KeyError, InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
        run.text = unseen(piece.text)  # SVG and WebP are nothing that Word can hold
        return
    shape._inline.docPr.set("descr", piece.text)
    if shape.width > Mm(WIDTH):
        shape.width, shape.height = Mm(WIDTH), int(shape.height * Mm(WIDTH) / shape.width)


def _link(paragraph: Paragraph, run: Any, target: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run._r.addprevious(link)
    link.append(run._r)


def _table(document: Document, block: Block, pictures: Mapping[str, bytes]) -> None:
    from docx.oxml import OxmlElement

    table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
    for number, (row, cells) in enumerate(zip(table.rows, block.rows, strict=True)):
        for cell, pieces in zip(row.cells, cells, strict=True):
            _fill(_styled(cell.paragraphs[0], "表文" if number else "表头"), pieces, pictures)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _set_page(document: Document) -> None:
    """A4 with the margins of the PDF."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _set_foot(document: Document, paper: Paper) -> None:
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
    for line in paper.foot:
        foot.add_paragraph(line, style="页脚")


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

    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _set_indent(paragraph, 2)


def _set_indent(paragraph: Any, characters: int) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.first_line_indent = Pt(characters * _SIZE)
    paragraph._element.pPr.ind.set(qn("w:firstLineChars"), str(characters * 100))


def _set_font(style: Any, font: str) -> None:
    """Names `font` for every script; a font of the theme of the file would otherwise win."""
    from docx.oxml.ns import qn

    style.font.name = font
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), font)
    for key in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[key]


def _set_properties(document: Document, paper: Paper) -> None:
    day = datetime.fromisoformat(paper.day)  # without a zone: the file says UTC, whatever the machine
    about = document.core_properties
    about.title, about.author = paper.title[:255], paper.author[:255]  # no longer by the standard
    about.language, about.last_modified_by, about.comments = paper.language, about.author, ""
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
