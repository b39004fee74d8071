"""Settings → web.config, so that IIS serves the site as any other server does: file types, 404 page, headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.base.problems import Mark
from gongkai.base.settings import Settings
from gongkai.render import urls
from gongkai.render.output import Output

TYPES = {".json": "application/json", ".bin": "application/octet-stream", ".svg": "image/svg+xml"}
"""File types of the site that an IIS may not know; it answers 404 for those."""


@dataclass(frozen=True, slots=True)
class ConfigView:
    """The address of the page for what is not there."""

    not_found: str


def plan(settings: Settings, outputs: Sequence[Output]) -> Iterator[Output]:
    """web.config at the top of the site; other servers pass it over."""
    root = urls.root(settings.base_url)
    view = ConfigView(urls.absolute(root, urls.NOT_FOUND))
    yield Output(urls.output_path(urls.WEB_CONFIG), Mark("catalog.yaml"), view, write=write)


def write(view: ConfigView) -> bytes:
    """The XML of the file."""
    types = "".join(
        f'<remove fileExtension="{suffix}"/><mimeMap fileExtension="{suffix}" mimeType="{kind}"/>\n'
        for suffix, kind in TYPES.items()
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<configuration><system.webServer>
<defaultDocument><files><clear/><add value="index.html"/></files></defaultDocument>
<staticContent>
{types}</staticContent>
<httpErrors errorMode="Custom"><remove statusCode="404"/>
<error statusCode="404" path="{view.not_found}" responseMode="ExecuteURL"/></httpErrors>
<httpProtocol><customHeaders><add name="X-Content-Type-Options" value="nosniff"/></customHeaders></httpProtocol>
</system.webServer></configuration>
""".encode()
