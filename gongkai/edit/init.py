"""An empty folder → a working site of one organ. Start with `start`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gongkai.edit.new import Refused


def start(folder: Path, day: date) -> list[str]:
    """Copies the starter into `folder` and returns the files written; raises `Refused` when it is not empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} 不是空文件夹；换一个文件夹名")
    starter = Path(__file__).parent / "starter"
    written = []
    for source in sorted(path for path in starter.rglob("*") if path.is_file()):
        # A file whose name begins with a dot would be lost by some packers, so the starter stores it without.
        relative = source.relative_to(starter).as_posix().replace("gitignore", ".gitignore")
        target = folder / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text("utf-8").replace("{day}", str(day)).replace("{year}", str(day.year))
        target.write_text(text, "utf-8", newline="\n")
        written.append(target.as_posix())
    return written
