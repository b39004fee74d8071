"""A theme of a site's own: one colour, one word, one template, and nothing copied."""

from __future__ import annotations

import re

import pytest

from gongkai.base import colour
from tests.conftest import CHECKOUT, DAY, SmallSite


def style(site):
    """The one style sheet of a built site."""
    (found,) = (site.root / "site/assets").glob("style.*.css")
    return found.read_text("utf-8")


def test_one_colour_in_the_settings_changes_links_buttons_and_header_and_their_form_by_night(site):
    site.write("-- catalog.yaml --\n" + (site.root / "catalog.yaml").read_text("utf-8") + 'accent: "#8a1c1c"\n')
    site.build("--no-search")
    last = style(site).splitlines()[-1]
    told = dict(re.findall(r"(--[a-z-]+):(#[0-9a-f]{6})", last))
    assert told["--accent"] == told["--band"] == "#8a1c1c"
    assert colour.contrast(colour.parse(told["--accent-night"]), colour.NIGHT) >= 7


@pytest.mark.parametrize(
    ("accent", "said"), [("red", "red 不是颜色"), ("#ffcc00", "太浅，看不清"), ("#12345", "不是颜色")]
)
def test_a_colour_that_nobody_could_read_is_a_problem_in_settings_and_theme(site, accent, said):
    settings = (site.root / "catalog.yaml").read_text("utf-8")
    site.write(f'-- catalog.yaml --\n{settings}accent: "{accent}"\n')
    assert said in site.refused("--no-search")
    site.write(f"-- catalog.yaml --\n{settings}theme: own\n")
    site.write(f'-- themes/own/theme.yaml --\nextends: default\naccent: "{accent}"\n')
    refused = site.refused("--no-search")
    assert said in refused
    assert "themes/own/theme.yaml:2:9" in refused


@pytest.mark.parametrize("accent", ["#0b5394", "#8a1c1c", "#1f5f3a", "#000000", "#5b2a86", "#7a4a00"])
def test_every_colour_that_is_taken_is_readable_by_day_and_by_night(accent):
    assert colour.fault(accent) is None
    made = {name: colour.parse(value) for name, value in colour.variables(colour.parse(accent)).items()}
    assert all(colour.contrast(made[name], colour.WHITE) >= colour.READABLE for name in ("--accent", "--accent-strong"))
    assert colour.contrast(made["--accent-night"], colour.NIGHT) >= colour.READABLE


def test_a_child_theme_changes_one_word_one_template_and_one_colour_and_keeps_the_rest(site):
    site.rule("shifu-2024-1")
    site.build("--no-search")
    before, sheet = site.page("rules/shifu-2024-1"), style(site)
    for file in (CHECKOUT / "themes/township").rglob("*.*"):
        name = f"themes/township/{file.relative_to(CHECKOUT / 'themes/township').as_posix()}"
        site.write(f"-- {name} --\n{file.read_text('utf-8')}")
    site.write("-- catalog.yaml --\n" + (site.root / "catalog.yaml").read_text("utf-8") + "theme: township\n")
    site.build("--no-search")
    after = site.page("rules/shifu-2024-1")
    assert "便民服务中心" in after
    assert ">村和机构<" in after
    assert ">机构<" not in after
    assert style(site).startswith(sheet)
    assert "--accent:#1f5f3a" in style(site)
    rest = re.sub(r'<p class="foot-note">.*?</p>|style\.\w+\.css', "", after.replace("村和机构", "机构"))
    assert rest == re.sub(r"style\.\w+\.css", "", before)


def test_the_worked_example_shows_the_sample_city_in_another_colour(tmp_path):
    settings = (CHECKOUT / "catalog.yaml").read_text("utf-8")
    assert "\ntheme:" not in settings
    sample = SmallSite(tmp_path).write(f"-- catalog.yaml --\n{settings}theme: township\n")
    (tmp_path / "content").symlink_to(CHECKOUT / "content")
    (tmp_path / "themes").symlink_to(CHECKOUT / "themes")
    done = sample.run("check", "--strict", "--date", DAY)
    assert done.code == 0, done.out
