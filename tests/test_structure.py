"""Every organ has its pages and every group its content or its reason; an element that says nothing is told."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.base.project import Project
from gongkai.check.examine import examine
from gongkai.pipeline import Options
from tests.conftest import DAY, SmallSite


def told(site: SmallSite, code: str, day: str = DAY) -> list[str]:
    """What is said of a code, as `shifu/guide.md: message`."""
    problems = examine(Project.at(site.root), Options(day=date.fromisoformat(day))).problems
    found = [problem for problem in problems if problem.code == code]
    return [f"{problem.path.removeprefix('content/')}: {problem.message}" for problem in found]


@pytest.fixture
def whole(tmp_path) -> SmallSite:
    """What `init` writes: one organ with all that it is asked for."""
    site = SmallSite(tmp_path / "whole")
    assert site.run("init", "--date", DAY, str(site.root)).code == 0
    return site


def replace(site: SmallSite, path: str, old: str, new: str) -> SmallSite:
    file = site.root / "content/benjiguan" / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return site


@pytest.mark.parametrize("code", [f"GK-STRUCT-{n:03}" for n in range(1, 8)])
def test_a_new_site_lacks_nothing(whole, code):
    assert told(whole, code) == []


@pytest.mark.parametrize(
    ("file", "name"),
    [("guide.md", "政府信息公开指南"), ("request.md", "依申请公开"), ("column.yaml", "法定主动公开内容")],
)
def test_a_page_that_an_organ_lacks_is_named_with_the_command_that_begins_it(whole, file, name):
    (whole.root / "content/benjiguan" / file).unlink()
    said = told(whole, "GK-STRUCT-001")
    assert said == [f"benjiguan/organ.yaml: 请填写机关全称的专栏缺少{name}"]
    assert f"gongkai new {file.partition('.')[0]} benjiguan" in whole.run("check", "--date", DAY).out


def test_the_older_layout_asks_for_no_request_page(whole):
    (whole.root / "content/benjiguan/request.md").unlink()
    settings = whole.root / "catalog.yaml"
    settings.write_text(settings.read_text("utf-8") + "column: 2019-61\n", "utf-8")
    assert told(whole, "GK-STRUCT-001") == []


@pytest.mark.parametrize("fault", ["fax:", "fax: [无"], ids=["a faulty value", "a file that cannot be read"])
def test_a_page_with_a_fault_counts_as_there(whole, fault):
    replace(whole, "guide.md", "fax: 无", fault)
    assert told(whole, "GK-STRUCT-001") == []


def test_a_draft_does_not_count_as_there(whole):
    replace(whole, "guide.md", "fax: 无", "fax: 无\ndraft: true")
    assert len(told(whole, "GK-STRUCT-001")) == 1


@pytest.mark.parametrize("said", ["text: 规划在市发展改革部门", "items: [rule:benjiguan-example-1]", "none: 没有"])
def test_a_group_is_filled_by_content_by_words_or_by_its_reason(whole, said):
    empty = "  - group: plans                    # 规划计划\n    none: 请填写：没有这一组内容的原因\n"
    replace(whole, "column.yaml", empty, "")
    assert told(whole, "GK-STRUCT-002") == ["benjiguan/column.yaml: 有 1 组没有内容，也没有写原因：plans（规划计划）"]
    replace(whole, "column.yaml", "groups:\n", f"groups:\n  - group: plans\n    {said}\n")
    assert told(whole, "GK-STRUCT-002") == []


def test_a_government_has_the_groups_of_its_level_besides(whole):
    replace(whole, "organ.yaml", "kind: department ", "kind: government ")
    assert "有 5 组" in told(whole, "GK-STRUCT-002")[0]
    replace(whole, "organ.yaml", "level: county ", "level: township ")
    assert "有 8 组" in told(whole, "GK-STRUCT-002")[0]


def test_a_department_may_declare_a_group_of_article_21_and_it_is_shown(whole):
    replace(whole, "column.yaml", "groups:\n", "groups:\n  - group: land_expropriation\n    text: 征地公告在这里公布\n")
    assert told(whole, "GK-STRUCT-002") == []
    whole.build("--no-search")
    assert "征地公告在这里公布" in whole.page("zfxxgk/fdzdgknr")


@pytest.mark.parametrize("key", ["duties", "divisions", "contacts", "office_hours", "head"])
def test_each_element_of_the_profile_is_asked_for(whole, key):
    path = whole.root / "content/benjiguan/organ.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith(key))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    path.write_text("".join(lines[:start] + lines[end:]), "utf-8")
    assert len(told(whole, "GK-STRUCT-003")) == 1
    assert key in whole.run("check", "--date", DAY).out


def test_a_site_that_is_not_inspected_is_not_asked_for_whole_columns(site):
    assert [told(site, f"GK-STRUCT-{n:03}") for n in (1, 2, 3, 4)] == [[], [], [], []]


@pytest.mark.parametrize("word", ["略", "详见附件", "待定。", "——", "暂无"])
def test_an_element_that_says_nothing_is_told(whole, word):
    replace(
        whole, "guide.md", "access_methods: 在本网站查阅；没有公开的，可以向本机关申请公开", f"access_methods: {word}"
    )
    assert told(whole, "GK-STRUCT-005") == [f"benjiguan/guide.md: access_methods 只写了“{word}”"]


@pytest.mark.parametrize("words", ["见附件1中的表", "无障碍窗口在一楼", "略高于全市平均水平"])
def test_an_element_that_only_begins_so_is_not(whole, words):
    replace(
        whole, "guide.md", "access_methods: 在本网站查阅；没有公开的，可以向本机关申请公开", f"access_methods: {words}"
    )
    assert told(whole, "GK-STRUCT-005") == []


EXPLAINER = """\
-- content/shifu/explainers/{id}.md --
---
title: 解读
explains: [a-1]
format: {form}
interpreter: shifu
disclosure: proactive
published: 2024-01-02
{front}---

{body}
"""


def test_the_main_points_may_stand_in_several_explainers_in_keys_or_headings(site):
    site.rule("a-1")
    front = "background: 背景\nobjectives: 目标\n"
    site.write(
        EXPLAINER.format(id="b-1", form="text", front=front, body="## 一、主要内容\n\n正文。\n\n二、适用范围\n\n正文。")
    )
    assert told(site, "GK-STRUCT-006") == ["shifu/explainers/b-1.md: 没有解读执行标准"]
    site.write(EXPLAINER.format(id="b-2", form="graphics", front="standards: 每月100元\n", body="正文。"))
    assert told(site, "GK-STRUCT-006") == []


def test_questions_or_a_drawing_alone_need_not_treat_every_point(site):
    site.rule("a-1").write(EXPLAINER.format(id="b-1", form="questions", front="", body="正文。"))
    assert told(site, "GK-STRUCT-006") == []


def test_a_report_may_number_its_parts_in_any_way_and_have_headings_below_them(site):
    parts = [
        "总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
        "存在的主要问题及改进情况",
        "其他需要报告的事项",
    ]
    body = "\n\n".join(f"## {n}．{part}\n\n### （一）小节\n\n正文。" for n, part in enumerate(parts, start=1))
    front = "---\ntitle: 年报\ndisclosure: proactive\npublished: 2026-03-02\n---\n\n"
    site.write(f"-- content/shifu/annual/2025.md --\n{front}{body}\n")
    assert told(site, "GK-STRUCT-007") == []
    site.write(f"-- content/shifu/annual/2025.md --\n{front}{body.replace('## 3．', '## 3．其他')}\n")
    assert told(site, "GK-STRUCT-007") == ["shifu/annual/2025.md: 年报缺少 1 个部分：收到和处理政府信息公开申请情况"]
    site.write(f"-- content/shifu/annual/2018.md --\n{front}正文。\n")
    assert len(told(site, "GK-STRUCT-007")) == 1, "the form is of 2019"
