"""The project on the disk → the files of its search, made in a process of its own. Start with `Indexer`.

Reading every line of 3,000 documents takes ten seconds, and Pagefind a minute for those that changed: a thread of the
server would make each edit wait for its share of the processor.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import Connection

from gongkai.base.project import Project
from gongkai.model.catalog import load
from gongkai.read.walk import read
from gongkai.render.output import Output
from gongkai.render.theme import find
from gongkai.search.index import IndexFault
from gongkai.search.plan import plan

Ready = Callable[["list[Output] | str", int], None]
"""Called with the files, or with what went wrong, and the number that was asked with."""


class Indexer:
    """One index at a time. What is asked meanwhile is done after it, once."""

    def __init__(self, project: Project, day: date | None, ready: Ready) -> None:
        self._project, self._day, self._ready = project, day, ready
        self._wanted: int | None = None
        self._process: multiprocessing.process.BaseProcess | None = None
        self._lock = threading.Lock()
        self._stopped = False

    def ask(self, number: int) -> None:
        """Asks for the index of the project as it now stands on the disk."""
        with self._lock:
            begun = self._wanted is not None or self._process is not None
            self._wanted = number
            if not begun and not self._stopped:
                threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while (number := self._next()) is not None:
            context = multiprocessing.get_context("spawn")
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_index, args=(sender, self._project, self._day), daemon=True)
            with self._lock:
                if self._stopped:
                    return
                self._process = process
                process.start()
            sender.close()
            try:
                found = receiver.recv()
            except (EOFError, OSError):
                found = "进程中断了"
            process.join()
            if not self._stopped:
                self._ready(found, number)

    def _next(self) -> int | None:
        with self._lock:
            number, self._wanted, self._process = self._wanted, None, None
            return None if self._stopped else number

    def stop(self) -> None:
        """Ends the process and what it started."""
        with self._lock:
            self._stopped = True
            process = self._process
        if process is not None and process.pid is not None and process.is_alive():
            if hasattr(os, "killpg"):
                try:
                    os.killpg(process.pid, signal.SIGTERM)
                except ProcessLookupError:
                    return
            else:
                process.terminate()


def _index(sender: Connection, project: Project, day: date | None) -> None:
    """The work of the process: a group of its own, so that Pagefind ends with it."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    catalog = load(read(project), day)
    settings = catalog.settings
    theme, _ = find(project, settings.theme, settings.accent, settings.tongues)
    try:
        found: list[Output] | str = list(plan(catalog, theme, project))
    except (IndexFault, OSError) as error:
        found = str(error)
    sender.send(found)
