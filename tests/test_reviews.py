"""集中清理: one file holds a decision; its lists are published, and the states of the documents follow from it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from gongkai.base.project import Project
from gongkai.model.catalog import load
from gongkai.read.walk import read
from tests.conftest import CHECKOUT, SETTINGS, SmallSite

D = date.fromisoformat
OLD = {"signed": "2020-01-01", "published": "2020-01-02", "effective": "2020-02-01"}

REVIEW = """\
-- content/shifu/reviews/2026.yaml --
title: 测试市2026年清理结果
disclosure: proactive
published: 2026-01-05
decision: jueding
on: 2026-01-05
deadline: 2026-06-30
on_miss: expire
scope: 2025年以前制定的文件
keep:
  - rule: kept
  - rule: longer
    until: 2030-12-31
amend:
  - rule: missed
  - rule: answered
  - rule: later
    deadline: 2027-03-31
    on_miss: repeal
repeal:
  - rule: gone
    note: 已由其他文件代替
  - rule: 《没有上网的办法》
    doc_no: 测政规〔2009〕9号
expire:
  - rule: done
    on: 2026-02-01
"""

DECISION = "第一条　废止《文件gone》。\n\n第二条　《文件missed》应当修改。\n\n第三条　《文件done》失效。\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    site = SmallSite(tmp_path_factory.mktemp("reviews")).write(SETTINGS).write(REVIEW)
    for id in ("kept", "missed", "answered", "later", "gone", "done"):
        site.rule(id, **OLD)
    site.rule("longer", valid_until="2026-12-31", **OLD)
    site.rule(
        "jueding", DECISION, title="清理的决定", signed="2026-01-05", published="2026-01-05", effective="2026-01-05"
    )
    site.rule("change", amends="[answered]", signed="2026-05-01", published="2026-05-02", effective="2026-08-01")
    site.build("--no-search")
    return site


def states(site, day):
    lives = load(read(Project.at(site.root)), D("2026-11-20")).lives
    return {key[1]: life.on(D(day)) for key, life in lives.items()}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-04", {"gone": "in_force", "done": "in_force", "missed": "in_force"}),
        ("2026-01-05", {"gone": "repealed", "done": "in_force", "missed": "in_force", "kept": "in_force"}),
        ("2026-02-01", {"done": "expired", "missed": "in_force"}),
        ("2026-06-30", {"missed": "in_force", "answered": "in_force"}),
        ("2026-07-01", {"missed": "expired", "answered": "in_force", "later": "in_force"}),
        ("2027-04-01", {"later": "repealed", "longer": "in_force", "kept": "in_force"}),
        ("2031-01-01", {"longer": "expired", "answered": "in_force"}),
    ],
)
def test_each_document_is_in_the_state_that_the_review_decided(built, day, expected):
    found = states(built, day)
    assert {id: found[id].state.value for id in expected} == expected


def test_the_page_of_a_document_says_what_was_decided_by_which_article_and_leads_to_the_lists(built):
    gone, missed = built.page("rules/gone"), built.page("rules/missed")
    cited = '<a href="../jueding/">《清理的决定》</a><a href="../jueding/#art-1">第一条</a>'
    assert f"经清理，{cited}决定自 2026年1月5日 起废止" in gone
    assert "要求在 2026年6月30日 前修改，到期没有修改的，自 2026年7月1日 起失效" in missed
    for id in ("kept", "longer", "missed", "answered", "later", "gone", "done", "jueding"):
        assert 'href="../../reviews/shifu-2026/"' in built.page(f"rules/{id}"), id
    assert "继续有效，有效期至 2030年12月31日" in built.page("rules/longer")
    assert "已于 2026年5月2日 修改或重新规定" in built.page("rules/answered")


def test_the_lists_are_published_with_number_and_result_and_lead_to_the_documents(built):
    page = built.page("reviews/shifu-2026")
    assert '<a href="../../rules/jueding/">《清理的决定》</a>' in page
    lists = dict(re.findall(r'<h2 id="(\w+)">.*?</h2>(.*?)</section>', page, re.DOTALL))
    assert list(lists) == ["keep", "amend", "repeal", "expire"]
    assert [table.count("<tr>") - 1 for table in lists.values()] == [2, 3, 2, 1]
    assert "测政规〔2009〕9号" in lists["repeal"]
    assert "已由其他文件代替" in lists["repeal"]
    assert 'href="../../rules/later/"' in lists["amend"]
    assert "应当在 2027年3月31日 前修改后重新公布，到期没有修改的，自 2027年4月1日 起废止" in lists["amend"]
    assert "自 2026年2月1日 起失效" in lists["expire"]
    assert 'href="../reviews/"' in built.page("rules")
    assert 'href="shifu-2026/"' in built.page("reviews")


def test_a_review_that_may_not_be_seen_yet_decides_nothing(site):
    site.rule("a", **OLD).write(
        "-- content/shifu/reviews/2026.yaml --\ntitle: 还没公布的清理结果\ndisclosure: proactive\n"
        "published: 2026-12-01\non: 2026-01-05\nrepeal:\n  - rule: a\n"
    )
    assert states(site, "2026-11-20")["a"].state.value == "in_force"
    site.build("--no-search")
    assert not (site.root / "site/reviews").exists()
    assert b"\xe8\xbf\x98\xe6\xb2\xa1\xe5\x85\xac\xe5\xb8\x83" not in b"".join(site.bytes().values())


def test_a_document_on_request_that_repeals_another_is_named_by_its_title_alone(site):
    site.rule("old", **OLD).rule("secret", title="依申请公开的决定", disclosure="on_request", repeals="[old]")
    site.build("--no-search")
    assert '因<a href="../secret/">《依申请公开的决定》</a>，自 2024年2月1日 起废止' in site.page("rules/old")


def test_the_examples_of_the_manual_are_sound(site):
    text = (CHECKOUT / "docs/validity.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    review = next(block for block in blocks if block.startswith("title:"))
    policy = next(block for block in blocks if block.startswith("validity:"))
    site.write("-- catalog.yaml --\n" + (site.root / "catalog.yaml").read_text("utf-8") + policy)
    site.rule("shifu-2026-9", signed="2026-09-18", published="2026-09-25", effective="2026-09-25")
    site.rule("ziran-2025-3").rule("shifu-2024-3").rule("shifu-2020-4", **OLD)
    site.write(f"-- content/shifu/reviews/2026.yaml --\n{review}").build("--no-search")
    assert "示政规〔2016〕7号" in site.page("reviews/shifu-2026")
    keys = next(block for block in blocks if block.startswith("doc_no:"))
    front = "title: 甲\ntype: government_rule\nissuers: [shifu]\ndisclosure: proactive\nsigned: 2022-03-02\n"
    site.write(f"-- content/shifu/rules/dog.md --\n---\n{front}published: 2022-03-07\n{keys}---\n\n正文。\n")
    site.build("--no-search")
    note = re.search(r'class="title-note">(.*?)<', site.page("rules/dog"))[1]
    assert f"页面上是：{note}\n" in text


def test_what_lapses_is_listed_by_window_and_issuer_and_nothing_else_is(site):
    site.write(
        "-- content/jiaoyu/organ.yaml --\nname: 测试市教育局\nkind: department\nlevel: city\ndisclosure: proactive\n"
        "published: 2024-01-01\nhead: 张测试\nduties: [教育]\ncontacts: {address: 测试路1号, phone: 0000-00000001}\n"
        "office_hours: [{days: 周一至周五, time: 8:30—12:00}]\n"
    )
    ends = {
        "past": "2026-11-19",
        "today": "2026-11-20",
        "day-30": "2026-12-20",
        "day-31": "2026-12-21",
        "day-90": "2027-02-18",
        "day-180": "2027-05-19",
        "day-181": "2027-05-20",
    }
    for id, day in ends.items():
        site.rule(id, valid_until=day)
    site.rule("edu", organ="jiaoyu", title="教育的文件", valid_until="2026-12-01")
    site.rule("by-law", title="将被废止的文件", repealed="{on: 2027-01-01}")
    site.rule("saved", valid_until="2026-12-01").rule("more", extends="[saved]", extends_to="2029-01-01")
    site.rule("unborn", effective="2027-01-01", valid_until="2027-02-01")
    site.build("--no-search")
    page = site.page("rules/expiring")
    windows = re.findall(r'<h2 id="within-(\d+)">(.*?)</section>', page, re.DOTALL)
    assert [days for days, _ in windows] == ["30", "90", "180"]
    listed = [re.findall(r'class="card-title" href="\.\./([\w-]+)/"', text) for _, text in windows]
    assert listed == [["edu", "today", "day-30"], ["day-31", "by-law", "day-90"], ["day-180"]]
    assert windows[0][1].index("测试市教育局") < windows[0][1].index("测试市人民政府")
    assert "还有 30 天" in windows[0][1]
    assert "自 2027年1月1日 起废止" in windows[1][1]
    assert "以 2026年11月20日 为准" in page
    assert 'href="expiring/"' in site.page("rules")
