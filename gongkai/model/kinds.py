"""The registry of content kinds: one line each. Start here to add one.

A kind is one file in `model/`, one of the same name in `render/pages/`, its templates, and its line below.
"""

from __future__ import annotations

from gongkai.model import organ, rule
from gongkai.model.record import Kind

KINDS: tuple[Kind, ...] = (
    organ.KIND,
    rule.KIND,
)

BY_NAME = {kind.name: kind for kind in KINDS}


def place(path: str) -> tuple[Kind, str, str] | None:
    """The kind, organ and id that a path such as `content/education/rules/a-1.md` stands for; None when nothing does."""
    parts = path.split("/")[1:]
    if len(parts) < 2:
        return None
    organ_id, *rest = parts
    name, dot, suffix = rest[-1].rpartition(".")
    for kind in KINDS:
        if kind.folder is None and rest == [kind.file] and kind.name == "organ":
            return (kind, organ_id, organ_id)
        if kind.folder is not None and len(rest) == 2 and rest[0] == kind.folder:
            if name and f"*{dot}{suffix}" == kind.file:
                return (kind, organ_id, name)
    return None


def examples() -> list[str]:
    """Where files may stand, for hints."""
    return [
        f"content/机关/{kind.file}" if kind.folder is None else f"content/机关/{kind.folder}/{kind.file}"
        for kind in KINDS
    ]
