"""Bytes of one file → text, front matter and body, or Problems. Start with `decode` and `split`."""

from __future__ import annotations

import re

from gongkai.base.problems import Code, Mark, Problem

NOT_UTF8 = Code(
    "GK-FILE-001",
    "error",
    "文件不是 UTF-8 编码",
    "用编辑器（记事本、VS Code）把文件“另存为”UTF-8 编码。带不带 BOM、换行是 CRLF 还是 LF 都可以。",
)
EMPTY = Code(
    "GK-FILE-002",
    "error",
    "文件是空的",
    "删去这个文件，或用 gongkai new 生成一份写好格式的起始文件。",
)
NO_FRONT = Code(
    "GK-FILE-003",
    "error",
    "文件开头没有 ---",
    "Markdown 文件的第一行是 ---，接着是“键: 值”的行，再一行 ---，然后是正文。",
)
UNCLOSED = Code(
    "GK-FILE-004",
    "error",
    "开头的 --- 没有结束",
    "在最后一个“键: 值”的下一行写上单独的一行 ---，再写正文。",
)


CONTROL = Code(
    "GK-FILE-011",
    "error",
    "文件里有看不见的控制字符",
    "这些字符多半是从 Word 或网页复制时带来的，不能出现在网页里。删去它们；Word 的软回车换成普通的换行。",
)
_CONTROL = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x84\\x86-\\x9f]")


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text of a file with plain line ends and no BOM, and why it cannot be used.

    Of a file that is not UTF-8 the text is what it seems to say: good for knowing its title, not for publishing.
    """
    try:
        text, found = data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        text, name = _guess(data)
        line = data.count(b"\n", 0, error.start) + 1
        guess = f"（看起来是 {name}）" if name else ""
        found = [NOT_UTF8.at(Mark(path, line), f"文件不是 UTF-8 编码{guess}", "另存为 UTF-8 编码后再提交")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return "", found or [EMPTY.at(Mark(path), "文件是空的", "写上内容，或删去这个文件")]
    return text, found


def clean(text: str, path: str) -> tuple[str, list[Problem]]:
    """The text with blanks for control characters, so that the rest is examined too, and a Problem if any."""
    places = [found.start() for found in _CONTROL.finditer(text)]
    if not places:
        return text, []
    first = places[0]
    mark = Mark(path, text.count("\n", 0, first) + 1, first - text.rfind("\n", 0, first), 1)
    count = f"，共 {len(places)} 处" if len(places) > 1 else ""
    message = f"有看不见的控制字符 U+{ord(text[first]):04X}{count}"
    return _CONTROL.sub(" ", text), [CONTROL.at(mark, message, "删去它；如果是换行，换成普通的换行")]


def split(text: str, path: str) -> tuple[str, str, int, list[Problem]]:
    """Front matter, body, and the line on which the body begins (from 1)."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "", "", 1, [_no_front(lines, path)]
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == "---":
            return "\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1, []
    return (
        "",
        "",
        1,
        [UNCLOSED.at(Mark(path, 1, 1, 3), "开头的 --- 没有结束", "在最后一个“键: 值”之后单独写一行 ---")],
    )


def _guess(data: bytes) -> tuple[str, str]:
    """The text that bytes of another encoding seem to hold, and its name; Notepad calls UTF-16 “Unicode”."""
    for name, encoding, fits in (
        ("UTF-16", "utf-16", data[:2] in (b"\xff\xfe", b"\xfe\xff")),
        ("GBK", "gb18030", b"\0" not in data),
    ):
        try:
            if fits:
                return data.decode(encoding), name
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace"), ""


def _no_front(lines: list[str], path: str) -> Problem:
    """Also says when the line is there, only not first or not of three plain hyphens."""
    number = next(n for n, line in enumerate(lines, start=1) if line.strip())
    line = lines[number - 1].strip()
    mark = Mark(path, number, lines[number - 1].index(line) + 1, len(line))
    if line == "---":
        return NO_FRONT.at(mark, "--- 不在文件的第一行", "删去它前面的空行和空格")
    if re.fullmatch(r"[-‐-―－—]{2,}", line):
        return NO_FRONT.at(mark, f"“{line}”不是三个半角连字符", "换成 ---")
    return NO_FRONT.at(Mark(path), "文件开头没有 ---", "第一行写 ---，接着写“键: 值”的行，再写一行 ---，然后写正文")
