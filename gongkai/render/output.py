"""One file that will exist: its path, who claims it, and all that decides its bytes. Start with `Output`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from gongkai.base.problems import Code, Mark, Problem
from gongkai.render.markdown import RuleText
from gongkai.render.views import Chrome

CLASH = Code(
    "GK-PLAN-001",
    "error",
    "两处内容要用同一个地址",
    "一个地址只能属于一份内容（不分大小写）。改掉其中一处：旧地址 aliases、附件名或文件名。",
)


MANIFEST = "manifest.sha256"
"""The published list of files, in the form that `sha256sum -c` reads."""


@dataclass(frozen=True, slots=True)
class Output:
    """A planned file. Its bytes depend on `view` and on `template` or `write`, and on nothing else.

    `view` is a frozen dataclass of plain values; `template` is rendered with it, or `write` turns it into bytes. With
    both, `write` gets the rendered page as well, and turns it into a file of another format.

    With `whole` it is only a claim on its path: nobody asked to see it, so its view is not complete; `whole` plans it.
    """

    path: str
    claim: Mark
    view: Any
    template: str | None = None
    write: Callable[..., bytes] | None = None
    whole: Callable[[], Output] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Copied:
    """The view of a file that is copied: size in bytes and time of change stand for its content."""

    source: Path
    size: int
    modified: int


def copy(view: Copied) -> bytes:
    """The bytes of the file itself."""
    return view.source.read_bytes()


def canonical(value: Any) -> bytes:
    """A view as bytes that are equal exactly when the views are; raises TypeError for what a view may not hold."""
    return json.dumps(value, ensure_ascii=False, default=_encode, separators=(",", ":")).encode()


def fingerprint(output: Output) -> str:
    """A hash of what makes `output`, template or function, and of its view."""
    function = f"{getattr(output.write, '__module__', '')}.{getattr(output.write, '__name__', '')}"
    writer = f"{output.template or ''} {function if output.write else ''}"
    return sha256(b"\0".join((writer.encode(), canonical(output.view)))).hexdigest()[:32]


def clashes(outputs: Iterable[Output]) -> tuple[list[Output], list[Problem]]:
    """Outputs in the order of their paths, and a Problem for each address that is not free.

    Paths are compared without case: on Windows and macOS `A.pdf` and `a.pdf` are one file. A path also clashes with
    one that needs a folder of its name, and with the manifest.
    """
    first: dict[str, Output] = {}
    problems = []
    for output in outputs:
        earlier = first.setdefault(output.path.casefold(), output)
        if earlier is not output and earlier != output:
            problems.append(_taken(output, earlier.claim.path))
    for path, output in first.items():
        if path == MANIFEST:
            problems.append(_taken(output, "文件清单"))
        above = path
        while above := above.rpartition("/")[0]:
            if owner := first.get(above):
                problems.append(_taken(output, owner.claim.path))
    return sorted(first.values(), key=lambda output: output.path), problems


def _taken(output: Output, owner: str) -> Problem:
    message = f"地址 /{output.path.removesuffix('index.html')} 已经属于 {owner}"
    return CLASH.at(output.claim, message, "改掉其中一处，让每个地址只属于一份内容")


def _encode(value: Any) -> Any:
    if isinstance(value, Chrome):
        return _shared(value)
    if isinstance(value, RuleText):
        return [type(value).__name__, _digest(value.source), value.links, value.cites]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        # `dataclasses.fields` looks at each field again on every call: half of the time of a fingerprint.
        return [type(value).__name__, *(getattr(value, name) for name in value.__dataclass_fields__)]
    if isinstance(value, date | Path):
        return str(value)
    raise TypeError(f"a view may not hold {type(value).__name__}")


@lru_cache(maxsize=8)
def _digest(text: str) -> str:
    """What stands for a text that four files are made of, one after the other."""
    return sha256(text.encode()).hexdigest()


@lru_cache(maxsize=16)
def _shared(chrome: Chrome) -> str:
    """What stands for the frame of every page: a hash, worked out once and not 3,000 times (0.5 s)."""
    values = [getattr(chrome, field.name) for field in dataclasses.fields(chrome)]
    return sha256(canonical(values)).hexdigest()
