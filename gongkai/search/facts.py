"""What can be found → the facts table: one place a document in each column, for filters, counts, sort and 有效性.

Pagefind finds and nothing else: its filters and sort keys differ from run to run and drop documents without the key.
Columns, because 1,000 documents then take 46 KB gzipped instead of the 64 KB of rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from gongkai.base.fields import Choice, Moment
from gongkai.model.disclosure import Form
from gongkai.model.record import Item
from gongkai.model.row import field_of
from gongkai.render.site import Site
from gongkai.render.states import names
from gongkai.search.documents import Found

FACETS = ("kind", "type", "issuer", "level", "topic", "field", "audience", "region")
"""Facets whose values are numbered in the table. The year is in the date; 有效性 is worked out for the reader's day."""


class Table:
    """Columns of equal length, and the values of the facets in the order of their numbers."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.values: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        self.columns: dict[str, list[Any]] = {}
        self.fields: dict[tuple[str, str], list[str]] = {}
        for field in site.fields:
            for item in (field, *(item for items in site.related(field).values() for item in items)):
                self.fields.setdefault(item.key, []).append(field.record.name)

    def add(self, found: Found, shard: int, parts: Sequence[str | tuple[str, str]]) -> None:
        """A document of the shard of that number. `parts` are the ids of its parts, each the name of a file of text.

        Where that is the name of another's, the part has a name of its own beside its id.
        """
        record = found.item.record
        cells = {
            "address": found.address,
            "title": found.title,
            "number": getattr(record, "doc_no", None) or "",
            "published": _day(record, "published"),
            "effective": _day(record, "effective"),
            "life": self._life(found.item),
            "shard": shard,
            "parts": parts,
        }
        for facet in FACETS:
            cells[facet] = _short([self._number(facet, value) for value in self._facet(facet, found.item)])
        for name, cell in cells.items():
            self.columns.setdefault(name, []).append(cell)

    def as_json(self, shards: list[str], synonyms: dict[str, list[str]], holders: str) -> str:
        """The table with the folders of the index, the words that lead to others, and the file of who holds those."""
        table = {
            "zone": self.site.settings.timezone,
            "states": json.loads(names(self.site.theme.words)),
            "shards": shards,
            "synonyms": synonyms,
            "holders": holders,
            "facets": {facet: list(names) for facet, names in self.values.items()},
            "columns": self.columns,
        }
        return json.dumps(table, ensure_ascii=False, separators=(",", ":"))

    def _life(self, item: Item) -> str:
        """As `render.states.code` writes it; "" for what is no document, or may be seen in part only."""
        badge = self.site.badge(item) if item.kind == "rule" else None
        return badge.life if badge else ""

    def _number(self, facet: str, value: str) -> int:
        return self.values[facet].setdefault(value, len(self.values[facet]))

    def _facet(self, facet: str, item: Item) -> list[str]:
        record, site = item.record, self.site
        if facet == "kind":
            return [site.theme.words.get(f"kind_{item.kind}", item.kind)]
        if facet == "issuer":
            texts = getattr(record, "issuers", ()) or (item.organ,)
            return [site.issuer(text).text for text in texts if text != "common"]
        if site.form(item) is not Form.FULL:
            return []
        if facet in ("field", "audience"):
            texts = getattr(record, f"{facet}s", None) or ()
            if item.kind == "row":
                texts = (field_of(item),) if facet == "field" else ()
            named = [found.record.name for text in texts if (found := site.catalog.find(facet, text))]
            return list(dict.fromkeys([*named, *self.fields.get(item.key, ())])) if facet == "field" else named
        if facet == "type" and item.kind != "rule":
            return []
        value = getattr(record, facet, None)
        if isinstance(value, Choice):
            return [site.theme.words.get(f"{facet}.{value.value}", value.label)]
        return [value] if value else []


def _short(numbers: list[int]) -> int | list[int] | None:
    """No value, one or several: most documents have one, and need no list."""
    return numbers if len(numbers) > 1 else numbers[0] if numbers else None


def _day(record: Any, name: str) -> str:
    value = getattr(record, name, None)
    if isinstance(value, Moment):
        value = value.day
    return str(value) if isinstance(value, date) else ""
