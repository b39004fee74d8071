"""新旧条文对照表: article beside article, and inside a pair the words that were taken out and put in."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.model.alignment import Passage, align
from gongkai.model.wording import compare as reword
from gongkai.model.wording import fold
from gongkai.render.comparison import compare
from gongkai.render.passages import units


def shown(runs) -> str:
    """Runs as one line: what is only here stands in brackets."""
    return "".join(run.text if run.kept else f"[{run.text}]" for run in runs)


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("由安全监管部门处罚。", "由卫生行政部门处罚。", "由[安全监管]部门处罚。", "由[卫生行政]部门处罚。"),
        ("处2万元以上5万元以下", "处5000元以上2万元以下", "处[2万]元以上[5]万元以下", "处[5000]元以上[2]万元以下"),
        ("依照第三十八条处理", "依照第四十条之一处理", "依照[第三十八条]处理", "依照[第四十条之一]处理"),
        ("（一）甲；(二)乙", "(一)甲;（二）乙", "（一）甲；(二)乙", "(一)甲;（二）乙"),
        ("修改<办法>的决定", "修改〈办法〉的 决定", "修改<办法>的决定", "修改〈办法〉的 决定"),
        ("应当公开。", "应当公开，接受监督。", "应当公开。", "应当公开[，接受监督]。"),
        ("收入或者纯收入高于标准", "收入高于标准", "收入[或者纯收入]高于标准", "收入高于标准"),
        ("二十日内", "十五日内", "[二十]日内", "[十五]日内"),
    ],
)
def test_marks_fall_where_a_reader_would_put_them(old, new, left, right):
    ours, theirs = reword(old, new)
    assert (shown(ours), shown(theirs)) == (left, right)


def test_a_few_characters_that_rewritten_sentences_share_are_not_shown_as_kept():
    ours, theirs = reword("审计机关依法对国有企业实施审计监督。", "有关部门不得以任何形式进行打击报复。")
    assert [run.text for run in ours if run.kept] == ["。"]
    assert [run.text for run in theirs if run.kept] == ["。"]


WORDS = st.text(alphabet="甲乙丙，。（一）第二条十3 \n<〈", max_size=40)


@given(WORDS, WORDS)
@settings(max_examples=300, deadline=None)
def test_the_runs_of_a_wording_are_the_wording_and_what_is_kept_is_kept_on_both_sides(old, new):
    ours, theirs = reword(old, new)
    assert "".join(run.text for run in ours) == old
    assert "".join(run.text for run in theirs) == new
    assert fold("".join(run.text for run in ours if run.kept)) == fold("".join(run.text for run in theirs if run.kept))


PASSAGES = st.lists(
    st.builds(
        Passage,
        st.sampled_from(["article", "article", "text", "division 章"]),
        st.sampled_from(["", "1", "2", "3"]),
        st.text(alphabet="甲乙丙丁戊己庚辛", max_size=25),
    ),
    max_size=12,
)


@given(PASSAGES, PASSAGES)
@settings(max_examples=300, deadline=None)
def test_every_passage_of_either_text_has_exactly_one_place_and_the_new_ones_keep_their_order(old, new):
    pairs = align(old, new)
    assert [pair.new for pair in pairs if pair.new is not None] == list(range(len(new)))
    stays = [pair.old for pair in pairs if pair.old is not None and not pair.moved]
    assert stays == sorted(stays)
    moved = [pair.old for pair in pairs if pair.moved and pair.new is not None]
    assert sorted([*stays, *moved]) == list(range(len(old)))
    for pair in pairs:
        if pair.old is not None and pair.new is not None:
            assert old[pair.old].role == new[pair.new].role


OLD = """\
# 测试市公园管理办法

## 第一章　总则

第一条　为了加强公园管理，制定本办法。

第二条　本市行政区域内公园的规划、建设和管理，适用本办法。

第三条　公园应当每天开放，开放时间由市园林部门规定。

## 第二章　管理

第四条　禁止在公园内有下列行为：

（一）攀折花木；

（二）乱扔垃圾。

第五条　违反第四条规定的，由市园林部门处50元罚款。

第六条　公园内举办大型活动的，举办者应当提前十日告知公园管理机构，并做好安全工作。
"""
NEW = """\
# 测试市公园管理办法

## 第一章　总则

第一条　为了加强公园管理，制定本办法。

第二条　公园内举办大型活动的，举办者应当提前十五日告知公园管理机构，并做好安全工作。

第三条　本市行政区域内公园的规划、建设和管理，适用本办法。

第四条　市住房和城乡建设部门主管全市公园工作，区人民政府负责本区的公园工作。

第五条　公园应当每天开放，开放时间由市住房和城乡建设部门规定。

## 第二章　游园管理

第六条　禁止在公园内有下列行为：

（一）攀折花木；

（二）携犬入园；

（三）乱扔垃圾。
"""


def table(old: str, new: str) -> list[str]:
    """A row as `修改 第三条 → 第五条`, moved ones with a star."""
    rows = []
    for row in compare(old, new).rows:
        cells = (row.old, row.new if row.change != "away" else None)
        sides = [cell.label.text or shown(cell.lines[0]) if cell else "—" for cell in cells]
        rows.append(f"{row.change}{'*' * row.moved} {sides[0]} → {sides[1]}")
    return rows


def test_articles_meet_themselves_wherever_they_went():
    assert table(OLD, NEW) == [
        "same 测试市公园管理办法 → 测试市公园管理办法",
        "same 第一章 → 第一章",
        "same 第一条 → 第一条",
        "changed* 第六条 → 第二条",
        "same 第二条 → 第三条",
        "added — → 第四条",
        "changed 第三条 → 第五条",
        "changed 第二章 → 第二章",
        "changed 第四条 → 第六条",
        "deleted 第五条 → —",
        "away* 第六条 → —",
    ]


def test_a_new_item_renumbers_those_behind_it_without_marking_them():
    row = next(row for row in compare(OLD, NEW).rows if row.new and row.new.label.text == "第六条")
    assert [shown(line) for line in row.new.lines] == [
        "禁止在公园内有下列行为：",
        "（一）攀折花木；",
        "（二）[携犬入园；]",
        "（三）乱扔垃圾。",
    ]
    assert "[" not in "".join(shown(line) for line in row.old.lines)


def test_the_tally_counts_articles_and_those_that_only_got_another_number():
    comparison = compare(OLD, NEW)
    assert dict(comparison.counts) == {"changed": 3, "added": 1, "deleted": 1, "same": 2}
    assert (comparison.articles, comparison.renumbered) == (7, 1)


def test_a_paragraph_cut_in_two_is_no_new_wording_and_a_table_is_compared_by_its_rows():
    old = "第一条　甲方提出申请。乙方审查申请。\n\n| 项目 | 金额 |\n| --- | --- |\n| 补贴 | 100 |\n| 奖励 | 50 |\n"
    new = "第一条　甲方提出申请。\n\n乙方审查申请。\n\n| 项目 | 金额 |\n| --- | --- |\n| 补贴 | 120 |\n| 奖励 | 50 |\n"
    article, rows = compare(old, new).rows
    assert "[" not in "".join(shown(line) for cell in (article.old, article.new) for line in cell.lines)
    assert [shown(line) for line in rows.new.lines] == ["项目 ｜ 金额", "补贴 ｜ [120]", "奖励 ｜ 50"]


def test_documents_without_articles_are_compared_paragraph_by_paragraph():
    rows = compare("各单位：\n\n现将有关事项通知如下。\n\n一、提高认识。\n", "各单位：\n\n一、提高思想认识。\n").rows
    assert [row.change for row in rows] == ["same", "deleted", "changed"]


def words(source: str) -> str:
    return fold("".join(unit.label + "".join(line.label + line.text for line in unit.lines) for unit in units(source)))


@pytest.mark.laws
def test_the_table_of_real_versions_of_a_law_has_every_word_of_both_and_comes_in_time(laws: Path):
    groups = defaultdict(list)
    with gzip.open(laws / "laws-1k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for law in map(json.loads, lines):
            groups[law["version_group"] or law["id"]].append(law)
    pairs = [pair for versions in groups.values() for pair in zip(versions, versions[1:], strict=False)]
    assert len(pairs) > 5
    for old, new in pairs:
        rows = compare(old["body_markdown"], new["body_markdown"]).rows
        for side, law in (("old", old), ("new", new)):
            # An article that moved is only named at its old place.
            cells = [cell for row in rows if row.change != "away" and (cell := getattr(row, side))]
            parts = [cell.label.text + "".join(run.text for line in cell.lines for run in line) for cell in cells]
            found, whole = fold("".join(parts)), words(law["body_markdown"])
            assert sorted(found) == sorted(whole), law["title"]
            if side == "new":
                assert found == whole, law["title"]
                bare = fold(re.sub(r"[#>|\-]", "", law["body_markdown"]))
                assert len(whole.replace("｜", "")) >= 0.98 * len(bare.replace("-", "")), law["title"]


def test_an_attachment_behind_the_last_article_is_no_part_of_it_and_its_lines_stay_together():
    law = "第一条　税额依照附表执行。\n\n第二条　本法自公布之日起施行。\n\n附：税额表\n\n一、大气\n\n每当量1.2元\n"
    assert [(unit.role, len(unit.lines)) for unit in units(law)] == [("article", 1), ("article", 1), ("text", 3)]
    rows = compare(law, law.replace("1.2元", "1.4元")).rows
    assert [row.change for row in rows] == ["same", "same", "changed"]


def test_what_moved_stands_whole_at_its_new_place_and_is_only_named_at_its_old_one():
    away = next(row for row in compare(OLD, NEW).rows if row.change == "away")
    assert (away.old.label.text, away.old.lines) == ("第六条", ())
    assert (away.new.label.text, away.new.anchor) == ("第二条", "art-2")
