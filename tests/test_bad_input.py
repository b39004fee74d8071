"""Thirty authors make thirty mistakes: each is reported once, at its place, in one run, and nothing breaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import CHECKOUT, DAY, SETTINGS

RULES = "content/shifu/rules"
SOUND = """\
title: {title}
type: normative
issuers: [shifu]
doc_no: 测政规〔2024〕{n}号
disclosure: proactive
signed: 2024-03-05
published: 2024-03-08
effective: 2024-05-01
"""

# Each mistake: what of a sound document is replaced by what, the code, and the text that the problem points to.
DOCUMENTS = {
    "bad-date": ("signed: 2024-03-05", "signed: 2024年3月5日", "GK-FIELD-004", "2024年3月5日"),
    "unknown-key": ("effective:", "efective:", "GK-FIELD-002", "efective"),
    "unknown-organ": ("[shifu]", "[shifu, jiaoyv]", "GK-REF-003", "jiaoyv"),
    "dangling": ("effective: 2024-05-01", "repeals: [shifu-1999-9]", "GK-REF-001", "shifu-1999-9"),
    "ambiguous": ("effective: 2024-05-01", "amends: [同名的办法]", "GK-REF-002", "同名的办法"),
    "one-address": ("effective: 2024-05-01", "aliases: [sound-1]", "GK-PLAN-001", "sound-1"),
    "tab": ("issuers: [shifu]", "issuers:\n\t- shifu", "GK-YAML-001", "\t- shifu"),
    "colon": ("title: ", "title: 通知: ", "GK-YAML-001", ": colon"),
    "twice": ("signed: 2024-03-05", "signed: 2024-03-05\nsigned: 2024-03-06", "GK-YAML-002", "signed: 2024-03-06"),
    "bad-choice": ("type: normative", "type: 规范", "GK-FIELD-005", "规范"),
    "no-title": ("title: no-title的办法\n", "", "GK-FIELD-001", ""),
    "bad-alias": ("effective: 2024-05-01", "aliases: [../old]", "GK-FIELD-004", "../old"),
    "missing-file": ("effective: 2024-05-01", "files: [{file: files/没有.docx}]", "GK-LINK-001", "files/没有.docx"),
    "forbidden": ("effective: 2024-05-01", "files: [{file: files/a.exe}]", "GK-LINK-002", "files/a.exe"),
    "script": ("effective: 2024-05-01", "files: [{file: files/a.svg}]", "GK-LINK-002", "files/a.svg"),
    "too-early": ("effective: 2024-05-01", "effective: 2023-05-01", "GK-RULE-004", "2023-05-01"),
    "no-ground": ("proactive", "withheld", "GK-DISC-002", "withheld"),
    "to-a-draft": ("effective: 2024-05-01", "replaces: [draft-1]", "GK-DISC-003", "draft-1"),
    "no-disclosure": ("disclosure: proactive\n", "", "GK-DISC-001", ""),
    "dead-link": ("正文", "见[附录](../../zhujian/rules/none.md)", "GK-LINK-001", "../../zhujian/rules/none.md"),
    "outside": ("正文", "见[附录](../../../../x)", "GK-LINK-001", "../../../../x"),
}

FILES = {
    f"{RULES}/unclosed.md": ("---\n" + SOUND.format(title="unclosed的办法", n=301) + "\n正文\n", "GK-FILE-004", "---"),
    f"{RULES}/empty.md": ("\n", "GK-FILE-002", ""),
    "content/shifu/rule/misplaced.md": ("正文\n", "GK-FILE-007", ""),
    f"{RULES}/expiring.md": ("", "GK-FILE-009", ""),
    f"{RULES}/Upper.md": ("", "GK-FILE-009", ""),
    "content/jiaoyu/rules/sound-1.md": ("", "GK-FILE-010", ""),
}
"""Whole files; those without a text get a sound one, so that their name is their only fault."""

BROKEN_SETTINGS = SETTINGS.replace("  conac: {text: 党政机关网站标识}\n", "").replace(
    "footer:", "timezone: Beijing\nfooter:"
)


def document(title: str, n: int) -> str:
    return f"---\n{SOUND.format(title=title, n=n)}---\n\n第一条　正文。\n"


def lay_out(site):
    """A site with thirty mistakes, and sound documents that refer to the faulty ones in every way."""
    site.write(BROKEN_SETTINGS)
    files = {f"{RULES}/{id}.md": document("同名的办法", n) for n, id in enumerate(["same-1", "same-2"], start=100)}
    files[f"{RULES}/draft-1.md"] = document("草稿", 102).replace("signed: 2024-03-05\n", "draft: true\n")
    for n, (id, (old, new, _, _)) in enumerate(DOCUMENTS.items(), start=200):
        text = document(f"{id}的办法", n)
        assert text.count(old) == 1, id
        files[f"{RULES}/{id}.md"] = text.replace(old, new)
    for n, (path, (text, _, _)) in enumerate(FILES.items(), start=300):
        files[path] = text or document(f"{path.rpartition('/')[2]}的办法", n)
    faulty = [
        "bad-date",
        "tab的办法",
        "《unclosed的办法》",
        "测政规〔2024〕206号",
        "misplaced",
        "gbk",
        "gbk的办法",
        "Upper",
    ]
    links = "".join(
        f"第{n}条　见[甲]({id}.md)。\n\n" for n, id in enumerate(["tab", "empty", "gbk", "bad-date"], start=1)
    )
    sound = document("没有错误的办法", 1).replace("effective:", f"implements: [{', '.join(faulty)}]\neffective:")
    files["content/shifu/rules/sound-1.md"] = sound + "\n" + links
    files["content/jiaoyu/organ.yaml"] = (
        "name: 测试市教育局\nkind: department\nlevel: city\nparent: shifu\n"
        "disclosure: proactive\npublished: 2024-01-01\n"
    )
    files[f"{RULES}/files/a.exe"] = "MZ\n"
    files[f"{RULES}/files/a.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>\n'
    for path, text in files.items():
        site.write(f"-- {path} --\n")
        (site.root / path).write_text(text, "utf-8", newline="")
    (site.root / RULES / "gbk.md").write_bytes(document("gbk的办法", 400).encode("gbk"))


def expected() -> dict[str, tuple[str, str]]:
    found = {f"{RULES}/{id}.md": (code, text) for id, (_, _, code, text) in DOCUMENTS.items()}
    found |= {path: (code, text) for path, (_, code, text) in FILES.items()}
    found[f"{RULES}/gbk.md"] = ("GK-FILE-001", "")
    # Two files of one id: the one whose path comes later is told.
    found[f"{RULES}/sound-1.md"] = found.pop("content/jiaoyu/rules/sound-1.md")
    return found


def test_thirty_mistakes_are_reported_in_one_run_each_once_and_nothing_is_written(site):
    lay_out(site)
    result = site.run("check", "--date", DAY, "--format", "json")
    assert result.code == 1
    assert result.err == ""
    problems = json.loads(result.out)
    told = [(problem["path"], problem["code"]) for problem in problems]
    settings = [("catalog.yaml", "GK-FIELD-001"), ("catalog.yaml", "GK-FIELD-004")]
    assert sorted(told) == sorted([*((path, code) for path, (code, _) in expected().items()), *settings])
    assert len(problems) == 30
    assert not site.bytes()
    said = site.refused()
    assert said.count("\nhint: ") == 30
    assert said.endswith("\n30 个错误\n")
    assert not (site.root / "site").exists()


def test_every_problem_points_to_the_text_that_it_speaks_of(site):
    lay_out(site)
    for problem in json.loads(site.run("check", "--date", DAY, "--format", "json").out):
        assert set(problem) == {
            *("code", "severity", "path", "line", "column", "message", "hint"),
            *("organ", "owner", "day", "fingerprint"),
        }
        assert problem["message"]
        assert problem["hint"]
        assert "\\" not in problem["path"]
        text = expected().get(problem["path"], ("", ""))[1]
        if text:
            lines = (site.root / problem["path"]).read_text("utf-8").split("\n")
            rest = lines[problem["line"] - 1][problem["column"] - 1 :]
            assert rest.startswith(text), problem
        assert "None" not in problem["message"] + problem["hint"]


def test_a_mistyped_key_is_one_fault_although_the_key_it_means_is_required(site):
    site.rule("a-1", title=None, titel="文件", type=None, 文件类别="normative", disclosure=None, disclosre="proactive")
    problems = json.loads(site.run("check", "--date", DAY, "--format", "json").out)
    assert [(problem["code"], problem["hint"]) for problem in problems] == [
        ("GK-FIELD-002", "是不是 title（标题）？"),
        ("GK-FIELD-002", "是不是 type（文件类别）？"),
        ("GK-FIELD-002", "是不是 disclosure（公开属性）？"),
    ]


def test_faults_of_different_families_in_one_file_are_reported_together(site):
    site.rule(
        "a-1", body="见[附录](none.md)。\n", signed="昨天", effective="2024-05-01", disclosure=None, repeals="[a-9]"
    )
    problems = json.loads(site.run("check", "--date", DAY, "--format", "json").out)
    assert [problem["code"] for problem in problems] == ["GK-DISC-001", "GK-FIELD-004", "GK-REF-001", "GK-LINK-001"]


def test_an_organ_without_its_file_or_with_a_broken_one_is_reported_once(site):
    site.rule("a-1", organ="jiaoyu").rule("b-1", issuers="[jiaoyu, minzheng, 测试市民政局]")
    site.write("-- content/minzheng/organ.yaml --\nname: 测试市民政局\nkind: 部门\nlevel: city\nparent: jiaoyu\n")
    problems = json.loads(site.run("check", "--date", DAY, "--format", "json").out)
    assert [(problem["path"], problem["code"]) for problem in problems] == [
        ("content/jiaoyu/rules/a-1.md", "GK-FILE-008"),
        ("content/minzheng/organ.yaml", "GK-DISC-001"),
        ("content/minzheng/organ.yaml", "GK-FIELD-005"),
    ]


def test_a_broken_settings_file_does_not_make_its_root_organ_unknown(site):
    site.write(SETTINGS.replace("name: 测试市人民政府\ndomain", "name：测试市人民政府\ndomain"))
    problems = json.loads(site.run("check", "--date", DAY, "--format", "json").out)
    assert [(problem["path"], problem["code"]) for problem in problems] == [("catalog.yaml", "GK-YAML-001")]


@pytest.mark.parametrize(
    ("change", "ends"), [("BOM", "\n"), ("no BOM", "\r\n"), ("BOM", "\r\n"), ("no BOM", "\r")], ids=str
)
def test_files_from_windows_give_the_same_site_byte_for_byte(site, tmp_path_factory, change, ends):
    site.rule(
        "a-1",
        body="第一条　甲\n　　乙。\n\n| 一 | 二 |\n| --- | --- |\n| 三 | 四 |\n",
        history="\n- {date: 2024-01-01, event: 通过}",
    )
    site.build()
    windows = type(site)(tmp_path_factory.mktemp("windows"))
    for path in site.root.rglob("*"):
        if path.suffix in (".md", ".yaml") and "site" not in path.relative_to(site.root).parts:
            copy = windows.root / path.relative_to(site.root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text("utf-8").replace("\n", ends)
            copy.write_bytes((b"\xef\xbb\xbf" if change == "BOM" else b"") + text.encode())
    windows.build()
    assert windows.bytes() == site.bytes()


def test_a_problem_in_a_file_from_windows_has_the_same_place(site):
    site.rule("a-1", signed="昨天", body="第一条　见[附录](none.md)。\n")
    plain = site.run("check", "--date", DAY).out
    file = site.root / RULES / "a-1.md"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert site.run("check", "--date", DAY).out == plain


def test_a_failed_build_leaves_the_last_site_as_it_was(site):
    site.rule("a-1").build()
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (site.root / "site").rglob("*.*")}
    lay_out(site)
    assert site.run("build", "--date", DAY).code == 1
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (site.root / "site").rglob("*.*")} == before


def test_text_shows_fifty_problems_and_counts_the_rest_while_json_lists_all(site):
    for n in range(60):
        site.rule(f"a-{n:02}", signed="昨天")
    text = site.run("check", "--date", DAY).out
    assert text.count("\nhint: ") == 50
    assert text.endswith("\n\n另有 10 个问题没有列出；用 --format json 可看到全部\n\n60 个错误\n")
    assert len(json.loads(site.run("check", "--date", DAY, "--format", "json").out)) == 60


def test_a_sound_site_has_an_empty_list_of_problems(site):
    site.rule("a-1")
    assert json.loads(site.run("check", "--date", DAY, "--format", "json").out) == []
    result = site.run("check", "--date", DAY)
    assert (result.code, result.out) == (0, "没有发现问题\n")


def test_a_path_shows_only_the_problems_of_that_file_or_folder(site):
    site.rule("a-1", signed="昨天").rule("a-2", signed="昨天").rule(
        "b-1", organ="jiaoyu", signed="昨天", issuers="[shifu]"
    )
    site.write(
        "-- content/jiaoyu/organ.yaml --\nname: 测试市教育局\nkind: department\nlevel: city\ndisclosure: proactive\n"
    )

    def told(*paths: str) -> list[str]:
        return [row["path"] for row in json.loads(site.run("check", "--date", DAY, "--format", "json", *paths).out)]

    assert told("content/shifu/rules/a-1.md") == [f"{RULES}/a-1.md"]
    assert told("content/jiaoyu") == ["content/jiaoyu/rules/b-1.md"]
    assert told("content/jiaoyu", str(site.root / RULES / "a-2.md")) == [
        "content/jiaoyu/rules/b-1.md",
        f"{RULES}/a-2.md",
    ]
    assert told("catalog.yaml") == []
    assert site.run("check", "--date", DAY, "catalog.yaml").code == 0


CONSOLES = {
    "a GBK console": {"PYTHONIOENCODING": "gbk"},
    "a GBK console that is strict": {"PYTHONIOENCODING": "gbk:strict"},
    "an ASCII locale": {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"},
    "an ASCII console": {"PYTHONIOENCODING": "ascii"},
}


CALLS = [pytest.param(command, console) for command in ("check", "build") for console in CONSOLES]


@pytest.mark.parametrize(("command", "console"), CALLS)
def test_a_console_that_cannot_show_a_character_prints_without_a_traceback(site, console, command):
    lay_out(site)
    site.rule("emoji", signed="📅 تاريخ 𠮷")
    (site.root / os.fsdecode("content/shifu/rules/\u901a\u77e5.md".encode("gbk"))).write_text("正文\n", "utf-8")
    words = [sys.executable, "-m", "gongkai", "-C", str(site.root), command, "--date", DAY]
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    variables |= {"PYTHONPATH": str(CHECKOUT), **CONSOLES[console]}
    done = subprocess.run(words, capture_output=True, env=variables, check=False)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert b"Traceback" not in said
    assert b"GK-YAML-001" in said
    if "GBK" in console:
        assert "值里有“冒号加空格”".encode("gbk") in said


def test_a_huge_file_of_one_line_is_quoted_in_part(site):
    site.rule("a-1", title="长" * 3_000_000, signed="昨" * 3_000_000)
    result = site.run("check", "--date", DAY)
    assert result.code == 1
    assert len(result.out) < 2_000
    assert "GK-FIELD-004" in result.out


IMPOSSIBLE = {
    "a list of no lines": ("page_size: 0", ""),
    "a list of fewer than no lines": ("page_size: -1", ""),
    "an address that is none": ("base_url: http://[", ""),
    "a file where a folder must be": ("", "[/a.html, /a.html/b.html]"),
    "the list of files": ("", "[/manifest.sha256]"),
}


@pytest.mark.parametrize(
    ("setting", "aliases"),
    [pytest.param(*case, id=what) for what, case in IMPOSSIBLE.items()],
)
def test_what_no_build_can_make_is_a_problem_and_no_crash(site, setting, aliases):
    key = setting.partition(":")[0]
    lines = [line for line in SETTINGS.split("\n") if not key or not line.startswith(key)]
    site.write("\n".join(lines).replace("footer:", f"{setting}\nfooter:", 1))
    site.rule("a-1", aliases=aliases or None)
    assert "hint: " in site.refused()


def test_a_theme_whose_files_are_no_yaml_is_a_problem_and_no_crash(site):
    site.write(SETTINGS.replace("footer:", "theme: red\nfooter:", 1))
    for name in ("theme.yaml", "words.yaml"):
        site.write(f"-- themes/red/{name} --\n- x\n")
        assert "hint: " in site.refused()
        (site.root / "themes/red" / name).unlink()
