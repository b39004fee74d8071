"""Real laws → seconds of processor time of a clean build with one language, with 繁體, and with an English interface.

    python benchmarks/languages.py LAWS/laws-1k.jsonl.gz [--documents 1000]

Without search, whose index is the same for every language, and in one process.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from benchmarks.check import DAY, make, used  # noqa: E402

SPOKEN = ("[zh-CN]", "[zh-CN, zh-Hant]", "[zh-CN, en]")


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("laws", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "site")
        make(root, arguments.laws, arguments.documents)
        settings = (root / "catalog.yaml").read_text("utf-8")
        for spoken in SPOKEN:
            (root / "catalog.yaml").write_text(f"{settings}languages: {spoken}\n", "utf-8")
            before = used()
            options = ("--date", DAY, "--clean", "--no-search", "--jobs", "1")
            command = (sys.executable, "-m", "gongkai", "build", "-C", str(root), *options)
            subprocess.run(command, cwd=HERE, capture_output=True, check=True)
            pages = sum(1 for _ in (root / "site").rglob("*.html"))
            print(f"{spoken}: {used() - before:.1f} s of processor, {pages} pages", flush=True)


if __name__ == "__main__":
    main()
