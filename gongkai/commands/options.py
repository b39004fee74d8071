"""Options that several commands share → the project and the day that a command was called for."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from gongkai.base.project import Project


class Day(click.ParamType[date]):
    """A calendar day, `2026-11-20`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; a usage error when it is none."""
        try:
            return value if isinstance(value, date) else datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError:
            self.fail(f"{value} 不是日期，应写成 2026-11-20", param, ctx)


ROOT = click.option(
    "-C", "root", type=click.Path(path_type=Path, file_okay=False), default=None, help="项目文件夹，默认是当前文件夹"
)
DATE = click.option("--date", "day", type=Day(), default=None, help="以哪一天为准，默认是今天")


def project(root: Path | None, site: Path | None = None) -> Project:
    """The project that a command was called for: its own `-C`, else that of the group."""
    chosen = root if root is not None else click.get_current_context().find_root().obj or Path()
    return Project.at(chosen, site)
