"""Bytes of one file → text, front matter and body, or Problems. Start with `decode` and `split`."""

from __future__ import annotations

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


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text of a file with plain line ends and no BOM; a file that is not UTF-8 gives "" and a Problem."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        guess = "（看起来是 GBK）" if _is_gbk(data) else ""
        return "", [NOT_UTF8.at(Mark(path, line), f"文件不是 UTF-8 编码{guess}", "另存为 UTF-8 编码后再提交")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return "", [EMPTY.at(Mark(path), "文件是空的", "写上内容，或删去这个文件")]
    return text, []


def split(text: str, path: str) -> tuple[str, str, int, list[Problem]]:
    """Front matter, body, and the line on which the body begins (from 1)."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "", "", 1, [NO_FRONT.at(Mark(path), "文件开头没有 ---", "第一行写 ---，接着写“键: 值”的行")]
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == "---":
            return "\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1, []
    return (
        "",
        "",
        1,
        [UNCLOSED.at(Mark(path, 1, 1, 3), "开头的 --- 没有结束", "在最后一个“键: 值”之后单独写一行 ---")],
    )


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
