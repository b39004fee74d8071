"""A folder → the places of a project, and the one function that joins paths.

Every path that comes from content or from an address goes through `inside`, so none can leave its root.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import gongkai


class OutsideError(ValueError):
    """A path that would leave the folder it belongs to."""


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of one site. `site` is what gets deployed; `state` is ours, outside it and safe to delete."""

    root: Path
    site: Path

    @classmethod
    def at(cls, root: Path, site: Path | None = None) -> Project:
        """The project in `root`; its output is `root/site` unless `site` says otherwise."""
        root = root.resolve()
        return cls(root, (root / "site" if site is None else site).resolve())

    @property
    def content(self) -> Path:
        """What departments edit."""
        return self.root / "content"

    @property
    def settings(self) -> Path:
        """The one settings file."""
        return self.root / "catalog.yaml"

    @property
    def themes(self) -> Path:
        """The site's own themes; `default` also ships with the package."""
        return self.root / "themes"

    @property
    def state(self) -> Path:
        """Ledger, staging and journal. Beside `site`, so that a rename into it stays on one disk."""
        return self.site.parent / ".gongkai" / self.site.name


def inside(root: Path, relative: str) -> Path:
    """`root/relative`, resolved; raises `OutsideError` when that is not under `root`.

    Links are followed before the comparison, so a link that points out of the folder is refused too.
    """
    if "\\" in relative or "\x00" in relative or PurePosixPath(relative).is_absolute():
        raise OutsideError(relative)
    base = root.resolve()
    path = (base / relative).resolve()
    if not path.is_relative_to(base):
        raise OutsideError(relative)
    return path


def shipped() -> Path:
    """The themes that come with the package: inside it in a wheel, beside it in a checkout."""
    package = Path(gongkai.__file__).parent
    inner = package / "themes"
    return inner if inner.is_dir() else package.parent / "themes"
