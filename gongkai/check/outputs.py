"""The registry of formats: what turns a report into text, by the name that `--format` takes."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.base.problems import as_text
from gongkai.check.formats import github, gitlab, html, json, junit, sarif
from gongkai.check.report import Report

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": lambda report: as_text(report.problems, report.sources),
    "json": json.text,
    "github": github.text,
    "sarif": sarif.text,
    "gitlab": gitlab.text,
    "junit": junit.text,
    "html": html.text,
}
