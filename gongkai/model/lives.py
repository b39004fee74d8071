"""The documents of the catalog and what they do to one another → the life of each. Start with `lives`.

What begins, changes and ends a document is said by its own dates, by the documents that act on it, and, where the site
has one, by the policy on 有效期. A document that may not be seen yet acts on nothing, so that no page speaks of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from gongkai.base.settings import Settings
from gongkai.model.record import Item
from gongkai.model.references import Names, is_own
from gongkai.model.review import Outcome
from gongkai.model.reviewed import Decided, decided, turns
from gongkai.model.rule import Rule, Status, Type
from gongkai.model.spans import join
from gongkai.model.validity import Life, Reason, Source, Span

Key = tuple[str, str]
Act = tuple[str, Item]

ACTS = ("repeals", "replaces", "amends", "suspends", "extends")
"""The relations that change the state of the document they name."""


def lives(
    items: Collection[Item], names: Names, settings: Settings, unseen: Collection[Key]
) -> MappingProxyType[Key, Life]:
    """The life of every rule among `items`; a record whose key is in `unseen` acts on no other."""
    rules = {item.key: item for item in items if item.kind == "rule"}
    acts: dict[Key, list[Act]] = defaultdict(list)
    for item in rules.values():
        for relation in ACTS if item.key not in unseen else ():
            for text in getattr(item.record, relation):
                if (target := names.one("rule", text)) and target != item.key:
                    acts[target].append((relation, item))
    walk = _Walk(rules, acts, names, settings, decided(items, names, unseen))
    walk.run()
    return MappingProxyType(walk.known)


def alone(item: Item, names: Names, settings: Settings) -> Life:
    """The life of a record by what it says itself."""
    return _Walk({item.key: item}, {}, names, settings).of(item.key)


def begins(record: Rule) -> date | None:
    """The first day of a document's force: 首次施行日期 where its present text took effect later, else 施行日期."""
    return min(filter(None, (record.original_effective, *texts(record))), default=None)


def texts(record: Rule) -> list[date]:
    """The days from which the texts of a record that are known took effect, the earliest first."""
    return sorted(filter(None, (*(version.date for version in record.versions or ()), record.effective)))


def _takes_over(record: Rule) -> date | None:
    return next(iter(texts(record)), appears(record))


def appears(record: Rule) -> date | None:
    """The day of this text where 施行日期 is not known: it was published, or at least signed, by then."""
    return record.published.day if record.published else record.signed


@dataclass
class _Walk:
    """Works out each life once. One may need another: a repeal counts from the day that its document takes effect."""

    rules: dict[Key, Item]
    acts: dict[Key, list[Act]]
    names: Names
    settings: Settings
    decided: dict[Key, list[Decided]] = field(default_factory=dict)
    known: dict[Key, Life] = field(default_factory=dict)

    def run(self) -> None:
        """Every life, those of the documents that act on it first. Without recursion: a chain may be long."""
        met: set[Key] = set()
        for start in self.rules:
            stack = [start]
            while stack:
                here = stack[-1]
                met.add(here)
                first = [other.key for _, other in self.acts.get(here, ()) if other.key not in met]
                stack += first
                if not first:
                    stack.pop()
                    if here not in self.known:
                        self.known[here] = self._life(self.rules[here], self.acts.get(here, []))

    def of(self, key: Key) -> Life:
        """The life of a document; in a circle (a fault of its own), by what it says itself."""
        return self.known.get(key) or self._life(self.rules[key], [])

    def _life(self, item: Item, acts: list[Act]) -> Life:
        record: Rule = item.record
        if not (acts or record.repealed or self.settings.validity or item.key in self.decided):
            return _undisturbed(item)
        turns = [*self._amendments(record, acts), *self._ends(record, acts), *self._pauses(acts)]
        turns += self._reviewed(item, acts)
        until, term, terms = self._terms(item, acts)
        return Life(join(begins(record), [*turns, *terms], record.status), until, term)

    def _amendments(self, record: Rule, acts: list[Act]) -> list[Span]:
        done = self._done("amends", acts)
        return _amended(record, [Span(Status.IN_FORCE, day, Reason.AMENDED, by, amended=True) for day, by, _ in done])

    def _ends(self, record: Rule, acts: list[Act]) -> list[Span]:
        """By repeal and by a newer text. What the document itself says of its repeal goes before all others."""
        repeals = [
            Span(Status.REPEALED, day, Reason.REPEALED, source) for day, source, _ in self._done("repeals", acts)
        ]
        if record.repealed:
            source = self._source(record.repealed.by) if record.repealed.by else repeals[0].source if repeals else None
            repeals = [Span(Status.REPEALED, record.repealed.on, Reason.REPEALED, source)]
        replaced = [
            # 首次施行日期 of a newer text is that of the document: what takes the place of this text is the text.
            Span(Status.REPLACED, _takes_over(other.record), Reason.REPLACED, _named(other))
            for relation, other in acts
            if relation == "replaces"
        ]
        return [*repeals, *replaced]

    def _pauses(self, acts: list[Act]) -> list[Span]:
        """It rests while what suspends it is in force, and goes on when that has ended."""
        found = []
        for day, source, other in self._done("suspends", acts):
            found.append(Span(Status.SUSPENDED, day, Reason.SUSPENDED, source))
            if (end := self.of(other.key).ends()) and end.dated:
                found.append(Span(Status.IN_FORCE, end.first, Reason.RESUMED, source))
        return found

    def _reviewed(self, item: Item, acts: list[Act]) -> Iterator[Span]:
        """What reviews decided of it. Its own word on its repeal goes before theirs."""
        for one in self.decided.get(item.key, ()):
            if not (one.verdict.outcome is Outcome.REPEAL and item.record.repealed):
                yield from turns(one.verdict, self._decision(one.review), changes(item.record, acts))

    def _terms(self, item: Item, acts: list[Act]) -> tuple[date | None, Reason, list[Span]]:
        """有效期至 as it stands after all prolongings, what it rests on, and the spans that its end makes."""
        until, reason, found = item.record.valid_until, Reason.TERM, []
        source: Source | None = None
        if until is None and (derived := self._by_policy(item)):
            until, reason = derived, Reason.POLICY
        prolongings = [
            (day, to, by)
            for day, by, other in self._done("extends", acts)
            if (to := other.record.extends_to or other.record.valid_until)
        ]
        for one in self.decided.get(item.key, ()):
            if one.verdict.until:
                prolongings.append((one.verdict.day, one.verdict.until, self._decision(one.review)))
        for day, to, by in sorted(prolongings, key=lambda prolonging: prolonging[0] or date.min):
            if until and day and day > _after(until):
                found += [
                    Span(Status.EXPIRED, _after(until), reason, source),
                    Span(Status.IN_FORCE, day, Reason.EXTENDED, by),
                ]
            until, reason, source = to, Reason.EXTENDED, by
        if until:
            found.append(Span(Status.EXPIRED, _after(until), reason, source))
        return until, reason, found

    def _by_policy(self, item: Item) -> date | None:
        policy, start = self.settings.validity, begins(item.record)
        if policy is None or start is None or item.record.type is not Type.NORMATIVE:
            return None
        title = item.record.title or ""
        if (policy.since and start < policy.since) or not is_own(item, self.names):
            return None
        if any(word in title for word in policy.without):
            return None
        return years_later(start, policy.of(title)) - timedelta(days=1)

    def _done(self, relation: str, acts: list[Act]) -> list[tuple[date | None, Source, Item]]:
        """What other documents do to this one by `relation`: from which day (None: not known), and who."""
        found = []
        for name, other in acts:
            begun = self.of(other.key).begins() if name == relation else None
            if begun:
                found.append((begun.first or appears(other.record), _named(other), other))
        return found

    def _decision(self, review: Item) -> Source:
        """Whom a review's result is owed to: the document that decided it where it is ours, else the review."""
        key = self.names.one("rule", review.record.decision) if review.record.decision else None
        return _named(self.rules.get(key, review) if key else review)

    def _source(self, text: str) -> Source:
        key = self.names.one("rule", text)
        return _named(self.rules[key]) if key in self.rules else Source(text)


@lru_cache(maxsize=16384)
def _undisturbed(item: Item) -> Life:
    """The life of a document that nothing acts on and no policy bounds: a matter of its own dates alone."""
    record: Rule = item.record
    until = record.valid_until
    ends = [Span(Status.EXPIRED, _after(until), Reason.TERM, None)] if until else []
    return Life(join(begins(record), [*_amended(record), *ends], record.status), until, Reason.TERM)


def _amended(record: Rule, by_others: Iterable[Span] = ()) -> list[Span]:
    """The amendments of a document: by its earlier texts and by others, else the last that 历史沿革 tells."""
    found, begun = list(by_others), begins(record)
    later = [day for day in texts(record) if begun and begun < day]
    found[:0] = [Span(Status.IN_FORCE, day, Reason.AMENDED, amended=True) for day in later]
    if not found and (told := told_amendments(record)):
        found = [Span(Status.IN_FORCE, max(told), Reason.AMENDED, amended=True)]
    return found


def _named(item: Item) -> Source:
    return Source(item.record.title, item.key)


def _after(day: date) -> date:
    return day + timedelta(days=1)


def years_later(day: date, years: int) -> date:
    """The same day `years` later; 1 March for a 29 February that its year does not have."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def told_amendments(record: Rule) -> list[date]:
    """The days of the amendments that 历史沿革 tells."""
    return [event.date for event in record.history or () if _is_amendment(event.event)]


def changes(record: Rule, acts: Iterable[Act]) -> list[date | None]:
    """The days on which a document was amended, replaced or repealed, by its own word and that of others."""
    by_others = [appears(other.record) for name, other in acts if name in ("amends", "replaces", "repeals")]
    return [*by_others, *told_amendments(record), *texts(record)]


@lru_cache(maxsize=16384)
def _is_amendment(event: str) -> bool:
    """Whether a step of 历史沿革 amends the document: titles in 《》 speak of others, and 通过 is only on the way."""
    said = re.split("[，；。]", re.sub("《.*》", "", event))[0]
    return "通过" not in said and re.search("(修正|修订|修改)$", said.strip()) is not None
