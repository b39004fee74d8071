"""Rendered files → the site folder, whole or not at all. Start with `write`.

New files are first laid out beside the site (staging); then a journal is written that says what will be moved in and
what deleted; only then is the site touched. A build that dies before the journal leaves the site as it was; one that
dies after it is finished by the next command (`recover`). What gongkai made is listed in `manifest.sha256` in the
site, which also lets anyone verify the published files; what it did not make it never touches.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from gongkai.base.problems import Code, Faulty, Mark
from gongkai.base.project import Folder, Project
from gongkai.publish.ledger import Made
from gongkai.render.output import MANIFEST

FOREIGN = Code(
    "GK-SITE-001",
    "error",
    "输出文件夹里有别的文件",
    "gongkai 只写入空文件夹或它自己生成的文件夹。换一个输出文件夹（--site），或先移走里面的文件。",
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file of the new site: fresh bytes, or `kept` from the last build."""

    path: str
    fingerprint: str
    data: bytes | None
    kept: Made | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did: files made, files left as they were, files removed."""

    rendered: int
    unchanged: int
    removed: int


def refuse_foreign(project: Project) -> None:
    """Raises `Faulty` when the site folder is not empty and was not made by gongkai, or would swallow the project."""
    site, name = project.site, project.site.as_posix()
    if project.root.is_relative_to(site) or any(
        site.is_relative_to(folder) for folder in (project.content, project.themes)
    ):
        hint = "用单独的文件夹，例如 --site site"
        raise Faulty([FOREIGN.at(Mark(name), "输出文件夹和项目文件夹重叠", hint)])
    if site.exists() and not site.is_dir():
        raise Faulty([FOREIGN.at(Mark(name), "输出位置是一个文件", "换一个文件夹")])
    if site.is_dir() and any(site.iterdir()) and not (site / MANIFEST).is_file():
        message = "这个文件夹不是空的，也不是 gongkai 生成的"
        raise Faulty([FOREIGN.at(Mark(name), message, "换一个输出文件夹，或先移走里面的文件")])


def open_site(project: Project) -> None:
    """Before anything else: refuses a folder that is not ours, and finishes or undoes what another build began."""
    refuse_foreign(project)
    recover(project)


def recover(project: Project) -> None:
    """Finishes an interrupted write, or forgets one that had not begun to touch the site."""
    journal = project.state / "journal.json"
    if journal.is_file():
        _apply(project, json.loads(journal.read_text("utf-8")))
    shutil.rmtree(_staging(project), ignore_errors=True)


def write(files: Iterable[Rendered], project: Project) -> Written:
    """Makes the site folder hold exactly `files` and its manifest, beside whatever strangers put there.

    Raises `Faulty` when a stranger's file lies where one of ours must go; the site is then untouched.
    """
    open_site(project)
    before = manifest(project.site)
    staging = _staging(project)
    strangers = set(_lying(project.site)) - before.keys()
    made: dict[str, Made] = {}
    fresh: list[str] = []
    unchanged = 0
    for file in files:
        if file.kept is not None:
            made[file.path] = file.kept
            unchanged += 1
            continue
        data = file.data or b""
        if file.path in strangers:
            message, place = "这里有一个不是 gongkai 生成的文件", Mark((project.site / file.path).as_posix())
            raise Faulty([FOREIGN.at(place, message, "移走它，或给内容换一个地址")])
        digest = sha256(data).hexdigest()
        made[file.path] = Made(file.fingerprint, digest, len(data), 0)
        if before.get(file.path) == digest and _holds(project.site / file.path, digest):
            continue
        _lay(staging / file.path, data)
        fresh.append(file.path)
    listing = "".join(f"{entry.sha256}  {path}\n" for path, entry in sorted(made.items())).encode()
    removed = sorted(before.keys() - made.keys())
    if fresh or removed or not _holds(project.site / MANIFEST, sha256(listing).hexdigest()):
        _lay(staging / MANIFEST, listing)
        # Hashed assets go in first: a page never points to a style sheet that is not there yet.
        fresh.sort(key=lambda path: (not path.startswith("assets/"), path))
        _commit(project, {"move": [*fresh, MANIFEST], "delete": removed})
    _remember(project, made)
    return Written(len(made) - unchanged, unchanged, len(removed))


def manifest(site: Path) -> dict[str, str]:
    """Path → SHA-256 of every file that gongkai made in `site`; empty when there is no manifest."""
    try:
        lines = (site / MANIFEST).read_text("utf-8").splitlines()
    except OSError:
        return {}
    rows = (line.split("  ", 1) for line in lines if "  " in line)
    return {path: digest for digest, path in rows}


def _staging(project: Project) -> Path:
    return project.state / "staging"


def _lying(site: Path) -> Iterator[str]:
    """Every file and folder below `site`, as paths of the site."""
    for folder, folders, files in os.walk(site):
        below = Path(folder).relative_to(site).as_posix()
        yield from (name if below == "." else f"{below}/{name}" for name in (*folders, *files))


def _holds(path: Path, digest: str) -> bool:
    try:
        return sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _lay(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _commit(project: Project, journal: dict[str, list[str]]) -> None:
    """The point of no return: from here on an interrupted write is finished, not undone."""
    text = json.dumps(journal, ensure_ascii=False)
    draft = project.state / "journal.draft"
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(project.state / "journal.json")
    _apply(project, journal)
    shutil.rmtree(_staging(project), ignore_errors=True)


def _apply(project: Project, journal: dict[str, list[str]]) -> None:
    """Moves staged files in, deletes what is gone; may be run again after it was interrupted anywhere."""
    staging, site = Folder(_staging(project)), Folder(project.site)
    cleared: set[Path] = set()
    for path in journal["move"]:
        source, target = staging.join(path), site.join(path)
        if source.is_file():
            if target.parent not in cleared:
                _clear_way(project.site, target)
                cleared.add(target.parent)
            _move(source, target)
    for path in journal["delete"]:
        target = site.join(path)
        target.unlink(missing_ok=True)
        _prune_folders(project.site, target.parent)
    (project.state / "journal.json").unlink(missing_ok=True)


def _move(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError:
        # The site lies on another disk than its parent folder: copy beside the target, then rename.
        draft = target.with_name(f".{target.name}.gongkai")
        shutil.copyfile(source, draft)
        draft.replace(target)
        source.unlink()


def _clear_way(site: Path, target: Path) -> None:
    """Makes the folders of `target`; a file of the last build that stands where a folder must be gives way."""
    for parent in reversed(target.relative_to(site).parents):
        if (site / parent).is_file():
            (site / parent).unlink()
    target.parent.mkdir(parents=True, exist_ok=True)


def _prune_folders(site: Path, folder: Path) -> None:
    while folder != site and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _remember(project: Project, made: dict[str, Made]) -> None:
    rows = {}
    for path, entry in sorted(made.items()):
        modified = entry.modified or (project.site / path).stat().st_mtime_ns
        # By hand: `asdict` and `astuple` copy each value, 0.7 s for 9,700 files.
        rows[path] = (entry.fingerprint, entry.sha256, entry.size, modified)
    _lay(project.state / "ledger.draft", json.dumps(rows, ensure_ascii=False).encode())
    (project.state / "ledger.draft").replace(project.state / "ledger.json")
