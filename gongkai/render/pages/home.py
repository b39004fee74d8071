"""The catalog → the home page: search, the column, fields, cards by who you are, newest documents, organs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.pages import card, rule_lists
from gongkai.render.pages.column import SECTIONS
from gongkai.render.site import Late, Site
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
    column: Link
    sections: tuple[Link, ...]
    fields: tuple[Link, ...]
    audiences: tuple[tuple[Link, int], ...]
    as_of: str


def plan(site: Site) -> Iterator[Output]:
    """The home page."""
    settings, words = site.settings, site.theme.words
    tags = site.column(words["home"], settings.description or settings.name, words["column_home"], settings.name)
    yield site.output("home.html", urls.HOME, settings.name, Late(partial(_view, site)), tags=tags)


def _view(site: Site) -> HomeView:
    settings, words = site.settings, site.theme.words
    return HomeView(
        name=settings.name,
        description=settings.description or "",
        newest=tuple(site.card(item, site.catalog.day) for item in site.readable[:NEWEST]),
        total=len(site.documents),
        types=rule_lists.types(site),
        organs=tuple(site.link(item) for item in site.organs),
        column=Link(words["zfxxgk"], urls.column(settings.root, root=True)),
        sections=tuple(
            Link(words[f"section_{key}"], urls.column(settings.root, root=True, section=key))
            for key in SECTIONS[settings.column]
        ),
        fields=tuple(site.link(item) for item in site.fields),
        audiences=card.facet(site, "audience", "audiences"),
        as_of=str(site.catalog.day),
    )
