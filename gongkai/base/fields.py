"""The types that a field of a record may have. Each turns the text of a YAML scalar into a value or a reason.

YAML decides nothing here: `0505`, `no` and `12:30` stay text where a field asks for text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from gongkai.base.problems import shown
from gongkai.base.shortlist import Shortlist
from gongkai.base.text import nearest


class Fields(BaseModel):
    """Base of every declared set of fields: frozen, no unknown keys, the docstring of a field is its manual."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, arbitrary_types_allowed=True)


class Choice(StrEnum):
    """A closed vocabulary: the value is the key in the file, `label` the field's own word for it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """A member with its word; given only a value, the member of that value."""
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a text as a reference to a record of `kind`, by id, title or number.

    With `outside`, a name that can only belong to something outside the catalog is accepted.
    """

    kind: str
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Marks a text as how to reach an organ: a telephone in it is an office's, whatever it looks like."""


FILE = "file"
"""The kind of a reference to a file beside the content: an attachment, a photograph, a recording."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with the minute where it is known (`2024-03-05` or `2024-03-05 09:30`), in the site's time zone."""

    day: date
    minute: str = ""

    def __lt__(self, other: Moment) -> bool:
        return (self.day, self.minute) < (other.day, other.minute)

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.minute}".rstrip()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_moment)


def fail(message: str, hint: str) -> PydanticCustomError:
    """What a validator of a field raises: what is wrong, and what to write."""
    return PydanticCustomError("author", "{message}", {"message": message, "hint": hint})


_CONTROL = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]")


def _text(value: Any) -> Any:
    if isinstance(value, str):
        stripped = value.strip()
        if not stripped:
            raise fail("不能为空", "写上内容，或删去这一行")
        if found := _CONTROL.search(stripped):
            # Only an escape in double quotes ("\0") brings one here; no page may carry it.
            raise fail(f"有看不见的控制字符 U+{ord(found[0]):04X}", "去掉反斜杠写法，或改用单引号")
        return stripped
    return value


YEARS = range(1900, 2200)
"""The years that a date may have: wide enough for every document in force, narrow enough to find a slipped digit."""


def read_date(value: Any) -> Any:
    """The day that a text such as `2024-03-05` names; what is no text stays. Raises what to write instead."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value.strip(), re.ASCII)
    try:
        found = date(*map(int, match.groups())) if match else None
    except ValueError as error:
        raise fail(f"没有 {shown(value)} 这一天", "核对后写成 年-月-日，例如 2024-03-05") from error
    if found is None:
        raise fail(f"日期写法不对：{shown(value)}", _rewrite(value))
    if found.year not in YEARS:
        hint = f"年份写 {YEARS[0]} 到 {YEARS[-1]} 之间的一年；长期有效的，不写这一行"
        raise fail(f"年份不对：{shown(value)}", hint)
    return found


def _rewrite(value: str) -> str:
    found = _guess_date(unicodedata.normalize("NFKC", value[:40]))
    return f"写成 {found}" if found else "写成 年-月-日，例如 2024-03-05"


def _guess_date(value: str) -> str:
    """`2024年3月5日`, `2024/3/5`, `20240305` → `2024-03-05`; "" for anything that may mean another day."""
    found = re.match(r"\s*(\d{4})(?:\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})|(\d{2})(\d{2}))(?!\d)", value, re.ASCII)
    try:
        return date(*(int(part) for part in found.groups() if part)).isoformat() if found else ""
    except ValueError:
        return ""


def _moment(value: Any) -> Moment:
    if isinstance(value, Moment):
        return value
    if not isinstance(value, str):
        raise fail("这里应当是日期", "写成 2024-03-05 或 2024-03-05 09:30")
    day, _, minute = value.strip().partition(" ")
    found = read_date(day)
    minute = minute.strip()
    if minute and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", minute, re.ASCII):
        raise fail(f"时间写法不对：{shown(minute)}", f"时:分各写两位，写成 {_guess_minute(found, minute)}")
    return Moment(found, minute)


def _guess_minute(day: date, minute: str) -> str:
    """`9：30` or `9:30:00` on a day → the day with `09:30`; anything else → an example."""
    found = re.match(r"([01]?\d|2[0-3]):([0-5]\d)(?!\d)", unicodedata.normalize("NFKC", minute[:20]), re.ASCII)
    return f"{day} {int(found[1]):02}:{found[2]}" if found else f"{day} 09:30 的样子"


def _flag(value: Any) -> Any:
    if value in ("true", "True", "TRUE", True):
        return True
    if value in ("false", "False", "FALSE", False):
        return False
    word = f"，不能写“{shown(value)}”" if isinstance(value, str) else ""
    raise fail(f"只能写 true 或 false{word}", "是写 true，否写 false")


def _alias(value: Any) -> Any:
    if isinstance(value, str) and not _ALIAS.fullmatch(value):
        raise fail(f"“{shown(value)}”不能用作旧地址", "写旧的 id，或写 /old/path/ 这样的旧路径，不带网站域名")
    return value


IDENTIFIER = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""What an id may be: it becomes part of an address and never changes."""

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number"]})]
"""A line or more of text, taken as written, without the blanks around it; never empty."""

Phone = Annotated[Text, Contact()]
"""How an organ, a unit or a person on duty is reached: an office telephone, a fax, a desk."""

Date = Annotated[date, BeforeValidator(read_date), WithJsonSchema({"type": "string", "format": "date"})]
"""A calendar day, `2024-03-05`."""

When = Annotated[
    Moment,
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$"}),
]
"""A calendar day, or a day and a minute."""

Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
"""`true` or `false`."""

_ALIAS = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*|(?:/[A-Za-z0-9_-][A-Za-z0-9._~-]*)+/?")

Alias = Annotated[str, BeforeValidator(_alias)]
"""A former address: an old id, or a path of the site that begins with `/`."""


def near(word: str, choices: list[str]) -> str:
    """`是不是 title？` when something is near, else everything that may be written."""
    found = guess(word, choices)
    return f"是不是 {found}？" if found else "可以写：" + "、".join(choices)


def guess(word: str, choices: Iterable[str]) -> str | None:
    """The choice that was probably meant, or None. For many choices and many words, see `base.shortlist`."""
    if len(word) > 200:
        return None
    pool = list(choices)
    if len(pool) > 100:
        pool = Shortlist(pool).near(word)
    # Where only the digits differ, it is another document, not a slip: 2024-4 does not mean 2024-3.
    pool = [choice for choice in pool if choice == word or _DIGIT.sub("", choice) != _DIGIT.sub("", word)]
    if (found := nearest(word, pool)) is not None:
        return found
    folded = {choice.casefold(): choice for choice in pool}
    return folded.get(nearest(word.casefold(), folded) or "")


_DIGIT = re.compile(r"\d")
