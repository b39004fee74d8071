"""The site folder is replaced whole or not at all, and nothing in it is lost that gongkai did not make."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai import pipeline
from gongkai.base.problems import Faulty
from gongkai.base.project import OutsideError, Project, inside
from gongkai.publish import write as writing

DAY = date(2026, 11, 20)


def build(site):
    return pipeline.build(Project.at(site.root), pipeline.Options(day=DAY, search=False)).written


def test_a_folder_that_gongkai_did_not_make_is_never_written_into(site):
    (site.root / "site").mkdir()
    (site.root / "site/mine.txt").write_text("我的文件", "utf-8")
    said = site.refused()
    assert "GK-SITE-001" in said
    assert "不是空的" in said


@pytest.mark.parametrize("place", [".", "content", "content/out", "themes/out", ".."])
def test_a_site_folder_that_overlaps_the_project_is_refused(site, place):
    (site.root / "themes").mkdir()
    result = site.run("build", "--site", str(site.root / place))
    assert result.code == 1
    assert "GK-SITE-001" in result.err
    assert not (site.root / place / "index.html").exists()


def test_a_stranger_s_file_in_the_site_folder_survives_builds(site):
    site.rule("a").build()
    (site.root / "site/CNAME").write_text("www.test.example", "utf-8")
    site.rule("b").build()
    (site.root / "content/shifu/rules/a.md").unlink()
    site.build()
    assert (site.root / "site/CNAME").read_text("utf-8") == "www.test.example"
    assert not (site.root / "site/rules/a").exists(), "its own files and empty folders are pruned"


def test_a_stranger_s_file_where_a_page_must_go_is_not_overwritten(site):
    site.build()
    (site.root / "site/rules/b").mkdir(parents=True)
    (site.root / "site/rules/b/index.html").write_text("别人的", "utf-8")
    site.rule("b")
    assert "GK-SITE-001" in site.refused()


def test_a_write_interrupted_at_any_move_is_finished_by_the_next_build(site, monkeypatch):
    for n in range(6):
        site.rule(f"r-{n}")
    build(site)
    old = site.bytes()
    for n in range(6):
        path = site.root / f"content/shifu/rules/r-{n}.md"
        path.write_text(path.read_text("utf-8").replace("正文", "新正文"), "utf-8")
    (site.root / "content/shifu/rules/r-0.md").unlink()
    pipeline.build(Project.at(site.root, site.root / "clean"), pipeline.Options(day=DAY, search=False))
    new = site.bytes("clean")
    move = writing._move
    total = len([path for path in new if new[path] != old.get(path)])
    assert total > 6
    for stop in range(total):
        count = 0

        def failing(source, target, stop=stop):
            nonlocal count
            if count == stop:
                raise KeyboardInterrupt
            count += 1
            move(source, target)

        _restore(site, old)
        monkeypatch.setattr(writing, "_move", failing)
        with pytest.raises(KeyboardInterrupt):
            build(site)
        monkeypatch.setattr(writing, "_move", move)
        writing.recover(Project.at(site.root))
        assert site.bytes() == new, f"interrupted at move {stop}"
        build(site)
        assert site.bytes() == new


def _restore(site, files):
    """The site folder and its state as the old build left them."""
    import shutil

    shutil.rmtree(site.root / "site")
    shutil.rmtree(site.root / ".gongkai", ignore_errors=True)
    for path, data in files.items():
        target = site.root / "site" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def test_a_build_that_dies_while_laying_out_files_leaves_the_site_as_it_was(site, monkeypatch):
    site.rule("a")
    build(site)
    before = site.bytes()
    site.rule("b")
    lay = writing._lay

    def failing(path, data):
        if path.name == "index.html" and "rules" in path.parts:
            raise OSError(28, "No space left on device")
        lay(path, data)

    monkeypatch.setattr(writing, "_lay", failing)
    with pytest.raises(OSError, match="No space"):
        build(site)
    monkeypatch.setattr(writing, "_lay", lay)
    assert site.bytes() == before
    writing.recover(Project.at(site.root))
    assert site.bytes() == before
    build(site)
    assert "rules/b/index.html" in site.bytes()


def test_deleting_the_state_folder_is_safe(site):
    import shutil

    site.rule("a").rule("b").build()
    before = site.bytes()
    shutil.rmtree(site.root / ".gongkai")
    (site.root / "content/shifu/rules/b.md").unlink()
    site.build()
    assert not (site.root / "site/rules/b").exists(), "the manifest still tells which files are ours"
    assert site.bytes()["rules/a/index.html"] == before["rules/a/index.html"]


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/passwd", "a\\..\\..\\x", "a/\x00b", "link/x"])
def test_no_path_leaves_its_root(tmp_path, path):
    (tmp_path / "root").mkdir()
    (tmp_path / "root/link").symlink_to(tmp_path)
    with pytest.raises(OutsideError):
        inside(tmp_path / "root", path)


def test_an_alias_or_a_link_cannot_reach_outside_the_site(site):
    site.rule("a", aliases="[/../../escape/]")
    assert "GK-FIELD-004" in site.refused()
    site.rule("a", files="[{file: ../../../catalog.yaml}]")
    assert "GK-LINK-001" in site.refused()


def test_two_addresses_that_differ_only_in_case_are_one_address(site):
    site.rule("a", aliases="[/Old/]").rule("b", aliases="[/old/]")
    said = site.refused()
    assert "GK-PLAN-001" in said
    assert "content/shifu/rules/b.md" in said


def test_a_gate_that_fails_lets_nothing_be_written(site):
    from gongkai.base.problems import Code, Mark

    stop = Code("GK-TEST-001", "error", "停", "停")
    project, options = Project.at(site.root), pipeline.Options(day=DAY, search=False)
    with pytest.raises(Faulty):
        pipeline.build(project, options, [lambda catalog: [stop.at(Mark("catalog.yaml"), "停", "停")]])
    assert not (site.root / "site").exists()
