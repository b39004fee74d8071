"""What libyaml says of a broken file → what an editor did wrong, where, and what to write. Start with `explain`.

libyaml speaks of tokens and blames the line after the fault. Here the lines around it are looked at for what people
really do: a full-width colon, no space after the colon, a tab, quotes around half of a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

from gongkai.base.problems import Code, Mark, Problem, shown

SYNTAX = Code(
    "GK-YAML-001",
    "error",
    "YAML 写法有误",
    "文件不是正确的 YAML。常见原因：冒号是全角的，或冒号后面没有空格；缩进用了制表符；值里有“冒号加空格”却没有加引号；"
    "引号、括号没有配对。",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column of the YAML text, both from 0, with what is wrong there and what to write."""

    row: int
    column: int
    message: str
    hint: str
    length: int = 1


# What YAML 1.2 §5.1 does not allow, and what it takes for a line end (U+0085, U+2028, U+2029) or passes over (U+FEFF).
_ODD = re.compile("[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

_KEY = r"\s*(?:- +)*([A-Za-z_][\w-]*)"


def odd(text: str, path: str, first: int) -> Problem | None:
    """The first character that nobody sees and YAML does not take; it came along with a copy from elsewhere."""
    found = _ODD.search(text)
    if found is None:
        return None
    row, column = text.count("\n", 0, found.start()), found.start() - (text.rfind("\n", 0, found.start()) + 1)
    message = f"这里有看不见的字符 U+{ord(found[0]):04X}"
    place = Place(row, column, message, "删去这个字符；它多半是从别处复制时带来的")
    return problem(place, path, first)


def problem(place: Place, path: str, first: int) -> Problem:
    """The problem at a place of a YAML text that begins on line `first` of its file."""
    return SYNTAX.at(Mark(path, place.row + first, place.column + 1, place.length), place.message, place.hint)


def explain(error: yaml.MarkedYAMLError, text: str, path: str, first: int) -> Problem:
    """The one problem of a text that is no YAML."""
    lines = text.split("\n")
    # libyaml points past the last line when something was never closed.
    end = min(error.problem_mark.line if error.problem_mark else 0, len(lines) - 1)
    start = min(error.context_mark.line if error.context_mark else end, end)
    near = [row for row in dict.fromkeys((end, start, end - 1, end - 2)) if row >= 0]
    found = _opening(error) or _tab(lines, near) or colons(lines, near) or _colon(lines, near, str(error.problem))
    found = found or _indented(lines, error) or _half_quoted(lines, error) or _other(lines, error)
    return problem(found, path, first)


def colons(lines: list[str], rows: Iterable[int]) -> Place | None:
    """A key whose colon is full-width, or has no space after it."""
    for row in rows:
        if wide := re.match(_KEY + r"\s*(：)\s*(.*)", lines[row]):
            hint = f"换成半角冒号，后面加一个空格：{wide[1]}: {shown(wide[3], 30)}".rstrip()
            return Place(row, wide.start(2), "冒号是全角的", hint)
        if tight := re.match(_KEY + r"(:)([^\s:/].*)", lines[row]):
            hint = f"冒号后面加一个空格：{tight[1]}: {shown(tight[3], 30)}"
            return Place(row, tight.start(2), "冒号后面没有空格", hint)
    return None


_OPENINGS = {
    "scanning a quoted scalar": ("引号没有配对", "在值的末尾补上引号；值里本来就有引号时，给整个值加单引号"),
    "parsing a flow sequence": ("方括号没有配对，或各项之间缺少逗号", "写成 [甲, 乙]：用半角的方括号和逗号"),
    "parsing a flow mapping": ("花括号没有配对，或各项之间缺少逗号", "写成 {键: 值, 键: 值}：用半角的括号和逗号"),
}


def _opening(error: yaml.MarkedYAMLError) -> Place | None:
    """A quote or a bracket that was never closed: libyaml points to the end of the file, not to where it opens."""
    mark = error.context_mark
    if mark is None or "expected" not in str(error.problem):
        return None
    for cause, (message, hint) in _OPENINGS.items():
        if cause in str(error.context):
            return Place(mark.line, mark.column, message, hint)
    return None


def _tab(lines: list[str], rows: Iterable[int]) -> Place | None:
    for row in rows:
        indent = re.match(r"[ \t]*", lines[row])
        if indent and "\t" in indent.group():
            return Place(
                row, indent.group().index("\t"), "缩进里有制表符（Tab）", "缩进只用空格，不用 Tab 键：每一层两个空格"
            )
    return None


def _colon(lines: list[str], rows: Iterable[int], cause: str) -> Place | None:
    """`title: 通知: 第一号`: the second colon begins a mapping where none can be."""
    if "mapping values are not allowed" not in cause:
        return None
    for row in rows:
        found = re.match(r"\s*(?:- +)*([^\s:'\"#]+):\s+([^'\"\[{|>\s].*?(:)(?:\s.*|$))", lines[row])
        if found:
            hint = f"给整个值加引号：{found[1]}: {_quoted(found[2].rstrip())}"
            return Place(row, found.start(3), "值里有“冒号加空格”，需要加引号", hint)
    return None


def _indented(lines: list[str], error: yaml.MarkedYAMLError) -> Place | None:
    """A key that stands deeper than the one before it, although that has its value already."""
    row = error.problem_mark.line if error.problem_mark else 0
    if not 0 < row < len(lines) or "mapping values are not allowed" not in str(error.problem):
        return None
    deep, above = re.match(r"( +)" + _KEY + r"(?=:(?:\s|$))", lines[row]), re.match(_KEY + r":\s+\S", lines[row - 1])
    if not deep or not above or deep.start(2) <= above.start(1):
        return None
    hint = "和上一行左边对齐；如果是上一行的后半句，接在上一行后面并给整个值加引号"
    return Place(row, deep.start(2), "这一行缩进多了", hint, len(deep[2]))


def _half_quoted(lines: list[str], error: yaml.MarkedYAMLError) -> Place | None:
    """`title: "甲"的通知`: the quotes close before the value ends."""
    mark = error.problem_mark
    if mark is None or mark.line >= len(lines):
        return None
    found = re.match(_KEY + r":\s+((['\"]).*)", lines[mark.line])
    if not found or found[3] not in lines[mark.line][found.end(2) - len(found[2]) + 1 : mark.column]:
        return None
    hint = f"给整个值加引号：{found[1]}: {_quoted(found[2].rstrip())}"
    return Place(mark.line, mark.column, "引号后面还有文字", hint)


def _quoted(value: str) -> str:
    """A value in quotes that hold it as it is: double ones, or single ones around double ones."""
    quote = "'" if '"' in value or "\\" in value else '"'
    return f"{quote}{shown(value.replace(quote, quote * 2), 40)}{quote}"


_CAUSES = {
    "could not find expected ':'": ("这一行不是“键: 值”", "写成“键: 值”；如果是上一行的后半句，把它接在上一行后面"),
    "did not find expected key": ("这一行没有和上面对齐", "同一层的键左边对齐，列表写在它的键下面"),
    "did not find expected '-' indicator": ("这一行不在列表里", "同一个列表的每个 - 左边对齐，列表写在它的键下面"),
    "cannot start any token": ("值以 YAML 的特殊符号开头", "给整个值加引号"),
    "mapping values are not allowed": ("这里不应当有冒号", "同一层的键左边对齐；值里有“冒号加空格”时给整个值加引号"),
    "mapping keys are not allowed": ("值以 YAML 的特殊符号开头", "给整个值加引号"),
    "block sequence entries are not allowed": ("列表没有另起一行", "把 - 写在下一行，前面缩进两格"),
    "did not find expected node content": ("值以 YAML 的特殊符号开头，或括号没有配对", "给整个值加引号，或补上括号"),
    "did not find expected <document start>": ("一个文件里有两份文档", "删去多余的 --- 行或 ... 行"),
    "alphabetic or numeric": ("值以 * 或 & 开头", "给整个值加引号"),
    "escape": ("双引号里的反斜杠写法不对", "改用单引号，里面的反斜杠就按原样保留"),
    "block scalar": ("| 或 > 后面不能有文字", "把文字写在下一行，前面缩进两格"),
    "tag": ("值以 ! 开头", "给整个值加引号"),
    "directive": ("行首不能是 %", "删去这一行，或给整个值加引号"),
}


def _other(lines: list[str], error: yaml.MarkedYAMLError) -> Place:
    """Everything else: what libyaml says, in Chinese, at the line that it was reading when it gave up."""
    cause, context = str(error.problem), str(error.context)
    mark = error.problem_mark or error.context_mark
    if context.startswith("while scanning a"):
        mark = error.context_mark or mark
    row = min(mark.line, len(lines) - 1) if mark else 0
    column = min(mark.column, len(lines[row])) if mark else 0
    if re.match(_KEY + r":\s+[*&!]", lines[row]) and "expected key" in cause:
        return Place(row, _value_at(lines[row]), "值以 * 或 & 开头", "给整个值加引号")
    for said, (message, hint) in _CAUSES.items():
        if said in cause or said in context:
            length = len(lines[row].rstrip()) - column if "expected ':'" in said else 1
            return Place(row, column, message, hint, max(1, length))
    return Place(row, column, "YAML 写法有误", "检查缩进、冒号后的空格和引号；拿不准时给整个值加引号")


def _value_at(line: str) -> int:
    return len(line) - len(line.partition(":")[2].lstrip())


def unsaid(text: str) -> Iterator[Place]:
    """Why a text that is YAML is yet not made of keys: a colon that YAML does not take for one."""
    lines = text.split("\n")
    if (found := colons(lines, range(len(lines)))) is not None:
        yield found
