"""The catalog + the theme → every page that will exist. Start with `pages`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from gongkai.model import disclosure
from gongkai.model.catalog import Catalog
from gongkai.model.kinds import KINDS
from gongkai.render.output import Output
from gongkai.render.pages import cited, comparison, expiring, furniture, home, redirects, rule_lists, versions
from gongkai.render.site import Site
from gongkai.render.theme import Theme

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

    Each kind of content is planned by the module of its name in `render.pages`.
    """
    site = Site(disclosure.public(catalog), theme)
    for kind in KINDS:
        if kind.pages:
            yield from import_module(f"gongkai.render.pages.{kind.name}").plan(site)
    for plan in _FURNITURE:
        yield from plan(site)
