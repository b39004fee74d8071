"""The house keeps its order: imports run one way, rooms stay small, and each power has one place."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

PACKAGE = CHECKOUT / "gongkai"
LAYERS = (
    ("base",),
    ("read",),
    ("model",),
    ("render",),
    ("exports", "search"),
    ("publish",),
    ("pipeline",),
    ("check", "edit", "serve"),
    ("console",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
RANK = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "starter" not in path.parts)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path):
    """Every module of ours that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("gongkai."):
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("gongkai."))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_rooms_below_its_own(path):
    here = room(path)
    if here == "__init__":
        return
    for module in imports(path):
        there = module.split(".")[1]
        assert there == here or RANK[there] < RANK[here], f"{here} must not import {module}"


def test_no_two_modules_import_each_other():
    graph = {}
    for path in MODULES:
        name = "gongkai." + path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
        graph[name.removesuffix(".__init__")] = set(imports(path))
    done: set[str] = set()

    def walk(name, trail):
        assert name not in trail, " → ".join([*trail, name])
        if name not in done:
            for other in graph.get(name, ()):
                walk(other, [*trail, name])
            done.add(name)

    for name in graph:
        walk(name, [])


def test_modules_are_small():
    sizes = [len(path.read_text("utf-8").splitlines()) for path in MODULES if path.name != "__init__.py"]
    assert statistics.median(sizes) <= 110, statistics.median(sizes)
    assert max(sizes) <= 400


def test_no_module_is_a_drawer_for_odds_and_ends():
    for path in MODULES:
        assert not {"utils", "util", "helpers", "helper", "common", "manager", "core", "misc"} & set(
            path.with_suffix("").parts[-2:]
        )


def test_every_module_says_in_its_first_line_what_it_is_for():
    for path in MODULES:
        text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        assert len(text.split("\n")[0]) > 20, path
        assert text.split("\n")[0].endswith((".", "!")) or "→" in text, path


def calls(path: Path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


POWERS = {
    "print": set(),
    "click.echo": {"cli.py", "console.py"},
    "date.today": set(),
    "datetime.now": {"base/clock.py"},
    "datetime.today": set(),
    "time.time": set(),
    "time.time_ns": {"base/clock.py"},
    "os.environ.get": {"base/clock.py"},
    "os.getenv": set(),
    "subprocess.run": {"search/index.py", "check/changes.py"},
    "build_opener": {"check/asker.py"},
    "urlopen": set(),
}


@pytest.mark.parametrize("power", POWERS)
def test_a_power_has_one_place(power):
    users = {path.relative_to(PACKAGE).as_posix() for path in MODULES for name, _ in calls(path) if name == power}
    assert users <= POWERS[power]


def test_only_publish_writes_into_the_site_only_edit_into_content_and_only_five_into_caches_of_their_own():
    for path in MODULES:
        where = path.relative_to(PACKAGE).as_posix()
        caches = ("search/index.py", "search/bodies.py", "check/memory.py", "check/external.py", "read/shelf.py")
        for name, line in calls(path):
            if name.rpartition(".")[2] in ("write_text", "write_bytes", "mkdir", "unlink", "rmtree", "rmdir"):
                allowed = where.startswith(("publish/", "edit/")) or where in ("cli.py", "commands/check.py", *caches)
                assert allowed, f"{where}:{line} {name}"


def texts(path: Path):
    """Every text of a module with its line; of a formatted text, what it begins with."""
    inside = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            inside |= set(node.values[1:])
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in inside:
            yield node.value, node.lineno


def test_only_urls_makes_addresses():
    """An address begins with a slash; elsewhere such a text would be a second place that decides one."""
    for path in MODULES:
        where = path.relative_to(PACKAGE).as_posix()
        for text, line in texts(path):
            made = text.startswith(("/rules/", "/organs/", "/search/", "/assets/", "/sitemap"))
            assert not made or where == "render/urls.py", f"{where}:{line}"
    for template in sorted((CHECKOUT / "themes/default/templates").glob("*.html")):
        assert not re.search(r"""["']/""", template.read_text("utf-8")), template.name


def test_the_build_is_five_verbs_on_one_screen():
    text = (PACKAGE / "pipeline.py").read_text("utf-8")
    function = next(n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef) and n.name == "build")
    assert function.end_lineno - function.lineno < 20
    verbs = [
        name
        for name, _ in sorted(
            ((ast.unparse(c.func), c.lineno) for c in ast.walk(function) if isinstance(c, ast.Call)), key=lambda p: p[1]
        )
    ]
    order = [verb for verb in verbs if verb in ("read", "load", "plan", "render", "write")]
    assert order == ["read", "load", "plan", "render", "write"]


def test_an_editor_s_import_of_the_command_line_is_quick():
    """Heavy libraries are imported when a command needs them: --help must not wait for them."""
    heavy = ("pydantic", "jinja2", "markdown_it", "yaml", "watchdog", "rich", "pypinyin", "openpyxl")
    code = f"import sys, gongkai.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=CHECKOUT, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.long
@pytest.mark.parametrize(
    "command", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]], ids=" ".join
)
def test_linters_and_types_find_nothing(command):
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=CHECKOUT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
