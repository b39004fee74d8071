"""Words after `gongkai check` → a report, on the screen or in a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gongkai.commands.options import DATE, ROOT, project
from gongkai.console import processors, put, reporting, tell

if TYPE_CHECKING:
    from gongkai.base.problems import Code
    from gongkai.check.report import Report

FORMATS = ("text", "json", "github", "sarif", "gitlab", "junit", "html")
"""The names in `check.outputs`, which is imported only when a check runs."""

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _New(click.Path):
    """A file to be written, in a folder that is there: told before the work is done, not after."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(str(super().convert(value, param, ctx)))
        if not path.parent.is_dir():
            self.fail(f"没有 {path.parent} 这个文件夹", param, ctx)
        return path


_NEW = _New(dir_okay=False)

T = TypeVar("T")


@click.command()
@ROOT
@DATE
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="输出的格式；html 是可以转发的报告")
@click.option("--out", type=_NEW, help="写到这个文件，屏幕上显示文字")
@click.option("--strict", is_flag=True, help="提醒也算错误")
@click.option("--organ", help="只看这个机关：content 下的文件夹名或机关名称")
@click.option("--since", metavar="REV", help="只看 git 里从这个版本（例如 origin/main）以来改动的文件")
@click.option("--baseline", type=_FILE, help="这个文件里记下的旧问题不再报告")
@click.option("--write-baseline", type=_NEW, help="把现在的问题记进这个文件，以后只报告新的")
@click.option("--since-report", type=_FILE, help="和上期比较：上期 --format json 的输出，用在 html 报告里")
@click.option("--summary", type=_NEW, envvar="GITHUB_STEP_SUMMARY", help="github 格式把全部问题追加到这个文件")
@click.option("--external", is_flag=True, help="联网询问外部链接能不能打开；问过的几天以后再问")
@click.option("--explain", metavar="CODE", help="只说明一个代码：规则、依据和改法")
@click.argument("paths", nargs=-1)
def check(root: Path | None, explain: str | None, **options: Any) -> None:
    """检查内容，列出所有问题，最严重的在前。PATHS 只看这些文件或文件夹里的问题。"""
    from gongkai.check.refused import Refused

    try:
        if explain:
            from gongkai.check.explain import explain as explained

            put(explained(explain, _codes()))
        else:
            _check(root, **options)
    except Refused as error:
        raise click.UsageError(str(error)) from error


def _codes() -> Mapping[str, Code]:
    from gongkai.edit import codes

    return {code.id: code for code in codes.every()}


def _check(
    root: Path | None,
    form: str,
    out: Path | None,
    summary: Path | None,
    write_baseline: Path | None,
    **asked: Any,
) -> None:
    from gongkai.check import outputs
    from gongkai.check.formats.github import outline
    from gongkai.check.report import report

    place, github = project(root), form == "github"
    with reporting(place):
        made = report(place, _asked(**asked), _codes())
    if write_baseline:
        write_baseline.write_text(made.baseline.as_text(), "utf-8", newline="\n")
        tell(_written(made, write_baseline))
        return
    if out:
        out.write_text(outputs.FORMATS[form](made), "utf-8", newline="\n", errors="replace")
        tell(f"写到 {out}")
        form = "text"
    put(outputs.FORMATS[form](made))
    if summary and github:
        with summary.open("a", encoding="utf-8", errors="replace", newline="\n") as opened:
            opened.write(outline(made))
    _remark(made)
    if made.failed:
        sys.exit(1)


def _asked(
    day: date | None,
    paths: tuple[str, ...],
    baseline: Path | None,
    since_report: Path | None,
    external: bool,
    **chosen: Any,
) -> Any:
    from gongkai.check.asker import Asker
    from gongkai.check.baseline import Baseline
    from gongkai.check.report import Asked, Earlier

    asker = Asker() if external else None
    old, then = _parsed(baseline, Baseline.parse), _parsed(since_report, Earlier.parse)
    return Asked(day=day, paths=paths, baseline=old, earlier=then, jobs=processors(), asker=asker, **chosen)


def _parsed(file: Path | None, parse: Callable[[str], T]) -> T | None:
    return None if file is None else parse(file.read_text("utf-8", errors="replace"))


def _written(made: Report, file: Path) -> str:
    """What a baseline holds, and what it cannot hold."""
    stopping = sum(finding.stops for finding in made.findings)
    left = f"；另有 {stopping} 个错误没有记：它们使网站不能生成，要先改正" if stopping else ""
    return f"记下 {len(made.baseline.known)} 个问题 → {file}{left}"


def _remark(made: Report) -> None:
    if asked := made.external:
        tell(f"外部链接 {asked.total} 个，这次问了 {asked.now} 个")
    if made.known:
        tell(f"另有 {made.known} 个已知的问题在基线里，没有列出")
    if made.mended:
        tell(f"基线里有 {made.mended} 个问题已经解决；用 --write-baseline 更新它")
