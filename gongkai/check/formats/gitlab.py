"""A report → the JSON that GitLab shows as Code Quality in a merge request.

It reads description, check_name, fingerprint, severity, location.path and location.lines.begin of each entry
(docs.gitlab.com, Code Quality report format), and shows only one of several with the same fingerprint.
"""

from __future__ import annotations

import json
from typing import Any

from gongkai.check.report import Finding, Report


def text(report: Report) -> str:
    """Every problem as an entry of the list."""
    rows = [_row(finding, report.prefix) for finding in report.findings]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _row(finding: Finding, prefix: str) -> dict[str, Any]:
    problem = finding.problem
    return {
        "type": "issue",
        "check_name": problem.code,
        "description": f"{problem.message}；{problem.hint}",
        "categories": ["Style"] if problem.severity == "warning" else ["Bug Risk"],
        "severity": "blocker" if finding.stops else "major" if problem.severity == "error" else "minor",
        "fingerprint": finding.print,
        "location": {"path": prefix + problem.path, "lines": {"begin": problem.line, "end": problem.line}},
    }
