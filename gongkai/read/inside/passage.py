"""What the text of an attachment is made of: stretches with their place, traces that nobody sees, and what stays shut.

Readers yield `Found`s and raise `Unread` where they can go no further; what they found before still counts.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_BYTES = 200_000_000
"""Bytes of one attachment, packed or unpacked, that are looked at: ten times the largest budget we met."""

MOST_PARTS = 20_000
"""Files in an archive, pages of a PDF, sheets and pictures that are looked at."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a page, or a row of a table: text that belongs together.

    `cells` are those of a row (one for anything else); rows of one table share `table`, which is 0 for what is none.
    """

    place: str
    cells: tuple[str, ...]
    table: int = 0


@dataclass(frozen=True, slots=True)
class Trace:
    """What a picture carries beside what it shows: `what` is the word for it (拍摄位置, 姓名)."""

    place: str
    what: str


Found = Passage | Trace


class Unread(Exception):
    """Why the rest of an attachment cannot be looked at, in Chinese: 加密了、损坏了……."""


def joined(outer: str, inner: str) -> str:
    """The place of something inside something: 名单.xlsx 工作表“一”第 3 行."""
    return f"{outer} {inner}".strip()
