"""What each kind of page may weigh, gzipped as a server sends it (design of the theme: a phone on a slow line)."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

KB = 1024
STYLES, SCRIPTS, LIST = 12 * KB, 5 * KB, 25 * KB
RULE, ARTICLES, ARTICLE = 60 * KB, 100, 0.2 * KB
"""A document of up to `ARTICLES` articles, and what each further one adds."""

_LIST = re.compile(
    r"(?:rules/(?:(?:type|year|issuer)/.*)?(?:page/\d+/)?|organs/|fields/|cards/|explainers/)index\.html"
)
_RULE = re.compile(r"rules/(?!type/|year/|issuer/|page/|cited/|expiring/)[^/]+/index\.html")


@cache
def weight(file: Path) -> int:
    """Bytes of a file as they are sent."""
    return len(gzip.compress(file.read_bytes(), 6))


def heavy(site: Path) -> Iterator[str]:
    """Every page of a built site that is over its budget, and by what."""
    for file in sorted(site.rglob("*.html")):
        page, text = file.relative_to(site).as_posix(), file.read_text("utf-8")
        links = re.findall(r'(?:href|src)="([^":]+\.(?:css|js))"', text)
        loaded = {link: (file.parent / link).resolve() for link in links}
        if not page.endswith("404.html"):
            styles = sum(weight(one) for link, one in loaded.items() if link.endswith(".css"))
            scripts = sum(weight(one) for link, one in loaded.items() if link.endswith(".js"))
            if styles > STYLES:
                yield f"{page}: styles {styles} > {STYLES}"
            if scripts > SCRIPTS and not page.endswith("search/index.html"):
                yield f"{page}: scripts {scripts} > {SCRIPTS}"
        if _LIST.fullmatch(page) and weight(file) > LIST:
            yield f"{page}: list {weight(file)} > {LIST}"
        if _RULE.fullmatch(page):
            more = max(0, len(re.findall(r'<p id="art-[\d-]+(?:_\d+)?" class="article', text)) - ARTICLES)
            if weight(file) > RULE + more * ARTICLE:
                yield f"{page}: document {weight(file)} > {RULE + more * ARTICLE:.0f}"
