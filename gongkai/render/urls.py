"""Ids → addresses and output paths. The only module that makes either; addresses are stable for ever.

An address is absolute within the site (`/rules/a-1/`), without the prefix under which the site may be served;
`href` turns it into the relative link that a page carries.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import quote, urlsplit

HOME = "/"
RULES = "/rules/"
ISSUERS = "/rules/issuer/"
CITED = "/rules/cited/"
EXPIRING = "/rules/expiring/"
REVIEWS = "/reviews/"
ORGANS = "/organs/"
FIELDS = "/fields/"
CARDS = "/cards/"
EXPLAINERS = "/explainers/"
ABOUT = "/about/"
SEARCH = "/search/"
FACTS = "/search/facts.json"
FOLDING = "/search/folding.json"
SITE_MAP = "/sitemap/"
FAVOURITES = "/favourites/"
SITEMAP_XML = "/sitemap.xml"
WEB_CONFIG = "/web.config"
ROBOTS = "/robots.txt"
NOT_FOUND = "/404.html"


def record(kind: str, id: str) -> str:
    """The page of one record."""
    return f"/{kind}s/{id}/"


def version(id: str, day: str) -> str:
    """An earlier text of a document, by the day from which it was in force."""
    return f"{record('rule', id)}v/{day}/"


def comparison(id: str, old: str, new: str) -> str:
    """Two texts of a document beside each other: each by its day, or by the id of another record."""
    return f"{record('rule', id)}compare/{old}..{new}/"


def rules_of(facet: str, key: str) -> str:
    """A list of documents by `type`, `issuer` or `year`."""
    return f"/rules/{facet}/{key}/"


def row(field: str, id: str) -> str:
    """A row of a standard list: a place of the page of its field."""
    return f"{record('field', field)}#row-{id}"


def table(field: str, suffix: str) -> str:
    """The standard list of a field as a file, `csv` or `json`."""
    return f"{record('field', field)}{field}.{suffix}"


def cards_for(facet: str, key: str) -> str:
    """A list of explainer cards by `industry` or `audience`."""
    return f"{CARDS}{facet}/{key}/"


def column(organ: str, *, root: bool, section: str = "") -> str:
    """The disclosure column of an organ, or a section of it; that of the root organ stands at the top of the site."""
    base = "/zfxxgk/" if root else f"{record('organ', organ)}zfxxgk/"
    return f"{base}{section}/" if section else base


def issuer_key(name: str) -> str:
    """The key of an issuer that is no organ of the site: stable, and safe in an address, whatever the name."""
    return f"x-{sha256(name.encode()).hexdigest()[:10]}"


def paged(address: str, page: int) -> str:
    """A further page of a list; the first is the list itself."""
    return address if page == 1 else f"{address}page/{page}/"


def attachment(owner: str, name: str) -> str:
    """An attachment, beside the page of the record at `owner` that names it."""
    return f"{owner}files/{name}"


def copy(id: str, suffix: str) -> str:
    """A document as a file of another format, beside its page."""
    return f"{record('rule', id)}{id}.{suffix}"


def search_text(name: str) -> str:
    """The text of a part of a document, for excerpts; `name` is its hash."""
    return f"/search/text/{name}.json"


def search_index(shard: str, name: str) -> str:
    """A file of a shard of the search index."""
    return f"/search/index/{shard}/{name}"


def asset(name: str) -> str:
    """A file of the theme; `name` carries its hash."""
    return f"/assets/{name}"


def former(kind: str, alias: str) -> str:
    """The address that an alias keeps alive: an old path, or the page of an old id."""
    if alias.startswith("/"):
        return alias if alias.endswith("/") or "." in alias.rpartition("/")[2] else f"{alias}/"
    return record(kind, alias)


def output_path(address: str) -> str:
    """Where the bytes of an address go, relative to the site folder."""
    path = address.partition("#")[0].lstrip("/")
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def spoken(language: str, address: str) -> str:
    """`address` in `language`: a page lies below the name of its language ("" for the main one); files are shared."""
    return f"/{language}{address}" if language and is_page(address) else address


def searches(languages: Iterable[str]) -> tuple[str, ...]:
    """The search page in each of `languages` ("" for the main one)."""
    return tuple(spoken(language, SEARCH) for language in languages)


def is_page(address: str) -> bool:
    """Whether an address is that of a page and not of a file, such as 404.html or an attachment."""
    return address.partition("#")[0].endswith("/")


def href(page: str, target: str, *, file_links: bool = False) -> str:
    """The relative link from the page at `page` to `target` (which may end in `#anchor`), percent-encoded once."""
    path, mark, anchor = target.partition("#")
    here, there = page.split("/")[:-1], (path or page).split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    relative = "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"
    if file_links and relative.endswith("/"):
        relative += "index.html"
    return quote(relative, safe="/.-_~") + mark + quote(anchor, safe="-_.~")


def root(base_url: str | None) -> str:
    """The path under which the site is served, `/` when nothing says otherwise."""
    return urlsplit(base_url or "").path or HOME


def host(url: str) -> str:
    """The host of an address outside, in lower case; "" for what is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def absolute(base_url: str, address: str) -> str:
    """The address under the public root of the site, or under the path it is served at."""
    return base_url + quote(address.lstrip("/"), safe="/.-_~#")
