"""The paper of a document → PDF: A4, tagged (PDF/UA-1), with bookmarks. The same paper and fonts give the same bytes.

Typst lays it out by `document.typ` of the theme with the fonts of this machine. It is given the content as JSON, which
it shows and never runs; it reads no file. The one in the middle of 50 laws takes 50 ms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal

import typst

from gongkai.exports.paper import Block, Paper, Piece, Pieces, addresses, unseen

Standard = Literal["ua-1"] | None

_TAGGED: Standard = "ua-1"
_SAMPLE = "公开条例〔2024〕，。（一）第1234567890号"
_WORDS = b'#set document(title: [-])\n#set text(lang: "zh", region: "cn")\n#sys.inputs.words'
_PICTURE = b"#image(bytes(json(bytes(sys.inputs.picture))))"


class LayoutError(Exception):
    """Something is wrong in `document.typ`: what, in which line and column."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line, self.column = line, column


@lru_cache(maxsize=1)
@lru_cache(maxsize=1)
def is_ready() -> bool:
    """Whether this machine has a font for Chinese."""
    return not missing(_SAMPLE)


def missing(characters: Collection[str]) -> set[str]:
    """Those of `characters` for which no font of this machine has a sign: a box would stand there.

    A tagged PDF must not hold such a character, so that the set is halved until what is refused is found.
    """
    found = sorted(set(characters))
    try:
        _run(_WORDS, {"words": " ".join(found)}, standard=_TAGGED)
    except typst.TypstError:
        half = len(found) // 2
        return missing(found[:half]) | missing(found[half:]) if half else set(found)
    return set()


def write(paper: Paper, pictures: Mapping[str, bytes]) -> bytes:
    """The PDF of `paper`; `pictures` are the only files it can show, by their full address. Raises `LayoutError`."""
    if (far := paper.layout.find("@preview/")) >= 0:
        raise LayoutError("@preview 会从网上下载组件，生成网站时不联网", paper.layout.count("\n", 0, far) + 1, 1)
    shown = {address: data for address, data in pictures.items() if _is_picture(data)}
    return _compiled(paper.layout.encode(), {"paper": _json(paper, shown)})


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts of this machine, looked for once: 80 ms."""
    return typst.Fonts()


def _compiled(source: bytes, inputs: dict[str, str]) -> bytes:
    try:
        return _run(source, inputs, _TAGGED)
    except typst.TypstError:
        # PDF/UA allows no character without a sign: with one of those it is a plain tagged PDF, and `tools` names it.
        try:
            return _run(source, inputs)
        except typst.TypstError as error:
            place = re.search(r"\.typ:(\d+):(\d+)", error.diagnostic)
            line, column = map(int, place.groups()) if place else (1, 0)  # Typst counts columns from 0
            raise LayoutError(error.message, line, column + 1) from error


def _run(source: bytes, inputs: dict[str, str], standard: Standard = None) -> bytes:
    """What Typst makes of `source`. It reads nothing of the disk: its root is a file, and nothing is below one."""
    compiler = typst.Compiler(source, root=__file__, font_paths=_fonts(), sys_inputs=inputs)
    made: Any = compiler.compile(pdf_standards=standard or [])
    return bytes(made)


def _is_picture(data: bytes) -> bool:
    """Whether `data` can be shown: a damaged picture cannot, nor one that loads another file."""
    try:
        _run(_PICTURE, {"picture": json.dumps(list(data))})
    except typst.TypstError:
        return False
    return True


def _json(paper: Paper, pictures: Mapping[str, bytes]) -> str:
    """What `document.typ` reads: the blocks in parts of one place, so that a frame goes around all of a part."""
    shown = [_shown(block, pictures) for block in paper.blocks]
    parts = [{"place": place, "blocks": _told(list(some))} for place, some in groupby(shown, _frame)]
    day = [int(number) for number in paper.day.split("-")]
    told = {"title": paper.title, "author": paper.author, "day": day, "foot": paper.foot, "parts": parts}
    files = {address: list(data) for address, data in pictures.items()}
    return json.dumps(told | {"pictures": files}, ensure_ascii=False)


def _frame(block: Block) -> str:
    return block.place if block.place in ("notice", "facts") else ""


def _shown(block: Block, pictures: Collection[str]) -> Block:
    """`block` with the description of each picture that cannot be shown in its place."""
    if not any(addresses([block])):
        return block

    def seen(pieces: Pieces) -> Pieces:
        lost = (piece.kind == "img" and piece.target not in pictures for piece in pieces)
        return tuple(Piece("text", unseen(piece.text)) if no else piece for piece, no in zip(pieces, lost, strict=True))

    return replace(block, pieces=seen(block.pieces), rows=tuple(tuple(map(seen, row)) for row in block.rows))


def _told(blocks: list[Block]) -> list[dict[str, Any]]:
    """Blocks as plain values. A level of headings that is left out is closed up: PDF/UA allows no gap."""
    told: list[dict[str, Any]] = []
    level = 1
    for block in blocks:
        if block.kind == "heading":
            level = min(level + 1, block.level + 1)
        rows = [[{"pieces": [asdict(piece) for piece in cell]} for cell in row] for row in block.rows]
        first = block.right is not None and not (told and told[-1]["right"] is not None)
        told.append(asdict(block) | {"level": level, "rows": rows, "first": first})
    return told
