"""条 款 项 in real shapes: inserted articles, texts of others quoted in an article, numbers that stray or lack."""

from __future__ import annotations

import gzip
import json

import pytest

from gongkai.model.articles import blocks, deepest, opened, outline, structure
from gongkai.model.citations import article_of
from gongkai.render.parsed import parse


def articles(text: str) -> list[str]:
    return [part.anchor for _, part in outline(text).values() if part.role == "article"]


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


def test_an_amendment_quoted_in_an_article_is_a_part_of_that_article():
    found = outline(
        text(
            "第一条　将第五条修改为：“第五条　旧文新写。",
            "第六条　引号里的另一条。",
            "第七条　引号里的又一条。”",
            "第二条　本决定自公布之日起施行。",
        )
    )
    assert list(found) == ["art-1", "art-1-p2", "art-1-p3", "art-2"]


def test_new_articles_announced_without_quotation_marks_are_not_its_own_either():
    typed = text("第一条　第三章增加三条，内容如下：", "第二十条　甲。", "第二十一条　乙。", "第二条　附则。")
    assert articles(typed) == ["art-1", "art-2"]


def test_a_quotation_that_never_ends_hides_no_article():
    typed = text("第一条　所称“机关，包括下列单位。", "第二条　甲。", "第三条　乙。")
    assert articles(typed) == ["art-1", "art-2", "art-3"]


def test_a_lone_number_between_two_that_follow_one_another_is_a_broken_citation():
    typed = text("第一条　甲。", "第二条　依照民法典", "第五十二条 以及本规定认定。", "第三条　乙。")
    assert articles(typed) == ["art-1", "art-2", "art-3"]
    assert "art-2-p2" in outline(typed)


def test_a_number_that_is_lacking_or_double_hides_nothing():
    assert articles(text("第一条　甲。", "第三条　乙。", "第四条　丙。")) == ["art-1", "art-3", "art-4"]
    assert articles(text("第一条　甲。", "第二条　乙。", "第二条　丙。")) == ["art-1", "art-2", "art-2_2"]


def test_a_second_document_behind_the_first_begins_anew():
    typed = text("第一条　甲。", "第二条　乙。", "# 附：细则", "第一条　丙。", "第二条　丁。")
    assert articles(typed) == ["art-1", "art-2", "art-1_2", "art-2_2"]


@pytest.mark.parametrize(
    ("typed", "anchor", "label"),
    [
        ("第三十八条之一　正文", "art-38-1", "第三十八条之一"),
        ("　　第　三十八　条　正文", "art-38", "第　三十八　条"),
        ("第38条 正文", "art-38", "第38条"),
        ("第三十八条", "art-38", "第三十八条"),
    ],
)
def test_a_line_says_which_article_it_opens(typed, anchor, label):
    assert opened(typed) == (anchor, label)
    assert articles(text(typed))[:1] in ([anchor], [])


@pytest.mark.parametrize("typed", ["第三十八条规定的情形", "依照第三条 办理", "第三章　总则", "正文"])
def test_other_lines_open_none(typed):
    assert opened(typed) is None


def test_the_smallest_place_that_a_text_has_is_found():
    parts = outline(text("第一条　甲：", "（一）子；", "第二款。"))
    for asked, found in (
        ("第一条第一款第一项", "art-1-p1-i1"),
        ("第一条第二款第九项", "art-1-p2"),
        ("第一条第九款", "art-1"),
        ("第一条之一", ""),
        ("第二条", ""),
    ):
        assert deepest(article_of(asked), parts) == found


@pytest.mark.laws
def test_blocks_found_without_markdown_are_those_of_the_page(laws):
    with gzip.open(laws / "laws-1k.jsonl.gz", "rt", encoding="utf-8") as lines:
        sources = [json.loads(line)["body_markdown"] for _, line in zip(range(150), lines, strict=False)]
    for source in sources:
        seen = [piece.part for piece in parse(source) if piece.part.anchor]
        assert [part for part in structure(list(blocks(source))) if part.anchor] == seen
