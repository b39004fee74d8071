"""A report → what a monthly notice (月通报) counts: each organ, each indicator, each division's list of what to do.

Only facts are counted. Much of the national inspection (国办秘函〔2019〕19号) cannot be seen in files: whether the site
answers, whether letters are answered. So no score is made up: an organ is shown by the share of its files in which
nothing was found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.base.problems import Severity
from gongkai.check.families import FAMILIES, family_of
from gongkai.check.report import Finding, Report, by_organ, organ_of
from gongkai.model.kinds import COMMON

FORM = "文件格式和引用"
"""The indicator of what no family of duties declares: faults of files, keys, references, addresses, themes."""

SITE = "网站设置和主题"
"""Whose the problems are that stand in no organ's folder."""

SHARED = "全站共用的内容"
"""What lies in the folder `common`."""

UNSAID = "没有写责任科室"


@dataclass(frozen=True, slots=True)
class Change:
    """A count, and what became of it since the former report: `before`, `fresh` and `gone` are None without one."""

    count: int
    before: int | None
    fresh: int | None
    gone: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """An organ ("" for the site as a whole): its files, the clean ones, its problems in all and by indicator."""

    organ: str
    name: str
    files: int
    clean: int
    errors: int
    warnings: int
    change: Change
    cells: tuple[int, ...]

    @property
    def share(self) -> int:
        """The share of clean files in percent, never rounded up to 100."""
        return 100 * self.clean // self.files if self.files else 100


@dataclass(frozen=True, slots=True)
class Indicator:
    """A code that was met, with the law behind it."""

    family: str
    code: str
    title: str
    law: str
    severity: Severity
    change: Change


@dataclass(frozen=True, slots=True)
class Todo:
    """What a division of an organ has to mend; `fresh` holds the fingerprints of what is new since the last report."""

    owner: str
    findings: tuple[Finding, ...]


def families(report: Report) -> list[str]:
    """The indicators under which something was found, in the order of the registry."""
    met = {label_of(finding.problem.code) for finding in report.findings}
    return [label for label in (*(family.label for family in FAMILIES), FORM) if label in met]


def label_of(code: str) -> str:
    """The indicator that a code belongs to."""
    family = family_of(code)
    return family.label if family else FORM


def scores(report: Report) -> list[Score]:
    """Every organ that has files, those with most errors first; then the site as a whole when it has problems."""
    files = Counter(organ for path in report.files if (organ := organ_of(path)))
    found = by_organ(report.findings)
    rows = [_score(report, organ, files[organ], found.get(organ, [])) for organ in files]
    rows.sort(key=lambda row: (-row.errors, -row.warnings, row.share))
    if "" in found:
        rows.append(_score(report, "", 0, found[""]))
    return rows


def _score(report: Report, organ: str, files: int, findings: list[Finding]) -> Score:
    broken = {finding.problem.path for finding in findings} & set(report.files)
    kinds = Counter(finding.problem.severity for finding in findings)
    cells = Counter(label_of(finding.problem.code) for finding in findings)
    before = None if report.earlier is None else [row for row in report.earlier.rows if row.get("organ") == organ]
    return Score(
        organ,
        name_of(report, organ),
        files,
        files - len(broken) if organ else 0,
        kinds["error"],
        kinds["warning"],
        change(findings, before),
        tuple(cells[label] for label in families(report)),
    )


def name_of(report: Report, organ: str) -> str:
    """What an organ is called."""
    if not organ:
        return SITE
    if organ == COMMON:
        return SHARED
    item = report.catalog.items.get(("organ", organ))
    return str(item.record.heading) if item else organ


def change(findings: Iterable[Finding], before: list[dict[str, Any]] | None) -> Change:
    """How many there are, and how many came and went."""
    now = {finding.print for finding in findings}
    if before is None:
        return Change(len(now), None, None, None)
    then = {row["fingerprint"] for row in before}
    return Change(len(now), len(then), len(now - then), len(then - now))


def indicators(report: Report) -> Iterator[Indicator]:
    """Every code that was met now or in the former report, by family, most frequent first."""
    before = None if report.earlier is None else report.earlier.rows
    codes = {finding.problem.code for finding in report.findings} | {str(row.get("code")) for row in before or ()}
    known = [report.codes[code] for code in codes if code in report.codes]
    rows = []
    for code in known:
        found = [finding for finding in report.findings if finding.problem.code == code.id]
        then = None if before is None else [row for row in before if row.get("code") == code.id]
        rows.append(Indicator(label_of(code.id), code.id, code.title, code.law, code.severity, change(found, then)))
    order = [*(family.label for family in FAMILIES), FORM]
    yield from sorted(rows, key=lambda row: (order.index(row.family), -row.change.count, row.code))


def todos(findings: Iterable[Finding]) -> list[Todo]:
    """The findings of one organ by division, those without one last."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.owner, []).append(finding)
    owners = sorted(found, key=lambda owner: (not owner, owner))
    return [Todo(owner or UNSAID, tuple(found[owner])) for owner in owners]
