"""Planned outputs → their bytes, in this process or over several. Start with `make`.

The executor is a parameter: anything with the interface of `concurrent.futures`. It is sent views and the recipe of the
theme, both plain values, so that a worker needs nothing that only this process holds.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from gongkai.render.output import Output
from gongkai.render.theme import Recipe, Theme

T = TypeVar("T")

BATCH = 24
"""Outputs that a worker is sent at a time: 0.1 s of work, so that the last ones end together."""

WINDOW = 8
"""Batches that are under way or waiting to be fetched: bounds the memory, whatever the size of the site."""

SMALL = 200
"""Outputs below which one process is as fast: a second one takes 0.3 s to be of use."""


@contextmanager
def crew(count: int, jobs: int, given: Executor | None = None) -> Iterator[Executor | None]:
    """An executor of `jobs` processes for `count` outputs, or the one `given`; None where one process does."""
    if given or jobs < 2 or count < SMALL:
        yield given
        return
    # A fork has everything imported, but must not be made while threads run (a progress bar, a server).
    alone = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if alone else "spawn")
    with ProcessPoolExecutor(
        jobs, context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    ) as pool:
        yield pool


def make(outputs: Sequence[Output], theme: Theme, executor: Executor | None = None) -> Iterator[bytes]:
    """The bytes of each of `outputs`, in their order. Work begins at once. Raises `Faulty` for a broken template."""
    return each(bytes_of, outputs, theme, executor)


def each(
    work: Callable[[Output, Theme], T], outputs: Sequence[Output], theme: Theme, executor: Executor | None = None
) -> Iterator[T]:
    """What `work` makes of each of `outputs`, in their order; with an executor both must survive pickling."""
    if executor is None:
        return (work(output, theme) for output in outputs)
    batches = (outputs[start : start + BATCH] for start in range(0, len(outputs), BATCH))
    futures = (executor.submit(_batch, work, theme.recipe, batch) for batch in batches)
    return _ordered(futures, deque(islice(futures, WINDOW)))


def _ordered(futures: Iterator[Future[list[T]]], waiting: deque[Future[list[T]]]) -> Iterator[T]:
    while waiting:
        made = waiting.popleft().result()
        waiting.extend(islice(futures, 1))
        yield from made


def bytes_of(output: Output, theme: Theme) -> bytes:
    """The bytes of one output."""
    page = theme.render(output.template, output.view, output.claim.path) if output.template else b""
    if output.write is None:
        return page
    return output.write(output.view, page) if output.template else output.write(output.view)


def _batch(work: Callable[[Output, Theme], T], recipe: Recipe, outputs: Sequence[Output]) -> list[T]:
    theme = _theme(recipe)
    return [work(output, theme) for output in outputs]


@lru_cache(maxsize=1)
def _theme(recipe: Recipe) -> Theme:
    return Theme(recipe)
