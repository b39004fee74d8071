"""The synonyms of the catalog → which word leads to which, and the documents that contain each it leads to.

The browser tells exactly how many documents say 最低生活保障 without loading the index of the word: that would be five
times the bytes of a search for 低保.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.model.catalog import Catalog
from gongkai.search.analyze import normalise
from gongkai.search.index import Shard

Leads = dict[str, list[str]]
"""A word as it is compared → the words to search for as well."""


def leads(catalog: Catalog) -> Leads:
    """Every word of the list; with `both` also from the official word to the common one."""
    found: Leads = {}
    for item in catalog.of("synonym"):
        for official in item.record.official:
            _add(found, item.record.word, official)
            if item.record.both:
                _add(found, official, item.record.word)
    return found


def _add(found: Leads, word: str, other: str) -> None:
    others = found.setdefault(normalise(word), [])
    if other not in others:
        others.append(other)


def words(leads: Leads) -> list[str]:
    """Every word that another leads to, as it is compared."""
    return list(dict.fromkeys(normalise(word) for others in leads.values() for word in others))


def holders(leads: Leads, shards: Iterable[Shard]) -> dict[str, list[int]]:
    """The numbers of the documents that contain each word; a word that none contains is left out."""
    found: dict[str, set[int]] = {}
    for shard in shards:
        for word, documents in shard.holders.items():
            found.setdefault(word, set()).update(documents)
    return {word: sorted(found[word]) for word in words(leads) if found.get(word)}
