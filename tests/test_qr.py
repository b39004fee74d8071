"""The QR code on paper leads to the page that was printed."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from zxingcpp import read_barcode

from gongkai.render.qr import drawn
from tests.conftest import served


@pytest.mark.browser
def test_the_code_on_paper_leads_to_the_page(site, browser):
    site.rule("a-1").build("--no-search", "--base-url", "https://www.shifu.test.example/")
    paper = browser.new_context(device_scale_factor=3).new_page()
    with served(site.root / "site") as address:
        paper.goto(f"{address}/rules/a-1/")
        paper.emulate_media(media="print")
        picture = paper.locator(".paper svg").screenshot()
    paper.context.close()
    assert read_barcode(Image.open(io.BytesIO(picture))).text == "https://www.shifu.test.example/rules/a-1/"


@pytest.mark.parametrize("length", [1, 50, 200, 1000])
def test_an_address_of_any_length_has_a_code(length):
    assert drawn("https://www.test.example/" + "a" * length).startswith("<svg ")
