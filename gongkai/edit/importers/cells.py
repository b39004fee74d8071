"""The text of a cell ↔ the parts of a value: elements, bases, subjects, channels, ticks. Each reader has its writer.

What a reader had to guess it says in `notes`. Start with `elements` and `channels`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from gongkai.edit.importers.words import Names, channel

CONTINUED = "\n↳"
"""A line of a text that has several, within a cell whose lines are a list."""

_OPEN, _CLOSE = "（(《〈“‘【〔[", "）)》〉”’】〕]"


def lines(text: str) -> list[str]:
    """The entries of a cell that holds one a line."""
    return [entry.replace("\0", "\n") for entry in text.replace(CONTINUED, "\0").split("\n") if entry.strip()]


def join(values: Iterable[str]) -> str:
    """One entry a line: the inverse of `lines`."""
    return "\n".join(value.replace("\n", CONTINUED) for value in values)


_MARK = re.compile(r"(?=[●○◯◎])|(?:(?<=^)|(?<=[\s；;、，,。]))(?=〇)")
"""Where an element begins. 〇 is also a zero (二〇二四), so only where a word begins."""
_CIRCLED = re.compile(r"(?=[①-⑳⑴-⒇])")
_NUMBERED = re.compile(r"^\s*(?:[①-⑳⑴-⒇]|[（(]?\d{1,2}[)）]|\d{1,2}(?:[、．]|\.(?!\d)))\s*")


def elements(text: str) -> list[str]:
    """`●甲 〇乙`, `①甲②乙`, `1.甲` on lines, `甲；乙` → the elements, each with its mark as typed."""
    found: list[str] = []
    for line in lines(text):
        parts = _MARK.split(line)
        if len(parts) > 1 or re.match(r"[●○◯◎〇]", line):
            found += (_marked(part) for part in parts)
        else:
            found += (_end(part) for part in _numbered(line))
    return [part for part in found if part.strip("●〇 ")]


def _marked(part: str) -> str:
    part = _end(part)
    if part[:1] in ("○", "◯", "◎"):
        return "〇" + part[1:].lstrip()
    return part[:1] + part[1:].lstrip() if part[:1] in ("●", "〇") else part


def _end(part: str) -> str:
    return part.strip().rstrip("；;，,、").rstrip()


def _numbered(line: str) -> Iterator[str]:
    """`基金预算：①收入表②支出表` → 基金预算：收入表, 基金预算：支出表: an element is read by itself."""
    lead, *parts = _CIRCLED.split(line)
    if parts:
        lead = lead.strip()
        if lead and not lead.endswith(("：", ":")):
            yield lead
            lead = ""
        yield from (lead + _NUMBERED.sub("", part) for part in parts)
    else:
        yield from (_NUMBERED.sub("", part) for part in outside(line, "；;"))


def outside(text: str, signs: str) -> list[str]:
    """`text` parted at `signs`, not at those within brackets or quotation marks."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in _OPEN) - (character in _CLOSE)
        if character in signs and depth <= 0:
            parts.append("")
            depth = 0
        else:
            parts[-1] += character
    return parts


def bases(text: str) -> list[str]:
    """`《甲法》第一条、《乙办法》（文号）` → one basis for each 《 that stands outside other brackets."""
    found: list[str] = []
    for line in lines(text):
        parts = [part for part in (_trim(part) for part in _titles(line)) if part]
        if found and parts and re.match(r"第[\d一二三四五六七八九十百]+[条款章]|[（(]", parts[0]):
            # A line that goes on with the article or the number is the last one, broken in the cell.
            found[-1] += parts.pop(0)
        found += parts
    return found


def _titles(line: str) -> list[str]:
    parts, depth = [""], 0
    for character in line:
        if character in "《【" and depth == 0 and "《" in parts[-1]:
            parts.append("")
        depth = max(0, depth + (character in _OPEN) - (character in _CLOSE))
        parts[-1] += character
    return [piece for part in parts for piece in outside(part, "；;")]


def _trim(part: str) -> str:
    bare = re.sub(r"^\s*(?:\d{1,2}[、．.)）]|[①-⑳])\s*(?=[《【])", "", part.strip())
    return re.sub(r"(?:[、，,；;。\s]|(?<=[》）)条款项])(?:以及|和|及|与))+$", "", bare)


def subjects(text: str, names: Names) -> list[str]:
    """`民政局、乡镇政府（街道办事处）` → its parts, an organ of this site by its id; 市、县级部门 stays whole."""
    found: list[str] = []
    for line in lines(text):
        kept = ""
        for part in outside(line, "、；;，,"):
            kept += part.strip()
            if re.fullmatch(r"[省市县区乡镇州旗]级?", part.strip()):
                kept += "、"
                continue
            found.append(names.id_of(kept) or kept)
            kept = ""
        if kept:
            found.append(kept.rstrip("、"))
    return [part for part in found if part]


_BOX = re.compile(r"([■▪◼☑√✓✔●□☐▢○〇])")
_NEED = dict.fromkeys("■▪◼☑√✓✔●", "required") | dict.fromkeys("□▢○〇", "optional")


def channels(text: str, notes: list[tuple[str, str]]) -> dict[str, str]:
    """`■政府网站 □两微一端 ■其他：法律服务网` → channel → need. A word that is no known channel is kept as 其他."""
    found: dict[str, str] = {}
    others: list[str] = []
    for box, name in _boxed(text, notes):
        need = _NEED.get(box)
        if need is None:
            notes.append(("没有选中的渠道，没有导入", name))
            continue
        key, rest = channel(name)
        if found.setdefault(key, need) != need:
            notes.append(("同一种渠道写了两次，按必选", name))
            found[key] = "required"
        if key == "other" and rest:
            others.append(rest)
            if not name.startswith("其他"):
                notes.append(("不认识的渠道记作其他", name))
        elif rest:
            notes.append((f"渠道名称记作 {key}", name))
    if others:
        found["other_name"] = "、".join(others)
    return found


def _boxed(text: str, notes: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    parts = _BOX.split(text)
    if len(parts) == 1:
        names = [name.strip(" 。") for line in text.split("\n") for name in outside(line, "、，,；; \u3000")]
        if any(names):
            notes.append(("渠道没有 ■ 和 □，都按必选", " ".join(text.split())))
        yield from (("■", name) for name in names if name)
        return
    if parts[0].strip():
        yield "■", parts[0].strip()
    for box, name in zip(parts[1::2], parts[2::2], strict=True):
        if name := name.strip(" \n\u3000、，,；;。"):
            yield box, name


_YES = {"√", "✓", "✔", "☑", "■", "●", "是", "有", "1", "y", "yes", "true", "v", "对", "选中"}
_NO = {
    "",
    "×",
    "✗",
    "✘",
    "x",
    "□",
    "☐",
    "〇",
    "○",
    "否",
    "无",
    "0",
    "n",
    "no",
    "false",
    "-",
    "—",
    "--",
    "——",
    "/",
    "\\",
}


def tick(text: str, *words: str) -> bool | None:
    """Whether a cell is ticked, with √ or with one of the words of its own column; None when that is not clear."""
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    if word in _YES or text.strip() in words:
        return True
    return False if word in _NO else None
