"""What a page says of 有效性: the same words on every day, and by script the state of the reader's day."""

from __future__ import annotations

import gzip
import re
from datetime import date

import pytest

from tests.conftest import SETTINGS, SmallSite, served
from tests.pages import read_site

NEW = """\
第一条　为了规范管理，参照《旧办法》，制定本办法。

第十二条　本办法自2025年3月1日起施行。《旧办法》（测政规〔2020〕1号）同时废止。
"""

POLICY = "validity: {years: 5, since: 2024-01-01, basis: 《新办法》第一条}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    site = SmallSite(tmp_path_factory.mktemp("states")).write(SETTINGS)
    settings = (site.root / "catalog.yaml").read_text("utf-8")
    site.write("-- catalog.yaml --\n" + settings + POLICY)
    old = {"signed": "2020-01-01", "effective": "2020-02-01"}
    site.rule("new", NEW, title="新办法", effective="2025-03-01", repeals="[old]", valid_until="2030-02-28")
    site.rule("old", title="旧办法", doc_no="测政规〔2020〕1号", **old)
    site.rule("later", effective="2027-01-01", valid_until="2031-12-31").rule("over", valid_until="2025-12-31", **old)
    site.rule("derived", effective="2024-02-01").rule("bare", effective=None)
    site.rule("alone", repealed="{on: 2024-05-01, by: 《外面的〈甲〉决定》}", **old)
    site.rule("v2", title="新文本", replaces="[v1]", effective="2026-12-01", valid_until="2031-01-01")
    site.rule("v1", valid_until="2030-01-01", **old)
    site.rule("paused", valid_until="2030-01-01", **old)
    site.rule("pause", title="暂停的决定", suspends="[paused]", effective="2026-11-01", valid_until="2026-11-25")
    site.rule("longer", valid_until="2025-12-31", **old)
    site.rule("extends", title="延长的决定", extends="[longer]", extends_to="2027-12-31", effective="2025-06-01")
    site.write(
        "-- content/shifu/rules/far.md --\n---\ntitle: 外省办法\ntype: other\nissuers: [外省人民政府]\n"
        "status: expired\neffective: 2004-04-01\n---\n\n正文\n"
    )
    site.build()
    return site


@pytest.fixture(scope="module")
def pages(built):
    return read_site(built.root / "site")


def said(pages, id, place="rule-state"):
    return pages[f"rules/{id}/index.html"].said(place)


def test_a_repealed_document_says_at_its_top_since_when_by_which_article_and_leads_there(built, pages):
    page = built.page("rules/old")
    assert '<a href="../new/">《新办法》</a><a href="../new/#art-12">第十二条</a>，自 2025年3月1日 起废止' in page
    assert "从那一天起，以下文本仅供查阅" in page
    assert page.index("起废止") < page.index('class="box"')
    assert "自2020年2月1日起施行" in said(pages, "old")


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("later", "自2027年1月1日起施行有效期至2031年12月31日，自2032年1月1日起失效"),
        ("over", "自2020年2月1日起施行有效期至2025年12月31日，自2026年1月1日起失效"),
        ("derived", "按照《新办法》第一条，有效期至2029年1月31日，自2029年2月1日起失效"),
        ("bare", "施行日期未注明，按现行有效列出"),
        ("longer", "有效期由《延长的决定》延长至2027年12月31日，自2028年1月1日起失效"),
    ],
)
def test_every_turn_of_its_life_is_said_with_its_day_and_its_reason(pages, id, words):
    assert words in said(pages, id)


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("alone", "因《外面的〈甲〉决定》，自2024年5月1日起废止。从那一天起，以下文本仅供查阅。"),
        ("v1", "自2026年12月1日起有新的文本，见《新文本》。从那一天起，以下文本仅供查阅。"),
        ("paused", "因《暂停的决定》，自2026年11月1日起暂停执行自2026年11月26日起恢复执行"),
        ("far", "来源标注为“失效”，没有注明日期。以下文本仅供查阅。"),
    ],
)
def test_what_somebody_did_to_it_stands_in_a_notice_before_the_text(pages, id, words):
    assert said(pages, id, "notice") == words


def test_a_source_that_calls_it_lapsed_is_believed_in_lists_too_and_named_there(built):
    entry = next(entry for entry in built.page("rules").split("<li>") if "外省办法" in entry)
    assert re.search(r'class="state state-expired"[^>]*>失效（来源标注）<', entry)


def test_pages_that_are_no_lists_know_no_day(built, tmp_path):
    """A month later only lists and the home page may differ: the life of a document is told, not its state of today."""
    later = tmp_path / "later"
    assert built.run("build", "--no-search", "--date", "2026-12-20", "--site", str(later)).code == 0
    for page in sorted(later.rglob("index.html")):
        path = page.relative_to(later).as_posix()
        same = page.read_bytes() == (built.root / "site" / path).read_bytes()
        assert same or re.fullmatch(r"index.html|rules/((type|issuer|year)/[^/]+/|expiring/)?index.html", path), path


TODAY = {
    "2024-06-01": {"old": "现行有效", "new": "尚未施行", "over": "现行有效", "v1": "现行有效", "longer": "现行有效"},
    "2026-11-20": {"old": "废止", "new": "现行有效", "over": "失效", "paused": "暂停执行", "later": "尚未施行"},
    "2026-12-01": {"v1": "已有新文本", "v2": "现行有效", "paused": "现行有效", "far": "失效（来源标注）"},
}


@pytest.fixture(scope="module")
def address(built):
    with served(built.root / "site") as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize("day", TODAY)
def test_the_browser_says_the_state_of_the_readers_day_on_pages_and_in_lists(browser, address, day):
    page = browser.new_context(timezone_id="America/New_York").new_page()
    page.clock.set_fixed_time(f"{day}T00:30:00+08:00")  # in New York still the day before
    words = f"{int(day[:4])}年{int(day[5:7])}月{int(day[8:])}日"
    for id, state in TODAY[day].items():
        page.goto(f"{address}/rules/{id}/")
        assert page.locator(".rule-state .state").inner_text() == state
        assert page.locator(".rule-state [data-as-of]").inner_text() == f"截至 {words}"
    page.goto(f"{address}/rules/")
    assert f"有效性截至 {words}" in page.locator("main").inner_text()
    for id, state in TODAY[day].items():
        assert page.locator(f'li:has(a[href="{id}/"]) .state').inner_text() == state
    page.context.close()


@pytest.mark.browser
def test_an_end_that_lies_ahead_is_no_warning_yet(browser, address):
    page = browser.new_page()
    for day, warned in (("2026-11-30", False), ("2026-12-01", True)):
        page.clock.set_fixed_time(f"{day}T12:00:00+08:00")
        page.goto(f"{address}/rules/v1/")
        assert page.locator(".notice").evaluate("e => e.classList.contains('notice-ended')") is warned
    page.close()


@pytest.mark.browser
def test_without_a_script_the_days_and_reasons_are_there_to_read(browser, address):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/rules/old/")
    assert not page.locator(".rule-state .state").is_visible()
    assert page.locator(".rule-state li").inner_text() == "自 2020年2月1日 起施行"
    assert page.locator(".notice").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".notice").is_visible()
    page.context.close()


def test_the_script_is_small(built):
    scripts = [next((built.root / "site/assets").glob(f"{name}.*.js")).read_bytes() for name in ("status", "rule")]
    assert sum(len(gzip.compress(script)) for script in scripts) < 5 * 1024


def test_a_life_never_says_in_force_of_a_day_after_its_end(built):
    found = re.findall(r'data-life="([^"]+)"', built.page("rules"))
    assert len(found) > 10
    for life in found:
        spans = [span.split(":") for span in life.split(" ")]
        days = [date.fromisoformat(first) for first, _ in spans if first]
        assert days == sorted(set(days))
        assert len(days) == len(spans) - 1
