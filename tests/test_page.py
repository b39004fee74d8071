"""What every built page carries: looked at as a browser reads it, told where it was written."""

from __future__ import annotations

import json

import pytest

from gongkai.base.problems import Mark
from gongkai.check import page as checks
from gongkai.check.webpage import Page
from tests.conftest import DAY, SmallSite

META = "".join(
    f'<meta name="{name}" content="甲">'
    for name in (
        "SiteName",
        "SiteDomain",
        "SiteIDCode",
        "ColumnName",
        "ColumnDescription",
        "ColumnKeywords",
        "ColumnType",
    )
)
FOOT = (
    '<footer><img src="a.png" alt="党政机关网站标识"><a href="b" aria-label="我为政府网站找错"></a>'
    '网站标识码 主办单位 联系电话 测ICP备1号 测公网安备1号 <a href="c">站点地图</a></footer>'
)


def built(
    body="<h1>甲</h1>", head=META, foot=FOOT, lang=' lang="zh-CN"', path="rules/index.html", claim="catalog.yaml"
):
    """A page with the parts that are wrong in a test instead of sound ones."""
    html = f"<!doctype html><html{lang}><head>{head}</head><body><main>{body}</main>{foot}</body></html>"
    return Page("rules/index.html", Mark(claim), html.encode())


def told(page):
    """The codes and messages of everything that is wrong with a page."""
    return [(problem.code, problem.message) for check in checks.FAMILY.on_page for problem in check(page)]


def test_a_page_with_everything_has_no_fault():
    assert told(built()) == []


@pytest.mark.parametrize("name", ["SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType"])
@pytest.mark.parametrize("how", ["missing", "empty"])
def test_each_tag_is_missed_by_its_name(name, how):
    whole = f'<meta name="{name}" content="甲">'
    head = META.replace(whole, "" if how == "missing" else whole.replace("甲", " "))
    ((code, message),) = told(built(head=head))
    assert code == "GK-PAGE-001"
    assert name in message


@pytest.mark.parametrize("name", ["ArticleTitle", "PubDate", "ContentSource"])
def test_a_content_page_needs_the_tags_of_one_and_a_column_does_not(name):
    article = {"ArticleTitle": "甲", "PubDate": "2024-03-05 09:30", "ContentSource": "乙"}
    head = META + "".join(f'<meta name="{key}" content="{value}">' for key, value in article.items() if key != name)
    ((code, message),) = told(built(head=head, claim="content/shifu/rules/a-1.md"))
    assert (code, name in message) == ("GK-PAGE-001", True)
    assert told(built(claim="content/shifu/organ.yaml")) == []


@pytest.mark.parametrize(("day", "right"), [("2024-03-05 09:30", True), ("", True), ("2024-3-5", False)])
def test_the_date_of_a_page_has_its_minute(day, right):
    head = META + "".join(
        f'<meta name="{name}" content="{value}">'
        for name, value in (("ArticleTitle", "甲"), ("PubDate", day), ("ContentSource", "乙"))
    )
    assert told(built(head=head)) == ([] if right else [("GK-PAGE-001", "网页标签 PubDate 不是年-月-日 时:分")])


@pytest.mark.parametrize(
    ("cut", "lacking"),
    [
        ("党政机关网站标识", "党政机关网站标识"),
        ("我为政府网站找错", "找错"),
        ("网站标识码", "网站标识码"),
        ("主办单位", "主办单位"),
        ("联系电话", "联系方式"),
        ("测ICP备1号", "ICP 备案编号"),
        ("测公网安备1号", "公安机关备案标识"),
        ("站点地图", "站点地图"),
    ],
)
def test_each_part_of_the_foot_is_missed_and_may_be_a_picture_with_a_name(cut, lacking):
    ((code, message),) = told(built(foot=FOOT.replace(cut, "甲")))
    assert code == "GK-PAGE-002"
    assert lacking in message


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h2>甲</h2>", "没有一级标题"),
        ("<h1>甲</h1><h1>乙</h1>", "不止一个"),
        ("<h1>甲</h1><h3>乙</h3>", "从 1 级跳到 3 级"),
        ("<h1>甲</h1><h2>乙</h2><h3>丙</h3><h2>丁</h2><h4>戊</h4>", "从 2 级跳到 4 级"),
        ("<h1>甲</h1><h2> </h2>", "没有文字"),
        ("<h1>甲</h1><h2>乙</h2><h3>丙</h3><h2>丁</h2>", ""),
    ],
)
def test_headings_go_down_step_by_step(body, fault):
    found = told(built(body))
    assert [code for code, _ in found] == (["GK-PAGE-003"] if fault else [])
    assert not fault or fault in found[0][1]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ('<img src="a.png">', "GK-PAGE-004"),
        ('<img src="a.png" alt=" ">', "GK-PAGE-004"),
        ('<img src="a.png" alt="">', "GK-PAGE-004"),
        ('<img src="a.png" alt="" role="presentation">', ""),
        ('<img src="a.png" alt="流程">', ""),
        ("<table><tr><td>甲</td></tr></table>", "GK-PAGE-005"),
        ("<table><tr><th></th></tr><tr><td>甲</td></tr></table>", "GK-PAGE-005"),
        ('<table role="presentation"><tr><td>甲</td></tr></table>', ""),
        ('<table><tr><th scope="row">甲</th><td>乙</td></tr></table>', ""),
        ("<script>x = 1</script>", "GK-PAGE-007"),
        ('<script type="application/ld+json">{}</script>', ""),
        ('<script src="../a.js"></script>', ""),
        ('<script src="//count.example/a.js"></script>', "GK-PAGE-007"),
        ("<style>p{}</style>", "GK-PAGE-007"),
        ('<p style="">甲</p>', "GK-PAGE-007"),
        ('<p ONCLICK="x()">甲</p>', "GK-PAGE-007"),
        ('<p data-only="x">甲 onclick=</p>', ""),
        ('<a href="JavaScript:x()">甲</a>', "GK-PAGE-007"),
        ('<a href="https://www.gov.example/">甲</a>', ""),
        ('<iframe src="https://x.example/"></iframe>', "GK-PAGE-007"),
        ('<form action="https://x.example/"></form>', "GK-PAGE-007"),
        ('<p id="a"></p><p id="a"></p>', "GK-PAGE-008"),
        ('<p id="a b"></p>', "GK-PAGE-008"),
        ('<p id=""></p>', "GK-PAGE-008"),
    ],
)
def test_a_part_of_a_page_is_right_or_has_its_fault(part, code):
    assert [found for found, _ in told(built(f"<h1>甲</h1>{part}"))] == ([code] if code else [])


@pytest.mark.parametrize(("lang", "right"), [(' lang="zh"', True), ("", False), (' lang="中文"', False)])
def test_the_language_is_one_that_a_reader_program_knows(lang, right):
    assert [code for code, _ in told(built(lang=lang))] == ([] if right else ["GK-PAGE-006"])


def test_style_sheets_and_icons_of_another_site_are_told_and_the_canonical_address_is_not():
    head = '<link rel="canonical" href="https://x.example/"><link rel="Stylesheet" href="https://x.example/a.css">'
    ((code, message),) = told(built(head=META + head))
    assert (code, "a.css" in message) == ("GK-PAGE-007", True)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A site with pictures and tables without words in its own text, in an earlier one, and in one from outside."""
    from tests.conftest import SETTINGS

    site = SmallSite(tmp_path_factory.mktemp("page")).write(SETTINGS)
    site.attach("content/shifu/rules/files/a.png", b"\x89PNG\r\n\x1a\n").attach(
        "content/shifu/rules/a-1/files/a.png", b"\x89PNG\r\n\x1a\n"
    )
    site.rule("a-1", "第一条　![](files/a.png)\n", versions="[{date: 2024-01-05}]")
    site.write("-- content/shifu/rules/a-1/2024-01-05.md --\n第一条　甲 ![ ](files/a.png)\n")
    site.rule("a-2", "第一条　表：\n\n|　|　|\n\n| --- | --- |\n\n| 甲 | 乙 |\n", issuers="[国务院]")
    return [
        (row["code"], row["severity"], f"{row['path']}:{row['line']}")
        for row in json.loads(site.run("check", "--date", DAY, "--format", "json").out)
    ]


def test_what_a_text_lacks_is_told_once_where_it_was_typed(whole):
    assert [row for row in whole if row[0] == "GK-PAGE-004"] == [
        ("GK-PAGE-004", "error", "content/shifu/rules/a-1.md:12"),
        ("GK-PAGE-004", "error", "content/shifu/rules/a-1/2024-01-05.md:1"),
    ]


def test_a_text_from_outside_is_not_ours_to_mend(whole):
    assert [row for row in whole if row[0] == "GK-PAGE-005"] == [
        ("GK-PAGE-005", "warning", "content/shifu/rules/a-2.md:13")
    ]
