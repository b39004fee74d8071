"""Settings → web.config, so that IIS serves the site as any other server does: file types, 404 page, headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from gongkai.base.problems import Mark
from gongkai.base.settings import Settings
from gongkai.exports.policy import POLICY, SEARCH_POLICY
from gongkai.render import urls
from gongkai.render.output import Output

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".bin": "application/octet-stream",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".sha256": "text/plain; charset=utf-8",
    ".ofd": "application/ofd",
    ".wps": "application/octet-stream",
    ".et": "application/octet-stream",
    ".dps": "application/octet-stream",
    ".rar": "application/octet-stream",
    ".7z": "application/octet-stream",
}
"""File types that an IIS may not know (it answers 404 for those) or sends without saying that they are UTF-8."""


@dataclass(frozen=True, slots=True)
class ConfigView:
    """The policies of ordinary pages and of the search pages, and the files of those."""

    policy: str
    search_policy: str
    searches: tuple[str, ...]


def plan(settings: Settings, outputs: Sequence[Output]) -> Iterator[Output]:
    """web.config at the top of the site; other servers pass it over."""
    searches = urls.searches(language.below for language in settings.tongues)
    view = ConfigView(POLICY, SEARCH_POLICY, tuple(map(urls.output_path, searches)))
    yield Output(urls.output_path(urls.WEB_CONFIG), Mark("catalog.yaml"), view, write=write)


def write(view: ConfigView) -> bytes:
    """The XML of the file."""
    types = "\n".join(
        f"   <remove fileExtension={quoteattr(suffix)}/><mimeMap fileExtension={quoteattr(suffix)}"
        f" mimeType={quoteattr(kind)}/>"
        for suffix, kind in TYPES.items()
    )
    searches = "".join(
        f""" <location path="{path}"><system.webServer><httpProtocol><customHeaders>
  <remove name="Content-Security-Policy"/>
  <add name="Content-Security-Policy" value={quoteattr(view.search_policy)}/>
 </customHeaders></httpProtocol></system.webServer></location>
"""
        for path in view.searches
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<configuration>
 <system.webServer>
  <directoryBrowse enabled="false"/>
  <defaultDocument><files><clear/><add value="index.html"/></files></defaultDocument>
  <httpErrors errorMode="Custom" existingResponse="Replace">
   <remove statusCode="404"/><error statusCode="404" path="404.html" responseMode="File"/>
  </httpErrors>
  <staticContent>
   <clientCache cacheControlMode="DisableCache"/>
{types}
  </staticContent>
  <httpProtocol><customHeaders>
   <add name="Content-Security-Policy" value={quoteattr(view.policy)}/>
   <add name="X-Content-Type-Options" value="nosniff"/>
   <add name="Referrer-Policy" value="same-origin"/>
  </customHeaders></httpProtocol>
 </system.webServer>
{searches} <location path="assets"><system.webServer><staticContent>
  <clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00"/>
 </staticContent></system.webServer></location>
</configuration>
""".encode()
