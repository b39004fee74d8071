"""Frozen values that templates see, and the pieces that several pages share. Start with `Page`.

A template sees its view and nothing else, so a view holds every word, date and address that its page shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere: inside the site by `address`, outside by `url`; to nowhere when both are empty."""

    text: str
    address: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A page tag (网页标签): `<meta name content>` as 政府网站发展指引 names it."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Foot:
    """底部功能区: what the foot of every page carries."""

    sponsor: str
    organizer: str
    contact: str
    id_code: str
    icp: str
    police: Link
    conac: Link
    report_error: Link


@dataclass(frozen=True, slots=True)
class Places:
    """The addresses that templates lead to from any page."""

    home: str
    rules: str
    issuers: str
    organs: str
    search: str
    favourites: str
    site_map: str


@dataclass(frozen=True, slots=True)
class Script:
    """The script that names states for the reader's day: where it lies, the words for them, the zone of the day."""

    address: str
    words: str
    zone: str


@dataclass(frozen=True, slots=True)
class Version:
    """A page in a language: its tag and name, the link there from this page, and its full address if that is known."""

    tag: str
    name: str
    href: str
    url: str


@dataclass(frozen=True, slots=True)
class Chrome:
    """What surrounds every page of a language: the same value in every view.

    `below` is the part of an address under which the pages of the language lie; "" for the main one.
    """

    language: str
    below: str
    site: str
    notice: str
    nav: tuple[Link, ...]
    places: Places
    foot: Foot
    style: str
    preferences: str
    tools: str
    icon: str
    status: Script
    file_links: bool
    hosts: tuple[str, ...]
    """Where the site is served: an address elsewhere is one of another site."""
    generator: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address, its name, the way to it, its tags, and the view of its own kind in `view`.

    The address is the same in every language; `versions` says where each lies, the main one first, and is empty where
    there is only one.

    `root` is set on 404.html alone, which is shown at any depth: its links start there instead of being relative.
    """

    address: str
    title: str
    crumbs: tuple[Link, ...]
    tags: tuple[Tag, ...]
    canonical: str
    versions: tuple[Version, ...]
    root: str
    chrome: Chrome
    view: Any


@dataclass(frozen=True, slots=True)
class Badge:
    """有效性 in a word: what is `said`, the `state` ("" on a page that knows no day), the `life` for the script."""

    state: str
    life: str
    said: str


@dataclass(frozen=True, slots=True)
class Card:
    """A record in a list. `form` says how much of it there is to see; only what is seen in full has a badge."""

    title: str
    address: str
    number: str
    issuers: str
    type: str
    day: str
    badge: Badge | None
    form: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a metadata box. `label` is a key of the words; no values: shown as missing."""

    label: str
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """An attachment: its name, where it lies, its kind and its size in bytes."""

    title: str
    address: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class Group:
    """Links under a heading; `count` beside each where it is a list."""

    title: str
    links: tuple[tuple[Link, int], ...]
