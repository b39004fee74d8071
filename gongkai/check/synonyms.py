"""通俗说法: what a site takes out of the shipped list is in it."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.base.fields import guess
from gongkai.base.problems import Code, Problem
from gongkai.check.family import Family
from gongkai.model import synonym
from gongkai.model.catalog import Catalog
from gongkai.model.entries import shipped

NOTHING = Code(
    "GK-SYN-002",
    "warning",
    "没有写正式说法",
    "official: [] 的意思是不用自带的这一条；自带的里没有这个词时，要写上正式说法。",
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every word without an official one that does not take a shipped entry out."""
    known = [entry.item.id for entry in shipped(synonym.KIND)]
    for item in catalog.of("synonym"):
        if not item.record.official and item.id not in known:
            meant = guess(item.id, known)
            hint = f"不想用自带的“{meant}”时，写成 word: {meant}" if meant else "写上正式说法，或删去这一项"
            yield NOTHING.at(item.mark("official"), f"自带的说法里没有“{item.id}”，也没有写正式说法", hint)


FAMILY = Family("synonyms", "通俗说法", codes=(NOTHING,), checks=(check,))
