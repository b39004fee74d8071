"""Problems → fingerprints that stay when lines move: what a baseline, a monthly report and a code host recognise.

A fingerprint is made of the code, the file and the text of the line, not of its number. Where no line is quoted the
message stands for it, without its figures: “已经 31 天没有更新” says the same thing tomorrow. Equal ones in a file are
numbered from above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256

from gongkai.base.problems import Problem


def fingerprints(problems: Iterable[Problem], sources: Mapping[str, str]) -> dict[Problem, str]:
    """The fingerprint of each problem, in hexadecimal. `sources` maps a path to its text."""
    lines = {path: text.split("\n") for path, text in sources.items()}
    seen: Counter[str] = Counter()
    found = {}
    for problem in sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column, problem.rank)):
        what = "\0".join((problem.code, problem.path, _said(problem, lines.get(problem.path, []))))
        seen[what] += 1
        found[problem] = sha256(f"{what}\0{seen[what]}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return found


def _said(problem: Problem, lines: list[str]) -> str:
    quoted = lines[problem.line - 1].strip() if problem.length and problem.line <= len(lines) else ""
    return quoted or re.sub(r"\d+", "#", problem.message)
