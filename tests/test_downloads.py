"""Documents as Word and PDF: the same text, the same bytes on every build, for public documents of ours alone."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest

from gongkai import pipeline
from gongkai.base.project import Project
from gongkai.exports import pdf, printed
from gongkai.render.markdown import RuleText, lines
from tests.conftest import DAY, SETTINGS, SmallSite, lack
from tests.test_copies import HIDDEN
from tests.test_problems import expected, shows
from tests.test_serve import free_port, get, serving, until

TEXT = """\
> （2024年1月1日印发）

## 第一章　总则

第一条　见[乙文件](r-2.md)、[外网](https://www.example.org/)和[名单](files/名单.csv)，适用1. * _ < & 各项。
第二行。

（一）第一项；

### 第一节　标准

| 档次 | 金额 |
| --- | --- |
| 甲 | 100元 |
| 乙、丙 | 200元 |

![红色方块](files/图.png)

![流程](files/图.svg)

![坏图](files/坏.png)

第二条　自印发之日起施行。
"""


def png() -> bytes:
    """A red square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xff\0\0" * 40 for _ in range(40))
    head = struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def lay(root: Path) -> SmallSite:
    """A site that asks for both formats: a document of every markup, a 规章, one from outside, and hidden ones."""
    site = SmallSite(root).write(SETTINGS).set("downloads: [docx, pdf]\n")
    files = root / "content/shifu/rules/files"
    files.mkdir(parents=True)
    (files / "图.png").write_bytes(png())
    (files / "坏.png").write_bytes(b"not a picture")
    (files / "图.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><rect width="90" height="40"/></svg>', "utf-8"
    )
    (files / "名单.csv").write_text("甲\n", "utf-8")
    site.rule("r-1", TEXT, title="甲办法", doc_no="测政规〔2024〕1号", valid_until="2029-01-31")
    site.rule("r-2", type="government_rule", doc_no="测试市人民政府令第2号", repealed="{on: 2027-01-01, by: r-1}")
    site.rule("out", issuers="[别处的机关]", signed=None)
    for number, front in enumerate(HIDDEN):
        site.rule(f"h-{number}", "第一条　不得外传。\n", **front)
    return site


@pytest.fixture(scope="module")
def ready() -> None:
    if not pdf.is_ready():
        lack("no font for Chinese: no PDF can be made here")


@pytest.fixture(scope="module")
def built(ready, tmp_path_factory) -> SmallSite:
    site = lay(tmp_path_factory.mktemp("downloads") / "one")
    said = site.build("--no-search", env={"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"})
    assert "GK-COPY" not in said.err
    return site


def made(site: SmallSite, name: str) -> bytes:
    return (site.root / "site/rules" / name).read_bytes()


def bare(text: str) -> str:
    return "".join(text.split())


FACTS = [
    "发文机关：测试市人民政府",
    "发文字号：测政规〔2024〕1号",
    "成文日期：2024年1月1日",
    "发布日期：2024年1月2日",
    "施行日期：2024年2月1日",
    "有效期至：2029年1月31日",
]
TYPED = [line for _, line in lines(RuleText(TEXT))]
HEAD = ["甲办法", "测政规〔2024〕1号"]


def test_the_pdf_holds_title_number_and_every_line_of_the_text_and_nothing_else(built):
    pages = pypdf.PdfReader(io.BytesIO(made(built, "r-1/r-1.pdf"))).pages
    foot = "— {} —\n有效性等最新情况以网页为准：https://www.test.example/rules/r-1/"
    shown = [page.extract_text() for page in pages]
    for number, page in enumerate(shown, 1):
        assert page.count(foot.format(number)) == 1
    text = "".join(page.replace(foot.format(number), "") for number, page in enumerate(shown, 1))
    assert "〔图：坏图〕" in text, "a picture that cannot be shown has its description in its place"
    assert bare(text.replace("〔图：坏图〕", "")) == bare("".join([*HEAD, *TYPED, *FACTS]))


def test_the_word_file_holds_the_same_text_in_real_headings_and_tables(built):
    document = docx.Document(io.BytesIO(made(built, "r-1/r-1.docx")))
    paragraphs = [(p.style.name, p.text) for p in document.paragraphs]
    assert paragraphs == [
        ("Title", "甲办法"),
        ("文号", "测政规〔2024〕1号"),
        ("Quote", "（2024年1月1日印发）"),
        ("Heading 1", "第一章　总则"),
        ("Body Text", "第一条　见乙文件、外网和名单，适用1. * _ < & 各项。\n第二行。"),
        ("Body Text", "（一）第一项；"),
        ("Heading 2", "第一节　标准"),
        ("Body Text", ""),
        ("Body Text", "〔图：流程〕"),
        ("Body Text", "〔图：坏图〕"),
        ("Body Text", "第二条　自印发之日起施行。"),
        *(("说明", fact) for fact in FACTS),
    ]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["档次", "金额"],
        ["甲", "100元"],
        ["乙、丙", "200元"],
    ]
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == ["红色方块"]
    links = [link.address for p in document.paragraphs for link in p.hyperlinks]
    site = "https://www.test.example/rules/"
    assert links == [f"{site}r-2/", "https://www.example.org/", f"{site}r-1/files/%E5%90%8D%E5%8D%95.csv"]


def test_the_pdf_is_tagged_has_bookmarks_a_language_and_its_title(built):
    reader = pypdf.PdfReader(io.BytesIO(made(built, "r-1/r-1.pdf")))
    assert reader.metadata.title == "甲办法"
    assert reader.metadata.creation_date.date() == date(2024, 1, 1)
    assert reader.root_object["/Lang"] == "zh-CN"
    assert reader.root_object["/MarkInfo"]["/Marked"]

    def names(outline):
        for entry in outline:
            yield from names(entry) if isinstance(entry, list) else [entry.title]

    assert list(names(reader.outline)) == ["甲办法", "第一章　总则", "第一节　标准"]
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    for font in fonts:
        file = font.get_object()["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & file.keys(), "embedded"


def test_the_word_file_is_a4_names_chinese_fonts_and_carries_the_date_of_the_document(built):
    document = docx.Document(io.BytesIO(made(built, "r-1/r-1.docx")))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert "PAGE" in section.footer._element.xml
    foot = [p.text for p in section.footer.paragraphs]
    assert foot == ["—  —", "有效性等最新情况以网页为准：https://www.test.example/rules/r-1/"]
    for name, font in (("Body Text", "仿宋"), ("Title", "宋体"), ("Heading 1", "黑体")):
        fonts = document.styles[name].element.rPr.rFonts
        assert {key.rpartition("}")[2]: value for key, value in fonts.attrib.items()}["eastAsia"] == font
        assert not [key for key in fonts.attrib if key.endswith("Theme")]
    about = document.core_properties
    assert (about.title, about.author, about.language) == ("甲办法", "测试市人民政府", "zh-CN")
    assert about.created.date() == about.modified.date() == date(2024, 1, 1)
    with zipfile.ZipFile(io.BytesIO(made(built, "r-1/r-1.docx"))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_a_rule_of_a_government_is_title_note_and_text_alone_and_says_first_that_it_is_repealed(built):
    document = docx.Document(io.BytesIO(made(built, "r-2/r-2.docx")))
    texts = [
        "因《甲办法》，自 2027年1月1日 起废止。从那一天起，以下文本仅供查阅。",
        "文件r-2",
        "（2024年1月1日测试市人民政府令第2号公布　自2024年2月1日起施行）",
        "第一条　正文。",
    ]
    assert [p.text for p in document.paragraphs] == texts
    assert texts[2] in built.page("rules/r-2"), "as the page has it"
    (page,) = pypdf.PdfReader(io.BytesIO(made(built, "r-2/r-2.pdf"))).pages
    assert bare(page.extract_text()).startswith(bare("".join(texts)))


def test_only_public_documents_of_our_organs_have_them(built):
    found = {path for path in built.bytes() if path.endswith((".docx", ".pdf"))}
    assert found == {f"rules/{name}/{name}.{suffix}" for name in ("r-1", "r-2") for suffix in ("docx", "pdf")}
    kept = list((built.root / ".gongkai/site/copies").iterdir())
    assert len(kept) == len(found) + 1, "and the index"


def test_the_page_leads_to_each_format_with_its_type_and_its_size(built):
    page = built.page("rules/r-1")
    listed = re.findall(r'download="甲办法\.(\w+)">([^<]+)</a> <span[^>]*>([^<]+)<', page)
    sizes = [f"{len(made(built, f'r-1/r-1.{suffix}')) / 1024:.1f} KB" for suffix in ("docx", "pdf")]
    assert listed == [
        ("docx", "Word 文档", f"DOCX，{sizes[0]}"),
        ("pdf", "PDF", sizes[1]),
        ("txt", "纯文本", "TXT"),
        ("md", "Markdown", "MD"),
        ("jsonld", "结构化数据", "JSONLD"),
    ]
    assert "docx" not in built.page("rules/out")


def test_zone_locale_hash_seed_and_place_change_no_byte(built, tmp_path):
    other = lay(tmp_path / "another place/二")
    other.build("--no-search", env={"TZ": "Pacific/Pago_Pago", "PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8"})
    assert other.bytes() == built.bytes()


def build(site: SmallSite, **asked) -> pipeline.Built:
    return pipeline.build(Project.at(site.root), pipeline.Options(day=date.fromisoformat(DAY), search=False, **asked))


def test_a_document_is_made_once_whatever_else_changes(ready, site, monkeypatch):
    made: list[str] = []

    def counted(page, html):
        made.append(page.title)
        return printed.write_docx(page, html)

    monkeypatch.setitem(printed.WRITERS, "docx", counted)
    site.set("downloads: [docx]\n").rule("r-1").rule("r-2")
    build(site)
    sample = "公开条例"  # is made in every build, to know this machine
    assert sorted(made) == sorted([sample, "文件r-1", "文件r-2"])
    settings = site.root / "catalog.yaml"
    settings.write_text(settings.read_text("utf-8").replace("0000-00000000", "0000-00000009"), "utf-8")
    path = site.root / "content/shifu/rules/r-1.md"
    path.write_text(path.read_text("utf-8") + "\n第二条　新的。\n", "utf-8")
    made.clear()
    build(site)
    assert sorted(made) == sorted([sample, "文件r-1"])
    (site.root / ".gongkai/site/copies/index.json").write_text("[", "utf-8")
    made.clear()
    build(site, clean=True)
    assert made == [sample]
    before = site.bytes()
    for folder in ("site", ".gongkai"):
        (site.root / folder).rename(site.root / f"{folder}-before")
    build(site)
    assert site.bytes() == before, "from nothing, the same bytes"


def refused(site: SmallSite, env: dict[str, str], *, fresh: bool = True) -> str:
    """What a build says that must be refused."""
    said = site.run("build", "--date", DAY, "--no-search", env=env)
    assert said.code == 1, said.err
    assert (site.root / "site").exists() is not fresh
    return said.err


def test_a_build_can_be_asked_for_them_where_the_site_is_not(ready, site):
    site.rule("r-1").build("--no-search", "--downloads")
    files = {f"rules/r-1/r-1.{suffix}" for suffix in ("docx", "pdf")}
    assert files < site.bytes().keys()
    site.build("--no-search")
    assert not files & site.bytes().keys()


@pytest.fixture
def fontless(tmp_path) -> dict[str, str]:
    """An environment in which the machine has no fonts."""
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{tmp_path / 'none'}</dir></fontconfig>")
    return {"FONTCONFIG_FILE": str(config)}


@shows("GK-COPY-002")
def test_a_machine_without_a_chinese_font_is_told_so_and_can_do_without_downloads(site, fontless):
    site.set("downloads: [pdf]\n").rule("r-1")
    assert refused(site, fontless) == expected("GK-COPY-002")
    assert site.run("check", "--date", DAY, env=fontless).code == 0, "what a machine lacks is no fault of the content"
    site.build("--no-search", "--no-downloads", env=fontless)
    assert "PDF" not in site.page("rules/r-1")


def test_serve_says_once_that_there_is_no_font_and_shows_the_site_without_pdf(site, fontless):
    site.set("downloads: [docx, pdf]\n").rule("r-1")
    port = free_port()
    with serving(site, port, env=fontless) as log:
        until(lambda: "没有中文字体" in log())
        assert "r-1.docx" in get(port, "/rules/r-1/")[2]
        assert "r-1.pdf" not in get(port, "/rules/r-1/")[2]
        site.rule("r-2")
        until(lambda: get(port, "/rules/r-2/")[0] == 200)
        until(lambda: log().count("生成 ") > 1)
        assert log().count("GK-COPY-002") == 1
    assert refused(site, fontless, fresh=False), "what was built without PDF does not pass for the site"


def test_a_preview_leaves_out_what_the_machine_cannot_make_and_says_so(site, monkeypatch):
    monkeypatch.setattr(pdf, "is_ready", lambda: False)
    built = build(site.set("downloads: [docx, pdf]\n").rule("r-1"), preview=True)
    assert [(problem.code, problem.severity) for problem in built.warnings] == [("GK-COPY-002", "warning")]
    assert not built.whole, "so that the next command `build` does not take it for its own"
    assert "r-1.docx" in site.page("rules/r-1")
    assert "r-1.pdf" not in site.page("rules/r-1")


@shows("GK-COPY-003")
def test_a_character_that_no_font_has_is_named(ready, site):
    site.set("downloads: [pdf]\n").rule("r-1", "第一条　\U000f1234是私用区的字，𠮷、镕、㐀不是。\n")
    assert site.build("--no-search").err.startswith(expected("GK-COPY-003"))
