"""The public catalog and the theme → what page planners share: links, cards, tags and the frame of every page.

Start with `Site`. Planners see a Site; templates see only the views that planners make with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from posixpath import basename

from gongkai import __version__
from gongkai.base.problems import Mark
from gongkai.base.settings import Link as Linked
from gongkai.base.settings import Links, Settings
from gongkai.base.text import numeral, pinyin
from gongkai.model import disclosure, validity
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form
from gongkai.model.organ import OrganKind
from gongkai.model.record import Item
from gongkai.model.row import field_of
from gongkai.model.rule import RELATIONS
from gongkai.render import urls
from gongkai.render.output import Copied, Output, copy
from gongkai.render.theme import Theme, asset_address
from gongkai.render.views import Card, Chrome, Download, Foot, Link, Page, Places, Tag

SETTINGS = Mark("catalog.yaml")


@dataclass(frozen=True)
class Site:
    """One build's catalog (already cut down to what is public) with the theme that will show it."""

    catalog: Catalog
    theme: Theme

    @property
    def settings(self) -> Settings:
        """The settings of the site."""
        return self.catalog.settings

    @cached_property
    def chrome(self) -> Chrome:
        """The frame of every page."""
        settings = self.settings
        foot = settings.footer
        return Chrome(
            site=settings.name,
            notice=settings.notice or "",
            nav=tuple(self._nav()),
            places=Places(urls.HOME, urls.RULES, urls.ISSUERS, urls.ORGANS, urls.SEARCH, urls.SITE_MAP),
            foot=Foot(
                foot.sponsor,
                foot.organizer or "",
                foot.contact,
                settings.id_code,
                foot.icp,
                _outer(foot.police),
                _outer(foot.conac),
                _outer(foot.report_error),
            ),
            style=asset_address(self.theme, "style.css"),
            icon=asset_address(self.theme, "icon.svg"),
            file_links=settings.links is Links.FILE,
            generator=f"gongkai {__version__}",
        )

    def _nav(self) -> Iterator[Link]:
        """The columns of the site; those that have nothing in them are left out."""
        words = self.theme.words
        yield Link(words["home"], urls.HOME)
        yield Link(words["zfxxgk"], urls.column(self.settings.root, root=True))
        if self.fields:
            yield Link(words["fields"], urls.FIELDS)
        yield Link(words["rules"], urls.RULES)
        if any(self.catalog.of("card")):
            yield Link(words["cards"], urls.CARDS)
        if any(self.catalog.of("explainer")):
            yield Link(words["explainers"], urls.EXPLAINERS)
        yield Link(words["organs"], urls.ORGANS)

    @cached_property
    def documents(self) -> list[Item]:
        """Every rule and normative document, newest first; undated ones last, by name."""
        return sorted(self.catalog.of("rule"), key=_newest_first)

    @cached_property
    def readable(self) -> list[Item]:
        """The documents that a reader can still read or ask for: without those taken down."""
        return self.shown("rule")

    @cached_property
    def organs(self) -> list[Item]:
        """Every organ in the pinyin order of its name, the root first."""
        root = self.catalog.find("organ", self.settings.root)
        organs = sorted(self.catalog.of("organ"), key=lambda item: pinyin(item.record.name))
        return sorted(organs, key=lambda item: item is not root)

    @cached_property
    def fields(self) -> list[Item]:
        """The fields that the site lists, or the shipped ones; a site of one department shows those with rows."""
        found = list(self.catalog.of("field"))
        root = self.catalog.find("organ", self.settings.root)
        whole = root is not None and root.record.kind is OrganKind.GOVERNMENT
        return [item for item in found if whole or item.path.startswith("content/") or self.rows.get(item.id)]

    @cached_property
    def rows(self) -> dict[str, list[Item]]:
        """The rows of the standard lists by the id of their field: standard ones first, in the order of the files."""
        found: dict[str, list[Item]] = defaultdict(list)
        for item in sorted(self.catalog.of("row"), key=lambda item: item.origin != "standards"):
            field = self.catalog.find("field", field_of(item))
            if field and self.form(item) is Form.FULL:
                found[field.id].append(item)
        return found

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
        if item.kind in ("industry", "audience"):
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
        for item in sorted(self.catalog.items.values(), key=_newest_first):
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

    def basis(self, text: str) -> Link:
        """A basis such as 《名称》（文号）第三条: a link to the document, and to the article where one is named."""
        named = re.match(r"《[^》]+》", text)
        rule = self.catalog.find("rule", named[0]) if named else self.catalog.find("rule", text)
        if rule is None:
            return Link(text)
        return Link(text, self.to_article(rule, text[named.end() :] if named else "").address)

    def to_article(self, rule: Item | None, text: str) -> Link:
        """第十二条 as a link to the article of a document; the text alone where the document is not ours."""
        if rule is None:
            return Link(text)
        number = re.search(r"第([〇零一二三四五六七八九十百千\d]+)条(?:之([一二三四五六七八九十\d]+))?", text)
        anchor = ""
        if number and self.form(rule) is Form.FULL and number[0] in rule.body:
            inserted = f"-{numeral(number[2])}" if number[2] else ""
            anchor = f"#art-{numeral(number[1])}{inserted}"
        return Link(text, urls.record("rule", rule.id) + anchor)

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

    def file_address(self, item: Item, typed: str) -> str:
        """The address of a file that a field of `item` names, "" when it is not there."""
        for link in self.catalog.links.get(item.key, ()):
            if link.href == typed and link.attachment:
                return self.attachment_address(item, link.attachment)
        return ""

    @cached_property
    def backlinks(self) -> dict[tuple[str, str], list[tuple[str, Item]]]:
        """For each document, the documents that name it, with the relation they name it by."""
        found: dict[tuple[str, str], list[tuple[str, Item]]] = defaultdict(list)
        for item in self.documents:
            for relation in RELATIONS:
                for text in getattr(item.record, relation):
                    if (target := self.catalog.find("rule", text)) is not None:
                        found[target.key].append((relation, item))
        return found

    def output(
        self,
        template: str,
        address: str,
        title: str,
        view: object,
        *,
        claim: Mark = SETTINGS,
        crumbs: Iterable[Link] = (),
        tags: Iterable[Tag] = (),
    ) -> Output:
        """A page: the frame, the way to it (home first, itself last), the page tags, and its own view."""
        settings = self.settings
        trail = () if address == urls.HOME else (self.chrome.nav[0], *crumbs, Link(title, address))
        page = Page(
            address=address,
            title=title,
            crumbs=trail,
            tags=(
                Tag("SiteName", settings.name),
                Tag("SiteDomain", settings.domain),
                Tag("SiteIDCode", settings.id_code),
                *tags,
            ),
            canonical=urls.absolute(settings.base_url, address) if settings.base_url else "",
            root=urls.root(settings.base_url) if address == urls.NOT_FOUND else "",
            chrome=self.chrome,
            view=view,
        )
        return Output(urls.output_path(address), claim, page, template=template)

    def record(self, template: str, item: Item, view: object, crumb: Link, column: tuple[Tag, ...]) -> Output:
        """The page of a record of ours, published by the organ in whose folder it lies."""
        publisher = self.catalog.publisher(item)
        source = publisher.record.name if publisher else self.theme.words["missing"]
        return self.output(
            template,
            urls.record(item.kind, item.id),
            item.record.heading,
            view,
            claim=item.mark(),
            crumbs=(crumb,),
            tags=(*column, *self.article(item, source)),
        )

    def column(self, name: str, description: str, kind: str, keywords: str = "") -> tuple[Tag, ...]:
        """栏目标签, which lists and other column pages carry."""
        return (
            Tag("ColumnName", name),
            Tag("ColumnDescription", description),
            Tag("ColumnKeywords", keywords or name),
            Tag("ColumnType", kind),
        )

    def article(self, item: Item, source: str) -> tuple[Tag, ...]:
        """内容页标签. PubDate has the form `YYYY-MM-DD HH:MM`; a day without its minute counts from 00:00."""
        record = item.record
        published = record.published
        tags = [
            Tag("ArticleTitle", record.heading),
            Tag("PubDate", f"{published.day} {published.minute or '00:00'}" if published else ""),
            Tag("ContentSource", source),
        ]
        if record.keywords:
            tags.append(Tag("Keywords", ",".join(record.keywords)))
        if record.owner:
            tags.append(Tag("Author", record.owner))
        if record.summary:
            tags.append(Tag("Description", record.summary))
        return tuple(tags)

    def form(self, item: Item) -> Form:
        """How much of a record there is to see."""
        return disclosure.form(item.record, self.catalog.day)

    def link(self, item: Item) -> Link:
        """The page of a record, under its name."""
        return Link(item.record.heading, self.page_of(item))

    def named(self, kind: str, text: str) -> Link:
        """What a reference says: the page of the record, or the text alone for something outside the catalog."""
        item = self.catalog.find(kind, text)
        return self.link(item) if item else Link(text)

    def issuer(self, text: str) -> Link:
        """The list of the documents of an issuer, under its name."""
        organ = self.catalog.find("organ", text)
        key = organ.id if organ else urls.issuer_key(text)
        return Link(organ.record.name if organ else text, urls.rules_of("issuer", key))

    def card(self, item: Item) -> Card:
        """A document in a list, with its state on the day of the build."""
        record = item.record
        shown = self.form(item)
        state = validity.on(record, self.catalog.day).state.value if shown is Form.FULL else ""
        return Card(
            title=record.heading,
            address=urls.record(item.kind, item.id),
            number=record.doc_no or "",
            issuers="、".join(self.issuer(text).text for text in record.issuers),
            type=record.type_label or record.type.value,
            day=str(record.published.day) if record.published else "",
            state=state,
            form=shown.value,
        )

    def downloads(self, item: Item) -> tuple[Download, ...]:
        """The attachments that a record lists, in its order; one that is missing has its problem already."""
        found = {link.href: link.attachment for link in self.catalog.links.get(item.key, ())}
        downloads = []
        for file in item.record.files:
            if path := found.get(file.file):
                name = basename(path)
                address = self.attachment_address(item, path)
                size = self.catalog.attachments[path].size
                downloads.append(Download(file.title or name, address, name.rpartition(".")[2].upper(), size))
        return tuple(downloads)

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

    def copies(self, item: Item) -> Iterator[Output]:
        """The attachments that a published record names: nothing else of the content folder is copied."""
        named = {link.attachment: link.mark for link in self.catalog.links.get(item.key, ()) if link.attachment}
        for path, mark in sorted(named.items()):
            attachment = self.catalog.attachments[path]
            view = Copied(attachment.source, attachment.size, attachment.modified)
            address = self.attachment_address(item, path)
            yield Output(urls.output_path(address), mark, view, write=copy)


def _newest_first(item: Item) -> tuple[int, str, tuple[str, ...], str]:
    published = item.record.published
    day = -published.day.toordinal() if published else 0
    minute = published.minute if published else ""
    # Only undated documents are read by name; the pinyin of 1,000 titles takes 0.2 s.
    name = (item.record.heading,) if published else pinyin(item.record.heading)
    return (day, "".join(chr(0x10FFFF - ord(c)) for c in minute), name, item.id)


def _outer(link: Linked) -> Link:
    return Link(link.text, url=link.url or "")
