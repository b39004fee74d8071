"""Blocks, tables and docstrings → Markdown as the pages of the manual are written."""

from __future__ import annotations

import re
from collections.abc import Iterable

NOTE = "<!-- 本页由程序里的声明生成，请不要直接修改；用 python -m gongkai.edit.manual docs/reference 重新生成。 -->"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A pipe table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def prose(text: str) -> str:
    """A docstring as one line that Markdown shows as written."""
    return re.sub(r"([*<|])", r"\\\1", re.sub(r"\s*\n\s*", "", text.strip()))


def page(blocks: Iterable[str]) -> str:
    """Blocks with a blank line between them."""
    return "\n\n".join(blocks) + "\n"
