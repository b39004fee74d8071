"""A template sees its view and nothing else, so the hash of the view decides whether a page is made again."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from gongkai import pipeline
from gongkai.base.project import Project
from gongkai.model.catalog import load
from gongkai.publish.ledger import mark
from gongkai.read.walk import read
from gongkai.render.output import Copied, canonical
from gongkai.render.theme import find

DAY = date(2026, 11, 20)
PLAIN = (str, int, float, bool, type(None))


def planned(site):
    project = Project.at(site.root)
    theme, outputs, problems = pipeline.plan(load(read(project), DAY), project)
    assert problems == []
    return theme, {output.path: output for output in outputs}


def strange(value, path="view"):
    """Everything in a view that is not a frozen plain value."""
    if isinstance(value, PLAIN):
        return
    if isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from strange(item, f"{path}[{n}]")
    elif dataclasses.is_dataclass(value) and value.__dataclass_params__.frozen:
        for field in dataclasses.fields(value):
            yield from strange(getattr(value, field.name), f"{path}.{field.name}")
    else:
        yield f"{path}: {type(value).__name__}"


def test_every_view_is_frozen_and_holds_only_plain_values(site):
    site.rule("a", repeals="[《别处的文件》]").rule("b", replaces="[a]")
    _, outputs = planned(site)
    for output in outputs.values():
        if not isinstance(output.view, Copied):
            assert list(strange(output.view)) == [], output.path


@pytest.mark.parametrize(
    "name", ["catalog", "site", "settings", "project", "theme", "outputs", "range", "lipsum", "self.x"]
)
def test_a_template_that_reaches_beyond_its_view_stops_the_build(site, name):
    site.write(
        "-- themes/own/templates/404.html --\n"
        f"{{% extends 'base.html' %}}{{% block main %}}{{{{ {name}() }}}}{{% endblock %}}\n"
    )
    site.write("-- catalog.yaml --\n" + (site.root / "catalog.yaml").read_text("utf-8") + "theme: own\n")
    said = site.refused()
    assert "themes/own/templates/404.html:1" in said
    assert "GK-THEME-002" in said
    assert "/404.html" in said


def test_the_context_of_a_template_is_the_page_its_view_and_the_words(site):
    project = Project.at(site.root)
    theme, _ = find(project, "default")
    assert theme.templates.globals == {}
    _, outputs = planned(site)
    seen = []
    template = theme.templates.get_template("home.html")
    context = template.new_context({"page": 1, "view": 2, "words": 3})
    seen += sorted(context.get_all())
    assert seen == ["page", "view", "words"]
    assert outputs["index.html"].template == "home.html"


def test_views_that_differ_have_fingerprints_that_differ_and_equal_views_equal_ones(site):
    site.rule("a").rule("b")
    theme, before = planned(site)
    _, again = planned(site)
    assert {p: mark(o, theme) for p, o in before.items()} == {p: mark(o, theme) for p, o in again.items()}
    path = site.root / "content/shifu/rules/a.md"
    path.write_text(path.read_text("utf-8") + "\n第二条　新的。\n", "utf-8")
    _, after = planned(site)
    changed = {p for p in after if mark(after[p], theme) != mark(before[p], theme)}
    assert "rules/a/index.html" in changed
    assert {path.rpartition("/")[0] for path in changed} == {"rules/a"}, "its page and its copies"


@dataclasses.dataclass(frozen=True)
class Two:
    first: object
    second: object


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Two("ab", "c"), Two("a", "bc")),
        (Two(("a",), ()), Two((), ("a",))),
        (Two("1", ""), Two(1, "")),
        (Two(None, ""), Two("", None)),
        (Two(True, 0), Two(1, 0)),
    ],
)
def test_no_two_different_views_look_alike_to_the_fingerprint(one, other):
    assert canonical(one) != canonical(other)


def test_a_view_refuses_what_it_may_not_hold():
    with pytest.raises(TypeError, match="a view may not hold set"):
        canonical(Two({1}, ""))


def test_a_template_that_includes_by_a_variable_is_refused_because_its_hash_would_lie(site):
    site.write("-- themes/own/templates/404.html --\n{% include page.title %}\n")
    site.write("-- catalog.yaml --\n" + (site.root / "catalog.yaml").read_text("utf-8") + "theme: own\n")
    assert "GK-THEME-002" in site.refused()


def test_a_child_theme_changes_one_word_one_template_and_one_style_and_keeps_the_rest(site):
    site.write("-- catalog.yaml --\n" + (site.root / "catalog.yaml").read_text("utf-8") + "theme: own\n")
    site.write("-- themes/own/words.yaml --\nrules: 政策文件库\ntype.normative: 规范性文件\n")
    site.write("-- themes/own/templates/state.html --\n<em>{{ badge.said }}</em>\n")
    site.rule("a").build()
    page = site.page("rules/a")
    assert "政策文件库" in page
    assert ">规范性文件<" in page
    assert "<em>现行有效</em>" in site.page("rules")
    assert "主办单位" in page


def test_an_unknown_theme_is_named_and_nothing_is_written(site):
    site.write("-- catalog.yaml --\n" + (site.root / "catalog.yaml").read_text("utf-8") + "theme: nobody\n")
    assert "GK-THEME-001" in site.refused()
