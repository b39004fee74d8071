"""Files of the content folder → entries: what each is by its place, its record as far as it is valid, its names.

Start with `Entry`. Here a file has faults of its own; what entries say of each other is for `model.catalog`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from posixpath import basename
from typing import Any

from gongkai.base.fields import IDENTIFIER, Ref, guess
from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.model import kinds
from gongkai.model.record import Item, Kind, Many
from gongkai.model.references import Names, references
from gongkai.read.typed import MISSING, WRONG, Typed, typed
from gongkai.read.walk import Document, Documents
from gongkai.read.yaml import Entry as YamlEntry
from gongkai.read.yaml import Mapping, Scalar, Sequence, parse

MISPLACED = Code(
    "GK-FILE-007",
    "error",
    "文件放错了地方",
    "每种内容有自己的文件夹：机构是 content/机关/organ.yaml，文件是 content/机关/rules/*.md。",
)
NO_ORGAN = Code(
    "GK-FILE-008",
    "error",
    "文件夹里没有 organ.yaml",
    "content 下每个机关的文件夹都要有 organ.yaml；属于整个政府的内容放在 content/common。",
)
BAD_ID = Code(
    "GK-FILE-009",
    "error",
    "文件名不能用作地址",
    "文件名（不带扩展名）就是 id，会成为网址的一部分：只用小写英文字母、数字和连字符。",
)
DUPLICATE_ID = Code(
    "GK-FILE-010",
    "error",
    "两个文件的 id 相同",
    "同一种内容的 id 在整个网站里只能有一个。给其中一个文件改名。",
)
UNEDITED = Code(
    "GK-SET-001",
    "warning",
    "还有没填写的内容",
    "起始文件里的“请填写……”要换成真实内容再发布。",
)

Place = tuple[Kind, str, str]
"""The kind, organ and id of a file."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A file of the content: its record as far as it is valid. Told apart by identity, as its Document is."""

    kind: Kind
    item: Item
    readable: bool

    @property
    def key(self) -> tuple[str, str]:
        """Unique over the whole site, when there is no fault."""
        return self.item.key

    @property
    def typed(self) -> Typed[Any]:
        """The record with the places of its values."""
        return self.item.source

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with the file by itself; a page of the site has the address of a reserved id."""
        return self.readable and self.typed.sound and self.item.id not in self.kind.reserved


@dataclass(frozen=True, slots=True)
class Placed:
    """The files of the project by what their place makes them; those without a place and earlier texts by path."""

    records: list[tuple[Document, Place]]
    texts: dict[str, Document]
    misplaced: dict[str, Document]


def place_all(documents: Documents, problems: list[Problem]) -> Placed:
    """Every file with the kind, organ and id that its place gives it, earlier texts, and what has no place."""
    placed: list[tuple[Document, Place]] = []
    texts: dict[str, Document] = {}
    misplaced: dict[str, Document] = {}
    paths = {document.path for document in documents.files}
    for document in documents.files:
        if (place := kinds.place(document.path)) is not None:
            placed.append((document, place))
            continue
        if kinds.text_of(document.path) in paths:
            texts[document.path] = document
            continue
        misplaced[document.path] = document
        problems.append(MISPLACED.at(Mark(document.path), *_where(document.path)))
    return Placed(placed, texts, misplaced)


def _where(path: str) -> tuple[str, str]:
    """What is wrong with a place, and where the file should stand."""
    stem = _SUFFIX.sub("", path)
    for suffix in (".md", ".yaml"):
        if path != stem + suffix and kinds.place(stem + suffix) is not None:
            return f"扩展名不是 {suffix}", f"改名为 {basename(stem + suffix)}"
    for better in _better(path):
        return "文件放错了地方", f"移到 {better}"
    return "文件放错了地方", f"内容文件放在 {'、'.join(kinds.examples())}"


def _better(path: str) -> Iterator[str]:
    """Where a file in a folder with nearly the right name (rule/, Rules/), or one of the whole site, should stand."""
    parts = path.split("/")
    yield from (kinds.path_of(kind, "", "") for kind in kinds.KINDS if kind.common and kind.file == parts[-1])
    folders = [example.split("/")[2] for example in kinds.examples() if example.count("/") > 2]
    meant = guess(parts[2], folders) if len(parts) == 4 else None
    if meant and kinds.place(better := "/".join([*parts[:2], meant, parts[3]])):
        yield better


_SUFFIX = re.compile(r"(\.(md|markdown|ya?ml))?(\.txt)?$", re.IGNORECASE)


def read_all(placed: list[tuple[Document, Place]], problems: list[Problem]) -> list[Entry]:
    """Every record of every file, and the vocabularies that ship for kinds of which the site has no file."""
    found: list[Entry] = []
    for document, place in placed:
        held, faults = _held(document, *place)
        found += held
        problems += faults
    present = {place[0].name for _, place in placed}
    for kind in kinds.KINDS:
        if kind.many and kind.many.shipped and (kind.many.words or kind.name not in present):
            own = {entry.key for entry in found}
            found += [entry for entry in shipped(kind) if entry.key not in own]
    return found


@lru_cache(maxsize=16384)
def _held(document: Document, kind: Kind, organ: str, id: str) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The records of a file and what is wrong with it. Kept, because `serve` loads again what did not change."""
    problems: list[Problem] = []
    place = (kind, organ, id)
    found = read_many(document, place, problems) if kind.many else [read(document, place, problems)]
    return tuple(found), tuple(problems)


@lru_cache(maxsize=65536)
def told(entry: Entry) -> tuple[tuple[Ref, str, Mark], ...]:
    """The references in a record: what each refers to, its text, its place. Kept like the record."""
    return tuple(references(entry.typed))


def read(document: Document, place: Place, problems: list[Problem]) -> Entry:
    """What a file in its place holds, and what is wrong with it by itself."""
    kind, organ, id = place
    if not IDENTIFIER.fullmatch(id) or id in kind.reserved:
        where, example = ("文件夹名", "jiaoyu") if id == organ else ("文件名", "jiaoyu-2024-3")
        why = "是网址里保留的词" if id in kind.reserved else "不能用作地址"
        hint = f"换一个名字，例如 {example}；只用小写英文字母、数字和连字符"
        problems.append(BAD_ID.at(Mark(document.path), f"{where} {shown(id)} {why}", hint))
    if document.data is None:
        result = _recovered(document, kind)
    else:
        result = typed(document.data, kind.fields)
        problems += [*result.problems, *_rules(kind, result), *unedited(document)]
    item = Item(kind.name, id, organ, document.path, result.record, document.body, document.body_line, result)
    return Entry(kind, item, document.data is not None)


def read_many(document: Document, place: Place, problems: list[Problem]) -> list[Entry]:
    """The records of a file that holds many. What the file says for all of them counts as said by each."""
    kind, organ, group = place
    many = kind.many
    assert many is not None
    if document.data is None:
        return []
    data = document.data
    head = Mapping({key: entry for key, entry in data.entries.items() if key != many.key}, data.mark)
    file = typed(head, many.file)
    problems += [*file.problems, *unedited(document)]
    shared = {key: entry for key, entry in head.entries.items() if key in kind.fields.model_fields}
    found = []
    for row in _rows(data, many.key, problems):
        id = row.entries[many.id].value if many.id in row.entries else None
        name = id.text if isinstance(id, Scalar) else ""
        if name and not many.words and not IDENTIFIER.fullmatch(name):
            problems.append(BAD_ID.at(id.mark if id else row.mark, f"{shown(name)} 不能用作编号", _ID_HINT))
        below = _shipped(many).get(name, {})
        result = typed(Mapping({**below, **shared, **row.entries}, row.mark), kind.fields)
        problems += [*result.problems, *_rules(kind, result)]
        item = Item(kind.name, name, organ, document.path, result.record, "", 1, result, file.record, group)
        found.append(Entry(kind, replace(item, origin=_folder(document.path)), bool(name)))
    return found


_ID_HINT = "只用小写英文字母、数字、连字符和下划线，例如 jy-01"


def _folder(path: str) -> str:
    parts = path.split("/")
    return parts[2] if len(parts) > 3 else ""


def _rows(data: Mapping, key: str, problems: list[Problem]) -> Iterator[Mapping]:
    """The mappings of the list under `key`; anything else there is a problem."""
    if key not in data.entries:
        problems.append(MISSING.at(data.mark, f"缺少 {key}", f"写 {key}:，下面一项一项写，每项前加 - "))
        return
    value = data.entries[key].value
    if not isinstance(value, Sequence):
        problems.append(WRONG.at(value.mark, f"{key}：应当是列表", "每一项另起一行，前面加 - "))
        return
    for row in value.items:
        if isinstance(row, Mapping):
            yield row
        else:
            problems.append(WRONG.at(row.mark, "这一项应当是“键: 值”", "写成 - id: …，下面几行对齐写其他的键"))


@cache
def _shipped(many: Many) -> dict[str, dict[str, YamlEntry]]:
    """The entries of the vocabulary that comes with the package, by id; none where no vocabulary comes."""
    if many.shipped is None:
        return {}
    text = (Path(__file__).parent / "vocabularies" / many.shipped).read_text("utf-8")
    data, _ = parse(text, f"gongkai/{many.shipped}")
    rows = next(iter(data.entries.values())).value if data else None
    assert isinstance(rows, Sequence)
    found = {}
    for row in rows.items:
        assert isinstance(row, Mapping)
        key = row.entries[many.id].value
        assert isinstance(key, Scalar)
        found[key.text] = row.entries
    return found


def shipped(kind: Kind, *, every: bool = False) -> list[Entry]:
    """The vocabulary that comes with the package, for a site without a file of its own.

    With `every` also the entries that only a site's own file brings in.
    """
    assert kind.many is not None
    found = []
    for key, row in _shipped(kind.many).items():
        path = f"gongkai/{kind.many.shipped}"
        result = typed(Mapping(row, Mark(path)), kind.fields)
        if every or getattr(result.record, "pilot", True):
            item = Item(kind.name, key, kinds.COMMON, path, result.record, "", 1, result, None, kind.file)
            found.append(Entry(kind, item, readable=True))
    return found


def _recovered(document: Document, kind: Kind) -> Typed[Any]:
    """What an unreadable file calls itself: enough that references to it are not reported as well."""
    keys = "|".join(kind.fields.model_fields)
    found: dict[str, Any] = {}
    for name, value in re.findall(rf"^({keys}) *[:：] *(.+?) *$", document.text, re.MULTILINE):
        words = [word.strip(" []\"'") for word in value.split(",")]
        found[name] = tuple(words) if value.startswith("[") else words[0] if len(words) == 1 else value
    empty: dict[str, Any] = {name: None for name, field in kind.fields.model_fields.items() if field.is_required()}
    record = kind.fields.model_construct(**(empty | found))
    return Typed(record, False, Mapping({}, Mark(document.path)), ())


def name_all(found: Iterable[Entry], items: dict[tuple[str, str], Item], misplaced: dict[str, Document]) -> Names:
    """What references may say. A faulty record keeps its id and its names, so that its fault is reported once."""
    names = Names(items.values())
    for entry in found:
        if items.get(entry.key) is not entry.item:
            names.know(*entry.key, _called(entry.kind, entry.item.record))
    for path, document in misplaced.items():
        for kind in kinds.KINDS:
            known = list(_called(kind, _recovered(document, kind).record))
            for id in {_SUFFIX.sub("", basename(path)), path.split("/")[1]}:
                names.know(kind.name, id, known)
    return names


def _called(kind: Kind, record: Any) -> Iterator[str]:
    try:
        yield from (name for name in kind.names(record) if isinstance(name, str))
    except (AttributeError, TypeError):
        # Half a record: what it is called may be the very thing that is missing.
        return


def _rules(kind: Kind, result: Typed[Any]) -> Iterator[Problem]:
    for rule in kind.rules:
        yield from rule(result)


_UNEDITED = re.compile(r"^\s*(?:- +)?(?:[\w-]+:\s+)?[\[{\"'《●〇]*(请填写.*?|.*请在这里写正文.*?)\s*$")


def unedited(document: Document) -> Iterator[Problem]:
    """What a starter left to be filled in. 请填写 inside a text is the law's own word, so only whole values count."""
    if "请填写" not in document.text and "请在这里写正文" not in document.text:
        return
    for number, line in enumerate(document.text.split("\n"), start=1):
        found = _UNEDITED.match(line)
        if found and (number < document.body_line or not document.body or "请在这里" in line):
            mark = Mark(document.path, number, found.start(1) + 1, len(found[1]))
            yield UNEDITED.at(mark, "这一处还没有填写", "换成真实内容")


def unique(found: list[Entry], problems: list[Problem]) -> list[Entry]:
    """The first entry of each id; the others are problems."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in found:
        earlier = first.setdefault(entry.key, entry)
        if earlier is not entry:
            many = entry.kind.many
            line = f":{earlier.item.mark(many.id).line}" if many else ""
            mark = entry.item.mark(many.id) if many else Mark(entry.item.path)
            message = f"id {shown(entry.item.id)} 已经用在 {earlier.item.path}{line}"
            problems.append(DUPLICATE_ID.at(mark, message, "改掉其中一个编号" if many else "给其中一个文件改名"))
    return list(first.values())


def check_folders(documents: Documents, misplaced: Container[str], names: Names, problems: list[Problem]) -> None:
    """Every folder of an organ has its organ.yaml. A folder of misplaced files alone is none: they are reported."""
    folders: dict[str, list[str]] = {}
    for document in documents.files:
        _, folder, *rest = document.path.split("/")
        if rest and folder != kinds.COMMON:
            folders.setdefault(folder, []).append(document.path)
    for folder, paths in sorted(folders.items()):
        placed = [path for path in paths if path not in misplaced]
        if not placed or any(basename(path).lower().startswith("organ.") for path in paths):
            continue
        names.know("organ", folder)
        hint = f"用 gongkai new organ {shown(folder)} 生成 content/{shown(folder)}/organ.yaml"
        problems.append(NO_ORGAN.at(Mark(placed[0]), f"文件夹 {shown(folder)} 里没有 organ.yaml", hint))
