"""A project → every problem, without building. Start with `examine`: the verbs of `pipeline`, then the duties."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gongkai.base.problems import Faulty, Problem, arrange
from gongkai.base.project import Project
from gongkai.check import external, families, memory
from gongkai.check.asker import Asker
from gongkai.check.built import Built, Facts, spoken, told
from gongkai.check.external import Asked
from gongkai.model.catalog import Catalog, load
from gongkai.pipeline import Options, plan, recall
from gongkai.read.walk import Documents
from gongkai.render import trace
from gongkai.render.theme import Theme


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found, most severe first, in what."""

    documents: Documents
    catalog: Catalog
    theme: Theme
    problems: tuple[Problem, ...]
    stopping: frozenset[Problem]
    """The errors for which a build would refuse to write anything."""

    asked: Asked | None
    """What other sites were asked; None when nobody wanted it, or when the site cannot be built."""

    @property
    def sources(self) -> Mapping[str, str]:
        """Path → text of what the problems quote: the content, and the templates that show it."""
        templates = {trace.path_of(file): source for _, file, source in self.theme.recipe.templates}
        return {**templates, **self.documents.sources}


def examine(
    project: Project, options: Options, touched: Collection[str] | None = None, asker: Asker | None = None
) -> Examined:
    """Every problem of `project`. With `touched` pages are made only of those files; all else is looked at as ever.

    Without an `asker` nothing is asked of other sites.
    """
    documents = recall(project)
    catalog = load(documents, options.day, options.base_url)
    # Every page may be another when a theme is.
    seen = None if touched is None or any(path.startswith("themes/") for path in touched) else touched
    theme, outputs, found = plan(catalog, project, seen=seen)
    # What has a fault has no page, or another: that links lead nowhere and feet are empty would follow from it.
    sound = not any(problem.severity == "error" for problem in (*catalog.problems, *found))
    with memory.remembering(project, whole=sound and touched is None) as known:
        gates = [problem for gate in families.gates(known) for problem in gate(catalog)]
        duties = [problem for check in families.duties(known) for problem in check(catalog)]
        built = Built(catalog, outputs, theme, known, families.on_page())
        facts, pages, broken = _look(built, seen, options.jobs) if sound else ([], [], ())
    asked = external.examine(project, built, facts, asker) if asker and sound else None
    stopping = [*catalog.problems, *found, *gates, *broken]
    return Examined(
        documents,
        catalog,
        theme,
        arrange([*stopping, *duties, *pages, *(asked.problems if asked else ())]),
        frozenset(problem for problem in stopping if problem.severity == "error"),
        asked,
    )


def _look(
    built: Built, seen: Collection[str] | None, jobs: int
) -> tuple[list[Facts], list[Problem], tuple[Problem, ...]]:
    """The pages, what is wrong on them, and what is wrong with a template: nothing more can be seen then."""
    try:
        pages = built.pages(lambda output: seen is None or output.claim.path in seen, jobs)
        found = [(facts, problem) for facts in pages for problem in facts.problems]
        across = families.across()
        found += [(facts, problem) for facts in pages for check in across for problem in check(facts, built)]
    except Faulty as faulty:
        return [], [], faulty.problems
    return pages, told(spoken(found, built)), ()
