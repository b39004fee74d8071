"""What a build does → what it says on the terminal: problems, progress, the last line. Start with `build`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from gongkai.base import clock
from gongkai.base.problems import Faulty, Problem, as_text
from gongkai.base.project import Project
from gongkai.publish import stamp

if TYPE_CHECKING:
    from rich.progress import Progress

    from gongkai import pipeline
    from gongkai.base.settings import Settings
    from gongkai.serve.board import Board
    from gongkai.serve.server import Place as Where
    from gongkai.serve.watch import Watch
    from gongkai.serve.workshop import Workshop

LONG = 1.0
"""Seconds above which a step is worth a bar."""


def build(place: Project, *, day: date | None, clean: bool = False, why: bool = False, **asked: Any) -> None:
    """Builds and says what was done; ends the program with 1 when the content has errors."""
    started, jobs = time.monotonic(), asked.pop("jobs", 1)
    last = None if clean else stamp.standing(place, asked, day)
    if last is None:
        last, counts = _build(place, asked, day=day, clean=clean, jobs=jobs, **({"why": _why} if why else {}))
    else:
        counts = (0, last.files, 0)
    click.echo(last.said, err=True, nl=False)
    _done(counts, time.monotonic() - started, place)


def _done(counts: tuple[int, int, int], seconds: float, place: Project) -> None:
    rendered, unchanged, removed = counts
    tell(f"生成 {rendered} 页，未变 {unchanged} 页，删除 {removed} 页，{seconds:.1f} 秒 → {place.site}")


def _build(place: Project, asked: dict[str, Any], **how: Any) -> tuple[stamp.Stamp, tuple[int, int, int]]:
    """A build that reads everything: its stamp, and the files it made, left and removed."""
    from gongkai import pipeline
    from gongkai.check import families, ignores
    from gongkai.check.memory import remembering

    now = clock.tick()
    read, latest = stamp.begin(place)
    with reporting(place), remembering(place, whole=False) as known:
        options = pipeline.Options(**asked, **how, progress=_progress)
        built = pipeline.build(place, options, families.gates(known))
    written, settings = built.written, built.catalog.settings
    said = _said(ignores.sift(built.warnings, built.documents.every)[0], place, settings)
    made = stamp.make(asked, read, built.catalog.day, settings.timezone, said, written.rendered + written.unchanged)
    stamp.remember(place, made, latest, now)
    return made, (written.rendered, written.unchanged, written.removed)


def serve(place: Project, where: Where, day: date | None, downloads: bool | None) -> None:
    """Serves and builds until interrupted; says what each build did, and what kept one from being made."""
    from gongkai.serve.server import serve as start

    def workshop(board: Board, watch: Watch) -> Workshop:
        from gongkai import pipeline
        from gongkai.check import families, ignores
        from gongkai.check.memory import remembering
        from gongkai.exports.tools import NO_FONT
        from gongkai.serve.workshop import Caller, Workshop

        asked = {"search": True, "base_url": None, "downloads": downloads}
        lacking: list[Problem] = []  # told once, and not after every save

        @contextmanager
        def gates() -> Iterator[list[pipeline.Gate]]:
            with remembering(place, whole=False) as known:
                yield families.gates(known)

        def begun() -> tuple[int, str, int]:
            return (clock.tick(), *stamp.begin(place))

        def built(built: pipeline.Built, seconds: float, note: tuple[int, str, int], current: bool) -> None:
            written, settings = built.written, built.catalog.settings
            if current and built.whole:
                said = _said(ignores.sift(built.warnings, built.documents.every)[0], place, settings)
                files = written.rendered + written.unchanged
                made = stamp.make(asked, note[1], built.catalog.day, settings.timezone, said, files)
                stamp.remember(place, made, note[2], note[0])
            if not (built.whole or lacking):
                lacking.extend(problem for problem in built.warnings if problem.code == NO_FONT.id)
                click.echo(_text(lacking, place), err=True, nl=False)
            if written.rendered or written.removed:
                _done((written.rendered, written.unchanged, written.removed), seconds, place)

        def refused(faulty: Faulty) -> None:
            click.echo(_text(faulty.problems, place), err=True, nl=False)
            tell("改正上面的问题并保存后会重新生成；现在显示的是上一次的网站")

        caller = Caller(gates, lambda: stamp.standing(place, asked, day) is not None, begun, built, refused, tell)
        options = pipeline.Options(day=day, downloads=downloads, preview=True, jobs=processors())
        return Workshop(place, options, board, watch, caller, early=where.alone)

    with reporting(place):
        start(place, where, workshop, tell)


@contextmanager
def reporting(place: Project) -> Iterator[None]:
    """Prints the problems of a refused run and ends the program with 1."""
    try:
        yield
    except Faulty as faulty:
        click.echo(_text(faulty.problems, place), err=True, nl=False)
        sys.exit(1)


def tell(line: str) -> None:
    """A line for the person at the terminal; data goes to stdout and never mixes with it."""
    click.echo(line, err=True)


def put(text: str) -> None:
    """What was asked for, on stdout."""
    click.echo(text, nl=False)


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _said(warnings: Sequence[Problem], place: Project, settings: Settings) -> str:
    """The warnings and remarks of a build that ended well."""
    said = _text(warnings, place)
    if not settings.base_url:
        said += "没有写 base_url：不生成 sitemap.xml 和规范链接，404 页的链接从网站根目录算起\n"
    return said


def _why(path: str, reason: str) -> None:
    tell(f"{path}：{reason}")


def _text(problems: Sequence[Problem], place: Project) -> str:
    sources = {path: _source(place, path) for path in {problem.path for problem in problems[:50]}}
    return as_text(problems, sources) if problems else ""


def _source(place: Project, path: str) -> str:
    try:
        return (place.root / path).read_text("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeError):
        return ""


def _progress(step: str, work: Sequence[Any], each: float = 0.005) -> Iterable[Any]:
    """A bar for a long step on a terminal, with count, rate and time left; a line for it elsewhere."""
    if len(work) * each < LONG:
        return work
    if not sys.stderr.isatty():
        tell(f"{step}：{len(work)}")
        return work
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.speed:.0f} 个/秒"), TimeRemainingColumn())
    return _bar(Progress("{task.description}", *columns, console=Console(stderr=True), transient=True), step, work)


def _bar(progress: Progress, step: str, work: Sequence[Any]) -> Iterator[Any]:
    with progress:
        yield from progress.track(work, description=step)
