"""Documents with their earlier texts, and the records that take one another's place → all texts of one law in time.

Start with `Lineage`. What a text holds for is a span of days and does not depend on today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gongkai.model.catalog import Catalog
from gongkai.model.record import Item
from gongkai.model.rule import Rule

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stage:
    """One text: `record` is the document, `item` the same with this text for its body (they differ for an earlier one).

    It holds from `since` to `until`, both included, None where not known or not fixed. `by` is the key of the date that
    `since` is: 施行日期 (`effective`), or where that is not known the day it was published or signed.
    """

    record: Item
    item: Item
    since: date | None
    by: str
    until: date | None = None
    note: str = ""

    @property
    def present(self) -> bool:
        """Whether this is the text that stands in the record itself."""
        return self.item is self.record


class Lineage:
    """Which records are versions of which (`replaces`), over the whole catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._before: dict[Key, list[Item]] = defaultdict(list)
        self._after: dict[Key, list[Item]] = defaultdict(list)
        for item in catalog.of("rule"):
            for text in item.record.replaces:
                old = catalog.find("rule", text)
                if old is not None and old is not item and old not in self._before[item.key]:
                    self._before[item.key].append(old)
                    self._after[old.key].append(item)

    def has_several(self, item: Item) -> bool:
        """Whether a document has more than its one text."""
        return bool(self.catalog.texts.get(item.key) or self._before.get(item.key) or self._after.get(item.key))

    def stages(self, item: Item) -> tuple[Stage, ...]:
        """Every text of the law that `item` is a version of, oldest first."""
        found: list[Stage] = []
        older, newer = self._line(item, self._before), self._line(item, self._after)
        for record in (record for generation in [*older[::-1], [item], *newer] for record in generation):
            found += self._own(record, found[-1].since if found else None)
        return tuple(self._ended(found))

    def before(self, stage: Stage, stages: tuple[Stage, ...]) -> list[Stage]:
        """The texts that `stage` took the place of: one, or several where documents were merged."""
        own = [other for other in stages if other.record is stage.record]
        place = own.index(stage)
        if place:
            return [own[place - 1]]
        old = self._before.get(stage.record.key, [])
        return [other for other in stages if other.present and other.record in old]

    def _line(self, item: Item, way: dict[Key, list[Item]]) -> list[list[Item]]:
        """The generations in one direction, the nearest first. Each record once: a circle (a fault) ends there."""
        found: list[list[Item]] = []
        seen, here = {item.key}, [item]
        while here:
            nearer = {other.key: other for record in here for other in way.get(record.key, ()) if other.key not in seen}
            seen |= nearer.keys()
            here = sorted(nearer.values(), key=lambda other: (_starts(other.record)[0] or date.min, other.id))
            found.append(here)
        return found

    def _own(self, record: Item, after: date | None) -> Iterator[Stage]:
        for text in self.catalog.texts.get(record.key, ()):
            yield Stage(record, text.item, text.since, "effective", note=text.note)
            after = text.since
        since, by = _starts(record.record, after)
        yield Stage(record, record, since, by)

    def _ended(self, stages: list[Stage]) -> Iterator[Stage]:
        """Each with its last day: that before the next text, or before its record lapsed or was replaced."""
        for n, stage in enumerate(stages):
            follows = stages[n + 1] if not stage.present else None
            ends = [follows.since] if follows else [self._lapses(stage.record), *self._replaced(stage, stages)]
            known = [end for end in ends if end and (stage.since is None or end > stage.since)]
            yield replace(stage, until=min(known) - timedelta(days=1) if known else None)

    def _lapses(self, record: Item) -> date | None:
        """The first day on which a document is no longer in force."""
        end = self.catalog.life(record).ends()
        return end.first if end and end.dated else None

    def _replaced(self, stage: Stage, stages: list[Stage]) -> Iterator[date | None]:
        for newer in self._after.get(stage.record.key, ()):
            yield next((other.since for other in stages if other.record is newer), None)


def _starts(record: Rule, after: date | None = None) -> tuple[date | None, str]:
    """From when the present text of a record holds, and which of its dates says so.

    Some sources keep 施行日期 of the first text: one that is not after the text before (`after`) does not count.
    """
    days = {
        "effective": record.effective,
        "published": record.published.day if record.published else None,
        "signed": record.signed,
    }
    for by, day in days.items():
        if day and (after is None or day > after):
            return day, by
    return None, ""
