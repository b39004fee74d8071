"""Builds over several processes, with an executor of the caller's, and what they say while they run."""

from __future__ import annotations

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
