"""Declarations of problems, fields and commands → the reference pages of the manual, in Markdown. Start with `pages`.

`python -m gongkai.edit.manual docs/reference` writes them. What is said of a field, an option or a code is declared
where it is, and only laid out here, so the manual cannot speak of what the program does not have.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

import click
from pydantic.fields import FieldInfo

from gongkai.base.calendar import Interval, Span
from gongkai.base.fields import FILE, Choice, Fields, Moment, Ref
from gongkai.base.settings import Settings
from gongkai.edit import codes
from gongkai.edit.components import COMPONENTS
from gongkai.edit.paper import NOTE, page, prose, table
from gongkai.model.kinds import BY_NAME, COMMON, KINDS
from gongkai.model.record import Common, Kind, Many

_PLAIN: dict[Any, str] = {str: "文字", bool: "true 或 false", int: "整数", date: "日期", Moment: "日期，可写到分钟"}
_PLAIN |= {Span: "日期，或起止日期", Interval: "间隔"}
_SPECIAL = {"*": "引用：`rule:id`、`card:id`、`explainer:id`，或网址", FILE: "文件的路径"}
_VALUES = {"directory": "文件夹", "file": "文件", "date": "日期", "text": "文字", "integer": "整数"}


def pages(broken: Path) -> dict[str, str]:
    """Path → text of every reference page. `broken` has a folder for each code with what is said of a site with it."""
    return {
        **codes.pages(broken),
        "fields.md": fields_page(),
        "commands.md": commands_page(import_module("gongkai.cli").main),
        "components.md": components_page(),
    }


def components_page() -> str:
    """What a theme draws: for whom, by which template, under which class."""
    rows = [(one.name, one.use, f"`{one.template}`", f"`{one.selector}`") for one in COMPONENTS]
    told = (
        "自带主题画的每一种东西。运行 `gongkai components components.html`，得到一页网页：每一种都有例子，取自已经"
        "生成的网站，用的就是它的模板、样式和脚本，可以切换长者版、字号和颜色。改了样式以后再运行一次，对照着看。"
    )
    return page(["# 组件", NOTE, told, table(("组件", "用处", "模板", "选择器"), rows)])


def fields_page() -> str:
    """The keys of every kind of content and of catalog.yaml, then what lies below them, then the vocabularies."""
    lines = [
        "# 内容文件的键",
        NOTE,
        "内容文件由“键: 值”的行组成，键用英文，值用中文。不认识的键是错误，不会被忽略。日期写成 2024-03-05，"
        "可写到分钟的写成 2024-03-05 09:30。“文字”按写的样子保留，0505 不会变成数字。"
        "“列表”每一项另起一行、前面加 `- `，短的可以写成 `[甲, 乙]`。",
    ]
    lines += _settings()
    lines += ['<a id="common"></a>', "## 每种内容都可以写的键"]
    lines += ["下面每种内容除了自己的键，都可以写这些。本站自己的内容必须写 `disclosure`。", _keys(Common)]
    for kind in KINDS:
        lines += _file(kind)
    used = _uses([("网站设置", Settings), *((kind.label, fields) for kind in KINDS for fields in _declared(kind))])
    lines += ["## 下一层的键"]
    for type_, (keys, files) in used.items():
        if issubclass(type_, Fields):
            lines += [f'<a id="{_anchor(type_)}"></a>', f"### {keys}", f"用在：{files}。", _keys(type_)]
    lines += ["## 可以写的词"]
    for type_, (keys, files) in used.items():
        if issubclass(type_, Choice):
            rows = [(f"`{choice.value}`", prose(choice.label)) for choice in type_]
            lines += [f'<a id="{_anchor(type_)}"></a>', f"### {keys} 的取值", f"用在：{files}。"]
            lines += [table(("写", "含义"), rows)]
    return page(lines)


def _settings() -> Iterator[str]:
    yield '<a id="catalog"></a>'
    yield from ("## 网站设置：catalog.yaml", "放在项目文件夹里，整个网站只有这一份。", _keys(Settings))


def _declared(kind: Kind) -> tuple[type[Fields], ...]:
    """The declarations of a kind: of its files where one holds many records, and of its records."""
    return (kind.many.file, kind.fields) if kind.many else (kind.fields,)


def _file(kind: Kind) -> Iterator[str]:
    """The section of a kind: where its files stand, what an id is, how a file begins, its keys."""
    yield f'<a id="{kind.name}"></a>'
    places = [_place(kind, folder) for folder in kind.folders]
    yield f"## {kind.label}：{'、'.join(place.removeprefix('content/机关/') for place in places)}"
    yield f"放在 {' 或 '.join(f'`{place}`' for place in places)}。{_id(kind)}{_body(kind)}"
    if kind.reserved:
        yield f"不能用作 id 的词：{'、'.join(f'`{word}`' for word in sorted(kind.reserved))}。"
    if kind.many is None:
        yield _keys(kind.fields)
        return
    if kind.many.file.model_fields:
        yield "文件开头的键，对下面没有另写的每一项都有效："
        yield _keys(kind.many.file)
    yield f"`{kind.many.key}` 下面每一项的键："
    yield _keys(kind.fields)


def _place(kind: Kind, folder: str) -> str:
    return "/".join(part for part in ("content", COMMON if kind.common else "机关", folder, kind.file) if part)


def _id(kind: Kind) -> str:
    """What the id of a record is, and among what it is unique."""
    if kind.many:
        file = "一个文件写许多项" if "*" in kind.file else f"整个网站只有这一份，{_shipped(kind.many)}"
        return f"{file}；每一项的 `{kind.many.id}` 是 id，同一种内容在全站不能重复。"
    if kind.of_organ:
        return "文件名（不带扩展名）在本机关里不能重复。"
    if kind.common:
        return "整个网站只有这一份。"
    named = "文件名（不带扩展名）" if "*" in kind.file else "一个机关一份。“机关”这一层文件夹的名字"
    return f"{named}就是 id，同一种内容在全站不能重复。"


def _shipped(many: Many) -> str:
    if many.words:
        return "里面的项加在自带的之后；和自带的一项词相同时，改写那一项"
    return f"没有它时用自带的；自带的项只写 `{many.id}` 和要补充的键"


def _body(kind: Kind) -> str:
    return "两行 `---` 之间是下面的键，第二行 `---` 之后是正文。" if kind.file.endswith(".md") else ""


def _keys(fields: type[Fields]) -> str:
    """A row for each key, those that are required first. What every kind has stands once, under `common`."""

    def own(entry: tuple[str, FieldInfo]) -> bool:
        name, field = entry
        same = Common.model_fields.get(name)
        inherits = issubclass(fields, Common) and fields is not Common
        return not (inherits and same and same.description == field.description)

    rows = [
        (f"`{name}`", _needed(field), _type(field.annotation, field.metadata), prose(field.description or ""))
        for name, field in sorted(
            filter(own, fields.model_fields.items()), key=lambda entry: not entry[1].is_required()
        )
    ]
    if not rows and not issubclass(fields, Common):
        return "现在没有可以写的键。"
    if not rows:
        return "除了[每种内容都可以写的键](#common)，没有别的。"
    return table(("键", "必填", "写什么", "含义"), rows)


def _needed(field: FieldInfo) -> str:
    if field.is_required():
        return "必填"
    value = field.default
    if value in (None, (), False) or isinstance(value, Fields):
        return ""
    written = f"[{', '.join(value)}]" if isinstance(value, tuple) else "true" if value is True else value
    return f"默认 `{written}`"


def _type(annotation: Any, metadata: Iterable[Any] = ()) -> str:
    """What to write for a type, in plain Chinese. Raises KeyError for a type that has no word yet."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _type(inner, [*more, *metadata])
    ref = next((entry for entry in metadata if isinstance(entry, Ref)), None)
    if get_args(annotation):
        inner = next(part for part in get_args(annotation) if part not in (NoneType, Ellipsis))
        word = _type(inner, metadata)
        return f"列表，每项：{word}" if get_origin(annotation) is tuple else word
    if ref and ref.kind in _SPECIAL:
        return _SPECIAL[ref.kind]
    if ref:
        outside = "，可以是本站之外的" if ref.outside else ""
        return f"引用[{BY_NAME[ref.kind].label}](#{ref.kind}){outside}"
    if issubclass(annotation, Fields):
        return f"[下一层的键](#{_anchor(annotation)})"
    if issubclass(annotation, Choice):
        return f"[几个词之一](#{_anchor(annotation)})"
    return _PLAIN[annotation]


def _uses(tops: Iterable[tuple[str, type[Fields]]]) -> dict[type, tuple[str, str]]:
    """What lies below the top level, in the order it is met: the keys that hold it, and the labels of their files."""
    found: dict[type, tuple[dict[str, None], dict[str, None]]] = {}
    for label, fields in tops:
        for key, type_ in _below(fields):
            keys, files = found.setdefault(type_, ({}, {}))
            keys[f"`{key}`"] = files[label] = None
    return {type_: (_spread(keys), _everywhere(files)) for type_, (keys, files) in found.items()}


def _spread(keys: Iterable[str]) -> str:
    """The keys; of more than four, those that hold them."""
    keys = list(keys)
    if len(keys) > 4:
        keys = list(dict.fromkeys(f"{key.rpartition('.')[0]}` 下面的键" for key in keys))
    return "、".join(keys)


def _everywhere(files: Iterable[str]) -> str:
    files = list(files)
    return "每种内容" if set(files) >= {kind.label for kind in KINDS} else "、".join(files)


def _below(fields: type[Fields]) -> Iterator[tuple[str, type]]:
    for name, field in fields.model_fields.items():
        for type_ in _leaves(field.annotation):
            if issubclass(type_, Fields | Choice):
                yield name, type_
            if issubclass(type_, Fields):
                yield from ((f"{name}.{key}", inner) for key, inner in _below(type_))


def _leaves(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for inner in get_args(annotation):
        yield from _leaves(inner)


def _anchor(type_: type) -> str:
    return f"{type_.__name__.lower()}-keys"


def commands_page(main: click.Group) -> str:
    """A section for each command: how it is called, what it does, its options."""
    lines = [
        "# 命令",
        NOTE,
        prose(main.help or ""),
        "`gongkai 命令` 和在本仓库里运行 `python build.py 命令` 相同。结果输出到标准输出，其余的话输出到标准错误。"
        "退出码：0 正常，1 内容有问题，2 用法不对。每个命令都可以加 `-h` 查看说明。",
        "写在命令之前的选项：",
        _options(main),
    ]
    for name, command in sorted(main.commands.items()):
        arguments = [param for param in command.params if isinstance(param, click.Argument)]
        words = " ".join(_argument(argument) for argument in arguments)
        call = f"gongkai {name} [选项] {words}".rstrip()
        lines += [f'<a id="{name}"></a>', f"## {name}", f"```\n{call}\n```"]
        lines += [prose(command.help or ""), _options(command)]
    return page(lines)


def _argument(argument: click.Argument) -> str:
    word = (argument.name or "").upper() + ("…" if argument.nargs == -1 else "")
    return word if argument.required else f"[{word}]"


def _options(command: click.Command) -> str:
    rows = []
    for option in (param for param in command.params if isinstance(param, click.Option)):
        needed = "必填" if option.required else ""
        if isinstance(option.default, str | int) and not option.is_flag:
            needed = f"默认 `{option.default}`"
        rows.append((f"`{' '.join(option.opts)}`", _value(option), needed, prose(option.help or "")))
    return table(("选项", "值", "必填", "含义"), rows)


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return " 或 ".join(f"`{choice}`" for choice in option.type.choices)
    return _VALUES[option.type.name.split()[0]]


def main(folder: Path) -> None:
    """Writes every page into `folder`, from a checkout."""
    for name, text in pages(Path("tests/broken")).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
