"""Real laws → what the search finds, how fast and for how many bytes, in real Chromium, beside Pagefind as it comes.

    python benchmarks/search.py LAWS/laws-1k.jsonl.gz LAWS/queries-dev.json [--random 400] [--alone]

Builds the site of the laws in a temporary folder, and lets `pagefind-bin-extended` index the same documents as simple
pages (lang zh). Serves both with gzip and asks both, in one browser, the queries of the file and random substrings of
all characters. Prints recall, precision, exact result sets, milliseconds warm and cold, bytes and requests from an
empty cache to the first ten results with excerpts, size of the index, seconds and peak memory of indexing.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
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
from tests.conftest import SETTINGS, SmallSite  # noqa: E402
from tests.production import Production, Zipped  # noqa: E402

Queries = list[tuple[str, set[str]]]
"""What is asked, and the ids of the laws that contain it."""


class Ours(Zipped, Production):
    """With the headers of production."""


@dataclass(frozen=True)
class Rival:
    """One of the two searches: its folder, the page that searches, and two scripts for it."""

    name: str
    server: type[Zipped]
    site: Path
    page: str

    ask: str
    """Query → ids in order, milliseconds."""

    ready: str
    """True when a page opened with `?q=` shows its first ten results."""

    ids: dict[str, str]
    """Ids of results → ids of laws; what is not in it stands for itself."""


OURS = """async (query) => {
  const module = await import(document.querySelector("script[data-search-module]").src);
  const started = performance.now();
  const found = await module.search('"' + query.replaceAll('"', '') + '"');
  const ms = performance.now() - started;
  const laws = found.near ? [] : found.results.map((r) => r.url.split("/rules/")[1]?.replace("/", "")).filter(Boolean);
  return [laws, ms];
}"""
OURS_READY = """() => /找到|没有/.test(document.querySelector("#status").textContent)
  && [...document.querySelectorAll("#results .excerpt")].every((one) => one.textContent)"""

THEIRS = """async (query) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const started = performance.now();
  const found = await pagefind.search(query);
  return [found.results.map((r) => r.id), performance.now() - started];
}"""
THEIRS_PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>Pagefind</title><ul></ul>
<script type="module">
const query = new URLSearchParams(location.search).get("q"), list = document.querySelector("ul");
const pagefind = await import("/pagefind/pagefind.js");
const found = query ? await pagefind.search(query) : { results: [] };
for (const data of await Promise.all(found.results.slice(0, 10).map((result) => result.data()))) {
  list.append(Object.assign(document.createElement("li"), { innerHTML: data.meta.title + data.excerpt }));
}
document.body.dataset.ready = "yes";
</script></html>"""


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("laws", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--random", type=int, default=400)
    parser.add_argument("--alone", action="store_true", help="without pagefind-bin-extended")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    with gzip.open(arguments.laws, "rt", encoding="utf-8") as opened:
        laws = [json.loads(line) for line in opened]
    characters = sum(len(law["body_markdown"]) for law in laws)
    print(f"{len(laws)} laws, {characters / 1e6:.1f} million characters", flush=True)
    texts = {law["id"]: truth(law) for law in laws}
    given = [query["query"] for query in json.loads(arguments.queries.read_text("utf-8"))["queries"]]
    sets = {
        "queries of the file": [(query, containing(texts, query)) for query in given],
        "random substrings": list(draw(texts, arguments.random)),
    }
    with tempfile.TemporaryDirectory() as folder:
        rivals = [built(Path(folder) / "ours", arguments.laws)]
        if not arguments.alone:
            rivals.append(untouched(Path(folder) / "theirs", laws))
        drive(rivals, arguments.chromium, sets)


def built(folder: Path, laws: Path) -> Rival:
    """Our site."""
    site = SmallSite(folder).write(SETTINGS)
    project = Project.at(site.root)
    jsonl.run(project, [laws], "rule", "shifu")
    plain = timed(project, search=False)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    full = timed(project, search=True)
    peak = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
    again = timed(project, search=True, clean=False)
    folders = list((project.site / "search/index").iterdir())
    print(
        f"ours: indexing {full - plain:.1f} s beside {plain:.1f} s of build, peak {peak:.0f} MB in one process,"
        f" shards {len(folders)}, {size(project.site / 'search') / 1e6:.1f} MB in search/;"
        f" a build that changes nothing takes {again:.1f} s",
        flush=True,
    )
    return Rival("ours", Ours, project.site, "/search/", OURS, OURS_READY, {})


def untouched(folder: Path, laws: list[dict[str, Any]]) -> Rival:
    """`pagefind-bin-extended` as it comes, over the same documents as simple pages."""
    from pagefind_bin_extended import get_executable

    folder.mkdir()
    for law in laws:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in law["body_markdown"].split("\n") if line.strip())
        title = html.escape(law["title"])
        page = f'<!doctype html><html lang="zh"><title>{title}</title><body><h1>{title}</h1>{lines}</body></html>'
        (folder / f"{law['id']}.html").write_text(page, "utf-8")
    started = time.monotonic()
    process = subprocess.Popen([str(get_executable()), "--site", str(folder), "--silent"])
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0
    ids = {}
    for file in (folder / "pagefind/fragment").iterdir():
        raw = gzip.decompress(file.read_bytes())
        ids[file.stem] = json.loads(raw[raw.index(b"{") :])["url"].strip("/").removesuffix(".html")
    seconds, index = time.monotonic() - started, size(folder / "pagefind")
    print(
        f"pagefind-bin-extended, untouched: indexing {seconds:.1f} s, peak {used.ru_maxrss / 1024:.0f} MB,"
        f" {index / 1e6:.1f} MB",
        flush=True,
    )
    (folder / "find.html").write_text(THEIRS_PAGE, "utf-8")
    ready = "() => document.body.dataset.ready"
    return Rival("pagefind-bin-extended", Zipped, folder, "/find.html", THEIRS, ready, ids)


def timed(project: Project, *, search: bool, clean: bool = True) -> float:
    """Seconds of a build."""
    started = time.monotonic()
    pipeline.build(project, pipeline.Options(clean=clean, search=search))
    return time.monotonic() - started


def size(folder: Path) -> int:
    """Bytes of a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def truth(law: dict[str, Any]) -> str:
    """The lines of a law, one each: its title, the lines of its text, the cells of its tables; of a link, its words."""
    lines = [law["title"]]
    for line in law["body_markdown"].split("\n"):
        text = re.sub(r"^\s*(?:[>#]+\s*)+", "", line)
        text = re.sub(r"!?\[([^\]]*)\]\([^)\s]*\)", r"\1", text)
        if not text.strip("-|: "):  # a rule, or what parts the head of a table from its rows
            continue
        lines += text.split("|") if text.lstrip().startswith("|") else [text]
    return "\n".join(plain for line in lines if (plain := normalise(line)))


def containing(texts: dict[str, str], query: str) -> set[str]:
    """The laws of which one line contains the query."""
    wanted = normalise(query)
    return {id for id, text in texts.items() if wanted in text}


def draw(texts: dict[str, str], count: int) -> Any:
    """Random substrings of 2 to 8 characters of any kind, with the laws that contain them."""
    chance = random.Random(7)
    every = [line for text in texts.values() for line in text.split("\n") if len(line) > 1]
    for _ in range(count):
        line = chance.choice(every)
        length = min(len(line), chance.randint(2, 8))
        start = chance.randrange(len(line) - length + 1)
        query = line[start : start + length]
        yield query, containing(texts, query)


def drive(rivals: list[Rival], chromium: str, sets: dict[str, Queries]) -> None:
    """Asks each rival every query on its open page, then some on a page with an empty cache."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for rival in rivals:
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(rival.server, directory=str(rival.site)))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}{rival.page}"
            page = browser.new_page()
            page.goto(address)
            for name, queries in sets.items():
                asked = [(query, ids) for query, ids in queries if '"' not in query]
                report(rival, name, asked, [page.evaluate(rival.ask, query) for query, _ in asked])
            page.close()
            cold(rival, browser, address, [query for query, _ in sets["queries of the file"][::7]])
            server.shutdown()
        browser.close()


def report(rival: Rival, name: str, queries: Queries, answers: list[tuple[list[str], float]]) -> None:
    """Prints how right and how fast the answers were."""
    hits = found = wanted = exact = right = shown = 0
    wrong = []
    for (query, ids), (results, _) in zip(queries, answers, strict=True):
        got = [rival.ids.get(id, id) for id in results]
        hits, found, wanted, exact = (
            hits + len(ids & set(got)),
            found + len(got),
            wanted + len(ids),
            exact + (set(got) == ids),
        )
        right, shown = right + len(ids & set(got[:10])), shown + len(got[:10])
        if set(got) != ids:
            wrong.append(query)
    times = sorted(ms for _, ms in answers)
    print(
        f"{rival.name}, {name}: {len(queries)} queries, recall {hits / max(1, wanted):.3f},"
        f" precision {hits / max(1, found):.3f}, of the first ten {right / max(1, shown):.3f},"
        f" exact sets {exact}/{len(queries)}, warm median {statistics.median(times):.0f} ms,"
        f" 95 % {times[int(len(times) * 0.95) - 1]:.0f} ms",
        flush=True,
    )
    if rival.name == "ours" and wrong:
        print(f"  not exact: {wrong[:10]}", flush=True)


def cold(rival: Rival, browser: Any, address: str, queries: list[str]) -> None:
    """Bytes and requests from an empty cache to the first ten results with their excerpts."""
    sizes, counts, times = [], [], []
    kinds: Counter[str] = Counter()
    for query in queries:
        context = browser.new_context()
        page = context.new_page()
        Zipped.sent.clear()
        started = time.monotonic()
        page.goto(f"{address}?q={query}")
        page.wait_for_function(rival.ready)
        times.append((time.monotonic() - started) * 1000)
        page.wait_for_load_state("networkidle")
        sizes.append(sum(size for _, size in Zipped.sent) / 1024)
        counts.append(len(Zipped.sent))
        for path, sent in Zipped.sent:
            kinds[sort(path)] += sent
        context.close()
    sizes.sort()
    parts = ", ".join(f"{kind} {sent / 1024 / len(queries):.0f}" for kind, sent in kinds.most_common())
    print(
        f"{rival.name}, cold, gzip on: median {statistics.median(sizes):.0f} KB,"
        f" 95 % {sizes[int(len(sizes) * 0.95) - 1]:.0f} KB, requests median {statistics.median(counts):.0f},"
        f" 95 % {sorted(counts)[int(len(counts) * 0.95) - 1]}, at most {max(counts)},"
        f" median {statistics.median(times):.0f} ms; KB of each sort on average: {parts}",
        flush=True,
    )


def sort(path: str) -> str:
    """What a file is for."""
    sorts = {
        "facts": "facts",
        "text/": "excerpts",
        "fragment/": "excerpts",
        "pf_index": "index",
        "pf_meta": "meta",
        "wasm": "WebAssembly",
        "pagefind": "Pagefind's script",
    }
    return next((name for part, name in sorts.items() if part in path.partition("?")[0]), "page")


if __name__ == "__main__":
    main()
