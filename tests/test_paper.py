"""Printed pages, read back from the PDF that a real Chromium makes: the foot of every sheet, and how it lies."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from tests.conftest import DAY, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def printed(browser, sample):
    """Prints a page of the sample city as its style sheet asks: the text of each sheet, and its size in points."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.clock.set_fixed_time(DAY)
    with served(sample) as address:

        def print_of(path):
            page.goto(address + path)
            sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
            return ["".join(one.get_textpage().get_text_range().split()) for one in sheets], sheets[0].get_size()

        yield print_of
    context.close()


def test_every_sheet_of_a_document_names_it_its_state_the_day_and_its_address(printed):
    sheets, (width, height) = printed("/rules/minzheng-2024-2/")
    assert len(sheets) > 3
    assert width < height
    for number, text in enumerate(sheets, start=1):
        foot = text[text.rindex("示例市民政局关于印发《示例市最低生活保障审核确认实施细则》的通知") :]
        assert re.search(r"通知现行有效截至2026年11月20日https://www\.shili\.example/rules/minzheng-2024-2/", foot)
        assert f"{number}/{len(sheets)}" in text


@pytest.mark.parametrize(
    "path", ["/fields/compulsory_education/", "/rules/shifu-2022-1/compare/2022-05-01..2025-01-01/"]
)
def test_a_table_lies_on_its_side_with_its_header_on_every_sheet_that_it_reaches(printed, path):
    sheets, (width, height) = printed(path)
    assert width > height
    begun = [number for number, text in enumerate(sheets) if "公开依据公开" in text or "变动旧条文新条文" in text]
    assert len(begun) >= 4
    assert begun == list(range(begun[0], begun[-1] + 1))
    assert all(f"https://www.shili.example{path}" in text for text in sheets)


def test_what_a_phone_keeps_behind_a_line_is_on_paper(printed):
    sheets, _ = printed("/rules/minzheng-2024-2/")
    assert "索引号" in sheets[0]
    assert "公开属性" in sheets[0]
    assert "更多文件信息" not in sheets[0]
