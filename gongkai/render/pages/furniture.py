"""Settings and theme → the pages and files that every site has: search entry, favourites, site map, 404, assets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from gongkai.base.problems import Mark
from gongkai.base.settings import MAIN
from gongkai.render import states, urls
from gongkai.render.filters import VOCABULARIES, word
from gongkai.render.output import Output
from gongkai.render.pages import rule_lists
from gongkai.render.site import Late, Site
from gongkai.render.theme import asset_address
from gongkai.render.views import Group, Link


@dataclass(frozen=True, slots=True)
class SiteMapView:
    """Groups of links that together lead to every page."""

    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class FinderView:
    """The search page: lists that lead to everything without a script, the scripts, and their words as JSON."""

    groups: tuple[Group, ...]
    module: str
    script: str
    words: str


@dataclass(frozen=True, slots=True)
class Plain:
    """Nothing of its own: all that the page shows is its words and its frame."""


@dataclass(frozen=True, slots=True)
class FavouritesView:
    """Pages that a reader keeps on this device: a script finds them."""

    script: str


@dataclass(frozen=True, slots=True)
class AssetView:
    """A file of the theme."""

    data: str


def plan(site: Site) -> Iterator[Output]:
    """The search entry, the favourites, the HTML site map, 404.html, and the files of the theme."""
    words = site.theme.words
    about = words["search_about"]
    tags = site.column(words["search"], about, words["column_rules"])
    yield site.output("search.html", urls.SEARCH, words["search"], Late(partial(_finder, site)), tags=tags)
    tags = site.column(words["site_map"], words["site_map_about"], words["column_map"])
    yield site.output("sitemap.html", urls.SITE_MAP, words["site_map"], Late(partial(_map, site)), tags=tags)
    tags = site.column(words["favourites"], words["favourites_about"], words["column_map"])
    kept = FavouritesView(asset_address(site.theme, "favourites.js"))
    yield site.output("favourites.html", urls.FAVOURITES, words["favourites"], kept, tags=tags)
    yield site.output("404.html", urls.NOT_FOUND, words["not_found"], Plain())
    for name, asset in site.theme.assets.items():
        address = urls.asset(asset.name)
        claim = Mark(f"themes/{site.settings.theme}/assets/{name}")
        yield Output(urls.output_path(address), claim, AssetView(asset.data.decode("latin-1")), write=_asset)


def _lists(site: Site) -> tuple[Group, ...]:
    return (rule_lists.types(site), rule_lists.years(site), rule_lists.issuers(site))


def _map(site: Site) -> SiteMapView:
    words = site.theme.words
    organs = Group("organs", tuple((site.link(item), 0) for item in site.organs))
    pages = [*site.chrome.nav, Link(words["issuers"], urls.ISSUERS), Link(words["search"], urls.SEARCH)]
    pages += [Link(item.record.title, urls.ABOUT) for item in site.shown("about")[:1]]
    columns = Group("columns", tuple((link, 0) for link in pages))
    fields = Group("fields", tuple((site.link(item), 0) for item in site.fields))
    cards = Group("cards", tuple((site.link(item), 0) for item in site.shown("card")))
    return SiteMapView(tuple(group for group in (columns, organs, fields, cards, *_lists(site)) if group.links))


def _finder(site: Site) -> FinderView:
    said: dict[str, Any] = {
        key.removeprefix("finder_"): word for key, word in site.theme.words.items() if key.startswith("finder_")
    }
    if site.language is not MAIN:
        # The table of facts has the words of the main language: what it calls a state or a kind is said anew here.
        said |= {"states": json.loads(states.names(site.theme.words)), "names": _names(site)}
    return FinderView(
        _lists(site),
        asset_address(site.theme, "search.js"),
        asset_address(site.theme, "search-page.js"),
        json.dumps(said, ensure_ascii=False),
    )


def _names(site: Site) -> dict[str, str]:
    """What the main language calls kinds and vocabularies → what this one does, where that is another word."""
    main, own = site.theme.speaking(MAIN).words, site.theme.words
    said = {word: own[key] for key, word in main.items() if key.startswith("kind_")}
    for name in ("type", "level"):
        said |= {word(main, value.value, name): word(own, value.value, name) for value in VOCABULARIES[name]}
    said |= {item.record.name: site.called(item) for item in (*site.fields, *site.catalog.of("audience"))}
    return {one: other for one, other in said.items() if one != other}


def _asset(view: AssetView) -> bytes:
    return view.data.encode("latin-1")
