"""A 目录 typed above a text is no second set of chapters: contents, anchors and links know the real ones."""

from __future__ import annotations

import re

from gongkai.model.articles import Block, blocks, structure

TEXT = """\
目　录

## 第一章　总则

## 第二章　管理

### 第一节　登记

## 第三章　附则

### 第一节　登记

## 第一章　总则

第一条　为了规范管理，制定本办法。

## 第二章　管理

### 第一节　登记

第二条　应当登记。

## 第三章　附则

### 第一节　登记

第三条　自印发之日起施行。
"""


def test_the_contents_of_a_page_have_each_chapter_once_and_lead_to_where_it_begins(site):
    site.rule("a", TEXT).build("--no-search")
    page = site.page("rules/a")
    contents = page.partition('class="contents"')[2].partition("</nav>")[0]
    assert re.findall(r'href="#([^"]+)">([^<]+)<', contents) == [
        ("ch-1", "第一章　总则"),
        ("ch-2", "第二章　管理"),
        ("ch-2-sec-1", "第一节　登记"),
        ("ch-3", "第三章　附则"),
        ("ch-3-sec-1", "第一节　登记"),
    ]
    chapter = page.index('id="ch-1"')
    assert page.index("目　录") < chapter < page.index("第一条")
    assert not page[chapter : page.index("第一条")].count("第二章")
    assert page.count("第一章　总则") == 3, "in the contents, in the 目录 that was typed, and above the chapter"


def test_headings_that_follow_one_another_and_do_not_come_again_are_chapters():
    part = "## 第{0}编\n\n## 第一章　一般规定\n\n第{0}条　甲。\n\n"
    text = part.format("一") + part.format("二")
    anchors = [part.anchor for part in structure(list(blocks(text)))]
    assert anchors == ["part-1", "ch-1", "art-1", "part-2", "ch-1_2", "art-2"]


def test_a_single_heading_that_comes_again_stays_a_heading():
    found = structure([Block("heading", "第一章", 2), Block("paragraph", "甲"), Block("heading", "第一章", 2)])
    assert [part.role for part in found] == ["division", "paragraph", "division"]
