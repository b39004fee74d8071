"""A report → one HTML file that an office can send round and print: no script, nothing loaded from anywhere.

A file that travels by mail must carry its own style. Its policy allows that one style sheet by its hash and nothing
else, so that no text of an author, whatever it holds, can be obeyed by a browser.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from gongkai.base.problems import summary
from gongkai.check import scores
from gongkai.check.report import Finding, Report, by_organ
from gongkai.check.scores import Indicator, Score
from gongkai.check.shares import Shares, shares

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Entry:
    """A problem in a list of what to do."""

    place: str
    code: str
    severity: str
    message: str
    hint: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Division:
    """What one division has to mend."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Organ:
    """The lists of one organ; the score card leads to its `id`."""

    id: str
    name: str
    count: int
    divisions: tuple[Division, ...]


@dataclass(frozen=True, slots=True)
class View:
    """All that the page shows."""

    site: str
    scope: str
    day: str
    before: str
    """The day of the former report; "" when it had no problem to tell it."""

    compared: bool
    summary: str
    total: scores.Change
    files: int
    clean: int
    known: int
    scores: tuple[Score, ...]

    families: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    coverage: Shares | None
    """How much of the standard lists is public; None where no list was asked for."""

    organs: tuple[Organ, ...]
    gone: tuple[tuple[str, str], ...]
    """Place and message of what is mended since the former report."""

    style: str
    policy: str


def text(report: Report) -> str:
    """The whole page."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    return environment.get_template("report.html").render(view=view(report))


def view(report: Report) -> View:
    """What the page shows."""
    rows = scores.scores(report)
    found = by_organ(report.findings)
    before = None if report.earlier is None else list(report.earlier.rows)
    style = (_HERE / "report.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return View(
        site=report.catalog.settings.name,
        scope=scores.name_of(report, report.organ) if report.organ else "",
        day=str(report.catalog.day),
        before=next((str(row["day"]) for row in before or () if "day" in row), ""),
        compared=before is not None,
        summary=summary(report.problems),
        total=scores.change(report.findings, before),
        files=sum(row.files for row in rows),
        clean=sum(row.clean for row in rows),
        known=report.known,
        scores=tuple(rows),
        families=tuple(scores.families(report)),
        indicators=tuple(scores.indicators(report)),
        coverage=shares(report),
        organs=tuple(_organ(row, found[row.organ], before) for row in rows if row.organ in found),
        gone=tuple(_gone(report)),
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )


def _organ(row: Score, findings: list[Finding], before: list[dict[str, Any]] | None) -> Organ:
    then = None if before is None else {entry["fingerprint"] for entry in before}
    divisions = tuple(
        Division(todo.owner, tuple(_entry(finding, then) for finding in todo.findings))
        for todo in scores.todos(findings)
    )
    return Organ(row.organ or "site", row.name, len(findings), divisions)


def _entry(finding: Finding, then: set[str] | None) -> Entry:
    problem = finding.problem
    place = f"{problem.path}:{problem.line}"
    fresh = then is not None and finding.print not in then
    return Entry(place, problem.code, problem.severity, problem.message, problem.hint, fresh)


def _gone(report: Report) -> Iterator[tuple[str, str]]:
    now = {finding.print for finding in report.findings}
    for row in report.earlier.rows if report.earlier else ():
        if row["fingerprint"] not in now:
            yield str(row.get("path", "")), str(row.get("message", ""))
