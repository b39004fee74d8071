"""`gongkai init --theme`: a theme of one's own that shows at once, and touches nothing that is there."""

from __future__ import annotations

import pytest

from tests.conftest import SmallSite


def test_a_theme_that_was_just_started_shows_in_the_next_build(site):
    site.build("--no-search")
    before = site.page("")
    made = site.run("init", "--theme", "shili", str(site.root))
    assert made.code == 0, made.err
    listed = {line.removeprefix(f"{site.root.as_posix()}/") for line in made.out.splitlines()}
    names = ("theme.yaml", "words.yaml", "assets/style.css", "templates/foot_note.html")
    assert listed == {*(f"themes/shili/{name}" for name in names), "catalog.yaml"}
    site.build("--no-search")
    assert ">首页<" in before
    assert ">网站首页<" in site.page("")
    (style,) = (site.root / "site/assets").glob("style.*.css")
    assert "--accent:#1f5f3a" in style.read_text("utf-8")
    assert "foot-note" not in site.page("")
    hook = site.root / "themes/shili/templates/foot_note.html"
    hook.write_text(hook.read_text("utf-8").replace("{# <p", "<p").replace("p> #}", "p>"), "utf-8")
    site.build("--no-search")
    assert '<p class="foot-note">本机关办公室可以帮您' in site.page("")


def test_settings_that_name_another_theme_are_left_as_they_are(site):
    site.set("theme: default\n")
    before = (site.root / "catalog.yaml").read_bytes()
    made = site.run("init", "--theme", "shili", str(site.root))
    assert made.code == 0
    assert "改成 theme: shili" in made.err
    assert (site.root / "catalog.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "said"),
    [("default", "不能叫 default"), ("../x", "不能叫 ../x"), ("mine", "已经存在"), ("a b", "不能叫")],
)
def test_a_theme_that_cannot_be_is_refused_before_anything_is_written(site, name, said):
    site.write("-- themes/mine/words.yaml --\nhome: 家\n")
    before = site.bytes(".")
    made = site.run("init", "--theme", name, str(site.root))
    assert made.code == 2
    assert said in made.err
    assert site.bytes(".") == before


def test_a_theme_is_started_only_in_a_site(tmp_path):
    made = SmallSite(tmp_path).run("init", "--theme", "shili", str(tmp_path))
    assert made.code == 2
    assert "没有 catalog.yaml" in made.err
