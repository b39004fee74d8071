"""A project that is being edited → its site, again after every burst of saves. Start with `Workshop.run`.

After an edit the pages that somebody is looking at are made first, by the same functions and from the same catalog as
all the others, and shown from memory. The whole build follows behind them and is given up when the next edit comes. The
search index comes last, from a process of its own. Between edits stay in memory: what was read and worked out of each
unchanged file, the compiled templates, and the plan.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from gongkai.base.problems import Faulty, refuse
from gongkai.base.project import Project
from gongkai.exports.printed import sized
from gongkai.exports.tools import possible
from gongkai.model import disclosure
from gongkai.model.catalog import load
from gongkai.pipeline import Built, Gate, Options, build, printing
from gongkai.publish import stamp
from gongkai.read.walk import Documents, read
from gongkai.render import press, urls
from gongkai.render.output import Copied, Output
from gongkai.render.plan import again
from gongkai.render.site import Site
from gongkai.render.theme import find
from gongkai.serve.board import Board
from gongkai.serve.indexing import Indexer
from gongkai.serve.watch import Watch

BREATH = 0.15
"""Seconds that the browser is given to load the pages that are ready, before the build behind them goes on."""

PAUSE = 1.0
"""Seconds without an edit before the search index is made anew: nobody searches between two saves."""


@dataclass(frozen=True, slots=True)
class Caller:
    """What the command line lends: the duties of a build, what it keeps of one, and its words on the terminal."""

    gates: Callable[[], AbstractContextManager[Iterable[Gate]]]
    standing: Callable[[], bool]
    begun: Callable[[], Any]
    built: Callable[[Built, float, Any, bool], None]
    refused: Callable[[Faulty], None]
    tell: Callable[[str], None]


class _Superseded(Exception):
    """Raised to leave a build whose content has changed again."""


class Workshop:
    """The one thread that builds.

    With `early` pages are shown before the gates have passed, which must be on this machine alone.
    """

    def __init__(
        self, project: Project, options: Options, board: Board, watch: Watch, caller: Caller, *, early: bool
    ) -> None:
        self._project, self._board, self._watch, self._caller = project, board, watch, caller
        self._options, self._early = replace(options, heed=self._heed, progress=self._heeding), early
        self._stop = threading.Event()
        self._documents: Documents | None = None
        self._seen: Any = None
        self._built: Built | None = None
        self._turn = self._asked = 0
        self._index: list[Output] = []
        self._index_of = -1
        self._fresh_index = threading.Event()
        self._indexer = Indexer(project, options.day, self._receive)

    def run(self) -> None:
        """Builds once, then after every burst of saves, until `stop`."""
        if self._caller.standing():
            self._index_of = self._turn
        else:
            self._asked = -1
        self._guarded(self._whole)
        gc.collect()
        # What was read stays for as long as the program runs; looking through it for rubbish takes half a second.
        gc.freeze()
        while not self._stop.is_set():
            self._guarded(self.step)

    def step(self) -> None:
        """Waits for a change and answers it; after a while without one sees to the search."""
        if self._watch.changed.wait(PAUSE):
            self._watch.settle(self._stop)
            self.answer()
        elif self._fresh_index.is_set():
            self._whole()
        elif self._asked != self._turn and self._seen is not None and self._built is not None:
            self._asked = self._turn
            self._indexer.ask(self._turn)

    def stop(self) -> None:
        """Ends it, at the latest before the next page."""
        self._stop.set()
        self._watch.changed.set()
        self._indexer.stop()

    def answer(self) -> None:
        """Shows first what is being looked at, then builds everything."""
        started = time.monotonic()
        documents = read(self._project, self._documents)
        seen = self._look(documents)
        if seen == self._seen:
            return
        self._turn += 1
        self._documents, self._seen = documents, None
        wanted = self._board.open if self._early else []
        try:
            fresh = self.first(documents, wanted) if wanted else {}
        except Faulty as faulty:
            self._refuse(faulty, seen, early=True)
            return
        if fresh:
            self._board.show(fresh)
            if self._watch.changed.wait(BREATH):
                return
        self._whole(started)

    def first(self, documents: Documents, wanted: Iterable[str]) -> dict[str, bytes]:
        """The pages at `wanted` as the build will make them, where that can be said without making all the others.

        Raises `Faulty` for what is wrong with the content and with the templates of these pages.
        """
        catalog = load(documents, self._options.day, self._options.base_url)
        catalog = possible(printing(catalog, self._options.downloads))
        settings = catalog.settings
        theme, found = find(self._project, settings.theme, settings.accent, settings.tongues)
        refuse([*catalog.problems, *found])
        last = {output.path: output for output in self._built.outputs} if self._built else {}
        # Word and PDF are made behind the pages: until then a page says how big the last ones were.
        sizes = {path: output.view.size for path, output in last.items() if isinstance(output.view, Copied)}
        site = Site(disclosure.public(catalog), theme)
        fresh: dict[str, bytes] = {}
        for path in wanted:
            if path in last and (output := again(site, last[path])):
                fresh[path] = press.bytes_of(sized(output, sizes), theme)
        assets = {urls.output_path(urls.asset(asset.name)): asset.data for asset in theme.assets.values()}
        return fresh | {path: data for path, data in assets.items() if path not in last} if fresh else {}

    def _whole(self, started: float | None = None) -> None:
        """Builds everything. One that was given up, because the content changed again, is made by the next answer."""
        started = time.monotonic() if started is None else started
        self._seen = None
        self._fresh_index.clear()
        current = self._index_of == self._turn
        note = self._caller.begun()
        seen = self._look(self._documents) if self._documents else None
        options = replace(self._options, before=self._documents, index=self._index)
        try:
            with self._caller.gates() as gates:
                built = build(self._project, options, gates)
        except _Superseded:
            return
        except Faulty as faulty:
            self._refuse(faulty, seen, early=False)
            return
        self._built, self._documents = built, built.documents
        self._seen = self._look(built.documents)
        self._board.settle()
        self._caller.built(built, time.monotonic() - started, note, current)

    def _guarded(self, work: Callable[[], None]) -> None:
        """Does `work`. A disk that fails, or loses a file while it is read, must not end the program."""
        try:
            work()
        except FileNotFoundError:
            self._seen = None
            self._stop.wait(BREATH)
            self._watch.changed.set()
        except OSError as error:
            self._seen = None
            self._caller.tell(f"没有生成：{error}")

    def _receive(self, found: list[Output] | str, number: int) -> None:
        """Takes an index from the thread that had it made; the next step builds with it."""
        if isinstance(found, str):
            self._caller.tell(f"检索索引没有更新：{found}")
            return
        self._index, self._index_of = found, number
        self._fresh_index.set()

    def _refuse(self, faulty: Faulty, seen: Any, *, early: bool) -> None:
        self._seen = seen
        self._board.blame(faulty.problems, early=early)
        self._caller.refused(faulty)

    def _look(self, documents: Documents) -> Any:
        """All that a build depends on, to be compared with what it was: an editor's temporary file changes nothing."""
        themes = [(path, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for path, s in stamp.files(str(self._project.themes))]
        return (documents.settings, documents.files, documents.attachments, themes)

    def _heeding(self, step: str, work: Iterable[Any], each: float = 0.0) -> Iterator[Any]:
        """The pieces of a long step, one by one: making 1,000 PDF takes minutes, and an edit must not wait for them."""
        for piece in work:
            self._heed()
            yield piece

    def _heed(self) -> None:
        if self._watch.changed.is_set() or self._stop.is_set():
            raise _Superseded
