"""A record and a day → how much of it the site shows. Start with `form`."""

from __future__ import annotations

from datetime import date
from enum import Enum

from gongkai.model.record import Common, Disclosure


class Form(Enum):
    """How much of a record the site shows."""

    FULL = "full"
    NOTICE = "notice"
    TOMBSTONE = "tombstone"
    HIDDEN = "hidden"


def form(record: Common, day: date) -> Form:
    """What of `record` may be seen on `day`.

    Hidden: withheld, a draft, or published later. Tombstone: withdrawn, or its display period is over. Notice: on
    request (title, number, organ and how to ask). Everything else in full.
    """
    later = record.published is not None and record.published.day > day
    if record.draft or later or record.disclosure is Disclosure.WITHHELD:
        return Form.HIDDEN
    if record.withdrawn is not None and record.withdrawn.on <= day:
        return Form.TOMBSTONE
    if record.display_until is not None and record.display_until < day:
        return Form.TOMBSTONE
    if record.disclosure is Disclosure.ON_REQUEST:
        return Form.NOTICE
    return Form.FULL
