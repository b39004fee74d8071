"""The life of a document → the sentences that its page says of it: since when, until when, why, and whose doing it is.

The page must not change only because a day passed, so every sentence names its day and holds on all days; the script
of the theme adds which state that makes today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from gongkai.base.text import plain, titled
from gongkai.model.record import Item
from gongkai.model.rule import Status
from gongkai.model.validity import LAPSED, Reason, Source, Span
from gongkai.render import states
from gongkai.render.days import spell
from gongkai.render.parsed import parse
from gongkai.render.site import Site
from gongkai.render.views import Badge, Link


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said of one turn of a life, in pieces, some of them links; `ended` is its day where it is an end.

    A `notice` stands before the text: the state that somebody brought about by ending the document or suspending it.
    """

    pieces: tuple[Link, ...]
    ended: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class StateView:
    """有效性 of a document: `steps` are its ordinary course, `notices` what a reader must see before the text."""

    badge: Badge
    steps: tuple[Sentence, ...]
    notices: tuple[Sentence, ...]


def state(site: Site, item: Item) -> StateView:
    """What the page of `item`, a document shown in full, says of its validity."""
    life = site.life(item)
    badge = site.badge(item)
    assert badge is not None
    turns = [span for span in life.spans if span.state is not Status.PENDING] or list(life.spans)
    told = [sentence(site, item, span) for span in turns]
    return StateView(
        badge,
        tuple(one for one in told if not one.notice),
        tuple(one for one in told if one.notice),
    )


def _notice(span: Span) -> str:
    """What a reader must see first. A term that was set from the start is part of the ordinary course."""
    if span.state is Status.SUSPENDED or span.reason is Reason.RESUMED:
        return "suspended"
    ordinary = span.state not in LAPSED or span.reason in (Reason.TERM, Reason.POLICY, Reason.EXTENDED)
    return "" if ordinary else "ended"


def sentence(site: Site, item: Item, span: Span) -> Sentence:
    """What is said of a turn in the life of a document."""
    words, record = site.theme.words, item.record
    policy = site.settings.validity
    basis = (policy and policy.basis) or ""
    key = "why_revived" if span.reason is Reason.EXTENDED and span.state is Status.IN_FORCE else f"why_{span.reason}"
    if not span.dated and f"{key}_undated" in words:
        key += "_undated"
    elif not (basis if span.reason is Reason.POLICY else span.source) and f"{key}_alone" in words:
        key += "_alone"
    fill = {
        "day": [Link(spell(span.first, words))] if span.first else [],
        "last": [Link(spell(span.first - timedelta(days=1), words))] if span.first else [],
        "source": list(_by(site, item, span.source)) if span.source else [],
        "basis": [site.basis(basis)],
        "state": [Link(states.name(span.state.value, words))],
        "declared": [Link(states.name(record.status.value, words))] if record.status else [],
    }
    ended = str(span.first or "") if span.dated and span.state in LAPSED else ""
    notice = _notice(span)
    last = words["ended_notice" if span.dated else "ended_notice_undated"] if notice == "ended" else ""
    return Sentence(tuple(_filled(words[key] + last, fill)), ended, notice)


def _filled(text: str, fill: dict[str, list[Link]]) -> Iterator[Link]:
    """A sentence of the words with links put in the places of its `{names}`."""
    for piece in re.split(r"(\{\w+\})", text):
        if piece.startswith("{") and piece[1:-1] in fill:
            yield from fill[piece[1:-1]]
        elif piece:
            yield Link(piece)


def _by(site: Site, item: Item, source: Source) -> Iterator[Link]:
    """《title》 of the document that did it, and the article of it that names `item`."""
    other = site.catalog.items.get(source.key) if source.key else None
    if other is None:
        yield Link(titled(source.text))
        return
    page = site.page_of(other)
    yield Link(titled(other.record.heading), page)
    label, anchor = naming(other.body, item)
    if label:
        yield Link(label, f"{page}#{anchor}")


def naming(body: str, item: Item) -> tuple[str, str]:
    """The article of a text that names a document, as 第十二条 and its anchor; "" twice where none does.

    Where several do, one that speaks of an end: a document may be named first as a basis, and repealed last.
    """
    named = [plain(text) for text in (item.record.title, item.record.doc_no) if text]
    here, found = ("", ""), []
    for piece in parse(body):
        part = piece.part
        if part.role == "article":
            here = (re.sub(r"\s", "", part.label), part.anchor)
        elif part.role in ("division", "heading"):
            here = ("", "")
        text = "".join(piece.texts())
        if here[0] and any(name in plain(text) for name in named):
            found.append((re.search("废止|失效|停止执行|延长|暂停", text) is None, here))
    return min(found, key=lambda one: one[0], default=(False, ("", "")))[1]
