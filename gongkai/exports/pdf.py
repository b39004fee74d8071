"""The HTML of a document → PDF: A4, tagged, with bookmarks. The same HTML and the same fonts give the same bytes.

WeasyPrint lays it out with the fonts of this machine, those that the style sheet of the document asks for. Nothing is
fetched: pictures are handed in.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from functools import lru_cache
from hashlib import sha256
from html import escape
from io import StringIO
from typing import Any

from gongkai.exports.fonts import slim

LIBRARY = "weasyprint"

NOWHERE = "https://gongkai.invalid/"
"""Where relative addresses of the HTML begin. Nothing is ever asked of it."""

_SAMPLE = "公开条例〔2024〕，。（一）第1234567890号"


class NoFontError(Exception):
    """No font for Chinese on this machine."""


@lru_cache(maxsize=1)
def ready() -> None:
    """Raises ImportError where WeasyPrint is not installed, OSError where what it needs is not, or `NoFontError`."""
    with warnings.catch_warnings(record=True) as said, redirect_stdout(StringIO()):
        warnings.simplefilter("always")
        import weasyprint  # noqa: F401
    # With no font at all Pango does not complain but crash.
    if any("No fonts" in str(warning.message) for warning in said) or missing(_SAMPLE):
        raise NoFontError


def missing(characters: Collection[str]) -> set[str]:
    """Those of `characters` for which no font of this machine has a sign: a box would stand there."""
    with _heard() as said:
        write(f'<html lang="zh"><p>{escape(" ".join(sorted(characters)))}</p></html>'.encode(), {})
    return {str(record.args[0]) for record in said if isinstance(record.args, tuple) and "notdef" in str(record.msg)}


@contextmanager
def _heard() -> Iterator[list[logging.LogRecord]]:
    """What WeasyPrint complains of meanwhile."""
    said: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    setattr(handler, "emit", said.append)  # noqa: B010 - a class of its own would say no more
    logger = logging.getLogger(LIBRARY)
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)


def write(html: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """The PDF of `html`; `pictures` are the only files it can show, by their full address.

    Its identifier comes from the HTML and its dates from the document, so that no clock and no chance gets in.
    """
    from weasyprint import HTML

    document = HTML(string=html.decode(), base_url=NOWHERE, url_fetcher=_fetcher(pictures))
    data: bytes = document.write_pdf(
        font_config=_fonts(),
        finisher=lambda _, pdf: slim(pdf),
        pdf_identifier=sha256(html).digest()[:16],
        pdf_variant="pdf/ua-1",
    )
    return data


@lru_cache(maxsize=1)
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _fetcher(pictures: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Pictures(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            """A picture that was handed in; anything else is refused."""
            if url not in pictures:
                raise ValueError(f"not handed in: {url}")
            return URLFetcherResponse(url, pictures[url])

    return Pictures()
