"""Parts of documents → an index that a browser can search: Pagefind over our tokens, in shards. Start with `build`.

Pagefind only finds. What it holds is compared with what was handed over, and its own fragments are left out of the
site: excerpts come from the text itself.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from gongkai.search import analyze
from gongkai.search.analyze import normalise, tokens
from gongkai.search.bodies import save
from gongkai.search.documents import Found

BYTES_PER_CHARACTER = 390
"""Memory that Pagefind takes for a character of text: 330 to 398 were measured with 1.5.2, 2.3 GB for 5.8 million."""

RENAMED = (".pf_index", ".pf_meta", ".pf_filter", ".pf_fragment", ".pagefind")
"""File types that some servers refuse to send (IIS answers 404); each gets `.bin` behind it."""

CHANGES = (
    *((f"{suffix}`", f"{suffix}.bin`") for suffix in RENAMED),
    # Chunks lie beside the script, not in a folder of their own.
    ("}index/${hash}", "}${hash}"),
    # An index has one language, whatever the page's is; no file need be asked first which one, and how it is called.
    ("await this.loadEntry();let index=this.findIndex(language);", 'language="und";let index={hash:language};'),
    # Two shards may use one id, so a result says of which it is.
    ("id:result2.p,", "id:this.basePath+result2.p,"),
    # Half an index would find half of the documents and say nothing: a chunk that does not come is an error.
    ("console.error(`Failed to load the index chunk ", "this.loaded_chunks={};throw new Error(`Failed to load "),
)
"""What is changed in Pagefind's script. Each must stand there once, or it is not the version that this was made for."""


class IndexFault(RuntimeError):
    """Pagefind failed, or holds something else than it was given."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of the index in a folder of its own."""

    name: str
    folder: Path
    documents: list[int]

    ids: dict[tuple[int, int], str]
    """The result id of each part, by document and part."""

    holders: dict[str, set[int]]
    """The documents that contain each of the words asked for."""


def build(found: list[Found], cache: Path, memory: int, words: Iterable[str] = ()) -> list[Shard]:
    """The shards of an index of `found`, reused from `cache` where their text is unchanged. `memory` in bytes.

    Raises `IndexFault` when Pagefind does not hold exactly the parts that it was given.
    """
    shards = [_shard(numbers, found, cache, list(words)) for numbers in divide(found, memory)]
    for old in cache.glob("*") if cache.is_dir() else ():
        if old.name not in {shard.name for shard in shards}:
            shutil.rmtree(old, ignore_errors=True)
    return shards


def divide(found: list[Found], memory: int) -> list[list[int]]:
    """Numbers of documents in shards within the memory bound: whole years, undated first, then from the oldest.

    Boundaries depend on the content alone. A year that is too big by itself is split by a hash of the id.
    """
    bound = max(1, memory // BYTES_PER_CHARACTER)
    years: dict[str, list[int]] = {}
    for number, one in enumerate(found):
        published = one.item.record.published
        years.setdefault(str(published.day.year) if published else "", []).append(number)
    shards: list[list[int]] = []
    size = bound + 1
    for _, numbers in sorted(years.items()):
        for group in _split(numbers, found, bound):
            weight = sum(_size(found[number]) for number in group)
            if size + weight > bound:
                shards.append([])
                size = 0
            shards[-1] += group
            size += weight
    return shards


def _split(numbers: list[int], found: list[Found], bound: int) -> Iterator[list[int]]:
    pieces = -(-sum(_size(found[number]) for number in numbers) // bound)
    groups: list[list[int]] = [[] for _ in range(max(1, pieces))]
    for number in numbers:
        groups[int(sha256(found[number].address.encode()).hexdigest(), 16) % len(groups)].append(number)
    return (group for group in groups if group)


def _size(one: Found) -> int:
    return sum(len(line.text) for part in one.parts for line in part)


def _shard(documents: list[int], found: list[Found], cache: Path, words: list[str]) -> Shard:
    parts = {
        (document, part): [line.text for line in lines]
        for document in documents
        for part, lines in enumerate(found[document].parts)
    }
    names = _named(parts.values())
    name = sha256(f"{_program()} {names}".encode()).hexdigest()[:12]
    folder = cache / name
    if not (folder / "ids.json").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        _run(dict(zip(names, parts.values(), strict=True)), folder)
    ids = json.loads((folder / "ids.json").read_text("utf-8"))
    holders = _holders(folder, list(parts.values()), words)
    places = list(parts)
    return Shard(
        name,
        folder,
        documents,
        {place: ids[name] for place, name in zip(places, names, strict=True)},
        {word: {places[order][0] for order in orders} for word, orders in holders.items()},
    )


@cache
def _program() -> str:
    """What an index depends on besides the texts: Pagefind, and how a text becomes tokens and pages."""
    digest = sha256(version("pagefind_bin").encode())
    for module in (__file__, analyze.__file__):
        digest.update(Path(module).read_bytes())
    return digest.hexdigest()


def _named(texts: Iterable[list[str]]) -> list[str]:
    """A name for each text that depends on it alone, so that its id stays the same when others come and go."""
    seen: Counter[str] = Counter()
    names = []
    for lines in texts:
        digest = sha256("\n".join(lines).encode()).hexdigest()[:20]
        names.append(f"{digest}-{seen[digest]}")
        seen[digest] += 1
    return names


def _holders(folder: Path, texts: list[list[str]], words: list[str]) -> dict[str, list[int]]:
    """The numbers of the texts of which one line contains each word; kept beside the index, for 250 words take 4 s."""
    path = folder / "words.json"
    known: dict[str, list[int]] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    if missing := [word for word in words if word not in known]:
        plain = ["\n".join(map(normalise, lines)) for lines in texts]
        letters = [set(text) for text in plain]
        for word in missing:
            likely = (order for order, found in enumerate(letters) if found.issuperset(word))
            known[word] = [order for order in likely if word in plain[order]]
        save(path, known)
    return {word: known[word] for word in words}


def _page(lines: list[str]) -> str:
    words = " ".join(token for line in lines for token in tokens(line))
    return f'<!doctype html><html lang="und"><body data-pagefind-body><p>{words}</p></body></html>'


def _run(texts: dict[str, list[str]], folder: Path) -> None:
    from pagefind_bin import get_executable

    staging = folder / "staging"
    staging.mkdir(parents=True)
    for name, lines in texts.items():
        (staging / f"{name}.html").write_text(_page(lines), "utf-8")
    command = [str(get_executable()), "--site", str(staging), "--output-path", str(folder / "out")]
    done = subprocess.run(
        [*command, "--force-language", "und", "--silent"], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise IndexFault(f"Pagefind 没有完成：{done.stderr.strip() or done.stdout.strip()}")
    ids = dict(_ids(folder / "out"))
    if ids.keys() != texts.keys():
        raise IndexFault(f"索引里有 {len(ids)} 份，交给它的是 {len(texts)} 份")
    _keep(folder)
    shutil.rmtree(staging)
    save(folder / "ids.json", ids)


def _ids(out: Path) -> Iterator[tuple[str, str]]:
    """The name and the result id of each page, read back from the fragments."""
    for file in (out / "fragment").glob("*.pf_fragment"):
        raw = gzip.decompress(file.read_bytes())
        data = json.loads(raw[raw.index(b"{") :])
        yield data["url"].strip("/").removesuffix(".html"), file.stem.removeprefix("und_")


def _keep(folder: Path) -> None:
    """Moves what a browser needs out of Pagefind's output, under names that any server sends."""
    out, kept = folder / "out", folder / "index"
    kept.mkdir()
    for file in (*out.glob("index/*.pf_index"), *out.glob("wasm.*.pagefind")):
        shutil.move(file, kept / f"{file.name}.bin")
    (meta,) = out.glob("*.pf_meta")
    shutil.move(meta, kept / "pagefind.und.pf_meta.bin")
    script = (out / "pagefind.js").read_text("utf-8")
    for old, new in CHANGES:
        if script.count(old) != 1:
            raise IndexFault(f"pagefind.js 里没有 {old}，这个版本的 Pagefind 不能用")
        script = script.replace(old, new)
    (kept / "pagefind.js").write_text(script, "utf-8")
    shutil.rmtree(out)
