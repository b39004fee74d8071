"""What an edit makes anew, one kind of edit at a time; edits at random are in test_edits.py."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.base.problems import Faulty
from gongkai.base.project import Project
from gongkai.check.families import gates
from gongkai.check.memory import Memory
from tests.conftest import SmallSite

DAY = date(2026, 11, 20)


def build(root: Path, name: str = "site", *, clean: bool = False, search: bool = False):
    options = pipeline.Options(day=DAY, clean=clean, search=search)
    return pipeline.build(Project.at(root, root / name), options, gates(Memory())).written


def same_as_clean(site: SmallSite) -> None:
    """Builds anew into a folder of its own and compares every byte."""
    build(site.root, "clean", clean=True)
    assert site.bytes("site") == site.bytes("clean")


@pytest.fixture
def city(site):
    for n in range(30):
        site.rule(f"r-{n}", title=f"文件{n}", published=f"20{10 + n % 12}-03-0{1 + n % 9}", topic=f"主题{n % 4}")
    for n, name in enumerate(("财政局", "教育局", "民政局")):
        site.write(
            f"-- content/bu-{n}/organ.yaml --\nname: 测试市{name}\nkind: department\nlevel: city\nparent: shifu\n"
            "disclosure: proactive\npublished: 2024-01-01\n"
        )
        site.rule(f"bu-{n}-1", organ=f"bu-{n}", implements="[r-1]")
    return site


def test_the_search_of_an_incremental_build_equals_that_of_a_clean_one(city):
    build(city.root, search=True)
    path = city.root / "content/shifu/rules/r-3.md"
    path.write_text(path.read_text("utf-8") + "\n第二条　新的一条。\n", "utf-8")
    build(city.root, search=True)
    build(city.root, "clean", clean=True, search=True)
    assert city.bytes("site") == city.bytes("clean")
    assert any(path.startswith("search/index/") for path in city.bytes())


def test_nothing_changed_makes_nothing(city):
    first = build(city.root)
    again = build(city.root)
    assert (again.rendered, again.unchanged, again.removed) == (0, first.rendered, 0)


def test_an_edited_text_makes_only_its_own_page_and_its_copies(city):
    build(city.root)
    before = city.bytes()
    path = city.root / "content/shifu/rules/r-3.md"
    path.write_text(path.read_text("utf-8") + "\n第二条　新的一条。\n", "utf-8")
    written = build(city.root)
    after = city.bytes()
    changed = {p for p in after if before.get(p) != after[p]} - {"manifest.sha256"}
    assert {p.rpartition("/")[0] for p in changed} == {"rules/r-3"}
    assert written.rendered == len(changed)
    same_as_clean(city)


def test_an_edited_title_makes_the_page_and_what_lists_it_and_nothing_else(city):
    build(city.root)
    before = city.bytes()
    path = city.root / "content/shifu/rules/r-1.md"
    path.write_text(path.read_text("utf-8").replace("title: 文件1", "title: 新标题"), "utf-8")
    written = build(city.root)
    after = city.bytes()
    changed = {p for p in after if before.get(p) != after[p]} - {"manifest.sha256"}
    assert written.rendered == len(changed), "a page was made again without a changed byte"
    assert "rules/bu-0-1/index.html" in changed, "a page that names it"
    assert "rules/r-2/index.html" not in changed
    same_as_clean(city)


def test_a_renamed_organ_ripples_to_the_documents_that_show_its_name(city):
    build(city.root)
    path = city.root / "content/bu-1/organ.yaml"
    path.write_text(path.read_text("utf-8").replace("教育局", "教育体育局"), "utf-8")
    build(city.root)
    assert "测试市教育体育局" in city.page("rules/bu-1-1")
    assert "教育体育局" not in city.page("rules/r-2")
    same_as_clean(city)


def test_a_damaged_or_deleted_ledger_costs_time_and_nothing_else(city):
    build(city.root)
    before = city.bytes()
    ledger = city.root / ".gongkai/site/ledger.json"
    for damage in ("{", "[]", '{"index.html": [1]}', "null", ""):
        ledger.write_text(damage, "utf-8")
        build(city.root)
        assert city.bytes() == before
    ledger.unlink()
    build(city.root)
    assert city.bytes() == before


def test_a_page_that_someone_touched_in_the_site_folder_is_made_again(city):
    build(city.root)
    before = city.bytes()
    (city.root / "site/rules/r-1/index.html").write_text("tampered", "utf-8")
    (city.root / "site/rules/r-2/index.html").unlink()
    build(city.root)
    assert city.bytes() == before


def test_a_refused_build_leaves_the_last_site_and_the_next_good_one_catches_up(city):
    build(city.root)
    before = city.bytes()
    path = city.root / "content/shifu/rules/r-5.md"
    good = path.read_text("utf-8")
    path.write_text(good.replace("type: normative", "type: nonsense"), "utf-8")
    with pytest.raises(Faulty):
        build(city.root)
    assert city.bytes() == before
    path.write_text(good.replace("文件5", "改好的文件"), "utf-8")
    build(city.root)
    assert "改好的文件" in city.page("rules/r-5")
    same_as_clean(city)
