"""The sample city as it shows every component of a theme: with lists of several pages, and a second language."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from tests.conftest import CHECKOUT, DAY, SmallSite


def showcase(folder: Path) -> SmallSite:
    """The city, built without search in `folder`."""
    city = SmallSite(folder)
    copytree(CHECKOUT / "content", folder / "content")
    settings = (CHECKOUT / "catalog.yaml").read_text("utf-8").replace("page_size: 50", "page_size: 20")
    city.write(f"-- catalog.yaml --\n{settings}languages: [zh-CN, en]\n")
    done = city.run("build", "--no-search", "--no-downloads", "--date", DAY)
    assert done.code == 0, done.err
    return city
