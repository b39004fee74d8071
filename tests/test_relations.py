"""Relations between documents, and what is told of them when they cannot be true."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.base.project import Project
from gongkai.check.relations import check
from gongkai.model.catalog import load
from gongkai.read.walk import read


@pytest.mark.parametrize(
    ("key", "meant"), [("repeal", "repeals"), ("amend", "amends"), ("implement", "implements"), ("extend", "extends")]
)
def test_an_unknown_relation_is_told_which_one_was_probably_meant(site, key, meant):
    said = site.rule("a", **{key: "[《别处的文件》]"}).refused()
    assert "GK-FIELD-002" in said
    assert f"是不是 {meant}" in said


def test_a_relation_is_found_by_id_title_and_number_in_any_brackets_and_shown_on_both_pages(site):
    site.rule("old-1", title="旧办法一").rule("old-2", title="旧办法二").rule("old-3", doc_no="测政规〔2020〕3号")
    site.rule("new", repeals="[old-1, 《旧办法二》, '测政规[2020]3号', 《别处的办法》]", effective="2024-03-01")
    site.build()
    page = site.page("rules/new")
    for id in ("old-1", "old-2", "old-3"):
        assert f'href="../{id}/"' in page
        assert 'href="../new/"' in site.page(f"rules/{id}")
        assert "被下列文件废止" in site.page(f"rules/{id}")
    assert "《别处的办法》" in page


def test_a_repeal_told_only_by_the_repealed_is_shown_on_the_page_of_the_other_too(site):
    site.rule("old", repealed="{on: 2024-02-01, by: new}").rule("new").build()
    page = site.page("rules/new")
    assert page.index("<dt>废止</dt>") < page.index('<a href="../old/">文件old</a>')


def test_a_chain_of_three_thousand_repeals_is_walked(site):

    day = date(2000, 1, 1)
    for n in range(3000):
        made = day + timedelta(days=n)
        more = {"repeals": f"[r-{n - 1}]"} if n else {}
        site.rule(f"r-{n}", signed=made, published=made, effective=made, **more)
    catalog = load(read(Project.at(site.root)), date(2026, 11, 20))
    assert list(check(catalog)) == []
    assert catalog.lives["rule", "r-0"].ends().first == day + timedelta(days=1)
    assert catalog.lives["rule", "r-2999"].ends() is None
