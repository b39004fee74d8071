"""The blocks of a document → the same with 主送机关 and 落款 set apart as on an official document (GB/T 9704—2012).

Only where the words leave no doubt: names of bodies before a colon at the very top; the name of an issuer of the
document, or its general office, alone on its line, with a date below it. No character changes, and what is in doubt
stays a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gongkai.exports.paper import Block

_BODY = (
    "(?:政府|办事处|部门|机构|单位|组织|委员会|管委会|办公室|局|厅|委|办|院|所|站|中心|公司|企业|学校|幼儿园|协会|学会"
    "|室|处|行)"
)
_ONE = f"(?:[^，、]*{_BODY}|(?:各|各设区)?[省市州县区镇乡])"
_ADDRESSED = re.compile(f"{_ONE}(?:[，、]{_ONE})*：")
_SPEAKING = re.compile("[。；！？《“]|的|下列|如下|以下|应当|第.{1,4}条")
_NUMBER = "[0-9一二三四五六七八九十]{1,3}"
_DAY = re.compile(f"[0-9〇○零一二三四五六七八九]{{4}}年{_NUMBER}月{_NUMBER}日")

_DATE_RIGHT = 4
"""成文日期 ends four characters before the margin (7.3.5.1)."""


def set_apart(blocks: Sequence[Block], issuers: str) -> Iterator[Block]:
    """The blocks in their order; `issuers` are the names of the organs, with 、 between them."""
    lines = [line for block in blocks for line in _lines(block, issuers)]
    text = next((n for n, block in enumerate(lines) if block.kind != "title" and not block.place), -1)
    signed = set(_signed(lines, issuers))
    for n, block in enumerate(lines):
        if n == text and block.kind == "text" and _is_addressed(block.text):
            yield replace(block, place="addressed")
        elif n in signed:
            date = next(lines[later] for later in range(n, len(lines)) if _is_date(lines[later]))
            right = _DATE_RIGHT + (_width(date.text) - _width(block.text)) / 2  # the name above the middle of the date
            yield replace(block, place="date" if block is date else "signature", right=max(right, 0))
        else:
            yield block


def _lines(block: Block, issuers: str) -> list[Block]:
    """`block`, or a block for each of its lines if these are nothing but a 落款."""
    breaks = [n for n, piece in enumerate(block.pieces) if piece.kind == "br"]
    if block.kind != "text" or block.place or not breaks:
        return [block]
    starts, ends = [0, *(n + 1 for n in breaks)], [*breaks, len(block.pieces)]
    lines = [replace(block, pieces=block.pieces[a:b]) for a, b in zip(starts, ends, strict=True)]
    whole = set(_signed(lines, issuers)) == set(range(len(lines)))
    return lines if whole else [block]


def _signed(blocks: Sequence[Block], issuers: str) -> Iterator[int]:
    """Where the lines of a 落款 are: names of issuers, then a date."""
    names = {name + office for name in issuers.split("、") for office in ("", "办公室", "办公厅")}
    start = None
    for n, block in enumerate(blocks):
        if _is_plain(block) and block.text.strip() in names:
            start = n if start is None else start
        else:
            if start is not None and _is_date(block):
                yield from range(start, n + 1)
            start = None


def _is_plain(block: Block) -> bool:
    return block.kind == "text" and not block.place and all(piece.kind == "text" for piece in block.pieces)


def _is_date(block: Block) -> bool:
    return _is_plain(block) and _DAY.fullmatch(block.text.strip()) is not None


def _is_addressed(text: str) -> bool:
    without = re.sub("（[^（）]*）", "", text.strip())
    return len(text) <= 200 and bool(_ADDRESSED.fullmatch(without)) and not _SPEAKING.search(without)


def _width(text: str) -> float:
    """In characters: one of ASCII takes half the place."""
    return sum(0.5 if character.isascii() else 1 for character in text.strip())
