"""A kind and an id → a filled-in starting file. Start with `create`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gongkai.base.fields import IDENTIFIER, near
from gongkai.base.project import Project, inside
from gongkai.model.kinds import BY_NAME, path_of


class Refused(Exception):
    """A command that cannot be carried out; the message says why and what to do."""


def create(project: Project, kind_name: str, id: str, organ: str | None, day: date) -> Path:
    """Writes the starter of a kind and returns its path; raises `Refused` rather than overwrite anything."""
    kind = BY_NAME.get(kind_name)
    if kind is None:
        raise Refused(f"没有 {kind_name} 这种内容；{near(kind_name, list(BY_NAME))}")
    if not IDENTIFIER.fullmatch(id) or id in kind.reserved:
        raise Refused(f"{id} 不能用作 id；用小写英文字母、数字和连字符，例如 {organ or 'jiaoyu'}-{day.year}-1")
    if "*" not in kind.file:
        organ = id
    elif organ is None:
        raise Refused("用 --organ 指明属于哪个机关（content 下的文件夹名）")
    else:
        need_organ(project, organ)
        _refuse_taken(project, path_of(kind, "*", id))
    relative = path_of(kind, organ, id)
    path = inside(project.root, relative)
    if path.exists():
        raise Refused(f"{relative} 已经存在，没有改动它")
    text = kind.starter.replace("{organ}", organ).replace("{day}", str(day)).replace("{year}", str(day.year))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return path


def need_organ(project: Project, organ: str) -> None:
    """Raises `Refused` unless `organ` is an organ's folder of this project."""
    if not (project.content / organ / "organ.yaml").is_file():
        found = sorted(path.parent.name for path in project.content.glob("*/organ.yaml"))
        raise Refused(f"没有 {organ} 这个机关；{near(organ, found) if found else '先用 gongkai new organ 新建'}")


def _refuse_taken(project: Project, pattern: str) -> None:
    for path in sorted(project.root.glob(pattern)):
        raise Refused(f"这个 id 已经用在 {path.relative_to(project.root).as_posix()}，换一个 id")
