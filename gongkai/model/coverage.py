"""Rows of the standard lists + what is public → which of them are published, and which are 应公开未公开.

Start with `entries`, then `share` them by field, by organ or by level. A row counts when it is to be public on a
government site: by its list it is published of its own accord, and the site is among its channels (a list of names may
belong on the notice board of a village alone).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.record import Item
from gongkai.model.row import Need, Row, field_of

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that is to be on the site. `field`, `organ` are ids; `levels` are those of the row, else of its organ."""

    row: Item
    field: str
    organ: str
    levels: tuple[str, ...]
    published: bool
    withdrawn: bool
    """Whether all that it is published as has been taken down again."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many rows there are, and how many of them are published."""

    total: int
    published: int

    @property
    def percent(self) -> int:
        """Of a hundred, rounded down: 100 means all of them."""
        return self.published * 100 // self.total


def on_site(row: Row) -> bool:
    """Whether a row is to be published on a government site: where channels are named, the site is a required one."""
    return row.mode_proactive and (row.channels is None or row.channels.gov_site is Need.REQUIRED)


def entries(catalog: Catalog) -> tuple[Entry, ...]:
    """Every public row that is to be on the site, in the order of the files."""
    return tuple(_entries(catalog))


def _entries(catalog: Catalog) -> Iterator[Entry]:
    for item in catalog.of("row"):
        if not on_site(item.record) or form(item.record, catalog.day) is not Form.FULL:
            continue
        keeper = catalog.publisher(item)
        levels = item.record.levels or ((keeper.record.level,) if keeper else ())
        shown = [_shown(catalog, text) for text in item.record.published_as]
        yield Entry(
            row=item,
            field=field_of(item),
            organ=keeper.id if keeper else item.organ,
            levels=tuple(level.value for level in levels),
            published=Form.FULL in shown or Form.NOTICE in shown,
            withdrawn=bool(shown) and set(shown) == {Form.TOMBSTONE},
        )


def _shown(catalog: Catalog, text: str) -> Form:
    """How much a reader sees of what a row names; an address outside is taken to be there.

    A notice whose time is over (`display_until`) has been published all the same: only what was taken back has not.
    """
    key = catalog.names.one("*", text)
    item = catalog.items.get(key) if key else None
    if item is None:
        return Form.FULL if text.startswith(("http://", "https://")) else Form.HIDDEN
    shown = form(item.record, catalog.day)
    return Form.FULL if shown is Form.TOMBSTONE and item.record.withdrawn is None else shown


def share(found: Iterable[Entry], keys: Callable[[Entry], Iterable[K]]) -> dict[K, Share]:
    """The shares by any key, in the order they are met; a row of two levels counts for both."""
    counts: dict[K, list[bool]] = defaultdict(list)
    for entry in found:
        for key in keys(entry):
            counts[key].append(entry.published)
    return {key: Share(len(counted), sum(counted)) for key, counted in counts.items()}
