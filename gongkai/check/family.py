"""What the rest of the house knows of a family of checks: one line in `check.families` makes it exist.

A check is a plain function that yields Problems through Codes declared beside it. It has one of four shapes, by what it
must look at: the catalog; files beside the content; one built page; a built page and where it leads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongkai.base.problems import Code, Problem
from gongkai.check.built import Built, Facts, OnPage
from gongkai.check.memory import Memory
from gongkai.model.catalog import Catalog

Check = Callable[[Catalog], Iterable[Problem]]
"""Over the whole catalog, hidden records included; `model.disclosure.public` gives the part that a reader sees."""

Reading = Callable[[Catalog, Memory], Iterable[Problem]]
"""The same, with what earlier runs learnt of files that are slow to read."""

Across = Callable[[Facts, Built], Iterable[Problem]]
"""Over one built page and those it leads to. Runs every time, and sees only the facts of pages, not their bytes."""


@dataclass(frozen=True, slots=True)
class Family:
    """A family of duties."""

    name: str
    """Its key, the name of its module."""

    label: str
    """The field's word for it: a row of the score card."""

    codes: tuple[Code, ...]
    """Every code that its checks may raise."""

    gate: bool = False
    """Whether a build must pass it. An error of a gate can be neither ignored nor put into a baseline."""

    checks: tuple[Check, ...] = ()
    readings: tuple[Reading, ...] = ()
    on_page: tuple[OnPage, ...] = ()
    across: tuple[Across, ...] = ()
