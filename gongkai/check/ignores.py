"""Comments that say a problem is known and why it stays → the problems that are left. Start with `sift`.

`# gongkai: ignore GK-TIME-003 原因` at the end of a line speaks of that line, on a line of its own of the next one, and
above the first key of the file of the whole file. In Markdown it stands in the front matter: the text below is shown as
typed, so a comment there would be read by citizens.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from gongkai.base.problems import Code, Mark, Problem
from gongkai.check.family import Family
from gongkai.read.walk import Document

UNCLEAR = Code(
    "GK-IGNORE-001",
    "error",
    "忽略没有写原因",
    "写成 # gongkai: ignore 代码 原因。没有原因的忽略不起作用：以后没有人知道当时为什么可以这样。",
)
USELESS = Code(
    "GK-IGNORE-002",
    "warning",
    "忽略没有用处",
    "这一处没有它说的问题：问题已经改正，或者注释放错了行。注释写在行尾管这一行，单独一行管下一行，"
    "写在文件的第一个键之前管整个文件。",
)
FORBIDDEN = Code(
    "GK-IGNORE-003",
    "error",
    "这个问题不能忽略",
    "有这个问题时网站不会生成，所以忽略它没有意义。改正它；个人信息的误报写进 catalog.yaml 的例外。",
)

_COMMENT = re.compile(r"(?:^|(?<=\s))#\s*gongkai\b(.*)$")
_IGNORE = re.compile(r"\s*[:：]\s*ignore\s+(GK-[A-Z]+-\d{3})(?!\d)[\s:：,，]*(.*)$")


_TYPED = re.compile(r"(?:<!--|#|//)\s*gongkai\s*[:：]\s*ignore\b.*")
"""The same in a text, in whatever sort of comment."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """One comment: what it speaks of, from line `first` to `last` of its file, and why."""

    mark: Mark
    code: str
    reason: str
    first: int
    last: int

    def covers(self, problem: Problem) -> bool:
        """Whether it speaks of a problem of its file."""
        return problem.code == self.code and self.first <= problem.line <= self.last


def sift(
    problems: Iterable[Problem], documents: Collection[Document], stopping: Collection[Problem] = ()
) -> tuple[list[Problem], list[Problem]]:
    """The problems that no comment speaks of, and what is wrong with the comments.

    An error that stops a build (`stopping`) is never left out.
    """
    ignores = {document.path: list(_ignores(document)) for document in documents if "gongkai" in document.text}
    left: list[Problem] = []
    used: set[Ignore] = set()
    vain: set[Ignore] = set()
    for problem in problems:
        spoken = [ignore for ignore in ignores.get(problem.path, ()) if ignore.covers(problem)]
        (vain if problem in stopping else used).update(spoken)
        if problem in stopping or not any(ignore.reason for ignore in spoken):
            left.append(problem)
    every = [ignore for found in ignores.values() for ignore in found]
    faults = [fault for ignore in every for fault in _faults(ignore, used=ignore in used, vain=ignore in vain)]
    return left, faults + [fault for document in documents for fault in _shown(document)]


def _shown(document: Document) -> Iterator[Problem]:
    """Comments in a text: citizens would read them."""
    for number, line in enumerate(document.body.split("\n") if "gongkai" in document.body else ()):
        if found := _TYPED.search(line):
            mark = Mark(document.path, document.body_line + number, found.start() + 1, len(found[0]))
            hint = "移到文件第一行 --- 的下面，那里管整个文件；从正文里删去"
            yield USELESS.at(mark, "正文里的忽略不起作用，读者会看到它", hint)


def _faults(ignore: Ignore, *, used: bool, vain: bool) -> Iterator[Problem]:
    if not ignore.code or not ignore.reason:
        message = f"忽略 {ignore.code} 没有写原因" if ignore.code else "看不懂这条给 gongkai 的注释"
        yield UNCLEAR.at(ignore.mark, message, f"写成 # gongkai: ignore {ignore.code or 'GK-TIME-003'} 为什么可以这样")
    elif vain:
        yield FORBIDDEN.at(ignore.mark, f"{ignore.code} 不能忽略", "改正它，再删去这条注释")
    elif not used:
        yield USELESS.at(ignore.mark, f"这里没有 {ignore.code}", "删去这条注释，或把它移到有问题的那一行")


def _ignores(document: Document) -> Iterator[Ignore]:
    """The comments of a file; of a Markdown file only those of its front matter."""
    every = document.text.split("\n")
    lines = every[: document.body_line - 1] if document.body_line > 1 else every
    head = next((n for n, line in enumerate(lines) if not _passed(line)), len(lines))
    for number, line in enumerate(lines):
        if found := _COMMENT.search(line):
            mark = Mark(document.path, number + 1, found.start() + 1, len(line) - found.start())
            said = _IGNORE.match(found[1])
            if line[: found.start()].strip():
                first = last = number + 1
            elif number < head:
                first, last = 1, len(every)
            else:
                first = last = next((n for n in range(number + 1, len(lines)) if not _passed(lines[n])), number) + 1
            yield Ignore(mark, said[1] if said else "", said[2].strip() if said else "", first, last)


def _passed(line: str) -> bool:
    """Whether a line says nothing itself: blank, a comment, or what opens the front matter."""
    return not line.strip() or line.lstrip().startswith("#") or line.strip() == "---"


FAMILY = Family("ignores", "忽略的问题", codes=(UNCLEAR, USELESS, FORBIDDEN))
