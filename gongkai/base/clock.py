"""Options and environment → the one day that a build speaks of. No other module asks what day it is."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STEP = 2_000_000_000
"""Nanoseconds within which two changes of a file may bear the same time (FAT counts in steps of two seconds)."""


def today(zone: str, given: date | None = None) -> date:
    """The build day: `given` (`--date`), else `SOURCE_DATE_EPOCH`, else now, in the site's time zone.

    A page that says 截至 must not change with the zone of the machine that builds it, so the zone
    is the site's (`timezone` in catalog.yaml).
    """
    if given is not None:
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return now.astimezone(ZoneInfo(zone)).date()


def tick() -> int:
    """Now, as disks count: nanoseconds since 1970. Says whether a file changed just now, never what day it is."""
    return time.time_ns()
