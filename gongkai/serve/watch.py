"""Saves in an editor → one call for each burst of them. Start with `Watch`.

What happened is not asked of the system, only that something did: after it everything is looked at again. So it does
no harm that inotify says nothing of files laid into a folder before the folder itself is watched, or that editors save
by writing a second file and renaming it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from gongkai.base.project import Project
from gongkai.serve.drives import remote

QUIET = 0.05
"""Seconds without a further event before a burst counts as over: editors save with several."""

LONGEST = 1.0
"""Seconds after which a burst is not waited for any longer: a copy of 10,000 files must show something."""

AFTER = 0.5
"""Seconds after which a new folder is looked at once more: what was laid into it at first is told by no event."""

_NONE = ("opened", "closed_no_write")
"""Events of readers, and a build is one."""


class Watch(FileSystemEventHandler):
    """Watches what a build reads. `changed` is set when something of it has changed."""

    def __init__(self, project: Project, tell: Callable[[str], None], *, poll: bool) -> None:
        self.changed = threading.Event()
        self._project, self._tell, self._poll = project, tell, poll
        self._observer: Any = None
        self._watched: dict[Path, tuple[int, Any]] = {}
        self._folder = False

    def start(self) -> None:
        """Begins to watch; by looking every second where the system cannot tell of changes, and says so."""
        if not self._poll and (kind := remote(self._project.root)):
            self._poll = True
            self._tell(f"项目在网络盘上（{kind}），系统不会通知改动；改为每秒看一次，等于加了 --poll")
        try:
            self._begin()
        except OSError as error:
            if self._poll:
                raise
            self._stop()
            self._poll = True
            self._tell(
                f"系统不能再监视更多的文件夹（{error.strerror or error}）；改为每秒看一次，等于加了 --poll。"
                "要恢复，请管理员调大 fs.inotify.max_user_watches 和 fs.inotify.max_user_instances"
            )
            self._begin()

    def _begin(self) -> None:
        self._observer = PollingObserver(timeout=1) if self._poll else Observer()
        self._watched = {}
        self._observer.start()
        # The root is watched without its folders, for catalog.yaml: site/ lies in it and changes with every build.
        self._observer.schedule(self, str(self._project.root), recursive=False)
        self._follow()

    def _follow(self) -> None:
        """Watches content and themes; anew where one was made, renamed, or replaced by another since."""
        for folder in (self._project.content, self._project.themes):
            try:
                number = folder.stat().st_ino
            except OSError:
                continue
            known, watch = self._watched.get(folder, (0, None))
            if watch is None or known != number:
                if watch is not None:
                    self._observer.unschedule(watch)
                self._watched[folder] = (number, self._observer.schedule(self, str(folder), recursive=True))

    def _stop(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            if self._observer.is_alive():
                self._observer.join(5)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wakes whoever waits, when it concerns what a build reads."""
        if event.event_type in _NONE:
            return
        if any(self._concerns(Path(str(name))) for name in (event.src_path, event.dest_path) if name):
            self._folder |= event.is_directory and event.event_type in ("created", "moved")
            self.changed.set()

    def _concerns(self, path: Path) -> bool:
        inputs = (self._project.content, self._project.themes)
        return path == self._project.settings or any(path.is_relative_to(folder) for folder in inputs)

    def settle(self, stop: threading.Event) -> None:
        """Waits until a burst is over."""
        for _ in range(int(LONGEST / QUIET)):
            self.changed.clear()
            if stop.wait(QUIET) or not self.changed.is_set():
                break
        self.changed.clear()
        if self._folder:
            self._folder = False
            self._look_later()
        try:
            self._follow()
        except OSError as error:
            self._tell(f"有文件夹不能监视（{error.strerror or error}）；重新运行，并加上 --poll")

    def _look_later(self) -> None:
        timer = threading.Timer(AFTER, self.changed.set)
        timer.daemon = True
        timer.start()

    def stop(self) -> None:
        """Ends it."""
        self._stop()
