"""Why a check cannot be done as it was asked for: a wrong use, and no fault of the content."""

from __future__ import annotations


class Refused(Exception):
    """The text says what is wrong with the request, and what to do."""
