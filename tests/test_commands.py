"""The command line: what each command does, says and returns."""

from __future__ import annotations

import csv
import gzip
import json
import re
from pathlib import Path

import pytest

from gongkai.model.kinds import KINDS
from tests.conftest import CHECKOUT, DAY, SmallSite


def test_no_command_means_build(site):
    site.rule("a")
    result = site.run()
    assert result.code == 0
    assert "→" in result.err
    assert (site.root / "site/index.html").is_file()


def test_options_of_build_work_without_naming_it(site):
    assert site.run("--date", DAY, "--clean").code == 0


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nonsense"], "nonsense"),
        (["build", "--date", "2026-13-01"], "不是日期"),
        (["build", "--base-url", "www.test.example"], "http"),
        (["new", "rul", "x"], "是不是 rule"),
        (["new", "rule", "x"], "--organ"),
        (["new", "rule", "大写", "--organ", "shifu"], "不能用作 id"),
        (["new", "rule", "type", "--organ", "shifu"], "不能用作 id"),
        (["new", "rule", "x", "--organ", "shfu"], "是不是 shifu"),
        (["new", "guide", "shfu"], "是不是 shifu"),
        (["new", "guide", "shifu", "--organ", "jiaoyu"], "一个机关一份"),
        (["new", "fields", "common"], "是不是 field"),
        (["new", "field", "village_affairs"], "gongkai new field common"),
        (["init", "."], "不是空文件夹"),
        (["check", "--format", "pdf"], "pdf"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_why(site, args, words):
    result = site.run(*args)
    assert result.code == 2, result.out + result.err
    assert words in result.err
    assert "Traceback" not in result.err


def test_a_new_site_builds_at_once_and_warns_of_what_is_not_filled_in(tmp_path):
    place = SmallSite(tmp_path)
    made = place.run("init", str(tmp_path / "mine"), "--date", DAY)
    assert made.code == 0
    mine = SmallSite(tmp_path / "mine")
    result = mine.build()
    assert "GK-SET-001" in result.err
    assert (mine.root / ".gitignore").read_text("utf-8").startswith("/site/")
    assert "请填写机关全称" in mine.page("organs/benjiguan")
    assert "第一条" in mine.page("rules/benjiguan-example-1")


NEW = {
    "organ": ["weijian"],
    "rule": ["shifu-2026-1", "--organ", "shifu"],
    "field": ["common"],
    "industry": ["common"],
    "audience": ["common"],
    "row": ["compulsory_education", "--organ", "shifu"],
    "card": ["shifu-2026-1", "--organ", "shifu"],
    "explainer": ["shifu-2026-1", "--organ", "shifu"],
    "guide": ["shifu"],
    "regime": ["shifu-secrecy", "--organ", "shifu"],
    "request": ["shifu", "--organ", "shifu"],
    "annual": ["2025", "--organ", "shifu"],
    "column": ["shifu"],
    "review": ["2026", "--organ", "shifu"],
    "about": ["common"],
    "synonym": ["common"],
}
"""What follows `new KIND` to start a file of each kind."""


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_a_new_file_is_sound_and_is_never_written_over_another(site, kind):
    result = site.run("new", kind, *NEW[kind], "--date", DAY)
    assert result.code == 0, result.err
    path = Path(result.out.strip())
    assert path.is_relative_to(site.root)
    text = path.read_text("utf-8")
    assert text
    assert not re.search(r"{[a-z]+}", text), "a place was not filled in"
    said = site.run("check", "--date", DAY)
    assert said.code == 0, said.out
    left = len(re.findall("请填写|请在这里写正文", re.sub(r"#.*", "", text)))
    told = json.loads(site.run("check", "--date", DAY, "--format", "json").out)
    assert [problem["code"] for problem in told].count("GK-SET-001") == left, "each place left to fill in is told"
    site.build()
    again = site.run("new", kind, *NEW[kind])
    assert again.code == 2
    assert "已经" in again.err
    assert path.read_text("utf-8") == text


def test_every_organ_may_have_a_list_of_one_field_and_a_report_of_one_year(site):
    site.run("new", "organ", "weijian", "--date", DAY)
    for organ in ("shifu", "weijian"):
        assert site.run("new", "row", "health", "--organ", organ, "--date", DAY).code == 0
        assert site.run("new", "annual", f"{organ}-2025", "--organ", organ, "--date", DAY).code == 0
        assert (site.root / f"content/{organ}/annual/2025.md").is_file()
    assert site.run("check", "--date", DAY).code == 0


def test_a_new_vocabulary_changes_nothing_until_it_is_edited(site):
    site.build()
    before = site.bytes()
    for kind in ("field", "industry", "audience"):
        site.run("new", kind, "common", "--date", DAY)
    site.build("--clean")
    assert site.bytes() == before


@pytest.mark.parametrize("name", ["fields.yaml", "about.md"])
def test_what_is_common_to_all_organs_has_no_place_in_the_folder_of_one(site, name):
    site.write(f"-- content/shifu/{name} --\n---\ntitle: 关于\n---\n")
    said = site.run("check", "--date", DAY).out
    assert "GK-FILE-007" in said
    assert f"移到 content/common/{name}" in said


def test_an_id_used_by_another_organ_is_refused_for_a_new_file(site):
    site.run("new", "organ", "weijian", "--date", DAY)
    site.rule("x-1")
    result = site.run("new", "rule", "x-1", "--organ", "weijian")
    assert result.code == 2
    assert "content/shifu/rules/x-1.md" in result.err


def test_check_of_a_sound_site_finds_nothing_and_keeps_only_what_it_learnt(site):
    site.rule("a")
    assert site.run("check", "--date", DAY).out == "没有发现问题\n"
    assert json.loads(site.run("check", "--date", DAY, "--format", "json").out) == []
    assert not (site.root / "site").exists()
    kept = {path.name for path in (site.root / ".gongkai").rglob("*") if path.is_file()}
    assert kept == {"check.json", "parsed.bin"}


def test_strict_counts_warnings_as_errors(site):
    site.rule("a", summary="请填写概述")
    assert site.run("check", "--date", DAY).code == 0
    assert site.run("check", "--date", DAY, "--strict").code == 1


def test_the_sample_city_has_no_problem_at_all():
    result = SmallSite(CHECKOUT).run("check", "--date", DAY, "--strict")
    assert result.code == 0, result.out


def test_there_is_a_schema_for_every_kind_alone_or_all_together(tmp_path):
    result = SmallSite(CHECKOUT).run("schema", "--out", str(tmp_path))
    assert result.code == 0
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in tmp_path.glob("*.json")}
    assert set(found) == {"catalog", *(kind.name for kind in KINDS)}
    assert json.loads(SmallSite(CHECKOUT).run("schema").out) == found


LAW = {"id": "cn-1", "title": "甲法", "level": "法律", "issuer": None, "body_markdown": "第一条 正文。"}


def lines(site, *laws, name="laws.jsonl"):
    text = "".join(law if isinstance(law, str) else json.dumps(law, ensure_ascii=False) + "\n" for law in laws)
    path = site.root / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return str(path)


def imported(site, *laws, name="laws.jsonl"):
    report = str(site.root / "report.csv")
    return site.run("import", lines(site, *laws, name=name), "--kind", "rule", "--organ", "shifu", "--report", report)


def report(site) -> list[list[str]]:
    """The rows of the report that an import wrote."""
    return list(csv.reader((site.root / "report.csv").read_text("utf-8-sig").splitlines()))


def test_an_import_keeps_awkward_values_and_says_what_it_guessed(site):
    odd = "“引号”: 冒号 # 井号\u3000全角　- 横线\ue010"
    law = {**LAW, "title": odd, "issuer": "甲部、乙部", "doc_no": "0505", "level": "其他", "region": "no"}
    result = imported(site, law, name="laws.jsonl.gz")
    assert result.code == 0
    assert "发文机关按顿号分开" in result.out
    rows = report(site)
    assert ["cn-1", "来源没有 published", odd] in rows
    site.build()
    page = site.page("rules/cn-1")
    for part in (odd, "甲部", "乙部", "0505", "no"):
        assert part in page


def test_an_issuer_named_like_an_organ_or_its_alias_is_that_organ(site):
    law = {**LAW, "issuer": "市政府", "signed": "2024-01-01", "published": "2024-01-02"}
    result = imported(site, law)
    assert "公开属性记作 proactive" in result.out
    site.build()
    assert "甲法" in site.page("organs/shifu")


def test_lines_that_cannot_be_imported_are_named_and_the_others_come_in(site):
    broken = [
        {**LAW, "id": "大"},
        {**LAW, "id": "cn-2", "level": "诏书"},
        {**LAW, "id": "cn-3", "title": None},
        "{\n",
        "[1]\n",
    ]
    result = imported(site, LAW, *broken)
    assert result.code == 1
    assert "写入 1 份，已有而相同 0 份，没有导入 5 份" in result.out
    assert "Traceback" not in result.err
    rows = [row[0] for row in report(site)]
    assert [f"laws.jsonl:{n}" for n in (2, 3, 4, 5, 6)] == [row for row in rows if row.startswith("laws")]


def test_versions_of_one_law_are_joined_in_the_order_of_their_dates(site):
    laws = [
        {**LAW, "id": "v-2", "version_group": "g", "published": "2020-01-01"},
        {**LAW, "id": "v-1", "version_group": "g", "published": "2010-01-01"},
        {**LAW, "id": "v-0", "version_group": "g"},
    ]
    imported(site, *laws)
    front = (site.root / "content/shifu/rules/v-2.md").read_text("utf-8")
    assert "replaces:\n- v-1\n" in front
    rows = report(site)
    assert ["v-0", "没有日期，不能和同一法规的其他版本排先后", "甲法"] in rows


def test_two_texts_of_one_day_are_copies_and_a_newer_text_replaces_both(site):
    days = {"c-1": "2010-01-01", "c-2": "2010-01-01", "c-3": "2020-01-01"}
    imported(site, *({**LAW, "id": id, "version_group": "g", "published": day} for id, day in days.items()))
    assert "replaces" not in (site.root / "content/shifu/rules/c-2.md").read_text("utf-8")
    assert "replaces:\n- c-1\n- c-2\n" in (site.root / "content/shifu/rules/c-3.md").read_text("utf-8")
    assert ["c-2", "和另一份日期相同，没有认作新版本", "c-1"] in report(site)
