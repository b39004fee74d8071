"""A pull request is looked at without planning what it did not touch, and finds what the whole check finds there."""

from __future__ import annotations

import json
import pickle
from dataclasses import astuple, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from gongkai.base.project import Project
from gongkai.base.settings import CopyFormat, Language
from gongkai.model.catalog import load
from gongkai.model.cited import Cited
from gongkai.model.disclosure import public
from gongkai.pipeline import plan
from gongkai.read.shelf import shelved
from gongkai.read.walk import read
from tests.conftest import CHECKOUT, DAY, SmallSite
from tests.test_selection import git


def found(site, *options):
    """Code and place of each problem."""
    out = site.run("check", "--date", DAY, "--format", "json", *options).out
    return [(row["code"], row["path"].removeprefix("content/"), row["line"]) for row in json.loads(out)]


@pytest.fixture
def laws(site) -> SmallSite:
    """Three documents, committed; nothing is wrong."""
    site.rule("a-1", "第一条　一。\n\n第二条　二。\n", title="测试市甲办法")
    site.rule("a-2", "第一条　依照《测试市甲办法》第二条办理，见[甲](a-1.md#art-1)。\n", title="测试市乙办法")
    site.rule("a-3", title="测试市丙办法")
    assert found(site) == []
    git(site.root, "init", "-q")
    git(site.root, "add", ".")
    git(site.root, "commit", "-qm", "x")
    return site


@pytest.mark.parametrize("languages", [(), (Language.ZH_HANT, Language.EN)])
def test_whoever_looks_at_no_page_plans_the_same_paths_with_the_same_claims(languages):
    project = Project.at(CHECKOUT)
    catalog = load(read(project), date.fromisoformat(DAY))
    settings = catalog.settings.model_copy(update={"downloads": tuple(CopyFormat), "languages": languages})
    catalog = replace(catalog, settings=settings)
    every, few = (plan(catalog, project, seen=seen)[1] for seen in (None, frozenset()))
    assert [(output.path, output.claim) for output in few] == [(output.path, output.claim) for output in every]
    claims = {output.path: output for output in few if output.whole}
    assert {output.path for output in every if output.template == "rule.html"} < claims.keys()
    assert {path: claim.whole() for path, claim in claims.items()} == {
        output.path: output for output in every if output.path in claims
    }


def test_what_cites_one_document_is_found_without_reading_every_citation():
    catalog = public(load(read(Project.at(CHECKOUT)), date.fromisoformat(DAY)))
    cited = Cited(catalog)
    assert len(cited.by) > 5
    assert {item.key: cited.of(item) for item in catalog.of("rule")} == {
        item.key: cited.by.get(item.key, []) for item in catalog.of("rule")
    }


@pytest.mark.parametrize("typed", ["《测试市甲 办法》", "《测试市甲辦法》", "《测试⼟市甲办法》"])
def test_a_title_typed_with_blanks_or_strange_signs_is_found_as_well(laws, typed):
    laws.rule("a-1", title="测试土市甲办法" if "⼟" in typed else "测试市甲办法").rule(
        "a-4", f"第一条　依照{typed}。\n"
    )
    catalog = public(load(read(Project.at(laws.root)), date.fromisoformat(DAY)))
    cited, item = Cited(catalog), catalog.items["rule", "a-1"]
    assert cited.of(item) == cited.by.get(item.key, [])
    assert any(mention.source.id == "a-4" for mention in cited.of(item)) is ("辦" not in typed)


def test_a_place_that_is_not_there_is_found_in_a_document_that_was_not_touched(laws):
    laws.rule("a-2", "第一条　见[甲](a-1.md#art-1)和[丙](a-3.md#art-9)。\n", title="测试市乙办法")
    assert found(laws, "--since", "HEAD") == [("GK-LINK-004", "shifu/rules/a-2.md", 11)]
    assert found(laws, "--since", "HEAD") == [("GK-LINK-004", "shifu/rules/a-2.md", 11)], "and once more, remembered"


@pytest.mark.parametrize("address", ["/rules/a-1/", "/rules/a-1/a-1.txt"])
def test_an_address_that_an_untouched_document_has_is_taken(laws, address):
    laws.rule("a-3", title="测试市丙办法", aliases=f"[{address}]")
    told = found(laws, "--since", "HEAD")
    assert [code for code, *_ in told] == ["GK-PLAN-001"]
    assert told == found(laws)


def test_what_is_remembered_of_few_pages_holds_for_all_and_the_other_way_round(laws):
    laws.rule("a-2", "第一条　见[丙](a-3.md#art-9)。\n", title="测试市乙办法")
    state = laws.root / ".gongkai"
    known = [set(json.loads(next(state.rglob("check.json")).read_text("utf-8"))["known"]) for _ in (found(laws),)]
    assert found(laws, "--since", "HEAD") == found(laws)
    assert set(json.loads(next(state.rglob("check.json")).read_text("utf-8"))["known"]) == known[0]


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\n", "a bit of it"])
def test_a_damaged_shelf_is_an_empty_one_and_a_changed_file_is_read_anew(laws, damage):
    shelf = Project.at(laws.root).state / "parsed.bin"
    assert shelf.stat().st_mode & 0o077 == 0, "heads of records that nobody may see are in it"
    shelf.write_bytes(damage if isinstance(damage, bytes) else shelf.read_bytes()[:-9])
    assert found(laws) == []
    laws.rule("a-3", title="测试市丙办法", topic="请填写主题")
    assert found(laws) == found(laws) == [("GK-SET-001", "shifu/rules/a-3.md", 9)]


def test_a_shelf_that_somebody_made_runs_no_code(tmp_path):
    class Trap:
        def __reduce__(self):
            return (Path(tmp_path, "sprung").touch, ())

    with shelved(tmp_path / "shelf", "1") as shelf:
        shelf.used["a"] = (sha256(b"a").digest(), pickle.dumps(Trap()))
    with pytest.raises(pickle.UnpicklingError), shelved(tmp_path / "shelf", "1") as shelf:
        shelf.find("a", b"a")
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    "typed", ["\ufeff---\ntitle: 甲\n---\n", "---\r\ntitle: 甲\r\n---\r\n乙\r\n", "---\ntitle: [\n---\n"]
)
def test_what_is_found_on_the_shelf_is_what_would_be_read(laws, typed):
    laws.root.joinpath("content/shifu/rules/a-4.md").write_bytes(typed.encode())
    project, shelf = Project.at(laws.root), laws.root / "shelf"
    fresh = read(project)
    for _ in range(2):
        with shelved(shelf, "1") as kept:
            again = read(project, shelf=kept)
        assert list(map(astuple, again.every)) == list(map(astuple, fresh.every))
        assert again.problems == fresh.problems
