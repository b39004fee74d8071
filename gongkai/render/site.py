"""The public catalog and the theme → what page planners share: links, cards, tags and the frame of every page.

Start with `Site`. Planners see a Site; templates see only the views that planners make with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from posixpath import basename

from gongkai import __version__
from gongkai.base.problems import Mark
from gongkai.base.settings import MAIN, Language, Links
from gongkai.base.settings import Link as Linked
from gongkai.base.text import pinyin, plain
from gongkai.model.disclosure import Form
from gongkai.model.organ import OrganKind
from gongkai.model.record import Item
from gongkai.model.row import field_of
from gongkai.render import states, urls
from gongkai.render.atlas import Atlas
from gongkai.render.output import Copied, Output, copy
from gongkai.render.theme import Theme, asset_address
from gongkai.render.views import Badge, Card, Chrome, Download, Foot, Link, Page, Places, Script, Tag, Version

SETTINGS = Mark("catalog.yaml")

PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg")
"""How the name of a picture ends: a text shows it instead of linking to it."""


@dataclass(frozen=True, slots=True)
class Late:
    """A view that takes long to make, and the addresses of the files that come beside its page."""

    make: Callable[[], object]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Site(Atlas):
    """One build's catalog (already cut down to what is public) with the theme that will show it."""

    theme: Theme
    language: Language = MAIN
    seen: Collection[str] | None = None
    """The files whose pages somebody will look at; None for all. Of most others only the paths are planned."""

    def is_seen(self, path: str) -> bool:
        """Whether somebody will look at the pages that are made of a file."""
        return self.seen is None or path in self.seen

    def speaking(self, language: Language) -> Site:
        """The site in another language. What is known of its records is shared, not found again."""
        other = replace(self, theme=self.theme.speaking(language), language=language)
        own = {"theme", "language", "chrome"}
        vars(other).update({name: value for name, value in vars(self).items() if name not in own})
        return other

    def called(self, item: Item) -> str:
        """What pages of this language call a record: in English by its English name, if it has one.

        An English name that ships belongs to the Chinese name that ships, not to one that the site put in its place.
        """
        english = getattr(item.record, "name_en", None) if self.language is Language.EN else None
        if english and item.mark("name").path == item.mark("name_en").path:
            return str(english)
        return super().called(item)

    @cached_property
    def chrome(self) -> Chrome:
        """The frame of every page."""
        settings = self.settings
        foot = settings.footer
        return Chrome(
            language=self.language.value,
            below=self.language.below,
            site=settings.name,
            notice=settings.notice or "",
            nav=tuple(self._nav()),
            places=Places(
                urls.HOME, urls.RULES, urls.ISSUERS, urls.ORGANS, urls.SEARCH, urls.FAVOURITES, urls.SITE_MAP
            ),
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
            preferences=asset_address(self.theme, "prefs.js"),
            tools=asset_address(self.theme, "tools.js"),
            icon=asset_address(self.theme, "icon.svg"),
            status=Script(asset_address(self.theme, "status.js"), states.names(self.theme.words), settings.timezone),
            file_links=settings.links is Links.FILE,
            hosts=tuple(filter(None, (settings.domain.lower(), urls.host(settings.base_url or "")))),
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

    def related(self, field: Item) -> dict[str, list[Item]]:
        """The cards, documents and explainers of a field: what its rows are published as, and what names it."""
        found: dict[str, dict[tuple[str, str], Item]] = {"card": {}, "rule": {}, "explainer": {}}
        for row in self.rows.get(field.id, ()):
            for text in row.record.published_as:
                target = self.target(text)
                if target and target.kind in found:
                    found[target.kind][target.key] = target
        for card in self.catalog.of("card"):
            if any(self.catalog.find("field", text) is field for text in card.record.fields):
                found["card"][card.key] = card
                for source in card.record.sources:
                    if rule := self.catalog.find("rule", source.rule):
                        found["rule"][rule.key] = rule
        for explainer in self.catalog.of("explainer"):
            if any(self.catalog.find("rule", text) in found["rule"].values() for text in explainer.record.explains):
                found["explainer"][explainer.key] = explainer
        return {
            kind: sorted(items.values(), key=lambda item: plain(item.record.heading)) for kind, items in found.items()
        }

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
        """A page: the frame, the way to it (home first, itself last), the page tags, and its own view.

        One that is `Late` is made only for a page that somebody will look at.
        """
        settings = self.settings
        spoken = urls.spoken(self.language.below, address)
        trail = () if address == urls.HOME else (self.chrome.nav[0], *crumbs, Link(title, address))
        late = view if isinstance(view, Late) and not self.is_seen(claim.path) else None
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
            canonical=urls.absolute(settings.base_url, spoken) if settings.base_url else "",
            versions=tuple(self._versions(address)) if len(settings.tongues) > 1 else (),
            root=urls.root(settings.base_url) if address == urls.NOT_FOUND else "",
            chrome=self.chrome,
            view=late.beside if late else view.make() if isinstance(view, Late) else view,
        )
        output = Output(urls.output_path(spoken), claim, page, template=template)
        return replace(output, whole=lambda: replace(output, view=replace(page, view=late.make()))) if late else output

    def _versions(self, address: str) -> Iterator[Version]:
        """A page in every language of the site; nothing for a page that there is once, such as 404.html."""
        settings = self.settings
        here = urls.spoken(self.language.below, address)
        for language in settings.tongues if urls.is_page(address) else ():
            there = urls.spoken(language.below, address)
            yield Version(
                language.value,
                language.label,
                urls.href(here, there, file_links=settings.links is Links.FILE),
                urls.absolute(settings.base_url, there) if settings.base_url else "",
            )

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

    def card(self, item: Item, day: date | None = None) -> Card:
        """A document in a list, with its state on `day` if the page may know one."""
        record = item.record
        shown = self.form(item)
        return Card(
            title=record.heading,
            address=urls.record(item.kind, item.id),
            number=record.doc_no or "",
            issuers="、".join(self.issuer(text).text for text in record.issuers),
            type=record.type_label or record.type.value,
            day=str(record.published.day) if record.published else "",
            badge=self.badge(item, day),
            form=shown.value,
        )

    def badge(self, rule: Item | None, day: date | None = None) -> Badge | None:
        """有效性 of a document, None where there is none to speak of."""
        if rule is None or self.form(rule) is not Form.FULL:
            return None
        return states.badge(self.life(rule), self.theme.words, day)

    def downloads(self, item: Item) -> tuple[Download, ...]:
        """The attachments of a record: those it lists, in its order, then those that its text alone links to.

        Pictures are read where they stand. An attachment that is missing has its problem already.
        """
        found = {link.href: link.attachment for link in self.catalog.links.get(item.key, ()) if link.attachment}
        titles = {found[file.file]: file.title for file in item.record.files if file.file in found}
        for link in self.catalog.links.get(item.key, ()) if item.body else ():
            path = link.attachment or ""
            if path and link.mark.line >= item.body_line and not path.lower().endswith(PICTURES):
                titles.setdefault(path, None)
        return tuple(self._download(item, path, title) for path, title in titles.items())

    def _download(self, item: Item, path: str, title: str | None) -> Download:
        name = basename(path)
        kind = name.rpartition(".")[2].upper()
        return Download(title or name, self.attachment_address(item, path), kind, self.catalog.attachments[path].size)

    def copies(self, item: Item) -> Iterator[Output]:
        """The attachments that a published record names: nothing else of the content folder is copied."""
        named = {link.attachment: link.mark for link in self.catalog.links.get(item.key, ()) if link.attachment}
        for path, mark in sorted(named.items()):
            attachment = self.catalog.attachments[path]
            view = Copied(attachment.source, attachment.size, attachment.modified)
            address = self.attachment_address(item, path)
            yield Output(urls.output_path(address), mark, view, write=copy)


def _outer(link: Linked) -> Link:
    return Link(link.text, url=link.url or "")
