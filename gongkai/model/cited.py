"""The public catalog → what its texts cite: where each citation leads, what cites each document, what is not here.

Start with `cited`. A citation leads somewhere only when one document alone can be meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from gongkai.base.text import plain
from gongkai.model.articles import deepest, opened, outline
from gongkai.model.catalog import Catalog
from gongkai.model.citations import Citation, Found, scan
from gongkai.model.record import Item
from gongkai.model.rule import Status

Key = tuple[str, str, str]
"""What `Citation.key` gives: the name, its number, the article."""


@dataclass(frozen=True, slots=True)
class Place:
    """A document of the catalog, and the anchor of the article in it; "" for all of it."""

    item: Item
    anchor: str


class Names:
    """What the documents of a catalog are called in running text."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._titles: dict[str, list[Item]] = defaultdict(list)
        self._printed: dict[str, list[Item]] = defaultdict(list)
        self._numbers: dict[str, list[Item]] = defaultdict(list)
        for item in catalog.of("rule"):
            title = _title(item)
            for name in {title, title.removeprefix(_STATE) if _LAW.search(title) else title}:
                self._titles[name].append(item)
            if printed := _PRINTED.search(item.record.title):
                self._printed[plain(printed[1])].append(item)
            if item.record.doc_no:
                number = plain(item.record.doc_no)
                for name in {number, number.removeprefix(_STATE)}:
                    self._numbers[name].append(item)

    def find(self, name: str, number: str) -> list[Item]:
        """The documents that a name with a number may mean: none, one, or several that cannot be told apart."""
        numbered = self._numbers.get(plain(number), []) if number else []
        wanted = plain(name)
        for names in (self._titles, self._printed, self._numbers):
            if found := names.get(wanted):
                return [item for item in found if item in numbered] or self._current(found)
        return numbered

    def spelt(self, item: Item) -> list[re.Pattern[str]]:
        """The longest run of characters in each name of a document, as it may stand in a text that is not `plain`."""
        called = (self._titles, self._printed, self._numbers)
        names = {name for names in called for name, items in names.items() if item in items}
        runs = (max(_RUN.findall(name), key=len, default="") for name in names)
        return [re.compile(r"\s*".join(run)) for run in runs]

    def _current(self, found: list[Item]) -> list[Item]:
        """Of documents with one title those that none took the place of: a citation means that one, on every day."""
        return [item for item in found if not self._is_past(item)] or found if len(found) > 1 else found

    def _is_past(self, item: Item) -> bool:
        """Whether a document is repealed, replaced or declared lapsed. One whose term is over may be prolonged."""
        end = self._catalog.life(item).ends()
        return end is not None and (end.state is not Status.EXPIRED or not end.dated)


_STATE = "中华人民共和国"
_LAW = re.compile(rf"^{_STATE}.*(?<!办)法(?:典|实施条例|实施细则)?$")
"""A law of the state, which texts also call by its name without the state's; no 办法 is one."""

_EDITION = re.compile(r"[（(]\d{4}年?(?:版|修正|修订|修正文本|修订文本|修正本|修订本)?[）)]$")
"""What tells texts of one document apart in its title and stands in no citation."""

_RUN = re.compile("[一-鿿]+")
_ODD = re.compile("[\u2e80-\u2fdf\u3200-\u33ff\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""Signs that `plain` makes ordinary characters of: ⽔ is 水."""

_PRINTED = re.compile(r"(?:印发|公布|发布)[《〈](?!关于)(.+)[》〉]的(?:通知|公告|决定|令)$")
"""The document that a notice prints. One called 关于… may be another organ's, and needs its number."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a document is cited: by which, in which article of that (its anchor and number as typed, "" for none).

    `article` is the anchor of the article that is meant, "" for all of the document.
    """

    article: str
    source: Item
    anchor: str
    label: str


class Cited:
    """What the texts of a public catalog cite. Everything here is found when it is first asked for, and kept."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._names = Names(catalog)
        self._meant: dict[tuple[str, str], list[Item]] = {}

    def meant(self, citation: Citation) -> list[Item]:
        """The documents that a citation may mean: none, one, or several that cannot be told apart."""
        key = (citation.name, citation.number)
        if key not in self._meant:
            self._meant[key] = self._names.find(*key)
        return self._meant[key]

    def places(self, text: str, title: str = "", itself: Item | None = None) -> dict[Key, Place]:
        """Where the citations of a text lead. `itself` is the document that 本办法 means in it, and `title` its title.

        In the text of `itself` that is left out: a page knows its own articles.
        """
        found = {}
        for one in scan(text, title):
            citation = one.citation
            home = itself is not None and not citation.name and itself.body == text
            if citation.key not in found and not home and (place := self._place(citation, itself)):
                found[citation.key] = place
        return found

    def _place(self, citation: Citation, itself: Item | None) -> Place | None:
        meant = self.meant(citation) if citation.name else [itself] if itself else []
        if len(meant) != 1:
            return None
        anchor = deepest(citation.article, outline(meant[0].body)) if citation.article else ""
        # A number alone leads to its article or nowhere; a document does not lead to the top of itself.
        lone = citation.article and citation.place == citation.start
        return None if not anchor and (lone or meant[0] is itself) else Place(meant[0], anchor)

    def of(self, item: Item) -> list[Mention]:
        """What `by` has of one document, from the texts that may name it: 0.2 s at 3,000 laws instead of 1.3."""
        spelt = self._names.spelt(item)
        texts = (other for other in self._catalog.of("rule") if _may_hold(spelt, other.body))
        return [self._mention(source, one, item) for source, one, meant in self._read(texts) if meant is item]

    @cached_property
    def any(self) -> bool:
        """Whether any document cites another, be it here or not."""
        return any(True for _ in self._read(self._catalog.of("rule")))

    @property
    def by(self) -> dict[tuple[str, str], list[Mention]]:
        """For each document of the catalog where other documents cite it, in the order of the catalog."""
        return self._survey[0]

    @property
    def missing(self) -> dict[str, set[tuple[str, str]]]:
        """The documents that are cited and not in the catalog: 《title》 → the documents that cite it."""
        return self._survey[1]

    @cached_property
    def _survey(self) -> tuple[dict[tuple[str, str], list[Mention]], dict[str, set[tuple[str, str]]]]:
        by: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        missing: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for source, one, meant in self._read(self._catalog.of("rule")):
            if meant:
                by[meant.key].append(self._mention(source, one, meant))
            else:
                missing[_full(one.citation.name)].add(source.key)
        return by, missing

    def _read(self, texts: Iterable[Item]) -> Iterator[tuple[Item, Found, Item | None]]:
        """What cites another document, where, and which one it means; None for one that is not here."""
        for item in texts:
            for one in scan(item.body, item.record.title):
                if name := one.citation.name:
                    meant = self.meant(one.citation)
                    if len(meant) == 1 and not _is_itself(item, one.citation, meant[0]):
                        yield item, one, meant[0]
                    elif not meant and not one.preface and _DOCUMENT.search(name):
                        yield item, one, None

    def _mention(self, source: Item, one: Found, meant: Item) -> Mention:
        article = one.citation.article.partition("-p")[0]
        anchor = deepest(article, outline(meant.body)) if article else ""
        return Mention(anchor, source, *_around(source, one.line))


_DOCUMENT = re.compile(
    r"^《.{2,}(?:法|法典|条例|规定|办法|细则|规则|决定|命令|通知|意见|解释|批复|准则|公约|协定)(?:（[^（）]+）)?》$"
)
"""A title that only a document can have: 《营业执照》 is none, nor 《条例》, which says no name."""


def _title(item: Item) -> str:
    return plain(_EDITION.sub("", item.record.title))


def _is_itself(item: Item, citation: Citation, meant: Item) -> bool:
    """Whether a text speaks of its own document: an earlier text that says its name does not cite the present one."""
    return meant is item or (not citation.number and _title(meant) == _title(item))


def cited_as(title: str, number: str) -> str:
    """How other texts cite a document: 《title》 with its number, of a notice what it prints; 〈〉 inside 《》."""
    printed = _PRINTED.search(title)
    inner = str.maketrans("《》", "〈〉")
    return f"《{(printed[1] if printed else title).translate(inner)}》" + (f"（{number}）" if number else "")


def _full(name: str) -> str:
    """《水法》 and 《中华人民共和国水法》 are one document."""
    title = name.strip("《》")
    return f"《{_STATE}{title}》" if _LAW.search(_STATE + title) and not title.startswith(_STATE) else name


def _may_hold(spelt: list[re.Pattern[str]], text: str) -> bool:
    """Whether a text may name a document that is spelt so: false only where it surely does not."""
    return "](" in text or any(name.search(text) for name in spelt) or _ODD.search(text) is not None


@lru_cache(maxsize=65536)
def _around(item: Item, line: int) -> tuple[str, str]:
    """The anchor and the number of the article that a line of a text stands in, both "" where it is in none."""
    for text in reversed(item.body.split("\n", line + 1)[: line + 1]):
        if text.startswith("#"):
            break
        if number := opened(text):
            return number
    return "", ""
