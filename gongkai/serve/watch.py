"""Saves in an editor → one call for each burst of them. Start with `watch`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from gongkai.base.project import Project

QUIET = 0.1
"""Seconds without a further event before a burst counts as over: editors save with several."""


class _Wake(FileSystemEventHandler):
    """Sets an event when something that a build reads has changed."""

    def __init__(self, project: Project, changed: threading.Event) -> None:
        self.project, self.changed = project, changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("opened", "closed_no_write"):
            return
        for name in (event.src_path, event.dest_path):
            if name and self._concerns(Path(str(name))):
                self.changed.set()

    def _concerns(self, path: Path) -> bool:
        inputs = (self.project.content, self.project.themes)
        return path == self.project.settings or any(path.is_relative_to(folder) for folder in inputs)


def watch(project: Project, rebuild: Callable[[], None], stop: threading.Event) -> None:
    """Calls `rebuild` after each burst of changes to content, themes or settings, until `stop` is set."""
    changed = threading.Event()
    observer = Observer()
    wake = _Wake(project, changed)
    # The root is watched without its folders, for catalog.yaml: site/ lies in it and changes with every build.
    observer.schedule(wake, str(project.root), recursive=False)
    for folder in (project.content, project.themes):
        if folder.is_dir():
            observer.schedule(wake, str(folder), recursive=True)
    observer.start()
    try:
        while not stop.is_set():
            if not changed.wait(0.2):
                continue
            while changed.is_set():
                changed.clear()
                stop.wait(QUIET)
            rebuild()
    finally:
        observer.stop()
        observer.join()
