"""Real laws → how long their pages take. Every section prints what `docs/benchmarks.md` records.

    python benchmarks/rules.py LAWS/laws-dev.jsonl.gz [comparison …]

Without names all sections run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from gongkai.render.comparison import Comparison, compare  # noqa: E402
from gongkai.render.markdown import parse  # noqa: E402

Law = dict[str, Any]


def main() -> None:
    """Runs the sections asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("laws", type=Path)
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []])
    arguments = parser.parse_args()
    with gzip.open(arguments.laws, "rt", encoding="utf-8") as lines:
        laws = [json.loads(line) for line in lines]
    for name in arguments.sections or SECTIONS:
        SECTIONS[name](laws)


def comparison(laws: list[Law]) -> None:
    """新旧条文对照表: every real pair of versions once, from the two texts to the rows of the table."""
    found = []
    for old, new in pairs(laws):
        found.append(timed(old, new))
    found.sort(key=lambda entry: -entry[0])
    times = [seconds for seconds, *_ in found]
    print(f"{len(found)} pairs: {sum(times):.1f} s, median {statistics.median(times) * 1000:.0f} ms")
    # The longest pair of versions, and the one nearest to 37,000 characters a side.
    longest = max(found, key=lambda entry: len(entry[2]["body_markdown"]))
    code = min(found, key=lambda entry: abs(len(entry[1]["body_markdown"]) + len(entry[2]["body_markdown"]) - 74_000))
    alike = sorted(laws, key=lambda law: abs(len(law["body_markdown"]) - 37_000))[:2]
    unlike = timed(*alike)
    shown = (("slowest", found[0]), ("longest", longest), ("a code", code), ("two laws that are not one", unlike))
    for name, (seconds, old, new, table) in shown:
        sizes = f"{len(old['body_markdown']):,} and {len(new['body_markdown']):,} characters"
        counts = ", ".join(f"{count} {change}" for change, count in table.counts)
        print(f"{name}: {seconds * 1000:.0f} ms, {sizes}, {counts}: {new['title']}")


def timed(old: Law, new: Law) -> tuple[float, Law, Law, Comparison]:
    """Seconds of processor time, best of three, for the table of two texts: others may use the machine too."""
    best = float("inf")
    for _ in range(3):
        parse.cache_clear()
        started = time.process_time()
        table = compare(old["body_markdown"], new["body_markdown"])
        best = min(best, time.process_time() - started)
    return best, old, new, table


def pairs(laws: list[Law]) -> Iterator[tuple[Law, Law]]:
    """Versions of one law that follow each other."""
    groups: dict[str, list[Law]] = defaultdict(list)
    for law in laws:
        if law.get("version_group") and (law.get("published") or law.get("effective")):
            groups[law["version_group"]].append(law)
    for versions in groups.values():
        versions.sort(key=lambda law: (law.get("published") or law["effective"], law.get("effective") or "", law["id"]))
        yield from zip(versions, versions[1:], strict=False)


SECTIONS: dict[str, Callable[[list[Law]], None]] = {"comparison": comparison}

if __name__ == "__main__":
    main()
