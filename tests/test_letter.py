"""主送机关 and 落款 stand where an official document has them, in Word and PDF; text in doubt stays as it is."""

from __future__ import annotations

import io

import docx
import pypdf
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from gongkai.exports import pdf
from tests.conftest import DAY, SETTINGS, SmallSite, lack

NOTICE = """\
各县（市、区）人民政府，市政府各部门、各直属机构：

为做好有关工作，现通知如下。

一、请向下列单位：

测试市人民政府

二、按时报送。

测试市人民政府办公室

某某局

2024年1月1日

（此件公开发布）
"""

BROKEN_LINES = "第一条　正文。\n\n测试市人民政府\n2024年1月1日\n"

DOUBTFUL = """\
申请材料应当交给下列部门：

测试市人民政府于

2024年1月1日

收到来信的某某局

2024年1月2日
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> SmallSite:
    if not pdf.is_ready():
        lack("no font for Chinese: no PDF can be made here")
    site = SmallSite(tmp_path_factory.mktemp("letter")).write(SETTINGS)
    site.set("downloads: [docx, pdf]\ndownloads_of: normative\n")
    site.rule("notice", NOTICE, issuers="[shifu, 某某局]")
    site.rule("lines", BROKEN_LINES)
    site.rule("doubt", DOUBTFUL)
    site.rule("other", type="government_rule", doc_no="测试市人民政府令第2号")
    site.build("--no-search")
    return site


def paragraphs(site: SmallSite, name: str) -> list:
    file = site.root / f"site/rules/{name}/{name}.docx"
    return [p for p in docx.Document(file).paragraphs if p.style.name == "Body Text"]


def aside(paragraph) -> tuple:
    around = paragraph.paragraph_format
    return (around.alignment == WD_ALIGN_PARAGRAPH.RIGHT, around.first_line_indent, around.right_indent)


def test_in_word_the_addressed_begin_at_the_margin_and_the_signature_stands_above_the_middle_of_its_date(built):
    lines = paragraphs(built, "notice")
    assert [p.text for p in lines] == [line for line in NOTICE.splitlines() if line]
    assert aside(lines[0])[:2] == (False, 0)
    assert aside(lines[1]) == aside(lines[3]) == (False, None, None), "a name without a date below it is text"
    organ, other, date = lines[5:8]
    assert all(aside(line)[:2] == (True, 0) for line in (organ, other, date))
    character = 16 * 12700
    assert date.paragraph_format.right_indent == 4 * character
    middles = [p.paragraph_format.right_indent / character + width / 2 for p, width in ((organ, 10), (other, 3))]
    assert middles == pytest.approx([4 + 6 / 2] * 2), "a digit is half as wide"
    assert organ.paragraph_format.keep_with_next
    assert other.paragraph_format.keep_with_next
    assert aside(lines[8]) == (False, None, None)


def test_a_signature_typed_as_two_lines_of_a_paragraph_is_one_too(built):
    assert [(p.text, aside(p)[0]) for p in paragraphs(built, "lines")] == [
        ("第一条　正文。", False),
        ("测试市人民政府", True),
        ("2024年1月1日", True),
    ]


def test_what_is_in_doubt_stays_a_paragraph(built):
    assert {aside(p) for p in paragraphs(built, "doubt")} == {(False, None, None)}


def test_in_the_pdf_they_stand_in_the_same_places_and_no_character_is_changed(built):
    file = built.root / "site/rules/notice/notice.pdf"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages)
    assert "".join(NOTICE.split()) in "".join(text.split())
    page = pypdfium2.PdfDocument(file)[0].get_textpage()
    left, right, character = 28 / 25.4 * 72, (210 - 26) / 25.4 * 72, 15.75

    def sides(words: str, nth: int = 0) -> tuple[float, float]:
        found = page.search(words)
        for _ in range(nth + 1):
            start, count = found.get_next()
        boxes = [page.get_charbox(n, loose=True) for n in range(start, start + count)]
        return min(box[0] for box in boxes), max(box[2] for box in boxes)

    assert sides("各县")[0] == pytest.approx(left, abs=1)
    assert sides("为做好")[0] == pytest.approx(left + 2 * character, abs=1)
    date, organ = sides("2024年1月1日"), sides("测试市人民政府办公室")
    assert date[1] == pytest.approx(right - 4 * character, abs=1)
    assert sum(organ) / 2 == pytest.approx(sum(date) / 2, abs=character / 2)
    assert sides("（此件公开发布）")[0] < left + 3 * character


def test_a_site_can_ask_for_its_normative_documents_alone(built):
    made = {path for path in built.bytes() if path.endswith((".docx", ".pdf"))}
    assert made == {f"rules/{name}/{name}.{kind}" for name in ("notice", "lines", "doubt") for kind in ("docx", "pdf")}


def test_a_fault_in_the_layout_of_a_theme_is_a_problem(site):
    site.set("downloads: [pdf]\ntheme: own\n").rule("r-1")
    site.write("-- themes/own/templates/document.typ --\n#let paper = json(bytes(sys.inputs.paper))\n#paper.nothing\n")
    said = site.run("build", "--date", DAY, "--no-search")
    assert said.code == 1
    assert "GK-THEME-002" in said.err
    assert "themes/document.typ:2:8  GK-THEME-002" in said.err
    assert "nothing" in said.err
    assert "Traceback" not in said.err


def test_no_layout_fetches_a_package_from_the_network(site):
    site.set("downloads: [pdf]\ntheme: own\n").rule("r-1")
    site.write('-- themes/own/templates/document.typ --\n甲\n#import "@preview/example:0.1.0": *\n')
    said = site.run("build", "--date", DAY, "--no-search")
    assert said.code == 1
    assert "themes/document.typ:2:1  GK-THEME-002" in said.err
    assert "生成网站时不联网" in said.err


def test_no_layout_reads_a_file_of_the_machine(site):
    site.set("downloads: [pdf]\ntheme: own\n").rule("r-1")
    site.write('-- themes/own/templates/document.typ --\n#read("../../../../../../../etc/passwd")\n')
    said = site.run("build", "--date", DAY, "--no-search")
    assert said.code == 1
    assert "GK-THEME-002" in said.err
    assert "root:" not in said.err


def test_what_looks_like_code_of_the_layout_is_text(tmp_path):
    if not pdf.is_ready():
        lack("no font for Chinese: no PDF can be made here")
    site = SmallSite(tmp_path).write(SETTINGS).set("downloads: [pdf]\n")
    typed = '第一条　#read("/etc/passwd") #image("x.png") $x$ @y <z> */ // `a` u{41} = 标题 "引" --'
    site.rule("r-1", typed + "\n", title='"#panic(1) 办法"', doc_no="测政规〔2024〕1号")
    site.build("--no-search")
    (page,) = pypdf.PdfReader(site.root / "site/rules/r-1/r-1.pdf").pages
    text = "".join(page.extract_text().split())
    assert "".join(typed.split()) in text
    assert "#panic(1)办法" in text
