"""What a page weighs and that nothing on it jumps while it loads over a slow line."""

from __future__ import annotations

import pytest

from tests.budgets import RULE, heavy
from tests.conftest import served


def test_every_page_of_the_sample_city_stays_within_its_budget(sample):
    assert list(heavy(sample)) == []


def test_a_page_over_its_budget_is_told(tmp_path):
    page = tmp_path / "rules/long/index.html"
    page.parent.mkdir(parents=True)
    # Hardly anything of a sequence of hashes can be packed.
    from hashlib import sha256

    page.write_text("".join(sha256(b"%d" % n).hexdigest() for n in range(2000)), "utf-8")
    (said,) = heavy(tmp_path)
    assert said.startswith("rules/long/index.html: document ")
    assert said.endswith(f"> {RULE}")


SHIFT = """() => new Promise((done) => {
  const seen = [];
  new PerformanceObserver((list) => seen.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(seen.map(({ value, sources }) => [value, ...sources.map(({ node }) => node?.outerHTML)])), 200);
})"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_while_a_page_loads_over_a_slow_line(browser, sample, width):
    with served(sample) as address:
        for path in ("", "fields/compulsory_education/", "rules/minzheng-2024-2/", "cards/minzheng-dibao/"):
            context = browser.new_context(viewport={"width": width, "height": 844})
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Network.enable")
            slow = {"offline": False, "latency": 20, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
            session.send("Network.emulateNetworkConditions", slow)
            page.goto(f"{address}/{path}")
            assert page.evaluate(SHIFT) == [], path
            context.close()
