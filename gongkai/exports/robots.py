"""Settings → robots.txt: everything may be read, and where the sitemap lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.base.problems import Mark
from gongkai.base.settings import Settings
from gongkai.render import urls
from gongkai.render.output import Output


@dataclass(frozen=True, slots=True)
class RobotsView:
    """The full address of the sitemap, "" without `base_url`."""

    sitemap: str


def plan(settings: Settings, outputs: Sequence[Output]) -> Iterator[Output]:
    """robots.txt."""
    base = settings.base_url
    view = RobotsView(urls.absolute(base, urls.SITEMAP_XML) if base else "")
    yield Output(urls.output_path(urls.ROBOTS), Mark("catalog.yaml"), view, write=write)


def write(view: RobotsView) -> bytes:
    """The text of the file; without `base_url` it says why no sitemap is named."""
    last = f"Sitemap: {view.sitemap}" if view.sitemap else "# catalog.yaml 没有写 base_url，所以没有 sitemap.xml"
    return f"User-agent: *\nAllow: /\n{last}\n".encode()
