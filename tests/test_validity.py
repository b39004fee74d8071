"""有效性 on a given day, from dates alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.model.rule import Repeal, Rule, Status, Type
from gongkai.model.validity import Validity, disagrees, on

D = date.fromisoformat


def rule(**keys):
    return Rule.model_construct(title="甲", type=Type.NORMATIVE, issuers=(), **keys)


@pytest.mark.parametrize(
    ("keys", "day", "state", "since", "until"),
    [
        ({"effective": D("2024-01-01")}, "2023-12-31", Status.PENDING, None, "2023-12-31"),
        ({"effective": D("2024-01-01")}, "2024-01-01", Status.IN_FORCE, "2024-01-01", None),
        ({}, "2024-01-01", Status.IN_FORCE, None, None),
        ({"valid_until": D("2024-06-30")}, "2024-06-30", Status.IN_FORCE, None, "2024-06-30"),
        ({"valid_until": D("2024-06-30")}, "2024-07-01", Status.EXPIRED, "2024-07-01", None),
        ({"repealed": Repeal.model_construct(on=D("2024-06-30"))}, "2024-06-29", Status.IN_FORCE, None, "2024-06-29"),
        ({"repealed": Repeal.model_construct(on=D("2024-06-30"))}, "2024-06-30", Status.REPEALED, "2024-06-30", None),
    ],
)
def test_a_state_begins_and_ends_on_its_day(keys, day, state, since, until):
    expected = Validity(state, since and D(since), until and D(until))
    assert on(rule(**keys), D(day)) == expected


def test_what_ends_first_decides_why_it_ended():
    both = rule(valid_until=D("2024-06-30"), repealed=Repeal.model_construct(on=D("2025-01-01")))
    assert on(both, D("2025-06-01")).state is Status.EXPIRED
    both = rule(valid_until=D("2025-06-30"), repealed=Repeal.model_construct(on=D("2025-01-01")))
    assert on(both, D("2025-09-01")).state is Status.REPEALED


def test_every_day_has_exactly_one_state_and_states_only_move_forward():
    order = [Status.PENDING, Status.IN_FORCE, Status.EXPIRED]
    whole = rule(effective=D("2024-01-10"), valid_until=D("2024-01-20"))
    states = [on(whole, D("2024-01-01") + timedelta(days=n)).state for n in range(40)]
    assert sorted(states, key=order.index) == states
    assert states.count(Status.IN_FORCE) == 11


def test_a_source_that_says_amended_agrees_with_in_force_and_lapsed_words_agree_with_each_other():
    assert not disagrees(Status.AMENDED, Status.IN_FORCE)
    assert not disagrees(Status.EXPIRED, Status.REPEALED)
    assert disagrees(Status.EXPIRED, Status.IN_FORCE)
    assert disagrees(Status.IN_FORCE, Status.PENDING)
    assert not disagrees(None, Status.EXPIRED)


def test_the_page_says_the_state_in_words_with_its_day_and_what_ended_it(site):
    site.rule("new", title="新办法", repeals="[old]")
    site.rule("old", repealed="{on: 2024-02-01, by: new}", signed="2020-01-01", effective="2020-01-01")
    site.rule("later", effective="2027-01-01").rule("over", valid_until="2025-12-31").build()
    old = site.page("rules/old")
    assert "自 2024年2月1日 起废止" in old
    assert '废止它的文件：<a href="../new/">新办法</a>' in old
    assert "废止" in site.page("rules/new")
    assert "尚未施行" in site.page("rules/later")
    assert "自 2026年1月1日 起失效" in site.page("rules/over")


def test_a_declared_status_that_disagrees_is_shown_and_warned_of_and_for_our_own_an_error(site):
    site.write(
        "-- content/shifu/rules/far.md --\n"
        "---\ntitle: 外省办法\ntype: other\nissuers: [外省人民政府]\nstatus: expired\n---\n\n正文\n"
    )
    said = site.build().err
    assert "GK-RULE-001" in said
    assert "来源标注为“失效”" in site.page("rules/far")
    site.rule("mine", status="expired")
    assert "GK-RULE-001" in site.refused()
