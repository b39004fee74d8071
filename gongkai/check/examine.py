"""A project → every problem, without building. Start with `examine`: the verbs of `pipeline`, then the duties."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gongkai.base.problems import Faulty, Problem, arrange
from gongkai.base.project import Project
from gongkai.check import families, memory
from gongkai.check.built import Built
from gongkai.model.catalog import Catalog, load
from gongkai.pipeline import Options, plan
from gongkai.read.walk import Documents, read


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found, most severe first, in what."""

    documents: Documents
    catalog: Catalog
    problems: tuple[Problem, ...]
    stopping: frozenset[Problem]
    """The errors for which a build would refuse to write anything."""

    @property
    def sources(self) -> Mapping[str, str]:
        """Path → text of what the problems quote."""
        return self.documents.sources


def examine(project: Project, options: Options, touched: Collection[str] | None = None) -> Examined:
    """Every problem of `project`. With `touched` pages are made only of those files; all else is looked at as ever."""
    documents = read(project)
    catalog = load(documents, options.day, options.base_url)
    theme, outputs, found = plan(catalog, project)
    with memory.remembering(project, whole=touched is None) as known:
        gates = [problem for gate in families.gates(known) for problem in gate(catalog)]
        duties = [problem for check in families.duties(known) for problem in check(catalog)]
        pages, broken = _look(Built(outputs, theme, known, families.on_page()), touched, options.jobs)
    stopping = [*catalog.problems, *found, *gates, *broken]
    return Examined(
        documents,
        catalog,
        arrange([*stopping, *duties, *pages]),
        frozenset(problem for problem in stopping if problem.severity == "error"),
    )


def _look(built: Built, touched: Collection[str] | None, jobs: int) -> tuple[list[Problem], tuple[Problem, ...]]:
    """What is wrong on the pages, and what is wrong with a template that makes them: nothing more can be seen then."""
    if not any((*families.on_page(), *families.across())):
        return [], ()
    try:
        pages = built.pages(lambda output: touched is None or output.claim.path in touched, jobs)
        across = [problem for facts in pages for check in families.across() for problem in check(facts, built)]
    except Faulty as faulty:
        return [], faulty.problems
    return [*(problem for facts in pages for problem in facts.problems), *across], ()
