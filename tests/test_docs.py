"""The manual says what the program does, all of it, and leads nowhere that is not there."""

from __future__ import annotations

import re
from shutil import copy, copytree
from urllib.parse import unquote

import click
import pytest

import gongkai
from gongkai.base.fields import Choice, Fields
from gongkai.base.settings import Settings
from gongkai.cli import main
from gongkai.edit import codes, manual
from gongkai.exports.policy import POLICY, SEARCH_POLICY
from gongkai.model.kinds import KINDS
from tests.conftest import CHECKOUT, DAY, SmallSite
from tests.office import docx
from tests.test_selection import git

REFERENCE = CHECKOUT / "docs/reference"
BLOCKS = re.MULTILINE | re.DOTALL
READMES = ["README.md", "README.zh.md"]
TEXTS = [*sorted(CHECKOUT.glob("*.md")), *sorted((CHECKOUT / "docs").rglob("*.md"))]


def text(name: str) -> str:
    return (CHECKOUT / name).read_text("utf-8")


def commands(name: str) -> list[str]:
    """The one-line commands of a README, in order."""
    return re.findall(r"^```sh\n([^\n]+)\n```$", text(name), re.MULTILINE)


def below(fields: type[Fields]) -> set[type]:
    """A set of fields and everything nested in it."""
    found: set[type] = {fields}
    for _, inner in manual._below(fields):
        found.add(inner)
    return found


PAGES = manual.pages(CHECKOUT / "tests/broken")


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_what_the_declarations_give_now(name):
    assert (REFERENCE / name).read_text("utf-8") == PAGES[name], "run python -m gongkai.edit.manual docs/reference"


def test_there_is_no_reference_page_that_nothing_makes():
    assert {path.relative_to(REFERENCE).as_posix() for path in REFERENCE.rglob("*.md")} == set(PAGES)


@pytest.mark.parametrize("command", [main, *main.commands.values()], ids=lambda command: command.name)
def test_a_command_its_options_and_its_arguments_are_described(command):
    assert command.help
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, param.name
        else:
            assert param.name.upper() in command.help, f"the help of {command.name} does not say what {param.name} is"


DECLARED = dict.fromkeys([Settings, *(fields for kind in KINDS for fields in manual._declared(kind))])


@pytest.mark.parametrize("fields", DECLARED, ids=lambda fields: fields.__name__)
def test_every_key_of_a_file_and_every_word_it_may_hold_is_described_in_chinese(fields):
    for type_ in below(fields):
        if issubclass(type_, Choice):
            assert all(choice.label for choice in type_), type_
            continue
        for name, field in type_.model_fields.items():
            assert re.search(r"[一-鿿]", field.description or ""), f"{type_.__name__}.{name} has no docstring"


def test_every_code_is_described_and_none_is_declared_twice():
    for code in codes.every():
        assert re.fullmatch(r"GK-[A-Z]+-\d{3}", code.id)
        assert code.title, code.id
        assert code.remedy, code.id


@pytest.mark.parametrize("name", READMES)
def test_the_first_two_commands_of_a_readme_serve_the_sample_and_run_the_tests(name):
    serve, test = commands(name)[:2]
    assert serve == "python3 -m pip install -e . && python3 build.py serve"
    assert test in text(".ci/run").splitlines(), "CI runs another command than the README gives"
    assert text(name).index("docs/images/home.png") < text(name).index(serve) < text(name).index(test)


def test_both_readmes_show_the_same_commands_and_the_same_error():
    english, chinese = (re.findall(r"^```\w+\n.*?^```$", text(name), re.MULTILINE | re.DOTALL) for name in READMES)
    assert english == chinese


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_every_relative_link_of_a_text_leads_to_a_file_and_its_anchor(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(path.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = path.parent / unquote(name) if name else path
        assert file.exists(), target
        assert not anchor or f'id="{anchor}"' in file.read_text("utf-8"), target


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```$|`[^`\n]+`", "", text, flags=re.MULTILINE | re.DOTALL)


def test_the_changes_mention_this_version():
    assert f"## {gongkai.__version__} " in text("CHANGELOG.md")


def test_the_publishing_page_gives_the_policy_that_serve_sends():
    page = text("docs/publishing.md")
    given = re.findall(r"default-src[^\"\n]*", page)
    assert given.count(POLICY) == given.count(SEARCH_POLICY) == 3, "by itself, for Apache and for Caddy"
    by_variable = [policy for policy in given if policy not in (POLICY, SEARCH_POLICY)]
    assert by_variable == [POLICY.replace("script-src 'self'", "script-src $gongkai_script")], "nginx"
    assert "\"'self' 'wasm-unsafe-eval'\"" in page


def test_the_error_that_the_manual_shows_is_the_one_that_the_program_gives(site, tmp_path):
    folder = tmp_path / "content/jiaoyu"
    sample = (CHECKOUT / "content/jiaoyu/rules/jiaoyu-2026-1.md").read_text("utf-8")
    wrong = sample.replace("disclosure: proactive", "disclosure: 主动公开").replace(
        "effective: 2026", "effective: 2025", 1
    )
    for name, body in (("organ.yaml", text("content/jiaoyu/organ.yaml")), ("rules/jiaoyu-2026-1.md", wrong)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(body, "utf-8")
    said = site.run("check", "--date", DAY).out
    assert (
        re.search(r"^```text\n(content/jiaoyu.*?)\n```", text("docs/writing.md"), re.MULTILINE | re.DOTALL)[1] in said
    )


def test_the_pull_request_of_the_readmes_is_stopped_and_mended_as_they_say(tmp_path):
    """The changes that a README shows, made to the sample city; each command is what it prints."""
    for name in ("content", "catalog.yaml"):
        (copytree if (CHECKOUT / name).is_dir() else copy)(CHECKOUT / name, tmp_path / name)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "x")
    git(tmp_path, "update-ref", "refs/remotes/origin/main", "HEAD")
    ended = []
    for sort, block in re.findall(r"^```(diff|text)\n(.*?)^```", section("README.md", "A pull request"), BLOCKS):
        if sort == "diff":
            (tmp_path / "change.diff").write_text(block, "utf-8")
            git(tmp_path, "apply", "change.diff")
            continue
        line, _, said = block.partition("\n")
        result = SmallSite(tmp_path).run(*line.removeprefix("$ gongkai ").split(), "--date", DAY)
        assert result.out == said
        ended.append(result.code)
    assert ended == [1, 1, 0]


def section(name: str, heading: str) -> str:
    """The text below a heading, down to the next."""
    return text(name).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_the_sample_document_of_the_texts_is_sound(site):
    texts = [*READMES, "docs/writing.md"]
    samples = {re.search(r"^```markdown\n(.*?)^```", text(name), re.MULTILINE | re.DOTALL)[1] for name in texts}
    assert len(samples) == 2, "the READMEs show the same document"
    site.write(f"-- content/jiaoyu/organ.yaml --\n{organ()}").attach("content/jiaoyu/rules/files/申请表.docx", docx(""))
    for sample in samples:
        site.write(f"-- content/jiaoyu/rules/jiaoyu-2026-2.md --\n{sample}").build("--clean")
    assert "第一条" in site.page("rules/jiaoyu-2026-2")


def test_the_sample_list_and_column_of_the_manual_are_sound(site):
    rule = re.search(r"^```markdown\n(.*?)^```", text("docs/writing.md"), re.MULTILINE | re.DOTALL)[1]
    rows, column = re.findall(r"^```yaml\n(disclosure: .*?)^```", text("docs/writing.md"), re.MULTILINE | re.DOTALL)
    files = {
        "organ.yaml": organ(),
        "rules/jiaoyu-2026-2.md": rule,
        "standards/compulsory_education.yaml": rows,
        "column.yaml": column,
    }
    site.attach("content/jiaoyu/rules/files/申请表.docx", docx(""))
    for name, body in files.items():
        site.write(f"-- content/jiaoyu/{name} --\n{body}")
    assert site.run("check", "--date", DAY, "--strict").out == "没有发现问题\n"


def test_the_manual_names_every_kind_of_content_and_where_it_stands():
    page = text("docs/writing.md")
    for kind in KINDS:
        assert f"`{kind.name}`" in page, kind.name
        assert (kind.folders[0] + "/" if kind.folders[0] else kind.file) in page, kind.name


def test_no_two_sections_of_the_reference_have_one_anchor():
    for name, page in PAGES.items():
        anchors = re.findall(r'id="([^"]+)"', page)
        assert len(anchors) == len(set(anchors)), name


def organ() -> str:
    """The sample organ of the manual for editors."""
    return re.search(r"^```yaml\n(name: .*?)^```", text("docs/writing.md"), re.MULTILINE | re.DOTALL)[1]


def test_pictures_of_the_texts_are_small_enough_to_load():
    for picture in (CHECKOUT / "docs/images").iterdir():
        assert picture.stat().st_size < 300_000, picture.name
