"""Each row of a standard list is published, or it is 应公开未公开; the numbers count only what belongs on the site."""

from __future__ import annotations

import re
from datetime import date

import pytest

from gongkai.base.project import Project
from gongkai.check.examine import examine
from gongkai.model import coverage
from gongkai.model.catalog import Catalog, load
from gongkai.pipeline import Options
from gongkai.read.walk import read
from tests.conftest import CHECKOUT, DAY, SmallSite

HEAD = """\
-- content/{organ}/standards/{field}.yaml --
disclosure: proactive
published: 2026-01-05
subjects: [{organ}]
bases: [《中华人民共和国义务教育法》]
channels: {{gov_site: required, notice_board: optional}}
time_limit: 及时公开
{more}rows:
"""


def rows(site: SmallSite, *extras: str, organ: str = "shifu", field: str = "compulsory_education", more: str = ""):
    """A list of rows that are alike but for what each adds; `|` stands for a new line."""
    text = HEAD.format(organ=organ, field=field, more=more)
    for n, extra in enumerate(extras, start=1):
        text += f"  - id: {organ}-{field.replace('_', '-')}-{n}\n    item_l1: 事项{n}\n    elements: [●内容]\n"
        text += "    audience_all: true\n"
        text += "".join(f"    {line}\n" for line in (extra or "mode_proactive: true").split("|"))
    return site.write(text)


def catalog(site: SmallSite, day: str = DAY) -> Catalog:
    found = load(read(Project.at(site.root)), date.fromisoformat(day))
    assert not found.problems, found.problems
    return found


def told(site: SmallSite, code: str) -> list[str]:
    problems = examine(Project.at(site.root), Options(day=date.fromisoformat(DAY))).problems
    return [problem.message for problem in problems if problem.code == code]


def ask(site: SmallSite, text: str) -> SmallSite:
    path = site.root / "catalog.yaml"
    kept = path.read_text("utf-8").partition("  coverage:")[0]
    path.write_text(f"{kept}  coverage: {text}\n", "utf-8")
    return site


def published(site: SmallSite, day: str = DAY) -> list[bool]:
    return [entry.published for entry in coverage.entries(catalog(site, day))]


@pytest.mark.parametrize(
    ("extra", "counts"),
    [
        ("mode_proactive: true", True),
        ("mode_proactive: true|channels: {gov_site: required}", True),
        ("mode_proactive: true|mode_request: true", True),
        ("mode_request: true", False),
        ("mode_proactive: true|channels: {gov_site: optional, notice_board: required}", False),
        ("mode_proactive: true|channels: {notice_board: required}", False),
    ],
)
def test_only_a_row_that_must_be_on_the_site_counts(site, extra, counts):
    rows(site, extra)
    assert len(coverage.entries(catalog(site))) == counts


@pytest.mark.parametrize(
    ("keys", "is_published"),
    [
        ({}, True),
        ({"disclosure": "on_request"}, True),
        ({"display_until": "2026-01-31"}, True),
        ({"withdrawn": "{on: 2026-06-01, reason: 有误}"}, False),
    ],
    ids=["public", "on request", "its time is over", "taken back"],
)
def test_a_row_is_published_while_a_reader_can_find_what_it_names(site, keys, is_published):
    site.rule("a-1", **keys)
    rows(site, 'mode_proactive: true|published_as: ["rule:a-1"]')
    assert published(site) == [is_published]
    assert (told(site, "GK-COVER-003") == []) is is_published


def test_a_row_is_not_published_before_what_it_names_is(site):
    site.rule("a-1", signed="2026-11-16", published="2026-11-25", effective=None)
    rows(site, 'mode_proactive: true|published_as: ["rule:a-1"]')
    assert published(site, "2026-11-24") == [False]
    assert published(site, "2026-11-25") == [True]


def test_an_address_outside_counts_as_published(site):
    rows(site, 'mode_proactive: true|published_as: ["https://www.test.example/list"]')
    assert published(site) == [True]


def test_shares_are_taken_by_field_by_organ_and_by_level(site):
    site.rule("a-1").write(
        "-- content/zhen/organ.yaml --\nname: 测试镇人民政府\nkind: government\nlevel: township\n"
        "disclosure: proactive\npublished: 2024-01-01\n"
    )
    bound = 'mode_proactive: true|published_as: ["rule:a-1"]'
    rows(site, bound, "", "", more="levels: [city, county]\n")
    rows(site, bound, bound, organ="zhen")
    rows(site, "", field="employment")
    found = coverage.entries(catalog(site))
    share = coverage.Share
    by_field = coverage.share(found, lambda entry: [entry.field])
    assert by_field == {"compulsory_education": share(5, 3), "employment": share(1, 0)}
    assert coverage.share(found, lambda entry: [entry.organ]) == {"shifu": share(4, 1), "zhen": share(2, 2)}
    by_level = coverage.share(found, lambda entry: entry.levels)
    assert by_level == {"city": share(4, 1), "county": share(3, 1), "township": share(2, 2)}, "else that of the organ"
    assert by_field["compulsory_education"].percent == 60


def test_by_default_a_gap_is_only_counted_and_a_site_may_ask_to_be_told_of_each(site):
    rows(site, "", "mode_request: true")
    assert told(site, "GK-COVER-001") == []
    ask(site, "{rows: true}")
    assert told(site, "GK-COVER-001") == ["shifu-compulsory-education-1（事项1）应公开未公开"]


def test_a_share_is_told_below_the_least_that_the_site_asks_for(site):
    site.rule("a-1")
    rows(site, 'mode_proactive: true|published_as: ["rule:a-1"]', "", "")
    ask(site, "{at_least: 33}")
    assert told(site, "GK-COVER-002") == []
    ask(site, "{at_least: 34}")
    assert told(site, "GK-COVER-002") == ["测试市人民政府义务教育领域公开了 3 行中的 1 行（33%）"]


def test_the_sample_city_has_gaps_and_none_of_them_is_a_warning():
    found = coverage.entries(catalog(SmallSite(CHECKOUT)))
    whole = coverage.share(found, lambda _: ["all"])["all"]
    assert 100 < whole.total < 225, "rows that belong on notice boards do not count"
    assert 20 < whole.percent < 80


def test_the_report_that_an_office_sends_round_counts_and_lists_what_is_missing(site):
    site.rule("a-1").write(
        "-- content/zhen/organ.yaml --\nname: 测试镇人民政府\nkind: government\nlevel: township\n"
        "disclosure: proactive\npublished: 2024-01-01\n"
    )
    rows(site, 'mode_proactive: true|published_as: ["rule:a-1"]', "")
    rows(site, "", organ="zhen", field="employment")
    page = site.run("check", "--date", DAY, "--format", "html").out
    assert "要在网站公开的 3 行，已经公开 1 行（33%）。市级 1／2；乡级 0／1。" in page
    lists = page[page.index('id="todo"') :]
    assert [re.sub("<.*?>", "", head) for head in re.findall(r"<h3.*?</h3>", lists)] == [
        "测试市人民政府 未公开 1 行",
        "测试镇人民政府 未公开 1 行",
    ]
    assert '<p class="field">义务教育 <span class="quiet">1 行</span></p>' in lists
    assert "shifu-compulsory-education-2" not in page
    assert "事项2 <span" in page
    one = site.run("check", "--date", DAY, "--format", "html", "--organ", "zhen").out
    assert "要在网站公开的 1 行，已经公开 0 行（0%）。乡级 0／1。" in one
    assert "义务教育" not in one


def test_a_report_without_lists_does_not_speak_of_them(site):
    site.rule("a-1")
    assert "应公开未公开" not in site.run("check", "--date", DAY, "--format", "html").out


def test_the_page_of_a_field_does_not_call_unpublished_what_belongs_on_a_notice_board(site):
    rows(site, "mode_proactive: true", "mode_proactive: true|channels: {notice_board: required}")
    site.build("--no-search")
    page = site.page("fields/compulsory_education")
    assert page.count("尚未在本站公开") == 1
    assert page.count("按目录在其他渠道公开") == 1
