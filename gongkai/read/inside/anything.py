"""Any attachment → what is in it, by what its bytes are rather than by its name. Start with `look`.

Offices send MHTML as .doc and a workbook as .et: the first bytes say what a file is, its suffix only breaks a tie.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import splitext

from gongkai.read.inside import binary, packed, pages, pictures, plain
from gongkai.read.inside.passage import MOST_BYTES, Found, Unread

_SEEN_OR_HEARD = ("mp3", "m4a", "mp4")
"""What is heard or seen and has no text."""

_SHUT = {b"Rar!": "RAR", b"7z\xbc\xaf": "7z"}

_DEEPEST = 1
"""An archive in an archive is opened, a third one is not."""

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")


def look(data: bytes, name: str, depth: int = 0) -> Iterator[Found]:
    """Everything in an attachment called `name`; raises `Unread` where it stays shut."""
    suffix = splitext(name)[1].lower().removeprefix(".")
    if suffix in _SEEN_OR_HEARD or not data:
        return
    if len(data) > MOST_BYTES:
        raise Unread(f"太大（超过 {MOST_BYTES // 1_000_000} MB）")
    for head, kind in _SHUT.items():
        if data.startswith(head):
            raise Unread(f"是 {kind} 压缩包")
    if data.startswith(b"PK"):
        if depth > _DEEPEST:
            raise Unread("在压缩包里的压缩包里")
        yield from packed.look(data, lambda data, name: look(data, name, depth + 1))
    elif data.startswith(b"%PDF") or suffix == "pdf":
        yield from pages.look(data)
    elif data.startswith(_PICTURES):
        yield from pictures.look(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        yield from binary.look(data)
    else:
        yield from plain.look(data, suffix)
