"""The catalog → the part of it that may be seen on its day. Start with `public`.

What is withheld, a draft or not yet published is taken out, and what may be seen only in part is cut down, before
any page is planned: a template cannot show what is not there.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from gongkai.base.problems import Mark
from gongkai.model.catalog import Catalog
from gongkai.model.form import Form, form
from gongkai.model.record import Item
from gongkai.model.references import Names
from gongkai.read.yaml import Mapping

__all__ = ["Form", "form", "public"]

_NOTICE = frozenset(
    [
        "id",
        "key",
        "title",
        "name",
        "item_l1",
        "item_l2",
        "item_l3",
        "kind",
        "level",
        "type",
        "type_label",
        "issuers",
        "doc_no",
        "index_no",
        "published",
        "disclosure",
    ]
)
"""What a record on request shows: its title, its number, its organ, and what kind of thing it is."""

_TOMBSTONE = frozenset(_NOTICE | {"withdrawn", "display_until", "aliases"})


def public(catalog: Catalog) -> Catalog:
    """The catalog without what may not be seen: hidden records are gone, others have only their visible part."""
    items = {}
    for key, item in catalog.items.items():
        shown = form(item.record, catalog.day)
        if shown is Form.FULL:
            items[key] = item
        elif shown is not Form.HIDDEN:
            items[key] = _cut(item, _NOTICE if shown is Form.NOTICE else _TOMBSTONE)
    full = {key for key, item in items.items() if item is catalog.items[key]}
    texts = {key: found for key, found in catalog.texts.items() if key in full}
    bodies = {text.item.key for found in texts.values() for text in found}
    return replace(
        catalog,
        items=MappingProxyType(items),
        names=Names(items.values()),
        references=tuple(ref for ref in catalog.references if ref.source in full),
        texts=MappingProxyType(texts),
        links=MappingProxyType({key: catalog.links[key] for key in full | bodies}),
    )


def _cut(item: Item, keep: frozenset[str]) -> Item:
    record = item.record
    fields = type(record).model_fields
    kept = {
        name: getattr(record, name) if name in keep else None
        for name, field in fields.items()
        if name in keep or field.is_required()
    }
    rest = type(record).model_construct(**kept)
    source = replace(item.source, record=rest, data=Mapping({}, Mark(item.path)))
    return replace(item, record=rest, body="", source=source)
