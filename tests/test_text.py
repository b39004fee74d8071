"""How text is shown: what was typed is what is shown, and the structure of a law is found in it."""

from __future__ import annotations

import re

import pytest

from gongkai.base.text import is_number, numeral, pinyin, plain
from gongkai.model.articles import Block, structure
from gongkai.render import urls
from gongkai.render.markdown import RuleText, render


def html(source: str, **links: str) -> str:
    return render(RuleText(source), links).html


@pytest.mark.parametrize(
    "typed",
    [
        "1. 第一项",
        "3．第三项",
        "- 不是列表",
        "* 星号",
        "    缩进的段落",
        "\t制表符",
        "*不是斜体*和**不是粗体**",
        "`代码`",
        "<b>标签</b>",
        "&nbsp;&amp;实体",
        "反斜杠\\*和\\|",
        "[1]: http://x.example/ 脚注",
        "文字\n---",
        "文字\n===",
        "---",
        "```",
        "http://x.example/ 不自动成链接",
        "~~删除线~~",
        "# ",
        "#没有空格",
    ],
)
def test_what_is_typed_is_what_is_shown(typed):
    shown = re.sub(r"<[^>]+>", "", html(typed))
    shown = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    expected = "" if typed == "# " else typed
    assert "".join(shown.split()) == "".join(expected.split())


def test_a_line_break_typed_is_a_line_break_shown():
    assert "甲<br>\n乙" in html("甲\n乙")


def test_cells_beyond_the_header_of_a_table_are_kept():
    text = html("| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 | 三 | 四 |\n")
    assert "<td>三</td>" in text
    assert "<td>四</td>" in text
    assert text.count('scope="col"') == 4


def test_a_table_whose_rows_stand_apart_is_still_a_table():
    text = html("前文\n\n| 甲 | 乙 |\n\n|---|---|\n\n| 1 | 2 |\n\n| 3 | 4 |\n\n后文\n")
    assert text.count("<tr>") == 3
    assert "|" not in re.sub(r"<[^>]+>", "", text)
    assert '<p id="p-2">后文</p>' in text


def test_two_tables_one_after_the_other_stay_two():
    text = html("| 甲 |\n| --- |\n| 1 |\n\n| 乙 |\n| --- |\n| 2 |\n")
    assert text.count("<table>") == 2
    assert text.count("<tr>") == 4


def test_a_wide_table_scrolls_by_itself_and_can_be_reached_by_keyboard():
    assert '<div class="table" role="group" aria-label="表格" tabindex="0"><table>' in html("| 甲 |\n| --- |\n| 1 |\n")


def test_links_lead_where_the_page_says_and_dead_ones_keep_their_text():
    text = html(
        "[甲](a.md) [乙](gone.md) [丙](#t1) [丁](https://x.gov.cn/) ![图](http://x.example/a.png)", **{"a.md": "../a/"}
    )
    assert '<a href="../a/">甲</a>' in text
    assert "乙" in text
    assert "gone.md" not in text
    assert "#t1" not in text
    assert '<a href="https://x.gov.cn/" rel="external noopener">丁</a>' in text
    assert "<img" not in text, "a page asks no third party for an image"
    assert "图" in text
    assert "javascript" not in html("[x](javascript:alert(1))").replace("[x](javascript:alert(1))", "")


def anchors(*texts: str) -> list[str]:
    blocks = [
        Block("heading", t.lstrip("# "), t.count("#")) if t.startswith("#") else Block("paragraph", t) for t in texts
    ]
    return [part.anchor for part in structure(blocks)]


def test_chapters_sections_articles_clauses_and_items_get_the_anchors_of_the_plan():
    assert anchors(
        "## 第一编　总编",
        "### 第一章　总则",
        "#### 第一节　一般",
        "第一条　甲",
        "乙",
        "（一）丙",
        "（二）丁",
        "戊",
        "第二条　己",
    ) == ["part-1", "ch-1", "ch-1-sec-1", "art-1", "art-1-p2", "art-1-p2-i1", "art-1-p2-i2", "art-1-p3", "art-2"]


def test_an_inserted_article_has_its_own_anchor_and_a_repeat_gets_a_number():
    assert anchors("第三十八条　甲", "第三十八条之一　乙", "第三十八条　丙") == ["art-38", "art-38-1", "art-38_2"]


def test_items_directly_under_an_article_belong_to_its_first_clause():
    assert anchors("第三条　下列情形：", "（一）甲；", "（二）乙。") == ["art-3", "art-3-p1-i1", "art-3-p1-i2"]


def test_articles_without_a_blank_are_told_from_citations_by_their_order():
    assert anchors(
        "第一条为了规范。", "第二条规定的范围另行公布。", "第二条本办法适用于全市。", "第九条所称情形。"
    ) == [
        "art-1",
        "art-1-p2",
        "art-2",
        "art-2-p2",
    ]


def test_full_width_blanks_and_digits_do_not_hide_an_article():
    assert anchors("　　第一条　甲", "第 二 条 乙", "第３条 丙") == ["art-1", "art-2", "art-3"]


def test_paragraphs_of_a_text_without_articles_are_numbered():
    assert anchors("各局：", "## 一、总要求", "（一）甲") == ["p-1", "h-1", "p-2"]


def test_headings_never_skip_a_level_whatever_was_typed():
    blocks = [
        Block("heading", "甲", 3),
        Block("heading", "乙", 6),
        Block("heading", "丙", 2),
        Block("heading", "丁", 4),
    ]
    assert [part.level for part in structure(blocks)] == [2, 3, 2, 3]


def test_the_number_of_an_article_links_to_itself_and_its_text_is_whole():
    text = html("第一条 甲。")
    assert '<p id="art-1" class="article"><a class="no" href="#art-1">第一条</a>　甲。</p>' in text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十五", 15),
        ("三十八", 38),
        ("一百零五", 105),
        ("一千二百", 1200),
        ("二〇二四", 2024),
        ("38", 38),
        ("３８", 38),
    ],
)
def test_numerals_have_their_value(text, value):
    assert numeral(text) == value


def test_what_is_no_numeral_has_no_value():
    assert numeral("甲") is None
    assert numeral("") is None


@pytest.mark.parametrize(
    "number", ["国办发〔2016〕80号", "国办发[2016]80号", "示政规（2024）3号", "示例市人民政府令第12号", "国令第711号"]
)
def test_document_numbers_are_told_from_titles(number):
    assert is_number(number)
    assert not is_number("示例市生活垃圾分类管理办法")


def test_titles_and_numbers_are_compared_without_brackets_blanks_and_width():
    assert plain("《国办发〔2016〕 80号》") == plain("国办发[2016]80号") == plain("国办发（2016）８０号")


def test_names_are_ordered_by_the_reading_of_the_phrase():
    assert sorted(["重庆路", "长沙路", "安阳路", "银行街"], key=pinyin) == ["安阳路", "长沙路", "重庆路", "银行街"]


@pytest.mark.parametrize(
    ("page", "target", "link"),
    [
        ("/", "/rules/a/", "rules/a/"),
        ("/rules/a/", "/", "../../"),
        ("/rules/a/", "/rules/a/", "./"),
        ("/rules/a/", "/rules/b/#art-1", "../b/#art-1"),
        ("/rules/a/", "/rules/a/files/申请表.docx", "files/%E7%94%B3%E8%AF%B7%E8%A1%A8.docx"),
        ("/rules/", "/assets/style.css", "../assets/style.css"),
        ("/404.html", "/rules/", "rules/"),
    ],
)
def test_links_inside_the_site_are_relative_and_encoded_once(page, target, link):
    assert urls.href(page, target) == link


def test_links_for_a_disk_name_the_file():
    assert urls.href("/rules/a/", "/", file_links=True) == "../../index.html"
    assert urls.href("/rules/a/", "/rules/b/#art-1", file_links=True) == "../b/index.html#art-1"


def test_the_key_of_an_outside_issuer_never_changes():
    assert urls.issuer_key("国务院") == "x-a22144d42e"
