"""An empty folder → a working site of one organ, with schemas for one's editor. Start with `start`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path, PurePosixPath

from gongkai.edit import editors, schema
from gongkai.edit.new import Refused

DOT = "dot-"
"""Begins the stored name of what begins with a dot: some packers lose real dotfiles."""


def start(folder: Path, day: date) -> list[str]:
    """Copies the starter into `folder` and returns the files written; raises `Refused` when it is not empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} 不是空文件夹；换一个文件夹名")
    written = [_write(folder / name, text) for name, text in _files(day).items()]
    written += schema.write(folder / editors.FOLDER)
    return [path.as_posix() for path in written]


def _files(day: date) -> dict[str, str]:
    """Path → text of every file of the starter on its day, with the first line that names its schema."""
    starter = Path(__file__).parent / "starter"
    found = {}
    for source in sorted(path for path in starter.rglob("*") if path.is_file()):
        name = dotted(PurePosixPath(source.relative_to(starter).as_posix()))
        text = source.read_text("utf-8").replace("{day}", str(day)).replace("{year}", str(day.year))
        found[name] = editors.modeline(name) + text
    settings = json.dumps(editors.settings(), ensure_ascii=False, indent=2)
    return found | {".vscode/settings.json": settings + "\n"}


def dotted(stored: PurePosixPath) -> str:
    """`dot-vscode/extensions.json` → `.vscode/extensions.json`."""
    return "/".join(f".{part.removeprefix(DOT)}" if part.startswith(DOT) else part for part in stored.parts)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return path
