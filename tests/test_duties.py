"""The page of the manual on duties speaks of every code and every setting, and its examples are sound."""

from __future__ import annotations

import re

import pytest

from gongkai.base.duties import Duties
from gongkai.base.fields import Fields
from gongkai.check.families import FAMILIES
from tests.conftest import CHECKOUT, DAY, SETTINGS

PAGE = (CHECKOUT / "docs/checks.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(check:\n.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
TOLD = (
    "disclosure",
    "structure",
    "time",
    "coverage",
    "numbers",
    "interpretation",
    "privacy",
    "hygiene",
    "scope",
    "links",
    "page",
)


@pytest.mark.parametrize(
    "code", [code.id for family in FAMILIES if family.name in TOLD for code in family.codes], ids=str
)
def test_every_duty_is_explained_with_its_law(code):
    assert code in PAGE


@pytest.mark.parametrize("key", ["inspected", "time", "coverage", "numbers", "interpretation", "hygiene"])
def test_every_setting_of_these_duties_is_shown(key):
    inner = Duties.model_fields[key].default
    names = type(inner).model_fields if isinstance(inner, Fields) else [key]
    for name in names:
        assert re.search(rf"\b{name}:", PAGE), name


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_of_settings_is_one_that_the_program_takes(site, example):
    site.write(SETTINGS.replace("check:\n  inspected: false\n", example)).rule("a-1")
    for organ in ("jiaoyu", "qinghe"):
        site.write(
            f"-- content/{organ}/organ.yaml --\nname: 测试市{organ}局\nkind: department\nlevel: city\n"
            "disclosure: proactive\npublished: 2024-01-01\n"
        )
    site.write(
        "-- content/shifu/explainers/b-1.md --\n---\ntitle: 解读\nexplains: [a-1]\nformat: questions\n"
        "interpreter: shifu\ndisclosure: proactive\npublished: 2024-01-02\n---\n\n正文。\n"
    )
    said = site.run("check", "--date", DAY)
    assert said.code == 0, said.out


def test_there_are_examples_to_try():
    assert len(EXAMPLES) >= 5


def test_the_worked_example_of_twenty_working_days_is_right():
    from datetime import date

    from gongkai.model.workdays import Workdays

    start, last = re.search(r"例如(\d{4}年\d+月\d+日)成文，二十个工作日的最后一日是(\d+月\d+日)", PAGE).groups()
    year, month, day = map(int, re.findall(r"\d+", start))
    assert Workdays().after(date(year, month, day), 20) == date(year, *map(int, re.findall(r"\d+", last)))
