"""A process that has imported gongkai once → each command in a fork of it, without the 0.6 s of imports.

Start with `Warm`. A fork is a process of its own: its own files, its own exit code, nothing left behind in the next.
"""

from __future__ import annotations

import gc
import io
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import gongkai


class Warm:
    """Commands of gongkai, one at a time. Ends with the process that made it."""

    def __init__(self, checkout: Path) -> None:
        command = [sys.executable, "-X", "utf8", "-W", "error", "-m", "tests.warm"]
        environment = {**os.environ, "PYTHONPATH": str(checkout)}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
        )

    def run(self, args: tuple[str, ...]) -> tuple[int, str, str]:
        """Exit code, stdout and stderr of `gongkai *args` in the present folder and environment."""
        assert self._process.stdin
        assert self._process.stdout
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            order = {"args": args, "out": str(out), "err": str(err), "cwd": str(Path.cwd()), "env": dict(os.environ)}
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            code = int(self._process.stdout.readline())
            # An ordinary pipe turns CRLF into LF when read as text, and so does this.
            return code, out.read_text("utf-8"), err.read_text("utf-8")

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


def _serve() -> None:
    """Answers each line of stdin, a command, with a line of stdout, its exit code."""
    for module in pkgutil.walk_packages(gongkai.__path__, "gongkai."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    from gongkai.cli import start

    _warm(start)
    for line in sys.stdin:
        order = json.loads(line)
        if (child := os.fork()) == 0:
            _run(order, start)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _warm(start: Any) -> None:
    """Builds and checks a starter, so that a fork knows what is read of the program itself: words, templates, terms."""
    quiet = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(quiet), redirect_stderr(quiet):
        for command in (["init"], ["build", "--no-search", "-C"], ["check", "-C"]):
            sys.argv = ["gongkai", *command, folder]
            with suppress(SystemExit):
                start()
    # Rubbish looked for in a fork would copy the memory that it shares.
    gc.collect()
    gc.freeze()


def _run(order: dict[str, Any], start: Any) -> None:
    """The command of the fork: it never returns."""
    code = 0
    try:
        os.chdir(order["cwd"])
        os.environ.clear()
        os.environ.update(order["env"])
        for stream, path in ((0, os.devnull), (1, order["out"]), (2, order["err"])):
            os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), stream)
        sys.argv = ["gongkai", *order["args"]]
        start()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 — a traceback on stderr is what the tests look for
        sys.excepthook(*sys.exc_info())
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _serve()
