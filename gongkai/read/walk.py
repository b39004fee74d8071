"""The content folder → every file once, in a fixed order. Start with `read`.

Folders tell whose a file is; which kind it is, is for `model.kinds` to say.
"""

from __future__ import annotations

import os
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
    def sources(self) -> dict[str, str]:
        """Path → text, for quoting the line of a problem."""
        documents = (*self.files, self.settings) if self.settings else self.files
        return {document.path: document.text for document in documents}


def read(project: Project) -> Documents:
    """Every file of the project once, sorted by path, whatever order the disk gives."""
    problems: list[Problem] = []
    settings = None
    if project.settings.is_file():
        settings = _document(project.settings, project.settings.name, problems)
    else:
        problems.append(_missing("catalog.yaml", "没有 catalog.yaml"))
    if not project.content.is_dir():
        problems.append(_missing("content", "没有 content 文件夹"))
    files: list[Document] = []
    attachments: dict[str, Attachment] = {}
    for path, source in sorted(_walk(project.content, "content", problems)):
        if path.endswith((".yaml", ".yml", ".md")):
            files.append(_document(source, path, problems))
        else:
            status = source.stat()
            attachments[path] = Attachment(path, source, status.st_size, status.st_mtime_ns)
    return Documents(settings, tuple(files), attachments, tuple(problems))


def _missing(path: str, message: str) -> Problem:
    return NO_CONTENT.at(Mark(path), message, "先运行 gongkai init 新建网站，或用 -C 指明项目文件夹")


def _walk(folder: Path, prefix: str, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            name = unicodedata.normalize("NFC", entry.name)
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
    text, found = frontmatter.decode(source.read_bytes(), path)
    problems += found
    front, body, line = text, "", 1
    if found:
        return Document(path, text, None, "", 1)
    if path.endswith(".md"):
        front, body, line, found = frontmatter.split(text, path)
        if found:
            problems += found
            return Document(path, text, None, "", 1)
    data, found = parse(front, path, 2 if path.endswith(".md") else 1)
    problems += found
    return Document(path, text, data, body, line)
