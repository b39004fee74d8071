"""Words after `gongkai init` → a new site; for an existing one what its code host needs, or a theme of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.commands.options import DATE
from gongkai.console import put, tell

if TYPE_CHECKING:
    from gongkai.edit.hosts import Added


@click.command()
@DATE
@click.option("--ci", is_flag=True, help="FOLDER 已经是网站：只补上流水线、提交前的检查和 CODEOWNERS，不改动已有的文件")
@click.option("--team", default=None, metavar="NAME", help="CODEOWNERS 里写的组织名，例如 shili 写成 @shili/jiaoyu")
@click.option("--theme", default=None, metavar="NAME", help="FOLDER 已经是网站：只新建 themes/NAME 这个主题并用上它")
@click.argument("folder", type=click.Path(path_type=Path))
def init(day: date | None, folder: Path, team: str | None, theme: str | None, *, ci: bool) -> None:
    """在 FOLDER 新建一个可以直接生成的网站，带有 GitHub、GitLab 和 Gitea 的流水线。"""
    from gongkai.base import clock
    from gongkai.edit import hosts
    from gongkai.edit.init import start
    from gongkai.edit.new import Refused

    option = "--theme" if theme else "--ci" if ci else ""
    if option and not (folder / "catalog.yaml").is_file():
        raise click.UsageError(f"{folder} 里没有 catalog.yaml；{option} 用在已有的网站上")
    if theme:
        _theme(folder, theme)
        return
    try:
        files = [] if ci else start(folder, clock.today("Asia/Shanghai", day))
    except Refused as error:
        raise click.UsageError(str(error)) from error
    added = hosts.add(folder, team or hosts.TEAM)
    put("".join(f"{path}\n" for path in [*files, *((folder / name).as_posix() for name in added.written)]))
    _remark(added)
    if not ci:
        tell(f"接着运行：gongkai serve -C {folder}")


def _theme(folder: Path, name: str) -> None:
    from gongkai.base.project import shipped
    from gongkai.edit import themes
    from gongkai.edit.new import Refused

    try:
        files = themes.start(folder, name)
    except Refused as error:
        raise click.UsageError(str(error)) from error
    put("".join(f"{path}\n" for path in files))
    if (folder / "catalog.yaml").as_posix() not in files:
        tell(f"catalog.yaml 已经写了别的主题；要用这一个，改成 theme: {name}")
    tell(f"自带主题的模板和用词在 {shipped() / 'default'}")
    tell(f"接着运行：gongkai serve -C {folder}")


def _remark(added: Added) -> None:
    """What was left alone, and what a person must do there."""
    for name in added.kept:
        tell(f"{name} 已经存在，没有改动它")
        for line in added.lacking.get(name, ()):
            tell(f"  缺少这一行：{line}")
        for place in added.gone.get(name, ()):
            tell(f"  没有这个文件夹了：{place}")
