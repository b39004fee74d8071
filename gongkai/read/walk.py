"""The content folder → every file once, in a fixed order. Start with `read`.

Folders tell whose a file is; which kind it is, is for `model.kinds` to say.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.base.problems import Code, Mark, Problem
from gongkai.base.project import Project
from gongkai.read import frontmatter
from gongkai.read.yaml import Mapping, parse

LINK = Code(
    "GK-FILE-005",
    "error",
    "内容文件夹里有符号链接",
    "内容文件夹里只放真正的文件和文件夹：符号链接可能把别处的文件带到网站上。",
)
NO_CONTENT = Code(
    "GK-FILE-006",
    "error",
    "找不到文件",
    "项目文件夹里要有 catalog.yaml 和 content 文件夹。用 gongkai init 可以新建一个网站。",
)

UNREADABLE = Code(
    "GK-FILE-012",
    "error",
    "文件打不开",
    "操作系统不让读这个文件或文件夹。检查它的权限；在网络盘或同步盘上时，等它同步完。",
)

_DOCUMENT = re.compile(r"\.(md|markdown|ya?ml)(\.txt)?$", re.IGNORECASE)
"""What is meant to be content, also when Windows hid its real suffix: such a file is reported, not passed over."""

_IGNORED = ("Thumbs.db", "desktop.ini", "CODEOWNERS", "README.md")


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML or Markdown file: `data` is None when it could not be read, and then has its Problems already."""

    path: str
    text: str
    data: Mapping | None
    body: str
    body_line: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """Any other file. Reaches the site only when a published record names it. `size` in bytes."""

    path: str
    source: Path
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Documents:
    """All that was read. Paths are relative to the project, NFC, with `/`."""

    settings: Document | None
    files: tuple[Document, ...]
    attachments: dict[str, Attachment]
    problems: tuple[Problem, ...]

    @property
    def every(self) -> tuple[Document, ...]:
        """The files of the content and the settings file, when there is one."""
        return (*self.files, self.settings) if self.settings else self.files

    @property
    def sources(self) -> dict[str, str]:
        """Path → text, for quoting the line of a problem."""
        return {document.path: document.text for document in self.every}


def read(project: Project) -> Documents:
    """Every file of the project once, sorted by path, whatever order the disk gives."""
    problems = _absent(project)
    settings = None
    if project.settings.is_file():
        settings = _document(project.settings, project.settings.name, problems)
    files: list[Document] = []
    attachments: dict[str, Attachment] = {}
    for path, source in sorted(_walk(project.content, "content", problems)):
        if _DOCUMENT.search(path):
            files.append(_document(source, path, problems))
        else:
            status = source.stat()
            attachments[path] = Attachment(path, source, status.st_size, status.st_mtime_ns)
    return Documents(settings, tuple(files), attachments, tuple(problems))


def _name(name: str) -> str:
    """A file's name in UTF-8 and NFC, whatever the locale says of the disk and whichever system made it."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "surrogateescape"))


def _absent(project: Project) -> list[Problem]:
    """What a project cannot do without; a folder that has neither is simply not the right one."""
    found = {project.settings.name: project.settings.is_file(), project.content.name: project.content.is_dir()}
    lacking = [name for name, there in found.items() if not there]
    if len(lacking) == 2:
        hint = "用 -C 指明项目文件夹，或用 gongkai init 新建一个网站"
        return [NO_CONTENT.at(Mark("catalog.yaml"), "这个文件夹里没有 catalog.yaml，也没有 content 文件夹", hint)]
    hint = "补上它；用 gongkai init 新建的网站里有可以照着写的例子"
    return [NO_CONTENT.at(Mark(name), f"没有 {name}", hint) for name in lacking]


def _walk(folder: Path, prefix: str, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    if not folder.is_dir():
        return
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError:
        problems.append(
            UNREADABLE.at(Mark(prefix), "文件夹打不开", "检查文件夹的权限；在网络盘或同步盘上时，等它同步完")
        )
        return
    for entry in entries:
        name = _name(entry.name)
        path = f"{prefix}/{name}"
        if name.startswith((".", "~$")) or name.endswith("~") or name in _IGNORED:
            continue
        if entry.is_symlink():
            problems.append(LINK.at(Mark(path), "这是一个符号链接", "换成真正的文件"))
        elif entry.is_dir():
            yield from _walk(Path(entry.path), path, problems)
        elif entry.is_file():
            yield path, Path(entry.path)


def _document(source: Path, path: str, problems: list[Problem]) -> Document:
    try:
        raw = source.read_bytes()
    except OSError:
        problems.append(UNREADABLE.at(Mark(path), "文件打不开", "检查文件的权限；在网络盘或同步盘上时，等它同步完"))
        return Document(path, "", None, "", 1)
    text, found = frontmatter.decode(raw, path)
    problems += found
    if found:
        return Document(path, text, None, "", 1)
    text, found = frontmatter.clean(text, path)
    problems += found
    front, body, line = text, "", 1
    if path.endswith(".md"):
        front, body, line, found = frontmatter.split(text, path)
        if found:
            problems += found
            return Document(path, text, None, "", 1)
    data, found = parse(front, path, 2 if path.endswith(".md") else 1)
    problems += found
    return Document(path, text, data, body, line)
