"""A folder → the places of a project, and the one place that joins paths.

Every path that comes from content or from an address goes through `Folder.join`, so none can leave its root.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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


class Folder:
    """A root under which many paths are found: a folder of it is looked up once, so use one for one piece of work."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._folders: dict[str, Path] = {}

    def join(self, relative: str) -> Path:
        """`root/relative`, resolved; raises `OutsideError` when that is not under the root.

        Links are followed before the comparison, so a link that points out of the folder is refused too.
        """
        if "\\" in relative or "\x00" in relative or relative.startswith("/"):
            raise OutsideError(relative)
        above, _, name = relative.rpartition("/")
        if above not in self._folders:
            self._folders[above] = self._resolved(above)
        path = self._folders[above] / name
        plain = name not in ("", ".", "..") and ":" not in name and not path.is_symlink()
        return path if plain else self._resolved(relative)

    def _resolved(self, relative: str) -> Path:
        path = (self.root / relative).resolve()
        if not path.is_relative_to(self.root):
            raise OutsideError(relative)
        return path


def inside(root: Path, relative: str) -> Path:
    """`Folder.join` for a single path."""
    return Folder(root).join(relative)


def shipped() -> Path:
    """The themes that come with the package: inside it in a wheel, beside it in a checkout."""
    package = Path(gongkai.__file__).parent
    inner = package / "themes"
    return inner if inner.is_dir() else package.parent / "themes"
