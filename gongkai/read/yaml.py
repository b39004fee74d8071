"""YAML text → values that know their place, or Problems. Start with `parse`.

Only what editors need: mappings, lists and scalars, kept as written (`0505` stays `0505`), no anchors, no tags,
no second document. Scalars get a type later, from the field that asks for one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.read import syntax

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


class Scalar(NamedTuple):
    """A value as written; `null` when it was left empty (plain empty, `~` or `null`)."""

    text: str
    null: bool
    mark: Mark
    broken: bool = False
    """Whether its fault is reported already, so that no field need complain of it again."""


class Sequence(NamedTuple):
    """A list with the place of its first character."""

    items: tuple[Value, ...]
    mark: Mark


class Entry(NamedTuple):
    """One value of a mapping with the place of its key."""

    key: Mark
    value: Value


class Mapping(NamedTuple):
    """Keys in the order of the file."""

    entries: dict[str, Entry]
    mark: Mark


Value = Scalar | Sequence | Mapping


def parse(text: str, path: str, first_line: int = 1) -> tuple[Mapping | None, list[Problem]]:
    """The mapping that `text` holds, and what is wrong with it.

    `first_line` is the line of the file on which `text` begins, so that front matter reports true lines.
    A duplicate key is reported and the first value kept, so that the rest of the file is still checked.
    """
    if (strange := syntax.odd(text, path, first_line)) is not None:
        return None, [strange]
    reader = _Reader(text, path, first_line)
    try:
        value = reader.document()
    except yaml.MarkedYAMLError as error:
        return None, [syntax.explain(error, text, path, first_line)]
    except _TooDeep:
        return None, reader.problems
    if isinstance(value, Mapping):
        return value, reader.problems
    place = next(syntax.unsaid(text), None)
    if place is not None:
        return None, [syntax.problem(place, path, first_line)]
    return None, reader.problems or [NOT_MAPPING.at(value.mark, "这里应当是“键: 值”", "写成 title: 标题 这样的行")]


class _TooDeep(Exception):
    """Raised to leave a file whose nesting no editor ever typed."""


class _Reader:
    """Turns libyaml's events into our values, collecting problems as it goes.

    Events, not nodes: libyaml's composer recurses in C and dies of a file of 100,000 brackets, and an alias is no
    longer to be seen in what it composes. They also cost less: 45 ms against 70 for 180 documents.
    """

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.path, self.offset = path, first_line
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self.problems: list[Problem] = []

    def document(self) -> Value:
        """The value of the only document; an empty mapping when there is none."""
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return Mapping({}, Mark(self.path, self.offset))
        value = self.value(next(self.events), 0)
        next(self.events)
        event = next(self.events)
        if isinstance(event, yaml.DocumentStartEvent):
            self._unsupported(self.mark(event), "一个文件里有两份文档", "删去这一行 ---；一份内容一个文件")
        return value

    def mark(self, event: yaml.Event) -> Mark:
        """The place of what an event begins; as long as it is on its first line."""
        assert event.start_mark is not None
        assert event.end_mark is not None
        start, end = event.start_mark.index, event.end_mark.index
        row = bisect_right(self.starts, start) - 1
        stop = min(end, self.starts[row] + len(self.lines[row].rstrip()))
        return Mark(self.path, row + self.offset, start - self.starts[row] + 1, max(1, stop - start))

    def value(self, event: yaml.Event, depth: int) -> Value:
        """The value that `event` begins, with all of its events consumed."""
        mark = self.mark(event)
        if depth > DEPTH:
            self._unsupported(mark, f"嵌套超过 {DEPTH} 层", "减少嵌套；如果本来是文字，给整个值加引号")
            raise _TooDeep
        if isinstance(event, yaml.AliasEvent):
            message = f"不支持引用 *{shown(event.anchor)}"
            return self._unsupported(mark, message, "把内容直接写在这里；如果本来是文字，给整个值加引号")
        self._plain(event, mark)
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style
            return Scalar(event.value, plain and event.value in _NULLS, mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth)), mark)
        return self._mapping(mark, depth)

    def _plain(self, event: yaml.Event, mark: Mark) -> None:
        """Reports an anchor or a tag; the value itself is kept, so that it is reported once."""
        row, column = mark.line - self.offset, mark.column - 1
        word = self.lines[row][column:].split(" ")[0]
        at = Mark(mark.path, mark.line, mark.column, max(1, len(word)))
        if getattr(event, "anchor", None) is not None:
            self._unsupported(at, f"不支持锚点 {shown(word)}", "删去它；如果本来是文字，给整个值加引号")
        elif getattr(event, "tag", None) is not None:
            self._unsupported(at, f"不支持标签 {shown(word)}", "删去它；如果本来是文字，给整个值加引号")

    def _items(self, depth: int) -> Iterator[Value]:
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.value(event, depth + 1)

    def _mapping(self, mark: Mark, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key, known = self.mark(event), len(self.problems)
            name = self.value(event, depth + 1)
            merge = isinstance(name, Scalar) and name.text == "<<"
            if not isinstance(name, Scalar) or name.broken or merge:
                # One fault is reported once: that this is no key, not also what is strange inside it.
                self.value(next(self.events), depth + 1)
                del self.problems[known:]
                self._no_key(key, merge=merge)
                continue
            value = self.value(next(self.events), depth + 1)
            if name.text in entries:
                self._twice(name.text, key, entries[name.text].key.line)
            else:
                entries[name.text] = Entry(key, value)
        return Mapping(entries, mark)

    def _no_key(self, key: Mark, *, merge: bool) -> None:
        if merge:
            self._unsupported(key, "不支持合并键 <<", "把要用的键逐个写出来")
        else:
            self._unsupported(key, "键应当是一个词", "写成“键: 值”；如果这里本来是文字，给整个值加引号")

    def _twice(self, name: str, key: Mark, first: int) -> None:
        hint = f"第 {first} 行已经有 {shown(name)}；只保留一个"
        self.problems.append(DUPLICATE.at(key, f"键 {shown(name)} 写了两次", hint))

    def _unsupported(self, mark: Mark, message: str, hint: str) -> Scalar:
        self.problems.append(UNSUPPORTED.at(mark, message, hint))
        return Scalar("", True, mark, broken=True)
