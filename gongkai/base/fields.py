"""The types that a field of a record may have. Each turns the text of a YAML scalar into a value or a reason.

YAML decides nothing here: `0505`, `no` and `12:30` stay text where a field asks for text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

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


def _fail(message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("author", "{message}", {"message": message, "hint": hint})


def _text(value: Any) -> Any:
    if isinstance(value, str):
        stripped = value.strip()
        if not stripped:
            raise _fail("不能为空", "写上内容，或删去这一行")
        return stripped
    return value


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value.strip())
    try:
        if match:
            return date(*map(int, match.groups()))
    except ValueError as error:
        raise _fail(f"没有 {value} 这一天", "写成 年-月-日，例如 2024-03-05") from error
    raise _fail(f"日期写法不对：{value}", f"写成 年-月-日，例如 {_guess_date(value)}")


def _guess_date(value: str) -> str:
    """`2024年3月5日`, `2024/3/5`, `20240305` → `2024-03-05`; anything else → an example."""
    found = re.match(r"(\d{4})\D{0,2}?(\d{1,2})\D{0,2}?(\d{1,2})", value)
    if found:
        try:
            return date(*map(int, found.groups())).isoformat()
        except ValueError:
            pass
    return "2024-03-05"


def _moment(value: Any) -> Moment:
    if isinstance(value, Moment):
        return value
    if not isinstance(value, str):
        raise _fail("这里应当是日期", "写成 2024-03-05 或 2024-03-05 09:30")
    day, _, minute = value.strip().partition(" ")
    if minute and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", minute):
        raise _fail(f"时间写法不对：{minute}", "写成 时:分，例如 2024-03-05 09:30")
    return Moment(_date(day), minute)


def _flag(value: Any) -> Any:
    if value in ("true", "True", "TRUE", True):
        return True
    if value in ("false", "False", "FALSE", False):
        return False
    raise _fail(f"只能写 true 或 false，不能写 {value}", "是写 true，否写 false")


def _alias(value: Any) -> Any:
    if isinstance(value, str) and not _ALIAS.fullmatch(value):
        raise _fail(f"“{value}”不能用作旧地址", "写旧的 id，或写 /old/path/ 这样的旧路径")
    return value


IDENTIFIER = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""What an id may be: it becomes part of an address and never changes."""

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number"]})]
"""A line or more of text, taken as written, without the blanks around it; never empty."""

Date = Annotated[date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
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
    guess = nearest(word, choices)
    return f"是不是 {guess}？" if guess else "可以写：" + "、".join(choices)
