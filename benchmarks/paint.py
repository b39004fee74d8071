"""A built site → when its first text is seen on a slow phone: first contentful paint in throttled Chromium.

    python benchmarks/paint.py SITE [ADDRESS …]

Serves the site with gzip on this machine; Chromium gets 400 kbit/s, 150 ms to the server, a processor four times slower
and an empty cache. Prints for each address the median of five, the slowest, the bytes and the layout shift.
"""

from __future__ import annotations

import os
import statistics
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.conftest import served
from tests.production import Zipped

RUNS = 5
PAGES = ("/", "/fields/compulsory_education/", "/rules/minzheng-2024-2/", "/cards/minzheng-dibao/")
"""Home, field, rule and card of the sample city."""

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}

SEEN = """() => new Promise((done) => {
  const shift = performance.getEntriesByType('layout-shift');
  new PerformanceObserver((list) => shift.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done([
    performance.getEntriesByName('first-contentful-paint')[0].startTime,
    shift.reduce((sum, one) => sum + one.value, 0),
    [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
      .reduce((sum, one) => sum + one.encodedBodySize, 0),
  ]), 300);
})"""


def painted(browser: Any, address: str) -> tuple[float, float, int]:
    """Milliseconds to the first contentful paint, layout shift and bytes of one visit with an empty cache."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="load", timeout=60_000)
    paint, shift, size = page.evaluate(SEEN)
    context.close()
    return paint, shift, size


def main(site: Path, addresses: tuple[str, ...]) -> None:
    """Prints a row for each address."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, served(site, Zipped) as server:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("GONGKAI_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        painted(browser, f"{server}/")
        for address in addresses:
            runs = [painted(browser, f"{server}{address}") for _ in range(RUNS)]
            times, shifts, sizes = zip(*runs, strict=True)
            print(
                f"{address}  {statistics.median(times):.0f} ms  slowest {max(times):.0f} ms"
                f"  {max(sizes) / 1024:.1f} KB  shift {max(shifts):.4f}"
            )
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(sys.argv[2:]) or PAGES)
