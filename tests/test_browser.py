"""The sample city in a real browser: nothing refused by the policy, nothing sideways, everything by keyboard."""

from __future__ import annotations

import pytest

from tests.conftest import served

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/rules/",
    "/rules/issuer/",
    "/rules/type/normative/",
    "/rules/shifu-2023-12/",
    "/rules/minzheng-2024-2/",
    "/rules/minzheng-2023-6/",
    "/rules/zhujian-2025-2/",
    "/rules/zhujian-2025-18/",
    "/rules/shifu-2019-8/",
    "/rules/jiaoyu-2025-19/",
    "/fields/",
    "/fields/social_assistance/",
    "/fields/poverty_alleviation/",
    "/cards/",
    "/cards/minzheng-dibao/",
    "/cards/audience/elderly/",
    "/explainers/",
    "/explainers/zhujian-laojiu-tujie/",
    "/explainers/minzheng-dibao-2024-wenzi/",
    "/zfxxgk/",
    "/zfxxgk/zc/",
    "/zfxxgk/fdzdgknr/",
    "/zfxxgk/zn/",
    "/zfxxgk/zd/",
    "/zfxxgk/nb/2025/",
    "/organs/liushu/zfxxgk/ysqgk/",
    "/about/",
    "/organs/",
    "/organs/shifu/",
    "/search/",
    "/sitemap/",
    "/nothing-here/",
)
WIDTHS = (320, 390, 768, 1280)


@pytest.fixture(scope="module")
def address(sample):
    with served(sample) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_without_a_refusal_or_an_error_and_never_scrolls_sideways(page, address, path):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    expected = [] if path != "/nothing-here/" else ["404"]
    assert [line for line in said if not any(word in line for word in expected)] == []
    assert all(url.startswith((address, "data:")) for url in asked), asked


def test_without_javascript_every_page_is_the_same(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in PAGES[:-1]:
        page.goto(address + path)
        assert page.locator("main h1").count() == 1
        assert page.locator("footer").inner_text()
    context.close()


def test_a_keyboard_leads_from_home_to_a_document_and_to_one_of_its_chapters(page, address):
    page.goto(address + "/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    page.keyboard.press("Enter")
    page.locator("a.card-title", has_text="生活垃圾分类管理办法》的决定").or_(
        page.locator("a.card-title")
    ).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/rules/*/")
    page.goto(address + "/rules/shifu-2023-12/")
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator(".contents summary").focus()
    page.keyboard.press("Enter")
    chapter = page.locator(".contents a", has_text="监督管理")
    chapter.wait_for()
    chapter.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/rules/shifu-2023-12/#ch-4")
    box = page.locator("#ch-4").bounding_box()
    assert box is not None
    assert -5 <= box["y"] <= 800


def test_the_focus_is_always_visible(page, address):
    page.goto(address + "/rules/shifu-2023-12/")
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, s.boxShadow, document.activeElement.tagName] }"
        )
        assert style[0] != "none" or style[1] != "none", style


def test_the_search_box_leads_to_the_lists(page, address):
    page.goto(address + "/")
    page.fill("#q", "低保")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator("main a", has_text="行政规范性文件").count() == 1
    assert page.locator("main a", has_text="示例市民政局").count() >= 1


def test_a_word_or_an_article_is_found_in_a_document(page, address):
    page.goto(address + "/rules/shifu-2023-12/")
    page.fill("#find", "分类投放")
    page.locator(".find-in button").click()
    count = page.locator(".law mark").count()
    assert count > 1
    assert page.locator(".find-in [role=status]").inner_text().startswith(f"第 1 处，共 {count} 处")
    page.keyboard.press("Enter")
    assert "第 2 处" in page.locator(".find-in [role=status]").inner_text()
    page.fill("#find", "没有这个词")
    page.locator(".find-in button").click()
    assert page.locator(".find-in [role=status]").inner_text() == "本文中没有"
    assert page.locator(".law mark").count() == 0
    for spelling in ("第十八条之一", "第18条之1"):
        page.fill("#find", spelling)
        page.locator(".find-in button").click()
        assert page.url.endswith("#art-18-1")


@pytest.mark.parametrize("spelling", ["第38条", "第三十八条", "第 38 条", "38"])
def test_an_article_in_the_address_in_any_spelling_leads_there(page, address, spelling):
    page.goto(f"{address}/rules/shifu-2023-12/#{spelling}")
    page.wait_for_url("**/#art-38")


def test_an_attachment_downloads_whole(page, address):
    page.goto(address + "/rules/minzheng-2024-2/")
    with page.expect_download() as waiting:
        page.locator(".files a").first.click()
    assert waiting.value.suggested_filename.endswith(".docx")


def test_on_a_desktop_the_contents_stand_open_beside_the_text(page, address):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + "/rules/shifu-2023-12/")
    contents, text = page.locator(".contents").bounding_box(), page.locator(".law").bounding_box()
    assert contents["x"] + contents["width"] <= text["x"]
    assert page.locator(".contents a").first.is_visible()


def test_on_a_phone_tables_of_an_organ_become_readable_records(page, address):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address + "/organs/shifu/")
    row = page.locator("table.stack tbody tr").first
    first, second = row.locator("th").bounding_box(), row.locator("td").first.bounding_box()
    assert second["y"] >= first["y"] + first["height"] - 1


def test_text_of_a_law_is_set_to_be_read(page, address):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + "/rules/shifu-2023-12/")
    size, line, width = page.evaluate(
        "() => { const p = document.querySelector('.law p.article'); const s = getComputedStyle(p);"
        " return [parseFloat(s.fontSize), parseFloat(s.lineHeight), p.getBoundingClientRect().width] }"
    )
    assert size >= 17
    assert line / size >= 1.75
    assert 30 <= width / size <= 42
