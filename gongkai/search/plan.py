"""The public catalog → every file of the search: index, facts table and the texts that excerpts are cut from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from gongkai.base.problems import Mark
from gongkai.base.project import Project
from gongkai.model import disclosure
from gongkai.model.catalog import Catalog
from gongkai.render import urls
from gongkai.render.output import Copied, Output, copy
from gongkai.render.site import Site
from gongkai.render.theme import Theme
from gongkai.search import index
from gongkai.search.analyze import folding
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
    found = list(read(site))
    shards = index.build(found, project.state / "search", site.settings.search_memory * 1024 * 1024)
    ids = {place: shard.ids[place] for shard in shards for place in shard.ids}
    table = Table(site)
    texts: dict[str, str] = {}
    for number, one in enumerate(found):
        parts = []
        for part, lines in enumerate(one.parts):
            name, text = _text(lines)
            texts[name] = text
            parts.append([ids[number, part], name])
        table.add(one, parts)
    yield Output(
        urls.output_path(urls.FACTS), CLAIM, Text(table.as_json([shard.name for shard in shards])), write=write
    )
    # One string of pairs: a third of the bytes of an object with 3,900 keys.
    pairs = "".join(one + other for one, other in folding().items())
    yield Output(urls.output_path(urls.FOLDING), CLAIM, Text(json.dumps(pairs, ensure_ascii=False)), write=write)
    for name, text in texts.items():
        yield Output(urls.output_path(urls.search_text(name)), CLAIM, Text(text), write=write)
    for shard in shards:
        for file in sorted((shard.folder / "index").iterdir()):
            status = file.stat()
            address = urls.search_index(shard.name, file.name)
            yield Output(urls.output_path(address), CLAIM, Copied(file, status.st_size, status.st_mtime_ns), write=copy)


def _text(lines: tuple[Line, ...]) -> tuple[str, str]:
    text = json.dumps([[line.anchor, line.text] for line in lines], ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:12], text


def write(view: Text) -> bytes:
    """The bytes of a text."""
    return view.text.encode()
