"""The history of a rule (规章) → 题注, the line under its title: 公布时间及文号、修订时间及文号、施行时间.

国办公开办函〔2021〕33号 asks for these three and for title, 题注 and text alone. Start with `built`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.base.text import plain
from gongkai.model.rule import Event, Rule, Type

BARE = frozenset({Type.DEPARTMENT_RULE, Type.GOVERNMENT_RULE})
"""The types whose page is title, 题注 and text."""

_STEP = re.compile(
    r"(?:以|根据|由|经)?\s*(?P<by>.*?)(?:(?:公布|发布)的?(?:决定)?)?\s*"
    r"(?P<act>(?:第[一二三四五六七八九十]+次)?(?:公布|发布|印发|修正|修订|修改))"
)
"""A step of the history that belongs into 题注: by which number or document, and what it did."""


@dataclass(frozen=True, slots=True)
class Step:
    """A publication or an amendment: its day, the number or title it was made by ("" where not told), the word."""

    day: date
    by: str
    act: str

    @property
    def is_publication(self) -> bool:
        """Whether it published the rule, rather than amended it."""
        return self.act in ("公布", "发布", "印发")

    @property
    def text(self) -> str:
        """2023年5月18日示例市人民政府令第12号公布."""
        return f"{in_words(self.day)}{self.by}{self.act}"


def in_words(day: date) -> str:
    """2023年5月18日."""
    return f"{day.year}年{day.month}月{day.day}日"


def steps(record: Rule) -> list[Step]:
    """The publication and the amendments that the data tells; a step that only passed it (通过) is none of them."""
    found = [step for event in record.history if (step := _step(event)) is not None]
    if not any(step.is_publication for step in found) and record.signed and record.doc_no:
        found.insert(0, Step(record.signed, record.doc_no, "公布"))
    return sorted(found, key=lambda step: step.day)


def _step(event: Event) -> Step | None:
    first = re.split("[，,；;。]", event.event)[0].strip()
    match = _STEP.fullmatch(first)
    return Step(event.date, match["by"].strip(), match["act"]) if match and "通过" not in first else None


def days_of_force(record: Rule) -> list[date]:
    """首次施行 and, where it is another day, the day of the present text."""
    return sorted({day for day in (record.original_effective, record.effective) if day})


def built(record: Rule) -> str:
    """题注 in full-width brackets; "" where the data tells nothing that belongs there."""
    clauses = list(_clauses(steps(record), days_of_force(record)))
    return f"（{'　'.join(clauses)}）" if clauses else ""


def _clauses(told: list[Step], force: list[date]) -> Iterator[str]:
    """The steps in order. Where the first text and the present one began on different days, each is said."""
    if len(force) < 2:
        yield from (step.text for step in told)
        yield from (f"自{in_words(day)}起施行" for day in force)
        return
    yield from (step.text for step in told[:1])
    yield f"自{in_words(force[0])}起施行"
    yield from (step.text for step in told[1:])
    yield f"修改后的文本自{in_words(force[-1])}起施行"


def typed(body: str) -> tuple[str, int]:
    """题注 that a text begins with, as a quote or in brackets, and its line in the text; ("", 0) if none."""
    for number, line in enumerate(body.split("\n")):
        if line.strip():
            text = line.strip().removeprefix(">").strip()
            set_apart = line.lstrip().startswith((">", "（", "("))
            return (text, number) if set_apart and re.search("公布|发布|施行|修正|修订", text) else ("", 0)
    return ("", 0)


def without(body: str) -> str:
    """The text without the 题注 that it begins with."""
    note, line = typed(body)
    lines = body.split("\n")
    rest = line + 1
    while note and rest < len(lines) and lines[rest].lstrip().startswith(">"):
        rest += 1
    return "\n".join(lines[rest:]) if note else body


def lacks(note: str, told: list[Step], force: list[date]) -> list[str]:
    """What belongs into a 题注 and is not in this one, in words."""
    said = plain(note)
    found = [step.text for step in told if plain(in_words(step.day)) not in said or plain(step.by) not in said]
    if force and not any(plain(in_words(day)) in said for day in force):
        found.append(f"自{in_words(force[0])}起施行")
    return found
