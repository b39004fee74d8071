"""Rows and lines of text → whether they name people beside what is personal. Start with `lists` and `homes`.

Pure: no record, no file. What a column holds is judged by its head, a person by a name of two to four characters, and
a home by a house, a room or a villagers' group: a form that nobody has filled in is no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_PERSON = re.compile(
    r"[㐀-鿿·]{0,6}姓\s*名|名字|户主|申请人|当事人|权利人|享受人|受益人|[救补资]助对象|低保对象|监护人"
)
_NAME = re.compile(r"[㐀-鿿][㐀-鿿·○〇*＊×xX某]{1,3}|[㐀-鿿]\s{1,2}[㐀-鿿]")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤阿买艾米尼巴热吾努依伊帕麦"
    "温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁"
    "冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟尤时穆农司卓古缪简车项连褚娄窦戚岑景党宫费卜冷晏席卫"
)
"""What Chinese names begin with, the common ones first: it tells 王芳 from 住址 in a form that nobody filled in."""

_SENSITIVE = re.compile(
    r"身份证|证件号|公民身份|银行|卡\s*号|账\s*号|帐\s*号|住址|户籍|家庭地址|居住地|残疾|疾病|病情|病种"
)
_PARTIAL = re.compile(r"手机|村组|性\s*别|出生|年\s*龄|民\s*族|准考证|人\s*口|金\s*额|补[贴助]|救助|低保|保障")
_OFFICIAL = re.compile(r"职\s*务|职\s*称|执法证|单\s*位|科\s*室|部\s*门|岗\s*位|分\s*工|机\s*构")
_HOME_HEAD = re.compile(r"住\s*址|家庭地址|户籍|居住地|^\s*地\s*址")
_NUMERAL = r"[0-9０-９一二三四五六七八九十百]+"
_HOME = re.compile(
    rf"{_NUMERAL}\s*(?:村?民?小?组|社|[号栋幢座][楼院]?.{{0,8}}{_NUMERAL}\s*(?:室|户|号|单元)|单元|室)|村.{{0,6}}{_NUMERAL}\s*号"
)
_HOUSE = re.compile(rf"{_NUMERAL}\s*(?:号|组|室|社|栋|幢|单元|户)")
_LABELLED = re.compile(
    r"(家庭(?:住址|地址)|现住址|户籍(?:地址|所在地)|住址|居住地址?)[^：:，。]{0,4}[：:]\s*([^，。；;|\n]{6,60})"
)
_NAMED = re.compile(
    rf"(?:姓\s*名|申请人|户主|当事人|监护人|联系人)\s*[：:]?\s*[㐀-鿿]{{2,4}}"
    rf"|(?:^|[\s：:，,、；;（(>])[{''.join(sorted(_SURNAMES))}][㐀-鿿]{{1,2}}(?=[\s，,（(、：:]|$)"
)
_MASKED = re.compile(r"(?<!\d)\d{2,6}[*＊×xX]{3,14}\d{1,4}[xX]?(?!\d)")


_HEADS = (_PERSON, _SENSITIVE, _PARTIAL, _OFFICIAL)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of people: which of its rows, by number from 0, name somebody; `homes` those with where they live."""

    rows: tuple[int, ...]
    homes: tuple[int, ...]


def people(rows: Sequence[Sequence[str]]) -> Table | None:
    """The people of a table whose head is among its first five rows; None for a table of anything else.

    A table of officials or experts, with their posts and units, is none unless it tells what is sensitive.
    """
    for at, head in enumerate(rows[:5]):
        who = next((n for n, cell in enumerate(head) if len(cell) < 12 and _PERSON.search(cell)), None)
        others = " ".join(cell for n, cell in enumerate(head) if n != who and len(cell) < 30)
        if who is None or not (_SENSITIVE.search(others) or (_PARTIAL.search(others) and not _OFFICIAL.search(others))):
            continue
        named = tuple(n for n in range(at + 1, len(rows)) if _is_name(rows[n], who))
        where = next((n for n, cell in enumerate(head) if len(cell) < 12 and _HOME_HEAD.search(cell)), None)
        homes = (
            () if where is None else tuple(n for n in named if where < len(rows[n]) and _HOME.search(rows[n][where]))
        )
        return Table(named, homes) if named else None
    return None


def _is_name(row: Sequence[str], at: int) -> bool:
    cell = row[at].strip() if at < len(row) else ""
    return cell[:1] in _SURNAMES and bool(_NAME.fullmatch(cell)) and not any(word.search(cell) for word in _HEADS)


def tables(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, list[list[str]]]]:
    """The pipe tables among numbered lines, each with the number of its first line."""
    first = 0
    rows: list[list[str]] = []
    for number, line in [*lines, (0, "")]:
        stripped = line.strip()
        if stripped.count("|") > 1 or (stripped.startswith("|") and rows):
            first = first or number
            rows.append([cell.strip() for cell in stripped.strip("|").split("|")])
        elif rows and stripped:
            yield first, rows
            first, rows = 0, []
        elif rows and not number:
            yield first, rows


def masked_people(text: str) -> int:
    """How many numbers a text shows that were masked, where it also speaks of names: a list, whatever its layout."""
    found = len(_MASKED.findall(text)) if "*" in text or "＊" in text or "×" in text else 0
    return found if found >= 3 and re.search(r"姓\s*名|名单|人员", text) else 0


def homes(text: str) -> Iterator[tuple[int, int]]:
    """Where in running text somebody's home stands beside the name: start and end of the address."""
    if "址" not in text and "居住地" not in text:
        return
    for found in _LABELLED.finditer(text):
        near = text[max(0, found.start() - 60) : found.start()].rpartition("\n\n")[2]
        if _HOUSE.search(found[2]) and any(_NAMED.search(line) for line in near.split("\n")):
            yield found.start(2), found.end(2)
