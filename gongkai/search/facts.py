"""What can be found → the facts table: one compact row a document, for filters, counts, sort and status.

Pagefind finds and nothing else: its filters and sort keys differ from run to run and drop documents without the key.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from gongkai.base.fields import Moment
from gongkai.model.disclosure import Form
from gongkai.model.record import Item
from gongkai.model.row import field_of
from gongkai.render.site import Site
from gongkai.search.documents import Found

FACETS = ("kind", "type", "issuer", "level", "topic", "field", "audience", "region", "year")
"""Facets whose values are numbered in the table; the state of validity is worked out for the reader's day."""


class Table:
    """Rows of `[address, title, number, dates, facets, parts]`, with each value of a facet written once.

    `dates` are 发布 and 施行, and the life of a document as `render.states.code` writes it.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.values: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        self.rows: list[list[Any]] = []

    def add(self, found: Found, parts: list[list[str]]) -> None:
        """A row; `parts` are pairs of a result id of Pagefind and the file with the text of the part."""
        record = found.item.record
        dates = [_day(record, "published"), _day(record, "effective"), self._life(found.item)]
        facets = [[self._number(facet, value) for value in self._facet(facet, found.item)] for facet in FACETS]
        number = getattr(record, "doc_no", None) or ""
        row = [found.address, found.title, number, dates, facets, parts]
        self.rows.append(row)

    def as_json(self, shards: list[str]) -> str:
        """The table: the folders of the index, the values of facets in the order of their numbers, then the rows."""
        values = {facet: list(names) for facet, names in self.values.items()}
        table = {"shards": shards, "facets": values, "rows": self.rows}
        return json.dumps(table, ensure_ascii=False, separators=(",", ":"))

    def _life(self, item: Item) -> str:
        badge = self.site.badge(item) if item.kind == "rule" else None
        return badge.life if badge else ""

    def _number(self, facet: str, value: str) -> int:
        return self.values[facet].setdefault(value, len(self.values[facet]))

    def _facet(self, facet: str, item: Item) -> list[str]:
        record, site = item.record, self.site
        if facet == "kind":
            return [site.theme.words.get(f"kind_{item.kind}", item.kind)]
        if facet == "year":
            return [str(record.published.day.year)] if record.published else []
        if facet == "issuer":
            texts = getattr(record, "issuers", ()) or (item.organ,)
            return [site.issuer(text).text for text in texts if text != "common"]
        if site.form(item) is not Form.FULL:
            return []
        if facet == "type":
            return [record.type.label] if item.kind == "rule" else []
        if facet in ("field", "audience"):
            texts = getattr(record, f"{facet}s", None) or ()
            if item.kind == "row":
                texts = (field_of(item),) if facet == "field" else ()
            return [found.record.name for text in texts if (found := site.catalog.find(facet, text))]
        value = getattr(record, facet, None)
        return [getattr(value, "label", value)] if value else []


def _day(record: Any, name: str) -> str:
    value = getattr(record, name, None)
    if isinstance(value, Moment):
        value = value.day
    return str(value) if isinstance(value, date) else ""
