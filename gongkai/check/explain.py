"""A code → what `--explain` says of it: the rule, the law, the remedy, and what can be done besides."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.base.problems import Code
from gongkai.check.families import family_of, stops
from gongkai.check.refused import Refused


def explain(name: str, codes: Mapping[str, Code]) -> str:
    """The paragraph on a code, written in whatever case. Raises `Refused` for one that does not exist."""
    code = codes.get(name.strip().upper())
    if code is None:
        near = [id for id in codes if id.rpartition("-")[0] == name.strip().upper().rpartition("-")[0]]
        listed = f"；有 {'、'.join(near)}" if near else "；写成 GK-DISC-001 的样子"
        raise Refused(f"没有 {name} 这个代码{listed}")
    family = family_of(code.id)
    word = "错误" if code.severity == "error" else "提醒"
    lines = [
        f"{code.id}　{code.title}",
        f"级别：{word}{f'　类别：{family.label}' if family else ''}",
        f"依据：{code.basis}",
        f"改法：{code.remedy}",
    ]
    return "\n".join([*lines, _besides(code)]) + "\n"


def _besides(code: Code) -> str:
    if stops(code):
        return "有这个问题时网站不会生成，所以不能忽略，也不能记进基线。"
    return (
        f"确有原因不改的，在那一行的上面写：# gongkai: ignore {code.id} 原因\n"
        "问题在正文里的，写在文件第一行 --- 的下面，管整个文件：正文里的注释读者会看到，不起作用。"
    )
