"""Cards and interpretations, and the documents they were drawn from → where they have fallen behind. See `behind`.

A card cites articles of one text of a document. When a later text says something else there, or the document gave way
to another, the card is behind, from the day that happened on; that does not depend on today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.base.text import numeral
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.lineage import Lineage, Stage
from gongkai.model.record import Item
from gongkai.model.rule import Status
from gongkai.model.wording import fold
from gongkai.render.comparison import match, same
from gongkai.render.passages import Unit, units

CHANGED, DELETED, RENUMBERED, REPLACED = "changed", "deleted", "renumbered", "replaced"


@dataclass(frozen=True, slots=True)
class Cited:
    """What a record at `loc` says it is drawn from: a document, articles of it, and a text of it if it names one."""

    loc: tuple[int | str, ...]
    document: str
    articles: tuple[str, ...]
    version: date | None


@dataclass(frozen=True, slots=True)
class Behind:
    """How a record is behind a document: it was drawn from `drawn`; then `old` became `new`, from `new.since` on.

    `article` is what the record names, "" for the document as a whole; `label` is its number now, and `row` its place
    in the table of the two texts.
    """

    cited: Cited
    how: str
    drawn: Stage
    old: Stage
    new: Stage
    article: str = ""
    label: str = ""
    row: str = ""


def cited(item: Item) -> Iterator[Cited]:
    """What a card or an interpretation is drawn from."""
    record = item.record
    if item.kind == "card":
        for n, source in enumerate(record.sources or ()):
            yield Cited(("sources", n), source.rule, source.articles, source.version)
    elif item.kind == "explainer":
        for n, text in enumerate(record.explains or ()):
            yield Cited(("explains", n), text, (), record.version)


def behind(catalog: Catalog, lineage: Lineage, item: Item) -> list[Behind]:
    """Where a record is behind its documents. What happened after the last day to apply is no matter of a card."""
    found = [one for source in cited(item) for one in _behind(catalog, lineage, item, source)]
    over = getattr(item.record, "valid_until", None)
    return [one for one in found if not (over and one.new.since and over < one.new.since)]


def texts(lineage: Lineage, rule: Item) -> list[Stage]:
    """The texts of a document itself, oldest first."""
    return [stage for stage in lineage.stages(rule) if stage.record is rule]


def _behind(catalog: Catalog, lineage: Lineage, item: Item, source: Cited) -> Iterator[Behind]:
    rule = catalog.find("rule", source.document)
    if rule is None or form(rule.record, catalog.day) is not Form.FULL or not lineage.has_several(rule):
        return
    own = texts(lineage, rule)
    drawn = _drawn(own, source.version or _written(item))
    if drawn:
        yield from _Course(source, own[own.index(drawn) :]).changes()
    end = catalog.life(rule).ends()
    if end and end.state is Status.REPLACED:
        stages = lineage.stages(rule)
        newer = next(stage for stage in stages if own[-1] in lineage.before(stage, stages))
        yield Behind(source, REPLACED, drawn or own[-1], own[-1], newer)


def _written(item: Item) -> date | None:
    """The day on which a record was last brought up to date."""
    days = [when.day for when in (item.record.published, item.record.updated) if when]
    return max(days, default=None)


def _drawn(own: list[Stage], day: date | None) -> Stage | None:
    """The text that held on `day`; what was written before the first of them began was drawn from the first."""
    if day is None:
        return None
    begun = [stage for stage in own if stage.since and stage.since <= day]
    return begun[-1] if begun else own[0]


class _Course:
    """What became of the articles of a text in those that followed it."""

    def __init__(self, source: Cited, stages: list[Stage]) -> None:
        self.source, self.stages = source, stages
        self.bodies = [units(stage.item.body) for stage in stages] if len(stages) > 1 else [[]]
        self.steps = [dict(_fates(old, new)) for old, new in zip(self.bodies, self.bodies[1:], strict=False)]

    def changes(self) -> Iterator[Behind]:
        """The first change of each article named, or of any article where none is named."""
        if not self.source.articles:
            changed = (n for n in range(len(self.steps)) if _says(self.bodies[n]) != _says(self.bodies[n + 1]))
            if (step := next(changed, None)) is not None:
                yield self._behind(CHANGED, step)
        for text in self.source.articles:
            named = set(numbers(text))
            places = [n for n, unit in enumerate(self.bodies[0]) if unit.role == "article" and unit.number in named]
            found = (change for place in places if (change := self._change(text, place)))
            # One notice for 第五条、第六条, however many of them changed.
            yield from [*found][:1]

    def _change(self, text: str, place: int) -> Behind | None:
        """The first change of the article at `place` of the first body, else the last new number it got."""
        renumbered = None
        for n, step in enumerate(self.steps):
            old = self.bodies[n][place]
            if place not in step:
                return self._behind(DELETED, n, text, row=f"old-{old.anchor}")
            place = step[place]
            now = self.bodies[n + 1][place]
            if not same(old, now):
                return self._behind(CHANGED, n, text, now.label, now.anchor)
            if old.number != now.number:
                renumbered = self._behind(RENUMBERED, n, text, now.label, now.anchor)
        return renumbered

    def _behind(self, how: str, step: int, article: str = "", label: str = "", row: str = "") -> Behind:
        return Behind(self.source, how, self.stages[0], self.stages[step], self.stages[step + 1], article, label, row)


def _fates(old: list[Unit], new: list[Unit]) -> Iterator[tuple[int, int]]:
    for pair in match(old, new):
        if pair.old is not None and pair.new is not None:
            yield pair.old, pair.new


def _says(body: list[Unit]) -> list[str]:
    """The words of the articles; of all units where there are no articles."""
    articles = [unit for unit in body if unit.role == "article"]
    return [fold(unit.text) for unit in articles or body]


_ARTICLE = re.compile(r"第([〇零一二三四五六七八九十百千\d]+)条(?:之([一二三四五六七八九十\d]+))?(至)?")


def numbers(text: str) -> list[str]:
    """The articles that a reference names, in figures: 第三条至第五条 is 3, 4 and 5; 第十八条之一 is 18-1."""
    found: list[str] = []
    upto = False
    for article, inserted, more in _ARTICLE.findall(text):
        number = numeral(article) or 0
        if upto and found[-1].isdecimal() and number - int(found[-1]) < 100:
            found += [str(n) for n in range(int(found[-1]) + 1, number)]
        found.append(f"{number}-{numeral(inserted)}" if inserted else str(number))
        upto = bool(more)
    return found
