"""1,000 real documents: imported, built, and nothing of them lost."""

from __future__ import annotations

import gzip
import json
import re
from itertools import pairwise, product

import pytest

from tests.budgets import heavy
from tests.conftest import SETTINGS, SmallSite
from tests.pages import dead_links, reachable, read_site

pytestmark = [pytest.mark.laws, pytest.mark.long]

DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")


@pytest.fixture(scope="module")
def documents(laws):
    with gzip.open(laws / "laws-1k.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def imported(laws, tmp_path_factory):
    site = SmallSite(tmp_path_factory.mktemp("laws")).write(SETTINGS)
    result = site.run(
        "import",
        str(laws / "laws-1k.jsonl.gz"),
        "--kind",
        "rule",
        "--organ",
        "shifu",
        "--report",
        str(site.root / "report.csv"),
    )
    assert result.code == 0, result.err
    assert "写入 1000 份" in result.out
    return site


@pytest.fixture(scope="module")
def built(imported):
    imported.build()
    return imported


def test_pages_of_1000_real_laws_stay_within_their_budget(built):
    assert list(heavy(built.root / "site")) == []


@pytest.fixture(scope="module")
def pages(built):
    return read_site(built.root / "site")


def shown(markdown: str) -> str:
    """What a page must show of a source, by rules of its own: no heading signs, quote signs, bars or link targets."""
    out, table = [], False
    lines = markdown.split("\n")
    for number, line in enumerate(lines):
        following = [after for after in lines[number + 1 : number + 3] if after.strip()]
        opens = "|" in line and bool(following) and "|" in following[0] and bool(DELIMITER.fullmatch(following[0]))
        if table and "|" in line and DELIMITER.fullmatch(line):
            continue
        table = opens or (
            table and (line.lstrip().startswith("|") or not line.strip() or bool(lines[number - 1].strip()))
        )
        text = line.replace("|", "") if table else line
        text = re.sub(r"^\s*(?:>\s?)+", "", text)
        text = re.sub(r"^ {0,3}#{1,6}(?=\s)", "", text)
        out.append(re.sub(r"!?\[([^\]]*)\]\([^)\s]+\)", r"\1", text))
    return "".join("".join(out).split())


def test_every_character_of_every_document_is_on_its_page(documents, pages):
    lost = {}
    for law in documents:
        # The one word of ours: what stands behind each link that leaves the site.
        said = (
            pages[f"rules/{law['id']}/index.html"]
            .said("law")
            .replace("站外链接", "", law["body_markdown"].count("](http"))
        )
        if said != shown(law["body_markdown"]):
            lost[law["id"]] = law["title"]
    assert lost == {}


def test_every_title_number_date_and_issuer_is_on_its_page(documents, pages):
    for law in documents:
        page = pages[f"rules/{law['id']}/index.html"]
        box = page.said("box")
        assert page.metas["ArticleTitle"].split() == law["title"].split()
        for key in ("doc_no", "effective_text", "region", "topic"):
            if law[key]:
                assert "".join(law[key].split()) in box, (law["id"], key)
        for key in ("signed", "published", "effective"):
            if law[key]:
                year, month, day = map(int, law[key].split("-"))
                assert f"{year}年{month}月{day}日" in box, (law["id"], key)
        for issuer in (law["issuer"] or "").split("、"):
            assert issuer in box, law["id"]


def test_what_a_source_lacks_is_shown_as_missing(documents, pages):
    labels = {"doc_no": "发文字号", "published": "发布日期", "effective": "施行日期", "issuer": "发文机关"}
    for law in documents:
        box = pages[f"rules/{law['id']}/index.html"].said("box")
        for key, label in labels.items():
            assert (f"{label}未注明" in box) == (not law[key]), (law["id"], key)


def test_the_whole_site_is_reached_from_home_and_no_link_is_dead(built, pages):
    assert dead_links(built.root / "site", pages) == []
    apart = {path for path, page in pages.items() if page.metas.get("robots") == "noindex"} | {"404.html"}
    assert set(pages) - reachable(pages) == apart


def test_no_page_has_a_fault_of_structure(pages):
    assert {path: page.faults for path, page in pages.items() if page.faults} == {}


def test_articles_are_recognised_where_the_source_counts_them(documents, pages):
    """The source counts the paragraphs that open with 第×条; ours must find as many in 99 % of those documents."""
    having = [law for law in documents if law["articles"]]
    wrong = [
        law["id"]
        for law in having
        if sum(re.fullmatch(r"art-[\d-]+(_\d+)?", i) is not None for i in pages[f"rules/{law['id']}/index.html"].ids)
        != law["articles"]
    ]
    assert len(wrong) <= len(having) * 0.01, wrong


def test_versions_of_one_law_are_joined_and_lead_to_one_another(documents, pages):
    groups: dict[str, list[dict]] = {}
    for law in documents:
        groups.setdefault(law["version_group"], []).append(law)
    several = [group for group in groups.values() if len(group) > 1]
    assert several
    for group in several:
        # Two sources may hold the text of one day: both are followed by the next.
        texts: dict[tuple[str, str], list[str]] = {}
        for law in group:
            if law["published"]:
                texts.setdefault((law["published"], law["effective"] or ""), []).append(law["id"])
        for earlier, later in pairwise(ids for _, ids in sorted(texts.items())):
            for one, other in product(earlier, later):
                assert f"../{one}/" in pages[f"rules/{other}/index.html"].links
                assert f"../{other}/" in pages[f"rules/{one}/index.html"].links


def test_importing_again_overwrites_nothing(imported, laws):
    path = imported.root / "content/shifu/rules/cn-000de4502e0f.md"
    mine = path.read_text("utf-8").replace("本条例", "本条例（经编辑）", 1)
    kept = path.read_bytes()
    path.write_text(mine, "utf-8", newline="")
    try:
        again = imported.run("import", str(laws / "laws-1k.jsonl.gz"), "--kind", "rule", "--organ", "shifu")
        assert again.code == 1
        assert "已有而相同 999 份，没有导入 1 份" in again.out
        assert path.read_text("utf-8") == mine
    finally:
        path.write_bytes(kept)


def test_an_imported_document_from_outside_needs_nothing_more(imported):
    result = imported.run("check", "--date", "2026-11-20", "--format", "json")
    assert result.code == 0
    found = json.loads(result.out)
    assert {problem["severity"] for problem in found} == {"warning"}
    rules = {"GK-RULE-001", "GK-RULE-005", "GK-RULE-007"}
    assert {problem["code"] for problem in found} == rules | {"GK-LINK-001", "GK-LINK-004", "GK-HYG-001", "GK-HYG-009"}


def test_lists_and_columns_of_a_large_site_stay_within_their_budget(built):
    for path in ("rules", "rules/issuer", "zfxxgk/zc", "zfxxgk/fdzdgknr", "search", "sitemap"):
        data = (built.root / "site" / path / "index.html").read_bytes()
        assert len(gzip.compress(data)) <= 25 * 1024, path


def test_a_long_law_stays_within_its_budget(documents, built):
    for law in sorted(documents, key=lambda law: -law["articles"])[:50]:
        data = (built.root / f"site/rules/{law['id']}/index.html").read_bytes()
        budget = 60 * 1024 + max(0, law["articles"] - 100) * 0.2 * 1024
        assert len(gzip.compress(data)) <= budget, law["id"]
