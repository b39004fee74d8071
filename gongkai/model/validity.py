"""The life of a document as spans of 有效性, and its state on any day. Start with `Life`.

The state is computed, never copied from a source: what begins, changes and ends the life of a document is said by its
own dates and by the documents that act on it (`model.lives` gathers both). A life does not depend on today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.model.rule import Status


class Reason(StrEnum):
    """Why a span begins. The sentence for each is the theme's (`why_…` in its words)."""

    UNDATED = "undated"
    """No date says otherwise: a document without 施行日期 counts as in force, and the page says that it does."""
    EFFECTIVE = "effective"
    """施行日期."""
    AMENDED = "amended"
    """Another document amends it, or its own text as amended takes effect."""
    TERM = "term"
    """有效期 as written is over."""
    POLICY = "policy"
    """有效期 as derived by the policy of the site is over."""
    EXTENDED = "extended"
    """有效期, over meanwhile, is prolonged; or the prolonged one is over."""
    REPEALED = "repealed"
    REPLACED = "replaced"
    """A newer text of the same document takes its place."""
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    """What suspended it has ended."""
    REVIEWED = "reviewed"
    """A review (集中清理) declared it lapsed."""
    MISSED = "missed"
    """A review asked for an amendment by a day that passed without one."""
    DECLARED = "declared"
    """Only the source says so, and gives no day."""


@dataclass(frozen=True, slots=True)
class Source:
    """Whom a change is owed to: the name of a document, and its record where it is in the catalog."""

    text: str
    key: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A state that holds from `first` until the next span begins. `first` is None for the span before all others.

    `dated` is False where `first` is not the day it began, because nobody has told that day. `amended` says that the
    document has been amended by then.
    """

    state: Status
    first: date | None
    reason: Reason
    source: Source | None = None
    amended: bool = False
    dated: bool = True

    @property
    def key(self) -> str:
        """The state in one word for lists, scripts and the search: `in_force`, `in_force-amended`, `expired-declared`.

        What stands before the hyphen is the state.
        """
        if self.state is Status.IN_FORCE and self.amended:
            return f"{self.state.value}-amended"
        return f"{self.state.value}-declared" if self.reason is Reason.DECLARED else self.state.value


@dataclass(frozen=True, slots=True)
class Validity:
    """The state on a day; its first and last day, None where one is not known or not fixed; why, and whose doing."""

    state: Status
    since: date | None
    until: date | None
    amended: bool = False
    reason: Reason = Reason.EFFECTIVE
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """Every state a document goes through. There is at least one span; the days of their beginnings rise.

    `until` is 有效期至, the last day of force as written, prolonged or derived; `term` says which of the three.
    """

    spans: tuple[Span, ...]
    until: date | None = None
    term: Reason = Reason.TERM

    def at(self, day: date) -> Span:
        """The span that `day` lies in."""
        return next(span for span in reversed(self.spans) if span.first is None or span.first <= day)

    def on(self, day: date) -> Validity:
        """The state on `day`; spans of one state that touch count as one."""
        place = self.spans.index(here := self.at(day))
        first = place
        while first and self.spans[first - 1].state is here.state:
            first -= 1
        began = self.spans[first]
        after = next((span.first for span in self.spans[place + 1 :] if span.state is not here.state), None)
        return Validity(
            here.state,
            began.first if began.dated else None,
            after - timedelta(days=1) if after else None,
            here.amended,
            began.reason,
            began.source,
        )

    def begins(self) -> Span | None:
        """The first span in force, None for a document that never is."""
        return next((span for span in self.spans if span.state is Status.IN_FORCE), None)

    def ends(self) -> Span | None:
        """The span that ends its force for good, None where no end is known."""
        last = self.spans[-1]
        return last if last.state in LAPSED else None


LAPSED = frozenset({Status.EXPIRED, Status.REPEALED, Status.REPLACED})
"""States that no document leaves by itself."""


def disagrees(declared: Status | None, computed: Status) -> bool:
    """Whether what a source declares contradicts the computed state; 已修改 is still in force."""
    if declared is None or declared == computed:
        return False
    if declared in LAPSED and computed in LAPSED:
        return False
    return not (declared is Status.AMENDED and computed in (Status.IN_FORCE, Status.REPLACED))
