"""Builds killed at any moment: no half-written file, and the next command finishes or undoes before anything else."""

from __future__ import annotations

import random
import shutil

import pytest

from gongkai.base.project import Project
from gongkai.publish.write import open_site
from tests.conftest import SETTINGS, SmallSite
from tests.killed import Killer
from tests.test_serve import free_port, get, serving

KILLS = 100


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A site as it was and as it will be, and what kills its builds."""
    site = SmallSite(tmp_path_factory.mktemp("killed")).write(SETTINGS)
    for n in range(6):
        site.rule(f"r-{n}", aliases=f"[/old/{n}/]")
    killer = Killer(site.root)
    assert killer.build(site.root, None) > 0
    old = site.bytes()
    shutil.copytree(site.root, site.root.parent / "before")
    for n in range(4):
        site.rule(f"r-{n}", "第一条　新的正文。\n", aliases=f"[/moved/{n}/]")
    (site.root / "content/shifu/rules/r-5.md").unlink()
    site.rule("r-6")
    shutil.copytree(site.root / "content", site.root.parent / "content")
    touches = killer.build(site.root, None)
    yield site, killer, touches, old, site.bytes()
    killer.close()


def restore(site: SmallSite) -> None:
    """The site and the state of the old build, with the new content."""
    before = site.root.parent / "before"
    for name in ("site", ".gongkai"):
        shutil.rmtree(site.root / name)
        shutil.copytree(before / name, site.root / name, copy_function=shutil.copy2)


def moments(touches: int):
    """At random, and half of them in the last third, where the site folder is replaced."""
    chance = random.Random(3)
    early = chance.sample(range(touches), KILLS // 2)
    return [*early, *(chance.randrange(touches * 2 // 3, touches) for _ in range(KILLS - len(early)))]


@pytest.mark.long
def test_builds_killed_at_a_hundred_moments_recover_whole(place):
    site, killer, touches, old, new = place
    assert old != new
    outcomes = {"old": 0, "new": 0, "torn": 0}
    for number, at in enumerate(moments(touches)):
        restore(site)
        assert killer.build(site.root, at) == -1, "it was not killed"
        torn = site.bytes()
        for path, data in torn.items():
            assert data in (old.get(path), new.get(path)) or path.rpartition("/")[2].startswith("."), (at, path)
        outcomes["torn" if torn not in (old, new) else "old" if torn == old else "new"] += 1
        if number % 2:
            open_site(Project.at(site.root))
            assert site.bytes() in (old, new), f"killed at {at} of {touches}: neither the old site nor the new one"
        assert killer.build(site.root, None) > 0
        assert site.bytes() == new, f"killed at {at} of {touches}"
    assert min(outcomes["old"], outcomes["torn"]) >= 10, f"the moments were all alike: {outcomes}"


def test_serve_finishes_first_what_a_killed_build_began_although_the_content_has_a_mistake(place):
    site, killer, touches, old, new = place
    for at in range(touches - 1, 0, -7):
        restore(site)
        killer.build(site.root, at)
        if site.bytes() not in (old, new):
            break
    path = site.root / "content/shifu/rules/r-0.md"
    good = path.read_text("utf-8")

    def torn():
        path.write_text(good, "utf-8")
        restore(site)
        killer.build(site.root, at)
        path.write_text(good.replace("type: normative", "type: 通知"), "utf-8")

    torn()
    assert site.bytes() not in (old, new)
    assert site.run("build", "--no-search").code == 1
    assert site.bytes() == new, "a refused build had left the site half moved"
    torn()
    port = free_port()
    with serving(site, port):
        assert get(port, "/rules/r-6/")[0] == 200
        assert site.bytes() == new
    path.write_text(good, "utf-8")
