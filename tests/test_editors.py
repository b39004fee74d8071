"""What an editor's editor is told — schemas, settings, first lines — and the page that one learns from."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from gongkai.edit import editors, schema
from gongkai.edit.new import fill
from gongkai.model.kinds import KINDS, place, text_of
from tests.conftest import CHECKOUT, DAY, SmallSite
from tests.test_serve import free_port, get, until

SCHEMAS = schema.schemas()
CONTENT = sorted(
    path
    for path in (CHECKOUT / "content").rglob("*")
    # The earlier texts of a document have no keys of their own.
    if path.suffix in (".md", ".yaml") and not text_of(path.relative_to(CHECKOUT).as_posix())
)


class Core(yaml.SafeLoader):
    """YAML 1.2 core, as VS Code's extension reads it: a day is a text, `no` is a text, `0505` is a number."""

    yaml_implicit_resolvers: dict = {}


for tag, pattern, first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node)))


def faults(name: str, text: str) -> list[str]:
    """What a schema has against a YAML text."""
    found = Draft7Validator(SCHEMAS[name]).iter_errors(yaml.load(text, Core))
    return [f"{list(error.absolute_path)} {error.message}" for error in found]


def front(path: Path) -> str:
    """The YAML of a content file: all of it, or its front matter."""
    text = path.read_text("utf-8")
    return text.split("\n---\n", 1)[0].removeprefix("---\n") if path.suffix == ".md" else text


def sample(kind: str) -> str:
    """The YAML of the first file of a kind in the sample city."""
    return next(front(path) for path in CONTENT if kind_of(path) == kind)


def kind_of(path: Path) -> str:
    found = place(path.relative_to(CHECKOUT).as_posix())
    assert found, path
    return found[0].name


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_draft_07_and_speaks_chinese(name):
    found = SCHEMAS[name]
    Draft7Validator.check_schema(found)
    assert found["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert found["additionalProperties"] is False
    assert "$defs" not in json.dumps(found)
    for part in (found, *found["definitions"].values()):
        for key in part.get("properties", {}).values():
            assert re.search("[一-鿿]", key["title"]), key
            assert re.search("[一-鿿]", key["description"]), key
            assert "$ref" not in key, "draft-07 passes over what stands beside a $ref"
        if "enum" in part:
            assert len(part["enum"]) == len(part["enumDescriptions"]) == len(part["markdownEnumDescriptions"])
    assert not re.search(r'"description": "[^"一-鿿]*"', json.dumps(found, ensure_ascii=False))


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.relative_to(CHECKOUT / "content").as_posix())
def test_the_schemas_accept_every_file_of_the_sample_city(path):
    assert faults(kind_of(path), front(path)) == []


def test_the_schemas_accept_the_settings_of_the_sample_city_and_every_starting_file(tmp_path):
    assert faults("catalog", (CHECKOUT / "catalog.yaml").read_text("utf-8")) == []
    for kind in KINDS:
        path = tmp_path / kind.file.replace("*", "x")
        path.write_text(fill(kind, "shifu", "x", date.fromisoformat(DAY)), "utf-8")
        assert faults(kind.name, front(path)) == [], kind.name


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("card", "title:", "titel:"),
        ("card", "side: ", "side: 利民 # "),
        ("card", "level: ", "level: town # "),
        ("card", "main_content:", "# main_content:"),
        ("card", "published: ", "published: 2024年3月5日 # "),
        ("rule", "signed: ", "signed: 2024-3-5 # "),
        ("rule", "type: ", "type: 规章 # "),
        ("organ", "contacts:", "contact:"),
        ("row", "rows:", "row:"),
        ("row", "- id: ", "- ID: "),
        ("row", "gov_site: required", "gov_site: must"),
        ("row", "published: ", "公布日期: "),
        ("column", "group: ", "group: other # "),
        ("field", "- key: village_affairs\n    name: 村务公开\n", "- key: village_affairs\n"),
        ("field", "- key: health", "- key: 卫生"),
        ("request", "channels:", "channels: 当面\nsteps2:"),
    ],
)
def test_a_schema_refuses_what_check_refuses(kind, old, new):
    text = sample(kind)
    assert faults(kind, text) == []
    assert old in text
    assert faults(kind, text.replace(old, new, 1))


def test_a_key_of_the_shipped_vocabulary_is_enough_and_any_other_needs_its_name():
    assert faults("field", "fields: [{key: medical}]") == []
    assert faults("field", "fields: [{key: budget, leads: [shifu]}]") == []
    assert faults("field", "fields: [{key: own}]") == ["['fields', 0] 'name' is a required property"]


def test_what_a_file_of_rows_says_once_its_rows_need_not_say():
    assert faults("row", "rows: [{id: a-1}]") == []
    assert faults("row", "rows: [{seq: 1}]") == ["['rows', 0] 'id' is a required property"]


@pytest.fixture(scope="module")
def started(tmp_path_factory) -> SmallSite:
    """What `init` writes, untouched."""
    folder = tmp_path_factory.mktemp("started") / "mine"
    assert SmallSite(folder.parent).run("init", str(folder), "--date", DAY).code == 0
    return SmallSite(folder)


def test_a_new_site_tells_the_editor_which_schema_is_for_which_file(started):
    settings = json.loads((started.root / ".vscode/settings.json").read_text("utf-8"))
    assert settings["files.encoding"] == "utf8"
    told = settings["yaml.schemas"]
    for path in (started.root / "catalog.yaml", *started.root.glob("content/*/*.yaml")):
        relative = path.relative_to(started.root)
        (name,) = [name for name, globs in told.items() if any(relative.match(glob) for glob in globs)]
        line = path.read_text("utf-8").partition("\n")[0]
        assert (path.parent / line.removeprefix("# yaml-language-server: $schema=")).resolve() == started.root / name
        assert json.loads((started.root / name).read_text("utf-8")) == SCHEMAS[Path(name).stem]


def test_every_yaml_file_of_the_sample_city_is_in_a_place_that_the_settings_know():
    globs = [glob for known in editors.settings()["yaml.schemas"].values() for glob in known]
    for path in CONTENT:
        if path.suffix == ".yaml":
            assert any(path.relative_to(CHECKOUT).match(glob) for glob in globs), path


def test_a_new_yaml_file_names_its_schema_only_where_the_schemas_are(started, site):
    for place_, has in ((started, True), (site, False)):
        organ = "benjiguan" if has else "shifu"
        made = place_.run("new", "row", "health", "--organ", organ, "--date", DAY)
        first = Path(made.out.strip()).read_text("utf-8").partition("\n")[0]
        assert (first == "# yaml-language-server: $schema=../../../schemas/row.json") is has


EMPTY = ("这一页还没有内容", "这一栏还没有内容", "还没有内容，也没有说明原因")
"""What the theme says of a part of the column that has nothing in it."""


def test_a_new_site_has_a_whole_column(started):
    started.build("--site", str(started.root.parent / "out"))
    pages = started.root.parent / "out/zfxxgk"
    theme = (CHECKOUT / "themes/default/words.yaml").read_text("utf-8")
    assert all(words in theme for words in EMPTY)
    for section in ("zc", "zn", "zd", "fdzdgknr", "ysqgk"):
        page = (pages / section / "index.html").read_text("utf-8")
        assert not [words for words in EMPTY if words in page], section
    statutory = (pages / "fdzdgknr/index.html").read_text("utf-8")
    assert statutory.count("请填写：没有这一组内容的原因") == 13


PAGE = (CHECKOUT / "docs/ten-minutes.md").read_text("utf-8")
CARD = re.search(r"打开 `(content/[^`]+)`.*?^```markdown\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
assert CARD


def test_the_ten_minute_page_leads_to_a_published_card(tmp_path):
    """Everything but installing and git is run as it stands; `serve` is given a free port."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    install, *steps, submit = blocks
    assert "pip install" in install
    assert all(line.startswith("git ") for line in submit.splitlines())
    assert steps.pop() == "gongkai serve\n"
    check = steps.pop()
    assert check.startswith("gongkai check")
    path, text = CARD.groups()
    run(tmp_path, "".join(steps))
    card = tmp_path / "my-site" / path
    assert "请填写" in card.read_text("utf-8")
    card.write_text(text, "utf-8")
    assert run(tmp_path / "my-site", check) == "没有发现问题\n"
    address = re.search(r"<http://127.0.0.1:8000(/cards/[^>]+)>", PAGE)[1]
    assert "高龄津贴" in served(tmp_path / "my-site", address)
    built = (tmp_path / "my-site/site" / address.strip("/") / "index.html").read_text("utf-8")
    for words in ("每人每月 120 元", "《中华人民共和国老年人权益保障法》", "镇便民服务中心民政窗口"):
        assert words in built
    for listed in ("cards", "cards/audience/elderly"):
        assert "高龄津贴" in (tmp_path / "my-site/site" / listed / "index.html").read_text("utf-8")


def test_the_error_on_the_ten_minute_page_is_the_one_that_the_program_gives(tmp_path):
    path, text = CARD.groups()
    SmallSite(tmp_path).run("init", str(tmp_path / "mine"), "--date", DAY)
    card = tmp_path / "mine" / path
    card.parent.mkdir()
    card.write_text(text.replace("side: people", "side: 利民"), "utf-8")
    said = SmallSite(tmp_path / "mine").run("check", "content/benjiguan/cards", "--date", DAY).out
    assert re.search(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[1] in said


def environment() -> dict[str, str]:
    """The tests' day, and this checkout's program."""
    return {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "1795132800"}


def run(folder: Path, script: str) -> str:
    """Runs lines of a shell in a folder, with `gongkai` being this checkout's; returns what they print."""
    program = f'set -e\ngongkai() {{ "{sys.executable}" -m gongkai "$@"; }}\n{script}'
    done = subprocess.run(
        ["bash", "-c", program], cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def served(folder: Path, address: str) -> str:
    """A page as `serve` shows it."""
    port = free_port()
    command = [sys.executable, "-m", "gongkai", "serve", "--port", str(port)]
    with (folder.parent / "log.txt").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment(), stdout=log, stderr=log)
        try:
            until(lambda: get(port, address)[0] == 200, 120)
            return get(port, address)[2]
        finally:
            process.terminate()
            process.wait(10)
