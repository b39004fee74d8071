"""The turns in a document's life, in any order → its spans, in the order of their days. Start with `join`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from gongkai.model.rule import Status
from gongkai.model.validity import LAPSED, Reason, Span

_ORDER = (Status.IN_FORCE, Status.SUSPENDED, Status.REPEALED, Status.REPLACED, Status.EXPIRED)
"""On one day: an amendment before the repeal of what is amended; a repeal before a term that ends with it."""


def join(start: date | None, turns: Iterable[Span], declared: Status | None) -> tuple[Span, ...]:
    """The spans of a document in force from `start` (None: not known), and of what becomes of it.

    What ends first decides why it ended. A turn without a day, and `declared`, what a source says, count only where
    no day says anything else.
    """
    turns = sorted(turns, key=lambda turn: (turn.first or date.min, _ORDER.index(turn.state), turn.source is not None))
    early = [turn for turn in turns if turn.reason is Reason.AMENDED and _by(turn.first, start)]
    spans = _opening(start, amended=bool(early) or declared is Status.AMENDED)
    for turn in turns:
        if turn.first and turn not in early:
            _add(spans, turn)
    if any(span.state in LAPSED for span in spans):
        return tuple(spans)
    ended = next((turn for turn in turns if turn.first is None and turn.state in LAPSED), None)
    return tuple(_undated(spans, start, ended, declared))


def _by(day: date | None, start: date | None) -> bool:
    """Whether something of an unknown day or of `day` was so when the document began."""
    return day is None or (start is not None and day <= start)


def _opening(start: date | None, *, amended: bool) -> list[Span]:
    if start is None:
        return [Span(Status.IN_FORCE, None, Reason.UNDATED, amended=amended, dated=False)]
    begun = Span(Status.IN_FORCE, start, Reason.EFFECTIVE, amended=amended)
    return [Span(Status.PENDING, None, Reason.EFFECTIVE), begun]


def _add(spans: list[Span], turn: Span) -> None:
    """Adds a turn if the state before it allows it."""
    assert turn.first is not None
    last = spans[-1]
    if last.first and turn.first < last.first:
        # Only the beginning can lie later: what ended before it began was never in force, all else has no meaning.
        if turn.state in LAPSED:
            spans[-1] = turn
    elif turn.reason is Reason.AMENDED and last.state is not Status.IN_FORCE:
        spans[-1] = replace(last, amended=True)
    elif last.state in _BEFORE.get(turn.reason, (Status.IN_FORCE, Status.SUSPENDED)):
        turn = replace(turn, amended=last.amended or turn.amended)
        spans[-1:] = [turn] if last.first == turn.first else [last, turn]


_BEFORE = {
    Reason.SUSPENDED: (Status.IN_FORCE,),
    Reason.RESUMED: (Status.SUSPENDED,),
    Reason.EXTENDED: (Status.IN_FORCE, Status.SUSPENDED, Status.EXPIRED),
}
"""The states that a turn may follow, where they are not simply those of a document that has not ended."""


def _undated(spans: list[Span], start: date | None, ended: Span | None, declared: Status | None) -> list[Span]:
    """The spans of a document whose end, if any, has no day."""
    if ended is None and declared in LAPSED | {Status.SUSPENDED}:
        ended = Span(declared, None, Reason.DECLARED)
    if ended is None and declared is Status.PENDING and start is None:
        return [Span(Status.PENDING, None, Reason.DECLARED, dated=False)]
    if ended is None:
        return spans
    ended = replace(ended, first=start, dated=False, amended=spans[-1].amended)
    return [spans[0], ended] if start else [ended]
