"""A report → SARIF 2.1.0 (OASIS), which GitHub, Azure and most viewers of static analysis read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from gongkai import __version__
from gongkai.base.problems import Code
from gongkai.check.report import Finding, Report


def text(report: Report) -> str:
    """One run, with every rule that it could have broken a law of: a viewer explains a result by its rule."""
    codes = sorted(report.codes.values(), key=lambda code: code.id)
    places = {code.id: number for number, code in enumerate(codes)}
    run = {
        "tool": {"driver": {"name": "gongkai", "version": __version__, "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, places, report.prefix) for finding in report.findings],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(code: Code) -> dict[str, Any]:
    law = f"依据：{code.law}。" if code.law else ""
    return {
        "id": code.id,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.remedy},
        "help": {"text": f"{code.remedy}{law}"},
        "defaultConfiguration": {"level": code.severity},
    }


def _result(finding: Finding, places: dict[str, int], prefix: str) -> dict[str, Any]:
    problem = finding.problem
    region = {"startLine": problem.line, "startColumn": problem.column}
    if problem.length:
        region["endColumn"] = problem.column + problem.length
    location = {"artifactLocation": {"uri": quote(prefix + problem.path, errors="replace")}, "region": region}
    return {
        "ruleId": problem.code,
        "ruleIndex": places[problem.code],
        "level": problem.severity,
        "message": {"text": f"{problem.message}。{problem.hint}"},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"gongkai/v1": finding.print},
    }
