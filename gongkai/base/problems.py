"""Faults that an author can mend → lines that say where they are and what to write instead.

Start with `Code`: every code is declared once, beside the rule that raises it, and never changes its meaning.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from gongkai.base.personal import mask

Severity = Literal["error", "warning"]

SHOWN = 50
"""Faults printed as text in one run; every other format lists all problems."""

PLACES = 20
"""Places of one fault that are quoted from a file."""

_WORDS: dict[Severity, str] = {"error": "错误", "warning": "提醒"}


class Mark(NamedTuple):
    """A place in a file: lines and columns count characters from 1.

    `length` is what a caret underlines; 0 stands for what is not there, or for the file as a whole, and quotes nothing.
    A tuple, because a site of 3,000 documents has 130,000 of them: a frozen dataclass takes four times as long.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, at one place, with the remedy. `path` is relative to the project and uses `/`."""

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    hint: str
    length: int = 0

    @property
    def rank(self) -> tuple[int, str, int, int, str, str]:
        """Most severe first, then by place: the order of every report."""
        severity = 0 if self.severity == "error" else 1
        return (severity, self.path, self.line, self.column, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Code:
    """A permanent kind of fault. `title` names it, `remedy` is its paragraph in the manual.

    `law` is where the duty comes from: law and article, or standard and clause, in Chinese. Without it the rule is one
    of this program: it follows from how content is kept, and no authority is claimed for it.
    """

    id: str
    severity: Severity
    title: str
    remedy: str
    law: str = ""

    @property
    def basis(self) -> str:
        """Where the duty comes from, in words."""
        return self.law or "gongkai 自己的规则，不以法律为依据"

    def at(self, mark: Mark, message: str, hint: str) -> Problem:
        """The fault at `mark`; `message` says what is wrong here, `hint` what to write.

        No number of a person gets into a report, whatever the rule quotes and whatever a file is called.
        """
        path, message, hint = mask(mark.path), mask(message), mask(hint)
        return Problem(self.id, self.severity, path, mark.line, mark.column, message, hint, mark.length)


class Faulty(Exception):
    """Raised when a run must not write anything; carries every problem found, worst first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = arrange(problems)
        super().__init__(f"{len(self.problems)} problems")

    def __reduce__(self) -> tuple[type[Faulty], tuple[tuple[Problem, ...]]]:
        """Travels from one process to another with its problems."""
        return Faulty, (self.problems,)


def arrange(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, most severe first, then by file, line and column."""
    return tuple(sorted(set(problems), key=lambda problem: problem.rank))


def refuse(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The warnings of a sound run; raises `Faulty` with everything when there is an error."""
    found = arrange(problems)
    if any(problem.severity == "error" for problem in found):
        raise Faulty(found)
    return found


def as_text(problems: Sequence[Problem], sources: Mapping[str, str]) -> str:
    """Problems for people: place, code and message; the line with a caret; the hint.

    The same fault in several places of a file is said once, with each of its lines: a new site has 13 blanks to fill in
    one file. `sources` maps a path to its text, for the quoted lines. Shows the first `SHOWN` and counts the rest.
    """
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        said = (problem.severity, problem.path, problem.code, problem.message, problem.hint)
        groups.setdefault(said, []).append(problem)
    shown = list(groups.values())[:SHOWN]
    blocks = [_block(group, sources.get(group[0].path)) for group in shown]
    if left := len(problems) - sum(map(len, shown)):
        blocks.append(f"另有 {left} 个问题没有列出；用 --format json 可看到全部")
    blocks.append(summary(problems))
    return "\n\n".join(blocks) + "\n"


def summary(problems: Sequence[Problem]) -> str:
    """One line that counts: `2 个错误，1 个提醒`."""
    if not problems:
        return "没有发现问题"
    errors = sum(problem.severity == "error" for problem in problems)
    counts = ((errors, "error"), (len(problems) - errors, "warning"))
    return "，".join(f"{n} 个{_WORDS[word]}" for n, word in counts if n)  # type: ignore[index]


_UNSEEN = ("Cc", "Cf", "Cs")
"""Control characters, format characters and halves of surrogate pairs (the Unicode general category)."""


def shown(text: object, most: int = 60) -> str:
    """What an author wrote, fit for a message: on one line, without what a terminal would obey, never endless."""
    written = text if isinstance(text, str) else str(text)
    flat = " ".join("".join(map(_visible, written[: most * 2])).split())
    return flat if len(flat) <= most and len(written) <= most * 2 else f"{flat[:most]}…"


def _visible(character: str) -> str:
    """White space stays; what a terminal obeys or nobody sees (ESC, U+200B, a half of a surrogate pair) is named."""
    unseen = unicodedata.category(character) in _UNSEEN and not character.isspace()
    return f"<U+{ord(character):04X}>" if unseen else character


def _block(group: Sequence[Problem], source: str | None) -> str:
    """The same fault in all its places in one file."""
    first = group[0]
    word = "" if first.severity == "error" else f"（{_WORDS[first.severity]}）"
    lines = [f"{first.path}:{first.line}:{first.column}  {first.code}  {word}{first.message}"]
    for number, problem in enumerate(group[:PLACES]):
        quote = _quote(problem, source)
        lines += quote or ([f"{problem.path}:{problem.line}:{problem.column}"] if number else [])
    count = f"（一共 {len(group)} 处）" if len(group) > 1 else ""
    return "\n".join([*lines, f"hint: {first.hint}{count}"])


def _quote(problem: Problem, source: str | None) -> list[str]:
    if not source or not problem.length:
        return []
    lines = source.split("\n")
    if not 1 <= problem.line <= len(lines) or not lines[problem.line - 1].strip():
        return []
    # A number may be broken at the end of a line: the line is masked together with its neighbours.
    above = min(2, problem.line - 1)
    line = mask("\n".join(lines[problem.line - 1 - above : problem.line + 2])).split("\n")[above]
    start, text = _window(line, problem.column)
    text = "".join(map(_safe, text))
    width = max(1, min(problem.length, len(text) - start))
    lead = f"{problem.line:>4} | "
    # A Han character takes two columns of a terminal, so the caret line is measured, not counted.
    blank = " " * _columns(text[:start])
    return [lead + text, " " * (len(lead) - 3) + " | " + blank + "^" * max(1, _columns(text[start : start + width]))]


def _window(text: str, column: int) -> tuple[int, str]:
    """At most 70 characters of a line around the fault: a paragraph of law is one line of 400."""
    start = column - 1
    if len(text) <= 70:
        return start, text
    left = max(0, min(start - 30, len(text) - 70))
    return start - left, text[left : left + 70]


def _safe(character: str) -> str:
    """One character for one, so that a caret still points at it."""
    if character == "\t":
        return " "
    return "·" if unicodedata.category(character) in _UNSEEN else character


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
