"""What a reader keeps on this device: a page is kept with one press, listed, opened and dropped again."""

from __future__ import annotations

import pytest

from tests.conftest import served

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("links", ["folder", "file"])
def test_a_page_that_is_kept_is_on_the_list_until_it_is_dropped(site, browser, links):
    site.set(f"links: {links}\n" if links == "file" else "").rule("r-1", title="甲办法").build("--no-search")
    end = "index.html" if links == "file" else ""
    with served(site.root / "site") as address:
        page = browser.new_page()
        page.goto(f"{address}/favourites/{end}")
        assert page.locator("[data-none]").is_visible()
        page.goto(f"{address}/rules/r-1/{end}")
        page.locator(".tools summary").click()
        page.locator("[data-act=keep]").click()
        page.goto(f"{address}/favourites/{end}")
        assert page.locator("[data-none]").is_hidden()
        page.get_by_role("link", name="甲办法").click()
        assert page.locator("h1").text_content() == "甲办法"
        page.go_back()
        page.get_by_role("button", name="甲办法").click()
        assert page.locator("[data-favourites] li").count() == 0
        page.reload()
        assert page.locator("[data-none]").is_visible()
        page.close()
