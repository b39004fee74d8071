"""A theme → the same theme with the place of every element in it, for faults of built pages. Start with `traced`.

An element that a template writes gets an attribute that says where it stands; one without it comes from a text. Pages
of a traced theme are only looked at, never published.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from gongkai.base.problems import Mark
from gongkai.render.theme import Recipe, Theme

ATTRIBUTE = "data-gongkai-at"

_TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[A-Za-z][\w-]*", re.DOTALL)
"""What stands between tags of Jinja is no element: `{% if a<b %}`."""


@lru_cache(maxsize=1)
def traced(recipe: Recipe) -> Theme:
    """The theme of `recipe`, of which every element knows its place."""
    numbered = enumerate(recipe.templates)
    told = tuple((name, file, _TAG.sub(partial(_told, n, source), source)) for n, (name, file, source) in numbered)
    return Theme(replace(recipe, templates=told))


def _told(number: int, source: str, found: re.Match[str]) -> str:
    if not found[0].startswith("<"):
        return found[0]
    line = source.count("\n", 0, found.start()) + 1
    column = found.start() - source.rfind("\n", 0, found.start())
    return f'{found[0]} {ATTRIBUTE}="{number}:{line}:{column}:{len(found[0])}"'


def place(recipe: Recipe, told: str) -> Mark:
    """The place that an attribute names."""
    number, line, column, length = map(int, told.split(":"))
    return Mark(path_of(recipe.templates[number][1]), line, column, length)


def start(recipe: Recipe, template: str) -> Mark:
    """The beginning of a template, for what it lacks."""
    return Mark(path_of(next(file for name, file, _ in recipe.templates if name == template)))


def path_of(file: str) -> str:
    """How a problem calls the file of a template: `themes/own/templates/base.html`."""
    parts = Path(file).parts
    at = max(n for n, part in enumerate(parts) if part == "templates")
    return "/".join(["themes", *parts[at - 1 :]])
