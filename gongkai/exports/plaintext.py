"""Document pages → each document as plain text, for any machine and any reader. Lines break where they do on the page.

UTF-8 with a BOM and CRLF: Windows before 2018 shows a text with LF alone as one line, and guesses the encoding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.base.settings import Settings
from gongkai.exports.documents import DocumentView, documents
from gongkai.render.blocks import Block, Line, blocks
from gongkai.render.output import Output


def plan(settings: Settings, outputs: Sequence[Output]) -> Iterator[Output]:
    """A .txt for each document."""
    return documents(settings, outputs, "txt", write)


def write(view: DocumentView) -> bytes:
    """Title and facts, then the text, a blank line between blocks; the cells of a table stand apart by tabs."""
    head = [view.title, *(f"{label}：{value}" for label, value in view.facts)]
    parts = ["\n".join(head), *("\n".join(_lines(block)) for block in blocks(view.text))]
    text = "\n\n".join(part for part in parts if part.strip()) + "\n"
    return ("\ufeff" + text.replace("\n", "\r\n")).encode()


def _lines(block: Block) -> Iterator[str]:
    yield from map(_plain, block.lines)
    for row in block.rows:
        yield "\t".join(map(_plain, row))


def _plain(line: Line) -> str:
    return "".join(f"〔图：{run.text}〕" if run.picture else run.text for run in line)
