"""A report → one HTML file that an office can send round and print: no script, nothing loaded from anywhere.

A file that travels by mail must carry its own style. Its policy allows that one style sheet by its hash and nothing
else, so that no text of an author, whatever it holds, can be obeyed by a browser.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from gongkai.base.problems import summary
from gongkai.check import scores
from gongkai.check.report import Report, by_organ
from gongkai.check.scores import Indicator, Score, Todo
from gongkai.check.shares import Part, Shares, shares

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: the title of the record ("" if it has none), path and line; whether it came since last."""

    title: str
    path: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, once, and everywhere that it is to be done."""

    code: str
    severity: str
    message: str
    hint: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """What one division has to mend, and how many problems that are."""

    name: str
    count: int
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Organ:
    """The list of one organ, complete in itself; the score card leads to its `id`."""

    id: str
    name: str
    count: int
    divisions: tuple[Division, ...]
    missing: int
    """Rows of the standard lists that it has not published."""

    parts: tuple[Part, ...]
    """Those rows by field."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What an organ has mended since the former report: pairs of message and path."""

    name: str
    entries: tuple[tuple[str, str], ...]


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
    stopping: int
    """Errors for which a build refuses to write anything."""

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
    missing: Mapping[str, int]
    """How many rows the organs of the score card have not published, by id; none where all are."""

    gone: tuple[Gone, ...]

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
    rows, coverage = scores.scores(report), shares(report)
    before = None if report.earlier is None else list(report.earlier.rows)
    style = (_HERE / "report.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    organs = tuple(_organs(report, rows, coverage))
    return View(
        site=report.catalog.settings.name,
        scope=scores.name_of(report, report.organ) if report.organ else "",
        day=str(report.catalog.day),
        before=next((str(row["day"]) for row in before or () if "day" in row), ""),
        compared=before is not None,
        summary=summary(report.problems),
        stopping=sum(finding.stops for finding in report.findings),
        total=scores.change(report.findings, before),
        files=sum(row.files for row in rows),
        clean=sum(row.clean for row in rows),
        known=report.known,
        scores=tuple(rows),
        families=tuple(scores.families(report)),
        indicators=tuple(scores.indicators(report)),
        coverage=coverage,
        organs=organs,
        missing={organ.id: organ.missing for organ in organs if organ.missing},
        gone=tuple(_gone(report)),
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )


def _organs(report: Report, rows: list[Score], coverage: Shares | None) -> Iterator[Organ]:
    """Everyone who has something to do, in the order of the score card."""
    found, parts = by_organ(report.findings), coverage.parts if coverage else ()
    then = None if report.earlier is None else {row["fingerprint"] for row in report.earlier.rows}
    for id in dict.fromkeys([*(row.organ for row in rows), *(part.organ for part in parts)]):
        findings = found.get(id, [])
        lacking = tuple(part for part in parts if part.organ == id and part.missing)
        if findings or lacking:
            yield Organ(
                id or "site",
                scores.name_of(report, id),
                len(findings),
                tuple(_division(todo, then) for todo in scores.todos(findings)),
                sum(len(part.missing) for part in lacking),
                lacking,
            )


def _division(todo: Todo, then: Collection[str] | None) -> Division:
    """The same thing said of many places is one task."""
    tasks: dict[tuple[str, str, str, str], list[Place]] = {}
    for finding in todo.findings:
        problem = finding.problem
        fresh = then is not None and finding.print not in then
        place = Place(finding.title, f"{problem.path}:{problem.line}", fresh)
        tasks.setdefault((problem.code, problem.severity, problem.message, problem.hint), []).append(place)
    return Division(todo.owner, len(todo.findings), tuple(Task(*said, tuple(tasks[said])) for said in tasks))


def _gone(report: Report) -> Iterator[Gone]:
    now = {finding.print for finding in report.findings}
    found: dict[str, list[tuple[str, str]]] = {}
    for row in report.earlier.rows if report.earlier else ():
        if row["fingerprint"] not in now:
            said = (str(row.get("message", "")), str(row.get("path", "")))
            found.setdefault(str(row.get("organ", "")), []).append(said)
    return (Gone(scores.name_of(report, organ), tuple(entries)) for organ, entries in found.items())
