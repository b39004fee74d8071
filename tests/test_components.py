"""The page with every component: nothing of the theme is missing from it, and axe finds nothing on it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from gongkai.edit.components import COMPONENTS
from tests.conftest import CHECKOUT, SmallSite, served
from tests.showcase import showcase
from tests.test_access import OPEN, look

PLACES = {"card", "column", "column-body", "facet", "paper", "running", "skip", "with-contents"}
"""Classes that place what is in them and draw nothing; what is seen on paper alone, or when the keyboard reaches it."""

FILLED = {"jump"}
"""What a script fills."""


pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    """The sample city, and the page beside its site."""
    city = showcase(tmp_path_factory.mktemp("showcase"))
    made = city.run("components", str(city.root / "components.html"))
    assert (made.code, made.err) == (0, "")
    return city


@pytest.fixture(scope="module")
def html(city: SmallSite) -> str:
    return (city.root / "components.html").read_text("utf-8")


def classes(html: str) -> set[str]:
    return {name for found in re.findall(r'class="([^"]*)"', html) for name in found.split()}


def test_the_page_has_an_example_of_every_component(html):
    assert re.findall('<h2>(.+)</h2>\n<p>.+</p>\n<div class="example">', html) == [one.name for one in COMPONENTS]


def test_what_the_style_sheets_draw_is_on_the_page(city, html):
    """A class that a page carries and a style sheet names is a part of some component."""
    sheets = "".join(file.read_text("utf-8") for file in sorted((CHECKOUT / "themes/default/assets").glob("*.css")))
    rules = re.findall(r"([^{}]+){", re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL))
    styled = {name for rule in rules for name in re.findall(r"\.([a-z][\w-]*)", rule)}
    shown = {name for text in city.bytes().values() for name in classes(text.decode("utf-8", "ignore"))}
    lacking = styled & shown - classes(html) - PLACES - FILLED
    assert not lacking, f"no component of gongkai/edit/components.py shows {lacking}"


def test_the_templates_that_are_named_are_there(html):
    there = {file.name for file in (CHECKOUT / "themes/default/templates").iterdir()}
    assert {name for one in COMPONENTS for name in re.findall(r"\w+\.html", one.template)} <= there


def test_every_id_is_there_once_and_every_link_leads_somewhere(city, html):
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    for link in re.findall(r'(?:href|src|action)="([^"]+)"', html):
        if not re.match("[a-z]+:", link):
            assert (city.root / unquote(link.partition("#")[0].partition("?")[0])).is_file(), link


def test_a_site_without_a_component_says_so_and_one_that_is_not_built_says_what_to_do(site):
    refused = site.run("components", str(site.root / "all.html"))
    assert refused.code == 2
    assert "gongkai build" in refused.err
    site.build("--no-search")
    assert "没有用到：" in site.run("components", str(site.root / "all.html")).err
    assert "这个网站还没有用到它" in (site.root / "all.html").read_text("utf-8")


@pytest.mark.browser
def test_axe_finds_nothing_in_any_window_and_mode_and_nothing_scrolls_sideways(city, browser):
    page = browser.new_page()
    with served(Path(city.root)) as address:
        page.goto(f"{address}/components.html")
        page.evaluate(OPEN, "details:not(.tools *)")
        assert look(page) == []
    page.close()
