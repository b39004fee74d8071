"""The catalog + the theme → every page that will exist. Start with `pages`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from gongkai.model import disclosure
from gongkai.model.catalog import Catalog
from gongkai.model.kinds import KINDS
from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.pages import cited, comparison, expiring, furniture, home, redirects, rule_lists, versions
from gongkai.render.site import Site
from gongkai.render.theme import Theme
from gongkai.render.views import Page

_FURNITURE: tuple[Callable[[Site], Iterator[Output]], ...] = (
    home.plan,
    rule_lists.plan,
    cited.plan,
    expiring.plan,
    versions.plan,
    comparison.plan,
    redirects.plan,
    furniture.plan,
)


def pages(catalog: Catalog, theme: Theme) -> Iterator[Output]:
    """Every page and attachment of what is public on the catalog's day.

    Each kind of content is planned by the module of its name in `render.pages`. Pages are planned anew in every
    further language of the site; files are there once, and pages of all languages lead to them.
    """
    site = Site(disclosure.public(catalog), theme)
    yield from _planned(site)
    for language in site.settings.tongues[1:]:
        yield from (output for output in _planned(site.speaking(language)) if output.template and _has_version(output))


def authentic(planned: list[Output]) -> list[Output]:
    """What other formats are made of: the pages of the main language, and the files."""
    return [output for output in planned if not (isinstance(output.view, Page) and output.view.chrome.below)]


def _planned(site: Site) -> Iterator[Output]:
    for kind in KINDS:
        if kind.pages:
            yield from import_module(f"gongkai.render.pages.{kind.name}").plan(site)
    for plan in _FURNITURE:
        yield from plan(site)


def _has_version(output: Output) -> bool:
    return urls.is_page(output.view.address)
