"""Dirt in texts is found, and a sound text is left alone: what came damaged, what was mistyped, what is no document."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from gongkai.base.duties import Word
from gongkai.base.project import Project
from gongkai.check import dirt, hygiene, scope, wording
from gongkai.check.memory import Memory
from gongkai.edit.importers import jsonl
from gongkai.model.catalog import load
from gongkai.read.walk import read
from tests.conftest import CHECKOUT, DAY


def told(site) -> list[tuple[str, str, int, int]]:
    """Code, severity, line and column of every problem."""
    catalog = load(read(Project.at(site.root)), date.fromisoformat(DAY))
    found = hygiene.check(catalog, Memory())
    return [(problem.code, problem.severity, problem.line, problem.column) for problem in found]


def said(detector, text: str) -> list[str]:
    return [text[spot.start : spot.end] for spot in detector(text)]


SOUND = """\
> （2012年11月29日通过，根据2020年7月31日《关于修改〈测试办法〉等十件规章的决定》修正）

## 第一章　总则

第一条　为了……根据《测试法》〔2019〕54号（以下称“本法”），制定本办法——自愿、公平。

1）苯并（a）芘；

2) 涓流灌溉（以下简称滴灌）用水不超过 2.5 吨。

| 项目 | 数量 |
| --- | --- |
| 甲（乙） | 3 |

附件：1．申请表　2．委托书　3．承诺书　4．清单

测试市人民政府　2024年3月5日
"""


@pytest.mark.parametrize(
    "detector",
    [dirt.damaged, dirt.pinyin, dirt.unseen, dirt.covered, dirt.furniture, dirt.spam,
     wording.doubled, wording.brackets, wording.years, wording.wide, wording.tags],
    ids=lambda detector: detector.__name__,
)  # fmt: skip
def test_a_sound_text_is_left_alone(detector):
    assert said(detector, SOUND) == []


@pytest.mark.parametrize("number", ["一", "二", "三", "四", "五"])
def test_text_read_one_byte_late_is_known_by_its_heading_numbers(number):
    late = "?" + f"　（{number}）明确责任".encode("gb18030")[1:].decode("gb18030", "replace")
    assert said(dirt.damaged, late)


@pytest.mark.parametrize(
    "text",
    [
        "关于加强政务公开工作的意见，现印发给你们".encode().decode("gb18030", "replace"),
        "关于加强政务公开工作的意见".encode().decode("latin-1"),
        "关于加强政务公开工作的意见".encode().decode("cp1252", "replace"),
        "锟斤拷锟斤拷",
        "数据\ufffd\ufffd",
        "1\ue0105万元",
    ],
)  # fmt: skip
def test_mojibake_is_known_whatever_it_was_taken_for(text):
    assert said(dirt.damaged, text)


@pytest.mark.parametrize("text", ["区(qū)", "区（qu）", "開(kai)(kai)", "重(chóng)新", "女(nǚ)", "女(nv)"])
def test_pinyin_behind_its_character_is_an_intruder(text):
    assert said(dirt.pinyin, text)


@pytest.mark.parametrize("text", ["分区（a）", "苯并(a)芘", "方案（b）", "系统（app）", "公司（ltd）"])
def test_other_letters_in_brackets_are_not(text):
    assert said(dirt.pinyin, text) == []


@pytest.mark.parametrize(
    "line",
    [
        "娱乐城 开户送",
        "手表批发 皮包代购 减肥产品 招聘兼职",
        "成人视频|情色小说|无码",
        "武汉搬家,上海保洁,北京装修,广州物流,深圳翻译",
    ],
)
def test_a_line_of_strange_keywords_behind_the_end_is_spam(line):
    text = "第一条　为了规范科学技术奖励，制定本办法。\n\n第二条　本办法自发布之日起施行。\n\n第三条　略。\n\n"
    assert said(dirt.spam, text + line) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "测试市人民政府",
        "2024年3月5日",
        "主题词：科技 奖励 办法 通知",
        "抄送：市委各部门，市人大办公室，市政协办公室，市法院，市检察院",
        "附件：1．申请表 2．推荐书 3．承诺书",
        "科学技术　奖励　办法　规范",
        "打击娱乐城等场所的赌博活动，由公安机关负责。",
    ],
)
def test_what_ends_a_document_is_not(line):
    text = "第一条　为了规范科学技术奖励，制定本办法。\n\n第二条　本办法自发布之日起施行。\n\n第三条　略。\n\n"
    assert said(dirt.spam, text + line) == []


@pytest.mark.parametrize(
    "style",
    ["display:none", "DISPLAY : NONE", "font-size:0px", "color:#fff", "color: white", "visibility:hidden",
     "position:absolute;left:-9999px", "opacity:0"],
)  # fmt: skip
def test_html_that_hides_is_found_and_html_that_shows_is_only_html(style):
    assert said(dirt.covered, f'<p style="{style}">x</p>')
    assert said(dirt.covered, '<p style="background-color:#fff;color:#333">x</p>') == []


def test_a_mark_doubled_is_found_and_marks_of_two_are_left():
    assert said(wording.doubled, "甲，，乙、、丙。，丁；；戊。。") == ["，，", "、、", "。，", "；；", "。。"]
    assert said(wording.doubled, "甲……乙——丙！！丁，“戊”、《己》。") == []


def test_the_words_of_the_site_are_found_but_not_where_they_are_right():
    words = [Word(wrong="帐", right="账", unless=("帐篷", "蚊帐")), Word(wrong="截止", unless=("截止日期",))]
    text = "帐户、帐篷、蚊帐和帐目，截止日期前截止。"
    assert [spot.start for _, spot in wording.listed(text, words)] == [0, text.index("帐目"), text.index("截止。")]


def test_a_text_from_outside_is_warned_of_damage_and_spared_its_own_ways(site):
    body = "第一条　根据（测政[2020]7号，，制定２条。\u200b乱\ufffd码\n"
    site.rule("a-1", body)
    assert Counter(told(site)) == Counter(
        [
            ("GK-HYG-001", "error", 11, 27),
            ("GK-HYG-003", "warning", 11, 18),
            ("GK-HYG-004", "warning", 11, 7),
            ("GK-HYG-004", "warning", 11, 10),
            ("GK-HYG-006", "error", 11, 25),
            ("GK-HYG-008", "warning", 11, 22),
        ]
    )
    site.rule("a-1", body, issuers="[国务院]", disclosure=None)
    assert [row[:2] for row in told(site)] == [("GK-HYG-001", "warning"), ("GK-HYG-006", "warning")]


def test_a_spot_in_a_value_is_shown_where_it_stands(site):
    site.rule("a-1", title='"关于（奖励的通知"')
    assert told(site) == [("GK-HYG-004", "warning", 2, 11)]


@pytest.mark.parametrize("front", [{"draft": "true"}, {"disclosure": "on_request"}], ids=["draft", "on-request"])
def test_what_no_reader_sees_is_not_looked_at(site, front):
    site.rule("a-1", "第一条　乱\ufffd码\n", **front)
    assert told(site) == []


def test_an_earlier_text_has_a_page_and_is_looked_at_too(site):
    site.rule("a-1", versions="[{date: 2024-01-15}]")
    site.write("-- content/shifu/rules/a-1/2024-01-15.md --\n---\ntitle: 旧\n---\n\n第一条　锟斤拷。\n")
    assert told(site) == [("GK-HYG-001", "error", 5, 5)]


def test_what_was_learnt_of_a_text_holds_until_the_text_or_the_list_of_words_changes(site):
    site.rule("a-1", "第一条　帐户，，帐目。\n")

    def codes():
        return {row["code"] for row in json.loads(site.run("check", "--date", DAY, "--format", "json").out)}

    assert codes() == codes() == {"GK-HYG-003"}
    site.set("check:\n  hygiene: {words: [{wrong: 帐, right: 账}]}\n")
    assert codes() == {"GK-HYG-003", "GK-HYG-007"}
    site.rule("a-1", "第一条　帐户。\n")
    assert codes() == {"GK-HYG-007"}


@pytest.mark.laws
def test_of_real_laws_few_are_told_something_and_all_of_it_is_damage(site, laws):
    project = Project.at(site.root)
    jsonl.run(project, [laws / "laws-1k.jsonl.gz"], "rule", "shifu")
    found = list(hygiene.check(load(read(project)), Memory()))
    assert {problem.code for problem in found} <= {"GK-HYG-001", "GK-HYG-005", "GK-HYG-009"}
    assert len(found) <= 10


NEWS = (
    "示例市教育局召开2026年义务教育招生工作会议",
    "王示例到柳树镇调研防汛工作",
    "市应急管理局开展安全生产大检查",
    "我市圆满完成2026年高考组织工作",
    "李示例走访慰问困难群众",
    "市住建局赴外地考察学习",
    "市人社局深入企业开展助企纾困活动",
    "工作动态（第3期）",
)
DOCUMENTS = (
    "2026年义务教育招生入学办法",
    "关于召开政务公开培训会的通知",
    "老旧小区改造结果公示",
    "防汛应急演练方案",
    "公共场所卫生监督检查结果",
    "关于开展助企纾困活动的实施方案（试行）",
    "特种设备检查指导目录",
)


@pytest.mark.parametrize("title", NEWS)
def test_a_deed_is_news(title):
    assert scope.is_news(title)


@pytest.mark.parametrize("title", DOCUMENTS)
def test_a_document_is_none_whatever_it_tells(title):
    assert not scope.is_news(title)


def test_an_interpretation_may_be_a_press_conference_but_no_report_of_a_meeting(site):
    site.rule("a-1")
    for number, form in enumerate(["briefing", "text"], start=1):
        site.write(f"""\
-- content/shifu/explainers/e-{number}.md --
---
title: 市政府召开招生政策新闻发布会
explains: [a-1]
format: {form}
interpreter: shifu
disclosure: proactive
published: 2024-01-02
---

正文。
""")
    catalog = load(read(Project.at(site.root)), date.fromisoformat(DAY))
    assert [problem.path for problem in scope.check(catalog)] == ["content/shifu/explainers/e-2.md"]


def test_the_sample_city_is_clean():
    catalog = load(read(Project.at(CHECKOUT)), date.fromisoformat(DAY))
    assert [*hygiene.check(catalog, Memory()), *scope.check(catalog)] == []
