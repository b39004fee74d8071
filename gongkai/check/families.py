"""The registry of families of checks: one line each. Start here to add one.

A family is one file in this folder (its codes, its functions, `FAMILY`), its class in `base.duties` when the site can
set something, and its line below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.base.problems import Code, Problem
from gongkai.check import (
    articles,
    coverage,
    disclosure,
    following,
    government_rules,
    hygiene,
    ignores,
    interpretation,
    links,
    numbers,
    organs,
    page,
    privacy,
    relations,
    reviews,
    rows,
    rules,
    scope,
    structure,
    synonyms,
    time,
)
from gongkai.check.built import OnPage
from gongkai.check.family import Across, Check, Family, Reading
from gongkai.check.memory import Memory
from gongkai.model.catalog import Catalog

FAMILIES: tuple[Family, ...] = (
    disclosure.FAMILY,
    privacy.FAMILY,
    organs.FAMILY,
    rules.FAMILY,
    relations.FAMILY,
    government_rules.FAMILY,
    reviews.FAMILY,
    rows.FAMILY,
    coverage.FAMILY,
    numbers.FAMILY,
    interpretation.FAMILY,
    structure.FAMILY,
    articles.FAMILY,
    following.FAMILY,
    synonyms.FAMILY,
    links.FAMILY,
    page.FAMILY,
    time.FAMILY,
    hygiene.FAMILY,
    scope.FAMILY,
    ignores.FAMILY,
)


def family_of(code: str) -> Family | None:
    """The family that a code belongs to; None for faults of form: of files, keys, references, addresses, themes."""
    return next((family for family in FAMILIES if any(own.id == code for own in family.codes)), None)


def stops(code: Code) -> bool:
    """Whether a build writes nothing because of it."""
    family = family_of(code.id)
    return code.severity == "error" and (family is None or family.gate)


def gates(memory: Memory) -> list[Check]:
    """What a build must pass."""
    return [check for family in FAMILIES if family.gate for check in _over(family, memory)]


def duties(memory: Memory) -> list[Check]:
    """What is only told: every other check that looks at the catalog."""
    return [check for family in FAMILIES if not family.gate for check in _over(family, memory)]


def on_page() -> list[OnPage]:
    """Every check of a page by itself."""
    return [check for family in FAMILIES for check in family.on_page]


def across() -> list[Across]:
    """Every check of a page and where it leads."""
    return [check for family in FAMILIES for check in family.across]


def _over(family: Family, memory: Memory) -> Iterator[Check]:
    yield from family.checks
    for reading in family.readings:
        yield _bound(reading, memory)


def _bound(reading: Reading, memory: Memory) -> Check:
    def check(catalog: Catalog) -> Iterable[Problem]:
        return reading(catalog, memory)

    return check
