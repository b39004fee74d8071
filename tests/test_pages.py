"""Every page of the sample city: whole, tagged, linked, and free of what a strict server would refuse."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from tests.pages import dead_links, reachable, read_site


@pytest.fixture(scope="module")
def pages(sample):
    return read_site(sample)


def test_no_page_has_a_fault_of_structure_or_an_inline_script_or_style(pages):
    assert {path: page.faults for path, page in pages.items() if page.faults} == {}


def test_every_link_leads_to_a_file_and_every_anchor_to_an_id(sample, pages):
    assert dead_links(sample, pages) == []


def test_every_page_is_reached_from_the_home_page(pages):
    apart = {"404.html"} | {path for path, page in pages.items() if page.metas.get("robots") == "noindex"}
    withdrawn = {path for path, page in pages.items() if "内容已撤下" in page.said("notice")}
    assert set(pages) - reachable(pages) <= apart | withdrawn


def test_every_page_carries_the_site_tags_of_the_development_guide(pages):
    for path, page in pages.items():
        assert page.metas["SiteName"] == "示例市人民政府", path
        assert page.metas["SiteDomain"], path
        assert re.fullmatch(r"\d{10}", page.metas["SiteIDCode"]), path


def test_lists_carry_column_tags_and_documents_carry_article_tags(pages):
    for path in ("index.html", "rules/index.html", "organs/index.html", "sitemap/index.html"):
        for name in ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"):
            assert pages[path].metas[name], (path, name)
    page = pages["rules/shifu-2023-12/index.html"]
    assert page.metas["ArticleTitle"] == "示例市生活垃圾分类管理办法"
    assert page.metas["PubDate"] == "2023-05-22 10:00"
    assert page.metas["ContentSource"] == "示例市人民政府"
    assert page.metas["ColumnType"] == "政策文件"


def test_every_footer_has_what_a_government_site_must_show(pages):
    for path, page in pages.items():
        foot = page.said("site-footer")
        for words in (
            "主办单位：",
            "联系方式：",
            "网站标识码：",
            "ICP备案编号：",
            "公网安备",
            "党政机关",
            "找错",
            "站点地图",
        ):
            assert words in foot, (path, words)


def test_no_page_asks_a_third_party_for_anything(sample):
    for file in sample.rglob("*.html"):
        text = file.read_text("utf-8")
        for tag in re.findall(r"<(?:script|img|iframe|link|source|video|audio|object|embed)\b[^>]*>", text):
            if 'rel="canonical"' not in tag:
                assert not re.search(r"(?:src|href|data|srcset)=\"(?:https?:|//)", tag), (file, tag)
    for file in sample.rglob("*.css"):
        assert "url(" not in file.read_text("utf-8")


def test_the_sitemap_names_every_page_once_with_its_full_address(sample, pages):
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = [e.text for e in ElementTree.parse(sample / "sitemap.xml").iterfind(".//s:loc", space)]
    assert len(found) == len(set(found))
    expected = {f"https://www.shili.example/{path.removesuffix('index.html')}" for path in pages if path != "404.html"}
    assert set(found) == expected
    assert "Sitemap: https://www.shili.example/sitemap.xml" in (sample / "robots.txt").read_text("utf-8")


def test_the_page_for_what_is_not_there_works_at_any_depth(pages):
    inner = [link for link in pages["404.html"].links if not re.match("#|[a-z]+:", link)]
    assert inner
    assert all(link.startswith("/") for link in inner)


def test_under_a_path_the_page_for_what_is_not_there_leads_back_to_that_path(site):
    site.build("--base-url", "https://portal.example/shifu")
    text = (site.root / "site/404.html").read_text("utf-8")
    assert 'class="site-name" href="/shifu/"' in text
    assert 'rel="stylesheet" href="/shifu/assets/style.' in text


def test_iis_is_told_the_file_types_the_page_for_what_is_not_there_and_the_policies(sample):
    from gongkai.exports.policy import POLICY, SEARCH_POLICY

    config = ElementTree.parse(sample / "web.config")
    types = {entry.get("fileExtension") for entry in config.iter("mimeMap")}
    used = {path.suffix for path in sample.rglob("*") if path.is_file()} - {
        ".config",
        ".png",
        ".jpg",
        ".docx",
        ".xlsx",
        ".xml",
    }
    assert used <= types
    assert config.find(".//error").get("path") == "404.html"
    policies = [entry.get("value") for entry in config.iter("add") if entry.get("name") == "Content-Security-Policy"]
    assert policies == [POLICY, SEARCH_POLICY]


def test_the_manifest_lists_every_file_with_its_hash(sample):
    from hashlib import sha256

    rows = dict(reversed(line.split("  ", 1)) for line in (sample / "manifest.sha256").read_text("utf-8").splitlines())
    files = {
        f.relative_to(sample).as_posix(): f for f in sample.rglob("*") if f.is_file() and f.name != "manifest.sha256"
    }
    assert rows == {path: sha256(file.read_bytes()).hexdigest() for path, file in files.items()}


def test_organs_and_issuers_stand_in_the_order_of_their_pinyin(site):
    names = {"weijian": "卫生健康委员会", "anjian": "安全生产监督局", "chongqing": "重庆路街道", "caizheng": "财政局"}
    for id, name in names.items():
        site.write(
            f"-- content/{id}/organ.yaml --\nname: {name}\nkind: department\nlevel: city\n"
            "disclosure: proactive\npublished: 2024-01-01\n"
        )
    site.build()
    text = site.page("organs")
    order = [text.index(name) for name in ("安全生产监督局", "财政局", "重庆路街道", "卫生健康委员会")]
    assert order == sorted(order)


def test_links_written_out_to_files_work_from_a_disk(site):
    site.write("-- catalog.yaml --\n" + (site.root / "catalog.yaml").read_text("utf-8") + "links: file\n")
    site.rule("a").build()
    pages = read_site(site.root / "site")
    assert dead_links(site.root / "site", pages) == []
    for path, page in pages.items():
        inner = [link for link in page.links if ":" not in link and not link.startswith("#")]
        assert path == "404.html" or all(not link.endswith("/") for link in inner), path


def test_without_a_public_root_there_is_no_sitemap_and_the_build_says_so(site):
    settings = (site.root / "catalog.yaml").read_text("utf-8")
    site.write("-- catalog.yaml --\n" + re.sub(r"base_url.*\n", "", settings))
    said = site.build().err
    assert "base_url" in said
    assert not (site.root / "site/sitemap.xml").exists()
    assert "Sitemap:" not in (site.root / "site/robots.txt").read_text("utf-8")
    given = site.build("--base-url", "https://elsewhere.example/sub")
    assert "base_url" not in given.err
    assert "https://elsewhere.example/sub/rules/" in (site.root / "site/sitemap.xml").read_text("utf-8")


def test_an_old_address_leads_to_the_new_one_on_any_server(site):
    site.rule("a", aliases="[old-a, /zwgk/2019/a/]").build()
    for path in ("rules/old-a", "zwgk/2019/a"):
        text = site.page(path)
        assert re.search(r'http-equiv="refresh" content="0; url=[./]+rules/a/"|url=\.\./a/', text), path


def test_a_list_is_cut_into_pages_that_lead_to_one_another(site):
    site.write("-- catalog.yaml --\n" + (site.root / "catalog.yaml").read_text("utf-8") + "page_size: 3\n")
    for n in range(10):
        site.rule(f"r-{n}", published=f"2024-01-{n + 1:02}")
    site.build()
    assert "文件r-9" in site.page("rules")
    assert "文件r-6" not in site.page("rules")
    assert "文件r-0" in site.page("rules/page/4")
    assert "第4页" in site.page("rules/page/4")
    pages = read_site(site.root / "site")
    assert {f"rules/r-{n}/index.html" for n in range(10)} <= reachable(pages)


def test_what_is_missing_is_shown_as_missing(site):
    site.write(
        "-- content/shifu/rules/bare.md --\n---\ntitle: 外来文件\ntype: other\nissuers: []\n---\n\n正文。\n"
    ).build()
    text = "".join(site.page("rules/bare").split())
    assert text.count('<spanclass="missing">未注明</span>') == 5
    assert "施行日期未注明" in text
    assert "外来文件" in site.page("rules/year/undated")
    assert "外来文件" in site.page("rules/issuer/unknown")
