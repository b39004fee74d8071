"""Two wordings of one passage → each cut into runs: what both have, and what only this one has. Start with `compare`.

Meant to be read by people: a few characters that two rewritten phrases happen to share are not shown as kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

_N = "〇零一二三四五六七八九十百千万亿\\d"
_TOKEN = re.compile(
    rf"第[{_N}]+(?:编|分编|章|节|条|款|项|目)(?:之[{_N}]+)?|[（(][{_N}]+[）)]|[A-Za-z0-9.%％]+|[{_N}]+|\s+|.", re.DOTALL
)
"""What changes as a whole: the name of an article, a number, a Latin word; else a character."""

LIMIT = 10**8
"""Cells of the table that a comparison fills, one bit each: beyond 12 MB two passages count as wholly different."""

_STOPS = frozenset([*"，。；：、！？,;:!?", ""])
_JOINS = frozenset("、或和及与并以")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a wording. `kept`: the other wording has it too."""

    text: str
    kept: bool


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    """Tokens `old:old_end` of the old wording became `new:new_end` of the new one."""

    old: int
    old_end: int
    new: int
    new_end: int


_SIGNS = str.maketrans("〈〉“”‘’—–―─・•‧", "<>\"\"''----···")
"""Signs that sources type in several ways and that NFKC keeps apart."""


def fold(text: str) -> str:
    """Text without what is no change of wording: the width and the form of signs, white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(_SIGNS))


_folded = lru_cache(maxsize=16384)(fold)
"""`fold` for tokens, of which nearly all are one of a few thousand characters: a tenth of the time."""


def compare(old: str, new: str) -> tuple[Runs, Runs]:
    """The runs of either wording; put together they are the wording again."""
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    left, right = [_folded(token) for token in ours], [_folded(token) for token in theirs]
    edits = list(_slid(_readable(_edits(left, right), left, right), left, right))
    return (
        tuple(_runs(ours, [(edit.old, edit.old_end) for edit in edits])),
        tuple(_runs(theirs, [(edit.new, edit.new_end) for edit in edits])),
    )


def _edits(old: Sequence[str], new: Sequence[str]) -> list[_Edit]:
    """The fewest tokens taken out and put in; neighbours in one edit."""
    if len(old) * len(new) > LIMIT:
        return [_Edit(0, len(old), 0, len(new))]
    found: list[_Edit] = []
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            continue
        last = found[-1] if found else None
        if last and (last.old_end, last.new_end) == (step.src_start, step.dest_start):
            found[-1] = _Edit(last.old, step.src_end, last.new, step.dest_end)
        else:
            found.append(_Edit(step.src_start, step.src_end, step.dest_start, step.dest_end))
    return [edit for edit in found if _size(edit, old, new)]


def _readable(edits: list[_Edit], old: Sequence[str], new: Sequence[str]) -> list[_Edit]:
    """Joins edits over what they keep between them where it is no longer than either (after diff-match-patch)."""
    joined: list[_Edit] = []
    for edit in edits:
        joined.append(edit)
        while len(joined) > 1:
            before, after = joined[-2:]
            kept = _length(old[before.old_end : after.old])
            if kept > min(_size(before, old, new), _size(after, old, new)):
                break
            joined[-2:] = [_Edit(before.old, after.old_end, before.new, after.new_end)]
    return joined


def _length(tokens: Sequence[str]) -> int:
    return sum(map(len, tokens))


def _size(edit: _Edit, old: Sequence[str], new: Sequence[str]) -> int:
    return max(_length(old[edit.old : edit.old_end]), _length(new[edit.new : edit.new_end]))


def _slid(edits: list[_Edit], old: Sequence[str], new: Sequence[str]) -> Iterator[_Edit]:
    """Moves an edit that only adds or only takes away along equal text, to where a phrase begins or ends.

    和乙|和丙 added to 甲和丁 may as well be 乙和|丙和: both are right, one reads better.
    """
    floor = 0
    ceilings = [edit.old for edit in edits[1:]] + [len(old)]
    for edit, ceiling in zip(edits, ceilings if edits else [], strict=True):
        adds, takes = edit.old == edit.old_end, edit.new == edit.new_end
        tokens, start, end = (new, edit.new, edit.new_end) if adds else (old, edit.old, edit.old_end)
        shift = 0
        if adds or takes:
            shifts = _shifts(tokens, start, end, edit.old - floor, ceiling - edit.old_end)
            shift = max(shifts, key=lambda by: _ease(tokens, start + by, end + by))
        floor = edit.old_end + shift
        yield _Edit(edit.old + shift, floor, edit.new + shift, edit.new_end + shift)


def _shifts(tokens: Sequence[str], start: int, end: int, before: int, after: int) -> Iterator[int]:
    """How far the tokens `start:end` can be moved without changing the whole, at most `before` and `after`."""
    yield 0
    by = 0
    while by < after and tokens[start + by] == tokens[end + by]:
        by += 1
        yield by
    by = 0
    while by < before and tokens[start - by - 1] == tokens[end - by - 1]:
        by += 1
        yield -by


def _ease(tokens: Sequence[str], start: int, end: int) -> int:
    """How well an edit of `start:end` reads: as a phrase with the sign that ends it, or begins it."""
    behind_stop = start == 0 or tokens[start - 1] in _STOPS
    to_stop = tokens[end - 1] in _STOPS
    from_stop = tokens[start] in _STOPS
    before_stop = end == len(tokens) or tokens[end] in _STOPS
    return 3 * (behind_stop and to_stop) + 3 * (from_stop and before_stop) + 1 * (tokens[start] in _JOINS)


def _runs(tokens: Sequence[str], changed: list[tuple[int, int]]) -> Iterator[Run]:
    at = 0
    for start, end in changed:
        if start > at:
            yield Run("".join(tokens[at:start]), kept=True)
        if end > start:
            yield Run("".join(tokens[start:end]), kept=False)
        at = end
    if at < len(tokens):
        yield Run("".join(tokens[at:]), kept=True)
