"""The content folder → every file once, in a fixed order. Start with `read`.

Folders tell whose a file is; which kind it is, is for `model.kinds` to say.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gongkai.base import clock
from gongkai.base.problems import Code, Mark, Problem
from gongkai.base.project import Project
from gongkai.read import frontmatter
from gongkai.read.shelf import Shelf
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


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A YAML or Markdown file: `data` is None when it could not be read, and then has its Problems already.

    Told apart by identity: an unchanged file keeps its Document from one reading to the next, and with it all that
    was worked out of it.
    """

    path: str
    head: str
    data: Mapping | None
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """All of the file: `head` is what stands before the body, all of it where there is none."""
        return self.head + self.body


@dataclass(frozen=True, slots=True)
class Attachment:
    """Any other file. Reaches the site only when a published record names it. `size` in bytes."""

    path: str
    source: Path
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Known:
    """A document as it was read, and what the disk said of its file just before: size, times, number.

    Not `settled` when it had changed so lately that another change could look the same.
    """

    document: Document
    status: tuple[int, ...]
    settled: bool


@dataclass(frozen=True, slots=True)
class Documents:
    """All that was read. Paths are relative to the project, NFC, with `/`."""

    settings: Document | None
    files: tuple[Document, ...]
    attachments: dict[str, Attachment]
    problems: tuple[Problem, ...]
    known: dict[str, Known] = field(default_factory=dict, compare=False)
    """What the disk said of each document when it was read."""

    @property
    def every(self) -> tuple[Document, ...]:
        """The files of the content and the settings file, when there is one."""
        return (*self.files, self.settings) if self.settings else self.files

    @property
    def sources(self) -> dict[str, str]:
        """Path → text, for quoting the line of a problem."""
        return {document.path: document.text for document in self.every}


def read(project: Project, before: Documents | None = None, shelf: Shelf | None = None) -> Documents:
    """Every file of the project once, sorted by path, whatever order the disk gives.

    What has not changed since it was read `before` is not read again: 3,000 documents take 40 ms instead of 900. What
    stands on the `shelf` is read, but not parsed again.
    """
    problems = _absent(project)
    known: dict[str, Known] = {}
    earlier = before.known if before else {}
    settings = None
    if project.settings.is_file():
        settings = _again(project.settings, project.settings.name, earlier, known, shelf)
        problems += settings.problems
    files: list[Document] = []
    attachments: dict[str, Attachment] = {}
    for path, source in sorted(_walk(project.content, "content", problems)):
        if _DOCUMENT.search(path):
            files.append(document := _again(source, path, earlier, known, shelf))
            problems += document.problems
        else:
            status = os.stat(source)  # noqa: PTH116
            attachments[path] = Attachment(path, Path(source), status.st_size, status.st_mtime_ns)
    return Documents(settings, tuple(files), attachments, tuple(problems), known)


def _again(
    source: Path | str, path: str, earlier: dict[str, Known], known: dict[str, Known], shelf: Shelf | None
) -> Document:
    """The document of `path` as it was read `earlier` where it is the same still, else as it stands there now."""
    now, status = clock.tick(), _status(source)
    last = earlier.get(path)
    if last and status and last.settled and last.status == status:
        known[path] = last
        return last.document
    document = _document(Path(source), path, shelf)
    if last and last.document.text == document.text and not (document.problems or last.document.problems):
        document = last.document
    known[path] = Known(document, status, bool(status) and max(status[1:3]) + clock.STEP < now)
    return document


def _status(source: Path | str) -> tuple[int, ...]:
    """Size, times and number of a file; nothing where it cannot be looked at."""
    try:
        found = os.stat(source)  # noqa: PTH116 — a Path for each of 3,000 files costs more than the look at the disk
    except OSError:
        return ()
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


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


def _walk(folder: Path | str, prefix: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    if not os.path.isdir(folder):  # noqa: PTH112
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
            yield from _walk(entry.path, path, problems)
        elif entry.is_file():
            yield path, entry.path


def _document(source: Path, path: str, shelf: Shelf | None) -> Document:
    try:
        raw = source.read_bytes()
    except OSError:
        hint = "检查文件的权限；在网络盘或同步盘上时，等它同步完"
        return Document(path, "", None, "", 1, (UNREADABLE.at(Mark(path), "文件打不开", hint),))
    if shelf and (head := shelf.find(path, raw)):
        text = raw.decode()
        cut = len(text) - head[1]
        return Document(path, text[:cut], head[0], text[cut:], head[2])
    document = _parsed(raw, path)
    # What was typed is what was read: no mark of Windows, no foreign code, nothing wrong.
    if shelf and document.data and not document.problems and document.text.encode() == raw:
        shelf.keep(path, raw, (document.data, len(document.body), document.body_line))
    return document


def _parsed(raw: bytes, path: str) -> Document:
    text, found = frontmatter.decode(raw, path)
    if found:
        return Document(path, text, None, "", 1, tuple(found))
    text, problems = frontmatter.clean(text, path)
    front, body, line = text, "", 1
    if path.endswith(".md"):
        front, body, line, found = frontmatter.split(text, path)
        if found:
            return Document(path, text, None, "", 1, (*problems, *found))
    data, found = parse(front, path, 2 if path.endswith(".md") else 1)
    return Document(path, text.removesuffix(body), data, body, line, (*problems, *found))
