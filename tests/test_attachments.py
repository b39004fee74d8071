"""Attachments: each is shown once, with its type and size, whatever kind of page names it."""

from __future__ import annotations

import re

import pytest

from tests.conftest import CHECKOUT


def rows(page: str) -> list[tuple[str, str]]:
    """The attachments that a page lists: name, then type and size."""
    listed = re.search(r'<ul class="files">(.*?)</ul>', page, re.DOTALL)
    return re.findall(r"download>(.*?)</a> <span[^>]*>(.*?)</span>", listed[1]) if listed else []


def test_a_document_lists_what_it_names_and_what_its_text_links_to_each_once_with_type_and_size(site):
    site.write("-- content/shifu/rules/files/申请表.docx --\n" + "字" * 500 + "\n")
    site.write("-- content/shifu/rules/files/名单.csv --\n甲\n-- content/shifu/rules/files/图.png --\nPNG\n")
    body = "第一条　见[名单](files/名单.csv)和[申请表](files/申请表.docx)。\n\n![流程](files/图.png)\n"
    site.rule("r-1", body, files="[{file: files/申请表.docx, title: 补贴申请表}]").build()
    assert rows(site.page("rules/r-1")) == [("补贴申请表", "DOCX，1.5 KB"), ("名单.csv", "CSV，4 B")]
    assert (site.root / "site/rules/r-1/files/图.png").is_file()


def test_a_document_without_attachments_has_no_heading_for_them(site):
    site.rule("r-1").build()
    assert 'id="files"' not in site.page("rules/r-1")


@pytest.mark.parametrize("name", ["rule", "card", "organ", "explainer", "column_text"])
def test_every_page_that_has_attachments_shows_them_through_the_one_template(name):
    text = (CHECKOUT / f"themes/default/templates/{name}.html").read_text("utf-8")
    assert text.count('{% include "files.html" %}') == 1
    assert "words.files" not in text
