"""Planned pages → sitemap.xml (sitemaps.org protocol 0.9), split where a site outgrows one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
_XHTML = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_CLAIM = Mark("catalog.yaml")


Entry = tuple[str, tuple[tuple[str, str], ...]]
"""A full address, and the addresses of the page by language where a site has several."""


@dataclass(frozen=True, slots=True)
class SitemapView:
    """Pages or, with `index`, further sitemaps."""

    entries: tuple[Entry, ...]
    index: bool


def plan(settings: Settings, outputs: Sequence[Output]) -> Iterator[Output]:
    """sitemap.xml for every page but redirects and 404; nothing without `base_url`, which its addresses need.

    A page is listed in each of its languages, with all of them, itself among them, as search engines ask.
    """
    if not settings.base_url:
        return
    pages = [
        entry
        for output in outputs
        if isinstance(output.view, Page) and output.template not in ("redirect.html", "404.html")
        for entry in _listed(output.view)
    ]
    parts = [tuple(pages[n : n + LIMIT]) for n in range(0, len(pages), LIMIT)]
    if len(parts) == 1:
        yield _output(urls.SITEMAP_XML, SitemapView(parts[0], index=False))
        return
    names = [urls.SITEMAP_XML.replace(".xml", f"-{n}.xml") for n in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield _output(name, SitemapView(part, index=False))
    locations = tuple((urls.absolute(settings.base_url, name), ()) for name in names)
    yield _output(urls.SITEMAP_XML, SitemapView(locations, index=True))


def _listed(page: Page) -> Iterator[Entry]:
    versions = tuple((version.tag, version.url) for version in page.versions)
    yield from ((url, versions) for _, url in versions or (("", page.canonical),))


def _output(address: str, view: SitemapView) -> Output:
    return Output(urls.output_path(address), _CLAIM, view, write=write)


def write(view: SitemapView) -> bytes:
    """The XML of one file."""
    outer, inner = ("sitemapindex", "sitemap") if view.index else ("urlset", "url")
    schema = _SCHEMA + (_XHTML if any(versions for _, versions in view.entries) else "")
    rows = "".join(
        f"<{inner}><loc>{escape(location)}</loc>{''.join(_links(versions))}</{inner}>\n"
        for location, versions in view.entries
    )
    return f"{_HEAD}<{outer} {schema}>\n{rows}</{outer}>\n".encode()


def _links(versions: Iterable[tuple[str, str]]) -> Iterator[str]:
    for tag, url in versions:
        yield f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(url)}"/>'
