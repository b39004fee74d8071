"""The wheel works where there is no checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

import gongkai
from tests.conftest import CHECKOUT, DAY

pytestmark = pytest.mark.long

PARTS = [
    "gongkai",
    "themes",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "build.py",
    "CHANGELOG.md",
]
"""What a checkout needs to become a wheel."""


def run(*command: str | Path, cwd: Path) -> str:
    """Runs a program as if there were no checkout; returns what it printed."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    clean |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=clean, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    copy, target = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheel")
    for name in PARTS:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    run(sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "-q", "-w", target, cwd=copy)
    (found,) = target.iterdir()
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The `gongkai` command of a fresh environment that holds the wheel and what it requires."""
    place = tmp_path_factory.mktemp("venv")
    venv.create(place, with_pip=True)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "-q", wheel, cwd=place)
    return programs / "gongkai"


def test_the_wheel_carries_the_program_the_default_theme_and_the_starter_and_nothing_else(wheel):
    assert wheel.name == f"gongkai-{gongkai.__version__}-py3-none-any.whl"
    inside = {name for name in ZipFile(wheel).namelist() if not name.partition("/")[0].endswith(".dist-info")}
    here = {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "gongkai").rglob("*") if path.is_file()}
    theme = [path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "themes/default").rglob("*")]
    theme = [f"gongkai/{path}" for path in theme if (CHECKOUT / path).is_file()]
    assert inside == {name for name in here if "__pycache__" not in name} | set(theme)
    assert "gongkai/themes/default/words.yaml" in inside
    assert "gongkai/edit/starter/catalog.yaml" in inside


def test_the_installed_command_starts_a_site_in_an_empty_folder_and_builds_it(installed, tmp_path):
    assert run(installed, "--version", cwd=tmp_path).strip().endswith(gongkai.__version__)
    run(installed, "init", "mine", "--date", DAY, cwd=tmp_path)
    run(installed, "build", "-C", "mine", "--date", DAY, cwd=tmp_path)
    site = tmp_path / "mine/site"
    assert "请填写机关全称" in (site / "organs/benjiguan/index.html").read_text("utf-8")
    assert (site / "index.html").is_file()
    assert list(site.glob("assets/style.*.css"))


def test_build_py_works_from_another_folder(tmp_path):
    assert "build" in run(sys.executable, CHECKOUT / "build.py", "--help", cwd=tmp_path)
    said = run(sys.executable, CHECKOUT / "build.py", "check", "--date", DAY, cwd=tmp_path)
    assert "没有发现问题" in said, "it speaks of the checkout, wherever it is called from"
