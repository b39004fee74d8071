"""Links to other sites → those that do not open. Start with `problems`; part of the family of `check.links`.

What was answered is kept with its day, in a file of its own beside what other checks learnt, and asked again after the
days that the site sets. Only what the site shows is asked: an address in a draft is nobody's business yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urldefrag

from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.base.project import Project
from gongkai.check import addresses
from gongkai.check.asker import Answer, Asker
from gongkai.check.built import Built, Facts
from gongkai.model import disclosure

UNANSWERED = Code(
    "GK-LINK-007",
    "warning",
    "外部链接打不开",
    "打开链接核对：对方改了地址的，换成新的；已经没有的，删去链接、留下文字。只在 gongkai check --external 时检查；"
    "对方不让程序访问的（robots.txt、401、403、429）不算打不开。",
    law="常州市钟楼区规范政务公开工作的实施意见（2021年）：“避免出现死链、错链、暗链”",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was found out about links to other sites: how many there are, how many were asked now, and the problems."""

    total: int
    now: int
    problems: tuple[Problem, ...]


def examine(project: Project, built: Built, pages: Iterable[Facts], asker: Asker) -> Asked:
    """Asks what is not known yet; the answers that came are kept even when the run is stopped."""
    found = _places(built, pages)
    day = built.catalog.day
    kept = _open(project)
    fresh = day - timedelta(days=built.catalog.settings.check.links.external_days)
    new = [address for address in found if address not in kept or not fresh < kept[address][0] <= day]
    try:
        for answer in asker.answers(new):
            kept[answer.address] = day, answer
    finally:
        _keep(project, {address: kept[address] for address in found if address in kept})
    return Asked(len(found), len(new), tuple(_told(found, kept)))


def _places(built: Built, pages: Iterable[Facts]) -> dict[str, list[Mark]]:
    """Every address of another site, or of another program on our host, with the places where it was written."""
    found: dict[str, list[Mark]] = {}
    for address, mark in addresses.written(disclosure.public(built.catalog)):
        if not built.is_ours(address):
            found.setdefault(urldefrag(address).url, []).append(mark)
    for facts in pages:
        for link in facts.links:
            address = urldefrag(link).url
            if link.startswith(addresses.SCHEMES) and address not in found and not built.is_ours(link):
                found[address] = [built.place(facts, link)]
    return found


Kept = dict[str, tuple[date, Answer]]


def _told(found: dict[str, list[Mark]], kept: Kept) -> Iterator[Problem]:
    for address, marks in found.items():
        day, answer = kept[address]
        if answer.why:
            message = f"{shown(address)} 打不开：{answer.why}，{day} 问的"
            for mark in dict.fromkeys(marks):
                yield UNANSWERED.at(mark, message, "换成新的地址，或删去链接、留下文字")


def _open(project: Project) -> Kept:
    try:
        rows = json.loads((project.state / "external.json").read_text("utf-8"))
        return {row[0]: (date.fromisoformat(row[1]), Answer(row[0], *row[2:])) for row in rows}
    except (OSError, ValueError, TypeError, IndexError):
        return {}


def _keep(project: Project, kept: Kept) -> None:
    """Address, day, status, why it does not open, where it led: one a line, for people to read too."""
    rows = [[one.address, str(day), one.status, one.why, one.moved] for day, one in kept.values()]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in sorted(rows))
    try:
        project.state.mkdir(parents=True, exist_ok=True)
        draft = project.state / "external.draft"
        draft.write_text(f"[\n{lines}\n]\n", "utf-8")
        draft.replace(project.state / "external.json")
    except OSError:
        return
