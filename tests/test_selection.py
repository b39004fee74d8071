"""Which problems `check` tells of: parts of a site, what a pull request touched, what is known and why it stays."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from tests.conftest import DAY, SmallSite


def check(site, *options):
    return site.run("check", "--date", DAY, "--format", "json", *options)


def found(site, *options):
    """Code and place of each problem."""
    return [
        (row["code"], row["path"].removeprefix("content/"), row["line"])
        for row in json.loads(check(site, *options).out)
    ]


def git(folder, *words):
    folder.mkdir(parents=True, exist_ok=True)
    names = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = ["git", "-C", str(folder), "-c", "init.defaultBranch=main", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **names}).stdout


@pytest.fixture
def city(site) -> SmallSite:
    site.write(
        "-- content/jiaoyu/organ.yaml --\nname: 测试市教育局\nkind: department\nlevel: city\nparent: shifu\n"
        "disclosure: proactive\npublished: 2024-01-01\n"
    )
    site.rule("a-1", topic="请填写主题")
    site.rule("b-1", organ="jiaoyu", topic="请填写主题")
    return site


def test_an_organ_is_meant_by_its_folder_or_by_its_name(city):
    for organ in ("jiaoyu", "测试市教育局"):
        assert found(city, "--organ", organ) == [("GK-SET-001", "jiaoyu/rules/b-1.md", 9)]
    result = check(city, "--organ", "caizheng")
    assert result.code == 2
    assert "没有 caizheng 这个机关" in result.err


def test_only_what_was_touched_since_a_revision_is_told(city):
    git(city.root, "init", "-q")
    git(city.root, "add", ".")
    git(city.root, "commit", "-qm", "x")
    assert found(city, "--since", "main") == []
    git(city.root, "switch", "-qc", "work")
    city.rule("a-2", topic="请填写主题")
    city.rule("a-1", topic="请填写主题", keywords="[改了]")
    git(city.root, "add", ".")
    git(city.root, "commit", "-qm", "y")
    city.rule("a-3", topic="请填写主题")
    assert [path for _, path, _ in found(city, "--since", "main")] == [f"shifu/rules/a-{n}.md" for n in (1, 2, 3)]
    assert len(found(city)) == 4


def test_what_a_pull_request_breaks_elsewhere_is_told_although_that_file_was_not_touched(site):
    site.rule("a-1").rule("a-2", repeals="[a-1]")
    git(site.root, "init", "-q")
    git(site.root, "add", ".")
    git(site.root, "commit", "-qm", "x")
    (site.root / "content/shifu/rules/a-1.md").unlink()
    assert found(site, "--since", "HEAD") == [("GK-REF-001", "shifu/rules/a-2.md", 9)]


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", "git 里没有 nowhere 这个版本，或者历史没有取全（actions/checkout 要写 fetch-depth: 0）"),
        ("--output=x", "--output=x 不是版本"),
    ],
)
def test_a_revision_that_git_does_not_know_is_a_wrong_use(site, revision, said):
    git(site.root, "init", "-q")
    result = check(site, f"--since={revision}")
    assert result.code == 2
    assert said in result.err


def test_without_git_there_is_no_since_and_the_message_says_what_to_do(site, monkeypatch):
    result = check(site, "--since", "main")
    assert result.code == 2
    assert "项目文件夹不在 git 仓库里；去掉 --since 检查全部内容" in result.err
    monkeypatch.setenv("PATH", "")
    result = check(site, "--since", "main")
    assert result.code == 2
    assert "这台机器上没有 git" in result.err


def test_a_baseline_keeps_known_problems_quiet_and_new_ones_loud(city, tmp_path):
    known = tmp_path / "known.json"
    result = check(city, "--write-baseline", str(known))
    assert (result.code, result.out, result.err) == (0, "", f"记下 2 个问题 → {known}\n")
    assert city.run("check", "--date", DAY, "--strict", "--baseline", str(known)).out == "没有发现问题\n"
    city.rule("a-1", keywords="[上面多了一行]", owner="法规科", topic="请填写主题")
    assert found(city, "--strict", "--baseline", str(known)) == [], "a fingerprint does not know its line"
    city.rule("a-2", topic="请填写主题")
    result = check(city, "--strict", "--baseline", str(known))
    assert result.code == 1
    assert [row["path"] for row in json.loads(result.out)] == ["content/shifu/rules/a-2.md"]
    assert result.err == "另有 2 个已知的问题在基线里，没有列出\n"


def test_a_baseline_tells_when_it_holds_what_is_mended(city, tmp_path):
    known = tmp_path / "known.json"
    check(city, "--write-baseline", str(known))
    city.rule("a-1")
    assert check(city, "--baseline", str(known)).err.endswith("基线里有 1 个问题已经解决；用 --write-baseline 更新它\n")
    assert "已经解决" not in check(city, "--baseline", str(known), "--organ", "jiaoyu").err


def test_what_stops_a_build_is_never_in_a_baseline_not_even_written_by_hand(site, tmp_path):
    known = tmp_path / "known.json"
    site.rule("a-1", disclosure=None, topic="请填写主题")
    result = check(site, "--write-baseline", str(known))
    assert result.err.endswith("；另有 1 个错误没有记：它们使网站不能生成，要先改正\n")
    data = json.loads(known.read_text("utf-8"))
    assert [row["problem"].split()[1] for row in data["known"]] == ["GK-SET-001"]
    prints = [row["fingerprint"] for row in json.loads(check(site).out)]
    data["known"] = [{"fingerprint": print, "problem": "x"} for print in prints]
    known.write_text(json.dumps(data), "utf-8")
    assert found(site, "--baseline", str(known)) == [("GK-DISC-001", "shifu/rules/a-1.md", 1)]


def test_of_two_equal_lines_with_one_known_the_other_is_new(site, tmp_path):
    known = tmp_path / "known.json"
    head = "-- content/shifu/rules/a-1.md --\n---\ntitle: x\ntype: other\nissuers: [省政府]\n---\n\n"
    site.write(f"{head}[x](y.docx)\n")
    check(site, "--write-baseline", str(known))
    before = json.loads(check(site).out)
    site.write(f"{head}前言\n\n[x](y.docx)\n\n[x](y.docx)\n")
    after = json.loads(check(site).out)
    assert len(before) == 1
    assert [row["fingerprint"] for row in after][:1] == [row["fingerprint"] for row in before]
    assert len({row["fingerprint"] for row in after}) == 2
    assert len(json.loads(check(site, "--baseline", str(known)).out)) == 1


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "known": []}', '{"version": 1}', '{"version": 1, "known": [1]}']
)
def test_a_file_that_is_no_baseline_is_a_wrong_use(site, tmp_path, text):
    file = tmp_path / "x.json"
    file.write_text(text, "utf-8")
    result = check(site, "--baseline", str(file))
    assert result.code == 2
    assert "基线" in result.err


def test_a_comment_with_a_reason_speaks_of_its_line_of_the_next_or_of_the_whole_file(site):
    line = "topic: 请填写主题"
    reason = "# gongkai: ignore GK-SET-001 分类表还没有定"
    site.rule("a-1", topic=f"请填写主题  {reason}")
    for path, head, middle in (("a-2", "", f"{reason}\n# 又一行注释\n\n"), ("a-3", f"\n{reason}\n", "")):
        site.write(
            f"-- content/shifu/rules/{path}.md --\n---\n{head}title: 文件{path}\ntype: normative\nissuers: [shifu]\n"
            f"disclosure: proactive\nsigned: 2024-01-01\npublished: 2024-01-02\neffective: 2024-02-01\n{middle}{line}\n"
            "---\n\n第一条　正文。\n"
        )
    assert found(site, "--strict") == []
    assert "GK-SET-001" not in site.build("--no-search").err


def test_a_comment_in_the_text_of_a_document_is_text(site):
    site.rule("a-1", topic="请填写主题", body="# gongkai: ignore GK-SET-001 不算\n\n第一条　正文。\n")
    assert found(site) == [("GK-SET-001", "shifu/rules/a-1.md", 9), ("GK-IGNORE-002", "shifu/rules/a-1.md", 12)]


def test_explain_gives_the_rule_the_law_and_the_remedy(site):
    said = site.run("check", "--explain", "gk-disc-002").out
    assert said.splitlines()[0] == "GK-DISC-002　不予公开没有写理由"
    assert "依据：政府信息公开条例第十三条至第十六条" in said
    assert "改法：disclosure 为 withheld 时要写 ground" in said
    assert said.endswith("有这个问题时网站不会生成，所以不能忽略，也不能记进基线。\n")
    said = site.run("check", "--explain", "GK-SET-001").out
    assert "# gongkai: ignore GK-SET-001 原因" in said
    result = site.run("check", "--explain", "GK-DISC-999")
    assert result.code == 2
    assert "没有 GK-DISC-999 这个代码；有 GK-DISC-001、GK-DISC-002、GK-DISC-003" in result.err


def test_explain_needs_no_site(tmp_path):
    assert SmallSite(tmp_path).run("check", "--explain", "GK-DISC-001").code == 0


def test_a_comment_in_a_text_is_told_to_be_of_no_use_and_where_it_belongs(site):
    site.rule("a-1", "<!-- gongkai: ignore GK-LINK-004 已知 -->\n第一条　见[第九条](#art-9)。\n")
    assert [code for code, _, _ in found(site)] == ["GK-LINK-004", "GK-IGNORE-002"]
    said = check(site, "--explain", "GK-LINK-004").out
    assert "写在文件第一行 --- 的下面，管整个文件" in said
    file = site.root / "content/shifu/rules/a-1.md"
    text = file.read_text("utf-8").replace("<!-- gongkai: ignore GK-LINK-004 已知 -->\n", "")
    file.write_text(text.replace("---\n", "---\n# gongkai: ignore GK-LINK-004 已知\n", 1), "utf-8")
    assert found(site) == []
