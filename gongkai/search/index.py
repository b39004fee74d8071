"""Parts of documents → an index that a browser can search: Pagefind over our tokens, in shards. Start with `build`.

Pagefind only finds. What it holds is compared with what was handed over, and its own fragments are left out of the
site: excerpts come from the text itself.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from gongkai.search.analyze import tokens
from gongkai.search.documents import Found

BYTES_PER_CHARACTER = 330
"""Memory that Pagefind takes for a character of text (1.78 GB for 5.7 million, measured with 1.5.2)."""

RENAMED = (".pf_index", ".pf_meta", ".pf_filter", ".pf_fragment", ".pagefind")
"""File types that some servers refuse to send (IIS answers 404); each gets `.bin` behind it."""


class IndexFault(RuntimeError):
    """Pagefind failed, or holds something else than it was given."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of the index in a folder of its own; `ids` has the result id of each part by (document, part)."""

    name: str
    folder: Path
    ids: dict[tuple[int, int], str]


def build(found: list[Found], cache: Path, memory: int) -> list[Shard]:
    """The shards of an index of `found`, reused from `cache` where their text is unchanged. `memory` in bytes.

    Raises `IndexFault` when Pagefind does not hold exactly the parts that it was given.
    """
    shards = [_shard(numbers, found, cache) for numbers in divide(found, memory)]
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


def _shard(numbers: list[int], found: list[Found], cache: Path) -> Shard:
    pages = {(number, part): _page(lines) for number in numbers for part, lines in enumerate(_texts(found[number]))}
    digest = sha256(f"{version('pagefind_bin')} {RENAMED}".encode())
    for page in pages.values():
        digest.update(page.encode())
    name = digest.hexdigest()[:12]
    folder = cache / name
    if not (folder / "ids.json").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        _run(pages, folder)
    known = json.loads((folder / "ids.json").read_text("utf-8"))
    return Shard(name, folder, dict(zip(pages, known, strict=True)))


def _texts(one: Found) -> Iterator[list[str]]:
    return ([line.text for line in part] for part in one.parts)


def _page(lines: list[str]) -> str:
    words = " ".join(token for line in lines for token in tokens(line))
    return f'<!doctype html><html lang="und"><body data-pagefind-body><p>{words}</p></body></html>'


def _run(pages: dict[tuple[int, int], str], folder: Path) -> None:
    from pagefind_bin import get_executable

    staging = folder / "staging"
    staging.mkdir(parents=True)
    for order, page in enumerate(pages.values()):
        (staging / f"{order}.html").write_text(page, "utf-8")
    command = [str(get_executable()), "--site", str(staging), "--output-path", str(folder / "out")]
    done = subprocess.run(
        [*command, "--force-language", "und", "--silent"], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise IndexFault(f"Pagefind 没有完成：{done.stderr.strip() or done.stdout.strip()}")
    ids = _ids(folder / "out", len(pages))
    _keep(folder)
    shutil.rmtree(staging)
    (folder / "ids.json").write_text(json.dumps(ids), "utf-8")


def _ids(out: Path, count: int) -> list[str]:
    """The result id of each page in the order they were handed over, read back from the fragments."""
    found: dict[int, str] = {}
    for file in sorted((out / "fragment").glob("*.pf_fragment")):
        raw = gzip.decompress(file.read_bytes())
        data = json.loads(raw[raw.index(b"{") :])
        found[int(data["url"].strip("/").removesuffix(".html"))] = file.stem
    if sorted(found) != list(range(count)):
        raise IndexFault(f"索引里有 {len(found)} 份，交给它的是 {count} 份")
    return [found[number] for number in range(count)]


def _keep(folder: Path) -> None:
    """Moves what a browser needs out of Pagefind's output, under names that any server sends."""
    out, kept = folder / "out", folder / "index"
    kept.mkdir()
    wanted = [*out.glob("*.pf_meta"), *out.glob("index/*.pf_index"), *out.glob("wasm.*.pagefind")]
    for file in wanted:
        shutil.move(file, kept / f"{file.name}.bin")
    shutil.move(out / "pagefind-entry.json", kept / "pagefind-entry.json")
    script = (out / "pagefind.js").read_text("utf-8")
    for suffix in RENAMED:
        if f"{suffix}`" not in script:
            raise IndexFault(f"pagefind.js 里没有 {suffix}，不能改名")
        script = script.replace(f"{suffix}`", f"{suffix}.bin`")
    # Chunks lie beside the script, not in a folder of their own.
    (kept / "pagefind.js").write_text(script.replace("}index/${hash}", "}${hash}"), "utf-8")
    shutil.rmtree(out)
