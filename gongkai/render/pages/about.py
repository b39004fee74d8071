"""common/about.md → the page about the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.prose import Prose
from gongkai.render.site import Site


@dataclass(frozen=True, slots=True)
class AboutView:
    """What the site is."""

    title: str
    text: Prose


def plan(site: Site) -> Iterator[Output]:
    """The page, where the site has one."""
    for item in site.shown("about")[:1]:
        view = AboutView(item.record.title, site.prose(item))
        tags = site.column(site.theme.words["about"], site.theme.words["about_about"], site.theme.words["column_map"])
        yield site.output("about.html", urls.ABOUT, view.title, view, claim=item.mark(), tags=tags)
        yield from site.copies(item)
