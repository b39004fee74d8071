"""A mapping with places + a declaration of fields → a record, or Problems that point at the value. Start with `typed`.

Every fault of a mapping is reported at once. When some fields are faulty the others are still returned, so that rules
over several fields can run on those that are valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from collections.abc import Sequence as Items
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, get_args

from pydantic import ValidationError, create_model
from pydantic_core import ErrorDetails

from gongkai.base.fields import Choice, Fields
from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.read import names
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


class _Broken:
    """Stands for a value whose fault is reported already: no field takes it, and none complains of it."""


_BROKEN = _Broken()


@dataclass(frozen=True, slots=True)
class Typed(Generic[F]):
    """What became of a mapping. `record` lacks the faulty fields (they are None) when `sound` is False.

    `doubtful` are the keys of the top level that have a fault, and those that a misspelt key seems to mean: whether
    they are written, and what they say, is not known.
    """

    record: F
    sound: bool
    data: Mapping
    problems: tuple[Problem, ...]
    doubtful: frozenset[str] = frozenset()

    def mark(self, *loc: int | str) -> Mark:
        """The place of a value such as `("repealed", "on")` or `("issuers", 1)`; of its nearest parent if absent."""
        return _place(self.data, loc, of_key=False)

    def has(self, name: str) -> bool:
        """Whether a key of the top level is written, if only with a fault."""
        return name in self.data.entries or name in self.doubtful


def typed(data: Mapping, fields: type[F]) -> Typed[F]:
    """The record that `data` describes, and its problems."""
    raw = {name: _raw(entry.value) for name, entry in data.entries.items()}
    try:
        return Typed(fields.model_validate(raw), True, data, ())
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
    strange = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"][:GUESSES]
    meant = _meant(strange, data, fields)
    guessed = frozenset(strange)
    problems = [_problem(detail, data, fields, guessed) for detail in details if not _known(detail, meant)]
    faulty = {str(detail["loc"][0]) for detail in details}
    rest = {name: value for name, value in raw.items() if name not in faulty}
    doubtful = frozenset(faulty | {loc[0] for loc in meant if isinstance(loc[0], str)})
    return Typed(_lenient(fields).model_validate(rest), False, data, tuple(problems), doubtful)


GUESSES = 100
"""Unknown keys of one file for which a known one is looked for (1 ms each); what has more is no mistyped file."""


def _meant(strange: Iterable[Loc], data: Mapping, fields: type[Fields]) -> set[Loc]:
    """The keys that misspelt keys seem to mean: that `titel` is written and `title` is missing is one fault."""
    found: set[Loc] = set()
    for *parent, name in strange:
        owner = _nested(fields, parent) if parent else fields
        written = _keys(data, parent)
        free = [key for key in owner.model_fields if key not in written]
        if key := names.guess_key(str(name), owner, free):
            found.add((*parent, key))
    return found


def _known(detail: ErrorDetails, meant: set[Loc]) -> bool:
    """Whether a fault is only the shadow of one that is reported."""
    if detail["type"] == "missing":
        return detail["loc"] in meant
    return detail["type"] != "extra_forbidden" and detail["input"] is _BROKEN


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
        return _BROKEN if value.broken else None if value.null else value.text
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


def _keys(data: Value, loc: Items[int | str]) -> Set[str]:
    """The keys written in the mapping at `loc`."""
    for step in loc:
        if isinstance(data, Mapping) and step in data.entries:
            data = data.entries[str(step)].value
        elif isinstance(data, Sequence) and isinstance(step, int):
            data = data.items[step]
    return data.entries.keys() if isinstance(data, Mapping) else frozenset()


def _problem(detail: ErrorDetails, data: Mapping, fields: type[Fields], guessed: Set[Loc]) -> Problem:
    loc, kind = detail["loc"], detail["type"]
    if kind == "missing":
        return _missing(loc, data, fields)
    if kind == "extra_forbidden":
        owner = _nested(fields, loc[:-1]) if len(loc) > 1 else fields
        written = _keys(data, loc[:-1])
        hint = names.hint_key(str(loc[-1]), owner, fields, written) if loc in guessed else names.NO_IDEA
        return UNKNOWN.at(_place(data, loc, of_key=True), f"不认识的键 {shown(str(loc[-1]), 40)}", hint)
    mark, label = _place(data, loc, of_key=False), _label(loc)
    given = detail["input"]
    if given is None:
        where = _place(data, loc, of_key=isinstance(loc[-1], str))
        return MISSING.at(where, f"{label} 没有写内容", "在冒号后面写上内容，或删去这一行")
    if kind == "author":
        context = detail.get("ctx", {})
        return DATE.at(mark, f"{label}：{context['message']}", context["hint"])
    choices = _choices(fields, loc)
    if kind == "enum" and choices and isinstance(given, str):
        return CHOICE.at(mark, f"{label} 不能写“{shown(given)}”", names.hint_choice(given, choices))
    message, hint = _EXPECTED.get("text" if kind == "enum" else kind, ("写法不对", "按字段手册改写"))
    return WRONG.at(mark, f"{label}：{message}", _rewrite(kind, loc, given, fields) or hint)


def _missing(loc: Items[int | str], data: Mapping, fields: type[Fields]) -> Problem:
    """A key that is not there has no place: the fault is where its parent stands, or the head of the file."""
    name, parent = str(loc[-1]), loc[:-1]
    owner = _nested(fields, parent) if parent else fields
    choices = _choices(fields, loc)
    words = f"；{names.list_choices(choices)}" if choices else ""
    inner = _nested(fields, loc)
    value = f"{{{next(iter(inner.model_fields))}: …}}" if inner not in (fields, owner) else "…"
    line = f"{name}: {value}（{names.meaning(owner, name)}）{words}"
    if not parent:
        return MISSING.at(Mark(data.mark.path, data.mark.line), f"缺少 {name}", f"加上一行 {line}")
    where = _label(parent)
    return MISSING.at(_place(data, parent, of_key=True), f"{where} 里缺少 {name}", f"在 {where} 下面加上 {line}")


def _label(loc: Items[int | str]) -> str:
    """`files`, `footer.icp`, `leaders 第 2 项的 name`."""
    label = ""
    for step in loc:
        if isinstance(step, int):
            label += f" 第 {step + 1} 项"
        else:
            label += f".{step}" if label and not label.endswith("项") else f"的 {step}" if label else step
    return label


_EXPECTED = {
    "string_type": ("应当是一段文字", "直接写文字，不要写成列表或下一层的键；文字里有 [ ] { } 时给整个值加引号"),
    "text": ("应当是一个词", "直接写这个词，不要写成列表或下一层的键"),
    "list_type": ("应当是列表", "每一项另起一行，前面加 - "),
    "tuple_type": ("应当是列表", "每一项另起一行，前面加 - "),
    "model_type": ("应当是下一层的“键: 值”", "另起一行，缩进两格，写“键: 值”"),
    "dict_type": ("应当是下一层的“键: 值”", "另起一行，缩进两格，写“键: 值”"),
    "date_type": ("应当是日期", "写成 年-月-日，例如 2024-03-05"),
    "int_parsing": ("应当是整数", "只写数字，例如 50"),
    "int_parsing_size": ("数字太大", "写小一些的整数，例如 50"),
    "int_type": ("应当是整数", "只写数字，例如 50"),
    "int_from_float": ("应当是整数", "只写数字，例如 50"),
    "greater_than_equal": ("数字太小", "写大一些的整数，例如 50"),
    "less_than_equal": ("数字太大", "写小一些的整数，例如 50"),
    "bool_type": ("应当是 true 或 false", "是写 true，否写 false"),
    "too_short": ("至少要有一项", "写上至少一项，或删去这个键"),
}


def _rewrite(kind: str, loc: Items[int | str], given: Any, fields: type[Fields]) -> str:
    """What the author wrote, as it should be written, where that can be said."""
    if not isinstance(given, str):
        return ""
    inner = _nested(fields, loc)
    first = next(iter(inner.model_fields)) if inner is not fields else ""
    word = shown(given, 30)
    if kind in ("tuple_type", "list_type"):
        item = f"{{{first}: {word}}}" if first else word
        return f"写成列表：{loc[-1]}: [{item}]"
    needed = sum(field.is_required() for field in inner.model_fields.values())
    if kind != "model_type" or needed != 1:
        return ""
    return f"写成 {{{first}: {word}}}" if isinstance(loc[-1], int) else f"写成 {loc[-1]}: {{{first}: {word}}}"


def _walk(annotation: Any, test: Callable[[Any], bool]) -> Any:
    """The first type inside an annotation such as `tuple[Annotated[X, …], ...] | None` for which `test` holds."""
    if isinstance(annotation, type) and not get_args(annotation) and test(annotation):
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
