"""The program and the libraries that shape its output → one hash. What another one made is made again."""

from __future__ import annotations

import sys
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import gongkai

LIBRARIES = (
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "opencc",
    "pagefind-bin",
    "pydantic",
    "pypinyin",
    "pyyaml",
    "python-docx",
    "typst",
    "zxing-cpp",
)
"""A new version of one of these may change a byte of a page."""


@lru_cache(maxsize=1)
def program() -> str:
    """A hash of every line of this program, of its libraries and of Python."""
    digest = sha256(f"{gongkai.__version__} {sys.version_info[:2]}".encode())
    for library in LIBRARIES:
        digest.update(f"{library} {_version(library)}\n".encode())
    folder = Path(gongkai.__file__).parent
    for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.yaml")]):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "?"
