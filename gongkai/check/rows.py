"""政务公开标准目录: a file of rows belongs to a field, and a supplement does not take back what its row promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields as names_of

from gongkai.base.fields import guess
from gongkai.base.problems import Code, Mark, Problem
from gongkai.check.family import Family
from gongkai.model import limits
from gongkai.model.catalog import Catalog
from gongkai.model.record import Item
from gongkai.model.row import Channels, Need, Profile, Row, RowFile, field_of

COLUMNS = Code(
    "GK-ROW-001",
    "error",
    "目录的一行缺少必备的要素",
    "标准目录的每一行要有名称、内容、依据、时限、主体、渠道、对象和方式。可以写在这一行，也可以在文件开头写一次。",
    law="国办发〔2019〕54号",
)
CONTRADICTION = Code(
    "GK-ROW-002",
    "error",
    "补充目录和标准目录矛盾",
    "补充目录可以增加要素、渠道和层级，缩短时限；不能减少标准目录的必选渠道，不能放宽时限。",
)
NO_FIELD = Code(
    "GK-ROW-004",
    "error",
    "没有这个领域",
    "标准目录的文件名就是领域的关键字（例如 compulsory_education.yaml），或在文件里写 field。"
    "可用的领域见 content/common/fields.yaml，没有这个文件时用自带的 26 个。",
)
STRAY = Code(
    "GK-ROW-005",
    "error",
    "supplements 写错了地方",
    "只有 supplements 文件夹里的行可以补充标准目录的行；被补充的行要在 standards 文件夹里。",
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above."""
    unknown: set[str] = set()
    for item in catalog.of("row"):
        name = field_of(item)
        if catalog.find("field", name) is None and item.path not in unknown:
            unknown.add(item.path)
            known = [field.id for field in catalog.of("field")]
            meant = guess(name, known)
            hint = f"是不是 {meant}？" if meant else "用领域的关键字作文件名，例如 compulsory_education.yaml"
            yield NO_FIELD.at(Mark(item.path), f"没有 {name} 这个领域", hint)
        if item.record.supplements:
            yield from _supplement(catalog, item)
        else:
            yield from _columns(item)


def _columns(item: Item) -> Iterator[Problem]:
    """The obligatory columns of a row: one problem for each that is missing. A supplement needs only what it adds."""
    for key, label, there in _required(item.record, item.file.profile if item.file else Profile.STANDARD):
        if not there:
            once = "，或在文件开头写一次" if key in RowFile.model_fields else ""
            yield COLUMNS.at(item.mark("id"), f"{item.id} 没有写{label}", f"加上 {key}{once}")


def _required(row: Row, profile: Profile) -> Iterator[tuple[str, str, bool]]:
    """Key, name and presence of each; the 主动公开事项目录 leaves limit, channels and mode to the site."""
    yield "item_l1", "一级事项", bool(row.item_l1)
    yield "elements", "公开内容（要素）", bool(row.elements or row.block or row.portions)
    yield "bases", "公开依据", bool(row.bases)
    yield "subjects", "公开主体", bool(row.subjects)
    if profile is Profile.DIRECTORY:
        audience = row.audience_all or row.audience_group or row.scope
        yield "scope", "公开范围（scope 或 audience_all）", bool(audience)
        return
    yield "time_limit", "公开时限", bool(row.time_limit or any(part.time_limit for part in row.portions))
    named = row.channels and any(getattr(row.channels, name) for name in Channels.model_fields)
    yield "channels", "公开渠道和载体", bool(named or any(part.channels for part in row.portions))
    yield "audience_all", "公开对象（audience_all 或 audience_group）", bool(row.audience_all or row.audience_group)
    yield "mode_proactive", "公开方式（mode_proactive 或 mode_request）", bool(row.mode_proactive or row.mode_request)


def _supplement(catalog: Catalog, item: Item) -> Iterator[Problem]:
    standard = catalog.find("row", item.record.supplements)
    mark = item.mark("supplements")
    if item.origin != "supplements" or (standard and standard.origin != "standards"):
        yield STRAY.at(mark, "supplements 写错了地方", "补充的行放在 supplements 文件夹，被补充的行在 standards 文件夹")
        return
    if standard is None:
        return
    mine, theirs = item.record.channels, standard.record.channels
    if mine and theirs and item.source.has("channels"):
        for name, field in Channels.model_fields.items():
            if getattr(theirs, name) is Need.REQUIRED and getattr(mine, name) is Need.OPTIONAL:
                message = f"标准目录要求的渠道“{field.description}”改成了可选"
                yield CONTRADICTION.at(item.mark("channels", name), message, f"写成 {name}: required，或删去")
    mine, theirs = item.record.time_limit, standard.record.time_limit
    if mine and theirs and _longer(mine, theirs):
        message = f"时限比标准目录长：标准目录是“{theirs}”"
        yield CONTRADICTION.at(item.mark("time_limit"), message, "写成相同或更短的时限")


def _longer(mine: str, theirs: str) -> bool:
    """Whether a limit within n days of one unit is longer than another; limits of other kinds are not compared."""
    one, other = limits.parse(mine)[0], limits.parse(theirs)[0]
    same = all(
        getattr(one, part.name) == getattr(other, part.name) for part in names_of(one) if part.name in ("mode", "unit")
    )
    return same and one.mode == "within" and one.n > other.n


FAMILY = Family(
    "rows",
    "政务公开标准目录",
    codes=(COLUMNS, CONTRADICTION, NO_FIELD, STRAY),
    gate=True,
    checks=(check,),
)
