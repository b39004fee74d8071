"""YAML text → values that know their place, or Problems. Start with `parse`.

Only what editors need: mappings, lists and scalars, kept as written (`0505` stays `0505`), no anchors, no tags,
no second document. Scalars get a type later, from the field that asks for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from gongkai.base.problems import Code, Mark, Problem

SYNTAX = Code(
    "GK-YAML-001",
    "error",
    "YAML 写法有误",
    "文件不是正确的 YAML。常见原因：缩进用了制表符；值里有“冒号加空格”却没有加引号；引号、括号没有配对。",
)
DUPLICATE = Code(
    "GK-YAML-002",
    "error",
    "同一个键写了两次",
    "一个键在同一层只能出现一次，否则不知道以哪一个为准。删去多余的一个，多个值请写成列表。",
)
UNSUPPORTED = Code(
    "GK-YAML-003",
    "error",
    "用了不支持的 YAML 功能",
    "锚点（&）、引用（*）、标签（!）、一个文件多份文档、复合键都不支持。请把内容直接写出来。",
)
NOT_MAPPING = Code(
    "GK-YAML-004",
    "error",
    "文件不是“键: 值”的形式",
    "文件（或两行 --- 之间的部分）应当由“键: 值”的行组成。",
)

DEPTH = 20
"""Levels of nesting that a file may have; nothing in this product needs more than five."""

_NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as written; `null` when it was left empty (plain empty, `~` or `null`)."""

    text: str
    null: bool
    mark: Mark


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list with the place of its first character."""

    items: tuple[Value, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a mapping with the place of its key."""

    key: Mark
    value: Value


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys in the order of the file."""

    entries: dict[str, Entry]
    mark: Mark


Value = Scalar | Sequence | Mapping


def parse(text: str, path: str, first_line: int = 1) -> tuple[Mapping | None, list[Problem]]:
    """The mapping that `text` holds, and what is wrong with it.

    `first_line` is the line of the file on which `text` begins, so that front matter reports true lines.
    A duplicate key is reported and the first value kept, so that the rest of the file is still checked.
    """
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.reader.ReaderError as error:
        return None, [_unreadable(error, text, path, first_line)]
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(error, text, path, first_line)]
    reader = _Reader(path, first_line)
    if root is None:
        return Mapping({}, Mark(path, first_line)), []
    value = reader.value(root, 0)
    if isinstance(value, Mapping):
        return value, reader.problems
    return None, [
        *reader.problems,
        NOT_MAPPING.at(value.mark, "这里应当是“键: 值”", "写成 title: 标题 这样的行"),
    ]


class _Reader:
    """Turns libyaml's nodes into ours, collecting problems as it goes."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.offset = path, first_line
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def mark(self, node: yaml.Node) -> Mark:
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Mark(self.path, start.line + self.offset, start.column + 1, max(1, length))

    def value(self, node: yaml.Node, depth: int) -> Value:
        mark = self.mark(node)
        # An alias is composed as the very node it points to: met again, it is an alias.
        if id(node) in self.seen:
            return self._unsupported(mark, "不支持引用（*）", "把内容直接写在这里")
        self.seen.add(id(node))
        if depth > DEPTH:
            return self._unsupported(mark, f"嵌套超过 {DEPTH} 层", "减少嵌套")
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.endswith(("binary", "set")):
            return self._unsupported(mark, f"不支持标签 {node.tag}", "去掉以 ! 开头的标签")
        if isinstance(node, yaml.ScalarNode):
            plain = node.style is None
            return Scalar(node.value, plain and node.value in _NULLS, mark)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.value(item, depth + 1) for item in node.value), mark)
        return self._mapping(node, mark, depth)

    def _mapping(self, node: yaml.Node, mark: Mark, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        for key_node, value_node in node.value:
            key = self.mark(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._unsupported(key, "键应当是一个词", "写成“键: 值”；含有 {} 或 [] 的文字请加引号")
                continue
            value = self.value(value_node, depth + 1)
            if key_node.value in entries:
                first = entries[key_node.value].key.line
                self.problems.append(
                    DUPLICATE.at(
                        key,
                        f"键 {key_node.value} 写了两次",
                        f"第 {first} 行已经有 {key_node.value}；只保留一个",
                    )
                )
                continue
            entries[key_node.value] = Entry(key, value)
        return Mapping(entries, mark)

    def _unsupported(self, mark: Mark, message: str, hint: str) -> Scalar:
        self.problems.append(UNSUPPORTED.at(mark, message, hint))
        return Scalar("", True, mark)


def _unreadable(error: yaml.reader.ReaderError, text: str, path: str, first: int) -> Problem:
    position = error.position if isinstance(error.position, int) else 0
    bad = next((n for n, c in enumerate(text) if not _printable(c)), position)
    line, column = text.count("\n", 0, bad), bad - (text.rfind("\n", 0, bad) + 1)
    shown = f"U+{ord(text[bad]):04X}" if bad < len(text) else "？"
    return SYNTAX.at(
        Mark(path, line + first, column + 1),
        f"这里有不可见的控制字符 {shown}",
        "删去这个字符；它多半是从别处复制时带来的",
    )


def _printable(character: str) -> bool:
    """What YAML 1.2 §5.1 allows in a file."""
    point = ord(character)
    if point < 0x20:
        return character in "\t\n\r"
    return point < 0x7F or point == 0x85 or 0xA0 <= point < 0xD800 or point >= 0xE000


def _syntax(error: yaml.MarkedYAMLError, text: str, path: str, first: int) -> Problem:
    place = error.problem_mark or error.context_mark
    line, column = (place.line, place.column) if place else (0, 0)
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    problem = str(error.problem or "")
    if (cause := _tab(lines, line)) is not None:
        row, column = cause
        return SYNTAX.at(Mark(path, row + first, column + 1), "缩进里有制表符（Tab）", "把制表符换成空格")
    if (cause := _colon(lines, line, problem)) is not None:
        row, column = cause
        key, _, value = lines[row].partition(":")
        hint = f'给整个值加引号：{key.strip()}: "{value.strip()}"'
        return SYNTAX.at(Mark(path, row + first, column + 1), "值里有“冒号加空格”，需要加引号", hint)
    message, hint = _explain(problem)
    return SYNTAX.at(Mark(path, line + first, column + 1), message, hint)


def _tab(lines: list[str], upto: int) -> tuple[int, int] | None:
    for row in range(min(upto + 1, len(lines) - 1), max(-1, upto - 3), -1):
        indent = re.match(r"[ \t]*", lines[row])
        if indent and "\t" in indent.group():
            return row, indent.group().index("\t")
    return None


def _colon(lines: list[str], upto: int, problem: str) -> tuple[int, int] | None:
    if "mapping values are not allowed" not in problem:
        return None
    for row in range(upto, max(-1, upto - 3), -1):
        second = re.match(r"\s*(?:- )?[^\s:'\"#]+:\s+[^'\"\[{|>\s].*?(:)(?:\s|$)", lines[row])
        if second:
            return row, second.start(1)
    return None


_CAUSES = {
    "could not find expected ':'": ("这一行（或上一行）缺少冒号", "写成“键: 值”，冒号后面加一个空格"),
    "found unexpected end of stream": ("引号或括号没有配对", "补上缺少的引号或括号"),
    "found unexpected document indicator": ("引号没有配对", "补上缺少的引号"),
    "did not find expected key": (
        "缩进没有对齐，或者引号没有包住整个值",
        "同一层的键左边对齐；值里有引号时给整个值加引号",
    ),
    "did not find expected '-' indicator": ("列表的缩进没有对齐", "同一个列表的每个 - 左边对齐"),
    "did not find expected ',' or": ("方括号或花括号没有配对", "补上缺少的 ] 或 }"),
    "found character that cannot start any token": (
        "值以 YAML 的特殊符号（如 @、`、%）开头",
        "给整个值加引号",
    ),
    "mapping values are not allowed": ("这里不应当有冒号", "缩进对齐；值里有“冒号加空格”时给整个值加引号"),
    "block sequence entries are not allowed": ("列表没有另起一行", "把 - 写在下一行"),
    "expected a single document": ("一个文件里有两份文档", "删去多余的 --- 行"),
    "but found another document": ("一个文件里有两份文档", "删去多余的 --- 行"),
    "found undefined alias": ("值以 * 开头", "给整个值加引号"),
    "did not find expected alphabetic": ("值以 * 或 & 开头", "给整个值加引号"),
    "while scanning": ("这里的写法有误", "给整个值加引号"),
}


def _explain(problem: str) -> tuple[str, str]:
    for cause, words in _CAUSES.items():
        if cause in problem:
            return words
    return f"YAML 写法有误（{problem}）", "检查缩进、冒号后的空格和引号"
