"""Every kind of page of the sample city under axe: WCAG 2.2 AA, narrow and wide, in every mode."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from shutil import copy, copytree

import pytest

from tests.conftest import CHECKOUT, DAY, SmallSite, served

pytestmark = pytest.mark.browser

KINDS = {
    "home": "index.html",
    "column": "zfxxgk/index.html",
    "column guide": "zfxxgk/zn/index.html",
    "column content": "zfxxgk/fdzdgknr/index.html",
    "column requests": "zfxxgk/ysqgk/index.html",
    "annual report": "zfxxgk/nb/*/index.html",
    "fields": "fields/index.html",
    "standard list": "fields/compulsory_education/index.html",
    "cards": "cards/index.html",
    "card": "cards/minzheng-dibao/index.html",
    "cards of an audience": "cards/audience/*/index.html",
    "rules": "rules/index.html",
    "rule": "rules/minzheng-2024-2/index.html",
    "version": "rules/*/v/*/index.html",
    "comparison": "rules/*/compare/*/index.html",
    "explainer": "explainers/*/index.html",
    "organs": "organs/index.html",
    "organ": "organs/minzheng/index.html",
    "search": "search/index.html",
    "favourites": "favourites/index.html",
    "site map": "sitemap/index.html",
    "404": "404.html",
}

MODES = {
    "normal": ({}, "light"),
    "dark": ({}, "dark"),
    "elder": ({"elder": ""}, "light"),
    "elder at night": ({"elder": "", "contrast": "night"}, "light"),
    "more contrast": ({"contrast": "more"}, "light"),
    "largest": ({"size": "5"}, "light"),
}
"""What stands on the root element, and what the device asks for."""

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block", "target-size"]}
"""What can change in a mode that differs from another in its colours alone: the others were looked at there."""


@cache
def axe() -> str:
    """The script of axe-core."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    """The sample city on a server with the headers of production."""
    with served(sample) as address:
        yield address


@pytest.fixture(scope="module", params=[320, 1280])
def page(browser, request):
    """A narrow and a wide window."""
    context = browser.new_context(viewport={"width": request.param, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, address, sample, kind):
    found = sorted(sample.glob(KINDS[kind]))
    assert found, f"the sample city has no {kind}"
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}/{found[0].relative_to(sample).as_posix().removesuffix('index.html')}")
    page.evaluate(axe())
    wrong = []
    for mode, (chosen, scheme) in MODES.items():
        page.emulate_media(color_scheme=scheme)
        page.evaluate(
            "chosen => { const root = document.documentElement;"
            " for (const name of ['size', 'contrast', 'elder']) delete root.dataset[name];"
            " Object.assign(root.dataset, chosen); }",
            chosen,
        )
        rules = COLOURS if mode in ("dark", "elder at night", "more contrast") else RULES
        wrong += [f"{mode}: {fault}" for fault in page.evaluate(RUN, rules)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{mode}: scrolls sideways")
    assert wrong == [], json.dumps(wrong, ensure_ascii=False, indent=1)


def test_axe_finds_nothing_in_the_report_that_an_office_sends_round(page, tmp_path):
    """One of a city with faults of every severity, compared with a month in which it had others."""
    city = SmallSite(tmp_path)
    for name in ("content", "catalog.yaml"):
        (copytree if (CHECKOUT / name).is_dir() else copy)(CHECKOUT / name, city.root / name)
    report, before = city.root / "report.html", city.root / "before.json"
    city.rule("a-1", topic="请填写主题").rule("a-2", repeals="[x-1]")
    city.run("check", "--date", "2026-10-20", "--format", "json", "--out", str(before))
    city.rule("a-1").rule("a-3", repeals="[x-2]").rule("a-4", topic="请填写主题").rule("a-5", topic="请填写主题")
    made = ("--format", "html", "--since-report", str(before), "--out", str(report))
    assert city.run("check", "--date", DAY, *made).code == 1
    page.goto(report.as_uri())
    page.evaluate(axe())
    assert page.evaluate(RUN, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


RUN = """async (rules) => {
  const { violations } = await axe.run(document, rules);
  const told = (fault) => (node) => [fault.id, node.html.slice(0, 160), node.failureSummary.slice(0, 300)].join(" ");
  return violations.flatMap((fault) => fault.nodes.map(told(fault))).slice(0, 5);
}"""
