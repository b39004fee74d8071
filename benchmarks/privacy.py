"""Planted numbers and real laws → how many the privacy gate finds, and how often it is wrong.

    python benchmarks/privacy.py [--seed 1] [--count 2000] [LAWS/laws-1k.jsonl.gz LAWS/laws-dev.jsonl.gz]

Plants made-up identity numbers, bank cards and mobile numbers in texts, CSV, Word, Excel and PDF files, runs the gate
over them, and counts what was lost and what was found too often; then the lines that only look like numbers of people;
then, for each file of laws, every problem that the gate has with them, to be looked at one by one.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from gongkai.base.personal import find  # noqa: E402
from gongkai.base.problems import Problem  # noqa: E402
from gongkai.base.project import Project  # noqa: E402
from gongkai.check import privacy, scanned  # noqa: E402
from gongkai.check.memory import Memory  # noqa: E402
from gongkai.edit.importers import jsonl  # noqa: E402
from gongkai.model.catalog import load  # noqa: E402
from gongkai.read.walk import read  # noqa: E402
from tests import planted  # noqa: E402
from tests.conftest import SETTINGS, SmallSite  # noqa: E402


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("laws", type=Path, nargs="*")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    every = [(form, sort) for form in planted.FORMATS for sort in planted.MAKERS]
    shares = [arguments.count // len(every) + (n < arguments.count % len(every)) for n in range(len(every))]
    total: Counter[str] = Counter()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=arguments.chromium, args=["--no-sandbox"])
        for (form, sort), share in zip(every, shares, strict=True):
            data, numbers = planted.FORMATS[form](sort, chance, share)
            if form == "html":
                form, data = "pdf", printed(chromium, data)
            found, lost, extra = look(form, data, numbers)
            print(f"{form:5} {sort:9} planted {share:4}  found {found:4}  lost {lost}  too many {extra}")
            total += Counter(planted=share, found=found, lost=lost, extra=extra)
        chromium.close()
    print(f"all: planted {total['planted']}, found {total['found']}, lost {total['lost']}, too many {total['extra']}")
    lines = [planted.harmless(chance) for _ in range(20_000)]
    wrong = [line for line in lines if find(line)]
    print(f"harmless lines: {len(lines)}, alarms {len(wrong)}: {wrong[:3]}")
    for file in arguments.laws:
        laws(file)


def printed(chromium: Any, page: bytes) -> bytes:
    """A page as Chromium prints it to PDF."""
    tab = chromium.new_page()
    tab.set_content(page.decode())
    data: bytes = tab.pdf(format="A4")
    tab.close()
    return data


def look(form: str, data: bytes, numbers: list[planted.Planted]) -> tuple[int, int, int]:
    """Looks at one file: how many of its numbers were found, how many lost, how many found where none was planted.

    A second look in which all planted ones are allowed must find nothing: what it finds is wrong.
    """
    every = frozenset(one.digits for one in numbers)
    found, extra = (sum(numbers_in(form, data, allowed).values()) for allowed in (frozenset[str](), every))
    return found - extra, len(numbers) - (found - extra), extra


def numbers_in(form: str, data: bytes, allowed: frozenset[str]) -> Counter[str]:
    """How many numbers of each sort the gate finds in a file that a record publishes, or in the text of a record."""
    if form != "md":
        findings = scanned.scan(data, f"a.{form}", allowed)
        return Counter({what: count for what, count, _, _ in findings if what in planted.MAKERS})
    with tempfile.TemporaryDirectory() as folder:
        site = SmallSite(Path(folder)).write(SETTINGS).rule("a-1", body=data.decode())
        allow = "".join(f'      - {{value: "{value}", reason: 试}}\n' for value in sorted(allowed))
        if allow:
            site.set(f"check:\n  privacy:\n    allow:\n{allow}")
        codes = {code.id: sort.name for sort, code in privacy._CODES.items()}
        return Counter(codes[one.code] for one in problems(Project.at(site.root)) if one.code in codes)


def problems(project: Project) -> list[Problem]:
    """Every problem that the gate has with a project."""
    return list(privacy.check(load(read(project)), Memory()))


def laws(file: Path) -> None:
    """Every problem that the gate has with real laws, which hold nothing personal that was not published on purpose."""
    with tempfile.TemporaryDirectory() as folder:
        site = SmallSite(Path(folder)).write(SETTINGS)
        project = Project.at(site.root)
        jsonl.run(project, [file], "rule", "shifu")
        catalog = load(read(project))
        started = time.monotonic()
        found = list(privacy.check(catalog, Memory()))
        seconds = time.monotonic() - started
        count = sum(1 for _ in catalog.of("rule"))
        print(f"{file.name}: {count} documents, {len(found)} problems, {seconds:.1f} s")
        for problem in found:
            item = next(item for item in catalog.of("rule") if item.path == problem.path)
            print(f"  {problem.code} {problem.severity} {item.record.title[:40]} :{problem.line} {problem.message}")


if __name__ == "__main__":
    main()
