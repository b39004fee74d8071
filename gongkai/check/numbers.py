"""编号: document numbers, index numbers and 统一社会信用代码 have their form, their check digit, and are used once.

Of documents of ours only: a foreign number is as its issuer wrote it. Brackets of document numbers are not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gongkai.base.problems import Code, Problem, shown
from gongkai.base.text import plain
from gongkai.check.family import Family
from gongkai.model.catalog import Catalog
from gongkai.model.disclosure import Form, form
from gongkai.model.record import Item

DOC_NO = Code(
    "GK-NUM-001",
    "warning",
    "发文字号的写法不对",
    "发文字号由机关代字、年份、顺序号组成，例如 示政规〔2026〕6号："
    "年份写四位数字，顺序号不加“第”、不编虚位（1 不写成 01），后面有“号”，中间没有空格。"
    "政府令写成 示例市人民政府令第12号，公告写成 2026年第3号。",
    law="党政机关公文格式（GB/T 9704—2012）：发文字号",
)
OTHER_YEAR = Code(
    "GK-NUM-002",
    "warning",
    "发文字号的年份和成文日期不一致",
    "发文字号里的年份是成文的那一年；一月成文的，可以是上一年的编号。核对后改正写错的一个。",
    law="党政机关公文格式（GB/T 9704—2012）：发文字号",
)
TWICE = Code(
    "GK-NUM-003",
    "warning",
    "两份文件的编号相同",
    "本站自己的文件，发文字号和索引号都不能重复。核对后改正写错的一份；"
    "一份是另一份的旧版本的，在新的一份里写 replaces。",
)
INDEX_NO = Code(
    "GK-NUM-004",
    "warning",
    "索引号不合本站的格式",
    "索引号要合 catalog.yaml 的 check.numbers.index_no（正则表达式）；写了这个设置，公开的文件就都要有索引号。"
    "格式里叫 year 的部分要等于成文或公开的年份，叫 code 的部分要等于牵头发文机关的统一社会信用代码。",
    law="政府信息公开条例第十二条：目录包括索引",
)
USCC = Code(
    "GK-NUM-005",
    "error",
    "统一社会信用代码有误",
    "统一社会信用代码共18位，最后一位是校验码；对照机关的证书改正。",
    law="法人和其他组织统一社会信用代码编码规则（GB 32100—2015）",
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above."""
    for organ in catalog.examined("organ"):
        if organ.record.uscc and not is_uscc(organ.record.uscc):
            message = f"统一社会信用代码 {shown(organ.record.uscc)} 的位数或校验码不对"
            yield USCC.at(organ.mark("uscc"), message, "对照证书改正；18位，没有字母 I、O、S、V、Z")
    ours = [item for item in catalog.of("rule") if catalog.is_own(item)]
    pattern = catalog.settings.check.numbers.index_no
    example = _example(ours, pattern) if pattern else ""
    for item in ours:
        yield from _doc_no(item)
        yield from _index_no(catalog, item, example)
    yield from _twice(catalog, ours, "doc_no", "发文字号")
    yield from _twice(catalog, ours, "index_no", "索引号")


def is_uscc(text: str) -> bool:
    """Whether a text is a 统一社会信用代码 with a right check character (GB 32100—2015)."""
    from stdnum.cn import uscc

    return len(text) == 18 and uscc.is_valid(text)


_OPEN, _CLOSE = r"[〔\[［（(【﹝〈]", r"[〕\]］）)】﹞〉]"
_NUMBERED = re.compile(rf"(\D+?)\s*{_OPEN}\s*(\d+)\s*{_CLOSE}\s*(第?)\s*(\d+)\s*(号?)")
_FREE = re.compile(r".*(第[\d〇零一二三四五六七八九十百千]+号)")
"""An order or a 公告: ××令第12号, 公告2026年第3号."""


def _doc_no(item: Item) -> Iterator[Problem]:
    text, signed = item.record.doc_no, item.record.signed
    if not text:
        return
    found = _NUMBERED.fullmatch(text)
    if found is None:
        if not _FREE.fullmatch(text):
            hint = "写成 机关代字〔年份〕顺序号，例如 示政规〔2026〕6号"
            yield DOC_NO.at(item.mark("doc_no"), f"发文字号 {shown(text)} 看不出机关代字、年份和顺序号", hint)
        return
    name, year, ordinal, number, end = found.groups()
    faults = {
        "年份不是四位数字": len(year) != 4,
        "顺序号前面不加“第”": bool(ordinal),
        "顺序号不编虚位": number.startswith("0"),
        "顺序号后面没有“号”": not end,
        "中间有空格": bool(re.search(r"\s", text)),
        "有全角数字": any(character.isdigit() and not character.isascii() for character in text),
    }
    if wrong := [fault for fault, there in faults.items() if there]:
        full = f"20{int(year):02}" if len(year) == 2 else str(int(year))
        yield DOC_NO.at(item.mark("doc_no"), f"发文字号{'，'.join(wrong)}", f"写成 {name}〔{full}〕{int(number)}号")
    elif signed and int(year) not in (signed.year, signed.year - (signed.month == 1)):
        hint = "核对后改正写错的一个"
        yield OTHER_YEAR.at(item.mark("doc_no"), f"发文字号是 {year} 年的，成文日期是 {signed}", hint)


def _example(ours: list[Item], pattern: str) -> str:
    """How an index number looks here: one that fits, or the pattern itself."""
    texts = (item.record.index_no or "" for item in ours)
    return next((text for text in texts if re.fullmatch(pattern, text)), pattern)


def _index_no(catalog: Catalog, item: Item, example: str) -> Iterator[Problem]:
    pattern, text = catalog.settings.check.numbers.index_no, item.record.index_no
    if text is None:
        shows = form(item.record, catalog.day) in (Form.FULL, Form.NOTICE)
        if pattern and shows and "index_no" not in item.source.doubtful:
            yield INDEX_NO.at(item.mark(), "没有写索引号", f"加上 index_no: {example} 这样的编号")
        return
    found = re.fullmatch(pattern or r"(?P<code>[0-9A-Z]{18})/.*", text)
    if found is None:
        if pattern:
            yield INDEX_NO.at(item.mark("index_no"), f"索引号 {shown(text)} 不合本站的格式", f"写成 {example} 的样子")
        return
    parts = found.groupdict()
    organ = catalog.find("organ", item.record.issuers[0])
    if (code := parts.get("code")) and organ and (uscc := organ.record.uscc) and code != uscc:
        wrong = (
            f"索引号里的代码不是{organ.record.name}的统一社会信用代码" if is_uscc(code) else "索引号里的代码校验码不对"
        )
        yield INDEX_NO.at(item.mark("index_no"), wrong, f"{organ.record.name}的代码是 {uscc}")
    years = {when.year for when in (item.record.signed, item.record.published and item.record.published.day) if when}
    if (year := parts.get("year")) and years and int(year) not in years:
        message = f"索引号的年份 {year} 不是成文或公开的年份"
        yield INDEX_NO.at(item.mark("index_no"), message, "核对后改正写错的一个")


def _twice(catalog: Catalog, ours: list[Item], key: str, name: str) -> Iterator[Problem]:
    """Documents that have the number of an earlier one, unless one takes the place of the other."""
    first: dict[str, Item] = {}
    for item in ours:
        text = getattr(item.record, key)
        if text is None or item.record.draft:
            continue
        other = first.setdefault(plain(text), item)
        if other is not item and not _succeeds(catalog.find, item, other):
            message = f"{name} {shown(text)} 已经用在 {other.path}:{other.mark(key).line}"
            yield TWICE.at(item.mark(key), message, "核对后改正写错的一份")


def _succeeds(find: Callable[[str, str], Item | None], one: Item, other: Item) -> bool:
    return any(
        find("rule", text) is older for newer, older in ((one, other), (other, one)) for text in newer.record.replaces
    )


FAMILY = Family("numbers", "编号", codes=(DOC_NO, OTHER_YEAR, TWICE, INDEX_NO, USCC), checks=(check,))
