"""Field pages → the standard list of each as a CSV and a JSON file beside it.

The CSV has the columns of the printed list (RFC 4180; UTF-8 with a BOM, so that spreadsheets show Chinese); the JSON
has the same content in parts. Addresses are full where the site has a public root, else relative to it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.base.settings import Settings
from gongkai.model.row import RowLevel
from gongkai.render import urls
from gongkai.render.output import Output
from gongkai.render.pages.field import FieldView, RowView
from gongkai.render.views import Link, Page

HEADERS = (
    "编号",
    "序号",
    "一级事项",
    "二级事项",
    "三级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    "公开方式",
    "公开层级",
    "公开在哪里",
)
_MODES = {"proactive": "主动", "request": "依申请"}


@dataclass(frozen=True, slots=True)
class TableView:
    """The rows of one field, and where the site is served ("" when that is not known)."""

    field: str
    rows: tuple[RowView, ...]
    base_url: str


def plan(settings: Settings, outputs: Sequence[Output]) -> Iterator[Output]:
    """Two files for each field that has rows."""
    for output in outputs:
        page = output.view
        if isinstance(page, Page) and isinstance(page.view, FieldView) and page.view.tables:
            rows = tuple(row for part in page.view.lists for row in part.rows)
            view = TableView(page.view.name, rows, settings.base_url or "")
            for link, write in zip(page.view.tables, (write_csv, write_json), strict=True):
                yield Output(urls.output_path(link.address), output.claim, view, write=write)


def write_csv(view: TableView) -> bytes:
    """A line for each row; within a cell, parts stand on lines of their own."""
    buffer = io.StringIO()
    table = csv.writer(buffer)
    table.writerow(HEADERS)
    for row in view.rows:
        item = (*row.item, "", "", "")[:3]
        table.writerow([_inert(cell) for cell in (row.id, row.seq, *item, *_cells(row, view.base_url))])
    return ("\ufeff" + buffer.getvalue()).encode()


def _cells(row: RowView, base_url: str) -> Iterator[str]:
    marks = {True: "●", False: "〇"}
    boxes = {True: "■", False: "□"}
    yield "\n".join(f"{marks[required]}{text}" for part in row.parts for text, required in part.elements)
    yield "\n".join(row.bases)
    yield "\n".join(dict.fromkeys(part.limit for part in row.parts if part.limit))
    yield "、".join(link.text for link in row.subjects)
    yield " ".join(dict.fromkeys(f"{boxes[need]}{name}" for part in row.parts for name, need in part.channels))
    yield "全社会" if row.audience == "all" else row.audience
    yield "、".join(_MODES[mode] for mode in row.modes)
    yield "、".join(RowLevel(level).label for level in row.levels)
    yield "\n".join(f"{link.text} {_full(link, base_url)}" for link in row.published)


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (a leading = + - @ would run when the file is opened)."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _full(link: Link, base_url: str) -> str:
    return link.url or (urls.absolute(base_url, link.address) if base_url else link.address)


def write_json(view: TableView) -> bytes:
    """An object with the name of the field and its rows."""
    rows = [_object(row, view.base_url) for row in view.rows]
    return (json.dumps({"field": view.field, "rows": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def _object(row: RowView, base_url: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "seq": row.seq,
        "item": list(row.item),
        "parts": [
            {
                "elements": [{"text": text, "required": required} for text, required in part.elements],
                "time_limit": part.limit,
                "channels": [{"name": name, "required": required} for name, required in part.channels],
            }
            for part in row.parts
        ],
        "bases": list(row.bases),
        "subjects": [link.text for link in row.subjects],
        "audience": row.audience,
        "modes": list(row.modes),
        "levels": list(row.levels),
        "supplement": bool(row.supplement),
        "published": [{"title": link.text, "url": _full(link, base_url)} for link in row.published],
        **dict(row.extras),
    }
