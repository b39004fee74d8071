"""Planned pages → sitemap.xml (sitemaps.org protocol 0.9), split where a site outgrows one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from gongkai.base.problems import Mark
from gongkai.base.settings import Settings
from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.views import Page

LIMIT = 50_000
"""Addresses in one file (sitemaps.org)."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_CLAIM = Mark("catalog.yaml")


@dataclass(frozen=True, slots=True)
class SitemapView:
    """Full addresses, of pages or, with `index`, of further sitemaps."""

    locations: tuple[str, ...]
    index: bool


def plan(settings: Settings, outputs: Sequence[Output]) -> Iterator[Output]:
    """sitemap.xml for every page but redirects and 404; nothing without `base_url`, which its addresses need."""
    if not settings.base_url:
        return
    pages = [
        output.view.canonical
        for output in outputs
        if isinstance(output.view, Page) and output.template not in ("redirect.html", "404.html")
    ]
    parts = [tuple(pages[n : n + LIMIT]) for n in range(0, len(pages), LIMIT)]
    if len(parts) == 1:
        yield _output(urls.SITEMAP_XML, SitemapView(parts[0], index=False))
        return
    names = [urls.SITEMAP_XML.replace(".xml", f"-{n}.xml") for n in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield _output(name, SitemapView(part, index=False))
    locations = tuple(urls.absolute(settings.base_url, name) for name in names)
    yield _output(urls.SITEMAP_XML, SitemapView(locations, index=True))


def _output(address: str, view: SitemapView) -> Output:
    return Output(urls.output_path(address), _CLAIM, view, write=write)


def write(view: SitemapView) -> bytes:
    """The XML of one file."""
    outer, inner = ("sitemapindex", "sitemap") if view.index else ("urlset", "url")
    rows = "".join(f"<{inner}><loc>{escape(location)}</loc></{inner}>\n" for location in view.locations)
    return f"{_HEAD}<{outer} {_SCHEMA}>\n{rows}</{outer}>\n".encode()
