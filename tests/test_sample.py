"""The sample city shows what rules can do: each line is a feature, the page that shows it, and words that prove it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.exports import pdf
from tests.conftest import CHECKOUT, DAY, SmallSite, lack, served


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Path:
    """The sample city as its settings ask, with Word and PDF."""
    if not pdf.is_ready():
        lack("no font for Chinese: no PDF can be made here")
    target = tmp_path_factory.mktemp("city") / "site"
    done = SmallSite(CHECKOUT).run("build", "--date", DAY, "--no-search", "--site", str(target))
    assert done.code == 0, done.err
    return target


def words(city: Path, address: str) -> str:
    """What a page says, in one line without blanks."""
    body = LexborHTMLParser((city / address / "index.html").read_text("utf-8")).body
    assert body is not None
    return "".join(body.text().split())


SHOWN = {
    "not yet in force": ("rules/shifu-2026-6", ["自2027年1月1日起施行"]),
    "in force, amended": ("rules/shifu-2023-12", ["被下列文件修改", "令第15号"]),
    "expired by its term": ("rules/minzheng-2021-4", ["失效", "有效期至2026年"]),
    "expired because it was not amended in time": ("rules/zhujian-2022-9", ["失效", "2026年6月30日"]),
    "repealed, with a banner that leads to the document that did it": (
        "rules/shifu-2020-4",
        ["因《示例市人民政府关于废止和修改部分行政规范性文件的决定》，自2026年9月25日起废止"],
    ),
    "suspended": ("rules/weijian-2022-4", ["暂停执行"]),
    "term extended by another document": ("rules/renshe-2021-8", ["2028年10月31日"]),
    "term worked out by a policy": ("rules/weijian-2022-4", ["文件没有写有效期，按照《示例省行政规范性文件管理规定》"]),
    "replaced by a newer text": ("rules/zhujian-2022-5", ["自2025年5月1日起有新的文本"]),
    "what lapses soon": ("rules/expiring", ["30天以内", "90天以内", "180天以内", "还有"]),
    "转发: wrapper and original with numbers and dates": (
        "rules/shifu-2026-22",
        ["转发的文件和原件", "示政办发〔2026〕22号", "示省政办发〔2026〕31号", "2026年10月12日", "2026年9月14日"],
    ),
    "the three lists of a review": ("reviews/shifu-2026", ["继续有效的文件", "要修改的文件", "废止的文件"]),
    "a missed deadline in a review": ("reviews/zhujian-2025", ["宣布失效的文件", "示例市住宅装饰装修押金管理规定"]),
    "timeline, and what held on a day": ("rules/shifu-2022-1", ["各时期的文本", "查哪一天适用的文本"]),
    "an earlier text": ("rules/shifu-2022-1/v/2022-05-01", ["第八条", "办理登记第一年缴纳管理服务费三百元"]),
    "comparison of articles": (
        "rules/shifu-2022-1/compare/2022-05-01..2025-01-01",
        ["旧条文", "新条文", "删去的文字", "新增的文字", "只看有变动的条文"],
    ),
    "comparison of two documents": (
        "rules/zhujian-2025-2/compare/zhujian-2022-5..2025-05-01",
        ["公示不少于", "城镇老旧小区改造"],
    ),
    "corrected and interpreted by others": ("rules/minzheng-2024-2", ["被下列文件解释", "被下列文件更正"]),
    "编 above 章": ("rules/shifu-2025-40", ["第一编　主动公开第一章　形成与审查", "第二编　依申请公开"]),
    "an article put in between": ("rules/shifu-2023-12", ["第十八条之一"]),
    "quoted amendments are no articles": ("rules/shifu-2025-15", ["作为第十八条之一：“具备条件的住宅小区"]),
    "who cites it, by article": ("rules/minzheng-2024-2", ["哪些文件引用了它", "第九条示例市特困人员救助供养"]),
    "most cited, and cited but missing": ("rules/cited", ["引用最多的文件", "被引用而本站没有的"]),
    "a card that fell behind its rule": (
        "cards/shifu-yangquan-dengji",
        ["第八条自2025年1月1日起已经修改", "看哪里改了"],
    ),
    "an interpretation of an earlier text": ("explainers/shifu-yangquan-2022", ["2022年5月1日", "已经修改"]),
    "规章: 题注 built from the data": (
        "rules/shifu-2023-12",
        ["（2023年5月18日示例市人民政府令第12号公布", "修改后的文本自2025年11月1日起施行）"],
    ),
}


@pytest.mark.parametrize("line", SHOWN)
def test_the_sample_city_shows(city, line):
    address, wanted = SHOWN[line]
    said = words(city, address)
    assert [text for text in wanted if "".join(text.split()) not in said] == []


def test_the_page_of_a_normative_document_of_the_city_offers_word_and_pdf_with_type_and_size(city):
    page = (city / "rules/jiaoyu-2026-1/index.html").read_text("utf-8")
    for suffix, name, kind in (("docx", "Word 文档", "DOCX，"), ("pdf", "PDF", "")):
        size = (city / f"rules/jiaoyu-2026-1/jiaoyu-2026-1.{suffix}").stat().st_size
        assert re.search(rf">{name}</a> <span[^>]*>{kind}{size / 1024:.1f} KB<", page)
    assert not list(city.glob("rules/shifu-2022-1/*.pdf")), "a 规章 is no normative document"
    assert not list(city.glob("rules/sheng-2026-31/*.pdf")), "what another organ issued"


def test_a_note_that_only_one_of_two_texts_carries_is_no_change(city):
    table = words(city, "rules/shifu-2022-1/compare/2023-05-01..2025-01-01")
    assert "题注" not in table
    assert "2022年3月2日" not in table.partition("旧条文新条文")[2]


def test_links_of_any_spelling_of_an_article_lead_there_in_the_sample_city(city, page):
    with served(city) as base:
        for spelling in ("第18条之一", "第十八条之一"):
            page.goto(f"{base}/rules/shifu-2023-12/#{spelling}")
            page.wait_for_function("location.hash === '#art-18-1'")
            top = page.evaluate("document.getElementById('art-18-1').getBoundingClientRect().top")
            assert 0 <= top < 300
