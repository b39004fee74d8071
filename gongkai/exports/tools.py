"""The machine → what it lacks to make the PDF that a site asks for: fonts. Start with `lacking`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongkai.base.problems import Code, Mark, Problem
from gongkai.base.settings import CopyFormat
from gongkai.exports import pdf
from gongkai.exports.printed import SheetView, write_pdf
from gongkai.model.catalog import Catalog
from gongkai.render.output import Output

NO_FONT = Code(
    "GK-COPY-002",
    "error",
    "没有中文字体",
    "PDF 用这台电脑上的字体。没有中文字体时，字会成为方框。安装一种中文字体，例如思源宋体（Noto Serif CJK SC）；"
    "不需要 Word 和 PDF 时加 --no-downloads。serve 只提醒，预览里没有 PDF。",
)
RARE = Code(
    "GK-COPY-003",
    "warning",
    "有的字没有字体",
    "这台电脑上没有一种字体有这个字，它在 PDF 里是方框。核对是不是写错了；没有写错时，安装收字更多的字体再生成。",
)


def possible(catalog: Catalog) -> Catalog:
    """The catalog of a site that asks for nothing that this machine cannot make."""
    asked = catalog.settings.downloads
    if CopyFormat.PDF not in asked or pdf.is_ready():
        return catalog
    formats = tuple(format for format in asked if format is not CopyFormat.PDF)
    return replace(catalog, settings=catalog.settings.model_copy(update={"downloads": formats}))


def lacking(catalog: Catalog, outputs: Iterable[Output], *, preview: bool = False) -> Iterator[Problem]:
    """Whether fonts are missing at all; where there are some, the characters that none of them has."""
    if CopyFormat.PDF not in catalog.settings.downloads:
        return
    if not pdf.is_ready():
        mark = catalog.written.mark("downloads") if catalog.written else Mark("catalog.yaml")
        hint = "安装一种中文字体（Debian、Ubuntu：apt install fonts-noto-cjk），或者加 --no-downloads"
        problem = NO_FONT.at(mark, "没有中文字体，不能生成 PDF", hint)
        yield replace(problem, severity="warning") if preview else problem
    else:
        yield from _rare([output for output in outputs if output.write is write_pdf])


def _rare(outputs: list[Output]) -> Iterator[Problem]:
    """Documents with characters that no font here has. Those of GB 2312 are in every Chinese font."""
    found = [(output, set(filter(_is_rare, _text(output.view.view)))) for output in outputs]
    asked = set().union(*(characters for _, characters in found))
    missing = pdf.missing(asked) if asked else set()
    for output, characters in found:
        if lost := sorted(characters & missing):
            named = "、".join(f"{c * c.isprintable()} U+{ord(c):04X}".strip() for c in lost[:5])
            message = f"PDF 里有 {len(lost)} 个字显示不出来：{named}"
            yield RARE.at(output.claim, message, "核对这些字；没有写错时，安装收字更多的字体再生成")


def _text(sheet: SheetView) -> Iterator[str]:
    for text in (sheet.title, sheet.number, sheet.text.source, *(value for _, value in sheet.facts)):
        yield from set(text)


def _is_rare(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return not character.isspace()
    return False
