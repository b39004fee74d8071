"""Every kind of page of the sample city under axe: WCAG 2.2 AA, narrow and wide, in every mode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from shutil import copy, copytree

import pytest

from gongkai import pipeline
from gongkai.base.project import Project
from gongkai.model.catalog import load
from gongkai.read.walk import read
from tests.conftest import CHECKOUT, DAY, SmallSite, served

pytestmark = [pytest.mark.browser, pytest.mark.long]

KINDS = {
    "home": "index.html",
    "page tools": "index.html",
    "about": "about/index.html",
    "column": "zfxxgk/index.html",
    "column guide": "zfxxgk/zn/index.html",
    "column regimes": "zfxxgk/zd/index.html",
    "column regime": "zfxxgk/zd/shifu-proactive/index.html",
    "column policies": "zfxxgk/zc/index.html",
    "column content": "zfxxgk/fdzdgknr/index.html",
    "column requests": "zfxxgk/ysqgk/index.html",
    "annual report": "zfxxgk/nb/*/index.html",
    "fields": "fields/index.html",
    "standard list": "fields/compulsory_education/index.html",
    "cards": "cards/index.html",
    "card": "cards/minzheng-dibao/index.html",
    "cards of an audience": "cards/audience/*/index.html",
    "rules": "rules/index.html",
    "rules of a year": "rules/year/2024/index.html",
    "issuers": "rules/issuer/index.html",
    "rules that expire": "rules/expiring/index.html",
    "what is cited": "rules/cited/index.html",
    "rule": "rules/minzheng-2024-2/index.html",
    "rule at an article": "rules/minzheng-2024-2/index.html",
    "rule on request": "rules/zhujian-2025-18/index.html",
    "tombstone": "rules/jiaoyu-2025-19/index.html",
    "version": "rules/*/v/*/index.html",
    "comparison": "rules/*/compare/*/index.html",
    "reviews": "reviews/index.html",
    "review": "reviews/shifu-2026/index.html",
    "explainers": "explainers/index.html",
    "explainer": "explainers/*/index.html",
    "organs": "organs/index.html",
    "organ": "organs/minzheng/index.html",
    "search": "search/index.html",
    "results": "search/index.html",
    "favourites": "favourites/index.html",
    "site map": "sitemap/index.html",
    "404": "404.html",
}

AT = {"results": "?q=低保", "rule at an article": "#art-3"}
"""What follows the address of a page that is looked at in a state of its own."""

SEEN = {"results": "#results li .excerpt", "rule at an article": ".stepper", "page tools": ".panel"}
"""What must stand on such a page before it is looked at."""

WINDOWS = {"desktop": (1280, 1024), "phone": (320, 640), "400 %": (320, 256)}
"""The last is what the first shows when it is enlarged four times (WCAG 2.2, 1.4.10)."""

MODES = {
    "normal": ({}, "light", "all"),
    "dark": ({}, "dark", "colours"),
    "elder": ({"elder": ""}, "light", "all"),
    "elder at night": ({"elder": "", "contrast": "night"}, "light", "colours"),
    "more contrast": ({"contrast": "more"}, "light", "colours"),
    "largest": ({"size": "5"}, "light", "layout"),
}
"""What stands on the root element, what the device asks for, and what differs from a mode above."""


@cache
def axe() -> str:
    """The script of axe-core."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    """The sample city on a server with the headers of production."""
    with served(sample) as address:
        yield address


@pytest.fixture(scope="module")
def tab(browser):
    """One tab for all kinds: what differs is changed on the page that is there."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.clock.set_fixed_time(DAY)
    yield page
    context.close()


def test_no_template_is_left_out():
    """Every template that is a page of its own, but for the one that leads away at once."""
    project = Project.at(CHECKOUT)
    _, outputs, _ = pipeline.plan(load(read(project), date.fromisoformat(DAY)), project)
    template = {output.path: output.template for output in outputs}
    looked_at = {template[path] for name in KINDS.values() for path in template if Path(path).match(name)}
    sources = {file.name: file.read_text("utf-8") for file in (CHECKOUT / "themes/default/templates").glob("*.html")}
    extended = {name: re.search(r'{% extends "(.+?)" %}', text) for name, text in sources.items()}
    above = {found[1] for found in extended.values() if found}
    assert looked_at == {name for name, found in extended.items() if found} - above - {"redirect.html"}


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways_or_stands_in_the_way(tab, address, sample, kind):
    found = sorted(sample.glob(KINDS[kind]))
    assert found, f"the sample city has no {kind}"
    tab.goto(f"{address}/{found[0].relative_to(sample).as_posix().removesuffix('index.html')}{AT.get(kind, '')}")
    tab.evaluate(OPEN, ".tools details" if kind == "page tools" else "main details")
    tab.wait_for_selector(SEEN.get(kind, "main"))
    assert look(tab) == []


def look(page, windows=WINDOWS, modes=MODES) -> list[str]:
    """What is wrong with the page that is open, in every window and mode."""
    page.evaluate(axe())
    wrong = []
    for window, (width, height) in windows.items():
        page.set_viewport_size({"width": width, "height": height})
        for mode, (chosen, scheme, differs) in modes.items():
            page.emulate_media(color_scheme=scheme)
            page.evaluate(CHOOSE, chosen)
            faults = page.evaluate(WAY) if window == "400 %" else page.evaluate(RUN, differs)
            wrong += [f"{window}, {mode}: {fault}" for fault in [*faults, *page.evaluate(SIDEWAYS)]]
    page.emulate_media(color_scheme="light")
    return wrong


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of a city with faults of every severity, compared with a month in which it had others."""
    city = SmallSite(tmp_path_factory.mktemp("city"))
    for name in ("content", "catalog.yaml"):
        (copytree if (CHECKOUT / name).is_dir() else copy)(CHECKOUT / name, city.root / name)
    report, before = city.root / "report.html", city.root / "before.json"
    city.rule("a-1", topic="请填写主题").rule("a-2", repeals="[x-1]")
    city.run("check", "--date", "2026-10-20", "--format", "json", "--out", str(before))
    city.rule("a-1").rule("a-3", repeals="[x-2]").rule("a-4", topic="请填写主题").rule("a-5", topic="请填写主题")
    made = ("--format", "html", "--since-report", str(before), "--out", str(report))
    assert city.run("check", "--date", DAY, *made).code == 1
    return report


def test_axe_finds_nothing_in_the_report_that_an_office_sends_round(tab, report):
    """It has one mode: it is printed and sent by mail."""
    tab.goto(report.as_uri())
    assert look(tab, modes={"normal": MODES["normal"]}) == []


OPEN = "folded => { for (const one of document.querySelectorAll(folded)) one.open = true; }"

CHOOSE = """chosen => {
  const root = document.documentElement;
  for (const name of ["size", "contrast", "elder"]) delete root.dataset[name];
  Object.assign(root.dataset, chosen);
}"""

RUN = """async (differs) => {
  const { dataset } = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const sheets = [...document.styleSheets].map((sheet) => sheet.href);
  const mode = JSON.stringify([innerWidth, dark, dataset, sheets]);
  const seen = new Set(JSON.parse(sessionStorage.getItem(mode) ?? "[]")), alike = [], looks = new Map();
  const look = (node) => {
    if (!looks.has(node)) {
      const own = [...node.attributes].map(({ name, value }) => (name === "class" || name === "type" ? value : name));
      looks.set(node, [node.parentElement ? look(node.parentElement) : "", node.localName, ...own].join(" "));
    }
    return looks.get(node);
  };
  const walk = (node) => {
    const within = [node, ...node.querySelectorAll("*")].map(look);
    if (within.every((one) => seen.has(one))) { alike.push(node); return; }
    seen.add(look(node));
    for (const child of node.children) walk(child);
  };
  walk(document.body);
  sessionStorage.setItem(mode, JSON.stringify([...seen]));
  const told = ({ violations }) => violations.flatMap((fault) => fault.nodes.map((node) =>
    [fault.id, node.html.slice(0, 160), node.failureSummary.slice(0, 300)].join(" ")));
  const colours = ["color-contrast", "link-in-text-block"], shown = { resultTypes: ["violations"] };
  const found = told(await axe.run({ exclude: alike }, { ...shown, runOnly: colours }));
  const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const others = Object.fromEntries(colours.map((rule) => [rule, { enabled: false }]));
  if (differs === "all") found.push(...told(await axe.run(document, { ...shown, runOnly: levels, rules: others })));
  const layout = ["target-size", "scrollable-region-focusable"];
  if (differs === "layout") found.push(...told(await axe.run(document, { ...shown, runOnly: layout })));
  return found.slice(0, 5);
}"""
"""The rules on colours take three quarters of the time, so they read each look once in a window and a mode: a part is
left out when all in it has the same elements, classes and attributes, from the root down, as what was read before on
any page with the same style sheets. The other rules read every page whole, where a mode can differ in what they ask."""

SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : []"

WAY = """() => {
  const stays = (node) => ["sticky", "fixed"].includes(getComputedStyle(node).position);
  const tall = [...document.querySelectorAll("body *")].filter((node) => node.offsetHeight > innerHeight / 2);
  return tall.filter(stays).map((node) => `covers half of the window: ${node.outerHTML.slice(0, 80)}`);
}"""
"""What stays where it is while the page scrolls must leave room to read."""
