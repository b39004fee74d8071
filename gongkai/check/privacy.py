"""个人信息: nothing that would be published tells who somebody is, or how to find him. Gate of `build`.

Looked at: every field and text that a reader sees, and the attachments that published records name, as deep as
`read.inside` gets. `Code.at` masks what a report says of a number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from posixpath import basename
from unicodedata import normalize

from gongkai.base.fields import Contact
from gongkai.base.personal import Number, Sort, find
from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.check import people, scanned
from gongkai.check.family import Family
from gongkai.check.memory import Memory
from gongkai.check.texts import bodies, narrow, place, texts
from gongkai.model import disclosure
from gongkai.model.catalog import Catalog
from gongkai.model.record import Item
from gongkai.read.walk import Attachment

_LAW = "政府信息公开条例第十五条；国务院办公厅2018年政务公开工作要点：涉及个人隐私的政府信息，公开时要去标识化处理"

IDENTITY = Code(
    "GK-PRIV-001",
    "error",
    "有身份证号",
    "删去号码，或只留开头和末尾几位，中间写成星号。按 GB 11643 的校验码识别，全角数字、空格、横线和换行隔开的也算。",
    law=_LAW,
)
BANK = Code(
    "GK-PRIV-002",
    "error",
    "有银行卡号",
    "删去号码，或只留末尾四位。机关收款的对公账号被误认时，写进 catalog.yaml 的 check.privacy.allow 并说明理由。",
    law=_LAW,
)
MOBILE = Code(
    "GK-PRIV-003",
    "error",
    "有手机号码",
    "删去号码，或换成办公电话。联系方式的字段（phone、fax、supervision、contact……）里写的是办公电话，不受限制；"
    "别处确实要公开的办公手机，写进 catalog.yaml 的 check.privacy.allow 并说明理由。",
    law=_LAW,
)
HOME = Code(
    "GK-PRIV-004",
    "error",
    "姓名旁边有家庭住址",
    "删去住址，或只写到村、社区，不写门牌、楼栋、房号和村民小组。",
    law=_LAW,
)
LIST = Code(
    "GK-PRIV-005",
    "error",
    "名单没有写公示截止日期",
    "有姓名和部分个人信息的名单，公示期满就不应当再留在网站上：写 display_until，过了这一天页面只说明公示已结束，"
    "附件也不再发布。外来的文件只是提醒。依法要长期公开的名单，把文件路径写进 catalog.yaml 的 check.privacy.allow "
    "并说明理由。",
    law=_LAW,
)
SHUT = Code(
    "GK-PRIV-006",
    "warning",
    "附件里有查不了的内容",
    "加密、损坏的文件，扫描的图片，RAR 和 7z 压缩包，程序读不到里面的文字，不知道有没有个人信息。换成能读的文件，"
    "或者人工核对后把附件路径写进 catalog.yaml 的 check.privacy.allow 并说明理由。"
    "图片上的文字、音视频的内容，程序都不看，也要人工核对。",
)
TRACE = Code(
    "GK-PRIV-007",
    "error",
    "图片里带着拍摄位置或姓名",
    "照相机和手机会把拍摄位置、主人的姓名写进照片，网页上看不见，下载的人看得见。用“属性”里的“删除属性和个人信息”，"
    "或用画图软件另存一次。",
    law=_LAW,
)

_CODES = {Sort.IDENTITY: IDENTITY, Sort.BANK: BANK, Sort.MOBILE: MOBILE}
_HINTS = {
    Sort.IDENTITY: "删去它，或把中间的数字换成星号",
    Sort.BANK: "删去它，或只留末尾四位",
    Sort.MOBILE: "删去它，或换成办公电话；可以公开的写进 catalog.yaml 的 check.privacy.allow",
}
_UNSEEN = ("reason",)
"""Keys that no page shows."""


def check(catalog: Catalog, memory: Memory) -> Iterator[Problem]:
    """Everything personal in what a reader would see on the catalog's day."""
    allowed = frozenset(_plain(entry.value) for entry in catalog.settings.check.privacy.allow)
    public = disclosure.public(catalog)
    for loc, text, marks in texts(catalog.settings):
        if loc[0] != "check":
            yield from _in_text(text, Mark("catalog.yaml"), allowed, contact=Contact in marks)
    for key, item in public.items.items():
        if item.path not in allowed:
            yield from _in_record(catalog.items[key], item, allowed)
    for item in bodies(public):
        if item.path not in allowed:
            yield from _in_body(catalog, item, allowed)
    for path, items in sorted(_published(public).items()):
        if path not in allowed:
            yield from _in_file(catalog, catalog.attachments[path], items, allowed, memory)


def _plain(value: str) -> str:
    """A number without what stands between its digits; anything else as typed."""
    numbers = find(value)
    return numbers[0].digits if len(numbers) == 1 else normalize("NFC", value)


def _in_text(text: str, mark: Mark, allowed: frozenset[str], *, contact: bool = False) -> Iterator[Problem]:
    for number in find(text):
        if number.digits not in allowed and not (contact and number.sort is Sort.MOBILE):
            yield _problem(number, narrow(mark, text, number.start, number.end))


def _problem(number: Number, mark: Mark) -> Problem:
    return _CODES[number.sort].at(mark, f"这里有{number.sort.value} {number.masked}", _HINTS[number.sort])


def _in_record(whole: Item, item: Item, allowed: frozenset[str]) -> Iterator[Problem]:
    for loc, text, marks in texts(item.record):
        if loc[0] not in _UNSEEN:
            yield from _in_text(text, whole.mark(*loc), allowed, contact=Contact in marks)
    if item.file is not None and getattr(item.file, "title", None):
        yield from _in_text(item.file.title, Mark(item.path), allowed)


def _in_body(catalog: Catalog, item: Item, allowed: frozenset[str]) -> Iterator[Problem]:
    """The text of a record: numbers, homes beside names, and lists of people that never end."""
    body = item.body
    for number in _numbers(item):
        if number.digits not in allowed:
            yield _problem(number, place(item, number.start, number.end))
    for start, end in people.homes(body):
        if body[start:end].strip() not in allowed:
            where = place(item, start, end)
            mark = Mark(where.path, where.line, where.column)
            yield HOME.at(mark, "这里有家庭住址，旁边是姓名", "删去住址，或只写到村、社区")
    count, head = 0, item.mark()
    if "姓" in body or "名单" in body or "户主" in body:
        lines = body.split("\n") if "|" in body else []
        for first, rows in people.tables(enumerate(lines, start=item.body_line)):
            if table := people.people(rows):
                if len(table.rows) > 1:
                    count, head = count + len(table.rows), head if count else Mark(item.path, first)
                if table.homes:
                    message = f"表格里有 {len(table.homes)} 行姓名和家庭住址"
                    yield HOME.at(Mark(item.path, first), message, "删去住址，或只写到村、社区")
        count = count or people.masked_people(body)
    yield from _endless(catalog, item, count, head, "正文")


def _numbers(item: Item) -> Iterator[Number]:
    """The numbers of a body; in a table the head of which names what its columns hold, that counts too."""
    found = {number.start: number for number in find(item.body)}
    if found or "|" in item.body:
        starts = [0]
        for line in item.body.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        for first, rows in people.tables(enumerate(item.body.split("\n"), start=1)):
            label, begin, end = " ".join(rows[0]), starts[first - 1], starts[min(first + len(rows), len(starts) - 1)]
            for number in find(item.body[begin:end], label):
                number = replace(number, start=begin + number.start, end=begin + number.end)
                found.setdefault(number.start, number)
    return (found[start] for start in sorted(found))


def _endless(catalog: Catalog, item: Item, count: int, mark: Mark, where: str) -> Iterator[Problem]:
    if count and item.record.display_until is None:
        hint = "加上一行 display_until: 公示截止的日期；可以长期公开的，写进 catalog.yaml 的 check.privacy.allow"
        problem = LIST.at(mark, f"{where}里有名单（{count} 人），没有写公示到哪一天", hint)
        yield problem if catalog.is_own(item) else replace(problem, severity="warning")


def _published(public: Catalog) -> dict[str, list[Item]]:
    """The attachments that would be copied into the site, with the records that name them."""
    found: dict[str, list[Item]] = defaultdict(list)
    for (kind, id), links in public.links.items():
        # The links of an earlier text stand under the id of its document with `/v/` and its date behind it.
        key = (kind, id.partition("/v/")[0])
        for path in {link.attachment for link in links if link.attachment}:
            found[path].append(public.items[key])
    return found


def _in_file(
    catalog: Catalog, file: Attachment, items: list[Item], allowed: frozenset[str], memory: Memory
) -> Iterator[Problem]:
    yield from _in_text(re.sub(r"[_-]", " ", basename(file.path)), Mark(file.path), allowed)
    try:
        data = file.source.read_bytes()
    except OSError:
        yield SHUT.at(Mark(file.path), "附件打不开", "检查文件的权限；在网络盘或同步盘上时，等它同步完")
        return
    print = sha256(repr(sorted(allowed)).encode() + data).hexdigest()
    findings = memory.recall(f"privacy {file.path}", print, lambda: scanned.scan(data, file.path, allowed))
    for finding in findings:
        yield from _told(catalog, file, items, finding)


def _told(catalog: Catalog, file: Attachment, items: list[Item], finding: scanned.Finding) -> Iterator[Problem]:
    """What was found in an attachment, in words."""
    what, count, place, said = finding
    mark, at = Mark(file.path), f"在{shown(place)}" if place else "在文件里"
    if what == scanned.SHUT:
        hint = "换成能读的文件；人工核对过的，把附件路径写进 catalog.yaml 的 check.privacy.allow"
        yield SHUT.at(mark, f"查不了这个附件有没有个人信息：{said}", hint)
    elif what == scanned.HOME:
        yield HOME.at(mark, f"附件里有 {count} 处姓名和家庭住址，第一处{at}", "删去住址，或只写到村、社区")
    elif what == scanned.LIST:
        for item in items:
            named = next(link.mark for link in catalog.links[item.key] if link.attachment == file.path)
            yield from _endless(catalog, item, count, named, f"附件 {shown(basename(file.path))} ")
    elif what.startswith(scanned.TRACE):
        yield TRACE.at(mark, f"图片里带着{said}{'' if not place else '，' + at}", "另存一次，去掉照片的属性再发布")
    else:
        sort = Sort[what]
        message = f"附件里有 {count} 个{sort.value}，第一个{at}：{said}"
        yield _CODES[sort].at(mark, message, _HINTS[sort])


FAMILY = Family(
    "privacy",
    "个人信息",
    codes=(IDENTITY, BANK, MOBILE, HOME, LIST, SHUT, TRACE),
    gate=True,
    readings=(check,),
)
