"""Real laws → what the search finds, how fast and for how many bytes, in real Chromium.

    python benchmarks/search.py LAWS/laws-1k.jsonl.gz LAWS/queries-dev.json [--random 100]

Builds the site of the laws in a temporary folder, serves it with gzip and the headers of production, and prints for the
queries of the file and for random substrings of all characters: recall, precision, exact result sets, milliseconds
(warm), bytes and requests to the first ten results (cold), size of the index, seconds and peak memory of indexing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import statistics
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from gongkai import pipeline  # noqa: E402
from gongkai.base.project import Project  # noqa: E402
from gongkai.edit.importers import jsonl  # noqa: E402
from gongkai.search.analyze import normalise  # noqa: E402
from gongkai.serve.server import Handler  # noqa: E402
from tests.conftest import SETTINGS, SmallSite  # noqa: E402


class Zipped(Handler):
    """The server of `serve`, with gzip as any real server has it; counts what it sends."""

    sent: list[tuple[str, int]] = []

    def do_GET(self) -> None:
        """Sends a file zipped, unless it is zipped already."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        packed = data if path.suffix == ".bin" else gzip.compress(data, 6)
        self.sent.append((self.path, len(packed)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if packed is not data:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("laws", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--random", type=int, default=100)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    with gzip.open(arguments.laws, "rt", encoding="utf-8") as opened:
        laws = [json.loads(line) for line in opened]
    with tempfile.TemporaryDirectory() as folder:
        site = SmallSite(Path(folder)).write(SETTINGS)
        project = Project.at(site.root)
        jsonl.run(project, [arguments.laws], "rule", "shifu")
        plain = timed(project, search=False)
        full = timed(project, search=True)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        index = sum(f.stat().st_size for f in (project.site / "search").rglob("*") if f.is_file())
        print(
            f"{len(laws)} laws: indexing {full - plain:.1f} s beside {plain:.1f} s of build, peak {memory:.0f} MB,"
            f" {index / 1e6:.1f} MB in search/"
        )
        lines = {law["id"]: truth(law) for law in laws}
        given = [(q["query"], set(q["ids"])) for q in json.loads(arguments.queries.read_text("utf-8"))["queries"]]
        if any(not ids <= lines.keys() for _, ids in given) or len(laws) != 1000:
            given = [(query, containing(lines, query)) for query, _ in given]
        drawn = list(draw(lines, arguments.random))
        drive(project.site, arguments.chromium, {"queries of the file": given, "random substrings": drawn})


def timed(project: Project, *, search: bool) -> float:
    """Seconds of a clean build."""
    started = time.monotonic()
    pipeline.build(project, pipeline.Options(clean=True, search=search))
    return time.monotonic() - started


def truth(law: dict[str, Any]) -> list[str]:
    """The lines of a law: its title, the lines of its text, the cells of its tables."""
    lines = [law["title"]]
    for line in law["body_markdown"].split("\n"):
        text = re.sub(r"^\s*(?:[>#]+\s*)+", "", line)
        lines += text.split("|") if text.lstrip().startswith("|") else [text]
    return [plain for line in lines if (plain := normalise(line))]


def containing(lines: dict[str, list[str]], query: str) -> set[str]:
    """The laws of which one line contains the query."""
    wanted = normalise(query)
    return {id for id, found in lines.items() if any(wanted in line for line in found)}


def draw(lines: dict[str, list[str]], count: int) -> Any:
    """Random substrings of 2 to 8 characters of any kind, with the laws that contain them."""
    chance = random.Random(7)
    every = [line for found in lines.values() for line in found if len(line) > 1]
    for _ in range(count):
        line = chance.choice(every)
        length = min(len(line), chance.randint(2, 8))
        start = chance.randrange(len(line) - length + 1)
        query = line[start : start + length]
        yield query, containing(lines, query)


ASK = """async ([url, query]) => {
  const module = await import(url);
  const started = performance.now();
  const found = await module.search('"' + query.replaceAll('"', '') + '"');
  const ms = performance.now() - started;
  return [found.near ? [] : found.results.map((r) => r.url), ms];
}"""


def drive(site: Path, chromium: str, sets: dict[str, list[tuple[str, set[str]]]]) -> None:
    """Asks every query of the page's own module, then some of the page itself with an empty cache."""
    from playwright.sync_api import sync_playwright

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Zipped, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{address}/search/")
        module = page.locator("script[data-search-module]").evaluate("e => e.src")
        for name, queries in sets.items():
            queries = [(query, ids) for query, ids in queries if '"' not in query]
            report(name, queries, [page.evaluate(ASK, [module, query]) for query, _ in queries])
        cold(browser, address, sets["queries of the file"][::14])
        browser.close()
    server.shutdown()


def report(name: str, queries: list[tuple[str, set[str]]], answers: list[tuple[list[str], float]]) -> None:
    """Prints how right and how fast the answers were."""
    hits = found = wanted = exact = 0
    for (query, ids), (urls, _) in zip(queries, answers, strict=True):
        got = {url.rstrip("/").rpartition("/")[2] for url in urls if "/rules/" in url}
        hits, found, wanted, exact = hits + len(got & ids), found + len(got), wanted + len(ids), exact + (got == ids)
        if got != ids:
            print(f"  not exact: {query!r} missing {sorted(ids - got)[:3]} too many {sorted(got - ids)[:3]}")
    times = sorted(ms for _, ms in answers)
    print(
        f"{name}: {len(queries)} queries, recall {hits / max(1, wanted):.3f}, precision {hits / max(1, found):.3f}, "
        f"exact sets {exact}/{len(queries)}, warm median {statistics.median(times):.0f} ms, "
        f"95 % {times[int(len(times) * 0.95) - 1]:.0f} ms"
    )


def cold(browser: Any, address: str, queries: list[tuple[str, set[str]]]) -> None:
    """Bytes and requests from an empty cache to the first ten results with their excerpts."""
    sizes, counts, times = [], [], []
    for query, _ in queries:
        context = browser.new_context()
        page = context.new_page()
        Zipped.sent.clear()
        started = time.monotonic()
        page.goto(f"{address}/search/?q={query}")
        page.locator("#status", has_text=re.compile("找到|没有")).wait_for()
        times.append((time.monotonic() - started) * 1000)
        page.wait_for_load_state("networkidle")
        sizes.append(sum(size for _, size in Zipped.sent) / 1024)
        counts.append(len(Zipped.sent))
        context.close()
    sizes.sort()
    print(
        f"cold, gzip on: median {statistics.median(sizes):.0f} KB, 95 % {sizes[int(len(sizes) * 0.95) - 1]:.0f} KB, "
        f"requests median {statistics.median(counts):.0f}, at most {max(counts)}, "
        f"median {statistics.median(times):.0f} ms"
    )


if __name__ == "__main__":
    main()
