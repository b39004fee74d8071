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
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from gongkai.base.project import Project  # noqa: E402
from gongkai.edit.importers import jsonl  # noqa: E402
from gongkai.exports import printed  # noqa: E402
from gongkai.model.articles import Part, outline  # noqa: E402
from gongkai.model.catalog import load  # noqa: E402
from gongkai.model.citations import scan  # noqa: E402
from gongkai.model.disclosure import public  # noqa: E402
from gongkai.model.validity import Reason, disagrees  # noqa: E402
from gongkai.read.walk import read  # noqa: E402
from gongkai.render.citing import Cites, Weaver  # noqa: E402
from gongkai.render.comparison import Comparison, compare  # noqa: E402
from gongkai.render.markdown import parse  # noqa: E402
from gongkai.render.pages import rule  # noqa: E402
from gongkai.render.pages.cited import citing  # noqa: E402
from gongkai.render.press import bytes_of  # noqa: E402
from gongkai.render.site import Site  # noqa: E402
from gongkai.render.theme import find  # noqa: E402
from tests.conftest import SETTINGS, SmallSite  # noqa: E402

Law = dict[str, Any]

DAY = date(2026, 11, 20)


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


def articles(laws: list[Law]) -> None:
    """条: how many texts agree with the count of their source, and whose numbers do not run on."""
    having = [law for law in laws if law["articles"]]
    counted = {law["id"]: [part for _, part in outline(law["body_markdown"]).values()] for law in having}
    wrong = [law for law in having if _count(counted[law["id"]]) != law["articles"]]
    share = 1 - len(wrong) / len(having)
    print(f"{len(having)} texts with articles, {share:.2%} of them with as many as their source counts")
    for law in wrong:
        print(f"  {law['title']}: {law['articles']} in the source, {_count(counted[law['id']])} found")
    gaps = {law["title"]: found for law in having if (found := list(_breaks(counted[law["id"]])))}
    print(f"{len(gaps)} texts whose numbers do not run on: {sum(map(len, gaps.values()))} places")
    for title, found in sorted(gaps.items(), key=lambda entry: -len(entry[1])):
        print(f"  {title}: {'，'.join(found[:4])}")


def _count(parts: list[Part]) -> int:
    return sum(part.role == "article" for part in parts)


def _breaks(parts: list[Part]) -> Iterator[str]:
    """Where an article is not the next one, nor one inserted, nor the first of another text."""
    last = (0, 0)
    for part in parts:
        if part.role == "article":
            main, _, inserted = part.number.partition("-")
            number = (int(main), int(inserted or 0))
            if number not in ((last[0] + 1, 0), (last[0], last[1] + 1), (1, 0)):
                yield f"{last[0]} → {part.label}"
            last = number


def citations(laws: list[Law]) -> None:
    """Citations: what linking them adds to the time that the pages of 3,000 laws take, and what it finds."""
    with tempfile.TemporaryDirectory() as folder:
        site = _site(laws[:3000], Path(folder))
        rules = list(site.catalog.of("rule"))

        def known() -> None:
            scan.cache_clear()
            outline.cache_clear()
            fresh = Site(site.catalog, site.theme)
            for item in rules:
                fresh.cites(item.body, item.record.title, item)
                citing(fresh, item)

        planning = min(_seconds(known) for _ in range(3))
        pages = [output for output in rule.plan(site) if output.template == "rule.html"]
        without = with_links = 0.0
        weave = Weaver.weave
        for output in pages:
            page = output.view
            text = replace(page.view.text, cites=Cites())
            bare = replace(page, view=replace(page.view, text=text, citing=None))
            parse.cache_clear()
            plain, linked = [], []
            for _ in range(3):
                Weaver.weave = lambda self, block: None  # type: ignore[method-assign]
                parse.cache_clear()
                plain.append(_seconds(lambda bare=bare: site.theme.render("rule.html", bare)))
                Weaver.weave = weave  # type: ignore[method-assign]
                parse.cache_clear()
                linked.append(_seconds(lambda page=page: site.theme.render("rule.html", page)))
            without += min(plain)
            with_links += min(linked)
    added = planning + with_links - without
    by, missing = site.cited.by, site.cited.missing
    links = sum(len(output.view.view.text.cites.leads) for output in pages)
    print(f"{len(pages)} pages: {without:.1f} s without, {with_links:.1f} s with links, {planning:.2f} s to find them")
    print(f"added: {added / without:.1%}")
    print(f"{sum(map(len, by.values()))} citations reach {len(by)} other laws; {links} different ones on their pages")
    print(f"{len(missing)} cited laws are missing, the first by {max(map(len, missing.values()))} documents")


def downloads(laws: list[Law]) -> None:
    """Word and PDF: what 50 laws take, spread over the file, as if an organ of the site had issued them."""
    chosen = [law | {"issuer": "测试市人民政府"} for law in laws[:: len(laws) // 50][:50]]
    with tempfile.TemporaryDirectory() as folder:
        site = _site(chosen, Path(folder), SETTINGS.replace("root:", "downloads: [docx, pdf]\nroot:"))
        outputs = list(printed.plan(site.settings, list(rule.plan(site))))
        print(f"{len(chosen)} laws, {sum(len(law['body_markdown']) for law in chosen):,} characters")
        for suffix in ("docx", "pdf"):
            asked = [output for output in outputs if output.path.endswith(suffix)]
            bytes_of(printed.sample(asked[0]), site.theme)  # fonts and libraries are loaded once
            made: list[bytes] = []
            seconds = [
                _seconds(lambda output=output, made=made: made.append(bytes_of(output, site.theme))) for output in asked
            ]
            sizes = sorted(map(len, made))
            print(
                f"{suffix}: {sum(seconds):.1f} s, median {statistics.median(seconds):.2f}, longest {max(seconds):.1f}"
            )
            print(f"  {sum(sizes) / 1e6:.1f} MB, median {sizes[len(sizes) // 2] / 1e3:.0f} KB")


def validity(laws: list[Law]) -> None:
    """有效性: where the state that a source declares is not the one that its dates and newer texts give."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = _site(laws, Path(folder)).catalog
    lived = [(item, catalog.life(item).on(DAY)) for item in catalog.of("rule") if item.record.status]
    classes: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for item, now in lived:
        declared = item.record.status
        if now.reason is Reason.DECLARED or disagrees(declared, now.state):
            classes[declared.label, now.state.label, now.reason.value].append(item.record.title)
    apart = sum(map(len, classes.values()))
    print(f"{len(lived)} laws with a status of their source; {len(lived) - apart} agree with ours on {DAY}")
    for (declared, computed, reason), titles in sorted(classes.items(), key=lambda entry: -len(entry[1])):
        print(f"  {declared} → {computed} ({reason}): {len(titles)}, such as {'、'.join(titles[:3])}")


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _site(laws: list[Law], folder: Path, settings: str = SETTINGS) -> Site:
    """A site of the laws, imported as an author would."""
    small = SmallSite(folder).write(settings)
    lines = folder / "laws.jsonl"
    lines.write_text("".join(f"{json.dumps(law, ensure_ascii=False)}\n" for law in laws), "utf-8")
    project = Project.at(small.root)
    jsonl.run(project, [lines], "rule", "shifu")
    catalog = load(read(project), DAY)
    theme, _ = find(project, catalog.settings.theme)
    return Site(public(catalog), theme)


SECTIONS: dict[str, Callable[[list[Law]], None]] = {
    "comparison": comparison,
    "articles": articles,
    "citations": citations,
    "downloads": downloads,
    "validity": validity,
}

if __name__ == "__main__":
    main()
