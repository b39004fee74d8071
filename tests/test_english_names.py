"""What an English page calls fields, audiences and industries: their English names where there are any."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.model.entries import shipped
from gongkai.model.field import KIND as FIELD
from gongkai.model.term import AUDIENCE, INDUSTRY
from tests.conftest import SETTINGS, SmallSite, served
from tests.test_languages import tongue

CONTENT = """\
-- content/common/fields.yaml --
fields:
  - {key: employment}
  - {key: compulsory_education, name: 义务教育和学前教育}
  - {key: health, name: 卫生, name_en: Hospitals}
  - {key: investment, name: 招商引资}
  - {key: harbour, name: 港口, name_en: The harbour}
-- content/shifu/cards/tudi.md --
---
title: 征地补偿
disclosure: proactive
published: 2024-03-01
side: people
level: city
audiences: [农民, elderly]
industries: [agriculture]
fields: [就业创业, investment]
main_content: 补偿征收的土地
scope: [被征地的农户]
standard: [{item: 每亩, amount: 1000元}]
procedure: [{step: 申请}]
channel: [{name: 窗口, phone: 0000-00000001}]
sources: [{rule: a}]
---
"""


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    """A small site in three languages."""
    site = SmallSite(tmp_path_factory.mktemp("three")).write(SETTINGS).set("languages: [zh-CN, zh-Hant, en]\n")
    site.rule("a").write(CONTENT).build()
    return site


def said(site: SmallSite, path: str, selector: str) -> list[tuple[str, str]]:
    """What the elements of a page say, each with its language."""
    found = LexborHTMLParser(site.page(path)).css(selector)
    return [(node.text(deep=False).strip(), tongue(node)) for node in found]


def test_every_entry_that_ships_has_an_english_name_of_its_own():
    for kind in (FIELD, AUDIENCE, INDUSTRY):
        names = [entry.item.record.name_en for entry in shipped(kind, every=True)]
        assert all(name and re.fullmatch(r"[A-Z][A-Za-z, -]+", name) for name in names), names
        assert len(set(names)) == len(names)


def test_the_english_home_names_fields_and_audiences_in_english_and_its_own_ones_as_they_are(three):
    assert said(three, "en", ".fields a") == [
        ("Employment", "en"),
        ("义务教育和学前教育", "zh-CN"),
        ("Hospitals", "en"),
        ("招商引资", "zh-CN"),
        ("The harbour", "en"),
    ]
    assert said(three, "en", "[aria-labelledby=audiences] a") == [("Farmers", "en"), ("Older people", "en")]


def test_every_english_page_of_a_term_has_its_english_name(three):
    assert said(three, "en/fields/employment", "h1") == [("Employment", "en")]
    assert said(three, "en/cards/audience/farmer", "h1") == [("Policy cards: Farmers", "en")]
    assert said(three, "en/cards/industry/agriculture", "h1")[0][0].endswith(
        ": " + shipped_name(INDUSTRY, "agriculture")
    )
    assert [text for text, _ in said(three, "en/cards/tudi", "a.tag")][:2] == ["Farmers", "Older people"]
    assert "Farmers, Older people" in three.page("en/cards")
    assert "Employment" in [text for text, _ in said(three, "en/sitemap", ".chips a")]


def shipped_name(kind, key: str) -> str:
    return next(entry.item.record.name_en for entry in shipped(kind) if entry.item.id == key)


def test_pages_in_chinese_know_nothing_of_english_names(three):
    english = [entry.item.record.name_en for kind in (FIELD, AUDIENCE, INDUSTRY) for entry in shipped(kind, every=True)]
    for path, data in three.bytes().items():
        if path.endswith(".html") and not path.startswith("en/"):
            text = data.decode()
            assert not [name for name in (*english, "The harbour") if f">{name}<" in text], path
    assert said(three, "zh-Hant", ".fields a")[:2] == [("就業", "zh-Hant"), ("義務教育和學前教育", "zh-Hant")]
    assert said(three, "zh-Hant/cards/audience/elderly", "h1") == [("政策明白卡：老年人", "zh-Hant")]
    assert said(three, "zh-Hant/fields/investment", "h1") == [("招商引資", "zh-Hant")]


def test_an_english_name_is_no_text_that_a_search_finds(three, tmp_path):
    other = SmallSite(tmp_path).write(SETTINGS).rule("a").write(CONTENT.replace(", name_en: The harbour", ""))
    other.set("languages: [zh-CN, zh-Hant, en]\n").build()
    index = [{k: v for k, v in site.bytes().items() if k.startswith("search/")} for site in (three, other)]
    assert all(first == second for first, second in pairwise(index))


@pytest.mark.browser
def test_the_filters_of_the_english_search_are_named_like_the_pages(three, page):
    with served(Path(three.root, "site")) as address:
        page.goto(f"{address}/en/search/?q=征地补偿")
        page.wait_for_selector("#results li")
        for name in ("field", "audience"):
            page.locator(f"#facets details[data-name={name}]").evaluate("node => { node.open = true; }")
        assert page.locator("#facets label:has-text('Employment') input").get_attribute("value") == "就业"
        assert page.locator("#facets label:has-text('招商引资') span[lang='zh-CN']").count() == 1
        page.locator("#facets label:has-text('Older people') input").check()
        page.wait_for_url("**audience=*")
        assert page.locator("#results li").count() == 1
