"""The catalog → the home page: search, the newest documents, types, organs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.pages import rule_lists
from gongkai.render.site import Site
from gongkai.render.views import Card, Group, Link

NEWEST = 10
"""Documents on the home page."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """What a citizen meets first. `as_of` is the day of the build."""

    name: str
    description: str
    newest: tuple[Card, ...]
    total: int
    types: Group
    organs: tuple[Link, ...]
    as_of: str


def plan(site: Site) -> Iterator[Output]:
    """The home page."""
    settings, words = site.settings, site.theme.words
    view = HomeView(
        name=settings.name,
        description=settings.description or "",
        newest=tuple(site.card(item) for item in site.readable[:NEWEST]),
        total=len(site.documents),
        types=rule_lists.types(site),
        organs=tuple(site.link(item) for item in site.organs),
        as_of=str(site.catalog.day),
    )
    tags = site.column(words["home"], settings.description or settings.name, words["column_home"], settings.name)
    yield site.output("home.html", urls.HOME, settings.name, view, tags=tags)
