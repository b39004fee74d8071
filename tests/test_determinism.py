"""The same content gives the same bytes on any machine, in any order, at any hour."""

from __future__ import annotations

import os
import shutil

from tests.conftest import CHECKOUT, DAY, SmallSite


def test_zone_locale_hash_seed_file_order_and_place_change_no_byte(tmp_path):
    one, other = SmallSite(tmp_path / "one"), SmallSite(tmp_path / "another place/二")
    files = sorted(p for p in [CHECKOUT / "catalog.yaml", *(CHECKOUT / "content").rglob("*")] if p.is_file())
    for site, ordered in ((one, files), (other, files[::-1])):
        for file in ordered:
            target = site.root / file.relative_to(CHECKOUT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
            os.utime(target, (len(site.root.name), 10**9))
    one.build("--no-downloads", env={"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"})
    other.build("--no-downloads", env={"TZ": "Pacific/Pago_Pago", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "4242"})
    assert one.bytes() == other.bytes()


def test_the_order_in_which_a_disk_lists_files_changes_no_byte(site, monkeypatch):
    from datetime import date

    from gongkai import pipeline
    from gongkai.base.project import Project
    from gongkai.read import walk

    for n in range(9):
        site.rule(f"r-{n}", title="同一个标题", published="2024-01-01")
    options = pipeline.Options(day=date.fromisoformat(DAY))
    pipeline.build(Project.at(site.root, site.root / "a"), options)
    scandir = os.scandir

    class Backwards:
        def __init__(self, path):
            with scandir(path) as entries:
                self.entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(walk.os, "scandir", Backwards)
    pipeline.build(Project.at(site.root, site.root / "b"), options)
    assert site.bytes("a") == site.bytes("b")


def test_the_day_of_a_build_comes_from_the_option_the_epoch_or_the_zone_of_the_site(site):
    site.rule("a", effective="2026-11-21")
    site.build()
    assert "尚未施行</span>" in site.page("rules")
    late = {"SOURCE_DATE_EPOCH": "1795276800"}  # 2026-11-21 16:00 UTC, already the 22nd in Shanghai
    assert site.run("build", env=late).code == 0
    assert "有效性截至 2026年11月22日" in site.page("rules")
    assert "现行有效</span>" in site.page("rules")


def test_no_document_page_changes_only_because_a_day_passed(site):
    site.rule("a").build()
    before = site.page("rules/a")
    assert site.run("build", "--date", "2026-12-31").code == 0
    assert site.page("rules/a") == before
