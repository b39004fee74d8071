"""Pages in 繁體 and with an English interface: what is converted, what is marked, and what stays as it is."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.read.yaml import parse
from gongkai.render.filters import VOCABULARIES
from gongkai.render.foreign import marked
from gongkai.render.languages import spoken, traditional
from tests.conftest import CHECKOUT, SETTINGS, SmallSite, served
from tests.test_access import MODES, look

HAN = re.compile("[\u3400-\u9fff]")
LAW = "第一条　征收土地，应当公告，复议期间不停止执行（见 GB/T 1234）。\n\n第二条　里程按公里计算，，余额返还。\n"


def written(folder) -> SmallSite:
    site = SmallSite(folder).write(SETTINGS)
    site.rule("a", LAW, summary="征收、补偿", title="测试市土地征收办法", keywords="[征收]")
    site.rule(
        "b", "第一条　废止《测试市土地征收办法》第二条。\n", amends="[a]", aliases="[old-b]", effective="2025-02-01"
    )
    return site.write(
        "-- content/shifu/cards/tudi.md --\n---\ntitle: 征地补偿\ndisclosure: proactive\npublished: 2024-03-01\n"
        "side: people\nlevel: city\naudiences: [farmer]\nmain_content: 补偿征收的土地\nscope: [被征地的农户]\n"
        "standard: [{item: 每亩, amount: 1000元}]\nprocedure: [{step: 申请}]\n"
        "channel: [{name: 窗口, phone: 0000-00000001}]\n"
        "sources: [{rule: a}]\n---\n"
    )


@pytest.fixture(scope="module")
def three(tmp_path_factory) -> SmallSite:
    """A small site in three languages."""
    site = written(tmp_path_factory.mktemp("three")).set("languages: [zh-CN, zh-Hant, en]\n")
    site.build()
    return site


def words(name: str) -> dict[str, str]:
    data, problems = parse((CHECKOUT / "themes/default" / name).read_text("utf-8"), name)
    assert problems == []
    return {key: entry.value.text for key, entry in data.entries.items()}


def pages(site: SmallSite) -> dict[str, str]:
    return {path: data.decode() for path, data in site.bytes().items() if path.endswith("index.html")}


def test_english_has_every_word_and_every_vocabulary_with_the_same_blanks_and_no_chinese():
    main, english = words("words.yaml"), words("words.en.yaml")
    vocabularies = {f"{name}.{value.value}" for name, values in VOCABULARIES.items() for value in values}
    assert english.keys() == main.keys() | vocabularies
    assert [key for key, word in english.items() if re.search("[\u3000-\u9fff\uff00-\uffef]", word)] == []
    blank = re.compile(r"\{(\w+)")
    assert {k for k, word in main.items() if {*blank.findall(word)} != {*blank.findall(english[k])}} == set()


def test_further_languages_change_nothing_of_the_pages_at_the_top_but_the_way_to_them(three, tmp_path):
    single = written(tmp_path)
    single.build()
    added = re.compile(r'<link rel="alternate" hreflang[^>]*>\n|<nav class="languages".*?</nav>\n', re.DOTALL)
    mine, theirs = single.bytes(), three.bytes()
    assert "hreflang" not in "".join(pages(single).values())
    for path, data in mine.items():
        if path.endswith("index.html"):
            assert added.sub("", theirs[path].decode()).encode() == data, path
        elif path not in ("sitemap.xml", "web.config", "manifest.sha256"):
            assert theirs[path] == data, path


def test_every_page_is_there_in_every_language_and_every_file_once(three):
    found = three.bytes()
    main = {path for path in pages(three) if not path.startswith(("en/", "zh-Hant/"))}
    assert len(main) > 25
    for language in ("en", "zh-Hant"):
        below = {path.removeprefix(f"{language}/") for path in found if path.startswith(f"{language}/")}
        assert below == main


def test_every_link_of_every_language_leads_somewhere(three):
    found = three.bytes()
    for path, text in pages(three).items():
        for node in LexborHTMLParser(text).css("[href], [src]"):
            link = node.attributes.get("href") or node.attributes.get("src") or ""
            if not re.match("[a-z]+:", link) and not link.startswith("#"):
                target = (three.root / "site" / path).parent / link.partition("#")[0].partition("?")[0]
                name = target.resolve().relative_to((three.root / "site").resolve()).as_posix()
                assert {name, f"{name}/index.html".removeprefix("./")} & found.keys(), (path, link)


def test_a_page_names_its_other_languages_for_people_and_for_search_engines(three):
    for path, text in pages(three).items():
        own = {"en/": "en", "zh-Hant/": "zh-Hant"}.get(re.match("(en/|zh-Hant/)?", path)[0], "zh-CN")
        page = path.removeprefix(f"{own}/").removesuffix("index.html")
        tree = LexborHTMLParser(text)
        full = {tag: f"https://www.test.example/{below}{page}" for tag, below in BELOW.items()}
        assert tree.css_first("html").attributes["lang"] == own
        assert tree.css_first("[rel=canonical]").attributes["href"] == full[own]
        links = tree.css("[rel=alternate][hreflang]")
        alternates = {node.attributes["hreflang"]: node.attributes["href"] for node in links}
        assert alternates == full | {"x-default": full["zh-CN"]}
        switch = {node.attributes["hreflang"]: node.text() for node in tree.css(".languages a")}
        assert switch == {tag: name for tag, name in NAMES.items() if tag != own}
    assert "languages" not in (three.root / "site/404.html").read_text("utf-8")
    sitemap = (three.root / "site/sitemap.xml").read_text("utf-8")
    assert sitemap.count("<url>") * 3 == sitemap.count("<xhtml:link")
    assert f'hreflang="en" href="{full["en"].replace(page, "rules/a/")}"' in sitemap


BELOW = {"zh-CN": "", "zh-Hant": "zh-Hant/", "en": "en/"}
NAMES = {"zh-CN": "简体中文", "zh-Hant": "繁體中文", "en": "English"}


def test_traditional_pages_differ_in_characters_alone(three):
    from opencc import OpenCC

    back = OpenCC("t2s").convert
    tag = re.compile(r"<[^>]*>")
    read = re.compile(r'(content|title|alt|aria-[a-z]+|placeholder|data-[a-z-]+|href|src)="[^"]*"')
    paper = re.compile(r'<div class="paper.*?</div>', re.DOTALL)
    for path, text in pages(three).items():
        if path.startswith("zh-Hant/"):
            other = (three.root / "site" / path.removeprefix("zh-Hant/")).read_text("utf-8")
            body, plain = (
                paper.sub("", one.partition('<div class="band">')[2]).partition("</nav>")[2] for one in (text, other)
            )
            assert [read.sub("", one) for one in tag.findall(body)] == [read.sub("", one) for one in tag.findall(plain)]
            assert len(tag.sub("", body)) == len(tag.sub("", plain))
            assert back(tag.sub("", body)) == tag.sub("", plain), path
    page = three.page("zh-Hant/rules/a")
    assert "徵收土地，應當公告，複議期間不停止執行（見 GB/T 1234）" in page
    assert "里程按公里計算" in page
    assert "以簡體中文文本為準" in page
    assert 'download="测试市土地征收办法.txt"' in page, "the name of a file is not converted"
    assert '<meta name="ArticleTitle" content="測試市土地徵收辦法">' in page
    assert "2024年2月1日" in page


def test_conversion_changes_forms_of_characters_and_no_word_of_a_real_law(laws):
    from opencc import OpenCC

    with gzip.open(laws / "laws-1k.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["body_markdown"] for _, line in zip(range(150), lines, strict=False)]
    made = traditional(texts)
    assert [len(text) for text in made] == [len(text) for text in texts]
    forms = {(old, new) for text, other in zip(texts, made, strict=True) for old, new in zip(text, other, strict=True)}
    fold = OpenCC("t2s").convert
    assert {(old, new) for old, new in forms if old != new and fold(new) != old} == set()
    assert {new for _, new in forms} > set("徵複應國")


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("信息网络、软件和文件档案", "信息網絡、軟件和文件檔案"),
        ("行政复议、行政征收、土地征用", "行政複議、行政徵收、土地徵用"),
        ("第十二条 制定、发布、颁布", "第十二條 制定、發佈、頒佈"),
        ("凭借款单领取，差转台的家具", "憑借款單領取，差轉臺的傢具"),
        ("里程、公里、以内、干部、干预", "里程、公里、以內、幹部、干預"),
    ],
)
def test_legal_words_stay_the_words_they_are(plain, said):
    assert traditional([plain, plain]) == [said, said]


def test_an_english_page_marks_all_that_is_chinese_and_nothing_else(three):
    for path, text in pages(three).items():
        if path.startswith("en/"):
            for node in LexborHTMLParser(text).css("body *"):
                said = "".join(child.text(deep=False) for child in node.iter(include_text=True) if child.tag == "-text")
                if HAN.search(said):
                    assert tongue(node) in ("zh-CN", "zh-Hant"), (path, said)
                elif re.search("[a-z]{3}", said):
                    assert tongue(node) == "en", (path, said)
    page = three.page("en/rules/a")
    assert "Published</dt><dd><time" in page
    assert "1 February 2024" in page
    assert "Amended from 1 February 2025 by" in page
    assert '<dt>Keywords</dt><dd lang="zh-CN">征收</dd>' in page
    assert "，，余额返还" in page, "marks inside a published text stay as they are"
    assert "<b>Summary</b>: <span" in page


def tongue(node) -> str:
    while "lang" not in node.attributes:
        node = node.parent
    return node.attributes["lang"]


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>Sponsor：测试市</p>", '<p>Sponsor: <span lang="zh-CN">测试市</span></p>'),
        ("<p><b>Phone</b>：12</p>", "<p><b>Phone</b>: 12</p>"),
        ("<p>Of <a>甲</a>、<a>乙</a></p>", '<p>Of <a lang="zh-CN">甲</a>, <a lang="zh-CN">乙</a></p>'),
        ("<dd><a>甲</a>、<a>乙</a></dd>", '<dd lang="zh-CN"><a>甲</a>、<a>乙</a></dd>'),
        ('<i lang="zh-Hant">繁體</i> or', '<i lang="zh-Hant">繁體</i> or'),
        ('<img alt="照片"><p title="a>b">x</p>', '<img alt="照片" lang="zh-CN"><p title="a>b">x</p>'),
        (
            '<nav aria-label="You are here"><a>甲</a></nav>',
            '<nav aria-label="You are here"><a lang="zh-CN">甲</a></nav>',
        ),
    ],
)
def test_the_smallest_whole_that_is_chinese_is_marked(html, said):
    assert marked(html) == said


def test_the_authentic_language_is_left_as_it_is():
    assert spoken("<p>Sponsor：测试市</p>", "zh-CN") == "<p>Sponsor：测试市</p>"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("[zh-CN, fr]", "fr"),
        ("[zh-CN, en, en]", "en 写了两次"),
        ("[zh-Hant, en]", "缺少 zh-CN"),
        ("en", "缺少 zh-CN"),
        ("{a: b}", "languages"),
    ],
)
def test_languages_that_cannot_be_are_told_at_their_line(site, value, said):
    site.set(f"languages: {value}\n")
    refused = site.refused("--no-search")
    line = (site.root / "catalog.yaml").read_text("utf-8").count("\n")
    assert re.search(rf"catalog\.yaml:{line}:\d+", refused), refused
    assert said in refused


def test_a_build_makes_again_only_the_pages_of_the_language_whose_words_changed(tmp_path):
    site = written(tmp_path).set("languages: [zh-CN, en]\n").set("theme: own\n")
    site.write("-- themes/own/words.en.yaml --\nhome: Start\n").build("--no-search")
    before = site.bytes()
    assert ">Start<" in site.page("en")
    assert "未变" in site.build("--no-search").err
    assert site.bytes() == before
    site.write("-- themes/own/words.en.yaml --\nhome: Front page\n").build("--no-search")
    changed = {path for path, data in site.bytes().items() if before.get(path) != data}
    assert {path.partition("/")[0] for path in changed} == {"en", "manifest.sha256"}
    site.build("--no-search", "--clean")
    site.write("-- catalog.yaml --\n" + (site.root / "catalog.yaml").read_text("utf-8").replace(", en]", "]"))
    site.build("--no-search")
    assert not (site.root / "site/en").exists()


# ---- in a browser


@pytest.fixture(scope="module")
def address(three):
    with served(three.root / "site") as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_axe_finds_nothing_in_either_language(browser, address, language):
    page = browser.new_page()
    wrong = {}
    for path in ("", "rules/a/", "search/", "cards/tudi/"):
        page.goto(f"{address}/{language}/{path}")
        wrong[path] = look(page, modes={"normal": MODES["normal"]})
    page.close()
    assert not any(wrong.values()), wrong


@pytest.mark.browser
def test_a_search_in_english_finds_the_chinese_text_and_leads_to_english_pages(browser, address):
    page, rule = browser.new_page(), "#results li:has-text('测试市土地征收办法'):has(.state)"
    page.goto(f"{address}/en/search/?q=征收")
    page.wait_for_selector(rule)
    assert page.inner_text("#status").startswith("Found: ")
    assert page.inner_text(f"{rule} .state") == "In force (amended)"
    assert "Effective 1 February 2024" in page.inner_text(rule)
    assert page.get_attribute(f"{rule} .card-title", "lang") == "zh-CN"
    assert "Rules and documents" in page.text_content("#facets details[data-name=kind]")
    page.click(f"{rule} .card-title")
    assert page.url.startswith(f"{address}/en/rules/a/")
    assert re.search(r"as of \d+ \w+ \d{4}", page.inner_text(".rule-now"))
    page.goto(f"{address}/zh-Hant/search/?q=徵收")
    page.wait_for_selector(rule)
    assert page.get_attribute(f"{rule} .card-title", "href").startswith(f"{address}/zh-Hant/rules/a/")
    assert page.inner_text(f"{rule} .state") == "現行有效（已修改）"
    page.close()
