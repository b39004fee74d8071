"""The few functions that templates may call. All are pure: what they return depends on their arguments alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import jinja2
from markupsafe import Markup, escape

from gongkai.base.fields import Choice
from gongkai.base.settings import MAIN, Language
from gongkai.model.column import Group
from gongkai.model.explainer import Format, Interpreter
from gongkai.model.organ import Level, OrganKind
from gongkai.model.record import Disclosure
from gongkai.model.regime import Topic
from gongkai.model.row import Profile, RowLevel
from gongkai.model.rule import Status, Type
from gongkai.model.term import Side
from gongkai.render import phones, urls
from gongkai.render.citing import Cites, linked
from gongkai.render.comparison import Comparison, Texts, Then, compare, fates
from gongkai.render.days import spell
from gongkai.render.markdown import Rendered, RuleText, render
from gongkai.render.prose import Prose
from gongkai.render.prose import render as render_prose
from gongkai.render.qr import drawn
from gongkai.render.views import Link, Page

_Key = TypeVar("_Key")

CHINESE = (Language.ZH_CN, Language.ZH_HANT)

VOCABULARIES: dict[str, type[Choice]] = {
    "type": Type,
    "status": Status,
    "level": Level,
    "organ_kind": OrganKind,
    "disclosure": Disclosure,
    "profile": Profile,
    "row_level": RowLevel,
    "side": Side,
    "format": Format,
    "interpreter": Interpreter,
    "group": Group,
    "regime": Topic,
}


@jinja2.pass_context
def href(context: jinja2.runtime.Context, target: str | Link) -> str:
    """The link from this page to an address of the site, or to the address outside that a `Link` holds."""
    page: Page = context["page"]
    if isinstance(target, Link):
        if target.url:
            return target.url
        target = target.address
    if page.root:
        return urls.absolute(page.root, target)
    here, there = (urls.spoken(page.chrome.below, address) for address in (page.address, target))
    return urls.href(here, there, file_links=page.chrome.file_links)


@jinja2.pass_context
def outside(context: jinja2.runtime.Context, target: str | Link) -> bool:
    """Whether a link leads to another site: one on the host of this site is ours, whatever program answers there."""
    url = target.url if isinstance(target, Link) else target
    return urls.host(url) not in ("", *context["page"].chrome.hosts)


def _outward(context: jinja2.runtime.Context) -> Callable[[str], str]:
    """What stands behind the words of a link in a text: 站外链接 where it leads to another site."""
    language = context["page"].chrome.language
    own = Markup("") if language in CHINESE else Markup(' lang="{}"').format(language)
    tag = Markup(' <span class="aside tag"{}>{}</span>').format(own, context["words"]["outside"])
    return lambda address: tag if outside(context, address) else ""


def _hrefs(context: jinja2.runtime.Context, leads: Iterable[tuple[_Key, str]]) -> dict[_Key, str]:
    """What each text or citation leads to, as links from this page."""
    return {key: href(context, address) for key, address in leads}


@jinja2.pass_context
def authentic(context: jinja2.runtime.Context, html: str) -> str:
    """The HTML of a text as it was published: on a page of another tongue nothing of it is taken for the page's own."""
    page: Page = context["page"]
    return html if page.chrome.language in CHINESE else f'<div lang="{MAIN}">{html}</div>'


@jinja2.pass_context
def typed(context: jinja2.runtime.Context, text: str) -> Markup:
    """A piece of a published text within a line of ours; see `authentic`."""
    page: Page = context["page"]
    return escape(text) if page.chrome.language in CHINESE else Markup('<span lang="{}">{}</span>').format(MAIN, text)


@jinja2.pass_context
def law(context: jinja2.runtime.Context, text: RuleText) -> Rendered:
    """The HTML and contents of a rule's text; its links are made relative to this page."""
    return render(text, _hrefs(context, text.links), _hrefs(context, text.cites.leads), outward=_outward(context))


@jinja2.pass_context
def alone(context: jinja2.runtime.Context, text: RuleText) -> Rendered:
    """The HTML of a rule's text with no word of ours in it, for a file that leaves the site."""
    return render(text, _hrefs(context, text.links))


@jinja2.pass_context
def then(context: jinja2.runtime.Context, text: Then) -> Rendered:
    """The HTML and contents of an earlier text; each article says what has become of it and leads there."""
    beside, language = {}, context["page"].chrome.language
    for fate in fates(text.text.source, text.now):
        word = context["words"][f"now_{fate.change}"].format(label=fate.label)
        lead = href(context, f"{text.address}#{fate.now}") if fate.now else ""
        beside[fate.anchor] = (word, lead, "" if language in CHINESE else language)
    links, cites = _hrefs(context, text.text.links), _hrefs(context, text.text.cites.leads)
    return render(text.text, links, cites, beside, outward=_outward(context))


def compared(texts: Texts) -> Comparison:
    """The table of two texts."""
    return compare(texts.old, texts.new)


@jinja2.pass_context
def prose(context: jinja2.runtime.Context, text: Prose) -> str:
    """The HTML of ordinary Markdown, with links relative to this page."""
    return render_prose(text, _hrefs(context, text.links), _hrefs(context, text.cites.leads), _outward(context))


@jinja2.pass_context
def cited(context: jinja2.runtime.Context, text: str, cites: Cites) -> Markup:
    """A plain text with its citations as links."""
    return typed(context, Markup(linked(text, cites.title, _hrefs(context, cites.leads))))


@jinja2.pass_context
def label(context: jinja2.runtime.Context, value: str, vocabulary: str) -> str:
    """The word for a value of a vocabulary: the theme's where it has one (`status.in_force`), else the field's own."""
    return word(context["words"], value, vocabulary)


def word(words: dict[str, str], value: str, vocabulary: str) -> str:
    """`label` for who holds the words of a theme, outside a template."""
    return words.get(f"{vocabulary}.{value}") or VOCABULARIES[vocabulary](value).label


@jinja2.pass_context
def day(context: jinja2.runtime.Context, value: str) -> str:
    """`2024-03-05 09:30` → `2024年3月5日 09:30`, as the language of the page writes it."""
    return spell(value, context["words"])


def calls(text: str, alone: bool = True) -> Markup:
    """A text with its telephone numbers as links; not `alone`, other numbers stand there too."""
    return phones.linked(text, alone=alone)


def size(value: int) -> str:
    """Bytes as a reader says them: `12.3 KB`."""
    if value < 1024:
        return f"{value} B"
    if value < 1024 * 1024:
        return f"{value / 1024:.1f} KB"
    return f"{value / 1024 / 1024:.1f} MB"


FILTERS: dict[str, Any] = {
    "alone": alone,
    "authentic": authentic,
    "calls": calls,
    "cited": cited,
    "compared": compared,
    "day": day,
    "href": href,
    "label": label,
    "law": law,
    "outside": outside,
    "prose": prose,
    "qr": drawn,
    "size": size,
    "then": then,
    "typed": typed,
}
