"""A name → a theme of a site's own that differs in a colour and a word, and waits for more. Start with `start`."""

from __future__ import annotations

import re
from pathlib import Path

from gongkai.edit.new import Refused

_STARTER = Path(__file__).parent / "theme"


def start(root: Path, name: str) -> list[str]:
    """Writes `themes/NAME` of the site at `root`, puts it to use there, and returns the files written.

    Raises `Refused` for a name that cannot be that of a folder, and where there is such a theme already. Settings that
    name another theme are left alone: then the file of the settings is not among those written.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name) or name == "default":
        raise Refused(f"主题不能叫 {name}；用小写字母、数字和连字符，例如 shili")
    folder = root / "themes" / name
    if folder.exists():
        raise Refused(f"{folder} 已经存在；换一个名字")
    written = [_copy(source, folder) for source in sorted(_STARTER.rglob("*")) if source.is_file()]
    if _use(root / "catalog.yaml", name):
        written.append(root / "catalog.yaml")
    return [path.as_posix() for path in written]


def _copy(source: Path, folder: Path) -> Path:
    target = folder / source.relative_to(_STARTER)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(source.read_text("utf-8"), "utf-8", newline="\n")
    return target


def _use(settings: Path, name: str) -> bool:
    """Adds the theme to settings that name none. Nothing of what stands there is touched."""
    data = settings.read_bytes()
    if re.search(rb"^theme\s*:", data, re.MULTILINE):
        return False
    settings.write_bytes(data.rstrip() + f"\n\n# 主题：themes 下的文件夹名\ntheme: {name}\n".encode())
    return True
