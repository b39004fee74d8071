"""Working days are those of the official calendars: every day of them, and none of a year that nobody has announced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.base.calendar import Interval, Span, Year
from gongkai.model.workdays import UnknownYear, Workdays

KNOWN = Workdays()


def year(year: int, holidays: list[str], workdays: list[str] = ()) -> Year:
    """The official calendar of a year, as a site writes it."""
    return Year.model_validate(
        {"year": str(year), "source": "通知", "holidays": list(holidays), "workdays": list(workdays)}
    )


def test_every_day_of_2020_to_2026_agrees_with_an_independent_source():
    """`holidays` keeps its own list of 调休 from the notices of the State Council."""
    from holidays.countries import China

    other = China(years=range(2020, 2027))
    days = list(Span(date(2020, 1, 1), date(2026, 12, 31)))
    assert len(days) == 2557
    assert [day for day in days if KNOWN.has(day) != other.is_working_day(day)] == []
    assert any(KNOWN.has(day) for day in days if day.weekday() == 6), "no Sunday is worked: 调休 is not counted"


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2026, 9, 18), 20, date(2026, 10, 22)),  # over 中秋节 and 国庆节, with two made-up days
        (date(2026, 2, 13), 3, date(2026, 2, 25)),  # 14 February is a worked Saturday, 15 to 23 is off
        (date(2025, 1, 26), 1, date(2025, 1, 27)),  # a worked Sunday
        (date(2024, 12, 31), 0, date(2024, 12, 31)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),  # into the next year, whose first Sunday is worked
    ],
)
def test_the_day_from_which_a_limit_runs_does_not_count(start, count, last):
    assert KNOWN.after(start, count) == last
    assert KNOWN.between(start, last) == count


def test_a_limit_in_calendar_days_that_ends_on_a_holiday_ends_on_the_next_working_day():
    assert KNOWN.within(date(2026, 9, 11), 20) == date(2026, 10, 8)
    assert KNOWN.within(date(2026, 9, 8), 20) == date(2026, 9, 28)
    assert KNOWN.within(date(2026, 9, 9), 20) == date(2026, 9, 29)


def test_counting_forth_and_back_agrees_over_all_known_years():
    for start in Span(date(2024, 1, 1), date(2025, 12, 1)):
        last = KNOWN.after(start, 15)
        assert KNOWN.has(last)
        assert KNOWN.between(start, last) == 15
        assert KNOWN.between(start, last - timedelta(days=1)) == 14


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2028, 1, 3)])
def test_a_year_without_an_official_calendar_is_named_and_never_guessed(day):
    with pytest.raises(UnknownYear) as raised:
        KNOWN.has(day)
    assert raised.value.year == day.year


def test_a_count_that_ends_before_the_unknown_year_needs_no_calendar_of_it():
    assert KNOWN.after(date(2026, 12, 24), 5) == date(2026, 12, 31)
    with pytest.raises(UnknownYear):
        KNOWN.after(date(2026, 12, 24), 6)


def test_a_site_adds_a_year_and_may_reach_into_the_december_before():
    days = Workdays([year(2027, ["2026-12-31 至 2027-01-02", "2027-10-01 至 2027-10-07"], ["2027-01-03"])])
    assert not days.has(date(2026, 12, 31))
    assert days.has(date(2026, 12, 30))
    assert days.has(date(2027, 1, 3)), "a worked Sunday"
    assert not days.has(date(2027, 1, 9))
    assert days.after(date(2026, 12, 30), 2) == date(2027, 1, 4)


def test_a_year_of_the_site_takes_the_place_of_the_one_that_is_known():
    days = Workdays([year(2026, ["2026-01-01"])])
    assert not KNOWN.has(date(2026, 10, 1))
    assert days.has(date(2026, 10, 1))


@pytest.mark.parametrize(
    ("interval", "since"),
    [
        (Interval(2, "周"), date(2026, 11, 6)),
        (Interval(14, "天"), date(2026, 11, 6)),
        (Interval(6, "个月"), date(2026, 5, 20)),
        (Interval(12, "个月"), date(2025, 11, 20)),
        (Interval(1, "年"), date(2025, 11, 20)),
    ],
)
def test_an_interval_reaches_back_to_the_first_day_that_still_counts(interval, since):
    assert interval.since(date(2026, 11, 20)) == since


def test_an_interval_of_months_stays_inside_a_short_month():
    assert Interval(1, "个月").since(date(2026, 3, 31)) == date(2026, 2, 28)
    assert Interval(1, "年").since(date(2024, 2, 29)) == date(2023, 2, 28)
