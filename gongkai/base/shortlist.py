"""Many names → the few that a slip may have meant, quickly. Start with `Shortlist`."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable

LENGTH = 40
"""Names on a list: comparing closely costs 20 µs each."""


class Shortlist:
    """An index of names by their pairs of characters, made once and asked often.

    6,000 references that led nowhere among 3,000 titles took 38 s of processor when the pairs of every title were
    counted anew for each; with the index they take 5 s, nearly all of it for the close comparison of the list.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._having: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            for pair in _pairs(name):
                self._having[pair].append(number)

    def near(self, word: str) -> list[str]:
        """The names that share most pairs of characters with `word`, best first; of equals the first named."""
        shared: Counter[int] = Counter()
        for pair in _pairs(word):
            shared.update(self._having.get(pair, ()))
        best = heapq.nsmallest(LENGTH, shared, key=lambda number: (-shared[number], number))
        return [self._names[number] for number in best]


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
