"""The catalog + the theme → every page that will exist. Start with `pages`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from importlib import import_module
from pathlib import PurePosixPath
from types import ModuleType

from gongkai.model import column, disclosure
from gongkai.model.catalog import Catalog
from gongkai.model.kinds import KINDS, place
from gongkai.model.record import Kind
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


def pages(catalog: Catalog, theme: Theme, seen: Collection[str] | None = None) -> Iterator[Output]:
    """Every page and attachment of what is public on the catalog's day.

    Each kind of content is planned by the module of its name in `render.pages`. Pages are planned anew in every
    further language of the site; files are there once, and pages of all languages lead to them. With `seen` a
    document whose file is not among them only claims its paths (`Output.whole`): nine tenths of planning are views.
    """
    site = Site(disclosure.public(catalog), theme, seen=seen)
    yield from _planned(site)
    for language in site.settings.tongues[1:]:
        yield from (output for output in _planned(site.speaking(language)) if output.template and _has_version(output))


def authentic(planned: list[Output]) -> list[Output]:
    """What other formats are made of: the pages of the main language, and the files."""
    return [output for output in planned if not (isinstance(output.view, Page) and output.view.chrome.below)]


def _planned(site: Site) -> Iterator[Output]:
    for kind in KINDS:
        if kind.pages:
            yield from _module(kind).plan(site)
    for plan in _FURNITURE:
        yield from plan(site)


def _has_version(output: Output) -> bool:
    return urls.is_page(output.view.address)


def again(site: Site, output: Output) -> Output | None:
    """A page planned anew, without all the others; None for a list or a file, which need as long as everything."""
    if not isinstance(output.view, Page):
        return None
    for language in site.settings.tongues:
        if language.value == output.view.chrome.language:
            spoken = site if language is site.language else site.speaking(language)
            return next((page for page in _likely(spoken, output) if page.path == output.path), None)
    return None


def _likely(site: Site, output: Output) -> Iterator[Output]:
    """The pages among which that of `output` is to be found: few, and planned one by one."""
    if output.template == "home.html":
        yield from home.plan(site)
        return
    for kind in _kinds(output):
        module, item = _module(kind), site.catalog.items.get((kind.name, PurePosixPath(output.path).parent.name))
        if not hasattr(module, "page"):
            yield from module.plan(site)
        elif item:
            yield module.page(site, item)


def _kinds(output: Output) -> list[Kind]:
    """The kinds whose planners may have made a page: by its address, and by the file that it is made of."""
    by_file, address = place(output.claim.path), output.view.address
    here = [kind for kind in KINDS if address.startswith(urls.record(kind.name, "").removesuffix("/"))]
    return [kind for kind in [*here, *([by_file[0], column.KIND] if by_file else [])] if kind.pages]


def _module(kind: Kind) -> ModuleType:
    return import_module(f"gongkai.render.pages.{kind.name}")
