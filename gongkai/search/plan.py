"""The public catalog → every file of the search: index, facts table, synonyms and the texts of excerpts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from gongkai.base.problems import Mark
from gongkai.base.project import Project
from gongkai.model import disclosure
from gongkai.model.catalog import Catalog
from gongkai.render import urls
from gongkai.render.output import Copied, Output, copy
from gongkai.render.site import Site
from gongkai.render.theme import Theme
from gongkai.search import index, synonyms
from gongkai.search.analyze import folding
from gongkai.search.bodies import Bodies
from gongkai.search.documents import Line, read
from gongkai.search.facts import Table

CLAIM = Mark("catalog.yaml")


@dataclass(frozen=True, slots=True)
class Text:
    """A file of text."""

    text: str


def plan(catalog: Catalog, theme: Theme, project: Project) -> Iterator[Output]:
    """The files of the search. Indexes on the way what was not indexed before; raises `index.IndexFault`."""
    site = Site(disclosure.public(catalog), theme)
    bodies = Bodies(project.state)
    found = list(read(site, bodies))
    bodies.keep()
    leads = synonyms.leads(site.catalog)
    shards = index.build(
        found, project.state / "search", site.settings.search_memory * 1024 * 1024, synonyms.words(leads)
    )
    table = Table(site)
    texts: dict[str, str] = {}
    places = {document: number for number, shard in enumerate(shards) for document in shard.documents}
    for document, one in enumerate(found):
        ids = shards[places[document]].ids
        parts = [_name(texts, ids[document, part], _json(lines)) for part, lines in enumerate(one.parts)]
        table.add(one, places[document], parts)
    holders = json.dumps(synonyms.holders(leads, shards), separators=(",", ":"), ensure_ascii=False)
    # Named by its content: it holds numbers of documents, and must be of the same build as the table that names it.
    texts[name := sha256(holders.encode()).hexdigest()[:16]] = holders
    yield _file(urls.FACTS, table.as_json([shard.name for shard in shards], leads, name))
    # One string of pairs: a third of the bytes of an object with 3,900 keys.
    yield _file(urls.FOLDING, json.dumps("".join(one + other for one, other in folding().items()), ensure_ascii=False))
    for name, text in texts.items():
        yield _file(urls.search_text(name), text)
    for shard in shards:
        for file in sorted((shard.folder / "index").iterdir()):
            status = file.stat()
            path = urls.output_path(urls.search_index(shard.name, file.name))
            yield Output(path, CLAIM, Copied(file, status.st_size, status.st_mtime_ns), write=copy)


def _name(texts: dict[str, str], id: str, text: str) -> str | tuple[str, str]:
    """Files a text under the id of its part. Ids are hashes of 28 bits: two shards may use one for different texts."""
    name = id
    while texts.setdefault(name, text) != text:
        name += "_"
    return id if name == id else (id, name)


def _json(lines: tuple[Line, ...]) -> str:
    return json.dumps([[line.anchor, line.text] for line in lines], ensure_ascii=False, separators=(",", ":"))


def _file(address: str, text: str) -> Output:
    return Output(urls.output_path(address), CLAIM, Text(text), write=write)


def write(view: Any) -> bytes:
    """The bytes of a text."""
    return bytes(view.text.encode())
