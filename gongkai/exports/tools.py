"""The machine → what it lacks to make the downloads that a site asks for. Start with `lacking`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.base.problems import Code, Mark, Problem
from gongkai.base.settings import CopyFormat
from gongkai.exports import pdf, word
from gongkai.exports.printed import SheetView, write_pdf
from gongkai.model.catalog import Catalog
from gongkai.render.output import Output

NO_TOOL = Code(
    "GK-COPY-001",
    "error",
    "没有安装生成 Word 或 PDF 的组件",
    "catalog.yaml 的 downloads 要求 Word 或 PDF，这台电脑缺少生成它们的组件。按提示安装；只预览时加 --no-downloads。",
)
NO_FONT = Code(
    "GK-COPY-002",
    "error",
    "没有中文字体",
    "PDF 用这台电脑上的字体。没有中文字体时，字会成为方框。安装一种中文字体，例如思源宋体（Noto Serif CJK SC）。",
)
RARE = Code(
    "GK-COPY-003",
    "warning",
    "有的字没有字体",
    "这台电脑上没有一种字体有这个字，它在 PDF 里是方框。核对是不是写错了；没有写错时，安装收字更多的字体再生成。",
)

_PANGO = "安装 Pango。Debian、Ubuntu：apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def lacking(catalog: Catalog, outputs: Iterable[Output]) -> Iterator[Problem]:
    """What must be installed to make the downloads that a site asks for; where all is, what the fonts lack."""
    asked = catalog.settings.downloads
    mark = catalog.written.mark("downloads") if catalog.written else Mark("catalog.yaml")
    if CopyFormat.DOCX in asked:
        try:
            word.ready()
        except ImportError:
            yield NO_TOOL.at(mark, "没有安装生成 Word 的组件 python-docx", "运行 pip install 'gongkai[docx]'")
    if CopyFormat.PDF in asked:
        try:
            pdf.ready()
        except ImportError:
            yield NO_TOOL.at(mark, "没有安装生成 PDF 的组件 weasyprint", "运行 pip install 'gongkai[pdf]'")
        except OSError:
            yield NO_TOOL.at(mark, "生成 PDF 的组件 weasyprint 找不到它需要的 Pango", _PANGO)
        except pdf.NoFontError:
            hint = "安装一种中文字体。Debian、Ubuntu：apt install fonts-noto-cjk"
            yield NO_FONT.at(mark, "没有中文字体，不能生成 PDF", hint)
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
