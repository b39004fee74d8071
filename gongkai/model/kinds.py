"""The registry of content kinds: one line each. Start here to add one.

A kind is one file in `model/`, one of the same name in `render/pages/`, its templates, and its line below.
"""

from __future__ import annotations

from functools import lru_cache

from gongkai.model import (
    about,
    annual,
    card,
    column,
    explainer,
    field,
    guide,
    organ,
    regime,
    request,
    review,
    row,
    rule,
    synonym,
    term,
)
from gongkai.model.record import Kind

KINDS: tuple[Kind, ...] = (
    organ.KIND,
    rule.KIND,
    review.KIND,
    field.KIND,
    term.INDUSTRY,
    term.AUDIENCE,
    row.KIND,
    card.KIND,
    explainer.KIND,
    guide.KIND,
    regime.KIND,
    request.KIND,
    annual.KIND,
    column.KIND,
    about.KIND,
    synonym.KIND,
)

COMMON = "common"
"""The folder for what belongs to the government as a whole; no organ may have this name."""

BY_NAME = {kind.name: kind for kind in KINDS}


@lru_cache(maxsize=16384)
def place(path: str) -> tuple[Kind, str, str] | None:
    """The kind, organ and id that a path such as `content/education/rules/a-1.md` means; None when it has no place.

    A kind that is one file of an organ (organ.yaml) takes the id of the organ; the records of a file that holds many
    have ids of their own.
    """
    parts = path.split("/")
    if len(parts) < 3 or parts[0] != "content":
        return None
    organ, folder, file = parts[1], "/".join(parts[2:-1]), parts[-1]
    name, dot, suffix = file.rpartition(".")
    for kind in KINDS:
        if folder not in kind.folders or (kind.common and organ != COMMON):
            continue
        if file == kind.file:
            return (kind, organ, organ)
        if name and kind.file == f"*{dot}{suffix}":
            return (kind, organ, f"{organ}-{name}" if kind.of_organ else name)
    return None


def text_of(path: str) -> str:
    """The file of the record whose earlier text stands at `path` (rules/a-1/2022-05-01.md → rules/a-1.md), else ""."""
    folder, _, file = path.rpartition("/")
    owner = f"{folder}.md"
    return owner if file.endswith(".md") and (found := place(owner)) and found[0] is rule.KIND else ""


def path_of(kind: Kind, organ: str, id: str) -> str:
    """Where the file of a record stands: the inverse of `place`."""
    name = id.removeprefix(f"{organ}-") if kind.of_organ else id
    folder = COMMON if kind.common else organ
    return "/".join(part for part in ("content", folder, kind.folders[0], kind.file.replace("*", name)) if part)


def examples() -> list[str]:
    """Where files may stand, for hints."""
    return [path_of(kind, "机关", "*") for kind in KINDS]
