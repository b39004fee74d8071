"""The life of a document → what a page says of its 有效性 in a word, and what a script needs to say it for today.

Start with `badge`. Only pages that know the day of the build may name a state; every other page says from which day
which state holds, and the script of the theme (`status.js`) names the one of the reader's day.
"""

from __future__ import annotations

import json
from datetime import date

from gongkai.model.rule import Status
from gongkai.model.validity import Life, Reason, Span
from gongkai.render.days import spell
from gongkai.render.views import Badge

MARKS = ("amended", "declared")
"""What may be added to a state: it has been amended; only its source says so."""


def badge(life: Life, words: dict[str, str], day: date | None = None) -> Badge:
    """The state on `day`; without one, the days from which states hold."""
    if day:
        span = life.at(day)
        return Badge(span.state.value, code(life), name(span.key, words))
    return Badge("", code(life), _days(life, words))


def code(life: Life) -> str:
    """A life for scripts: `:pending 2024-02-01:in_force 2026-01-01:expired`."""
    return " ".join(f"{span.first or ''}:{span.key}" for span in life.spans)


def name(key: str, words: dict[str, str]) -> str:
    """The word for a state, such as 现行有效（已修改）."""
    state, _, mark = key.partition("-")
    return words.get(f"status.{state}", Status(state).label) + (words[f"mark_{mark}"] if mark else "")


def names(words: dict[str, str]) -> str:
    """Every state and mark with its word, as JSON for the script."""
    found = {state.value: name(state.value, words) for state in Status if state is not Status.AMENDED}
    return json.dumps(found | {f"-{mark}": words[f"mark_{mark}"] for mark in MARKS}, ensure_ascii=False)


def _days(life: Life, words: dict[str, str]) -> str:
    """When it took effect and when it ends, in words that hold on every day."""
    begun, end = life.begins(), life.ends()
    said = [_one(span, words) for span in (begun, end) if span]
    return words["comma"].join(said) or name(life.spans[-1].key, words)


def _one(span: Span, words: dict[str, str]) -> str:
    if not span.dated or span.first is None:
        return words["state_undated"] if span.reason is Reason.UNDATED else name(span.key, words)
    key = "state_begins" if span.state is Status.IN_FORCE else "state_since"
    return words[key].format(day=spell(span.first, words), state=name(span.state.value, words))
