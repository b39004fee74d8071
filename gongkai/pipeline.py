"""A project → its site, in five verbs: read, load, plan, render, write. Read this first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongkai.base.problems import Problem, refuse
from gongkai.base.project import Project
from gongkai.base.settings import CopyFormat
from gongkai.exports import jsonld, markdown, plaintext, printed, robots, sitemap, tables, tools, webconfig
from gongkai.exports.documents import claims
from gongkai.model.catalog import Catalog, load
from gongkai.publish.ledger import Ledger, mark, reason
from gongkai.publish.program import program
from gongkai.publish.store import keep
from gongkai.publish.write import Rendered, Written, open_site, write
from gongkai.read.shelf import shelved
from gongkai.read.walk import Documents, read
from gongkai.render import press, urls
from gongkai.render.output import Output, clashes
from gongkai.render.plan import authentic, pages
from gongkai.render.theme import Theme, find
from gongkai.search.plan import plan as index

Gate = Callable[[Catalog], Iterable[Problem]]
"""A duty that the content must meet; an error from one means that nothing is written."""

EXPORTS = (
    sitemap.plan,
    robots.plan,
    webconfig.plan,
    tables.plan,
    plaintext.plan,
    markdown.plan,
    jsonld.plan,
    printed.plan,
    claims,
)
"""The machine formats, each planned from the pages."""


Progress = Callable[..., Iterable[Any]]
"""Told of a long step: its name, its pieces of work, the seconds that one takes. Gives them back one by one."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a command asks of a build: its day, a public root, all anew, with search or without, whom to tell.

    `downloads` is True for Word and PDF, False for neither, None for what the site asks for; in a `preview` what this
    machine cannot make is left out with a warning. Pages are made in `jobs` processes, or by an `executor` of the
    caller. What was read `before` and has not changed is not read again. `heed` is asked between two pieces of work
    and may raise to give the build up: nothing is written then.
    """

    day: date | None = None
    base_url: str | None = None
    clean: bool = False
    search: bool = True
    downloads: bool | None = None
    preview: bool = False
    jobs: int = 1
    executor: Executor | None = None
    progress: Progress = lambda step, work, each=0.0: work
    why: Callable[[str, str], None] = lambda path, reason: None
    before: Documents | None = None
    heed: Callable[[], None] = lambda: None
    index: Sequence[Output] | None = None
    """The files of the search where the caller has them made; while it has none those of the last build stay."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, what it read, the catalog it showed, the warnings it had, and every file that it planned.

    It is `whole` unless this machine could not make something that the site asks for.
    """

    written: Written
    documents: Documents
    catalog: Catalog
    warnings: tuple[Problem, ...]
    theme: Theme
    outputs: list[Output]
    whole: bool = True


def build(project: Project, options: Options, gates: Iterable[Gate] = ()) -> Built:
    """Makes `project.site` what the content says. Raises `Faulty` with every problem, having written nothing."""
    open_site(project)
    documents = read(project, options.before) if options.clean or options.before else recall(project)
    asked = printing(load(documents, options.day, options.base_url), options.downloads)
    catalog = tools.possible(asked) if options.preview else asked
    theme, outputs, found = plan(catalog, project, options.heed)
    machine = tools.lacking(asked, outputs, preview=options.preview)
    breaches = (problem for gate in gates for problem in gate(catalog))
    warnings = refuse([*catalog.problems, *found, *machine, *breaches])
    if options.search:
        outputs += index(catalog, theme, project) if options.index is None else options.index
    outputs = keep(outputs, theme, project, options.progress)
    files = render(outputs, theme, project, options)
    return Built(write(files, project), documents, catalog, warnings, theme, outputs, whole=catalog is asked)


def recall(project: Project) -> Documents:
    """`read`, with the heads of unchanged files as an earlier command parsed them: 0.4 s instead of 1.0 for 3,000."""
    with shelved(project.state / "parsed.bin", program()) as shelf:
        return read(project, shelf=shelf)


def printing(catalog: Catalog, downloads: bool | None) -> Catalog:
    """The catalog of a site that asks for Word and PDF, or for neither, or for what it says."""
    if downloads is None:
        return catalog
    formats = tuple(CopyFormat) if downloads else ()
    return replace(catalog, settings=catalog.settings.model_copy(update={"downloads": formats}))


def plan(
    catalog: Catalog, project: Project, heed: Callable[[], None] = lambda: None, seen: Collection[str] | None = None
) -> tuple[Theme, list[Output], list[Problem]]:
    """Every file that will exist, each claimed once, in the order of their paths. For `seen` see `render.plan`."""
    settings = catalog.settings
    theme, unknown = find(project, settings.theme, settings.accent, settings.tongues)
    planned = []
    for output in pages(catalog, theme, seen):
        planned.append(output)
        heed()
    exported = [output for export in EXPORTS for output in export(settings, authentic(planned))]
    outputs, doubled = clashes([*planned, *exported])
    return theme, outputs, [*unknown, *doubled]


def render(outputs: list[Output], theme: Theme, project: Project, options: Options) -> Iterator[Rendered]:
    """Each file as it comes: from the last build where its fingerprint is the same, else made now."""
    ledger = Ledger(project, {}) if options.clean else Ledger.open(project)
    marked = []
    for output in outputs:
        marked.append((output.path, mark(output, theme)))
        options.heed()
    kept = [ledger.unchanged(path, fingerprint) for path, fingerprint in marked]
    stale = [output for output, made in zip(outputs, kept, strict=True) if made is None]
    with press.crew(len(stale), options.jobs, options.executor) as executor:
        fresh = press.make(stale, theme, executor)
        for (path, fingerprint), made in options.progress("生成页面", list(zip(marked, kept, strict=True))):
            options.heed()
            if made is None:
                options.why(path, reason(ledger.made.get(path), fingerprint))
            yield Rendered(path, fingerprint, None if made else next(fresh), made)
    if options.search and options.index is not None and not options.index:
        for path, lying in ledger.below(urls.SEARCH.removeprefix("/"), {path for path, _ in marked}):
            yield Rendered(path, lying.fingerprint, None, lying)
