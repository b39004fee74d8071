"""A project → the rows, organs and fields that its files declare, read without the rest of the site.

Importing and exporting a table need these few files only; a whole site of 5,000 documents takes seconds to read.
"""

from __future__ import annotations

from pathlib import Path

from gongkai.base.problems import Problem, refuse
from gongkai.base.project import Project
from gongkai.base.text import plain
from gongkai.edit.importers.words import Names
from gongkai.model import entries, field, organ, row
from gongkai.model.kinds import place
from gongkai.model.record import Item, Kind
from gongkai.read import frontmatter
from gongkai.read.walk import Document
from gongkai.read.yaml import parse


def rows(project: Project, folder: str = "*", organ_id: str = "*") -> list[Item]:
    """The rows of the site, of one folder (standards, supplements) or organ. Raises `Faulty` when a file is broken.

    A row that only lacks an obligatory column is no obstacle: a table is how such gaps are filled.
    """
    found: list[Item] = []
    problems: list[Problem] = []
    for kind, owner, document in _documents(project, f"{organ_id}/{folder}/*.yaml", problems):
        if kind is row.KIND:
            found += (e.item for e in entries.read_many(document, (kind, owner, _stem(document)), problems) if e.sound)
    refuse(problem for problem in problems if problem.severity == "error")
    return found


def taken(project: Project) -> dict[str, str]:
    """Id → file of every row of the site, also of those in files that have faults."""
    problems: list[Problem] = []
    return {
        entry.item.id: document.path
        for kind, owner, document in _documents(project, "*/s*/*.yaml", problems)
        if kind is row.KIND
        for entry in entries.read_many(document, (kind, owner, _stem(document)), problems)
    }


def fields(project: Project) -> dict[str, str]:
    """Key → name of the fields that the site uses: its own list, else the 26 that ship."""
    problems: list[Problem] = []
    found = [
        entry
        for kind, owner, document in _documents(project, "*/fields.yaml", problems)
        if kind is field.KIND
        for entry in entries.read_many(document, (kind, owner, "fields"), problems)
    ]
    found = found or entries.shipped(field.KIND)
    return {entry.item.id: entry.item.record.name or entry.item.id for entry in found}


def organs(project: Project) -> Names:
    """The organs of the site by name and alias; a name that two have is no name."""
    problems: list[Problem] = []
    names: dict[str, str] = {}
    ids: dict[str, set[str]] = {}
    for kind, owner, document in _documents(project, "*/organ.yaml", problems):
        if kind is not organ.KIND or document.data is None:
            continue
        record = entries.read(document, (kind, owner, owner), problems).item.record
        names[owner] = record.name or owner
        for name in (record.name, *(record.aliases or ())):
            if name:
                ids.setdefault(plain(name), set()).add(owner)
    return Names(names, {name: min(owners) for name, owners in ids.items() if len(owners) == 1})


def _stem(document: Document) -> str:
    return Path(document.path).stem


def _documents(project: Project, pattern: str, problems: list[Problem]) -> list[tuple[Kind, str, Document]]:
    found = []
    for path in sorted(project.content.glob(pattern)):
        relative = path.relative_to(project.root).as_posix()
        placed = place(relative)
        if placed is None:
            continue
        text, faults = frontmatter.decode(path.read_bytes(), relative)
        data, more = (None, []) if faults else parse(text, relative)
        problems += [*faults, *more]
        found.append((placed[0], placed[1], Document(relative, text, data, "", 1)))
    return found
