"""A day → whether people work on it, by the official calendars (节假日和调休). Start with `Workdays`.

Years come from `chinesecalendar`; a site adds or replaces one in its settings. A year that neither knows is never
guessed: `UnknownYear` says which one. As in 民法典 arts 201 and 203, the day from which a limit runs does not
count, and a limit in calendar days that ends on a day of rest ends on the next working day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from gongkai.base.calendar import Span, Year

ONE = timedelta(days=1)


class UnknownYear(LookupError):
    """Raised when a count of working days runs into a year without an official calendar."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(str(year))


class Workdays:
    """The working days of the years that are known."""

    def __init__(self, added: Sequence[Year] = ()) -> None:
        self._said = {day: works for year in added for day, works in _says(year)}
        self._added = frozenset(year.year for year in added)

    def has(self, day: date) -> bool:
        """Whether people work on `day`. Raises `UnknownYear`."""
        if day in self._said:
            return self._said[day]
        if day.year in self._added:
            return day.weekday() < 5
        known = _official(day.year)
        if known is None:
            raise UnknownYear(day.year)
        return day in known

    def after(self, day: date, count: int) -> date:
        """The last day of a limit of `count` working days from `day`. Raises `UnknownYear`."""
        while count:
            day += ONE
            count -= self.has(day)
        return day

    def within(self, day: date, count: int) -> date:
        """The last day of a limit of `count` calendar days from `day`. Raises `UnknownYear`."""
        day += ONE * count
        while not self.has(day):
            day += ONE
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days after `start` have begun by `end`; 0 when `end` is not later. Raises `UnknownYear`."""
        return sum(self.has(day) for day in Span(start + ONE, end)) if end > start else 0


@cache
def _official(year: int) -> frozenset[date] | None:
    """The working days of a year that `chinesecalendar` knows: 7 ms a year, kept because every document asks."""
    from chinese_calendar import is_workday

    try:
        return frozenset(day for day in Span(date(year, 1, 1), date(year, 12, 31)) if is_workday(day))
    except NotImplementedError:
        return None


def _says(year: Year) -> Iterator[tuple[date, bool]]:
    for works, spans in ((False, year.holidays), (True, year.workdays)):
        yield from ((day, works) for span in spans for day in span)
