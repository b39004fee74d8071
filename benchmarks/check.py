"""Real laws → seconds of `gongkai check`: the whole site, and what a pull request of one file touched; cold and warm.

    python benchmarks/check.py LAWS/laws-dev.jsonl.gz [--documents 3000] [--runs 3] [--profile]

Imports the laws into a site in a temporary folder that is a git repository, and runs the real command in a process of
its own. Cold is without the state folder, as on a fresh machine; warm is the same again. Prints seconds on the clock
and, because a machine may be shared, seconds of processor time over all processes.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from gongkai.base.project import Project  # noqa: E402
from gongkai.edit.importers import jsonl  # noqa: E402
from tests.conftest import SETTINGS, SmallSite  # noqa: E402
from tests.test_selection import git  # noqa: E402

DAY = "2026-11-20"


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("laws", type=Path)
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--profile", action="store_true", help="say where a cold run spends its time")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "site")
        size = make(root, arguments.laws, arguments.documents)
        print(f"{arguments.documents} documents, {size / 1e6:.1f} million characters, {processors()} processors")
        measure("everything", root, arguments.runs)
        touch(root)
        measure("a pull request of one file", root, arguments.runs, "--since", "HEAD")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"peak of one process {peak:.0f} MB")
        if arguments.profile:
            forget(root)
            run(root, "-m", "cProfile", "-s", "cumtime", "-m", "gongkai")


def make(root: Path, laws: Path, count: int) -> int:
    """A site of `count` laws, committed; returns its characters."""
    site = SmallSite(root).write(SETTINGS)
    source = root.parent / "laws.jsonl"
    with gzip.open(laws, "rt", encoding="utf-8") as lines, source.open("w", encoding="utf-8") as out:
        out.writelines(itertools.islice(lines, count))
    jsonl.run(Project.at(root), [source], "rule", "shifu")
    site.write("-- .gitignore --\n/site/\n/.gongkai/\n")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "laws")
    return sum(len(file.read_text("utf-8")) for file in (root / "content/shifu/rules").iterdir())


def touch(root: Path) -> None:
    """Changes a line of one document."""
    file = sorted((root / "content/shifu/rules").glob("*.md"))[0]
    file.write_text(file.read_text("utf-8") + "\n第一千条　附加的一条。\n", "utf-8")


def measure(name: str, root: Path, runs: int, *options: str) -> None:
    """Prints the seconds of cold and of warm runs."""
    cold = []
    for _ in range(runs):
        forget(root)
        cold.append(seconds(root, *options))
    warm = [seconds(root, *options) for _ in range(runs)]
    for kind, times in (("cold", cold), ("warm", warm)):
        clock, processor = ([each[n] for each in times] for n in (0, 1))
        print(
            f"{name}, {kind}: {statistics.median(clock):.1f} s ({', '.join(f'{second:.1f}' for second in clock)}), "
            f"{statistics.median(processor):.1f} s of processor"
        )


def forget(root: Path) -> None:
    """Takes away what earlier runs left."""
    shutil.rmtree(root / ".gongkai", ignore_errors=True)


def seconds(root: Path, *options: str) -> tuple[float, float]:
    """One run of the real command: seconds on the clock, and of processor time."""
    started, before = time.monotonic(), used()
    run(root, "-m", "gongkai", *options, quiet=True)
    return time.monotonic() - started, used() - before


def used() -> float:
    """Processor time of every process that has ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(root: Path, *words: str, quiet: bool = False) -> None:
    """`gongkai check` with the words that come before and after it."""
    before, after = (words[: words.index("gongkai") + 1], words[words.index("gongkai") + 1 :])
    command = [sys.executable, *before, "-C", str(root), "check", "--date", DAY, "--format", "json", *after]
    out = subprocess.DEVNULL if quiet else None
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(HERE)}, stdout=out, check=False)
    assert done.returncode in (0, 1)


def processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0))


if __name__ == "__main__":
    main()
