"""Earlier texts of a document: a page for each, a timeline, what held on a day, and the table beside the next text."""

from __future__ import annotations

import re

import pytest

from tests.conftest import SETTINGS, SmallSite, served
from tests.pages import read

SITE = """\
-- content/shifu/rules/gongyuan.md --
---
title: 测试市公园管理办法
type: government_rule
issuers: [shifu]
doc_no: 测试市人民政府令第5号
disclosure: proactive
signed: 2018-03-01
published: 2018-03-05
updated: 2025-05-10
original_effective: 2018-05-01
effective: 2025-06-01
replaces: [gongyuan-1999]
versions:
  - {date: 2022-03-01, note: 2022年第一次修改后的文本}
  - {date: 2018-05-01, note: 公布时的文本, file: gongyuan/first.md}
---

## 第一章　总则

第一条　为了加强公园管理，制定本办法。

第二条　市住房和城乡建设部门主管本市公园工作。

第三条　公园应当每天开放十二小时以上。
-- content/shifu/rules/gongyuan/2022-03-01.md --
## 第一章　总则

第一条　为了加强公园管理，制定本办法。

第二条　公园应当每天开放十小时以上。见[平面图](files/平面图.txt)。

第三条　公园内禁止遛犬，违者处五十元罚款，情节严重的处二百元罚款。
-- content/shifu/rules/gongyuan/files/平面图.txt --
图
-- content/shifu/rules/gongyuan/files/别的图.txt --
没有人引用
-- content/shifu/rules/gongyuan/first.md --
---
title: 当时整个复制下来的文件
effective: 2018-05-01
nonsense: 这里写什么都不看
---

第一条　为加强公园管理，制定本办法。

第二条　公园应当每天开放八小时以上。
-- content/shifu/rules/gongyuan-1999.md --
---
title: 测试市公园管理暂行办法
type: government_rule
issuers: [shifu]
doc_no: 测试市人民政府令第1号
disclosure: proactive
signed: 1999-03-01
published: 1999-03-05
effective: 1999-04-01
repealed: {on: 2018-05-01, by: gongyuan}
---

第一条　为了管好公园，制定本办法。

第二条　公园应当每天开放。
-- content/shifu/rules/mimi.md --
---
title: 测试市内部办法
type: normative
issuers: [shifu]
disclosure: withheld
ground: internal
reason: 内部事务
signed: 2018-03-01
effective: 2025-06-01
versions: [{date: 2018-05-01}]
---

第一条　绝密的现行文本。
-- content/shifu/rules/mimi/2018-05-01.md --
第一条　绝密的旧文本，附[图](绝密.txt)。
-- content/shifu/rules/mimi/绝密.txt --
绝密的附件
"""


@pytest.fixture(scope="module")
def park(tmp_path_factory) -> SmallSite:
    site = SmallSite(tmp_path_factory.mktemp("park")).write(SETTINGS).write(SITE)
    site.build()
    return site


def test_every_earlier_text_has_a_page_that_says_so_and_leads_to_the_present_one(park):
    page = park.page("rules/gongyuan/v/2022-03-01")
    assert "这是旧文本，仅供查阅。</strong> 2022年3月1日起施行，至2025年5月31日。2022年第一次修改后的文本。" in page
    assert '<a href="../../">看 2025年6月1日 起的现行文本</a>' in page
    assert '<a href="../../compare/2022-03-01..2025-06-01/">新旧条文对照</a>' in page


def test_each_article_of_an_earlier_text_leads_to_the_same_article_of_the_present_one_whatever_its_number(park):
    page = park.page("rules/gongyuan/v/2022-03-01")
    assert '<a class="aside" href="../../#art-1">与现行第一条相同</a>' in page
    assert '<a class="aside" href="../../#art-3">现行第三条已修改</a>' in page
    assert '<span class="aside">现行文本中已没有这一条</span>' in page


def test_the_note_of_an_earlier_text_names_that_text_and_does_not_lead_to_the_present_one(site):
    note = "> （2018年3月1日测政规〔2018〕5号公布，依照《别的办法》制定）\n\n第一条　正文。\n"
    site.rule("r-1", title="甲办法", doc_no="测政规〔2018〕5号", versions="[{date: 2024-01-10}]").rule(
        "r-2", title="别的办法"
    )
    site.write(f"-- content/shifu/rules/r-1/2024-01-10.md --\n{note}").build("--no-search")
    text = site.page("rules/r-1/v/2024-01-10").partition('<div class="law">')[2].partition("</blockquote>")[0]
    assert re.findall('<a class="cite" href="(.*?)">', text) == ["../../../r-2/"]


def test_a_file_that_was_copied_whole_shows_its_text_and_not_its_front_matter(park):
    page = park.page("rules/gongyuan/v/2018-05-01")
    assert "每天开放八小时以上" in page
    assert "nonsense" not in page
    assert "当时整个复制下来的文件" not in page


def test_the_timeline_lists_every_text_with_its_days_newest_first_and_marks_the_one_that_is_read(park):
    page = park.page("rules/gongyuan")
    spans = [
        '<li data-since="2025-06-01" aria-current="true"><strong>2025年6月1日起施行</strong>',
        '<li data-since="2022-03-01" data-until="2025-05-31"><strong>2022年3月1日起施行，至2025年5月31日</strong>',
        '<li data-since="2018-05-01" data-until="2022-02-28"><strong>2018年5月1日起施行，至2022年2月28日</strong>',
        '<li data-since="1999-04-01" data-until="2018-04-30"><strong>1999年4月1日起施行，至2018年4月30日</strong>',
    ]
    places = [page.index(span) for span in spans]
    assert places == sorted(places)
    assert spans[0] not in park.page("rules/gongyuan/v/2022-03-01")
    assert spans[3].replace(">", ' aria-current="true">', 1) in park.page("rules/gongyuan-1999")
    assert 'class="texts"' in park.page("rules/gongyuan-1999"), "what was replaced shows what came after it"


def test_neighbours_and_the_first_and_the_last_text_are_compared_and_so_are_records_joined_by_replaces(park):
    folder = park.root / "site/rules"
    pairs = sorted(path.parent.relative_to(folder).as_posix() for path in folder.glob("*/compare/*/index.html"))
    assert pairs == [
        "gongyuan/compare/2018-05-01..2022-03-01",
        "gongyuan/compare/2022-03-01..2025-06-01",
        "gongyuan/compare/gongyuan-1999..2018-05-01",
        "gongyuan/compare/gongyuan-1999..2025-06-01",
    ]
    linked = read(park.page("rules/gongyuan")).links
    assert {link for link in linked if "compare" in link} == {f"{pair.removeprefix('gongyuan/')}/" for pair in pairs}


def test_the_table_says_in_words_what_happened_to_every_article(park):
    page = park.page("rules/gongyuan/compare/2022-03-01..2025-06-01")
    assert "<h1>测试市公园管理办法新旧条文对照表</h1>" in page
    rows = [row for row in page.split("<tr id=")[1:] if "role-article" in row]
    said = [row.partition('<b class="change')[2].partition(">")[2].partition("<")[0] for row in rows]
    assert said == ["未变动", "新增", "修改", "删除"]
    assert '<span class="how">原第二条</span>' in rows[2]
    assert '每天开放<del><span class="said">〔删除：</span>十<span class="said">〕</span></del>小时' in rows[2]
    assert '每天开放<ins><span class="said">〔新增：</span>十二<span class="said">〕</span></ins>小时' in rows[2]
    assert '<del><span class="said">〔删除：</span>第三条<span class="said">〕</span></del>' in rows[3]
    assert "第一章" in page.partition("role-division")[2].partition("</tr>")[0]


def test_only_what_an_earlier_text_links_to_is_copied_and_stands_beside_it(park):
    files = {path for path in park.bytes() if "files/" in path}
    assert files == {"rules/gongyuan/v/2022-03-01/files/平面图.txt"}
    assert 'href="files/%E5%B9%B3%E9%9D%A2%E5%9B%BE.txt"' in park.page("rules/gongyuan/v/2022-03-01")


def test_an_earlier_text_is_not_found_by_the_search_and_one_of_a_hidden_document_is_nowhere(park):
    for path, data in park.bytes().items():
        assert "绝密".encode() not in data, path
        assert b"mimi" not in data, path
        if path.startswith("search/text/"):
            assert "每天开放十小时".encode() not in data, path
            assert "五十元罚款".encode() not in data, path
    assert any(path.startswith("search/text/") for path in park.bytes())


def test_what_an_earlier_text_of_a_public_document_links_to_must_be_public_too(site):
    site.write(SITE).rule("hidden", disclosure="withheld", ground="internal", reason="内部", published=None)
    first = site.root / "content/shifu/rules/gongyuan/first.md"
    first.write_text(first.read_text("utf-8") + "\n见[内部文件](../hidden.md)。\n", "utf-8")
    said = site.refused()
    assert "content/shifu/rules/gongyuan/first.md:11:9  GK-DISC-003" in said


def test_a_link_to_the_file_of_an_earlier_text_is_told_what_to_link_instead(site):
    site.write(SITE).rule("other", "第一条　见[旧办法](gongyuan/first.md)。\n")
    assert "链接文件本身：gongyuan.md，它的网页列出各时期的文本" in site.refused()


def test_a_dead_link_of_an_earlier_text_is_told_at_its_line(site):
    site.write(SITE)
    first = site.root / "content/shifu/rules/gongyuan/first.md"
    first.write_text(first.read_text("utf-8") + "\n见[附图](没有.png)。\n", "utf-8")
    assert "content/shifu/rules/gongyuan/first.md:11:7  GK-LINK-001" in site.refused()


def test_a_file_in_a_folder_without_its_document_is_still_misplaced(site):
    site.write("-- content/shifu/rules/nobody/2020-01-01.md --\n第一条　正文。\n")
    assert "content/shifu/rules/nobody/2020-01-01.md:1:1  GK-FILE-007" in site.refused()


def test_pages_of_texts_are_the_same_on_another_day_and_an_unchanged_pair_costs_nothing(site):
    site.write(SITE)
    site.build("--no-search")
    before = {path: data for path, data in site.bytes().items() if path.startswith("rules/gongyuan")}
    assert "未变" in site.build("--no-search").err
    result = site.run("build", "--no-search", "--date", "2030-01-01")
    assert result.code == 0
    after = site.bytes()
    assert {path: after[path] for path in before} == before
    edited = site.root / "content/shifu/rules/gongyuan/2022-03-01.md"
    edited.write_text(edited.read_text("utf-8").replace("五十元", "六十元"), "utf-8")
    site.build("--no-search", "--clean", "--site", str(site.root / "clean"))
    assert "生成 3 页" in site.run("build", "--no-search", "--date", "2030-01-01").err, "its page and its two tables"


def test_a_circle_of_replaced_records_and_records_without_dates_still_make_pages(site):
    for name, other in (("a", "b"), ("b", "a"), ("c", "c")):
        site.write(
            f"-- content/shifu/rules/{name}.md --\n---\ntitle: 外省办法{name}\ntype: other\nissuers: []\n"
            f"replaces: [{other}]\n---\n\n第一条　正文{name}。\n"
        )
    result = site.run("build", "--no-search", "--date", "2026-11-20")
    assert "Traceback" not in result.err
    assert result.code == 0 or "GK-" in result.err


@pytest.fixture(scope="module")
def address(park):
    with served(park.root / "site") as address:
        yield address


@pytest.mark.browser
def test_a_date_field_names_the_text_of_a_day(page, address):
    page.goto(f"{address}/rules/gongyuan/")
    page.fill("#on-day", "2023-07-01")
    status = page.locator(".on-day [role=status]")
    assert status.inner_text().strip() == "那一天适用的文本：2022年3月1日起施行，至2025年5月31日"
    page.fill("#on-day", "1990-01-01")
    assert status.inner_text() == "那一天没有这份文件的文本"
    page.fill("#on-day", "2018-05-01")
    status.locator("a").click()
    assert page.url.endswith("/rules/gongyuan/v/2018-05-01/")


@pytest.mark.browser
def test_a_text_that_is_not_in_force_yet_says_which_one_is(page, address):
    page.clock.set_fixed_time("2025-05-20T09:00:00")
    page.goto(f"{address}/rules/gongyuan/")
    above = page.locator(".texts-above")
    assert above.inner_text() == "本页的文本还没有施行，现在适用的是：2022年3月1日起施行，至2025年5月31日"
    above.locator("a").click()
    assert page.url.endswith("/rules/gongyuan/v/2022-03-01/")
    page.clock.set_fixed_time("2025-06-01T09:00:00")
    page.goto(f"{address}/rules/gongyuan/")
    assert "先后有 4 个文本，本页的文本2025年6月1日起施行。" in above.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_table_stands_side_by_side_on_a_desktop_and_one_above_the_other_on_a_phone(page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("compare/2022-03-01..2025-06-01/", "v/2022-03-01/", ""):
        page.goto(f"{address}/rules/gongyuan/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{address}/rules/gongyuan/compare/2022-03-01..2025-06-01/")
    old, new = (page.locator(".row-changed td").nth(n).bounding_box() for n in (0, 1))
    if width < 640:
        assert new["y"] >= old["y"] + old["height"] - 1
        assert not page.locator(".row-same.role-article td").first.is_visible(), "what is the same stands once"
    else:
        assert abs(new["y"] - old["y"]) < 1
        assert new["x"] > old["x"]


@pytest.mark.browser
def test_without_a_script_only_the_changed_articles_can_be_shown_and_paper_lies_on_its_side(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/rules/gongyuan/compare/2022-03-01..2025-06-01/")
    assert page.locator(".row-same.role-article").first.is_visible()
    page.check("#only")
    assert not page.locator(".row-same.role-article").first.is_visible()
    assert page.locator(".role-division").first.is_visible()
    pdf = page.pdf(prefer_css_page_size=True)
    context.close()
    sizes = {tuple(map(float, box.split())) for box in _boxes(pdf)}
    assert sizes
    assert all(width > height for _, _, width, height in sizes)


def _boxes(pdf: bytes):
    for part in pdf.split(b"/MediaBox [")[1:]:
        yield part.partition(b"]")[0].decode()
