"""The body of a rule → its lines, read once and then known by its text. Start with `Bodies.lines`.

To read 1,000 laws takes 4 s; their lines come back from the state folder in 0.1 s.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from gongkai.model import articles
from gongkai.render import markdown, parsed


class Bodies:
    """The lines of every body that a build asks for, in the state folder; a damaged file costs only time."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "lines.json"
        self._before = _open(self._file)
        self._now: dict[str, str] = {}

    def lines(self, body: str) -> list[tuple[str, str]]:
        """Anchor and text of each line, as `markdown.lines` finds them."""
        name = sha256(f"{_program()} {body}".encode()).hexdigest()[:32]
        known = self._before.get(name)
        if known is None:
            known = "\n".join(f"{anchor} {line}" for anchor, line in markdown.lines(markdown.RuleText(body)))
        self._now[name] = known
        rows = (row.partition(" ") for row in known.split("\n") if row)
        return [(anchor, line) for anchor, _, line in rows]

    def keep(self) -> None:
        """Writes what this build asked for and forgets the rest."""
        if self._now.keys() != self._before.keys():
            save(self._file, self._now)


def save(path: Path, data: Any) -> None:
    """Writes whole or not at all: what an interrupted build leaves behind must not be taken for a result."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    draft.replace(path)


def _open(file: Path) -> dict[str, str]:
    try:
        known = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(known, dict) and all(isinstance(text, str) for text in known.values())
    return known if whole else {}


@cache
def _program() -> str:
    """What the lines of a body depend on besides its text."""
    digest = sha256(version("markdown-it-py").encode())
    for module in (__file__, markdown.__file__, parsed.__file__, articles.__file__):
        digest.update(Path(module).read_bytes())
    return digest.hexdigest()
