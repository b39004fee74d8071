"""Problems → what the page shows of them over the last good one, as plain data for its script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.base.problems import Problem, summary

SHOWN = 10
"""Problems on the page; the terminal and `gongkai check` show more."""


def as_data(problems: Sequence[Problem]) -> dict[str, Any]:
    """The head and each problem with its place, its message and what to write instead."""
    rest = len(problems) - SHOWN
    return {
        "head": f"{summary(problems)}，改正并保存后这里会自动更新" if problems else "",
        "note": "现在显示的是上一次正确的网页",
        "more": f"另有 {rest} 个，见终端，或运行 gongkai check" if rest > 0 else "",
        "close": "关闭",
        "problems": [
            {
                "place": f"{problem.path}:{problem.line}:{problem.column}",
                "code": problem.code,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in problems[:SHOWN]
        ],
    }
