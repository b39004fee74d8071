"""What the last build made → what need not be made again. Start with `Ledger`.

Kept outside the site and safe to delete: without it everything is made again. It speaks only for the version of the
program and of the templates that wrote it, because both are part of every fingerprint.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.base.project import Project
from gongkai.publish.program import program
from gongkai.render.output import Output, fingerprint

if TYPE_CHECKING:
    # `serve` shows the last site before it has loaded what makes pages.
    from gongkai.render.theme import Theme


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it was written: what decided its bytes, their hash, and how the disk knew it (bytes, nanoseconds)."""

    fingerprint: str
    sha256: str
    size: int
    modified: int


class Ledger:
    """The files of the last build by path."""

    def __init__(self, project: Project, made: dict[str, Made]) -> None:
        self.project = project
        self.made = made

    @classmethod
    def open(cls, project: Project) -> Ledger:
        """The ledger of `project`; empty when there is none, or when it is damaged."""
        try:
            rows = json.loads((project.state / "ledger.json").read_text("utf-8"))
            return cls(project, {path: Made(*row) for path, row in rows.items()})
        except (OSError, ValueError, TypeError, AttributeError):
            return cls(project, {})

    def below(self, folder: str, planned: Container[str]) -> Iterator[tuple[str, Made]]:
        """The files of the last build in `folder` that still lie there as written, without those that are `planned`."""
        for path, made in self.made.items():
            if path.startswith(folder) and path not in planned and self.unchanged(path, made.fingerprint):
                yield path, made

    def unchanged(self, path: str, print: str) -> Made | None:
        """The file at `path` when it was made from the same fingerprint and still lies there as written."""
        made = self.made.get(path)
        if made is None or made.fingerprint != print:
            return None
        try:
            status = (self.project.site / path).stat()
        except OSError:
            return None
        return made if (status.st_size, status.st_mtime_ns) == (made.size, made.modified) else None


def mark(output: Output, theme: Theme) -> str:
    """The fingerprint of `output`, in three parts: its view, the templates and words it can reach, this program."""
    templates = theme.hash(output.template, output.view.chrome.language) if output.template else ""
    return f"{fingerprint(output)}.{templates[:16]}.{program()}"


def reason(made: Made | None, print: str) -> str:
    """Why a file is made again: which part of its fingerprint is another than that of what was `made`."""
    if made is None:
        return "新的"
    before, now = made.fingerprint.split("."), print.split(".")
    if len(before) != len(now) or before[2] != now[2]:
        return "程序换了"
    parts = [name for name, old, new in zip(("内容", "模板或用词"), before, now, strict=False) if old != new]
    return f"{'、'.join(parts)}变了" if parts else "输出文件不在了，或被改动过"
