"""A mapping with places + a declaration of fields → a record, or Problems that point at the value. Start with `typed`.

Every fault of a mapping is reported at once. When some fields are faulty the others are still returned, so that rules
over several fields can run on those that are valid.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Items
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, get_args

from pydantic import ValidationError, create_model
from pydantic_core import ErrorDetails

from gongkai.base.fields import Choice, Fields, near
from gongkai.base.problems import Code, Mark, Problem
from gongkai.read.yaml import Mapping, Scalar, Sequence, Value

F = TypeVar("F", bound=Fields)

MISSING = Code(
    "GK-FIELD-001",
    "error",
    "缺少必填的键",
    "补上这一行。每种内容要写哪些键，见字段手册；gongkai new 生成的文件里都有。",
)
UNKNOWN = Code(
    "GK-FIELD-002", "error", "不认识的键", "键名拼错了，或写错了层级。未知的键不会被忽略，因为那样内容会悄悄丢失。"
)
WRONG = Code(
    "GK-FIELD-003",
    "error",
    "值的类型不对",
    "按提示改写这个值：文字、列表（每项前加 - ）、下一层的“键: 值”、true/false、整数。",
)
DATE = Code(
    "GK-FIELD-004", "error", "值的写法不对", "按提示改写。日期写成 2024-03-05，需要时写到分钟：2024-03-05 09:30。"
)
CHOICE = Code("GK-FIELD-005", "error", "不在可选范围内", "这个键只能写列出的几个词之一。")

Loc = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Typed(Generic[F]):
    """What became of a mapping. `record` lacks the faulty fields (they are None) when `sound` is False."""

    record: F
    sound: bool
    data: Mapping
    problems: tuple[Problem, ...]

    def mark(self, *loc: int | str) -> Mark:
        """The place of a value such as `("repealed", "on")` or `("issuers", 1)`; of its nearest parent if absent."""
        return _place(self.data, loc, of_key=False)


def typed(data: Mapping, fields: type[F]) -> Typed[F]:
    """The record that `data` describes; its problems, in the order of the file."""
    raw = {name: _raw(entry.value) for name, entry in data.entries.items()}
    try:
        return Typed(fields.model_validate(raw), True, data, ())
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
    problems = [_problem(detail, data, fields) for detail in details]
    faulty = {detail["loc"][0] for detail in details}
    rest = {name: value for name, value in raw.items() if name not in faulty}
    return Typed(_lenient(fields).model_validate(rest), False, data, tuple(problems))


@cache
def _lenient(fields: type[F]) -> type[F]:
    """The same fields, none required: what is left of a record when its faulty fields are taken away."""
    loose: dict[str, Any] = {
        name: (Annotated[(field.annotation, *field.metadata, None)], None)
        for name, field in fields.model_fields.items()
        if field.is_required()
    }
    return create_model(fields.__name__, __base__=fields, **loose)


def _raw(value: Value) -> Any:
    if isinstance(value, Scalar):
        return None if value.null else value.text
    if isinstance(value, Sequence):
        return [_raw(item) for item in value.items]
    return {name: _raw(entry.value) for name, entry in value.entries.items()}


def _place(data: Value, loc: Items[int | str], *, of_key: bool) -> Mark:
    value, mark = data, data.mark
    for step in loc:
        if isinstance(value, Mapping) and step in value.entries:
            entry = value.entries[str(step)]
            mark = entry.key if of_key else entry.value.mark
            value = entry.value
        elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value.items):
            value = value.items[step]
            mark = value.mark
    return mark


def _problem(detail: ErrorDetails, data: Mapping, fields: type[Fields]) -> Problem:
    loc, kind = detail["loc"], detail["type"]
    name = str(loc[-1])
    if kind == "missing":
        parent = fields if len(loc) == 1 else _nested(fields, loc[:-1])
        hint = f"加上一行 {name}: …（{_meaning(parent, name)}）"
        return MISSING.at(_head(_place(data, loc[:-1], of_key=True)), f"缺少 {name}", hint)
    if kind == "extra_forbidden":
        owner = fields if len(loc) == 1 else _nested(fields, loc[:-1])
        hint = near(name, list(owner.model_fields))
        return UNKNOWN.at(_place(data, loc, of_key=True), f"不认识的键 {name}", hint)
    mark = _place(data, loc, of_key=False)
    label = ".".join(str(step) for step in loc if isinstance(step, str))
    if detail["input"] is None:
        return MISSING.at(mark, f"{label} 没有写内容", "在冒号后面写上内容，或删去这一行")
    if kind == "author":
        context = detail.get("ctx", {})
        return DATE.at(mark, f"{label}：{context['message']}", context["hint"])
    if kind == "enum":
        choices = _choices(fields, loc)
        return CHOICE.at(mark, f"{label} 不能写“{detail['input']}”", _choose(str(detail["input"]), choices))
    message, hint = _EXPECTED.get(kind, (detail["msg"], "按字段手册改写"))
    return WRONG.at(mark, f"{label}：{message}", hint.format(key=name))


def _head(mark: Mark) -> Mark:
    """Missing keys are reported at the first character of what lacks them."""
    return Mark(mark.path, mark.line, mark.column, 1)


_EXPECTED = {
    "string_type": ("应当是一段文字", "直接写文字，不要写成列表或下一层的键"),
    "list_type": ("应当是列表", "每一项另起一行，前面加 - "),
    "tuple_type": ("应当是列表", "每一项另起一行，前面加 - "),
    "model_type": ("应当是下一层的“键: 值”", "另起一行，缩进两格，写“键: 值”"),
    "dict_type": ("应当是下一层的“键: 值”", "另起一行，缩进两格，写“键: 值”"),
    "date_type": ("应当是日期", "写成 年-月-日，例如 2024-03-05"),
    "int_parsing": ("应当是整数", "只写数字"),
    "int_type": ("应当是整数", "只写数字"),
    "bool_type": ("应当是 true 或 false", "是写 true，否写 false"),
    "too_short": ("至少要有一项", "写上至少一项，或删去这个键"),
}


def _choose(word: str, choices: type[Choice] | None) -> str:
    if choices is None:
        return "见字段手册"
    by_label = {choice.label: choice.value for choice in choices}
    if word in by_label:
        return f"写成 {by_label[word]}"
    listed = "、".join(f"{choice.value}（{choice.label}）" for choice in choices)
    guess = near(word, [*by_label.values()])
    return f"{guess}可以写：{listed}" if guess.startswith("是不是") else f"可以写：{listed}"


def _meaning(fields: type[Fields], name: str) -> str:
    text = fields.model_fields[name].description or ""
    return text.split("。")[0].split("\n")[0] or name


def _walk(annotation: Any, test: Callable[[Any], bool]) -> Any:
    """The first type inside an annotation such as `tuple[Annotated[X, …], ...] | None` for which `test` holds."""
    if isinstance(annotation, type) and test(annotation):
        return annotation
    for inner in get_args(annotation):
        if (found := _walk(inner, test)) is not None:
            return found
    return None


def _annotation(fields: type[Fields], loc: Items[int | str]) -> Any:
    here: type[Fields] = fields
    annotation: Any = fields
    for step in loc:
        if isinstance(step, str) and step in here.model_fields:
            annotation = here.model_fields[step].annotation
            here = _walk(annotation, lambda kind: issubclass(kind, Fields)) or here
    return annotation


def _nested(fields: type[Fields], loc: Items[int | str]) -> type[Fields]:
    return _walk(_annotation(fields, loc), lambda kind: issubclass(kind, Fields)) or fields


def _choices(fields: type[Fields], loc: Items[int | str]) -> type[Choice] | None:
    found: type[Choice] | None = _walk(_annotation(fields, loc), lambda kind: issubclass(kind, Choice))
    return found
