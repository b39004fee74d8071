"""有效性 on a given day: from the dates of a document, from what others do to it, from what its source says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.base.project import Project
from gongkai.model.catalog import load
from gongkai.model.rule import Status
from gongkai.model.validity import Life, Reason, Source, disagrees
from gongkai.read.walk import read
from tests.conftest import DAY

D = date.fromisoformat


def lives(site, day=DAY) -> dict[str, Life]:
    catalog = load(read(Project.at(site.root)), D(day))
    return {key[1]: life for key, life in catalog.lives.items()}


def told(life: Life) -> list[str]:
    return [f"{span.first or '…'} {span.key} {span.reason}" for span in life.spans]


@pytest.mark.parametrize(
    ("keys", "day", "state", "since", "until"),
    [
        ({"effective": "2024-01-01"}, "2023-12-31", "pending", None, "2023-12-31"),
        ({"effective": "2024-01-01"}, "2024-01-01", "in_force", "2024-01-01", None),
        ({"effective": None}, "2024-01-01", "in_force", None, None),
        ({"effective": None, "valid_until": "2024-06-30"}, "2024-06-30", "in_force", None, "2024-06-30"),
        ({"effective": None, "valid_until": "2024-06-30"}, "2024-07-01", "expired", "2024-07-01", None),
        ({"effective": None, "repealed": "{on: 2024-06-30}"}, "2024-06-29", "in_force", None, "2024-06-29"),
        ({"effective": None, "repealed": "{on: 2024-06-30}"}, "2024-06-30", "repealed", "2024-06-30", None),
    ],
)
def test_a_state_begins_and_ends_on_its_day(site, keys, day, state, since, until):
    site.rule("a", signed="2023-01-01", **keys)
    now = lives(site)["a"].on(D(day))
    assert (now.state, now.since, now.until) == (Status(state), since and D(since), until and D(until))


def test_what_ends_first_decides_why_it_ended(site):
    site.rule("over", valid_until="2024-06-30", repealed="{on: 2025-01-01}")
    site.rule("cut", valid_until="2025-06-30", repealed="{on: 2025-01-01}")
    site.rule("both", valid_until="2024-12-31", repealed="{on: 2025-01-01}")
    found = lives(site)
    assert found["over"].on(D("2025-06-01")).state is Status.EXPIRED
    assert found["cut"].on(D("2025-09-01")).state is Status.REPEALED
    assert found["both"].on(D("2025-09-01")).state is Status.REPEALED


def test_every_day_has_exactly_one_state_and_states_only_move_forward(site):
    site.rule("a", effective="2024-01-10", valid_until="2024-01-20")
    order = [Status.PENDING, Status.IN_FORCE, Status.EXPIRED]
    life = lives(site)["a"]
    states = [life.on(D("2024-01-01") + timedelta(days=n)).state for n in range(40)]
    assert sorted(states, key=order.index) == states
    assert states.count(Status.IN_FORCE) == 11


def test_a_document_is_repealed_from_the_day_on_which_the_other_takes_effect(site):
    site.rule("old").rule("new", effective="2025-03-01", repeals="[old]", doc_no="测政规〔2025〕1号")
    site.rule("older", title="《更早的办法》").rule("by-title", effective="2025-04-01", repeals="[《更早的办法》]")
    found = lives(site)
    assert told(found["old"]) == [
        "… pending effective",
        "2024-02-01 in_force effective",
        "2025-03-01 repealed repealed",
    ]
    assert found["old"].on(D("2025-02-28")).until == D("2025-02-28")
    assert found["old"].on(D("2025-03-01")).source == Source("文件new", ("rule", "new"))
    assert found["older"].on(D(DAY)).source == Source("文件by-title", ("rule", "by-title"))


def test_its_own_word_on_its_repeal_goes_before_that_of_others(site):
    site.rule("old", repealed="{on: 2025-06-01}").rule("new", effective="2025-03-01", repeals="[old]")
    now = lives(site)["old"].on(D(DAY))
    assert (now.since, now.source) == (D("2025-06-01"), Source("文件new", ("rule", "new")))


def test_a_repeal_that_never_takes_effect_repeals_nothing(site):
    site.rule("a").rule("b", effective="2027-01-01", repeals="[a]")
    site.rule("c", effective="2026-12-01", repealed="{on: 2026-12-01}", title="收回的决定").rule("d")
    site.rule("b2", effective="2026-12-01", repealed="{on: 2026-12-01}", repeals="[d]")
    found = lives(site)
    assert found["a"].on(D("2027-01-01")).state is Status.REPEALED
    assert told(found["b2"]) == ["… pending effective", "2026-12-01 repealed repealed"]
    assert found["d"].ends() is None


def test_a_newer_text_takes_the_place_of_the_older_from_the_day_of_that_text(site):
    site.rule("v1", effective="2015-01-01", signed="2014-01-01")
    site.rule("v2", replaces="[v1]", effective="2020-01-01", original_effective="2015-01-01", signed="2014-01-01")
    found = lives(site)
    assert told(found["v1"])[-1] == "2020-01-01 replaced replaced"
    assert told(found["v2"]) == [
        "… pending effective",
        "2015-01-01 in_force effective",
        "2020-01-01 in_force-amended amended",
    ]
    now = found["v2"].on(D(DAY))
    assert (now.state, now.amended, now.since) == (Status.IN_FORCE, True, D("2015-01-01"))


def test_an_amendment_leaves_a_document_in_force_and_says_who_amended_it_when(site):
    site.rule("a").rule("b", amends="[a]", effective="2025-05-01")
    life = lives(site)["a"]
    assert told(life)[1:] == ["2024-02-01 in_force effective", "2025-05-01 in_force-amended amended"]
    assert (life.on(D("2025-04-30")).amended, life.on(D("2025-05-01")).amended) == (False, True)
    assert life.on(D(DAY)).since == D("2024-02-01")


@pytest.mark.parametrize(
    ("event", "amended"),
    [
        ("《关于修改部分行政法规的决定》第二次修订", True),
        ("根据市人民政府令第14号公布的决定修正，修正后的文本自2026年1月1日起施行", True),
        ("市人民政府第50次常务会议通过修改决定", False),
        ("以市人民政府令第10号公布", False),
        ("《关于修改〈甲办法〉的决定》公布", False),
    ],
)
def test_a_step_of_the_history_that_amends_is_told_from_one_that_only_speaks_of_it(site, event, amended):
    site.rule("a", history=f"[{{date: 2025-03-01, event: {event}}}]")
    assert lives(site)["a"].on(D(DAY)).amended is amended


def test_an_extension_moves_the_end_and_one_that_comes_too_late_leaves_a_gap(site):
    site.rule("a", valid_until="2025-12-31").rule(
        "more", extends="[a]", extends_to="2027-12-31", effective="2025-11-01"
    )
    site.rule("b", valid_until="2025-12-31").rule(
        "late", extends="[b]", valid_until="2027-12-31", effective="2026-02-01"
    )
    found = lives(site)
    assert (found["a"].until, found["a"].term) == (D("2027-12-31"), Reason.EXTENDED)
    assert told(found["a"])[-1] == "2028-01-01 expired extended"
    assert told(found["b"])[2:] == [
        "2026-01-01 expired term",
        "2026-02-01 in_force extended",
        "2028-01-01 expired extended",
    ]
    assert found["b"].on(D("2026-01-15")).state is Status.EXPIRED
    assert found["b"].on(D("2026-01-15")).until == D("2026-01-31")


def test_a_suspended_document_rests_while_what_suspends_it_is_in_force(site):
    site.rule("a").rule("s", suspends="[a]", effective="2025-01-01", valid_until="2025-12-31")
    assert told(lives(site)["a"])[1:] == [
        "2024-02-01 in_force effective",
        "2025-01-01 suspended suspended",
        "2026-01-01 in_force resumed",
    ]


def test_two_documents_that_repeal_each_other_do_not_stop_the_reading(site):
    site.rule("a", repeals="[b]").rule("b", repeals="[a]").rule("c", repeals="[c]")
    assert set(lives(site)) == {"a", "b", "c"}


@pytest.mark.parametrize("hidden", [{"draft": "true"}, {"disclosure": "withheld"}, {"published": "2026-12-24"}])
def test_what_may_not_be_seen_yet_acts_on_nothing(site, hidden):
    site.rule("a").rule("b", **{"repeals": "[a]", "effective": "2025-01-01", **hidden})
    assert lives(site)["a"].ends() is None


def far(site, id, **keys):
    """A document from outside, without the dates that ours must have."""
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    front = f"title: 外省{id}\ntype: other\nissuers: [外省人民政府]\n{lines}"
    site.write(f"-- content/shifu/rules/{id}.md --\n---\n{front}---\n\n正文\n")


def test_what_only_its_source_calls_lapsed_is_lapsed_without_a_day_and_is_never_called_in_force(site):
    far(site, "bare", status="expired")
    far(site, "begun", status="repealed", effective="2004-04-01")
    far(site, "soon", status="pending")
    far(site, "dated", status="expired", valid_until="2020-12-31")
    found = lives(site)
    assert told(found["bare"]) == ["… expired-declared declared"]
    assert told(found["begun"]) == ["… pending effective", "2004-04-01 repealed-declared declared"]
    assert found["begun"].on(D(DAY)).since is None
    assert told(found["soon"]) == ["… pending-declared declared"]
    assert told(found["dated"]) == ["… in_force undated", "2021-01-01 expired term"]


def test_a_source_that_says_amended_agrees_with_in_force_and_lapsed_words_agree_with_each_other():
    assert not disagrees(Status.AMENDED, Status.IN_FORCE)
    assert not disagrees(Status.AMENDED, Status.REPLACED)
    assert not disagrees(Status.EXPIRED, Status.REPEALED)
    assert disagrees(Status.EXPIRED, Status.IN_FORCE)
    assert disagrees(Status.IN_FORCE, Status.PENDING)
    assert not disagrees(None, Status.EXPIRED)


POLICY = "validity: {years: 5, since: 2020-01-01}\n"


def test_a_policy_derives_the_term_of_our_own_normative_documents_and_of_no_others(site):
    site.write("-- catalog.yaml --\n" + (site.root / "catalog.yaml").read_text("utf-8") + POLICY)
    site.rule("five", effective="2024-02-29", signed="2024-02-01").rule("trial", title="某某办法（试行）")
    site.rule("own-word", valid_until="2030-01-01").rule("before", effective="2019-12-31", signed="2019-01-01")
    site.rule("rule", type="government_rule").rule("extended").rule(
        "more", extends="[extended]", extends_to="2033-01-01"
    )
    far(site, "far", effective="2024-01-01")
    found = lives(site)
    assert (found["five"].until, found["five"].term) == (D("2029-02-28"), Reason.POLICY)
    assert found["trial"].until == D("2026-01-31")
    assert found["own-word"].term is Reason.TERM
    assert [found[id].until for id in ("before", "rule", "far")] == [None, None, None]
    assert found["extended"].until == D("2033-01-01")


def test_without_a_policy_nothing_is_derived(site):
    site.rule("trial", title="某某办法（试行）")
    assert lives(site)["trial"].until is None


def test_a_declared_status_that_disagrees_is_shown_and_warned_of_and_for_our_own_an_error(site):
    far(site, "far", status="expired")
    said = site.build().err
    assert "GK-RULE-001" in said
    assert "来源标注为“失效”，没有注明日期" in site.page("rules/far")
    site.rule("mine", status="expired")
    assert "GK-RULE-001" in site.refused()
