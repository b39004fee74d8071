"""A limit of the law or of a list that is missed is told once, at the date that shows it, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.base.project import Project
from gongkai.check.examine import examine
from gongkai.pipeline import Options
from tests.conftest import CHECKOUT, DAY, SmallSite

WHOLE = """\
-- content/{organ}/organ.yaml --
name: {name}
kind: {kind}
level: {level}
disclosure: proactive
published: {day}
head: 张测试
duties: [落实上级机关的部署]
divisions: [{{name: 办公室}}]
contacts: {{address: 测试路1号, phone: 0000-00000001}}
office_hours: [{{days: 周一至周五, time: 8:30—12:00}}]
"""

REPORT = """\
-- content/{organ}/annual/{year}.md --
---
title: {year}年政府信息公开工作年度报告
disclosure: proactive
published: {day}
---

## 一、总体情况

## 二、主动公开政府信息情况

## 三、收到和处理政府信息公开申请情况

## 四、政府信息公开行政复议、行政诉讼情况

## 五、存在的主要问题及改进情况

## 六、其他需要报告的事项
"""


def told(site: SmallSite, code: str, day: str = DAY) -> list[str]:
    """Where a code is reported, as `shifu/rules/a-1.md:7`."""
    return [place for place, found in all_told(site, day) if found == code]


def all_told(site: SmallSite, day: str = DAY) -> list[tuple[str, str]]:
    """Every problem as its place and its code, most severe first; in this process, where a run takes 0.1 s."""
    problems = examine(Project.at(site.root), Options(day=date.fromisoformat(day))).problems
    return [(f"{problem.path.removeprefix('content/')}:{problem.line}", problem.code) for problem in problems]


def settings(site: SmallSite, text: str, *, inspected: bool = True) -> SmallSite:
    """Replaces what the site says of its checks."""
    path = site.root / "catalog.yaml"
    kept = path.read_text("utf-8").partition("check:")[0]
    path.write_text(f"{kept}check:\n  inspected: {str(inspected).lower()}\n{text}", "utf-8")
    return site


def organ(
    site: SmallSite, id: str, kind: str = "department", level: str = "city", day: str = "2024-01-01"
) -> SmallSite:
    return site.write(WHOLE.format(organ=id, name=f"测试{id}局", kind=kind, level=level, day=day))


def explainer(site: SmallSite, id: str, rules: str, day: str | None, **more: str) -> SmallSite:
    keys = {"title": id, "explains": f"[{rules}]", "format": "questions", "interpreter": "shifu"}
    keys |= {"disclosure": "proactive"} | ({"published": day} if day else {}) | more
    front = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return site.write(f"-- content/shifu/explainers/{id}.md --\n---\n{front}---\n\n正文。\n")


def row(site: SmallSite, limit: str, target: str, channels: str = "{gov_site: required}") -> SmallSite:
    return site.write(f"""\
-- content/shifu/standards/compulsory_education.yaml --
disclosure: proactive
published: 2026-01-05
subjects: [shifu]
bases: [《中华人民共和国义务教育法》]
rows:
  - id: jy-01
    item_l1: 招生
    elements: [方案]
    time_limit: {limit}
    channels: {channels}
    audience_all: true
    mode_proactive: true
    published_as: ["{target}"]
""")


def test_the_twentieth_working_day_is_in_time_and_the_next_is_not(site):
    site.rule("a-1", signed="2026-09-18", published="2026-10-22", effective=None)
    site.rule("a-2", signed="2026-09-18", published="2026-10-23", effective=None)
    assert told(site, "GK-TIME-001") == ["shifu/rules/a-2.md:7"]


@pytest.mark.parametrize(
    "keys",
    [
        {"issuers": "[国务院]", "disclosure": None},
        {"disclosure": "on_request"},
        {"signed": "2008-04-30"},
        {"draft": "true", "signed": "2026-11-02", "published": None},
    ],
    ids=["not ours", "on request", "before the regulation", "not yet due"],
)
def test_what_has_no_limit_or_time_left_is_not_called_late(site, keys):
    site.rule("a-1", **({"signed": "2020-01-02", "published": "2026-03-02", "effective": None} | keys))
    assert told(site, "GK-TIME-001") == []


@pytest.mark.parametrize(("first", "late"), [("2018-05-01", []), ("2018-06-01", ["shifu/rules/a-1.md:7"])])
def test_a_text_that_was_in_force_before_is_not_late_because_a_later_one_came_out(site, first, late):
    site.write(f"-- content/shifu/rules/a-1/{first}.md --\n第一条　旧的。\n")
    days = {"signed": "2018-03-01", "published": "2018-05-10", "effective": "2025-06-01"}
    site.rule("a-1", **days, versions=f"[{{date: {first}}}]")
    assert told(site, "GK-TIME-001") == late


def test_other_content_counts_from_the_day_it_was_formed(site):
    explainer(site, "b-1", "《外部文件》", "2026-10-23", formed="2026-09-18")
    assert told(site, "GK-TIME-001") == ["shifu/explainers/b-1.md:7"]


def test_a_span_that_runs_into_an_unknown_year_is_one_warning_that_the_setting_ends(site):
    site.rule("a-1", signed="2026-12-18", published="2027-01-15", effective=None)
    site.rule("a-2", signed="2026-12-21", published="2027-01-15", effective=None)
    site.rule("a-3", signed="2026-12-28", published="2027-01-15", effective=None)
    assert told(site, "GK-TIME-001") == []
    assert told(site, "GK-TIME-006") == ["catalog.yaml:1"]
    assert site.run("check", "--date", DAY).code == 0
    assert site.run("check", "--date", DAY, "--strict").code == 1
    calendar = """\
  time:
    calendar:
      - year: 2027
        source: 国办发明电〔2026〕0号
        holidays: [2027-01-01 至 2027-01-03, 2027-05-01, 2027-10-01 至 2027-10-03]
"""
    settings(site, calendar, inspected=False)
    assert told(site, "GK-TIME-006") == []
    assert told(site, "GK-TIME-001") == []
    site.rule("a-1", signed="2026-12-18", published="2027-01-19", effective=None)
    assert told(site, "GK-TIME-001") == ["shifu/rules/a-1.md:7"], "19 working days later, with 1 January off, 21"


def test_a_row_shortens_the_limit_of_what_it_is_published_as(site):
    site.rule("a-1", signed="2026-04-20", published="2026-04-30", effective=None)
    row(site, "自制定或获取信息之日起5个工作日内", "rule:a-1")
    assert told(site, "GK-TIME-002") == ["shifu/rules/a-1.md:7"]
    row(site, "自信息形成或者变更之日起5日内", "rule:a-1")
    assert told(site, "GK-TIME-002") == ["shifu/rules/a-1.md:7"]


def test_a_row_that_counts_from_another_event_is_not_judged(site):
    site.rule("a-1", signed="2026-04-20", published="2026-04-30", effective=None)
    row(site, "批准后5个工作日内", "rule:a-1")
    assert told(site, "GK-TIME-002") == []
    row(site, "20个工作日内；其中许可决定：自作出决定之日起1个工作日内", "rule:a-1")
    assert told(site, "GK-TIME-002") == []


def test_the_first_explainer_comes_within_three_working_days_and_later_ones_may_follow(site):
    site.rule("a-1", signed="2026-04-27", published="2026-04-29", effective=None)
    explainer(site, "b-1", "a-1", "2026-05-07")
    explainer(site, "b-2", "a-1", "2026-08-07")
    assert told(site, "GK-TIME-003") == []
    explainer(site, "b-1", "a-1", "2026-05-08")
    assert told(site, "GK-TIME-003") == ["shifu/explainers/b-1.md:7"]


def test_an_explainer_of_two_documents_is_timed_by_the_later_one(site):
    site.rule("a-1", signed="2025-03-03", published="2025-03-05", effective=None)
    site.rule("a-2", signed="2026-03-03", published="2026-03-05", effective=None)
    explainer(site, "b-1", "a-1, a-2", "2026-03-05")
    assert told(site, "GK-TIME-003") == []


@pytest.mark.parametrize("draft", [True, False], ids=["a draft", "for a later day"])
def test_an_explainer_that_is_held_back_too_long_is_told_while_it_is_held_back(site, draft):
    site.rule("a-1", signed="2026-11-09", published="2026-11-10", effective=None)
    explainer(site, "b-1", "a-1", None if draft else "2026-11-30", **({"draft": "true"} if draft else {}))
    assert len(told(site, "GK-TIME-003")) == 1
    assert told(site, "GK-TIME-003", "2026-11-13") == ([] if draft else ["shifu/explainers/b-1.md:7"])


@pytest.mark.parametrize(
    ("kind", "level", "last"),
    [
        ("government", "county", "2026-03-31"),
        ("government", "township", "2026-01-31"),
        ("department", "county", "2026-01-31"),
    ],
)
def test_a_report_has_the_day_that_the_regulation_gives_its_organ(site, kind, level, last):
    organ(site, "a", kind, level).write(REPORT.format(organ="a", year=2025, day=last))
    assert told(site, "GK-TIME-004") == []
    late = f"{last[:8]}01".replace("-03-", "-04-").replace("-01-", "-02-")
    site.write(REPORT.format(organ="a", year=2025, day=late))
    assert told(site, "GK-TIME-004") == ["a/annual/2025.md:4"]


def test_a_report_that_is_not_there_is_told_from_the_day_after_its_last_one(site):
    organ(settings(organ(site, "shifu"), ""), "late", day="2026-02-02")
    organ(site, "bus", "public_utility")
    assert told(site, "GK-TIME-004", "2026-01-31") == []
    assert told(site, "GK-TIME-004", "2026-02-01") == ["shifu/organ.yaml:1"]
    assert told(site, "GK-TIME-004", "2026-11-20") == ["shifu/organ.yaml:1"], "one was not here yet, one need not"
    site.write(REPORT.format(organ="shifu", year=2025, day="2026-01-20"))
    assert told(site, "GK-TIME-004", "2026-11-20") == []


@pytest.mark.parametrize(
    ("limit", "day", "kept"),
    [
        ("每季度公开1次", "2026-07-01", True),
        ("每季度公开1次", "2026-06-30", False),
        ("每月更新", "2026-10-01", True),
        ("每月更新", "2026-09-30", False),
        ("半年至少更新1次", "2026-01-05", True),
        ("半年至少更新1次", "2025-12-31", False),
        ("每年6月底前", "2025-07-01", True),
        ("每年6月底前", "2025-06-30", False),
        ("每周更新", "2026-11-09", True),
        ("每周更新", "2026-11-08", False),
    ],
)
def test_what_a_row_promises_every_period_is_new_in_the_last_whole_one(site, limit, day, kept):
    site.rule("a-1", signed="2024-01-02", published="2024-01-03", effective=None, updated=day)
    row(site, limit, "rule:a-1")
    assert told(site, "GK-TIME-008") == ([] if kept else ["shifu/standards/compulsory_education.yaml:13"])


def test_a_period_is_not_asked_of_a_row_that_belongs_on_a_notice_board_or_elsewhere(site):
    site.rule("a-1", signed="2024-01-02", published="2024-01-03", effective=None)
    row(site, "每月更新", "rule:a-1", "{notice_board: required, gov_site: optional}")
    assert told(site, "GK-TIME-008") == []
    row(site, "每月更新", "https://www.test.example/list")
    assert told(site, "GK-TIME-008") == []


def test_the_home_page_is_stale_after_two_weeks_and_the_policies_after_six_months(site):
    settings(organ(site, "shifu", day="2026-05-20"), "")
    site.rule("a-1", signed="2026-05-20", published="2026-05-20", effective=None)
    assert told(site, "GK-TIME-009", "2026-06-03") == []
    assert told(site, "GK-TIME-009", "2026-06-04") == ["catalog.yaml:1"]
    assert told(site, "GK-TIME-009", "2026-11-20") == ["catalog.yaml:1"]
    assert told(site, "GK-TIME-009", "2026-11-21") == ["catalog.yaml:1", "shifu/organ.yaml:1"]


def test_what_has_no_date_counts_as_not_updated(site):
    settings(site, "  time: {freshness: [{column: /cards/, every: 1年}]}\n", inspected=False)
    text = (CHECKOUT / "content/minzheng/cards/minzheng-dibao.md").read_text("utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(("published", "updated", "fields"))]
    text = "".join(lines).replace("minzheng-2024-2", "《外部文件》")
    site.write(f"-- content/shifu/cards/a-1.md --\n{text.partition('---')[0]}{text}")
    found = site.run("check", "--date", DAY).out
    assert "政策明白卡（/cards/）里的内容都没有日期，算没有更新" in found


def test_the_interval_written_last_counts_and_a_pattern_means_every_organ(site):
    organ(site, "a").rule("a-1", organ="a", signed="2026-04-01", published="2026-04-02", effective=None)
    organ(site, "b").rule("b-1", organ="b", signed="2026-04-01", published="2026-04-02", effective=None)
    every = "  time:\n    freshness:\n      - {column: /organs/*/zfxxgk/zc/, every: 3个月}\n"
    settings(site, every, inspected=False)
    assert told(site, "GK-TIME-009") == ["a/organ.yaml:1", "b/organ.yaml:1"]
    settings(site, every + "      - {column: /organs/b/zfxxgk/zc/, every: 1年}\n", inspected=False)
    assert told(site, "GK-TIME-009") == ["a/organ.yaml:1"]
    settings(site, every + '      - {column: "*", every: 不要求}\n', inspected=False)
    assert told(site, "GK-TIME-009") == []


def test_a_new_site_has_no_late_stale_or_empty_column(tmp_path):
    """What `init` writes is complete on its day, and a month later it is told of the one thing that has grown old."""
    site = SmallSite(tmp_path / "new")
    assert site.run("init", "--date", DAY, str(site.root)).code == 0
    said = site.run("check", "--date", DAY).out
    assert {line.split("  ")[1] for line in said.splitlines() if "  GK-" in line} == {"GK-SET-001"}
    later = {code for _, code in all_told(site, "2026-12-20")}
    assert later == {"GK-SET-001", "GK-TIME-009"}


def test_the_sample_city_shows_two_missed_limits_and_a_card_that_fell_behind_and_explains_them():
    places = all_told(SmallSite(CHECKOUT))
    assert places == [
        ("nongye/explainers/nongye-nongji-2026-tujie.md:9", "GK-TIME-003"),
        ("qinghe/rules/qinghe-2025-1.md:11", "GK-TIME-001"),
        ("shifu/cards/shifu-yangquan-dengji.md:32", "GK-FOLLOW-001"),
    ]
    assert SmallSite(CHECKOUT).run("check", "--date", DAY, "--strict").out == "没有发现问题\n"
