"""A report → commands that GitHub Actions shows beside the lines, and a summary in Markdown of all of it.

GitHub shows 10 errors and 10 warnings of a step (actions/toolkit, docs/problem-matchers.md) and takes 1024 KB of
summary; so the most severe go out as annotations, and the rest is counted and listed in the summary.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from gongkai.base.problems import Severity, summary
from gongkai.check.report import Finding, Report

ANNOTATIONS = 10
"""Of one kind in one step; GitHub drops what comes after, without saying so."""

SUMMARY = 1_000_000
"""Bytes of a summary: under the 1024 KB above which GitHub refuses the whole of it."""


def text(report: Report) -> str:
    """The annotations; the last line counts everything."""
    lines = [*_commands(report, "error"), *_commands(report, "warning")]
    left = len(report.findings) - len(lines)
    if left:
        lines.append(f"::notice title=gongkai check::另有 {left} 个问题没有标在代码旁边，全部问题见本次运行的摘要")
    return "\n".join([*lines, summary(report.problems)]) + "\n"


def _commands(report: Report, severity: Severity) -> Iterator[str]:
    of_kind = (finding for finding in report.findings if finding.problem.severity == severity)
    return (_command(finding, report) for finding in islice(of_kind, ANNOTATIONS))


def _command(finding: Finding, report: Report) -> str:
    problem = finding.problem
    places = {"file": report.prefix + problem.path, "line": problem.line, "col": problem.column}
    if problem.length:
        places["endColumn"] = problem.column + problem.length
    places["title"] = f"{problem.code} {report.codes[problem.code].title}"
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in places.items())
    return f"::{problem.severity} {listed}::{_data(f'{problem.message}{chr(10)}{problem.hint}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def outline(report: Report) -> str:
    """Every problem as a Markdown table, worst first, as far as GitHub takes it."""
    lines = ["## gongkai check", "", summary(report.problems)]
    if report.findings:
        lines += ["", "| 级别 | 位置 | 问题 | 怎么改 |", "| --- | --- | --- | --- |"]
    size = sum(len(line.encode()) + 1 for line in lines)
    for number, finding in enumerate(report.findings):
        row = _row(finding)
        size += len(row.encode()) + 1
        if size > SUMMARY:
            lines += ["", f"另有 {len(report.findings) - number} 个问题没有列出；用 --format json 可看到全部"]
            break
        lines.append(row)
    return "\n".join(lines) + "\n\n"


def _row(finding: Finding) -> str:
    problem = finding.problem
    word = "错误" if problem.severity == "error" else "提醒"
    place = f"`{problem.path}:{problem.line}:{problem.column}`".replace("|", "\\|")
    return f"| {word} | {place} | {problem.code} {_cell(problem.message)} | {_cell(problem.hint)} |"


def _cell(text: str) -> str:
    """Text as typed: Markdown and HTML in it are shown, not obeyed."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>()#|~!" else sign for sign in text)
