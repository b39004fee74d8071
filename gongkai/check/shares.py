"""A report → how much of the standard lists is public (应公开未公开), by organ and field and by level."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from gongkai.check.report import Report
from gongkai.check.scores import name_of
from gongkai.model.coverage import Entry, Share, entries, share
from gongkai.model.row import RowLevel


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one organ in one field. `missing` pairs the item of each that is not public with its place."""

    organ: str
    """Its id."""
    name: str
    field: str
    share: Share
    missing: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """All rows that were asked for: together, by level (in the order of the levels), by organ and field."""

    whole: Share
    levels: tuple[tuple[str, Share], ...]
    parts: tuple[Part, ...]


def shares(report: Report) -> Shares | None:
    """The shares of the files that a report is about, the least first; None where there are no rows."""
    files = frozenset(report.files)
    found = [entry for entry in entries(report.catalog) if entry.row.path in files]
    if not found:
        return None
    by_part: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in found:
        by_part[entry.organ, entry.field].append(entry)
    parts = [_part(report, organ, field, rows) for (organ, field), rows in by_part.items()]
    by_level = share(found, lambda entry: entry.levels)
    return Shares(
        whole=share(found, lambda _: [""])[""],
        levels=tuple((level.label, by_level[level.value]) for level in RowLevel if level.value in by_level),
        parts=tuple(sorted(parts, key=lambda part: (part.share.percent, -part.share.total))),
    )


def _part(report: Report, organ: str, field: str, rows: list[Entry]) -> Part:
    named = report.catalog.find("field", field)
    missing = tuple(
        (entry.row.record.heading, f"{entry.row.path}:{entry.row.mark('id').line}")
        for entry in rows
        if not entry.published
    )
    whole = Share(len(rows), len(rows) - len(missing))
    return Part(organ, name_of(report, organ), named.record.name if named else field, whole, missing)
