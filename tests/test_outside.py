"""A link that leaves the site says so, wherever it was written; one that stays does not."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import SETTINGS, SmallSite

OUT = "https://kjt.sheng.example/"
OWN = "https://www.test.example/fuwu/"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A site that leads elsewhere from texts, from fields and from its foot, in two languages."""
    site = SmallSite(tmp_path_factory.mktemp("outside")).write(SETTINGS).set("languages: [zh-CN, en]\n")
    file = site.root / "catalog.yaml"
    file.write_text(file.read_text("utf-8").replace("conac: {", f"conac: {{url: '{OUT}', "), "utf-8")
    text = f"见[省厅]({OUT})、[政务服务]({OWN})和[别的文件](a-2.md)，写信到[信箱](mailto:a@test.example)。"
    site.rule("a-1", f"第一条　{text}\n").rule("a-2")
    keys = "disclosure: proactive\npublished: 2024-01-02\n"
    site.write(
        "-- content/shifu/explainers/b-1.md --\n---\ntitle: 解读\nexplains: [a-1]\nformat: questions\n"
        f"interpreter: shifu\n{keys}---\n\n见[省厅]({OUT})。\n"
    )
    site.write(
        "-- content/shifu/request.md --\n---\ntitle: 申请\nunit_name: 办公室\naddress: 甲路\noffice_hours: 上午\n"
        f"channels: [{{name: 省里, detail: 网上, url: '{OUT}'}}, {{name: 市里, detail: 网上, url: '{OWN}'}}]\n"
        f"phone: 0000-00000001\n{keys}---\n\n正文。\n"
    )
    site.write(f"-- content/shifu/column.yaml --\n{keys}groups: [{{group: recruitment, items: ['{OUT}', '{OWN}']}}]\n")
    site.write(
        "-- content/shifu/standards/compulsory_education.yaml --\n"
        f"{keys}subjects: [shifu]\nbases: [《丙》]\ntime_limit: 及时公开\nchannels: {{gov_site: required}}\nrows:\n"
        "  - {id: r-1, item_l1: 甲, elements: [乙], audience_all: true, mode_proactive: true,\n"
        f"     published_as: ['{OUT}', '{OWN}', 'rule:a-1']}}\n"
    )
    site.build("--no-search")
    return site


def marked(html, word="站外链接"):
    """Every link of the main part and of the foot: where it leads, and whether it says that it leaves."""
    found = {}
    for node in LexborHTMLParser(html).css("main a[href], footer a[href]"):
        tags = [tag.text() for tag in node.css(".tag")]
        found.setdefault(node.attributes["href"], []).append(word in tags)
    return found


PAGES = ("rules/a-1", "explainers/b-1", "zfxxgk/ysqgk", "zfxxgk/fdzdgknr", "fields/compulsory_education")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_that_leaves_is_marked_and_no_other(made, page):
    for below, word in (("", "站外链接"), ("en/", "External site")):
        for address, said in marked(made.page(below + page), word).items():
            assert set(said) == {address == OUT}, address
        assert len(marked(made.page(below + page), word)[OUT]) >= 2, "the one of the page and the one of the foot"


def test_a_link_that_leaves_tells_the_other_site_nothing(made):
    for page in PAGES:
        for link in re.findall(rf'<a href="{OUT}"[^>]*>', made.page(page)):
            assert 'rel="external noopener"' in link


def test_a_text_that_is_downloaded_is_the_text_that_was_typed(made):
    for suffix in ("txt", "md"):
        assert "站外链接" not in (made.root / f"site/rules/a-1/a-1.{suffix}").read_text("utf-8")


def test_the_host_is_what_counts_and_not_how_it_is_written(site):
    hosts = ("https://WWW.TEST.example/a", "http://www.test.example:8080/", "https://test.example/", "https://[a")
    site.rule("a-1", "第一条　" + "".join(f"[甲]({url})" for url in hosts) + "\n").build("--no-search")
    said = [("站外链接" in link) for link in re.findall(r"<a href=\"http[^\"]*\" rel.*?</a>", site.page("rules/a-1"))]
    assert said[:3] == [False, False, True]
