"""The source of a template → its code and the templates that it names. Start with `Templates`.

A source is parsed once in a process, for both: of the 0.9 s that a site of a few documents took, 0.4 s were a second
parsing. A process that builds again, as `serve` does, parses only what has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import CodeType
from typing import Any

import jinja2
from jinja2 import meta, nodes

from gongkai.render.filters import FILTERS

Source = tuple[str, str]
"""The text of a template and the file that it stands in."""

_HOW: dict[str, Any] = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}

_GRAMMAR = jinja2.Environment(**_HOW)
_GRAMMAR.filters |= FILTERS


class Templates(jinja2.Environment):
    """The templates that `find` gives by name; a value that a view does not have is an error."""

    def __init__(self, find: Callable[[str], Source | None]) -> None:
        def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
            found = find(name)
            return (*found, lambda: True) if found else None

        super().__init__(loader=jinja2.FunctionLoader(load), undefined=jinja2.StrictUndefined, **_HOW)
        self.globals.clear()
        self.filters |= FILTERS

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *_: Any) -> CodeType:  # type: ignore[override]
        """The code of a template, which depends on its text, its name and its file alone."""
        return _code(source, name, filename)


@lru_cache(maxsize=512)
def named(source: Source, name: str) -> frozenset[str | None]:
    """The templates that a template extends and includes; None for one that is chosen by a variable."""
    return frozenset(meta.find_referenced_templates(_tree(source[0], name, source[1])))


@lru_cache(maxsize=512)
def _tree(text: str, name: str | None, file: str | None) -> nodes.Template:
    return _GRAMMAR.parse(text, name, file)


@lru_cache(maxsize=512)
def _code(text: str, name: str | None, file: str | None) -> CodeType:
    return _GRAMMAR.compile(_tree(text, name, file), name, file)
