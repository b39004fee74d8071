"""Files that take long to make → kept in the state folder by what they are made of. Start with `keep`.

A file is known by the HTML and the pictures that it is made of, and by what its writer makes of a sample here: fonts
and libraries show in that. So it is made once, whatever else of the site, the theme or the program changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from gongkai.base.project import Project
from gongkai.exports.printed import TEMPLATE, pictures, sample, sized
from gongkai.publish.ledger import mark
from gongkai.render import press
from gongkai.render.output import Copied, Output, copy
from gongkai.render.theme import Theme

SECONDS = 0.05
"""What one file takes, about."""


def keep(
    outputs: list[Output], theme: Theme, project: Project, progress: Callable[..., Iterable[Output]]
) -> list[Output]:
    """`outputs` with the files that take long in place of their recipes, and their sizes on the pages of documents."""
    slow = [output for output in outputs if output.template == TEMPLATE]
    if not slow:
        return outputs
    store = Store(project.state / "copies", theme)
    files = {output.path: store.file(output) for output in progress("生成 Word 和 PDF", slow, SECONDS)}
    store.close()
    sizes = {path: file.size for path, file in files.items()}
    return [
        replace(output, view=files[output.path], template=None, write=copy)
        if output.path in files
        else sized(output, sizes)
        for output in outputs
    ]


class Store:
    """The folder of kept files, for one build. `index.json` spares the HTML of what is as it was."""

    def __init__(self, folder: Path, theme: Theme) -> None:
        self._folder = folder
        self._theme = theme
        self._before = _index(folder)
        self._now: dict[str, str] = {}
        self._kept: set[str] = set()
        self._tools: dict[str, str] = {}
        self._page: tuple[Any, bytes] = (None, b"")

    def file(self, output: Output) -> Copied:
        """The file of `output`, made if it is not here."""
        known = mark(output, self._theme)
        content = self._now[known] = self._before.get(known) or self._content(output)
        digest = sha256(f"{self._tool(output)} {content}".encode()).hexdigest()[:32]
        path = self._folder / f"{digest}.{output.path.rpartition('.')[2]}"
        self._kept.add(path.name)
        if not path.is_file():
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(path, self._make(output))
        status = path.stat()
        return Copied(path, status.st_size, status.st_mtime_ns)

    def close(self) -> None:
        """Forgets what this build did not ask for."""
        _write(self._folder / "index.json", json.dumps(self._now).encode())
        for path in self._folder.iterdir():
            if path.name not in self._kept and path.name != "index.json":
                path.unlink()

    def _content(self, output: Output) -> str:
        digest = sha256(self._html(output))
        for address, data in pictures(output.view).items():
            digest.update(f"{address} {len(data)} ".encode() + data)
        return digest.hexdigest()

    def _html(self, output: Output) -> bytes:
        """The HTML of a sheet; the formats of a document follow one another and share it."""
        if self._page[0] is not output.view:
            self._page = (output.view, self._theme.render(TEMPLATE, output.view))
        return self._page[1]

    def _make(self, output: Output) -> bytes:
        assert output.write is not None
        return output.write(output.view, self._html(output))

    def _tool(self, output: Output) -> str:
        """A hash of what the writer of `output` makes of a sample."""
        name = output.path.rpartition(".")[2]
        if name not in self._tools:
            self._tools[name] = sha256(press.bytes_of(sample(output), self._theme)).hexdigest()
        return self._tools[name]


def _index(folder: Path) -> dict[str, str]:
    """Fingerprint → hash of the content, of the last build; empty when there is none, or when it is damaged."""
    try:
        rows = json.loads((folder / "index.json").read_text("utf-8"))
        return {str(known): str(content) for known, content in rows.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: a build may be interrupted."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(data)
    draft.replace(path)
