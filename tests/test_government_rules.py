"""规章: a page of title, 题注 and text, and 题注 built from the data."""

from __future__ import annotations

import re
from datetime import date

import pytest

from gongkai.model import title_note
from gongkai.model.rule import Event, Rule, Type

D = date.fromisoformat
HISTORY = """
  - date: 2022-02-25
    event: 市人民政府第93次常务会议审议通过
  - date: 2022-03-02
    event: 以测试市人民政府令第10号公布，自2022年5月1日起施行
  - date: 2024-11-20
    event: 根据测试市人民政府令第14号公布的决定修正，修正后的文本自2025年1月1日起施行
"""
NOTE = (
    "（2022年3月2日测试市人民政府令第10号公布　自2022年5月1日起施行　"
    "2024年11月20日测试市人民政府令第14号修正　修改后的文本自2025年1月1日起施行）"
)


def rule(**keys):
    return Rule.model_construct(title="甲", type=Type.GOVERNMENT_RULE, issuers=(), **keys)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("以测试市人民政府令第12号公布，自2023年8月1日起施行", "测试市人民政府令第12号公布"),
        ("根据测试市人民政府令第15号公布的决定修正，修正后的文本自2025年11月1日起施行", "测试市人民政府令第15号修正"),
        ("中华人民共和国国务院令第711号修订", "中华人民共和国国务院令第711号修订"),
        (
            "《关于修改〈港口工程建设管理规定〉的决定》第二次修正",
            "《关于修改〈港口工程建设管理规定〉的决定》第二次修正",
        ),
        (
            "中华人民共和国建设部 中华人民共和国卫生部令第53号公布",
            "中华人民共和国建设部 中华人民共和国卫生部令第53号公布",
        ),
        ("市人民政府第18次常务会议审议通过", None),
        ("市人民政府第50次常务会议通过修改决定", None),
        ("国务院批准", None),
        ("起施行", None),
    ],
)
def test_a_step_of_the_history_is_taken_into_the_note_or_left_out(event, said):
    told = title_note.steps(rule(history=(Event(date=D("2023-05-18"), event=event),)))
    assert [step.text for step in told] == ([f"2023年5月18日{said}"] if said else [])


def test_a_rule_without_a_history_has_its_note_from_its_number_and_its_dates():
    short = rule(signed=D("2023-05-18"), doc_no="测试市人民政府令第12号", effective=D("2023-08-01"))
    assert title_note.built(short) == "（2023年5月18日测试市人民政府令第12号公布　自2023年8月1日起施行）"
    assert title_note.built(rule()) == ""


def test_the_page_of_a_rule_is_title_note_and_text_and_all_else_comes_after(site):
    site.rule(
        "r-1",
        "## 第一章　总则\n\n第一条　正文。\n",
        type="government_rule",
        doc_no="测试市人民政府令第10号",
        signed="2022-03-02",
        published="2022-03-07",
        effective="2025-01-01",
        original_effective="2022-05-01",
        summary="概述不在规章页的正文前面",
        history=HISTORY,
    )
    site.rule("n-1", doc_no="测政规〔2024〕1号").build("--no-search")
    page = site.page("rules/r-1")
    head, after = page.split('<div class="law">')
    head = head[head.index("<h1>") :]
    assert f'<p class="title-note">{NOTE}</p>' in head
    assert not re.search(r'class="box"|概述|发文字号|下载', head)
    assert after.index("第一条") < after.index('class="box"')
    normative = site.page("rules/n-1")
    assert normative.index('class="box"') < normative.index('class="law"')
    assert "title-note" not in normative


def test_a_note_that_stands_in_the_text_is_not_said_twice(site):
    body = f"> {NOTE}\n\n第一条　正文。\n"
    keys = {"type": "government_rule", "doc_no": "测试市人民政府令第10号", "signed": "2022-03-02"}
    site.rule("r-1", body, effective="2022-05-01", history=HISTORY, **keys).build("--no-search")
    assert site.page("rules/r-1").count("测试市人民政府令第14号修正") == 1


def test_a_repealed_rule_still_says_so_above_its_title(site):
    site.rule("r-1", type="government_rule", doc_no="测试市人民政府令第10号", repealed="{on: 2025-01-01}").build(
        "--no-search"
    )
    page = site.page("rules/r-1")
    assert page.index("自 2025年1月1日 起废止") < page.index("<h1>")


def test_both_ends_of_a_forwarding_stand_side_by_side_with_number_and_dates_on_both_pages(site):
    site.write(
        "-- content/shifu/rules/sheng-1.md --\n---\ntitle: 测试省关于某事的通知\ntype: normative\n"
        "issuers: [测试省人民政府办公厅]\ndoc_no: 测省办〔2026〕1号\n"
        "signed: 2026-01-05\npublished: 2026-01-08\n---\n\n正文\n"
    )
    site.rule(
        "z-1",
        title="测试市转发某事的通知",
        doc_no="测政办〔2026〕2号",
        signed="2026-02-01",
        published="2026-02-03",
        effective="2026-02-03",
        forwards="[sheng-1, 《国家关于某事的通知》]",
    ).build("--no-search")
    for id, other in (("z-1", "sheng-1"), ("sheng-1", "z-1")):
        table = re.search(r'<div class="table forwarding">.*?</table>', site.page(f"rules/{id}"), re.DOTALL)[0]
        rows = [re.sub(r"<[^>]+>", " ", row) for row in table.split("<tr>")[2:]]
        assert "转发" in rows[0]
        assert "测政办〔2026〕2号" in rows[0]
        assert "2026年2月1日" in rows[0]
        assert "2026年2月3日" in rows[0]
        assert "原件" in rows[1]
        assert "测省办〔2026〕1号" in rows[1]
        assert "2026年1月5日" in rows[1]
        assert "2026年1月8日" in rows[1]
        assert f'href="../{other}/"' in table
        assert f'href="../{id}/"' not in table
    assert "《国家关于某事的通知》" in site.page("rules/z-1")
    assert "forwarding" not in site.page("rules/sheng-1").replace("table forwarding", "")
