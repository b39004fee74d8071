"""The sample city → the pictures of README and manual, each a desktop and a phone side by side.

python docs/pictures.py
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.conftest import CHECKOUT, DAY, SmallSite, served  # noqa: E402

PICTURES = {
    "home": ("/", "/cards/minzheng-dibao/"),
    "rule": ("/rules/shifu-2023-12/", "/rules/shifu-2023-12/#art-18-1"),
    "search": ("/search/?q=低保", "/search/?q=低保"),
}
"""Name → what the desktop shows, and the phone."""


def main() -> None:
    """Builds the city and takes the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        done = SmallSite(CHECKOUT).run("build", "--date", DAY, "--site", f"{folder}/site")
        assert done.code == 0, done.err
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        with served(Path(folder, "site")) as address:
            for name, (desktop, phone) in PICTURES.items():
                wide, narrow = shot(browser, address + desktop, 1280), shot(browser, address + phone, 390)
                both = Image.new("RGB", (1750, 980), "#dfe3e8")
                both.paste(wide, (20, 40))
                both.paste(narrow, (1340, 40))
                small = both.resize((1400, 784), Image.Resampling.LANCZOS)
                # The rare green of 现行有效 is lost among 256 colours that are chosen by how often they occur.
                small.quantize(256, Image.Quantize.MAXCOVERAGE).save(HERE / f"images/{name}.png", optimize=True)
        browser.close()


def shot(browser: Browser, address: str, width: int) -> Image.Image:
    """What a window of that width shows first."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.clock.set_fixed_time(DAY)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return picture


if __name__ == "__main__":
    main()
