"""What `check` does besides finding: the shapes a check may have, and what is remembered between runs."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.base.problems import Code
from gongkai.base.project import Project
from gongkai.check import families
from gongkai.check.examine import examine
from gongkai.check.family import Family
from gongkai.check.memory import Memory, remembering
from gongkai.edit import codes
from gongkai.pipeline import Options
from gongkai.render import press
from tests.conftest import DAY

PLAIN = Code("GK-X-001", "warning", "标题太短", "写长一些")
DEAD = Code("GK-X-002", "error", "锚点不存在", "改正")


@pytest.fixture
def looked(monkeypatch):
    """Registers a family of checks on pages, and tells which pages they were shown."""
    seen = []

    def on_page(page):
        seen.append(page.path)
        heading = page.tree.css_first("h1")
        if heading and heading.text().strip() == "短":
            yield PLAIN.at(page.claim, "标题太短", "写长一些")

    def across(facts, built):
        for link in facts.links:
            if link.startswith("#") and link[1:] not in facts.anchors:
                yield DEAD.at(facts.claim, f"没有 {link}", "改正")

    family = Family("x", "试", codes=(PLAIN, DEAD), on_page=(on_page,), across=(across,))
    monkeypatch.setattr(families, "FAMILIES", (*families.FAMILIES, family))
    return seen


def run(site, **options):
    return examine(Project.at(site.root), Options(day=date.fromisoformat(DAY)), **options)


def test_what_is_wrong_on_a_page_is_reported_at_the_file_that_it_is_made_of(site, looked):
    site.rule("a-1", title="短").rule("a-2")
    assert [(problem.code, problem.path) for problem in run(site).problems] == [
        ("GK-X-001", "content/shifu/rules/a-1.md")
    ]


def test_a_page_that_did_not_change_is_not_made_again_and_its_problems_are_still_told(site, looked):
    site.rule("a-1", title="短").rule("a-2")
    first = run(site).problems
    assert "rules/a-2/index.html" in looked
    looked.clear()
    assert run(site).problems == first
    assert looked == []
    site.rule("a-2", body="第一条　别的正文。\n")
    run(site)
    assert looked.count("rules/a-2/index.html") == 1
    assert "rules/a-1/index.html" not in looked


def test_of_pages_only_those_of_touched_files_are_made_and_the_rest_is_not_forgotten(site, looked):
    site.rule("a-1", title="短").rule("a-2")
    run(site, touched={"content/shifu/rules/a-2.md"})
    assert looked == ["rules/a-2/index.html"]
    run(site)
    looked.clear()
    run(site, touched={"content/shifu/rules/a-2.md"})
    run(site)
    assert looked == []


def short(page):
    """A check that can be sent to another process."""
    if page.tree.css_first("h1").text().strip() == "短":
        yield PLAIN.at(page.claim, "标题太短", "写长一些")


def test_several_processes_find_what_one_finds(site, monkeypatch):
    monkeypatch.setattr(families, "FAMILIES", (Family("x", "试", codes=(PLAIN,), on_page=(short,)),))
    monkeypatch.setattr(press, "SMALL", 0)
    for n in range(40):
        site.rule(f"a-{n}", title="短" if n % 7 == 0 else f"文件{n}")
    one = examine(Project.at(site.root), Options(day=date.fromisoformat(DAY))).problems
    (Project.at(site.root).state / "check.json").unlink()
    two = examine(Project.at(site.root), Options(day=date.fromisoformat(DAY), jobs=2)).problems
    assert len(one) == 6
    assert one == two


def test_a_template_that_fails_is_a_problem_of_the_check_too(site, looked):
    site.write(
        "-- themes/red/templates/404.html --\n{% extends 'base.html' %}\n{% block main %}{{ no }}{% endblock %}\n"
    )
    settings = (site.root / "catalog.yaml").read_text("utf-8")
    (site.root / "catalog.yaml").write_text(f"{settings}theme: red\n", "utf-8")
    examined = run(site)
    assert [problem.code for problem in examined.problems] == ["GK-THEME-002"]
    assert examined.stopping == set(examined.problems)


def test_what_was_learnt_is_used_again_until_its_print_changes_and_forgotten_when_nobody_asks(site):
    project = Project.at(site.root)
    made = []

    def learn(value):
        made.append(value)
        return value

    def ask(*slots, whole=True):
        with remembering(project, whole=whole) as memory:
            for slot, print in slots:
                assert memory.recall(slot, print, lambda print=print: learn(print)) == print

    ask(("a", "1"), ("b", "1"))
    ask(("a", "1"), ("b", "2"))
    assert made == ["1", "1", "2"]
    ask(("a", "1"), whole=False)
    ask(("b", "2"))
    assert made == ["1", "1", "2"]
    ask(("a", "1"))
    assert made == ["1", "1", "2", "1"]


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"program": 1}', "nonsense"])
def test_a_damaged_memory_is_an_empty_one(site, damage):
    project = Project.at(site.root)
    project.state.mkdir(parents=True)
    (project.state / "check.json").write_text(damage, "utf-8")
    with remembering(project, whole=True) as memory:
        assert memory.recall("a", "1", lambda: 3) == 3


def test_a_memory_that_cannot_be_kept_does_not_stop_a_run(site):
    project = Project.at(site.root)
    project.state.parent.mkdir(parents=True)
    project.state.write_text("a file where the folder should be", "utf-8")
    with remembering(project, whole=True) as memory:
        assert memory.recall("a", "1", lambda: 3) == 3


def test_every_code_of_a_family_belongs_to_it_alone_and_is_in_the_manual():
    declared = [code for family in families.FAMILIES for code in family.codes]
    assert len(declared) == len({code.id for code in declared})
    assert set(declared) <= set(codes.every())
    assert Memory().rest(whole=True) == {}
