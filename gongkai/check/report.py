"""What was asked of a check → what it puts out, in whatever format. Start with `report`."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from gongkai.base.personal import mask
from gongkai.base.problems import Code, Problem, arrange
from gongkai.base.project import Project
from gongkai.check import changes, ignores
from gongkai.check.asker import Asker
from gongkai.check.baseline import Baseline
from gongkai.check.examine import examine
from gongkai.check.external import Asked as External
from gongkai.check.prints import fingerprints
from gongkai.check.refused import Refused
from gongkai.model.catalog import Catalog
from gongkai.pipeline import Options


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a site is to be reported, and beside what.

    `paths` may be relative to where one stands or to the project; `organ` is an id or a name, `since` a git revision.
    """

    day: date | None = None
    paths: tuple[str, ...] = ()
    organ: str | None = None
    since: str | None = None
    strict: bool = False
    baseline: Baseline | None = None
    earlier: Earlier | None = None
    jobs: int = 1
    """Processes that make pages."""
    asker: Asker | None = None
    """Who asks other sites whether links to them open; nobody without it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, and whose it is: `organ` an id ("" for the site as a whole), `owner` a division ("" if unsaid).

    `title` is what the record is called in which it stands; "" outside any, or where that is not known.
    """

    problem: Problem
    print: str
    organ: str
    owner: str
    title: str
    stops: bool
    """Whether a build refuses to write anything because of it."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A former report, read back from its `json`."""

    rows: tuple[dict[str, Any], ...]

    @classmethod
    def parse(cls, text: str) -> Earlier:
        """The rows that `--format json` wrote. Raises `Refused`."""
        try:
            rows = json.loads(text)
            if isinstance(rows, list) and all(isinstance(row["fingerprint"], str) for row in rows):
                return cls(tuple(rows))
        except (ValueError, TypeError, KeyError):
            pass
        raise Refused("这个文件不是上期的结果；要 gongkai check --format json 的输出")

    def part(self, within: Callable[[str], bool]) -> Earlier:
        """The rows of the files that are asked for now."""
        return Earlier(tuple(row for row in self.rows if within(str(row.get("path", "")))))


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a format may speak of."""

    findings: tuple[Finding, ...]
    """Most severe first."""

    catalog: Catalog
    sources: Mapping[str, str]
    files: tuple[str, ...]
    """The files of the content that were asked for."""

    organ: str
    """The organ that was asked for, as an id; "" for all."""

    strict: bool
    known: int
    """Problems that the baseline keeps out."""

    mended: int
    """Problems of the baseline that are there no more; 0 when only a part of the site was looked at."""

    baseline: Baseline
    """What a baseline written now would hold."""

    earlier: Earlier | None
    prefix: str
    """Where the project lies in its repository, for code hosts, which count paths from the top."""

    codes: Mapping[str, Code]
    """Every declared code by its id."""

    external: External | None = None
    """What other sites were asked, if they were."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems alone."""
        return tuple(finding.problem for finding in self.findings)

    @property
    def failed(self) -> bool:
        """Whether the check is not passed."""
        return any(self.strict or problem.severity == "error" for problem in self.problems)


def report(project: Project, asked: Asked, codes: Mapping[str, Code]) -> Report:
    """What was asked, of `project`. Raises `Refused`."""
    touched = None if asked.since is None else changes.since(project.root, asked.since)
    examined = examine(project, Options(day=asked.day, jobs=asked.jobs), touched, asked.asker)
    left, faults = ignores.sift(examined.problems, examined.documents.every, examined.stopping)
    sources = examined.sources
    prints = fingerprints([*left, *faults], sources)
    organ = "" if asked.organ is None else _named(examined.catalog, asked.organ)
    within = _within(project, asked.paths, organ)
    files = (path for path in examined.documents.sources if within(path))
    wanted = _wanted(within, touched, examined.stopping)
    found = arrange(problem for problem in prints if wanted(problem))
    old = asked.baseline
    fresh = [p for p in found if old is None or p in examined.stopping or not old.knows(prints[p])]
    whole = not asked.paths and asked.organ is None and touched is None
    whose = partial(_whose, _records(examined.catalog))
    return Report(
        findings=tuple(Finding(p, prints[p], *whose(p), stops=p in examined.stopping) for p in fresh),
        catalog=examined.catalog,
        sources=sources,
        files=tuple(path for path in files if touched is None or path in touched),
        organ=organ,
        strict=asked.strict,
        known=len(found) - len(fresh),
        mended=old.mended(prints.values()) if old and whole else 0,
        baseline=Baseline.of({problem: prints[problem] for problem in found}, examined.stopping),
        earlier=asked.earlier and asked.earlier.part(within),
        prefix=changes.prefix(project.root),
        codes=codes,
        external=examined.asked,
    )


def _within(project: Project, paths: Iterable[str], organ: str) -> Callable[[str], bool]:
    """Whether a file lies in the paths and in the organ's folder that were asked for. Raises `Refused`."""
    bases = [base for path in paths for base in _bases(project, path)]

    def within(path: str) -> bool:
        full = (project.root / path).resolve() if bases else project.root
        inside = not bases or any(full.is_relative_to(base) for base in bases)
        return inside and (not organ or organ_of(path) == organ)

    return within


def _wanted(
    within: Callable[[str], bool], touched: Collection[str] | None, stopping: Collection[Problem]
) -> Callable[[Problem], bool]:
    """Whether a problem was asked for. What stops a build counts wherever it is: the change may have broken it."""

    def wanted(problem: Problem) -> bool:
        return within(problem.path) and (touched is None or problem.path in touched or problem in stopping)

    return wanted


def _bases(project: Project, path: str) -> tuple[Path, Path]:
    places = (Path(path).resolve(), (project.root / path).resolve())
    if not any(place.exists() for place in places):
        raise Refused(f"没有 {path} 这个文件或文件夹")
    return places


def _named(catalog: Catalog, name: str) -> str:
    key = catalog.names.one("organ", name)
    if key is None:
        raise Refused(f"没有 {name} 这个机关；写 content 下的文件夹名，或机关的名称")
    return key[1]


def organ_of(path: str) -> str:
    """The organ in whose folder a file lies; "" for what is of the site."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "content" else ""


Records = Mapping[str, list[tuple[int, str, str]]]
"""The records of each file by their first line, with the owner that they name and what they are called."""


def _records(catalog: Catalog) -> Records:
    found: dict[str, list[tuple[int, str, str]]] = {}
    for item in catalog.examined():
        line = item.source.data.mark.line if item.file else 1
        # A title may be what is personal in a record; a faulty one may have none.
        title = mask(item.record.heading or "")
        for body in (item, *(text.item for text in catalog.texts.get(item.key, ()))):
            found.setdefault(body.path, []).append((line, item.record.owner or "", title))
    return {path: sorted(rows) for path, rows in found.items()}


def _whose(records: Records, problem: Problem) -> tuple[str, str, str]:
    """Organ and division of the record in which a problem stands, and its title."""
    rows = records.get(problem.path, [])
    at = bisect_right([line for line, _, _ in rows], problem.line) - 1
    return organ_of(problem.path), *(rows[at][1:] if at >= 0 else ("", ""))


def by_organ(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each organ, in the order of their first."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.organ, []).append(finding)
    return found
