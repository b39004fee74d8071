"""Old addresses (`aliases`) → small pages that lead to the new one, on any web server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.model.record import Titled
from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.site import Site
from gongkai.render.views import Link


@dataclass(frozen=True, slots=True)
class RedirectView:
    """Where a record has moved to."""

    target: Link


def plan(site: Site) -> Iterator[Output]:
    """A page at every alias of every published record. The aliases of an organ or a term are names."""
    for item in site.catalog.items.values():
        aliases = item.record.aliases if isinstance(item.record, Titled) else ()
        for position, alias in enumerate(aliases):
            address = urls.former(item.kind, alias)
            view = RedirectView(site.link(item))
            claim = item.mark("aliases", position)
            yield site.output("redirect.html", address, item.record.heading, view, claim=claim)
