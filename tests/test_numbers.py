"""Numbers have their form and are used once; an explainer belongs to its document and to whoever made it."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.base.project import Project
from gongkai.check.examine import examine
from gongkai.check.numbers import is_uscc
from gongkai.pipeline import Options
from tests.conftest import DAY, SmallSite


def told(site: SmallSite, code: str) -> list[tuple[str, str]]:
    """Message and hint of every problem of a code."""
    problems = examine(Project.at(site.root), Options(day=date.fromisoformat(DAY))).problems
    return [(problem.message, problem.hint) for problem in problems if problem.code == code]


@pytest.mark.parametrize(
    "number",
    [
        "测政规〔2024〕12号",
        "测办（综）〔2024〕1号",
        "测政规[2024]12号",
        "测试市人民政府令第216号",
        "测试市人民政府令第二十号",
        "测试市应急管理局公告2024年第3号",
        "2024年第3号",
    ],
)
def test_a_number_in_one_of_the_forms_in_use_is_sound_whatever_its_brackets(site, number):
    site.rule("a-1", doc_no=number)
    assert told(site, "GK-NUM-001") == []


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("测政规〔2024〕第3号", "测政规〔2024〕3号"),
        ("测政规〔2024〕03号", "测政规〔2024〕3号"),
        ("测政规〔24〕3号", "测政规〔2024〕3号"),
        ("测政规〔2024〕3", "测政规〔2024〕3号"),
        ("测政规 〔2024〕 3号", "测政规〔2024〕3号"),
        ("测政规〔２０２４〕３号", "测政规〔2024〕3号"),
    ],
)
def test_a_slip_in_a_number_is_told_with_the_number_as_it_should_be(site, number, written):
    site.rule("a-1", doc_no=number)
    assert [hint for _, hint in told(site, "GK-NUM-001")] == [f"写成 {written}"]


@pytest.mark.parametrize("number", ["请示", "测政规2024年3号", "〔2024〕3号"])
def test_what_is_no_number_at_all_is_told_how_one_looks(site, number):
    site.rule("a-1", doc_no=number)
    assert len(told(site, "GK-NUM-001")) == 1


def test_a_foreign_number_is_as_its_issuer_wrote_it(site):
    site.rule("a-1", issuers="[国务院]", disclosure=None, doc_no="国发第3号文", index_no="000014349/2017-00110")
    for code in ("GK-NUM-001", "GK-NUM-002", "GK-NUM-003", "GK-NUM-004"):
        assert told(site, code) == []


@pytest.mark.parametrize(
    "code",
    ["11441700007280420Y", "11500236008658157Y", "11331002002673575G", "11341702486344515H"],
)
def test_codes_of_real_organs_have_the_right_check_character(code):
    assert is_uscc(code)
    for position in (1, 9, 17):
        other = "2" if code[position] != "2" else "3"
        assert not is_uscc(code[:position] + other + code[position + 1 :]), "one wrong character is always found"


def test_a_code_is_eighteen_characters_without_blanks():
    assert not is_uscc("11441700007280420")
    assert not is_uscc("1144 1700 0072 8042 0Y")


def test_an_index_number_that_begins_with_a_code_is_held_to_the_organ_without_any_setting(site):
    organ = (site.root / "content/shifu/organ.yaml").read_text("utf-8")
    site.write(f"-- content/shifu/organ.yaml --\n{organ}uscc: 11441700007280420Y\n")
    site.rule("a-1", index_no="11441700007280420Y/2024-00050").rule("a-2", index_no="SF-2024-1")
    assert told(site, "GK-NUM-004") == []
    site.rule("a-1", index_no="11500236008658157Y/2024-00050")
    assert len(told(site, "GK-NUM-004")) == 1


def test_a_pattern_that_is_none_is_told_where_it_breaks(site):
    settings = site.root / "catalog.yaml"
    settings.write_text(settings.read_text("utf-8") + "  numbers: {index_no: '([0-9]{4}'}\n", "utf-8")
    problems = examine(Project.at(site.root), Options(day=date.fromisoformat(DAY))).problems
    assert [problem.code for problem in problems] == ["GK-FIELD-004"]


EXPLAINER = """\
-- content/shifu/explainers/b-1.md --
---
title: 解读
explains: [{rules}]
format: questions
interpreter: {by}
interpreter_kind: {kind}
disclosure: proactive
published: 2024-01-02
---

正文。
"""


@pytest.mark.parametrize(
    ("issuers", "by", "kind", "right"),
    [
        ("[jiaoyu]", "jiaoyu", "principal", True),
        ("[jiaoyu, minzheng]", "minzheng", "department", True),
        ("[jiaoyu]", "minzheng", "department", False),
        ("[jiaoyu]", "测试大学", "expert", True),
        ("[shifu]", "minzheng", "department", True),
        ("[jiaoyu, 测试市财政局]", "测试市财政局", "department", True),
    ],
)
def test_whoever_drafts_explains(site, issuers, by, kind, right):
    for id in ("jiaoyu", "minzheng"):
        site.write(
            f"-- content/{id}/organ.yaml --\nname: 测试市{id}局\nkind: department\nlevel: city\n"
            "disclosure: proactive\npublished: 2024-01-01\n"
        )
    site.rule("a-1", issuers=issuers).write(EXPLAINER.format(rules="a-1", by=by, kind=kind))
    assert (told(site, "GK-EXPLAIN-005") == []) is right


def test_an_explainer_is_asked_for_only_of_documents_of_ours_that_need_one(site):
    settings = site.root / "catalog.yaml"
    settings.write_text(settings.read_text("utf-8") + "  interpretation: {required: true}\n", "utf-8")
    site.rule("a-1").rule("a-2", type="other").rule("a-3", published="2016-12-30", signed="2016-12-29")
    site.rule("a-4", issuers="[国务院]", disclosure=None).rule("a-5", disclosure="on_request").rule("a-6")
    site.write(EXPLAINER.format(rules="a-6", by="shifu", kind="department"))
    assert [hint.split()[4] for _, hint in told(site, "GK-EXPLAIN-003")] == ["a-1-jiedu"]
