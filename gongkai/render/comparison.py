"""Two texts of one document → the rows of a 新旧条文对照表. Start with `compare`.

Article stands beside article, by number where the numbers hold and by likeness where articles were renumbered or moved;
within a pair the words that were taken out and put in are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.model import wording
from gongkai.model.alignment import HEADING, Pair, Passage, align
from gongkai.model.wording import Run, Runs, fold
from gongkai.render.markdown import RuleText
from gongkai.render.passages import Unit, units

SAME, CHANGED, ADDED, DELETED, AWAY = "same", "changed", "added", "deleted", "away"
"""What became of a row. `AWAY` is the empty place of an article that stands elsewhere in the new text."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Two texts as typed. What became of what is worked out while the page is made: an unchanged page costs nothing."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Then:
    """An earlier text with its links, the present one, and where that is read."""

    text: RuleText
    now: str
    address: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an article: it is `same`, `changed` or `deleted`; its number and its anchor (`now`) today."""

    anchor: str
    change: str
    label: str
    now: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row: the number of the article, and the runs of each of its lines."""

    label: Run
    anchor: str
    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Two units that are one, or one alone. `anchor` is unique in the table; `moved`: it changed its place.

    The new side of a row that is `AWAY` is where its article stands now, to be named and not to be read there.
    """

    change: str
    role: str
    anchor: str
    old: Cell | None
    new: Cell | None
    moved: bool = False

    @property
    def renumbered(self) -> bool:
        """Whether both sides have a number, and not the same."""
        return bool(self.old and self.new and fold(self.old.label.text) != fold(self.new.label.text))


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows, and how many articles became what: a renumbered one that is else the same counts as the same."""

    rows: tuple[Row, ...]
    counts: tuple[tuple[str, int], ...]
    renumbered: int

    @property
    def articles(self) -> int:
        """The articles of both texts, one that is in both counted once."""
        return sum(count for _, count in self.counts)


def compare(old: str, new: str) -> Comparison:
    """The table of two texts: every line of both, in the order of the new one."""
    ours, theirs = units(old), units(new)
    pairs = match(ours, theirs)
    there = {pair.old: theirs[pair.new] for pair in pairs if pair.moved and pair.new is not None}
    rows = tuple(_row(ours, theirs, pair, there.get(pair.old)) for pair in pairs)
    articles = [row for row in rows if row.role == "article"] or [row for row in rows if row.role == "text"]
    counts = tuple(
        (change, sum(row.change == change for row in articles)) for change in (CHANGED, ADDED, DELETED, SAME)
    )
    return Comparison(rows, counts, sum(row.change == SAME and row.renumbered for row in articles))


def fates(then: str, now: str) -> list[Fate]:
    """What became of each article of an earlier text."""
    olds, news = units(then), units(now)
    found = []
    for pair in match(olds, news):
        old = olds[pair.old] if pair.old is not None else None
        new = news[pair.new] if pair.new is not None else None
        if old is None or old.role != "article" or (new is None and pair.moved):
            continue
        if new is None:
            found.append(Fate(old.anchor, DELETED, "", ""))
        else:
            found.append(Fate(old.anchor, SAME if same(old, new) else CHANGED, new.label, new.anchor))
    return found


def match(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """Which unit of the old text became which of the new one."""
    return align([_passage(unit) for unit in old], [_passage(unit) for unit in new])


def same(old: Unit, new: Unit) -> bool:
    """Whether two units say the same in the same words; their numbers may differ."""
    return [fold(line.text) for line in old.lines] == [fold(line.text) for line in new.lines]


def _passage(unit: Unit) -> Passage:
    # 第二章 and 第二节 are not each other's like.
    role = f"{HEADING} {unit.label[-1:]}" if unit.role == "division" else unit.role
    return Passage(role, unit.number, unit.text)


def _row(olds: Sequence[Unit], news: Sequence[Unit], pair: Pair, there: Unit | None) -> Row:
    """The row of a pair; `there` is where an article that moved stands now."""
    old = olds[pair.old] if pair.old is not None else None
    new = news[pair.new] if pair.new is not None else None
    anchor = (new.anchor or f"row-{pair.new}") if new else f"old-{old.anchor or pair.old}" if old else ""
    if old and new:
        change = SAME if same(old, new) else CHANGED
        left, right = _marked(old, new) if change == CHANGED else (_whole(old, kept=True), _whole(new, kept=True))
        return Row(change, new.role, anchor, left, right, pair.moved)
    if old and there:
        away, now = (Cell(Run(unit.label, kept=True), unit.anchor, ()) for unit in (old, there))
        return Row(AWAY, old.role, anchor, away, now, moved=True)
    if old:
        return Row(DELETED, old.role, anchor, _whole(old, kept=False), None)
    assert new
    return Row(ADDED, new.role, anchor, None, _whole(new, kept=False))


def _whole(unit: Unit, *, kept: bool) -> Cell:
    lines = tuple((Run(line.label + line.text, kept),) for line in unit.lines)
    return Cell(Run(unit.label, kept), unit.anchor, lines)


def _marked(old: Unit, new: Unit) -> tuple[Cell, Cell]:
    """Both sides of a changed unit. Its lines are compared as one stretch: a paragraph cut in two is no new wording."""
    ours, theirs = wording.compare(old.text, new.text)
    return _lined(old, ours), _lined(new, theirs)


def _lined(unit: Unit, runs: Runs) -> Cell:
    """The runs of a unit line by line. What only has another number is not marked: a new item renumbers all others."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(Run(first, run.kept))
        lines += [[Run(text, run.kept)] for text in rest]
    numbered = zip(unit.lines, lines, strict=True)
    return Cell(
        Run(unit.label, kept=True),
        unit.anchor,
        tuple(tuple(run for run in (Run(line.label, kept=True), *found) if run.text) for line, found in numbered),
    )
