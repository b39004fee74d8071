"""What a theme of the site says to no effect, or asks for in vain, is told in Chinese at its place."""

from __future__ import annotations

import re
from shutil import copytree

import pytest

from tests.conftest import CHECKOUT


@pytest.fixture
def own(site):
    """A site with a theme of its own."""
    return site.set("theme: own\n")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("words.nothere", "没有 nothere 这个词"),
        ("words['no' ~ 'where']", "没有 nowhere 这个词"),
        ("view.nothing", "这一页没有 nothing 这个值"),
        ("nobody", "这一页没有 nobody 这个值"),
    ],
)
def test_a_word_or_a_value_that_is_not_there_is_named(own, wanted, said):
    own.write(f"-- themes/own/templates/about.html --\nx\n-- themes/own/templates/404.html --\n\n{{{{ {wanted} }}}}\n")
    refused = own.refused("--no-search")
    assert f"themes/own/templates/404.html:2:1  GK-THEME-002  {said}（正在生成 /404.html" in refused


def test_a_new_word_that_a_template_of_the_theme_uses_is_no_slip(own):
    own.write(
        "-- themes/own/words.yaml --\nhello: 您好\nend_now: 再见\nhome: 网站首页\ntype.law: 国家法律\nhelo: 您好\n"
        "-- themes/own/words.en.yaml --\nhello: Good day\n"
        "-- themes/own/templates/part.html --\n{{ words.hello }}{{ words['end_' ~ 'now'] }}\n"
        "-- themes/own/templates/foot_note.html --\n{% include 'part.html' %}\n"
    )
    told = own.build("--no-search").err
    assert re.findall("没有模板用到 (.+) 这个词|没有哪一页", told) == ["helo"]
    assert "您好再见" in own.page("")


@pytest.mark.parametrize("name", ["shili", "township", "default"])
def test_a_theme_that_was_just_started_and_those_of_this_project_have_no_slip(site, name):
    if name == "shili":
        made = site.run("init", "--theme", name, str(site.root))
        assert f"自带主题的模板和用词在 {CHECKOUT / 'themes/default'}" in made.err
    else:
        site.set(f"theme: {name}\n")
    if name == "township":
        copytree(CHECKOUT / "themes/township", site.root / "themes/township")
    assert "GK-THEME" not in site.build("--no-search").err
