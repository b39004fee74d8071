"""Dates of a document + a day → whether it is in force then.

The state is computed, never copied from a source: 截至 a day, from 施行日期, 有效期至 and 废止.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.model.rule import Rule, Status


@dataclass(frozen=True, slots=True)
class Validity:
    """A state, the first day it holds and the last; None where the day is not known or not fixed."""

    state: Status
    since: date | None
    until: date | None


def on(rule: Rule, day: date) -> Validity:
    """The state of `rule` on `day`: one of pending, in_force, expired, repealed.

    `valid_until` is the last day of force; `repealed.on` and `effective` are the first days of theirs. A document
    without any of these dates counts as in force, and its missing date is shown as missing.
    """
    repealed = rule.repealed.on if rule.repealed else None
    lapsed = rule.valid_until + timedelta(days=1) if rule.valid_until else None
    if repealed and repealed <= day and not (lapsed and lapsed < repealed):
        return Validity(Status.REPEALED, repealed, None)
    if lapsed and lapsed <= day:
        return Validity(Status.EXPIRED, lapsed, None)
    if rule.effective and day < rule.effective:
        return Validity(Status.PENDING, None, rule.effective - timedelta(days=1))
    ends = [end - timedelta(days=1) for end in (repealed, lapsed) if end]
    return Validity(Status.IN_FORCE, rule.effective, min(ends, default=None))


def disagrees(declared: Status | None, computed: Status) -> bool:
    """Whether what a source declares contradicts the computed state; 已修改 is still in force."""
    if declared is None or declared == computed:
        return False
    lapsed = (Status.EXPIRED, Status.REPEALED)
    if declared in lapsed and computed in lapsed:
        return False
    return not (declared == Status.AMENDED and computed == Status.IN_FORCE)
