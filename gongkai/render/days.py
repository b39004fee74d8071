"""A day as records write it (`2024-03-05`) → as the words of a language say it. Start with `spell`."""

from __future__ import annotations

from collections.abc import Mapping


def spell(value: object, words: Mapping[str, str]) -> str:
    """`2024-03-05 09:30` → `2024年3月5日 09:30`, or `5 March 2024 09:30` where the words are English."""
    date, _, minute = str(value).partition(" ")
    year, month, day = date.split("-")
    name = words["months"].split()[int(month) - 1]
    return f"{words['date'].format(year=year, month=name, day=int(day))}{' ' + minute if minute else ''}"
