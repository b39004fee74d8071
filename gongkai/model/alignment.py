"""Two lists of passages of one document → which passage of the one became which of the other. Start with `align`.

Equal passages are found first; what lies between them is laid together by likeness, so that a renumbered article meets
itself; what changed its place is found last.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.model.wording import fold

LIKE = 0.3
"""From this likeness on two passages in their order are the same one, changed. Unrelated articles reach 0.2."""

NUMBERED = 0.12
"""The same for two that carry the same number and lie between the same neighbours."""

MOVED = 0.42
"""The same for two out of their order."""

COMMON = 0.1
"""A pair of characters in more than this share of the passages says nothing about any of them."""

HEADING = "division"
"""How the role of a heading of 编, 章 or 节 begins."""

CELLS = 1_000_000
"""Pairs of passages that are compared at 1.5 µs each; beyond this only numbers decide."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is laid beside its like: of one `role`, with its number in figures ("" for none) and its words."""

    role: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Positions in the old list and in the new one; None where there is none. `moved`: out of order."""

    old: int | None
    new: int | None
    moved: bool = False


def align(old: Sequence[Passage], new: Sequence[Passage]) -> list[Pair]:
    """Every passage of either list once, in the order of the new one; what is gone stands where it stood."""
    return list(_ordered(_Alignment(old, new).run(), len(old), len(new)))


class _Alignment:
    """What is known of two lists, and the pairs found so far: position in the old list → position in the new one."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage]) -> None:
        self.old, self.new = old, new
        self.words = [fold(passage.text) for passage in old], [fold(passage.text) for passage in new]
        self.grams = _telling(self.words[0]), _telling(self.words[1])
        self.found: dict[int, int] = {}
        self.moved: set[int] = set()

    def run(self) -> tuple[dict[int, int], set[int]]:
        self.found = dict(self._equal())
        for fit in (self._like, self._numbered, self._headings):
            for olds, news in list(self._gaps()):
                self.found.update(fit(olds, news))
        self._displaced()
        return self.found, self.moved

    def _equal(self) -> list[tuple[int, int]]:
        """Passages whose words occur once in either list, as far as they are in the same order in both."""
        ours, theirs = (Counter(zip((p.role for p in side), words, strict=True)) for side, words in self._sides())
        where = {(p.role, text): n for n, (p, text) in enumerate(zip(self.new, self.words[1], strict=True))}
        same = []
        for n, (passage, text) in enumerate(zip(self.old, self.words[0], strict=True)):
            key = (passage.role, text)
            if ours[key] == theirs[key] == 1:
                same.append((n, where[key]))
        return _rising(same)

    def _sides(self) -> Iterator[tuple[Sequence[Passage], list[str]]]:
        return zip((self.old, self.new), self.words, strict=True)

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """What is not yet paired, between the pairs."""
        start_old = start_new = 0
        for end_old, end_new in [*sorted(self.found.items()), (len(self.old), len(self.new))]:
            if end_old > start_old and end_new > start_new:
                yield list(range(start_old, end_old)), list(range(start_new, end_new))
            start_old, start_new = end_old + 1, end_new + 1

    def likeness(self, old: int, new: int) -> float:
        """0 to 1, by pairs of characters in common: over both, or over the shorter where one grew out of the other."""
        if self.old[old].role != self.new[new].role:
            return 0.0
        if self.words[0][old] == self.words[1][new]:
            return 1.0
        ours, theirs = self.grams[0][old], self.grams[1][new]
        both = len(ours & theirs)
        shorter = min(len(ours), len(theirs))
        if not both:
            return 0.0
        return max(2 * both / (len(ours) + len(theirs)), 0.75 * both / shorter if shorter > 12 else 0.0)

    def _like(self, olds: list[int], news: list[int]) -> list[tuple[int, int]]:
        """The pairs in order whose likenesses, squared, add up to most: one sure pair outweighs two doubtful ones."""
        if len(olds) * len(news) > CELLS:
            return []
        width = len(news)
        best = [[0.0] * (width + 1)]
        for old in olds:
            above, row = best[-1], [0.0]
            for n, new in enumerate(news):
                like = self.likeness(old, new)
                score = max(above[n + 1], row[n])
                if like >= LIKE:
                    same = self.old[old].number == self.new[new].number != ""
                    score = max(score, above[n] + like * like + (0.02 if same else 0.0))
                row.append(score)
            best.append(row)
        return self._way_back(best, olds, news)

    @staticmethod
    def _way_back(best: list[list[float]], olds: list[int], news: list[int]) -> list[tuple[int, int]]:
        pairs = []
        i, j = len(olds), len(news)
        while i and j:
            if best[i][j] == best[i - 1][j]:
                i -= 1
            elif best[i][j] == best[i][j - 1]:
                j -= 1
            else:
                i, j = i - 1, j - 1
                pairs.append((olds[i], news[j]))
        return pairs

    def _numbered(self, olds: list[int], news: list[int]) -> list[tuple[int, int]]:
        """Passages of one number that are rewritten and yet not wholly different."""
        where = {(self.new[new].role, self.new[new].number): new for new in news if self.new[new].number}
        found = [(old, where.get((self.old[old].role, self.old[old].number), -1)) for old in olds]
        return _rising([(old, new) for old, new in found if new >= 0 and self.likeness(old, new) >= NUMBERED])

    def _headings(self, olds: list[int], news: list[int]) -> list[tuple[int, int]]:
        """A heading that is alone of its kind on both sides between the same neighbours: it got another wording."""
        ours, theirs = Counter(self.old[old].role for old in olds), Counter(self.new[new].role for new in news)
        where = {self.new[new].role: new for new in news}
        alone = [old for old in olds if ours[self.old[old].role] == theirs[self.old[old].role] == 1]
        return _rising([(old, where[role]) for old in alone if (role := self.old[old].role).startswith(HEADING)])

    def _displaced(self) -> None:
        """Passages left on both sides that are nearly the same, the likest first."""
        taken = set(self.found.values())
        olds = [n for n in range(len(self.old)) if n not in self.found and len(self.grams[0][n]) > 6]
        news = [n for n in range(len(self.new)) if n not in taken and len(self.grams[1][n]) > 6]
        if len(olds) * len(news) > CELLS:
            return
        likely = [(like, old, new) for old in olds for new in news if (like := self.likeness(old, new)) >= MOVED]
        for _, old, new in sorted(likely, key=lambda entry: (-entry[0], entry[1], entry[2])):
            if old not in self.found and new not in taken:
                self.found[old] = new
                self.moved.add(old)
                taken.add(new)


def _telling(texts: list[str]) -> list[frozenset[str]]:
    """The pairs of characters of each text, without those that many of its fellows have too.

    县级以上人民政府, 主管部门 and the subject of the law itself stand in every other article.
    """
    every = [frozenset(text[n : n + 2] for n in range(len(text) - 1)) or frozenset([text]) for text in texts]
    counts = Counter(gram for grams in every for gram in grams)
    common = {gram for gram, count in counts.items() if count > max(5, len(texts) * COMMON)}
    return [grams - common if len(grams - common) > 5 else grams for grams in every]


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs` (rising on the left) that rises on the right too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, right) in enumerate(pairs):
        at = bisect_left(tails, right)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1], ends[at : at + 1] = [right], [n]
    found = []
    n = ends[-1] if ends else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def _ordered(found: tuple[dict[int, int], set[int]], olds: int, news: int) -> Iterator[Pair]:
    pairs, moved = found
    back = {new: old for old, new in pairs.items()}
    at = 0
    for new in range(news):
        old = back.get(new)
        if old is not None and old not in moved:
            yield from _gone(range(at, old), pairs, moved)
            at = old + 1
        yield Pair(old, new, moved=old in moved)
    yield from _gone(range(at, olds), pairs, moved)


def _gone(olds: range, pairs: dict[int, int], moved: set[int]) -> Iterator[Pair]:
    for old in olds:
        if old not in pairs:
            yield Pair(old, None)
        elif old in moved:
            yield Pair(old, None, moved=True)
