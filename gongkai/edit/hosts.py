"""A site → what its code host must know of it: workflows, a hook, whose files are whose. Start with `add`.

Workflows for GitHub, GitLab and Gitea check what a pull request touched, build a preview, and publish on merge and
nightly. Whose files are whose comes from the organs; each host has its own file for it, because Gitea reads regular
expressions and asks every owner that matches, where the others read patterns and ask the last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gongkai import __version__
from gongkai.base.project import Project
from gongkai.edit.init import dotted
from gongkai.model.catalog import load
from gongkai.model.kinds import COMMON
from gongkai.read.walk import read

TEAM = "your-team"
"""Stands for the name that the government has on its code host."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of each file: written, or there already and left alone.

    `lacking` has, by file, the lines that an organ of the site still needs there; `gone` the folders that it speaks of
    and that are no more.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    lacking: dict[str, tuple[str, ...]]
    gone: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Owner:
    """An organ as an owner of files: its folder, its name."""

    id: str
    name: str


def add(root: Path, team: str = TEAM) -> Added:
    """Writes into the site at `root` what is not there yet. Never changes a file that is."""
    owners, first = _owners(root)
    lists = {path: _listing(owners, first, team, path) for path in _LISTS}
    files = _files() | {path: "".join(f"{line}\n" for line in lines) for path, lines in lists.items()}
    written: list[str] = []
    kept: list[str] = []
    for name, text in files.items():
        path = root / name
        (kept if path.exists() else written).append(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    standing = {name: (root / name).read_text("utf-8", errors="replace") for name in _LISTS if name in kept}
    return Added(
        tuple(written),
        tuple(kept),
        {name: found for name, text in standing.items() if (found := _lacking(text, lists[name]))},
        {name: found for name, text in standing.items() if (found := _gone(text, owners))},
    )


def _files() -> dict[str, str]:
    """Path → text of what every site has alike."""
    folder = Path(__file__).parent / "ci"
    found = {}
    for source in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = dotted(PurePosixPath(source.relative_to(folder).as_posix()))
        found[name] = source.read_text("utf-8").replace("{version}", __version__)
    return found


def _owners(root: Path) -> tuple[list[Owner], str]:
    """The organs in the order of their folders, and the one whose site it is, faulty ones too."""
    catalog = load(read(Project.at(root)))
    organs = {item.id: Owner(item.id, str(item.record.name or item.id)) for item in catalog.examined("organ")}
    return [organs[id] for id in sorted(organs)], catalog.settings.root


_LISTS = {
    ".github/CODEOWNERS": ("/content/{}/", "*"),
    ".gitlab/CODEOWNERS": ("/content/{}/", "*"),
    ".gitea/CODEOWNERS": ("content/{}/.*", "[^/]+|themes/.*|content/common/.*"),
}
"""The file of each host, how it writes the folder of an organ, and what belongs to the site as a whole."""


def _listing(owners: list[Owner], first: str, team: str, path: str) -> list[str]:
    folder, rest = _LISTS[path]
    lines = [
        "# 谁审查哪些文件：一个机关的文件夹一行，其余归本站的主办机关。",
        f"# 把 @{team}/… 换成代码平台上真实的小组。新增机关后运行 gongkai init --ci . 会列出缺少的行。",
        f"{rest} @{team}/{first}",
    ]
    for owner in owners:
        lines += [f"# {owner.name}", f"{folder.format(owner.id)} @{team}/{owner.id}"]
    return lines


def _lacking(text: str, lines: list[str]) -> tuple[str, ...]:
    """The lines of organs whose folder the file does not name."""
    return tuple(line for line in lines if (folder := _folder(line)) and folder not in map(_folder, text.split("\n")))


def _gone(text: str, owners: list[Owner]) -> tuple[str, ...]:
    named = (_folder(line) for line in text.split("\n"))
    known = {COMMON, *(owner.id for owner in owners)}
    return tuple(dict.fromkeys(f"content/{name}/" for name in named if name and name not in known))


def _folder(line: str) -> str:
    """The folder of an organ that a line speaks of; "" for any other line."""
    found = re.match(r"/?content/([a-z0-9._-]+)/", line)
    return found[1] if found else ""
