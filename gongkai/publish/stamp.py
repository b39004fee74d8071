"""Everything that a build reads, as the disk knows it → whether the last build still stands. Start with `standing`.

A build that would change nothing is known by this without reading a file: 0.2 s instead of 3 for 3,000 documents.
It is never guessed: a file that changed since, or in the same tick as, the last build makes this one look again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from stat import S_ISDIR
from typing import Any

from gongkai.base import clock
from gongkai.base.project import Project, shipped
from gongkai.publish.program import program


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a build stood on, and what it had to say."""

    asked: str
    """The options of the build that can change a byte."""
    read: str
    """A hash of every file that it read."""
    day: str
    zone: str
    said: str
    """Its warnings and remarks, as printed."""
    files: int


def standing(project: Project, asked: dict[str, Any], day: date | None) -> Stamp | None:
    """The stamp of the last build when this one would change nothing; None when that is not certain."""
    try:
        stamp = Stamp(**json.loads((project.state / "stamp.json").read_text("utf-8")))
        if stamp.asked != _hash(asked) or stamp.day != str(clock.today(stamp.zone, day)):
            return None
        untouched = stamp.read == _signature(project)[0] and _intact(project, stamp.files)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return stamp if untouched else None


def begin(project: Project) -> tuple[str, int]:
    """What is about to be read: its hash, and the time of its latest change. Taken before the first file is read."""
    forget(project)
    return _signature(project)


def forget(project: Project) -> None:
    """From here on the last build no longer stands."""
    (project.state / "stamp.json").unlink(missing_ok=True)


def remember(project: Project, stamp: Stamp, latest: int, started: int) -> None:
    """Keeps `stamp`, unless a file changed so late (`latest`, nanoseconds) that a second change could go unseen."""
    if latest + clock.STEP >= started:
        return
    project.state.mkdir(parents=True, exist_ok=True)
    (project.state / "stamp.json").write_text(json.dumps(asdict(stamp), ensure_ascii=False), "utf-8")


def make(asked: dict[str, Any], read: str, day: date, zone: str, said: str, files: int) -> Stamp:
    """The stamp of a build that has just ended."""
    return Stamp(_hash(asked), read, str(day), zone, said, files)


def _hash(asked: dict[str, Any]) -> str:
    return sha256(json.dumps([program(), asked], sort_keys=True, default=str).encode()).hexdigest()


def _signature(project: Project) -> tuple[str, int]:
    digest, latest = sha256(), 0
    places = (project.settings, project.content, project.themes, shipped())
    for place in dict.fromkeys(places):
        for path, status in files(str(place)):
            known = (path, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
            digest.update(repr(known).encode())
            latest = max(latest, status.st_mtime_ns)
    return digest.hexdigest(), latest


def files(place: str) -> Iterator[tuple[str, os.stat_result]]:
    """Every file and folder below `place` with what the disk says of it, in a fixed order."""
    try:
        status = os.lstat(place)
    except OSError:
        return
    yield place, status
    if S_ISDIR(status.st_mode):
        with os.scandir(place) as listing:
            for entry in sorted(listing, key=lambda entry: entry.name):
                if entry.is_dir(follow_symlinks=False):
                    yield from files(entry.path)
                else:
                    yield entry.path, entry.stat(follow_symlinks=False)


def _intact(project: Project, files: int) -> bool:
    """Whether every file of the last build still lies in the site as it was written."""
    rows = json.loads((project.state / "ledger.json").read_text("utf-8"))
    if (project.state / "journal.json").exists() or len(rows) != files:
        return False
    site = str(project.site)
    for path, (_, _, size, modified) in rows.items():
        status = os.stat(f"{site}/{path}")  # noqa: PTH116 — a Path for each of 3,500 files takes as long as the rest
        if (status.st_size, status.st_mtime_ns) != (size, modified):
            return False
    return (project.site / "manifest.sha256").is_file()
