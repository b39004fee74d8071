"""A text with telephone numbers → the same text with each as a link that a phone can dial. Start with `linked`.

Only what is a number is a link: 工作日9:00—17:00 and 邮编000000 beside it are not. An extension (转801, -801) goes into
the link as RFC 3966 writes it.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_LONG = r"(?:[(（]?0\d{2,3}[)）]?[-－ ]?\d{7,8}|[48]00[-－ ]?\d{3}[-－ ]?\d{4}|1[3-9]\d{9})"
"""An area code and a number, a number of the 400 and 800 services, a mobile: telephones wherever they stand."""

_SHORT = r"(?:\d{7,8}|1\d{2,4}|9\d{4,5})"
"""A number of the place, 12345, 110, 95598: telephones where nothing else is written."""

_EXTENSION = r"(?:\s*(?:转|[-－])\s*(\d{1,6}))?"
_ALONE = re.compile(rf"(?<![\d-])({_LONG}|{_SHORT}){_EXTENSION}(?![\d-])")
_AMONG = re.compile(rf"(?<![\d-])({_LONG}|(?<=热线){_SHORT}|(?<=电话){_SHORT}){_EXTENSION}(?![\d-])")


def linked(text: str, *, alone: bool = True) -> Markup:
    """`text` as HTML. Not `alone`, numbers stand among others, such as those of houses and hours."""
    found = Markup()
    at = 0
    for number in (_ALONE if alone else _AMONG).finditer(text):
        found += text[at : number.start()]
        found += Markup('<a class="call" href="{}">{}</a>').format(address(number[1], number[2]), number[0])
        at = number.end()
    return found + text[at:]


def address(number: str, extension: str | None = None) -> str:
    """The `tel:` address of a number: digits and hyphens."""
    plain = re.sub(r"[－ )）]+", "-", number.lstrip("(（")).replace("--", "-")
    return f"tel:{plain}" + (f";ext={extension}" if extension else "")
