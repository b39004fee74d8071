"""A document that says its own name cites nothing, whichever of its texts says it."""

from __future__ import annotations


def test_an_earlier_text_that_says_its_name_is_none_of_those_that_cite_the_present_one(site):
    front = {"title": "测试市甲办法", "type": "local_regulation", "issuers": "[别处的机关]", "doc_no": None}
    text = "第一条　《测试市甲办法》第二条的规定，适用于本市。\n\n第二条　甲。\n"
    site.rule("old", text, **front)
    site.rule("new", text, **front | {"effective": "2026-01-01", "replaces": "[old]"})
    site.build("--no-search")
    assert "哪些文件引用了它" not in site.page("rules/new")
    site.rule("other", "第一条　依照《测试市甲办法》第二条办理。\n", title="测试市乙办法").build("--no-search")
    assert "本站有 1 份文件引用了这份文件" in site.page("rules/new")


def test_the_number_of_another_document_of_the_same_name_still_leads_to_it(site):
    site.rule("old", title="测试市甲办法", doc_no="测政规〔2020〕1号", effective="2024-02-01")
    ends = "第一条　《测试市甲办法》（测政规〔2020〕1号）同时废止。\n"
    site.rule("new", ends, title="测试市甲办法", doc_no="测政规〔2024〕2号", effective="2025-02-01", repeals="[old]")
    site.build("--no-search")
    assert "本站有 1 份文件引用了这份文件" in site.page("rules/old")
