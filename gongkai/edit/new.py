"""A kind and an id → a filled-in starting file. Start with `create`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gongkai.base.fields import IDENTIFIER, near
from gongkai.base.project import Project, inside
from gongkai.edit import editors
from gongkai.model.entries import shipped
from gongkai.model.kinds import BY_NAME, COMMON, path_of
from gongkai.model.record import Kind


class Refused(Exception):
    """A command that cannot be carried out; the message says why and what to do."""


def create(project: Project, kind_name: str, id: str, organ: str | None, day: date) -> Path:
    """Writes the starter of a kind and returns its path; raises `Refused` rather than overwrite anything.

    Of a kind that is one file of an organ, `id` is the organ; of one that is common to all organs, it is `common`.
    """
    kind = BY_NAME.get(kind_name)
    if kind is None:
        raise Refused(f"没有 {kind_name} 这种内容；{near(kind_name, list(BY_NAME))}")
    if not IDENTIFIER.fullmatch(id) or id in kind.reserved:
        raise Refused(f"{id} 不能用作 id；用小写英文字母、数字和连字符，例如 {organ or 'jiaoyu'}-{day.year}-1")
    owner = _owner(project, kind, id, organ)
    relative = path_of(kind, owner, id)
    path = inside(project.root, relative)
    if path.exists():
        raise Refused(f"{relative} 已经存在，没有改动它")
    text = fill(kind, owner, id.removeprefix(f"{owner}-") if kind.of_organ else id, day)
    if (project.root / editors.FOLDER / f"{kind.name}.json").is_file():
        text = editors.modeline(relative) + text
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return path


def fill(kind: Kind, organ: str, name: str, day: date) -> str:
    """The starter of a kind with its places filled in; `name` is that of the file, without its suffix."""
    text = kind.starter.replace("{organ}", organ).replace("{id}", name)
    text = text.replace("{day}", str(day)).replace("{year}", str(day.year))
    return text.replace("{shipped}", "\n".join(_shipped(kind)))


def _shipped(kind: Kind) -> Iterator[str]:
    """A line for each entry of the vocabulary that ships with a kind."""
    if kind.many and kind.many.shipped:
        for entry in shipped(kind):
            yield f"  - {kind.many.id}: {entry.item.id:<26}# {entry.item.record.heading}"


def need_organ(project: Project, organ: str) -> None:
    """Raises `Refused` unless `organ` is an organ's folder of this project."""
    if not (project.content / organ / "organ.yaml").is_file():
        found = sorted(path.parent.name for path in project.content.glob("*/organ.yaml"))
        raise Refused(f"没有 {organ} 这个机关；{near(organ, found) if found else '先用 gongkai new organ 新建'}")


def _owner(project: Project, kind: Kind, id: str, organ: str | None) -> str:
    """Whose the file will be: the folder of content that it goes into."""
    if "*" in kind.file:
        if organ is None:
            raise Refused("用 --organ 指明属于哪个机关（content 下的文件夹名）")
        need_organ(project, organ)
        if not kind.of_organ and kind.many is None:
            _refuse_taken(project, path_of(kind, "*", id))
        return organ
    if kind.common and id != COMMON:
        raise Refused(f"{kind.label}整个网站只有一份，写成 gongkai new {kind.name} {COMMON}")
    if organ not in (None, id):
        raise Refused(f"{kind.label}一个机关一份，ID 就是机关的文件夹名，不另写 --organ：gongkai new {kind.name} {id}")
    if kind.name != "organ" and not kind.common:
        need_organ(project, id)
    return id


def _refuse_taken(project: Project, pattern: str) -> None:
    for path in sorted(project.root.glob(pattern)):
        raise Refused(f"这个 id 已经用在 {path.relative_to(project.root).as_posix()}，换一个 id")
