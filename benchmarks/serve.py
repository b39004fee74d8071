"""Real laws → how long `gongkai serve` takes from a save to the page that shows it, in a real Chromium.

    python benchmarks/serve.py LAWS/laws-dev.jsonl.gz --documents 3000 --edits 30

Makes a site of that many laws, builds it without search, then starts `serve` and edits the text of the open page, each
time after a pause in which the build behind the page ends, and then faster than it can (`typing`).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gongkai.base.project import Project
from gongkai.edit.importers import jsonl
from tests.conftest import DAY, SETTINGS, SmallSite


def lay_out(root: Path, laws: Path, documents: int) -> None:
    """A project of the first laws of a file, or of records that are no more than a title, a number and days."""
    SmallSite(root).write(SETTINGS)
    with gzip.open(laws, "rt", encoding="utf-8") as lines:
        chosen = [json.loads(line) for line, _ in zip(lines, range(documents), strict=False)]
    for one in chosen:
        if "body_markdown" not in one:
            named = re.match("[一-鿿]{2,30}?(?:政府|[局厅部院会])(?=关于)", one["title"])
            signed = one.get("signed") or one.get("published") or "2020-01-01"
            one |= {"level": "规范性文件", "issuer": named[0] if named else "国务院", "signed": signed}
            one["body_markdown"] = one["title"]
    (root / "in.jsonl").write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in chosen), "utf-8")
    jsonl.run(Project.at(root), [root / "in.jsonl"], "rule", "shifu")
    (root / "in.jsonl").unlink()


def command(root: Path, *words: str) -> list[str]:
    """Words of a terminal."""
    return [sys.executable, "-X", "utf8", "-m", "gongkai", *words, "-C", str(root), "--date", DAY]


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def first_page(base: str, started: float) -> float:
    """Seconds until the home page is served."""
    while True:
        try:
            with urllib.request.urlopen(base, timeout=60) as answer:
                answer.read()
                return time.monotonic() - started
        except OSError:
            time.sleep(0.01)


class Edits:
    """Saves of one document, seen by a page that shows it."""

    def __init__(self, page: Any, file: Path) -> None:
        self.page, self.file = page, file
        self.text = file.read_text("utf-8")
        self.count = 0

    def save(self) -> float:
        """Milliseconds from the save until the page that shows it has loaded."""
        self.count += 1
        word = f"第{self.count}次改动"
        with self.page.expect_event("load", timeout=600_000):
            started = time.monotonic()
            self.file.write_text(f"{self.text}\n第九千条　{word}。\n", "utf-8")
        took = (time.monotonic() - started) * 1000
        assert word in self.page.locator("main").inner_text(), "another page was loaded"
        return took


def row(name: str, times: list[float]) -> str:
    """A line of the table."""
    ordered = sorted(times)
    last = ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]
    return f"| {name} | {statistics.median(times):.0f} ms | {last:.0f} ms | {ordered[-1]:.0f} ms |"


def measure(root: Path, edits: int, pause: float) -> None:
    """Prints the table."""
    from playwright.sync_api import sync_playwright

    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    started = time.monotonic()
    with (root / "log.txt").open("w") as log:
        server = subprocess.Popen(command(root, "serve", "--port", str(port)), stdout=log, stderr=log)
    files = sorted((root / "content/shifu/rules").glob("*.md"))
    file = sorted(files, key=lambda path: path.stat().st_size)[len(files) // 2]
    try:
        seconds = first_page(base, started)
        with sync_playwright() as playwright:
            path = os.environ.get("GONGKAI_CHROMIUM", "/usr/bin/chromium")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"{base}rules/{file.stem}/")
            saves = Edits(page, file)
            saves.save()
            quiet, typing = [], []
            for _ in range(edits):
                time.sleep(pause)
                quiet.append(saves.save())
            for _ in range(edits):
                time.sleep(0.3)
                typing.append(saves.save())
            browser.close()
    finally:
        server.terminate()
        server.wait(60)
    size = len(saves.text)
    print(f"First page after {seconds:.2f} s on a built site; a document of {size:,} characters is edited.\n")
    print("| from the save to the loaded page | median | 95 % | longest |\n|---|---|---|---|")
    print(row(f"{edits} edits, {pause:.0f} s apart", quiet))
    print(row(f"{edits} edits, 0.3 s apart", typing))
    behind = [float(found) for found in re.findall(r"([\d.]+) 秒 →", (root / "log.txt").read_text("utf-8"))]
    if behind:
        print(f"\nThe build behind the page was there {statistics.median(behind):.1f} s after the save (median).")


def main() -> None:
    """Runs it."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("laws", type=Path)
    words.add_argument("--documents", type=int, default=3000)
    words.add_argument("--edits", type=int, default=30)
    words.add_argument("--pause", type=float, default=8.0, help="seconds between edits, for the build behind to end")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        lay_out(root, asked.laws, asked.documents)
        subprocess.run(command(root, "build", "--no-search"), check=True, capture_output=True)
        measure(root, asked.edits, asked.pause)


if __name__ == "__main__":
    main()
