"""Links: what was typed, what a template writes, and what a reader cannot see."""

from __future__ import annotations

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.check import unseen
from tests.conftest import DAY


def found(site, *options):
    """Code, place and message of every problem of links."""
    said = site.run("check", "--date", DAY, "--format", "json", *options)
    assert "Traceback" not in said.err
    return [
        (row["code"], f"{row['path']}:{row['line']}:{row['column']}", row["message"])
        for row in json.loads(said.out)
        if row["code"].startswith("GK-LINK")
    ]


def own(site, templates):
    """A site with a theme of its own."""
    if not (site.root / "themes").exists():
        site.set("theme: own\n").write("-- themes/own/theme.yaml --\nextends: default\n")
    for name, text in templates.items():
        site.write(f"-- themes/own/templates/{name} --\n{text}")
    return site


def test_a_fault_of_a_template_is_told_once_at_its_line_however_many_pages_it_spoils(site):
    for n in range(5):
        site.rule(f"a-{n}")
    own(site, {"foot_note.html": '{# a < b #}\n{% if 1 < 2 %}<p>\n  <a href="/nobody/">没有</a></p>{% endif %}\n'})
    (problem,) = found(site)
    assert problem[:2] == ("GK-LINK-006", "themes/own/templates/foot_note.html:3:3")
    assert "/nobody/" in problem[2]
    assert " 页）" in problem[2]


def test_a_relative_address_that_only_holds_at_one_depth_is_found_on_the_other_pages(site):
    site.rule("a-1")
    own(site, {"foot_note.html": '<a href="organs/">机构</a>\n'})
    (problem, *_) = found(site)
    assert problem[1] == "themes/own/templates/foot_note.html:1:1"


@pytest.mark.parametrize("base", ["https://www.test.example/", "https://www.test.example/gk/"])
def test_an_address_from_the_top_holds_under_the_path_that_the_site_is_served_at(site, base):
    settings = (site.root / "catalog.yaml").read_text("utf-8")
    (site.root / "catalog.yaml").write_text(settings.replace("https://www.test.example/", base), "utf-8")
    top = base.removeprefix("https://www.test.example")
    own(site, {"foot_note.html": f'<a href="{top}organs/">机构</a> <a href="{base}rules/#main">文件</a>\n'})
    assert found(site) == []
    if top != "/":
        own(site, {"foot_note.html": '<a href="/organs/">机构</a>\n'})
        assert [code for code, _, _ in found(site)] == ["GK-LINK-006"]


def test_a_site_opened_from_a_folder_has_no_dead_links(site):
    site.set("links: file\n").rule("a-1").rule("a-2", replaces="[a-1]")
    assert found(site) == []


def test_the_line_of_a_dead_place_is_right_after_the_head_of_the_file_grew(site):
    body = "第一条　见[第二条](#art-2)。\n\n第二条　见[别的文件](a-2.md#art-7)。\n"
    site.rule("a-2").rule("a-1", body)
    assert [place for _, place, _ in found(site)] == ["content/shifu/rules/a-1.md:13:13"]
    site.rule("a-1", body, keywords="[甲]")
    assert [place for _, place, _ in found(site)] == ["content/shifu/rules/a-1.md:14:13"]


def test_a_place_that_another_document_loses_is_missed_although_the_page_with_the_link_did_not_change(site):
    site.rule("a-1", "第一条　见[第二条](a-2.md#art-2)。\n").rule("a-2", "第一条　一。\n\n第二条　二。\n")
    assert found(site) == []
    site.rule("a-2", "第一条　一。\n")
    assert [(code, place) for code, place, _ in found(site)] == [("GK-LINK-004", "content/shifu/rules/a-1.md:11:12")]


def test_a_link_of_a_text_from_outside_is_only_a_warning(site):
    site.rule("a-2").rule("a-1", "第一条　见[第九条](a-2.md#art-9)、[第八条](#art-8)。\n", issuers="[国务院]")
    assert site.run("check", "--date", DAY).code == 0
    assert [code for code, _, _ in found(site)] == ["GK-LINK-004", "GK-LINK-004"]


def test_a_row_and_a_card_that_lead_to_what_was_taken_down_are_told_once(site):
    site.rule("a-1", withdrawn="{on: 2025-01-01, reason: 到期}").rule("a-2")
    site.write(
        "-- content/shifu/standards/compulsory_education.yaml --\n"
        "disclosure: proactive\npublished: 2024-01-01\nsubjects: [shifu]\nbases: [《丙》]\ntime_limit: 及时公开\n"
        "channels: {gov_site: required}\nrows:\n"
        "  - {id: r-1, item_l1: 甲, elements: [乙], audience_all: true, mode_proactive: true,"
        ' published_as: ["rule:a-1"]}\n'
        "  - {id: r-2, item_l1: 甲, elements: [乙], audience_all: true, mode_proactive: true,\n"
        '     published_as: ["rule:a-2", "rule:a-1"]}\n'
    )
    rows = json.loads(site.run("check", "--date", DAY, "--format", "json").out)
    told = sorted((row["code"], row["line"]) for row in rows if row["code"] in ("GK-LINK-003", "GK-COVER-003"))
    assert told == [("GK-COVER-003", 8), ("GK-LINK-003", 10)]


HIDDEN = (
    '<div style="display: none">{}</div>',
    '<div style="position:absolute;left:-9999px">{}</div>',
    '<p style="text-indent:-2000px">{}</p>',
    '<p style="Font-Size:0px">{}</p>',
    '<p style="opacity:0">{}</p>',
    '<p style="opacity:0.0;">{}</p>',
    '<div style="height:0;overflow:hidden">{}</div>',
    '<div style="width:1px;height:1px;overflow:hidden">{}</div>',
    '<p style="color:#fff;background:#fff">{}</p>',
    '<p style="background-color: White; color:white">{}</p>',
    '<marquee height="2" width="4">{}</marquee>',
    "<p>甲</p><noscript>{}</noscript>",
    "<div hidden><p>{}</p></div>",
)


@pytest.mark.parametrize("around", HIDDEN)
def test_a_link_to_another_site_is_found_in_whatever_hides_it(around):
    tree = LexborHTMLParser(around.format('<a href="http://x.example/">时时彩</a>'))
    assert [address for _, address, _ in unseen.links(tree)] == ["http://x.example/"]
    assert list(unseen.links(LexborHTMLParser(around.format('<a href="../rules/">文件</a>')))) == []


@pytest.mark.parametrize(
    "link",
    [
        '<a href="http://x.example/">省政府</a>',
        '<p style="opacity:0.8;left:-10px;width:100px"><a href="http://x.example/">省政府</a></p>',
        '<a href="http://x.example/"><img src="a.png" alt="标识"></a>',
        '<p style="color:#fff;background:#000"><a href="http://x.example/">省政府</a></p>',
        '<a href="../" aria-label="首页"></a>',
    ],
)
def test_a_link_that_is_seen_is_left_alone(link):
    assert list(unseen.links(LexborHTMLParser(link))) == []


@pytest.mark.parametrize("words", ["", " ", "　", "\u200b", "\u3164", ".", "·", "|", "\u2060\u00ad"])
def test_words_that_show_nothing_do_not_make_a_link_visible(site, words):
    site.rule("a-1", f"第一条　正文[{words}](https://x.example/)。\n")
    assert [code for code, _, _ in found(site)] == ["GK-LINK-005"]


def test_words_in_brackets_and_pictures_are_seen(site):
    site.attach("content/shifu/rules/files/a.png", b"\x89PNG\r\n\x1a\n")
    site.rule(
        "a-1", "第一条　按[测政〔2020〕1号[附件]](https://x.example/)和[![流程](files/a.png)](https://x.example/)。\n"
    )
    assert found(site) == []


@pytest.mark.parametrize(
    "drawn",
    [
        '<a xlink:href="http://x.example/" xmlns:xlink="http://www.w3.org/1999/xlink"></a>',
        '<g opacity="0"><a href="http://x.example/"><text>甲</text></a></g>',
        '<a href="http://x.example/" font-size="0">甲</a><a href="http://x.example/" display="none">甲</a>',
    ],
)
def test_a_drawing_may_not_hide_a_link_either(site, drawn):
    site.write(f'-- content/shifu/rules/files/a.svg --\n<svg xmlns="http://www.w3.org/2000/svg">\n{drawn}</svg>\n')
    site.rule("a-1", "第一条　如图。\n\n![图](files/a.svg)\n")
    assert ("GK-LINK-005", "content/shifu/rules/files/a.svg:2") in {
        (code, place.rpartition(":")[0]) for code, place, _ in found(site)
    }


def test_a_draft_is_told_before_it_is_published(site):
    site.rule("a-1", "第一条　正文[](https://x.example/)。\n", draft="true")
    assert [code for code, _, _ in found(site)] == ["GK-LINK-005"]


def test_of_a_changed_theme_every_page_is_looked_at(site):
    import subprocess

    own(site, {"foot_note.html": "<p>年报</p>\n"}).rule("a-1").write("-- .gitignore --\n.gongkai/\n")
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@a", "commit", "-qm", "a"]):
        subprocess.run(["git", "-C", str(site.root), *words], check=True)
    own(site, {"foot_note.html": '<p><a href="/nobody/">年报</a></p>\n'})
    assert [place for _, place, _ in found(site, "--since", "HEAD")] == ["themes/own/templates/foot_note.html:1:4"]


def test_what_is_wrong_in_one_language_alone_is_told_and_what_is_wrong_in_all_is_told_once(site):
    site.set("languages: [zh-CN, zh-Hant, en]\n").rule("a-1", "第一条　见[别处](a-2.md#art-7)。\n").rule("a-2")
    only = '{% if page.chrome.language == "en" %}\n<a href="/nobody/">None</a>{% endif %}\n'
    own(site, {"foot_note.html": only + '<a href="/nowhere/">没有</a>\n'})
    assert sorted((code, place) for code, place, _ in found(site)) == [
        ("GK-LINK-004", "content/shifu/rules/a-1.md:11:11"),
        ("GK-LINK-006", "themes/own/templates/foot_note.html:2:1"),
        ("GK-LINK-006", "themes/own/templates/foot_note.html:3:1"),
    ]
