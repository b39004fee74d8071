"""What earlier runs learnt of slow things, by place and fingerprint. Start with `recall`.

Kept in the state folder, outside the site and safe to delete. A slot holds one value and the fingerprint of what it
was learnt from; it speaks only for the version of the program that wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from gongkai.base.project import Project
from gongkai.publish.program import program

T = TypeVar("T")


class Memory:
    """Values that JSON can hold, each in a slot of its own."""

    def __init__(self, known: dict[str, list[Any]] | None = None) -> None:
        self._known = known or {}
        self._used: dict[str, list[Any]] = {}

    def holds(self, slot: str, print: str) -> bool:
        """Whether `slot` is known, learnt from the same `print`."""
        kept = self._used.get(slot) or self._known.get(slot)
        return kept is not None and kept[0] == print

    def recall(self, slot: str, print: str, make: Callable[[], T]) -> T:
        """What is known of `slot` when it was learnt from the same `print`, else what `make` finds out now.

        `slot` begins with the name of the family (`privacy content/…/a.xlsx`); the value must survive JSON.
        """
        kept = self._used.get(slot) or self._known.get(slot)
        if kept is None or kept[0] != print:
            kept = [print, make()]
        self._used[slot] = kept
        value: T = kept[1]
        return value

    def rest(self, *, whole: bool) -> dict[str, list[Any]]:
        """What to keep. After a run over the `whole` site a slot that nobody asked for is of something gone."""
        return self._used if whole else self._known | self._used


@contextmanager
def remembering(project: Project, *, whole: bool) -> Iterator[Memory]:
    """The memory of `project`, kept when the run ends well; a disk that cannot be written only makes it slower."""
    file = project.state / "check.json"
    before = _open(file)
    memory = Memory(dict(before))
    yield memory
    after = memory.rest(whole=whole)
    if after == before:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".draft")
        draft.write_text(json.dumps({"program": program(), "known": after}), "ascii")
        draft.replace(file)
    except OSError:
        return


def _open(file: Path) -> dict[str, list[Any]]:
    try:
        data = json.loads(file.read_text("utf-8"))
        return dict(data["known"]) if data["program"] == program() else {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}
