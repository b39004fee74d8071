"""Text → the numbers in it that belong to a person: identity cards, bank cards, mobile telephones. Start with `find`.

`mask` makes the same numbers unreadable, character for character: every problem passes through it, so that no report
of any format prints one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Sort(Enum):
    """Whose number it is; the value is the word for it."""

    IDENTITY = "身份证号"
    BANK = "银行卡号"
    MOBILE = "手机号码"


@dataclass(frozen=True, slots=True)
class Number:
    """One number: `text[start:end]` as typed, `digits` without what stood between them."""

    sort: Sort
    start: int
    end: int
    digits: str

    @property
    def masked(self) -> str:
        """The number as a report may show it: `110***********0013`."""
        return self.digits[:_HEAD] + "*" * (len(self.digits) - _HEAD - _TAIL) + self.digits[-_TAIL:]


_HEAD, _TAIL = 3, 4
"""Digits left readable before and behind: what 去标识化 lists of the state leave, enough to find the line."""

_BLANK = "\\t \\xa0\\u00ad\\u2000-\\u200f\\u2028-\\u202f\\u205f\\u2060\\u3000\\ufeff"
_DASH = ".·‐-―−－﹣-"
_BETWEEN = f"[{_BLANK}{_DASH}]{{0,3}}(?:\\n[>{_BLANK}{_DASH}]{{0,4}}){{0,2}}"
"""What people, word processors and narrow columns put between the digits of one number."""

_MAYBE = re.compile(r"[0-9０-９](?:[^\w]{0,8}[0-9０-９]){10}")
"""Whether a text can hold a number at all: 16 of 3,610 laws can, and 20 million characters take 0.2 s."""

_RUN = re.compile(rf"(?<![0-9])[0-9](?:{_BETWEEN}[0-9]){{10,}}(?:{_BETWEEN}[Xx×])?")
"""Eleven digits or more with at most a little between them: nothing else is looked at."""

_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX")

_PERSON = re.compile(r"身份证|证件号|公民身份|户口")
_ORGAN = re.compile(r"信用代码|机构代码|信用编码")
_ACCOUNT = re.compile(r"银行|卡号|帐号|账号|账户|帐户|存折|一卡通|社保卡")
_PHONE = re.compile(r"手机|电话|联系|号码|热线|微信|致电|拨打|短信|tel|phone|mobile", re.IGNORECASE)
_AMOUNT = re.compile(r"\s*(?:[万亿]?美?元|[万亿]|平方|立方|公顷|亩|吨|千瓦|人次|%|\.[0-9]{1,4}(?![0-9]))")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\"'<>㐀-鿿，。；）]+")

_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
"""The first two digits of an identity number (GB/T 2260); foreign residents' begin with 9."""

_GROUPED = {(11,), (3, 4, 4), (3, 8), (7, 4), (1,) * 11}
"""How a mobile number is written when nothing beside it says what it is."""

_ISSUER = re.compile(r"(?:62|9558|103)[0-9]+|(?:4|5[1-5]|35)[0-9]{14,15}")
"""How the numbers of bank cards begin in China: UnionPay and two older issues; of 16 digits Visa, Mastercard, JCB."""

_CALLED_ISSUER = re.compile(r"4|5[1-5]|35|6[02589]|9558|103")
"""How they may begin when the number is called one: the cards of single cities too."""


def find(text: str, label: str = "") -> list[Number]:
    """The personal numbers in `text`, in order, none overlapping. `label` is what heads it, such as a column's name.

    An identity number has a province, a birthday and the check digit of GB 11643 (one of 15 digits, which has none,
    must be called so); a bank card 16 to 19 digits, an issuer and the check digit of ISO/IEC 7812; a mobile number
    eleven digits from 13 to 19. Digits may be full-width, and blanks, dashes or a line end may stand between them.
    """
    if not _MAYBE.search(text):
        return []
    plain = text.translate(_WIDE)
    return [number for run in _RUN.finditer(plain) for number in _in_run(plain, run, label)]


def mask(text: str) -> str:
    """`text` with `*` for the middle digits of every personal number; as long as it was, line for line.

    Doubt counts against showing: what is only perhaps a number of somebody is masked too.
    """
    found = find(text, "身份证 银行卡 手机")
    if not found:
        return text
    shown = list(text)
    for number in found:
        digits = [at for at in range(number.start, number.end) if text[at].isalnum()]
        for at in digits[_HEAD:-_TAIL]:
            shown[at] = "*"
    return "".join(shown)


def _in_run(text: str, run: re.Match[str], label: str) -> Iterator[Number]:
    places = [at for at in range(run.start(), run.end()) if text[at].isalnum() or text[at] == "×"]
    digits = "".join("X" if text[at] in "x×" else text[at] for at in places)
    at = 0
    while at + 11 <= len(digits):
        found = next(_at(text, places, digits, at, label), None)
        if found is None:
            at += 1
            continue
        yield found
        at += len(found.digits)


def _at(text: str, places: list[int], digits: str, at: int, label: str) -> Iterator[Number]:
    """What may begin at the digit number `at`, the surest first."""
    before = text[max(0, places[at] - 24) : places[at]]
    before = label + before[before.rfind("\n") + 1 :]
    parted = at == 0 or places[at] - places[at - 1] > 1
    for sort, length in _LENGTHS:
        end = at + length
        if end > len(digits) or (end < len(digits) and places[end] - places[end - 1] == 1):
            continue
        value = digits[at:end]
        gaps = [text[one + 1 : two] for one, two in zip(places[at:end], places[at + 1 : end], strict=False)]
        if not (parted or (sort is Sort.MOBILE and _prefixed(text, places[at]))):
            continue
        around = _Around(before, text[places[end - 1] + 1 :][:24], gaps, decimal=_is_decimal(text, places, at))
        if _TESTS[sort](value, around) and not (sort is not Sort.IDENTITY and _in_address(text, places[at])):
            yield Number(sort, places[at], places[end - 1] + 1, value)


_LENGTHS = (
    (Sort.IDENTITY, 18),
    *((Sort.BANK, length) for length in (19, 18, 17, 16)),
    (Sort.IDENTITY, 15),
    (Sort.MOBILE, 11),
)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands before, behind and between the digits."""

    before: str
    behind: str
    gaps: list[str]
    decimal: bool

    @property
    def groups(self) -> Iterator[tuple[int, ...]]:
        """How many digits stand together: a line end among them may part two groups, or break one anywhere.

        Nothing is said of digits parted by several line ends alone: that is a column of numbers.
        """
        broken = ["\n" in gap and not gap.strip() for gap in self.gaps]
        real = sum(map(bool, self.gaps))
        if real == 0 or real > sum(broken) or real == 1:
            yield _sizes([bool(gap) and not line for gap, line in zip(self.gaps, broken, strict=True)])
        if real > sum(broken) > 0:
            yield _sizes([bool(gap) for gap in self.gaps])


def _sizes(parted: list[bool]) -> tuple[int, ...]:
    sizes = [1]
    for gap in parted:
        sizes = [*sizes, 1] if gap else [*sizes[:-1], sizes[-1] + 1]
    return tuple(sizes)


def _is_identity(value: str, around: _Around) -> bool:
    from stdnum.iso7064 import mod_11_2

    if not _PROVINCE.match(value) and not (value[0] == "9" and len(value) == 18):
        return False
    if len(value) == 15:
        return value.isdecimal() and _is_day("19" + value[6:12]) and bool(_PERSON.search(around.before))
    return _is_day(value[6:14]) and mod_11_2.is_valid(value) and not _ORGAN.search(around.before)


def _is_day(digits: str) -> bool:
    try:
        return 1850 < date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year < 2100
    except ValueError:
        return False


def _is_bank(value: str, around: _Around) -> bool:
    from stdnum import luhn

    if not value.isdecimal() or around.decimal or not luhn.is_valid(value):
        return False
    if _ACCOUNT.search(around.before):
        return bool(_CALLED_ISSUER.match(value))
    misspelt = len(value) == 18 and _PROVINCE.match(value) and _is_day(value[6:14])
    regular = any(len(groups) == 1 or set(groups[:-1]) == {4} or groups[0] == 6 for groups in around.groups)
    return bool(_ISSUER.fullmatch(value)) and regular and not misspelt and not _AMOUNT.match(around.behind)


def _is_mobile(value: str, around: _Around) -> bool:
    if not re.match(r"1[3-9][0-9]{9}$", value):
        return False
    if _PHONE.search(around.before):
        return True
    return not _GROUPED.isdisjoint(around.groups) and not around.decimal and not _AMOUNT.match(around.behind)


_TESTS = {Sort.IDENTITY: _is_identity, Sort.BANK: _is_bank, Sort.MOBILE: _is_mobile}


def _prefixed(text: str, start: int) -> bool:
    """Whether only the code of the country (86), or the 0 once dialled before mobile numbers, stands before it."""
    return re.search(r"(?<![0-9])(?:0?0?86|0)$", text[max(0, start - 5) : start]) is not None


def _is_decimal(text: str, places: list[int], at: int) -> bool:
    """Whether the digits are those behind the point of a fraction below one: 0.6222…"""
    return at > 0 and text[places[at - 1] : places[at]] == "0." and (at == 1 or places[at - 1] - places[at - 2] > 1)


def _in_address(text: str, place: int) -> bool:
    line = text.rfind("\n", 0, place) + 1
    return any(found.start() < place < found.end() for found in _ADDRESS.finditer(text, line, place + 1))
