"""A process that has built once → builds in forks of it that kill themselves at a given touch of the disk.

Start with `Killer`. A moment is a number of audit events of files: what happens between two of them leaves no trace.
SIGKILL, so that no handler runs, as when the power goes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.conftest import CHECKOUT

TOUCHES = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.scandir", "shutil.rmtree", "shutil.copyfile")


class Killer:
    """Ends with `close`."""

    def __init__(self, warmed: Path) -> None:
        """`warmed` is a project whose build loads everything that a build needs."""
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
        command = [sys.executable, "-X", "utf8", "-m", "tests.killed", str(warmed)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
        )

    def build(self, root: Path, at: int | None) -> int:
        """Builds `root`, killed at touch `at`; the number of touches when it lived, else -1."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([str(root), at]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


def _build(root: str, at: int | None) -> int:
    from datetime import date

    from gongkai.base.project import Project
    from gongkai.pipeline import Options, build

    touches = 0

    def touch(event: str, _: object) -> None:
        nonlocal touches
        if event in TOUCHES:
            if touches == at:
                os.kill(os.getpid(), signal.SIGKILL)
            touches += 1

    sys.addaudithook(touch)
    build(Project.at(Path(root)), Options(day=date(2026, 11, 20), search=False))
    return touches


def _serve(warmed: str) -> None:
    _build(warmed, None)
    for line in sys.stdin:
        root, at = json.loads(line)
        reader, writer = os.pipe()
        if (child := os.fork()) == 0:
            os.write(writer, str(_build(root, at)).encode())
            os._exit(0)
        os.close(writer)
        os.waitpid(child, 0)
        with os.fdopen(reader) as said:
            print(said.read() or "-1", flush=True)


if __name__ == "__main__":
    _serve(sys.argv[1])
