"""Every kind of fault has a small broken site, and what is said of it is settled to the letter.

A folder of `broken/` has the differing files (`site.txt`) and what `check` prints (`expected.txt`). What a text file
cannot hold — other encodings, links, strange folders — is built here.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongkai.base.problems import as_text
from gongkai.base.project import Project
from gongkai.check.examine import examine
from gongkai.edit.manual import codes
from gongkai.pipeline import Options
from tests.conftest import DAY, HERE

BROKEN = HERE / "broken"
FOLDERS = sorted(path.name for path in BROKEN.iterdir())
BUILT_HERE: set[str] = set()
CODES = {code.id: code for code in codes()}


def shows(code: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Marks a test as the broken site of a code."""
    BUILT_HERE.add(code)
    return lambda test: test


def in_process(site) -> str:
    """What `check` would print, with the disk as the test has bent it."""
    examined = examine(Project.at(site.root), Options(day=date.fromisoformat(DAY)))
    return as_text(examined.problems, examined.sources)


@pytest.mark.parametrize("code", FOLDERS)
def test_a_broken_site_is_told_what_is_wrong_and_what_to_write_to_the_letter(site, code):
    site.write((BROKEN / code / "site.txt").read_text("utf-8"))
    expected = (BROKEN / code / "expected.txt").read_text("utf-8")
    result = site.run("check", "--date", DAY)
    assert result.out == expected
    assert result.err == ""
    assert f"  {code}  " in expected, "the site does not show what it is here for"
    assert result.code == (1 if "个错误" in expected else 0)
    assert "个提醒" in expected or CODES[code].severity == "error"


def test_every_declared_code_has_a_broken_site():
    import tests.test_tables  # noqa: F401 - the codes of importing show there

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
    assert (
        result.out
        == """\
content/shifu/rules/a-1.md:2:1  GK-FILE-001  文件不是 UTF-8 编码（看起来是 GBK）
hint: 另存为 UTF-8 编码后再提交

content/shifu/rules/a-2.md:1:1  GK-FILE-001  文件不是 UTF-8 编码（看起来是 UTF-16）
hint: 另存为 UTF-8 编码后再提交

content/shifu/rules/a-3.md:2:1  GK-FILE-001  文件不是 UTF-8 编码
hint: 另存为 UTF-8 编码后再提交

3 个错误
"""
    )


@shows("GK-FILE-005")
def test_a_link_out_of_the_content_folder_is_not_followed(site, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "passwd.txt"
    secret.write_text("机密", "utf-8")
    (site.root / "content/shifu/passwd.txt").symlink_to(secret)
    (site.root / "content/jiaoyu").symlink_to(secret.parent, target_is_directory=True)
    result = site.run("check", "--date", DAY)
    assert result.code == 1
    assert (
        result.out
        == """\
content/jiaoyu:1:1  GK-FILE-005  这是一个符号链接
hint: 换成真正的文件

content/shifu/passwd.txt:1:1  GK-FILE-005  这是一个符号链接
hint: 换成真正的文件

2 个错误
"""
    )


@shows("GK-FILE-006")
def test_a_folder_that_is_no_project_is_told_so_once(site, tmp_path_factory):
    empty = type(site)(tmp_path_factory.mktemp("empty"))
    result = empty.run("check", "--date", DAY)
    assert result.code == 1
    assert (
        result.out
        == """\
catalog.yaml:1:1  GK-FILE-006  这个文件夹里没有 catalog.yaml，也没有 content 文件夹
hint: 用 -C 指明项目文件夹，或用 gongkai init 新建一个网站

1 个错误
"""
    )


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
    assert (
        result.out
        == """\
content/shifu/rules/a-1.md:9:11  GK-REF-001  找不到 a-9
   9 | repeals: [a-9]
     |           ^^^
hint: 写本站内容的 id、标题或文号；本站之外的文件写成《标题》或完整文号

content/shifu/rules/a-1.md:12:6  GK-FILE-011  有看不见的控制字符 U+000B，共 2 处
  12 | 第一条　从 Word 复制的正文。
     |           ^
hint: 删去它；如果是换行，换成普通的换行

2 个错误
"""
    )


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
    assert (
        in_process(site)
        == """\
content/locked:1:1  GK-FILE-012  文件夹打不开
hint: 检查文件夹的权限；在网络盘或同步盘上时，等它同步完

content/shifu/rules/a-1.md:1:1  GK-FILE-012  文件打不开
hint: 检查文件的权限；在网络盘或同步盘上时，等它同步完

2 个错误
"""
    )


@shows("GK-SITE-001")
def test_a_folder_that_gongkai_did_not_make_is_not_written_into(site):
    foreign = site.root / "public"
    foreign.mkdir()
    (foreign / "photo.jpg").write_bytes(b"mine")
    said = site.run("build", "--date", DAY, "--site", str(foreign))
    assert said.code == 1
    assert (
        said.err
        == f"""\
{foreign.as_posix()}:1:1  GK-SITE-001  这个文件夹不是空的，也不是 gongkai 生成的
hint: 换一个输出文件夹，或先移走里面的文件

1 个错误
"""
    )
    assert [path.name for path in foreign.iterdir()] == ["photo.jpg"]


@shows("GK-THEME-002")
def test_a_theme_with_a_broken_template_is_told_the_line(site):
    site.write("-- themes/red/templates/404.html --\n{% extends 'base.html' %}\n{% block main %}{% endblok %}\n")
    settings = (site.root / "catalog.yaml").read_text("utf-8")
    (site.root / "catalog.yaml").write_text(f"{settings}theme: red\n", "utf-8")
    said = site.refused()
    assert said.startswith("themes/red/templates/404.html:2:1  GK-THEME-002  模板有误：")
    assert said.endswith("hint: 改正这一行；模板只能用视图里有的值\n\n1 个错误\n")
