"""Words of the command line → calls. Parses, calls, exits: 0 fine, 1 problems in the content, 2 wrong usage."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai import __version__, console
from gongkai.base.project import Project
from gongkai.commands.check import check
from gongkai.commands.init import init
from gongkai.commands.options import DATE, ROOT, project
from gongkai.console import processors, reporting, tell

if TYPE_CHECKING:
    from gongkai.edit.importers.report import Report


class Verbs(click.Group):
    """No command means `build`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts `build` before options that belong to it."""
        first = next((word for word in _words(args) if word in self.commands), None)
        if first is None and not {"--help", "--version"} & set(args):
            head = 2 if args[:1] == ["-C"] else 0
            args = [*args[:head], "build", *args[head:]]
        return super().parse_args(ctx, args)


def _words(args: Sequence[str]) -> Iterator[str]:
    """The words that are neither options nor the folder of `-C`."""
    previous = ""
    for word in args:
        if not word.startswith("-") and previous != "-C":
            yield word
        previous = word


DOWNLOADS = click.option(
    "--downloads/--no-downloads",
    default=None,
    help="生成（不生成）Word 和 PDF，不论 catalog.yaml 怎么写；不写时照 catalog.yaml",
)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="gongkai", help="显示版本号")
@click.option(
    "-C", "root", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="项目文件夹，默认是当前文件夹"
)
@click.pass_context
def main(ctx: click.Context, root: Path) -> None:
    """公开：把政务公开的内容文件生成静态网站。不写命令时等于 build。"""
    ctx.obj = root


main.add_command(check)
main.add_command(init)


@main.command()
@ROOT
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), default=None, help="输出文件夹，默认是 site")
@DATE
@click.option("--clean", is_flag=True, help="不用上次的结果，全部重新生成")
@click.option("--jobs", type=click.IntRange(1), default=None, help="用几个进程生成页面，默认按处理器的数目")
@click.option("--no-search", is_flag=True, help="不建立检索索引")
@DOWNLOADS
@click.option("--why", is_flag=True, help="说出每一页为什么重新生成")
@click.option("--base-url", default=None, help="网站的完整网址，代替 catalog.yaml 里的 base_url")
def build(
    root: Path | None,
    site: Path | None,
    base_url: str | None,
    no_search: bool,
    jobs: int | None,
    **options: Any,
) -> None:
    """生成网站：content → site。内容有错误时什么都不写，退出码为 1。"""
    if base_url is not None and not base_url.startswith(("http://", "https://")):
        raise click.BadParameter("网址要以 http:// 或 https:// 开头", param_hint="--base-url")
    base_url = base_url.rstrip("/") + "/" if base_url else None
    options |= {"search": not no_search, "base_url": base_url}
    console.build(project(root, site), **options, jobs=jobs or processors())


@main.command()
@ROOT
@DATE
@DOWNLOADS
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址；写 0.0.0.0 时同一网络里的人也能打开")
@click.option("--poll", is_flag=True, help="每秒看一次文件有没有改动，不等系统通知：用于网络盘、虚拟机的共享文件夹")
def serve(root: Path | None, day: date | None, downloads: bool | None, port: int, host: str, poll: bool) -> None:
    """在本机打开网站，内容一保存就重新生成并更新网页。按 Ctrl+C 结束。

    先显示上次生成的网站，再在后面生成新的。内容或模板有错误时，问题显示在上一次正确的网页上。检索在停止修改以后更新。
    """
    from gongkai.serve.server import Place

    console.serve(project(root), Place(host, port, poll), day, downloads)


@main.command()
@ROOT
@DATE
@click.argument("kind")
@click.argument("id")
@click.option("--organ", default=None, help="属于哪个机关：content 下的文件夹名")
def new(root: Path | None, day: date | None, kind: str, id: str, organ: str | None) -> None:
    """生成一份写好格式的起始文件。KIND 是种类（organ、rule、card……）。

    ID 是文件名（不带扩展名）；一个机关一份的写机关的文件夹名，整个网站一份的写 common。
    """
    from gongkai.base import clock
    from gongkai.edit.new import Refused, create

    try:
        path = create(project(root), kind, id, organ, clock.today("Asia/Shanghai", day))
    except Refused as error:
        raise click.UsageError(str(error)) from error
    click.echo(path.as_posix())


@main.command("import")
@ROOT
@DATE
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", required=True, help="导入成哪一种内容：rule（JSONL）、row（CSV、Excel 表格）")
@click.option("--organ", required=True, help="放在哪个机关的文件夹里")
@click.option("--field", default=None, help="row 属于哪个领域：领域的关键字，例如 compulsory_education")
@click.option(
    "--out",
    "folder",
    type=click.Choice(["standards", "supplements"]),
    default="standards",
    help="row 放在标准目录还是补充目录的文件夹里",
)
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="把完整的报告写到这个文件（CSV）")
def import_(
    root: Path | None,
    day: date | None,
    files: tuple[Path, ...],
    report: Path | None,
    **chosen: Any,
) -> None:
    """把已有的 JSONL 或表格变成内容文件，并报告所有推断。FILES 是一个或几个文件。已有的文件不会被覆盖。"""
    from gongkai.edit.new import Refused

    place = project(root)
    try:
        with reporting(place):
            result = _imported(place, files, day, **chosen)
    except Refused as error:
        raise click.UsageError(str(error)) from error
    if report:
        report.write_text(result.as_csv(), "utf-8-sig", newline="")
    click.echo(result.summary(), nl=False)
    if result.failed:
        sys.exit(1)


def _imported(place: Project, files: tuple[Path, ...], day: date | None, **chosen: Any) -> Report:
    """The report of the importer that the kind asks for. Raises `Refused` and `Faulty`."""
    from gongkai.base import clock
    from gongkai.edit.importers import jsonl, table
    from gongkai.edit.new import Refused

    kind, organ = chosen["kind"], chosen["organ"]
    if kind != "row":
        return jsonl.run(place, files, kind, organ)
    if len(files) > 1:
        raise Refused("表格一次导入一个文件")
    today = clock.today("Asia/Shanghai", day)
    return table.run(place, files[0], chosen["field"], organ, chosen["folder"], today)


@main.command()
@ROOT
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(["row"]), required=True, help="导出哪一种内容")
@click.option("--field", default=None, help="哪个领域的目录：领域的关键字")
@click.option("--organ", default=None, help="只导出这个机关的")
@click.option(
    "--out", "folder", type=click.Choice(["standards", "supplements"]), default=None, help="只导出这个文件夹的"
)
@click.option("--template", is_flag=True, help="生成一份带表头、例子、下拉列表和说明的空表（.xlsx）")
def export(
    root: Path | None,
    file: Path,
    kind: str,
    template: bool,
    **chosen: str | None,
) -> None:
    """把目录写成表格，可以再导入。FILE 是要写的文件，.csv 或 .xlsx；已有的文件不会被覆盖。"""
    from gongkai.edit.exporters import files
    from gongkai.edit.exporters import template as blank
    from gongkai.edit.new import Refused

    place, field = project(root), chosen["field"]
    try:
        with reporting(place):
            if template:
                blank.run(place, file)
                return
            if field is None:
                raise Refused("用 --field 指明领域，或用 --template 得到空表")  # noqa: TRY301
            count = files.run(place, field, chosen["organ"], chosen["folder"], file)
    except Refused as error:
        raise click.UsageError(str(error)) from error
    tell(f"写入 {count} 行 → {file}")


@main.command()
@ROOT
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def components(root: Path | None, file: Path) -> None:
    """把主题的每一种组件放在一页上，改样式的时候对照着看。FILE 是要写的网页，例如 components.html。

    例子取自已经生成的网站，用的是它的样式和脚本；先运行 gongkai build。
    """
    from gongkai.edit.components import missing, page

    place = project(root)
    if not (place.site / "index.html").is_file():
        raise click.UsageError(f"{place.site} 里没有网站；先运行 gongkai build")
    html = page(place.site.resolve(), file.resolve())
    file.write_text(html, "utf-8", newline="\n")
    if lacking := missing(html):
        tell(f"这个网站没有用到：{'、'.join(lacking)}")
    click.echo(file.as_posix())


@main.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=None, help="写到这个文件夹，一种一个文件"
)
def schema(out: Path | None) -> None:
    """输出每种内容和 catalog.yaml 的 JSON Schema。"""
    import json

    from gongkai.edit.schema import schemas

    found = schemas()
    if out is None:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, value in found.items():
        path = out / f"{name}.json"
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
        click.echo(path.as_posix())


def start() -> None:
    """The `gongkai` command. A console that cannot show a character shows `?` instead of failing."""
    # A build makes many values and drops hardly any: looking for rubbish after every 700 took a third of its time.
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    main(prog_name="gongkai")
