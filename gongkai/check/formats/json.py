"""A report → a JSON list, one object for each problem: for other programs, and to compare with next month."""

from __future__ import annotations

import json
from typing import Any

from gongkai.check.report import Finding, Report

_KEYS = ("code", "severity", "path", "line", "column", "message", "hint")


def text(report: Report) -> str:
    """Every problem; lines and columns count from 1, the fingerprint stays when lines move."""
    rows = [_row(finding, report) for finding in report.findings]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _row(finding: Finding, report: Report) -> dict[str, Any]:
    row = {key: getattr(finding.problem, key) for key in _KEYS}
    day = report.catalog.day.isoformat()
    return row | {"organ": finding.organ, "owner": finding.owner, "fingerprint": finding.print, "day": day}
