"""The page of the manual on checking names all that `check` and `init --ci` can do, and its commands work."""

from __future__ import annotations

import re
import shlex

import pytest
import yaml

from gongkai.check.outputs import FORMATS
from gongkai.commands.check import check
from gongkai.edit import hosts
from tests.conftest import CHECKOUT, DAY, SETTINGS, SmallSite
from tests.test_selection import git

PAGE = (CHECKOUT / "docs/checks.md").read_text("utf-8")
USING = PAGE.partition('<a id="using"></a>')[2].partition('<a id="duties"></a>')[0]
LINES = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```", USING, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("gongkai ")
]


@pytest.mark.parametrize("option", [name for param in check.params for name in param.opts if name.startswith("--")])
def test_an_option_of_check_is_explained(option):
    assert option in PAGE


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_said_where_a_format_belongs(form):
    assert re.search(rf"^\| `{form}` \| .+ \| .+ \|$", USING, re.MULTILINE)


def test_every_file_that_a_code_host_needs_is_named(site):
    named = set(re.findall(r"`([^`]+)`", " ".join(re.findall(r"^\| (`\.?\w.*?) \|", USING, re.MULTILINE))))
    assert set(hosts.add(site.root).written) == {name for name in named if "." in name}


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A bureau in a repository, with a report of last month and a change."""
    site = SmallSite(tmp_path_factory.mktemp("city"))
    site.write(SETTINGS).write(
        "-- content/jiaoyu/organ.yaml --\nname: 测试市教育局\naliases: [市教育局]\nkind: department\nlevel: city\n"
        "disclosure: proactive\npublished: 2024-01-01\n-- 2026-10.json --\n[]\n"
    )
    git(site.root, "init", "-q")
    git(site.root, "add", ".")
    git(site.root, "commit", "-qm", "x")
    git(site.root, "update-ref", "refs/remotes/origin/main", "HEAD")
    return site.rule("a-1", signed="2024-01-01", published="2024-06-03")


@pytest.mark.parametrize("line", LINES)
def test_a_command_of_the_page_does_what_it_says(city, line):
    words = [str(city.root / word) if re.search(r"\.(json|html)$", word) else word for word in shlex.split(line)[1:]]
    result = city.run(*words, *([] if "--date" in words else ["--date", DAY]))
    assert result.code in (0, 1), result.err
    assert "Traceback" not in result.err
    for option in ("--out", "--write-baseline"):
        assert option not in words or (city.root / words[words.index(option) + 1]).stat().st_size


def test_there_are_commands_to_try():
    assert len(LINES) >= 10


@pytest.mark.parametrize("example", re.findall(r"^```yaml\n(.*?)^```", USING, re.MULTILINE | re.DOTALL))
def test_an_example_in_yaml_can_be_read(example):
    assert yaml.safe_load(example)


def test_an_ignored_problem_is_known_as_the_page_says(city):
    comment = re.search(r"^published: .*?(  # gongkai: .*)$", USING, re.MULTILINE)[1]
    assert "GK-TIME-001" in city.run("check", "--date", DAY).out
    city.rule("a-1", signed="2024-01-01", published=f"2024-06-03{comment}")
    assert "GK-TIME-001" not in city.run("check", "--date", DAY).out
