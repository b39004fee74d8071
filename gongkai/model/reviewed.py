"""Reviews (集中清理) → what each decided of which document, and the turns that makes in its life."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.model.record import Item
from gongkai.model.references import Names
from gongkai.model.review import Miss, Outcome, Verdict, verdicts
from gongkai.model.rule import Status
from gongkai.model.validity import Reason, Source, Span

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """A verdict with the review it stands in."""

    verdict: Verdict
    review: Item


def decided(items: Iterable[Item], names: Names, unseen: Collection[Key] = ()) -> dict[Key, list[Decided]]:
    """For each document of the catalog, what the reviews decided of it; a review in `unseen` decided nothing yet."""
    found: dict[Key, list[Decided]] = defaultdict(list)
    for item in items:
        for verdict in verdicts(item.record) if item.kind == "review" and item.key not in unseen else ():
            if (target := names.one("rule", verdict.entry.rule)) is not None:
                found[target].append(Decided(verdict, item))
    return found


def amended_in_time(verdict: Verdict, changes: Iterable[date | None]) -> date | None:
    """The first of `changes` that answers a demand to amend: from the day of the review to its deadline."""
    last = verdict.deadline or date.max
    return min((day for day in (*changes, verdict.done) if day and verdict.day <= day <= last), default=None)


def turns(verdict: Verdict, source: Source, changes: Iterable[date | None]) -> Iterator[Span]:
    """The end that a verdict brings. What had to be amended by a day and was not ends on the day after."""
    if verdict.outcome is Outcome.REPEAL:
        yield Span(Status.REPEALED, verdict.day, Reason.REVIEWED, source)
    elif verdict.outcome is Outcome.EXPIRE:
        yield Span(Status.EXPIRED, verdict.day, Reason.REVIEWED, source)
    elif verdict.deadline and verdict.on_miss and amended_in_time(verdict, changes) is None:
        state = Status.EXPIRED if verdict.on_miss is Miss.EXPIRE else Status.REPEALED
        yield Span(state, verdict.deadline + timedelta(days=1), Reason.MISSED, source)
