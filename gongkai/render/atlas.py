"""The public catalog → where each record is read, and what leads to it. Start with `Atlas`.

What records know of one another is found once a build and kept: planners of many pages ask for the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from posixpath import basename

from gongkai.base.settings import Settings
from gongkai.base.text import pinyin
from gongkai.model import disclosure
from gongkai.model.articles import deepest, outline
from gongkai.model.catalog import Catalog
from gongkai.model.citations import article_of
from gongkai.model.cited import Cited, Place
from gongkai.model.disclosure import Form
from gongkai.model.lineage import Lineage
from gongkai.model.record import Item, strings
from gongkai.model.reviewed import Decided, decided
from gongkai.model.row import field_of
from gongkai.model.rule import RELATIONS
from gongkai.model.validity import Life
from gongkai.render import urls
from gongkai.render.citing import Cites
from gongkai.render.prose import Prose
from gongkai.render.views import Link


@dataclass(frozen=True)
class Atlas:
    """One build's catalog, already cut down to what is public: no way leads from here to what is hidden."""

    catalog: Catalog

    @property
    def settings(self) -> Settings:
        """The settings of the site."""
        return self.catalog.settings

    @cached_property
    def documents(self) -> list[Item]:
        """Every rule and normative document, newest first; undated ones last, by name."""
        return sorted(self.catalog.of("rule"), key=newest_first)

    @cached_property
    def readable(self) -> list[Item]:
        """The documents that a reader can still read or ask for: without those taken down."""
        return self.shown("rule")

    def form(self, item: Item) -> Form:
        """How much of a record there is to see."""
        return disclosure.form(item.record, self.catalog.day)

    def life(self, rule: Item) -> Life:
        """When a document is in force, and why."""
        return self.catalog.lives[rule.key]

    def link(self, item: Item) -> Link:
        """The page of a record, under its name."""
        return Link(self.called(item), self.page_of(item))

    def called(self, item: Item) -> str:
        """What pages call a record."""
        return str(item.record.heading)

    def named(self, kind: str, text: str) -> Link:
        """What a reference says: the page of the record, or the text alone for something outside the catalog."""
        item = self.catalog.find(kind, text)
        return self.link(item) if item else Link(text)

    def issuer(self, text: str) -> Link:
        """The list of the documents of an issuer, under its name."""
        organ = self.catalog.find("organ", text)
        key = organ.id if organ else urls.issuer_key(text)
        return Link(organ.record.name if organ else text, urls.rules_of("issuer", key))

    def is_root(self, organ: Item) -> bool:
        """Whether an organ is the one whose site this is."""
        return organ is self.catalog.find("organ", self.settings.root)

    def page_of(self, item: Item) -> str:
        """Where a record is read: its own page, its place in a list, its section of a column; "" when nowhere."""
        if item.kind == "row":
            field = self.catalog.find("field", field_of(item))
            return urls.row(field.id, item.id) if field else ""
        if item.kind == "about":
            return urls.ABOUT
        if item.kind in ("industry", "audience", "synonym"):
            return ""
        section = {"guide": "zn", "regime": "zd", "request": "ysqgk", "annual": "nb", "column": ""}.get(item.kind)
        if section is None:
            return urls.record(item.kind, item.id)
        organ = self.catalog.publisher(item)
        if organ is None:
            return ""
        below = f"{item.id.removeprefix(f'{item.organ}-') if item.kind == 'annual' else item.id}/"
        address = urls.column(organ.id, root=self.is_root(organ), section=section)
        return address + (below if item.kind in ("regime", "annual") else "")

    def shown(self, kind: str) -> list[Item]:
        """The records of a kind that lists show, newest first: not those taken down."""
        return self._shown.get(kind, [])

    @cached_property
    def _shown(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = defaultdict(list)
        for item in sorted(self.catalog.items.values(), key=newest_first):
            if self.form(item) is not Form.TOMBSTONE:
                found[item.kind].append(item)
        return found

    def target(self, text: str) -> Item | None:
        """The record that a reference with its kind (`rule:a-1`) means."""
        key = self.catalog.names.one("*", text)
        return self.catalog.items.get(key) if key else None

    def reference(self, text: str) -> Link:
        """A reference with its kind, or an address outside, as a link."""
        item = self.target(text)
        if item:
            return self.link(item)
        return Link(text, url=text if text.startswith(("http://", "https://")) else "")

    def to_article(self, rule: Item | None, text: str) -> Link:
        """第十二条 as a link to the article of a document; the text alone where the document is not ours."""
        if rule is None:
            return Link(text)
        return Link(text, self.at(Place(rule, deepest(article_of(text), outline(rule.body)))))

    @cached_property
    def interpretations(self) -> dict[tuple[str, str], list[Item]]:
        """The explainers of each document, newest first."""
        found: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for item in self.shown("explainer"):
            for text in item.record.explains or ():
                if (rule := self.catalog.find("rule", text)) is not None:
                    found[rule.key].append(item)
        return found

    def explaining(self, rules: Iterable[Item]) -> list[Item]:
        """The explainers of any of `rules`, each once."""
        return list({item.key: item for rule in rules for item in self.interpretations.get(rule.key, ())}.values())

    @cached_property
    def carded(self) -> dict[tuple[str, str], list[Item]]:
        """The explainer cards drawn from each document."""
        found: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for item in self.shown("card"):
            for source in item.record.sources or ():
                if (rule := self.catalog.find("rule", source.rule)) is not None and item not in found[rule.key]:
                    found[rule.key].append(item)
        return found

    @cached_property
    def backlinks(self) -> dict[tuple[str, str], list[tuple[str, Item]]]:
        """For each document, the documents that name it, with the relation: `repealed` for what repeals them."""
        found: dict[tuple[str, str], list[tuple[str, Item]]] = defaultdict(list)
        for item in self.documents:
            for relation in RELATIONS:
                for text in getattr(item.record, relation):
                    if (target := self.catalog.find("rule", text)) is not None:
                        found[target.key].append((relation, item))
            repealed = item.record.repealed
            if repealed and repealed.by and (by := self.catalog.find("rule", repealed.by)) is not None:
                found[by.key].append(("repealed", item))
        return found

    @cached_property
    def decided(self) -> dict[tuple[str, str], list[Decided]]:
        """For each document, what reviews decided of it."""
        return decided(self.catalog.items.values(), self.catalog.names)

    @cached_property
    def lineage(self) -> Lineage:
        """Which documents are versions of which."""
        return Lineage(self.catalog)

    @cached_property
    def cited(self) -> Cited:
        """What the texts of the site cite."""
        return Cited(self.catalog)

    def cites(self, text: str, title: str = "", itself: Item | None = None) -> Cites:
        """Where the citations of a text lead; 本办法 means `itself`, whose title is `title`."""
        places = self.cited.places(text, title, itself)
        return Cites(title, tuple(sorted((key, self.at(place)) for key, place in places.items())))

    def prose(self, item: Item, rules: Iterable[Item] = ()) -> Prose:
        """The text of a record of ours. Its citations count in its fields too; of one rule it may speak as 本办法."""
        about = list(rules)
        itself = about[0] if len(about) == 1 else None
        texts = "\n".join([*strings(item.record), item.body])
        cites = self.cites(texts, itself.record.title if itself else "", itself)
        return Prose(item.body, self.text_links(item), cites)

    def basis(self, text: str) -> Link:
        """A text such as 《名称》（文号）第三条 as one link, to the first place that it names."""
        places = self.cited.places(text)
        return Link(text, self.at(next(iter(places.values())))) if places else Link(text)

    def at(self, place: Place) -> str:
        """The address of an article, or of a document."""
        return urls.record("rule", place.item.id) + (f"#{place.anchor}" if place.anchor else "")

    def file_address(self, item: Item, typed: str) -> str:
        """The address of a file that a field of `item` names, "" when it is not there."""
        for link in self.catalog.links.get(item.key, ()):
            if link.href == typed and link.attachment:
                return self.attachment_address(item, link.attachment)
        return ""

    def attachment_address(self, item: Item, path: str) -> str:
        """Where an attachment of `item` is published."""
        return urls.attachment(urls.record(item.kind, item.id), basename(path))

    def text_links(self, item: Item) -> tuple[tuple[str, str], ...]:
        """Where each inner link of a body leads."""
        found = {}
        for link in self.catalog.links.get(item.key, ()):
            if link.attachment:
                found[link.href] = self.attachment_address(item, link.attachment)
            elif target := self.catalog.items.get(link.record) if link.record else None:
                mark = f"#{link.fragment}" if link.fragment else ""
                found[link.href] = self.page_of(target) + mark
        return tuple(sorted(found.items()))


@lru_cache(maxsize=65536)
def newest_first(item: Item) -> tuple[int, str, tuple[str, ...], str]:
    """The order of lists: by 发布日期, the newest first; undated records last, by name."""
    published = item.record.published
    day = -published.day.toordinal() if published else 0
    minute = published.minute if published else ""
    # Only undated documents are read by name; the pinyin of 1,000 titles takes 0.2 s.
    name = (item.record.heading,) if published else pinyin(item.record.heading)
    return (day, "".join(chr(0x10FFFF - ord(c)) for c in minute), name, item.id)
