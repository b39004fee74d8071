"""Pictures → what cameras and programs wrote into them beside the picture: where it was taken, and by whom.

Only metadata are read (EXIF and XMP, in JPEG, PNG and WebP); no pixel is decoded, so no picture is too large.
"""

from __future__ import annotations

import re
import struct
import warnings
from collections.abc import Iterator
from io import BytesIO

from gongkai.read.inside.passage import Found, Passage, Trace, Unread

_GPS, _LATITUDE, _NAMES, _NOTES = 0x8825, 2, (0x013B, 0x9C9D, 0xA430), (0x010E, 0x9C9C, 0x9C9B, 0x9286)
"""Tags of EXIF 2.32: the GPS directory and the latitude in it; artist, author (Windows), camera owner; free text."""

_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>|<\?xpacket begin.*?<\?xpacket end", re.DOTALL)
_XMP_PLACE = re.compile(r"exif:GPSLatitude|GPSLatitude=|Iptc4xmpCore:Location|photoshop:City")
_XMP_NAME = re.compile(r"<(?:dc:creator|tiff:Artist|aux:OwnerName|photoshop:AuthorsPosition)>(?:\s*<[^>]+>)*\s*[^<\s]")
_TOLD = "照片信息"
_FAULTS = (OSError, ValueError, SyntaxError, struct.error, EOFError, TypeError, KeyError)
"""What Pillow raises over a damaged picture, besides its own."""


def look(data: bytes) -> Iterator[Found]:
    """The traces in a picture, and the text of its metadata; raises `Unread` when it is no picture."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data)) as image:
                exif = image.getexif()
                place = bool(exif.get_ifd(_GPS).get(_LATITUDE))
                inner = exif.get_ifd(0x8769)
                names = [exif.get(tag) or inner.get(tag) for tag in _NAMES]
                notes = [exif.get(tag) or inner.get(tag) for tag in _NOTES]
    except (*_FAULTS, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise Unread("损坏了，或者扩展名和内容不符") from error
    packet = b"".join(_XMP.findall(data[:MOST_XMP])).decode("utf-8", "replace")
    if place or _XMP_PLACE.search(packet):
        yield Trace("", "拍摄位置")
    if any(map(_text, names)) or _XMP_NAME.search(packet):
        yield Trace("", "作者或相机主人的姓名")
    yield Passage(_TOLD, ("\n".join([*map(_text, notes), re.sub(r"<[^>]*>", "\n", packet)]),))


MOST_XMP = 20_000_000
"""Bytes of a picture in which an XMP packet is looked for."""


def _text(value: object) -> str:
    """A value of a tag as text: Windows writes its own in UTF-16."""
    if isinstance(value, bytes):
        value = value.decode("utf-16le" if b"\0" in value else "utf-8", "replace")
    return str(value or "").strip("\0 ")
