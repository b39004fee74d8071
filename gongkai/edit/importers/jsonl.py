"""JSON lines of laws (one document a line) → rules as content files, with a report of everything guessed.

Start with `run`. One line is one record under its own `id`; versions of one law (a shared `version_group`) stay
separate records joined by `replaces`. Nothing is ever overwritten.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

import yaml

from gongkai.base.fields import IDENTIFIER
from gongkai.base.project import Project, inside
from gongkai.base.text import plain
from gongkai.edit.importers.report import Report
from gongkai.edit.new import Refused, need_organ
from gongkai.model.kinds import path_of
from gongkai.model.rule import KIND, Status, Type

TYPES = {
    "宪法": Type.LAW,
    "法律": Type.LAW,
    "行政法规": Type.REGULATION,
    "监察法规": Type.REGULATION,
    "地方性法规": Type.LOCAL_REGULATION,
    "部门规章": Type.DEPARTMENT_RULE,
    "地方政府规章": Type.GOVERNMENT_RULE,
    "司法解释": Type.JUDICIAL_INTERPRETATION,
    "国务院文件": Type.NORMATIVE,
    "规范性文件": Type.NORMATIVE,
    "其他": Type.OTHER,
    "政府网站文件": Type.OTHER,
}
"""The word of the source → the type; where the type's own word differs, the source's is kept in `type_label`."""

STATUSES = {"有效": Status.IN_FORCE, "失效": Status.EXPIRED, "已被修改": Status.AMENDED}


def run(project: Project, files: Iterable[Path], kind: str, organ: str) -> Report:
    """Writes `content/<organ>/rules/<id>.md` for every line; raises `Refused` when called for what it cannot do."""
    if kind != "rule":
        raise Refused(f"JSONL 只能导入成 rule，不能导入成 {kind}")
    need_organ(project, organ)
    report = Report()
    laws = [law for file in files for law in _lines(file, report)]
    replaced = _versions(laws, report)
    names = _organ_names(project)
    for law in laws:
        front = _front(law, replaced.get(law["id"], []), names, report)
        text = f"---\n{_yaml(front)}---\n\n{law['body_markdown'].strip(chr(10))}\n"
        _write(project, path_of(KIND, organ, law["id"]), text, report)
    return report


def _lines(file: Path, report: Report) -> Iterator[dict[str, Any]]:
    with _opened(file) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            where = f"{file.name}:{number}"
            try:
                law = json.loads(line)
            except ValueError as error:
                law, reason = None, f"不是 JSON：{error}"
            else:
                reason = _unfit(law)
            if reason:
                report.failed += 1
                report.note(where, "没有导入", reason)
            else:
                yield law


def _opened(file: Path) -> TextIO:
    return gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8")


def _unfit(law: Any) -> str:
    """Why a line cannot become a rule, "" when it can."""
    if not isinstance(law, dict):
        return "不是一个对象"
    for key in ("id", "title", "level", "body_markdown"):
        if not isinstance(law.get(key), str) or not law[key].strip():
            return f"缺少 {key}"
    if not IDENTIFIER.fullmatch(law["id"]):
        return f"id {law['id']} 不能用作地址"
    return "" if law["level"] in TYPES else f"不认识的 level：{law['level']}"


def _front(law: dict[str, Any], replaces: list[str], own: set[str], report: Report) -> dict[str, Any]:
    name, kind = law["id"], TYPES[law["level"]]
    if law["level"] != kind.label:
        report.note(name, f"{law['level']} 记作 {kind.value}", law["title"])
    issuers = _issuers(law, report)
    front: dict[str, Any] = {
        "title": law["title"],
        "type": kind.value,
        "type_label": law["level"] if law["level"] != kind.label else None,
        "issuers": issuers,
        "doc_no": law.get("doc_no"),
        "disclosure": "proactive" if issuers and plain(issuers[0]) in own else None,
        "signed": _day(law, "signed", report),
        "published": _day(law, "published", report),
        "effective": _day(law, "effective", report),
        "effective_text": law.get("effective_text"),
        "original_effective": _day(law, "original_effective", report),
        "status": _status(law, report),
        "replaces": replaces,
        "topic": law.get("topic"),
        "region": law.get("region"),
        "keywords": [law["category"]] if law.get("category") else [],
        "history": [
            {"date": date.fromisoformat(step["date"]), "event": step["event"]}
            for step in law.get("history") or []
            if step.get("event")
        ],
    }
    if front["disclosure"]:
        report.note(name, "发文机关是本站机关，公开属性记作 proactive", issuers[0])
    for key in ("published", "effective"):
        if front[key] is None:
            report.note(name, f"来源没有 {key}", law["title"])
    return {key: value for key, value in front.items() if value not in (None, []) or key == "issuers"}


def _issuers(law: dict[str, Any], report: Report) -> list[str]:
    issuer = law.get("issuer")
    if not issuer:
        report.note(law["id"], "来源没有发文机关", law["title"])
        return []
    parts = [part.strip() for part in issuer.split("、") if part.strip()]
    if len(parts) > 1:
        report.note(law["id"], "发文机关按顿号分开", issuer)
    return parts


def _day(law: dict[str, Any], key: str, report: Report) -> date | None:
    value = law.get(key)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        report.note(law["id"], f"{key} 不是日期，没有导入这个值", str(value))
        return None


def _status(law: dict[str, Any], report: Report) -> str | None:
    word = law.get("status")
    if word and word not in STATUSES:
        report.note(law["id"], "不认识的 status，没有导入这个值", str(word))
    return STATUSES[word].value if word in STATUSES else None


def _versions(laws: list[dict[str, Any]], report: Report) -> dict[str, list[str]]:
    """For each newer version of a law, the version just before it. Versions without a date cannot be ordered."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for law in laws:
        if law.get("version_group"):
            groups[law["version_group"]].append(law)
    found: dict[str, list[str]] = {}
    for versions in groups.values():
        dated = [law for law in versions if law.get("published") or law.get("effective")]
        for law in versions:
            if len(versions) > 1 and law not in dated:
                report.note(law["id"], "没有日期，不能和同一法规的其他版本排先后", law["title"])
        # Two sources may hold one text: texts of one day are no versions of each other, and a newer one replaces both.
        dated.sort(key=lambda law: (*_dates(law), law["id"]))
        texts = [[law["id"] for law in alike] for _, alike in groupby(dated, key=_dates)]
        for first, *copies in texts:
            for copy in copies:
                report.note(copy, "和另一份日期相同，没有认作新版本", first)
        for earlier, later in zip(texts, texts[1:], strict=False):
            for id in later:
                found[id] = earlier
                report.note(id, "按日期认作同一法规的新版本", f"取代 {'、'.join(earlier)}")
    return found


def _dates(law: dict[str, Any]) -> tuple[str, str]:
    return law.get("published") or law["effective"], law.get("effective") or ""


def _organ_names(project: Project) -> set[str]:
    """Names and aliases of the organs of the project, for telling our own documents from others'."""
    names: set[str] = set()
    for file in project.content.glob("*/organ.yaml"):
        organ = yaml.load(file.read_text("utf-8-sig"), Loader=yaml.CBaseLoader) or {}
        aliases = organ.get("aliases") or []
        names |= {plain(name) for name in (organ.get("name"), *aliases) if isinstance(name, str)}
    return names


def _yaml(front: dict[str, Any]) -> str:
    text: str = yaml.dump(front, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10**6)
    return text


def _write(project: Project, relative: str, text: str, report: Report) -> None:
    path = inside(project.root, relative)
    if path.exists():
        if path.read_text("utf-8") == text:
            report.same += 1
        else:
            report.failed += 1
            report.note(relative, "已有同名文件而内容不同，没有覆盖")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    report.written += 1
