"""Cards and interpretations follow their rule: what was drawn from a text that has changed is told and says so."""

from __future__ import annotations

import pytest

from gongkai.render.following import numbers
from tests.conftest import SETTINGS, SmallSite

RULE = """\
-- content/shifu/rules/gongyuan.md --
---
title: 测试市公园管理办法
type: government_rule
issuers: [shifu]
doc_no: 测试市人民政府令第5号
disclosure: proactive
signed: 2018-03-01
published: 2018-03-05
original_effective: 2018-05-01
effective: 2025-06-01
versions: [{date: 2018-05-01}, {date: 2022-03-01}]
---

第一条　为了加强公园管理，制定本办法。

第二条　市住房和城乡建设部门主管本市公园工作。

第三条　公园应当每天开放十二小时以上。

第四条　公园内举办大型活动的，应当提前十日告知。
-- content/shifu/rules/gongyuan/2022-03-01.md --
第一条　为了加强公园管理，制定本办法。

第二条　公园应当每天开放十小时以上。

第三条　公园门票每张二元，老年人免票。

第四条　公园内举办大型活动的，应当提前十日告知。
-- content/shifu/rules/gongyuan/2018-05-01.md --
第一条　为加强公园的管理工作，制定本办法。

第二条　公园应当每天开放十小时以上。

第三条　公园门票每张五元。

第四条　公园内举办大型活动的，应当提前十日告知。
"""


def card(
    site: SmallSite, source: str, *, published: str = "2023-01-02", more: str = "", id: str = "kaifang"
) -> SmallSite:
    return site.write(
        f"-- content/shifu/cards/{id}.md --\n---\ntitle: 公园开放\ndisclosure: proactive\npublished: {published}\n"
        "side: people\nlevel: city\naudiences: [resident]\nmain_content: 公园每天开放\nscope: [所有人]\n"
        "standard: [{item: 门票, amount: 每张 2 元}]\nprocedure: [{step: 到公园去}]\nchannel: [{name: 公园大门}]\n"
        f"sources:\n  - {{rule: gongyuan, {source}}}\n{more}---\n"
    )


def explainer(site: SmallSite, more: str = "") -> SmallSite:
    return site.write(
        "-- content/shifu/explainers/jiedu.md --\n---\ntitle: 测试市公园管理办法解读\nexplains: [gongyuan]\n"
        "format: text\ninterpreter: shifu\ndisclosure: proactive\npublished: 2018-03-05\nbackground: 公园要管好\n"
        f"objectives: 管好\nmain_content: 开放\nscope: 全市\nstandards: 十小时\n{more}---\n"
    )


@pytest.fixture
def park(tmp_path) -> SmallSite:
    return SmallSite(tmp_path).write(SETTINGS).write(RULE)


def told(site: SmallSite) -> list[str]:
    """What `check` says of following, without places."""
    out = site.run("check", "--date", "2026-11-20").out
    return [line.partition("  GK-FOLLOW-")[2] for line in out.splitlines() if "GK-FOLLOW-" in line]


def test_a_card_is_told_which_of_its_articles_changed_since_when_and_from_which_text_it_was_drawn(park):
    card(park, "articles: [第一条, 第二条, 第三条, 第四条]")
    assert sorted(told(park)) == [
        "001  （提醒）《测试市公园管理办法》第三条自 2025-06-01 起已经删去，这张卡照 2022-03-01 起的文本写成",
        "001  （提醒）《测试市公园管理办法》第二条自 2025-06-01 起已经修改，这张卡照 2022-03-01 起的文本写成",
    ]


def test_of_several_later_texts_the_first_that_changed_the_article_is_named(park):
    card(park, "articles: [第一条]", published="2019-01-02")
    assert told(park) == [
        "001  （提醒）《测试市公园管理办法》第一条自 2022-03-01 起已经修改，这张卡照 2018-05-01 起的文本写成"
    ]


def test_an_article_that_only_got_another_number_is_told_to_the_editor_and_not_to_the_reader(park):
    rules = park.root / "content/shifu/rules"
    text = (rules / "gongyuan.md").read_text("utf-8")
    (rules / "gongyuan.md").write_text(text.replace("第四条", "第五条").replace("第三条　", "第四条　"), "utf-8")
    card(park, "articles: [第四条]")
    assert ["改为第五条" in line for line in told(park)] == [True]
    park.build("--no-search")
    assert "可能不是最新的" not in park.page("cards/kaifang")


QUIET = {
    "unchanged-article": ("articles: [第四条]", ""),
    "named-the-new-text": ("articles: [第二条], version: 2025-06-01", ""),
    "brought-up-to-date": ("articles: [第二条]", "updated: 2025-06-02\n"),
    "over-before-it-changed": ("articles: [第二条]", "valid_until: 2024-12-31\n"),
    "no-such-article": ("articles: [第九十九条]", ""),
}


def test_cards_with_nothing_to_follow_are_left_in_peace(park):
    for id, (source, more) in QUIET.items():
        card(park, source, more=more, id=id)
    assert told(park) == []
    park.build("--no-search")
    assert [id for id in QUIET if "可能不是最新的" in park.page(f"cards/{id}")] == []


def test_the_page_of_a_card_says_so_in_plain_words_and_leads_to_the_place_where_it_changed(park):
    card(park, "articles: [第二条, 第三条]")
    said = park.build("--no-search").err
    assert "GK-FOLLOW-001" in said, "a build tells its warnings"
    page = park.page("cards/kaifang")
    assert page.count("<strong>这张卡可能不是最新的</strong> 它照 2022年3月1日 起的文本写成") == 1
    assert "测试市公园管理办法</a>第二条自 2025年6月1日 起已经修改 · " in page
    assert "测试市公园管理办法</a>第三条自 2025年6月1日 起已经删去 · " in page
    assert 'href="../../rules/gongyuan/compare/2022-03-01..2025-06-01/#art-3">看哪里改了' in page
    assert 'href="../../rules/gongyuan/compare/2022-03-01..2025-06-01/#old-art-3">看哪里改了' in page
    table = park.page("rules/gongyuan/compare/2022-03-01..2025-06-01")
    assert 'id="art-3"' in table
    assert 'id="old-art-3"' in table


def test_a_card_that_names_no_article_follows_the_whole_document(park):
    card(park, "version: 2018-05-01")
    (line,) = told(park)
    assert line.startswith("001  （提醒）《测试市公园管理办法》自 2022-03-01 起已经修改")


def test_the_notice_does_not_depend_on_the_day(park):
    card(park, "articles: [第二条]")
    park.build("--no-search")
    before = park.page("cards/kaifang")
    park.run("build", "--no-search", "--date", "2030-01-01")
    assert park.page("cards/kaifang") == before


def test_an_interpretation_of_an_earlier_text_says_so_and_is_asked_about_until_it_names_its_text(park):
    explainer(park)
    assert "讲的就是旧文本的，写上 version: 2018-05-01" in park.run("check", "--date", "2026-11-20").out
    explainer(park, "version: 2018-05-01\n")
    assert told(park) == []
    park.build("--no-search")
    page = park.page("explainers/jiedu")
    assert "<strong>这篇解读讲的是旧文本</strong>" in page
    assert 'href="../../rules/gongyuan/compare/2018-05-01..2025-06-01/">看哪里改了' in page


def test_a_document_that_gave_way_to_another_is_named_with_its_successor(park):
    card(park, "articles: [第四条]")
    park.rule(
        "tiaoli",
        "第一条　新的。\n",
        title="测试市公园条例",
        replaces="[gongyuan]",
        signed="2026-01-01",
        published="2026-01-05",
        effective="2026-03-01",
    )
    assert told(park) == ["002  （提醒）依据的《测试市公园管理办法》自 2026-03-01 起由《测试市公园条例》取代"]
    park.build("--no-search")
    page = park.page("cards/kaifang")
    assert '自 2026年3月1日 起已有新文件：<a href="../../rules/tiaoli/">测试市公园条例</a>' in page
    assert 'href="../../rules/tiaoli/compare/gongyuan..2026-03-01/">看哪里改了' in page


def test_the_to_do_list_of_a_department_is_what_check_says_of_its_folder_and_json_gives_all(park):
    card(park, "articles: [第二条]")
    assert "GK-FOLLOW-001" in park.run("check", "--date", "2026-11-20", "content/shifu/cards").out
    assert "GK-FOLLOW-001" not in park.run("check", "--date", "2026-11-20", "content/shifu/rules").out
    assert '"code": "GK-FOLLOW-001"' in park.run("check", "--date", "2026-11-20", "--format", "json").out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第十二条", ["12"]),
        ("第十八条之一", ["18-1"]),
        ("第三条至第五条", ["3", "4", "5"]),
        ("第二条第一款、第四条", ["2", "4"]),
        ("第9条", ["9"]),
        ("附则", []),
        ("第三条至第九千条", ["3", "9000"]),
    ],
)
def test_the_articles_of_a_reference_are_read_in_any_spelling(text, expected):
    assert numbers(text) == expected
