"""A time limit as typed in a standard list (公开时限) → what it says: from when, how long, in which days.

Start with `parse`. The raw text is always kept and shown; the structure is for checking. Forms follow the standard
lists of the ministries' guides; the 20 working days are those of 政府信息公开条例 art 26.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.base.text import numeral


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit.

    `mode`: within (n units after `basis`), before (n units before it), prompt (及时), realtime (实时), longterm (长期),
    periodic (every n units), by_date (each year by `month`/`day`; day 0 is the end of the month), display (shown for at
    least n units). `unit`: workday, day, hour, week, month, quarter, year. `basis` is the event as typed, "" when it is
    the forming or changing of the information. `topic` is the part of the row it concerns, "" for the whole row.
    """

    mode: str
    n: int = 0
    unit: str = ""
    basis: str = ""
    month: int = 0
    day: int = 0
    topic: str = ""


FORMS = (
    "自信息形成或者变更之日起20个工作日内",
    "批准后20日内",
    "10个工作日内，公示7个工作日",
    "举行前7个工作日",
    "实时公开",
    "及时公开",
    "长期公开（动态调整）",
    "每半年至少更新1次",
    "每年1月31日前",
)
"""Examples of every form that can be read, for hints."""

_N = r"(\d+|[一二两三四五六七八九十百]+)"
_UNIT = r"个?(工作日|日历日|自然日|天|日|小时|周|星期|个月|月|季度|年)"
_UNITS = {
    "工作日": "workday",
    "日历日": "day",
    "自然日": "day",
    "天": "day",
    "日": "day",
    "小时": "hour",
    "周": "week",
    "星期": "week",
    "个月": "month",
    "月": "month",
    "季度": "quarter",
    "年": "year",
}
_BY_DATE = re.compile(rf"(?:每年|次年|当年)?{_N}月(?:{_N}日|底|末)(?:之?前|以前)")
_DISPLAY = re.compile(rf"(?:公示|公告|展示)(?:期|期限|时间)?(?:为|不少于|不得少于|至少)?{_N}{_UNIT}")
_BEFORE = re.compile(rf"(.*?)(?:{_N}{_UNIT}(?:之?前)|(?:提前|前){_N}{_UNIT})")
_WITHIN = re.compile(rf"(.*?){_N}{_UNIT}(?:之内|以内|内)")
_PERIODIC = re.compile(r"(半年|每半年|每季度|按季度?|每月|按月|每年|按年|每学期|每周|每日|每天)")
_PERIODS = {"半年": (6, "month"), "季": (1, "quarter"), "月": (1, "month"), "学期": (6, "month"), "周": (1, "week")}
_FORMED = re.compile(r"^(?:自|从|在)?(?:政府|该|本|相关|公开|事项|的)*信息(?:形成|产生)(?:或者?变更)?之?(?:日|时)?起?$")
_PROVISO = re.compile(r"[，,；;。]?法律、?(?:行政)?法规.{0,20}另有规定的?，?[，,]?从其规定[。]?")


def parse(text: str) -> tuple[Limit, ...]:
    """Every limit in `text`, in order; empty when none can be read. A proviso (从其规定) is passed over."""
    rest = _PROVISO.sub("", re.sub(r"[\s　]+", "", text)).strip("。；;，,")
    return tuple(limit for part in re.split(r"[；;。]|，(?=公示)|,(?=公示)", rest) if (limit := _one(part)))


def _one(part: str) -> Limit | None:
    topic, _, said = part.rpartition("：") if "：" in part else part.rpartition(":")
    topic = topic.removeprefix("其中")
    if found := _BY_DATE.search(said):
        return Limit("by_date", month=_number(found[1]), day=_number(found[2]) if found[2] else 0, topic=topic)
    if found := _DISPLAY.search(said):
        return Limit("display", _number(found[1]), _UNITS[found[2]], topic=topic)
    if found := _WITHIN.search(said):
        return Limit("within", _number(found[2]), _UNITS[found[3]], _basis(found[1]), topic=topic)
    if found := _BEFORE.search(said):
        n, unit = (found[2], found[3]) if found[2] else (found[4], found[5])
        return Limit("before", _number(n), _UNITS[unit], _basis(found[1]), topic=topic)
    if "实时" in said or "即时" in said or "随时" in said:
        return Limit("realtime", topic=topic)
    if "长期" in said or "动态" in said:
        return Limit("longterm", topic=topic)
    if found := _PERIODIC.search(said):
        n, unit = next((value for word, value in _PERIODS.items() if word in found[1]), (1, "year"))
        return Limit("periodic", n, "day" if found[1] in ("每日", "每天") else unit, topic=topic)
    if "及时" in said or "同步" in said or "当日" in said or "当天" in said:
        return Limit("prompt", topic=topic)
    return None


def _basis(text: str) -> str:
    """The event that a limit counts from, "" for the forming or changing of the information itself."""
    said = text.strip("，,、")
    return "" if not said or _FORMED.match(said) else said


def _number(text: str) -> int:
    return numeral(text) or 0
