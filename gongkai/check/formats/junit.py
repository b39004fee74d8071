"""A report → JUnit XML, in which each file is a suite and each problem a case that failed.

A warning is a case that was skipped, with its reason, unless warnings count as errors: else a pipeline would turn red.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as Xml

from gongkai import __version__
from gongkai.base.problems import Problem
from gongkai.check.report import Report


def text(report: Report) -> str:
    """Suites in the order of their files. Where nothing is wrong, one case says so: some readers refuse none."""
    files: dict[str, list[Problem]] = {}
    for problem in report.problems:
        files.setdefault(problem.path, []).append(problem)
    root = Xml.Element("testsuites")
    for number, (path, problems) in enumerate(sorted(files.items()) or [("gongkai check", [])]):
        _suite(root, number, path, problems, report)
    Xml.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _STRANGE.sub("?", Xml.tostring(root, encoding="unicode")) + "\n"


_STRANGE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write, not even as a reference; a file may be named so."""


def _suite(root: Xml.Element, number: int, path: str, problems: Iterable[Problem], report: Report) -> None:
    cases = [_case(problem, failed=report.strict or problem.severity == "error") for problem in problems]
    cases = cases or [Xml.Element("testcase", {"classname": "gongkai", "name": "没有发现问题", "time": "0"})]
    failures = sum(case.find("failure") is not None for case in cases)
    attributes = {
        "id": str(number),
        "package": "gongkai",
        "name": path,
        "timestamp": f"{report.catalog.day}T00:00:00",
        "hostname": "localhost",
        "tests": str(len(cases)),
        "failures": str(failures),
        "errors": "0",
        "skipped": str(sum(case.find("skipped") is not None for case in cases)),
        "time": "0",
    }
    suite = Xml.SubElement(root, "testsuite", attributes)
    told = Xml.SubElement(suite, "properties")
    Xml.SubElement(told, "property", {"name": "gongkai", "value": __version__})
    suite.extend(cases)
    Xml.SubElement(suite, "system-out")
    Xml.SubElement(suite, "system-err")


def _case(problem: Problem, *, failed: bool) -> Xml.Element:
    where = f"{problem.path}:{problem.line}:{problem.column}"
    name = f"{problem.line}:{problem.column} {problem.code} {problem.message}"
    case = Xml.Element("testcase", {"classname": problem.path, "name": name, "time": "0"})
    said = f"{where} {problem.code} {problem.message}\n{problem.hint}"
    if failed:
        Xml.SubElement(case, "failure", {"type": problem.code, "message": problem.message}).text = said
    else:
        Xml.SubElement(case, "skipped").text = said
    return case
