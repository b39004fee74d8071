"""The home of a disclosure column leads to its sections in the prescribed order, whatever a theme makes of it."""

from __future__ import annotations

import pytest

from gongkai.base.problems import Mark
from gongkai.check.sections import sections
from gongkai.check.webpage import Page

NEW = ("zc", "zn", "zd", "fdzdgknr", "nb", "ysqgk")
OLD = ("zn", "zd", "fdzdgknr", "nb")


def told(*lists: str, path: str = "organs/jiaoyu/zfxxgk/index.html") -> list[str]:
    page = Page(path, Mark("content/jiaoyu/organ.yaml"), "".join(lists).encode())
    return [problem.message for problem in sections(page)]


def listed(*keys: str, form: str = "{}/", tag: str = "ul") -> str:
    links = "".join(f'<li><a href="{form.format(key)}">{key}</a></li>' for key in keys)
    return f"<{tag}>{links}</{tag}>"


@pytest.mark.parametrize("keys", [NEW, OLD], ids=["of 2021", "of 2019"])
@pytest.mark.parametrize(
    "form", ["{}/", "{}/index.html", "./{}/", "../../../organs/jiaoyu/zfxxgk/{}/", "/organs/jiaoyu/zfxxgk/{}/#main"]
)
def test_both_layouts_are_right_however_their_links_are_written(keys, form):
    assert told(listed(*keys, form=form)) == []
    assert told(listed(*keys, form=form, tag="nav")) == []


def test_a_list_elsewhere_may_lead_to_a_few_sections_in_another_order():
    assert told(listed("ysqgk", "zn"), listed(*NEW), listed("nb", "zc")) == []


@pytest.mark.parametrize("keys", [NEW[::-1], ("zn", "zc", *NEW[2:]), ("zd", "zn", "fdzdgknr", "nb")])
def test_another_order_is_told(keys):
    assert told(listed(*keys)) == ["专栏的栏目顺序不对"]


def test_a_section_that_is_lacking_is_named():
    assert told(listed("zc", "zn", "fdzdgknr", "nb")) == ["专栏的栏目列表里没有政府信息公开制度"]
    assert told("<p>没有列表</p>") == [
        "专栏的栏目列表里没有政府信息公开指南、政府信息公开制度、法定主动公开内容、政府信息公开年报"
    ]


def test_the_sections_of_another_organ_do_not_count():
    assert told(listed(*NEW, form="/zfxxgk/{}/")) != []
    assert told(listed(*NEW), path="zfxxgk/index.html") == []


@pytest.mark.parametrize("path", ["zfxxgk/zn/index.html", "index.html", "rules/zfxxgk-1/index.html"])
def test_only_the_home_of_a_column_is_asked(path):
    assert told("<p></p>", path=path) == []
