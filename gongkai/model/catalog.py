"""Documents → the catalog: typed records with their references resolved, and every problem found on the way.

Start with `load`. A faulty record is left out of the catalog, but its name still counts, so that one fault is
reported once and not again at everything that refers to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from gongkai.base import clock
from gongkai.base.fields import Ref
from gongkai.base.problems import Mark, Problem
from gongkai.base.settings import Settings
from gongkai.model import entries, links, versions
from gongkai.model.entries import Entry
from gongkai.model.form import Form, form
from gongkai.model.kinds import COMMON
from gongkai.model.links import Link
from gongkai.model.lives import alone, lives
from gongkai.model.record import Item
from gongkai.model.references import Names, Reference, is_own, references
from gongkai.model.validity import Life
from gongkai.model.versions import Earlier
from gongkai.read.typed import Typed, typed
from gongkai.read.walk import Attachment, Document, Documents
from gongkai.read.yaml import Mapping

SETTINGS = ("settings", "")
"""The source of the references in catalog.yaml."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything the site can speak of on one day. Frozen; what of it may be shown is `model.disclosure`'s to say."""

    settings: Settings
    day: date
    items: MappingProxyType[tuple[str, str], Item]
    names: Names
    references: tuple[Reference, ...]
    links: MappingProxyType[tuple[str, str], tuple[Link, ...]]
    attachments: dict[str, Attachment]
    problems: tuple[Problem, ...]
    lives: MappingProxyType[tuple[str, str], Life]
    """When each document is in force, and why; documents that may not be seen yet act on no other."""
    texts: MappingProxyType[tuple[str, str], tuple[Earlier, ...]]
    """The earlier texts of each document, oldest first."""

    faulty: tuple[Item, ...] = ()
    """Records with a fault: never shown, and no reference reaches them; duties are checked on what of them is valid."""

    written: Typed[Settings] | None = None
    """The settings with the places of their values, for problems."""

    def of(self, kind: str) -> Iterator[Item]:
        """The records of one kind, in the order of their paths."""
        return (item for item in self.items.values() if item.kind == kind)

    def examined(self, kind: str | None = None) -> Iterator[Item]:
        """Every record that could be read, sound or not: a check asks `source` what is doubtful before it complains."""
        return (item for item in (*self.items.values(), *self.faulty) if kind in (None, item.kind))

    def find(self, kind: str, text: str) -> Item | None:
        """The record that a reference means, if it is one of ours."""
        key = self.names.one(kind, text)
        return self.items.get(key) if key else None

    def life(self, rule: Item) -> Life:
        """When a document is in force, and why; one that is not in the catalog lives by what it says itself."""
        if self.items.get(rule.key) is rule:
            return self.lives[rule.key]
        return alone(rule, self.names, self.settings)

    def publisher(self, item: Item) -> Item | None:
        """The organ in whose folder a record lies; the root organ for `common`."""
        organ = self.settings.root if item.organ == COMMON else item.organ
        return self.find("organ", organ)

    def setting(self, *loc: int | str) -> Mark:
        """The place of a setting such as `("check", "time", "calendar", 0)`, for problems."""
        return self.written.mark(*loc) if self.written else Mark("catalog.yaml")

    def is_own(self, item: Item) -> bool:
        """Whether an organ of this catalog made the record: a document is its lead issuer's, all else is ours."""
        return is_own(item, self.names)


def load(documents: Documents, day: date | None = None, base_url: str | None = None) -> Catalog:
    """The catalog on `day` (today when None), with every problem of settings and content.

    `base_url` takes the place of the one in the settings.
    """
    problems: list[Problem] = []
    settings = _settings(documents.settings, base_url, problems)
    placed = entries.place_all(documents, problems)
    misplaced = placed.misplaced
    found = entries.read_all(placed.records, problems)
    items = {entry.key: entry.item for entry in entries.unique(found, problems) if entry.sound}
    names = entries.name_all(found, items, misplaced)
    entries.check_folders(documents, misplaced, names, problems)
    # A misplaced file has one fault, its place: what is wrong inside is for when it stands where it belongs.
    reading = versions.faults(documents.problems, placed.texts)
    problems += [problem for problem in reading if problem.path not in misplaced]
    texts = versions.gather(found, placed.texts, problems)
    if settings.record.root == _STAND_IN.root or any(problem.path == "content" for problem in problems):
        # Its own fault is reported; that its root organ is not there follows from it.
        names.know("organ", settings.record.root)
    resolved = _resolve(SETTINGS, references(settings), names, problems)
    around = links.Surroundings(documents.attachments, items, frozenset(document.path for document in documents.files))
    linked: dict[tuple[str, str], tuple[Link, ...]] = {}
    for entry in filter(lambda entry: entry.readable, found):
        leads = _resolve(entry.key, entries.told(entry), names, problems)
        bodies = [entry.item, *(text.item for text in texts.get(entry.key, ()))]
        reached = {item.key: _links(item, names, around, problems) for item in bodies}
        if _stays(entry, items):
            resolved += leads
            linked |= reached
    today = clock.today(settings.record.timezone, day)
    unseen = {key for key, item in items.items() if form(item.record, today) is Form.HIDDEN}
    return Catalog(
        settings=settings.record,
        day=today,
        items=MappingProxyType(items),
        names=names,
        references=tuple(resolved),
        links=MappingProxyType(linked),
        attachments=documents.attachments,
        problems=tuple(problems),
        lives=lives(items.values(), names, settings.record, unseen),
        texts=MappingProxyType({key: found for key, found in texts.items() if key in items}),
        faulty=tuple(entry.item for entry in found if entry.readable and not _stays(entry, items)),
        written=settings,
    )


def _stays(entry: Entry, items: dict[tuple[str, str], Item]) -> bool:
    """Whether a record is in the catalog: it has no fault, and no other had its id before."""
    return items.get(entry.key) is entry.item


_STAND_IN = Settings.model_validate(
    {
        "name": "—",
        "domain": "—",
        "id_code": "—",
        "root": "—",
        "footer": {
            "sponsor": "—",
            "contact": "—",
            "icp": "—",
            **dict.fromkeys(("police", "conac", "report_error"), {"text": "—"}),
        },
    }
)
"""Stands in for settings that are missing or faulty, so that the rest is still examined; it is never published."""


def _settings(document: Document | None, base_url: str | None, problems: list[Problem]) -> Typed[Settings]:
    if document is None or document.data is None:
        return Typed(_STAND_IN, False, Mapping({}, Mark("catalog.yaml")), ())
    result = typed(document.data, Settings)
    problems += [*result.problems, *entries.unedited(document)]
    record = result.record
    missing = {name: value for name, value in _STAND_IN if getattr(record, name) is None}
    if base_url:
        missing["base_url"] = base_url
    return replace(result, record=record.model_copy(update=missing))


def _links(item: Item, names: Names, around: links.Surroundings, problems: list[Problem]) -> tuple[Link, ...]:
    """The links of a record. A dead one in a text from outside is only a warning: that text is not ours to mend."""
    found, dead = links.read(item, around)
    own = is_own(item, names)
    problems += [problem if own else replace(problem, severity="warning") for problem in dead]
    return found


def _resolve(
    source: tuple[str, str], found: Iterable[tuple[Ref, str, Mark]], names: Names, problems: list[Problem]
) -> list[Reference]:
    """Where the references of a record lead; those that lead nowhere are problems."""
    resolved = []
    for ref, text, mark in found:
        if (fault := names.problem(ref, text, mark, source)) is not None:
            problems.append(fault)
        resolved.append(Reference(source, mark, ref.kind, text, names.one(ref.kind, text)))
    return resolved
