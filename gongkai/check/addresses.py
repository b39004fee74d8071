"""A catalog → every address outside the site that somebody wrote, with its place. Start with `written`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.base.problems import Mark
from gongkai.check.texts import texts
from gongkai.model import links
from gongkai.model.catalog import Catalog
from gongkai.model.record import Item
from gongkai.read.typed import Typed

SCHEMES = ("http://", "https://")


def written(catalog: Catalog) -> Iterator[tuple[str, Mark]]:
    """Addresses in texts, in earlier texts, in fields and in the settings of a catalog, in the order of the files."""
    if catalog.written:
        yield from _in_fields(catalog.written)
    for item in catalog.items.values():
        # What stands in a file of many records has the places of its own record.
        yield from _in_fields(item.source)
        yield from _in_body(item)
    for found in catalog.texts.values():
        for text in found:
            yield from _in_body(text.item)


def _in_fields(source: Typed[Any]) -> Iterator[tuple[str, Mark]]:
    for loc, text, _ in texts(source.record):
        if text.startswith(SCHEMES) and not text.split()[1:]:
            yield text, source.mark(*loc)


def _in_body(item: Item) -> Iterator[tuple[str, Mark]]:
    return ((href, mark) for _, href, mark in links.typed(item) if href.startswith(SCHEMES))
