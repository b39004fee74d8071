"""What was built last, and what went wrong since → what a browser is shown now. Start with `Board`.

The server reads it, the workshop writes it. Pages made first of all after an edit are kept here, in memory, until the
build behind them has written the same bytes into the site folder: that folder is only ever replaced as a whole.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from gongkai.base.problems import Problem
from gongkai.base.project import OutsideError, inside

NOT_FOUND = "404.html"


class Board:
    """Pages and problems, for several threads. Whoever waits is woken by every change."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._fresh: dict[str, bytes] = {}
        self._problems: tuple[Problem, ...] = ()
        self._turn = 0
        self._open: Counter[str] = Counter()
        self._change = threading.Condition()

    def show(self, fresh: Mapping[str, bytes]) -> None:
        """Shows pages before the site folder has them."""
        with self._change:
            self._fresh.update(fresh)
            self._turn += 1
            self._change.notify_all()

    def settle(self) -> None:
        """Shows the site folder as it is, and no problems."""
        with self._change:
            self._fresh.clear()
            self._problems = ()
            self._turn += 1
            self._change.notify_all()

    def blame(self, problems: Sequence[Problem], *, early: bool) -> None:
        """Shows `problems` over the last good pages. Those shown early stay when it was not they that were refused."""
        with self._change:
            if not early:
                self._fresh.clear()
            self._problems = tuple(problem for problem in problems if problem.severity == "error")
            self._turn += 1
            self._change.notify_all()

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of the site as they are to be shown now; None where there is none."""
        fresh = self._fresh.get(path)
        if fresh is not None:
            return fresh
        try:
            return inside(self._site, path).read_bytes()
        except (OSError, OutsideError, ValueError):
            return None

    def is_folder(self, path: str) -> bool:
        """Whether an address lacks the slash at its end."""
        try:
            return inside(self._site, path).is_dir()
        except (OSError, OutsideError, ValueError):
            return False

    def digest(self, path: str) -> str:
        """A short hash of what is shown at `path` now: the page for what is not there, when there is none."""
        data = self.read(path)
        return digest(self.read(NOT_FOUND) if data is None else data)

    @property
    def open(self) -> list[str]:
        """The pages that somebody is looking at."""
        return list(self._open)

    @contextmanager
    def looked_at(self, path: str) -> Iterator[None]:
        """Counts a page as being looked at."""
        with self._change:
            self._open[path] += 1
        try:
            yield
        finally:
            with self._change:
                self._open -= Counter([path])

    def wait(self, turn: int, seconds: float) -> tuple[int, tuple[Problem, ...]]:
        """The number of the present state and its problems, once it is another than `turn`, or after `seconds`."""
        with self._change:
            self._change.wait_for(lambda: self._turn != turn, seconds)
            return self._turn, self._problems


def digest(data: bytes | None) -> str:
    """A short hash of a page; that of nothing where there is none."""
    return sha256(data or b"").hexdigest()[:16]
