"""Every kind of fault has a small broken site, and what is said of it is settled to the letter.

A folder of `broken/` has the differing files (`site.txt`) and what `check` prints (`expected.txt`). What a text file
cannot hold — other encodings, links, strange folders — is built here.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongkai.base.problems import PLACES, as_text
from gongkai.base.project import Project
from gongkai.check.examine import examine
from gongkai.edit import codes
from gongkai.pipeline import Options
from tests.conftest import DAY, HERE, SmallSite

BROKEN = HERE / "broken"
FOLDERS = sorted(path.parent.name for path in BROKEN.glob("*/site.txt"))
BUILT_HERE: set[str] = set()
CODES = {code.id: code for code in codes.every()}


def shows(code: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Marks a test as the broken site of a code."""
    BUILT_HERE.add(code)
    return lambda test: test


def expected(code: str) -> str:
    """What is said of the broken site of a code."""
    return (BROKEN / code / "expected.txt").read_text("utf-8")


def in_process(site) -> str:
    """What `check` would print, with the disk as the test has bent it."""
    examined = examine(Project.at(site.root), Options(day=date.fromisoformat(DAY)))
    return as_text(examined.problems, examined.sources)


@pytest.mark.parametrize("code", FOLDERS)
def test_a_broken_site_is_told_what_is_wrong_and_what_to_write_to_the_letter(site, code):
    site.write((BROKEN / code / "site.txt").read_text("utf-8"))
    result = site.run("check", "--date", DAY)
    assert result.out == expected(code)
    assert result.err == ""
    assert f"  {code}  " in result.out, "the site does not show what it is here for"
    assert result.code == (1 if "个错误" in result.out else 0)
    assert "个提醒" in result.out or CODES[code].severity == "error"


def test_every_declared_code_has_a_broken_site():
    # Codes that only a file of an office program or a workbook can show have their sites there.
    import tests.test_downloads
    import tests.test_external
    import tests.test_privacy
    import tests.test_tables  # noqa: F401

    assert set(CODES) == {*FOLDERS, *BUILT_HERE}


@shows("GK-FILE-001")
def test_a_file_that_is_not_utf_8_is_told_which_encoding_it_seems_to_have(site):
    text = "---\ntitle: 测试市科学技术奖励办法\n---\n\n正文\n"
    rules = site.root / "content/shifu/rules"
    rules.mkdir()
    (rules / "a-1.md").write_bytes(text.encode("gbk"))
    (rules / "a-2.md").write_bytes(text.encode("utf-16"))
    (rules / "a-3.md").write_bytes(b"---\ntitle: \xff\x00\n---\n")
    result = site.run("check", "--date", DAY)
    assert result.code == 1
    assert result.out == expected("GK-FILE-001")


@shows("GK-FILE-005")
def test_a_link_out_of_the_content_folder_is_not_followed(site, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "passwd.txt"
    secret.write_text("机密", "utf-8")
    (site.root / "content/shifu/passwd.txt").symlink_to(secret)
    (site.root / "content/jiaoyu").symlink_to(secret.parent, target_is_directory=True)
    result = site.run("check", "--date", DAY)
    assert result.code == 1
    assert result.out == expected("GK-FILE-005")


@shows("GK-FILE-006")
def test_a_folder_that_is_no_project_is_told_so_once(site, tmp_path_factory):
    empty = type(site)(tmp_path_factory.mktemp("empty"))
    result = empty.run("check", "--date", DAY)
    assert result.code == 1
    assert result.out == expected("GK-FILE-006")


def test_a_project_without_its_settings_is_told_so_and_its_content_is_still_examined(site):
    (site.root / "catalog.yaml").unlink()
    site.rule("a-1", titel="x")
    result = site.run("check", "--date", DAY)
    assert result.code == 1
    assert (
        result.out
        == """\
catalog.yaml:1:1  GK-FILE-006  没有 catalog.yaml
hint: 补上它；用 gongkai init 新建的网站里有可以照着写的例子

content/shifu/rules/a-1.md:9:1  GK-FIELD-002  不认识的键 titel
   9 | titel: x
     | ^^^^^
hint: 已经写了 title（标题），删去这一行

2 个错误
"""
    )


@pytest.mark.parametrize("lacking", ["catalog.yaml", "content"])
def test_a_thing_of_the_wrong_sort_under_the_name_of_a_necessary_one_does_not_count(site, lacking):
    shutil.move(site.root / lacking, site.root / "moved")
    (site.root / "catalog.yaml").mkdir() if lacking == "catalog.yaml" else (site.root / "content").touch()
    result = site.run("check", "--date", DAY)
    assert result.code == 1
    assert (
        result.out
        == f"""\
{lacking}:1:1  GK-FILE-006  没有 {lacking}
hint: 补上它；用 gongkai init 新建的网站里有可以照着写的例子

1 个错误
"""
    )


@shows("GK-FILE-011")
def test_a_control_character_is_named_at_its_place_and_the_rest_is_still_examined(site):
    site.rule("a-1", body="第一条　从\x0bWord\x0b复制的正文。\n", repeals="[a-9]")
    result = site.run("check", "--date", DAY)
    assert result.code == 1
    assert result.out == expected("GK-FILE-011")


@shows("GK-FILE-012")
def test_a_file_that_the_system_does_not_let_us_read_is_a_problem_and_no_crash(site, monkeypatch):
    site.rule("a-1").rule("b-1", organ="locked")
    read, scan = Path.read_bytes, os.scandir

    def read_bytes(path: Path) -> bytes:
        if path.name == "a-1.md":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    def scandir(path: Path):
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    monkeypatch.setattr(os, "scandir", scandir)
    assert in_process(site) == expected("GK-FILE-012")


@shows("GK-SITE-001")
def test_a_folder_that_gongkai_did_not_make_is_not_written_into(site):
    foreign = site.root / "public"
    foreign.mkdir()
    (foreign / "photo.jpg").write_bytes(b"mine")
    said = site.run("build", "--date", DAY, "--site", str(foreign))
    assert said.code == 1
    assert said.err.replace(foreign.as_posix(), "public") == expected("GK-SITE-001")
    assert [path.name for path in foreign.iterdir()] == ["photo.jpg"]


@shows("GK-THEME-002")
def test_a_theme_with_a_broken_template_is_told_the_line(site):
    site.write("-- themes/red/templates/404.html --\n{% extends 'base.html' %}\n{% block main %}{% endblok %}\n")
    settings = (site.root / "catalog.yaml").read_text("utf-8")
    (site.root / "catalog.yaml").write_text(f"{settings}theme: red\n", "utf-8")
    said = site.refused()
    # What is wrong is in Jinja's own words, which are not ours to settle.
    head, _, tail = expected("GK-THEME-002").partition("模板有误：")
    assert said.startswith(head + "模板有误：")
    assert said.endswith(tail[tail.index("\n") :])


def test_the_same_fault_in_several_places_of_a_file_is_said_once_with_each_of_its_lines(site):
    site.rule("a-1", title="请填写标题", topic="请填写主题").rule("a-2", topic="请填写主题")
    assert (
        site.run("check", "--date", DAY).out
        == """\
content/shifu/rules/a-1.md:2:8  GK-SET-001  （提醒）这一处还没有填写
   2 | title: 请填写标题
     |        ^^^^^^^^^^
   9 | topic: 请填写主题
     |        ^^^^^^^^^^
hint: 换成真实内容（一共 2 处）

content/shifu/rules/a-2.md:9:8  GK-SET-001  （提醒）这一处还没有填写
   9 | topic: 请填写主题
     |        ^^^^^^^^^^
hint: 换成真实内容

3 个提醒
"""
    )


def test_what_is_to_be_filled_in_on_a_new_site_is_told_file_by_file(tmp_path):
    site = SmallSite(tmp_path / "new")
    site.run("init", str(site.root), "--date", DAY)
    said = site.run("check", "--date", DAY).out
    told = re.findall(r"^(\S+?):\d+:\d+  GK-SET-001", said, re.MULTILINE)
    assert len(told) == len(set(told)) == 6
    assert said.endswith("40 个提醒\n")
    assert len(re.findall(r"^ +\d+ \| ", said, re.MULTILINE)) == 40, "every place is quoted"


def test_a_fault_in_very_many_places_is_quoted_in_the_first_and_counted(site):
    site.rule("a-1", keywords="\n" + "".join("  - 请填写\n" for _ in range(30)).rstrip())
    said = site.run("check", "--date", DAY).out
    assert said.count("请填写") == PLACES
    assert "（一共 30 处）" in said
