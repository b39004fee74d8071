"""Document pages → each document as schema.org `Legislation` in JSON-LD, for search engines and other programs.

The terms are those that schema.org took from ELI. A state of 有效性 is a `Role` with its days, because the plain value
would be wrong from one day to the next; what others do to a document, for which schema.org has no word, is said by
`@reverse`. Addresses are full where the site has a public root, else relative to the file, which lies beside its page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.base.settings import Settings
from gongkai.render import urls
from gongkai.render.described import Described, Force, Issuer
from gongkai.render.markdown import RuleText
from gongkai.render.output import Output
from gongkai.render.pages.rule import RuleView
from gongkai.render.pages.rule_relations import Relation
from gongkai.render.parsed import parse
from gongkai.render.views import Download, Link, Page

SUFFIX = "jsonld"

TERMS = {
    "repeals": "legislationRepeals",
    "amends": "legislationAmends",
    "corrects": "legislationCorrects",
    "replaces": "legislationChanges",
    "extends": "legislationChanges",
    "suspends": "legislationChanges",
    "implements": "legislationEnsuresImplementationOf",
    "forwards": "about",
    "interprets": "about",
}
"""Relation → the property that says it; of what schema.org has no word for, the nearest that is still true."""

FORMATS = {
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
    "md": "text/markdown",
    "ofd": "application/ofd",
    "pdf": "application/pdf",
    "png": "image/png",
    "txt": "text/plain",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
"""Suffix → media type. The table of the machine would differ from one to another."""


@dataclass(frozen=True, slots=True)
class LegislationView:
    """A document and what surrounds it, at the page `address` of the site at `base_url` ("" when not known)."""

    address: str
    base_url: str
    title: str
    number: str
    summary: str
    described: Described
    relations: tuple[Relation, ...]
    consolidates: tuple[tuple[Link, str], ...]
    since: str
    text: RuleText
    files: tuple[Download, ...]
    copies: tuple[tuple[str, str], ...]
    explainers: tuple[Link, ...]
    cards: tuple[Link, ...]


def plan(settings: Settings, outputs: Sequence[Output]) -> Iterator[Output]:
    """A .jsonld for each page of a document that offers one."""
    for output in outputs:
        page = output.view
        if isinstance(page, Page) and isinstance(page.view, RuleView) and page.view.copies:
            for file in page.view.copies.files:
                if file.suffix == SUFFIX:
                    view = _view(page, settings.base_url or "")
                    yield Output(urls.output_path(file.address), output.claim, view, write=write)


def _view(page: Page, base_url: str) -> LegislationView:
    view: RuleView = page.view
    assert view.copies is not None
    assert view.described is not None
    earlier = [span for span in view.timeline.spans if span.address.startswith(page.address)] if view.timeline else []
    own = [span for span in earlier if not span.here]
    return LegislationView(
        address=page.address,
        base_url=base_url,
        title=view.title,
        number=view.copies.number,
        summary=view.summary,
        described=view.described,
        relations=tuple(relation for relation in view.relations if relation.title.removesuffix("_by") in TERMS),
        consolidates=tuple((Link(span.title, span.address), span.since) for span in own),
        since=next((span.since for span in earlier if span.here and own), ""),
        text=RuleText(view.text.source),
        files=view.files,
        copies=tuple((file.suffix, file.address) for file in view.copies.files if file.suffix != SUFFIX),
        explainers=view.explainers,
        cards=view.cards,
    )


def write(view: LegislationView) -> bytes:
    """The JSON of a document, on one line: indented it takes three times as long. What is not known is left out."""
    return (json.dumps(_known(_legislation(view)), ensure_ascii=False) + "\n").encode()


def _legislation(view: LegislationView) -> dict[str, Any]:
    told = view.described
    area = {"@type": "AdministrativeArea", "name": told.region} if told.region else None
    back = _related(view, back=True)
    return {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": _full(view, view.address),
        "url": _full(view, view.address),
        "name": view.title,
        "inLanguage": told.language,
        "legislationIdentifier": view.number,
        "identifier": [{"@type": "PropertyValue", "name": name, "value": value} for name, value in told.numbers],
        "legislationType": told.type,
        "genre": told.genre,
        "keywords": list(told.keywords),
        "abstract": view.summary,
        "legislationJurisdiction": area,
        "spatialCoverage": area,
        "legislationPassedBy": [_organization(view, issuer) for issuer in told.issuers],
        "publisher": _organization(view, told.publisher) if told.publisher else None,
        "legislationDate": told.signed,
        "datePublished": told.published,
        "dateModified": told.updated,
        "legislationDateOfApplicability": told.effective,
        "legislationDateVersion": view.since,
        "temporalCoverage": list(_periods(told.force)),
        "legislationLegalForce": [_role(force) for force in told.force],
        **_related(view, back=False),
        "legislationConsolidates": [
            _named(view, "Legislation", text) | {"legislationDateVersion": since} for text, since in view.consolidates
        ],
        "@reverse": back or None,
        "hasPart": [*_articles(view), *(_attachment(view, file) for file in view.files)],
        "encoding": [
            {"@type": "LegislationObject", "contentUrl": _full(view, address), "encodingFormat": FORMATS[suffix]}
            for suffix, address in view.copies
        ],
        "subjectOf": [
            *(_named(view, "Article", link) for link in view.explainers),
            *(_named(view, "CreativeWork", link) for link in view.cards),
        ],
    }


def _known(value: Any) -> Any:
    """A value without what is empty in it. A list of one is the one."""
    if isinstance(value, dict):
        found = {key: _known(part) for key, part in value.items()}
        return {key: part for key, part in found.items() if part not in ("", None, [])}
    if isinstance(value, list):
        return _known(value[0]) if len(value) == 1 else [_known(part) for part in value]
    return value


def _full(view: LegislationView, address: str) -> str:
    return urls.absolute(view.base_url, address) if view.base_url else urls.href(view.address, address)


def _named(view: LegislationView, type: str, link: Link) -> dict[str, Any]:
    """A thing by its name and, where it is one of the site, its address."""
    address = _full(view, link.address) if link.address else ""
    return {"@type": type, "@id": address, "url": address, "name": link.text}


def _organization(view: LegislationView, issuer: Issuer) -> dict[str, Any]:
    return _named(view, "GovernmentOrganization" if issuer.government else "Organization", issuer.link)


def _role(force: Force) -> dict[str, Any]:
    value = "InForce" if force.in_force else "NotInForce"
    return {
        "@type": "Role",
        "roleName": force.state,
        "startDate": force.first,
        "endDate": force.last,
        "legislationLegalForce": {"@id": f"https://schema.org/{value}"},
    }


def _periods(force: Sequence[Force]) -> Iterator[str]:
    """The stretches in force whose beginning is known, as ISO 8601; `..` where no end is."""
    first = ""
    for here, after in zip(force, [*force[1:], None], strict=True):
        first = (first or here.first) if here.in_force else ""
        if first and not (after and after.in_force):
            yield f"{first}/{here.last or '..'}"


def _related(view: LegislationView, *, back: bool) -> dict[str, Any]:
    """Other documents by the property that leads to them, or with `back` from them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for relation in view.relations:
        if relation.title.endswith("_by") is back:
            others = found.setdefault(TERMS[relation.title.removesuffix("_by")], [])
            for other in relation.others:
                title = re.fullmatch("《(.*)》", other.link.text)
                node = _named(view, "Legislation", Link(title[1] if title else other.link.text, other.link.address))
                number = other.said if title or other.link.address else other.link.text
                others.append(node | {"legislationIdentifier": number})
    return dict(found)


def _articles(view: LegislationView) -> Iterator[dict[str, Any]]:
    page = _full(view, view.address)
    for piece in parse(view.text.source):
        if piece.part.role == "article":
            label = "".join(piece.part.label.split())
            yield {"@type": "Legislation", "@id": f"{page}#{piece.part.anchor}", "name": label}


def _attachment(view: LegislationView, file: Download) -> dict[str, Any]:
    node = _named(view, "DigitalDocument", Link(file.title, file.address))
    return node | {"encodingFormat": FORMATS.get(file.type.lower(), "")}
