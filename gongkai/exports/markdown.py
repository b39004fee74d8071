"""Document pages → each document as Markdown that every CommonMark reader shows as it was typed.

Our own texts know seven kinds of markup; other readers know more, and would turn `1.` into a list or `*` into emphasis.
So every sign that means something there is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gongkai.base.settings import Settings
from gongkai.exports.documents import DocumentView, documents
from gongkai.render.blocks import Block, Line, Run, blocks
from gongkai.render.output import Output

_SIGN = re.compile(r"[\\`*_~\[\]<]|&(?=#?\w+;)")
_OPENING = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[#>+=-]))")
"""Where a line would open a list, heading, quote or rule."""


def plan(settings: Settings, outputs: Sequence[Output]) -> Iterator[Output]:
    """A .md for each document."""
    return documents(settings, outputs, "md", write)


def write(view: DocumentView) -> bytes:
    """The title, a list of facts, and the text with its headings below the title."""
    title = _heading(1, view.title)
    facts = "\n".join(f"- {_escaped(label)}：{_escaped(value)}" for label, value in view.facts)
    parts = (part for part in (title, facts, *map(_block, blocks(view.text))) if part.strip())
    return ("\n\n".join(parts) + "\n").encode()


def _block(block: Block) -> str:
    if block.kind == "heading":
        return _heading(block.part.level, "".join(run.text for line in block.lines for run in line))
    if block.kind == "table":
        return "\n".join(_table(block.rows))
    before = "> " if block.kind == "quote" else ""
    # Two blanks at the end keep a break typed; a backslash would be seen by who reads the file as it is.
    return "  \n".join(before + _opened(_inline(line)) for line in block.lines)


def _heading(level: int, text: str) -> str:
    text = _escaped(text)
    return f"{'#' * level} {text[:-1]}\\#" if text.endswith("#") else f"{'#' * level} {text}"


def _table(rows: Iterable[tuple[Line, ...]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        cells = [_inline(cell).replace("|", r"\|") for cell in row]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"|{' --- |' * len(cells)}"


def _inline(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    text = _escaped(run.text)
    if not run.address:
        return text
    target = f"<{run.address}>" if re.search(r"[()]", run.address) else run.address
    return f"{'!' if run.picture else ''}[{text}]({target})"


def _escaped(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", text)


def _opened(line: str) -> str:
    """A line that opens nothing but a paragraph."""
    return _OPENING.sub(r"\1\\", line)
