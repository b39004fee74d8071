"""Builds over several processes, with an executor of the caller's, and what they say while they run."""

from __future__ import annotations

import os
import re
import shutil
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import date

import pytest

from gongkai import pipeline
from gongkai.base.problems import Faulty
from gongkai.base.project import Project
from gongkai.render import press


@pytest.fixture
def big(site):
    """A site of more documents than one process makes alone."""
    for number in range(press.SMALL + 20):
        site.rule(f"shifu-2024-{number}", body=f"第一条　第{number}份文件的正文。\n")
    return site


def test_the_number_of_processes_changes_no_byte_and_the_site_is_whole(big):
    big.build("--no-search", "--jobs", "1")
    alone = big.bytes()
    big.build("--no-search", "--jobs", "3", "--clean")
    assert big.bytes() == alone
    assert len(alone) > press.SMALL


def test_a_broken_template_is_one_problem_also_when_other_processes_met_it(big):
    big.write("-- themes/own/templates/rule.html --\n{{ view.nothing }}\n").write(
        "-- themes/own/theme.yaml --\nextends: default\n"
    )
    big.write("-- catalog.yaml --\n" + (big.root / "catalog.yaml").read_text("utf-8") + "theme: own\n")
    said = big.refused("--no-search", "--jobs", "2")
    assert said.count("GK-THEME-002") == 1
    assert "themes/own/templates/rule.html:1:1" in said


class Counting(Executor):
    """An executor that does the work at once and counts what it was sent."""

    def __init__(self) -> None:
        self.sent = 0

    def submit(self, fn, /, *args, **kwargs):
        self.sent += 1
        future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Faulty as error:
            future.set_exception(error)
        return future


@pytest.mark.parametrize("make", [Counting, lambda: ThreadPoolExecutor(2)])
def test_any_executor_will_do(site, make):
    site.rule("shifu-2024-1")
    site.build("--no-search")
    expected = site.bytes()
    with make() as executor:
        options = pipeline.Options(day=date(2026, 11, 20), search=False, clean=True, executor=executor)
        pipeline.build(Project.at(site.root), options)
        if isinstance(executor, Counting):
            assert executor.sent > 0
    assert site.bytes() == expected


def test_in_a_pipe_a_long_step_is_one_line(big):
    said = big.build("--no-search", "--jobs", "1").err
    assert sum(line.startswith("生成页面：") for line in said.splitlines()) == 1
    assert "\r" not in said
    assert "\x1b" not in said


def aged(site):
    """The site with every file an hour older, as after a night: a build right after a save is never trusted."""
    past = 3600 * 10**9
    for path in [site.root, *site.root.rglob("*")]:
        if ".gongkai" not in path.parts and "site" not in path.relative_to(site.root).parts:
            status = path.stat()
            os.utime(path, ns=(status.st_atime_ns - past, status.st_mtime_ns - past))
    return site


STAMP = ".gongkai/site/stamp.json"


def stamped(site):
    """Whether a build that has just ended can be trusted without reading a file again."""
    return (site.root / STAMP).is_file()


@pytest.fixture
def standing(site):
    """A built site that nothing has changed since."""
    aged(site.rule("shifu-2024-1"))
    site.build("--no-search")
    assert stamped(site)
    return site


def test_a_build_that_changes_nothing_reads_nothing_and_says_the_same_again(standing):
    before = standing.build("--no-search")
    assert "生成 0 页" in before.err
    (standing.root / STAMP).unlink()
    after = standing.build("--no-search")
    assert spoken(before) == spoken(after)


def spoken(result):
    """What a build says, without its seconds."""
    return re.sub(r"[\d.]+ 秒", "", result.err)


def add(path, text):
    """Adds a line to a file."""
    path.write_text(path.read_text("utf-8") + text, "utf-8")


CHANGES = {
    "an edit": lambda root: add(root / "content/shifu/rules/shifu-2024-1.md", "\n第二条　新的一条。\n"),
    "a setting": lambda root: add(root / "catalog.yaml", "notice: 试运行\n"),
    "a new file": lambda root: shutil.copy(
        root / "content/shifu/rules/shifu-2024-1.md", root / "content/shifu/rules/shifu-2024-2.md"
    ),
    "a deleted file": lambda root: (root / "content/shifu/rules/shifu-2024-1.md").unlink(),
    "a page deleted from the site": lambda root: (root / "site/index.html").unlink(),
    "a page edited in the site": lambda root: (root / "site/index.html").write_text("x"),
    "a lost manifest": lambda root: (root / ".gongkai/site/ledger.json").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_after_any_change_equals_a_clean_one(standing, change):
    CHANGES[change](standing.root)
    standing.build("--no-search")
    quick = standing.bytes()
    standing.build("--no-search", "--clean")
    assert standing.bytes() == quick


def test_another_day_and_other_options_are_another_build(standing):
    assert "生成 0 页" not in standing.run("build", "--no-search", "--date", "2024-01-15").err
    standing.build("--no-search")
    standing.build("--no-search", "--base-url", "https://other.example/")
    assert "other.example" in (standing.root / "site/sitemap.xml").read_text("utf-8")


def test_a_refused_build_is_not_the_one_that_stands(standing):
    page = standing.root / "content/shifu/rules/shifu-2024-1.md"
    text = page.read_text("utf-8")
    page.write_text(text.replace("title:", "titel:"), "utf-8")
    standing.refused("--no-search")
    standing.refused("--no-search")


def test_why_names_each_page_that_is_made_again_and_the_reason(site):
    site.rule("shifu-2024-1").rule("shifu-2024-2")
    site.build("--no-search")
    site.rule("shifu-2024-1", body="第一条　改过的正文。\n")
    told = why(site)
    assert told["rules/shifu-2024-1/index.html"] == "内容变了"
    assert {path.rpartition("/")[0] for path in told} == {"rules/shifu-2024-1"}, "the page and its copies"
    (site.root / "site/rules/shifu-2024-2/index.html").unlink()
    assert why(site) == {"rules/shifu-2024-2/index.html": "输出文件不在了，或被改动过"}
    site.rule("shifu-2024-3")
    assert why(site)["rules/shifu-2024-3/index.html"] == "新的"
    site.write("-- themes/own/theme.yaml --\nextends: default\n-- themes/own/words.yaml --\nhome: 主页\n")
    site.write("-- catalog.yaml --\n" + (site.root / "catalog.yaml").read_text("utf-8") + "theme: own\n")
    reasons = why(site)
    assert reasons["rules/shifu-2024-2/index.html"] == "内容、模板或用词变了"
    assert len(reasons) > 10


def why(site):
    """Path → reason of what a build made again."""
    said = site.build("--no-search", "--why").err
    return dict(line.split("：", 1) for line in said.splitlines() if re.match(r"[\w/.-]+\.html：", line))
