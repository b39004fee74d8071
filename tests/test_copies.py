"""Copies of a document as plain text and Markdown: the text of the page, for any reader, of public documents only."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from markdown_it import MarkdownIt

from gongkai.exports import markdown, plaintext
from gongkai.exports.documents import DocumentView
from gongkai.render.markdown import RuleText, lines
from tests.conftest import SmallSite

BODY = """\
> （2024年1月1日印发）

## 第一章　总则

第一条　见[乙文件](r-2.md)、[外网](https://www.example.org/a_(b))和[名单](files/名单.csv)。
1. 不是列表
+ 不是列表

| 档次 | 金额 |
| --- | --- |
| 甲*乙* | 100元|
| A\\|B | &lt; |

![流程图](files/图.png)
"""


def seen(text: str) -> list[str]:
    """The lines that a reader of CommonMark with tables and strikethrough shows. Nothing but text may be there."""
    found = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        assert token.type not in ("ordered_list_open", "code_block", "fence", "hr", "html_block"), token.content
        for child in token.children or ():
            assert child.type in ("text", "softbreak", "hardbreak", "image", "link_open", "link_close"), child.type
        if token.type == "inline":
            shown = (
                child.content if child.type == "text" else "\n" * child.type.endswith("break")
                for child in token.children
            )
            found += [line.strip() for line in "".join(shown).split("\n") if line.strip()]
    return found


@pytest.fixture
def two(site: SmallSite) -> SmallSite:
    site.write("-- content/shifu/rules/files/名单.csv --\n甲\n-- content/shifu/rules/files/图.png --\nPNG\n")
    front = {
        "title": "*甲* 办法 #",
        "doc_no": "测政规〔2024〕1号",
        "published": "2024-01-02 09:30",
        "valid_until": "2029-01-31",
    }
    return site.rule("r-1", BODY, **{**front, "title": "'*甲* 办法 #'"}).rule("r-2")


def test_the_plain_text_has_a_short_head_and_breaks_its_lines_as_the_page_does(two):
    two.build("--no-search")
    data = (two.root / "site/rules/r-1/r-1.txt").read_bytes()
    assert data.startswith("\ufeff".encode())
    assert (
        data.decode("utf-8-sig")
        == """\
*甲* 办法 #
发文机关：测试市人民政府
发文字号：测政规〔2024〕1号
成文日期：2024年1月1日
发布日期：2024年1月2日 09:30
施行日期：2024年2月1日
有效期至：2029年1月31日

（2024年1月1日印发）

第一章　总则

第一条　见乙文件、外网和名单。
1. 不是列表
+ 不是列表

档次\t金额
甲*乙*\t100元
A|B\t&lt;

〔图：流程图〕
""".replace("\n", "\r\n")
    )


def test_the_markdown_shows_in_any_reader_what_was_typed(two):
    two.build("--no-search")
    text = (two.root / "site/rules/r-1/r-1.md").read_text("utf-8")
    assert text.startswith("# \\*甲\\* 办法 \\#\n\n- 发文机关：测试市人民政府\n")
    assert "\n## 第一章　总则\n" in text
    shown = seen(text)
    assert shown[0] == "*甲* 办法 #"
    assert shown[shown.index("（2024年1月1日印发）") :] == [line for _, line in lines(RuleText(BODY)) if line.strip()]


@pytest.mark.parametrize("base", ["https://www.test.example/", ""])
def test_the_links_of_the_markdown_lead_on_from_wherever_it_is_read(two, base):
    settings = two.root / "catalog.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace(
            "base_url: https://www.test.example/\n", f"base_url: {base}\n" * bool(base)
        ),
        "utf-8",
    )
    two.build("--no-search")
    text = (two.root / "site/rules/r-1/r-1.md").read_text("utf-8")
    here = f"{base}rules/r-1/" if base else ""
    there = f"{base}rules/r-2/" if base else "../r-2/"
    names = "%E5%90%8D%E5%8D%95.csv", "%E5%9B%BE.png"
    assert f"[乙文件]({there})、[外网](<https://www.example.org/a_(b)>)和[名单]({here}files/{names[0]})" in text
    assert f"![流程图]({here}files/{names[1]})" in text


def test_a_page_leads_to_its_copies_under_the_title_that_they_are_saved_as(two):
    two.build("--no-search")
    listed = re.search(r'<div class="copies".*?</div>', two.page("rules/r-1"), re.DOTALL)[0]
    assert re.findall(r'href="([^"]+)" download="([^"]+)">([^<]+)<', listed) == [
        ("r-1.txt", "*甲* 办法 #.txt", "纯文本"),
        ("r-1.md", "*甲* 办法 #.md", "Markdown"),
        ("r-1.jsonld", "*甲* 办法 #.jsonld", "结构化数据"),
    ]


HIDDEN = (
    {"disclosure": "withheld", "ground": "internal", "reason": "内部"},
    {"disclosure": "on_request"},
    {"draft": "true"},
    {"published": "2026-11-21"},
    {"withdrawn": "{on: 2025-01-01, reason: 重新公布}"},
    {"display_until": "2025-01-01"},
)


def test_a_document_that_may_not_be_seen_in_full_has_no_copy(site):
    site.rule("r-1")
    for number, front in enumerate(HIDDEN):
        site.rule(f"h-{number}", "第一条　不得外传。\n", **front)
    site.build("--no-search")
    assert (site.root / "site/rules/r-1/r-1.txt").is_file()
    for path, data in site.bytes().items():
        assert not path.startswith("rules/h-") or path.endswith("index.html")
        assert "不得外传".encode() not in data, path
    assert "rules/h-1/index.html" in site.bytes(), "on request: a notice"


def test_a_copy_says_when_its_document_lapsed_and_is_the_same_on_any_day(site):
    site.rule("r-1", valid_until="2030-01-31").rule("r-2", repeals="[r-1]", effective="2026-12-01")
    site.build("--no-search")
    before = site.bytes()["rules/r-1/r-1.txt"]
    assert "有效期至：2030年1月31日\r\n有效性：2026年12月1日起废止\r\n" in before.decode()
    assert site.run("build", "--no-search", "--date", "2030-12-01").code == 0
    assert site.bytes()["rules/r-1/r-1.txt"] == before


@pytest.mark.laws
def test_copies_of_real_laws_hold_every_line_and_nothing_else(laws):
    with gzip.open(laws / "laws-1k.jsonl.gz") as file:
        for law in (json.loads(line) for number, line in enumerate(file) if number % 4 == 0):
            view = DocumentView("标题", (), RuleText(law["body_markdown"]))
            typed = [line.strip() for _, line in lines(view.text)]
            assert seen(markdown.write(view).decode()) == ["标题", *typed], law["title"]
            plain = plaintext.write(view).decode("utf-8-sig").split("\r\n")
            assert "".join(plain).replace("\t", "") == "".join(
                ["标题", *(line for _, line in lines(view.text))]
            ).replace("\t", "")
