"""Declarations of problems → their pages of the manual: what is wrong, by which law, what to do, an example.

Start with `pages`. The example is what a broken site of the tests is told, to the letter.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import gongkai
from gongkai.base.problems import Code
from gongkai.edit.paper import NOTE, page, prose, table


def pages(broken: Path) -> dict[str, str]:
    """Path → text of the list of codes and of a page for each group; `broken` has a folder for each code."""
    groups: dict[str, list[Code]] = {}
    for code in every():
        groups.setdefault(_prefix(code), []).append(code)
    listed = {f"problems/{prefix}.md": codes_page(prefix, group, broken) for prefix, group in groups.items()}
    return {"problems.md": problems_page(groups), **listed}


def every() -> list[Code]:
    """Every code that a module of the package declares, by id. Raises ValueError when two declare the same id."""
    found: dict[str, Code] = {}
    for module in walk_packages(gongkai.__path__, "gongkai."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Code) and found.setdefault(value.id, value) != value:
                raise ValueError(f"{value.id} is declared twice")
    return [found[id] for id in sorted(found)]


def problems_page(groups: dict[str, list[Code]]) -> str:
    """Every code with its title and its law, leading to the page that explains it."""
    lines = [
        "# 问题代码",
        NOTE,
        "`gongkai check` 和 `gongkai build` 发现的每个问题都有一个代码，代码的含义不会改变。点开代码可以看到改法、"
        "级别、依据和例子；`gongkai check --explain 代码` 在命令行里说同样的话。",
        "级别分三种：**错误** 使网站不会生成；**检查的错误** 只使 `gongkai check` 不通过；**提醒** 两样都不影响，除非用"
        " `--strict`。外来文件（牵头的发文机关不是本站机关）里找不到的链接只算提醒。“依据”是 — 的，"
        "是 gongkai 自己的规则，为的是内容能被正确读取和发布。",
    ]
    for prefix, group in groups.items():
        lines += [f'<a id="{prefix}"></a>', f"## {_group(group)}"]
        rows = [(_link(code), _level(code), prose(code.title), prose(code.law) or "—") for code in group]
        lines.append(table(("代码", "级别", "问题", "依据"), rows))
    return page(lines)


def _prefix(code: Code) -> str:
    return code.id.split("-")[1].lower()


def _link(code: Code) -> str:
    return f"[{code.id}](problems/{_prefix(code)}.md#{code.id.lower()})"


def _families() -> Any:
    return import_module("gongkai.check.families")


def _group(group: list[Code]) -> str:
    """The name of a family, or of the forms that its codes are about."""
    family = next(filter(None, (_families().family_of(code.id) for code in group)), None)
    return f"{group[0].id.rpartition('-')[0]}　{family.label if family else _FORMS[_prefix(group[0])]}"


_FORMS = {
    "card": "政策明白卡",
    "column": "专栏",
    "copy": "Word 和 PDF",
    "explain": "政策解读",
    "field": "键和值",
    "file": "文件",
    "link": "链接",
    "plan": "地址",
    "ref": "引用",
    "set": "起始文件",
    "site": "输出文件夹",
    "table": "导入的表格",
    "theme": "主题",
    "version": "文件的旧文本",
    "yaml": "YAML",
}
"""What codes are about that belong to no family of duties."""


def _level(code: Code) -> str:
    if code.severity == "warning":
        return "提醒"
    return "错误" if _families().stops(code) else "检查的错误"


def codes_page(prefix: str, group: list[Code], broken: Path) -> str:
    """A section for each code of a group, under an anchor that is its id in lower case."""
    lines = [f"# {_group(group)}", NOTE, "[所有代码](../problems.md#" + prefix + ")"]
    for code in group:
        lines += [f'<a id="{code.id.lower()}"></a>', f"## {code.id}　{prose(code.title)}"]
        lines += [prose(code.remedy), f"级别：{_level(code)}。依据：{prose(code.basis)}。"]
        lines += ["例子：", f"```text\n{_example(code, broken)}\n```"]
    return page(lines)


def _example(code: Code, broken: Path) -> str:
    """What is said of a broken site: the first problem with this code, as the tests have it to the letter."""
    said = (broken / code.id / "expected.txt").read_text("utf-8")
    return next(block for block in said.rstrip().split("\n\n") if f"  {code.id}  " in block.split("\n")[0])
