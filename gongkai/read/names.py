"""A key or a word that is not known → the one that was probably meant, in words for a hint. Start with `hint_key`.

Editors write 标题 for `title` and 规章 for `government_rule`; both are found through what the declaration says of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import Any, get_args

from gongkai.base.fields import Choice, Fields, guess

NO_IDEA = "核对键名，可以写的键见字段手册；不需要时删去这一行"
"""The hint for a key that resembles none."""


def guess_key(word: str, fields: type[Fields], free: Iterable[str]) -> str | None:
    """The key that `word` stands for, among those not written yet: nearly the same, or its meaning in Chinese."""
    keys = list(free)
    if (exact := _meaning_of(word, fields)) is not None:
        return exact if exact in keys else None
    if (found := guess(word, keys)) is not None:
        return found
    meant = {meaning(fields, key): key for key in keys}
    return meant.get(guess(word, meant) or "")


def _meaning_of(word: str, fields: type[Fields]) -> str | None:
    """The key whose meaning is exactly `word`."""
    return next((key for key in fields.model_fields if meaning(fields, key) == word), None)


def hint_key(word: str, owner: type[Fields], root: type[Fields], taken: Set[str]) -> str:
    """What to write instead of the unknown key `word` of `owner`, a part of `root` that has the keys `taken`."""
    free = [key for key in owner.model_fields if key not in taken]
    if (key := guess_key(word, owner, free)) is not None:
        return f"是不是 {key}（{meaning(owner, key)}）？"
    if owner is not root and word in root.model_fields:
        return f"{word} 写在最外层，前面不缩进"
    if owner is root and (parents := [name for name, inner in below(root) if word in inner.model_fields]):
        return f"{word} 写在 {parents[0]} 下面，缩进两格"
    twice = _meaning_of(word, owner) or guess(word, taken & owner.model_fields.keys())
    if twice is not None:
        return f"已经写了 {twice}（{meaning(owner, twice)}），删去这一行"
    if 0 < len(free) <= 12:
        return "还可以写：" + "、".join(f"{key}（{meaning(owner, key)}）" for key in free)
    return NO_IDEA


def hint_choice(word: str, choices: type[Choice]) -> str:
    """What to write instead of `word`, which is none of `choices`."""
    by_label = {choice.label: choice for choice in choices}
    if word in by_label:
        return f"写成 {by_label[word].value}"
    meant = guess(word, [*(choice.value for choice in choices), *by_label])
    listed = list_choices(choices)
    if meant is None:
        return listed
    choice = by_label.get(meant) or choices(meant)
    return f"是不是 {choice.value}（{choice.label}）？{listed}"


def list_choices(choices: type[Choice]) -> str:
    """`可以写：law（法律）、…`."""
    return "可以写：" + "、".join(f"{choice.value}（{choice.label}）" for choice in choices)


def meaning(fields: type[Fields], name: str) -> str:
    """The word for a key that its docstring begins with: 标题, 发文字号."""
    return re.split(r"[，。：；、\n]", fields.model_fields[name].description or name)[0]


def below(fields: type[Fields]) -> Iterator[tuple[str, type[Fields]]]:
    """The keys of `fields` that have keys below them, with the declaration of those."""
    for name, field in fields.model_fields.items():
        for kind in _leaves(field.annotation):
            if issubclass(kind, Fields):
                yield name, kind


def _leaves(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for inner in get_args(annotation):
        yield from _leaves(inner)
