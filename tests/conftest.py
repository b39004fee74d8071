"""Whole small sites as fixtures, run through the real command, and a real browser."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.production import Production
from tests.warm import Warm

DAY = "2026-11-20"
"""The day that every test lives in, or it would turn red by itself."""

HERE = Path(__file__).parent
CHECKOUT = HERE.parent

SETTINGS = """\
-- catalog.yaml --
name: 测试市人民政府
domain: www.test.example
id_code: "0000000000"
root: shifu
base_url: https://www.test.example/
footer:
  sponsor: 测试市人民政府办公室
  contact: 0000-00000000
  icp: 测ICP备00000000号
  police: {text: 测公网安备00000000000000号}
  conac: {text: 党政机关网站标识}
  report_error: {text: 我为政府网站找错}
check:
  inspected: false
-- content/shifu/organ.yaml --
name: 测试市人民政府
aliases: [市政府]
kind: government
level: city
disclosure: proactive
published: 2024-01-01
head: 张测试
duties: [落实上级机关的部署]
contacts: {address: 测试路1号, phone: 0000-00000001}
office_hours: [{days: 周一至周五, time: 8:30—12:00}]
"""
"""The least that a site needs: settings and the root organ. A test adds files, or replaces these.

It is not inspected as a whole (`inspected`), or every test would be told which columns of so small a site are empty.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with long tests first: one that begins last leaves the other core idle for a minute."""
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)


@cache
def warm() -> Warm:
    """The process that runs the commands of the tests."""
    process = Warm(CHECKOUT)
    atexit.register(process.close)
    return process


@dataclass(frozen=True)
class Result:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class SmallSite:
    """A project in a temporary folder, driven only through the command line."""

    root: Path

    def write(self, text: str) -> SmallSite:
        """Lays out files from text in which `-- path --` begins each file."""
        for path, body in parse(text):
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(body, "utf-8", newline="")
        return self

    def attach(self, path: str, data: bytes) -> SmallSite:
        """Lays down a file that is no text."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return self

    def set(self, text: str) -> SmallSite:
        """Adds settings; of a key that is there already, such as `check`, adds to what stands below it."""
        file = self.root / "catalog.yaml"
        key, _, below = text.partition("\n")
        settings = file.read_text("utf-8")
        whole = f"\n{key}\n"
        merged = settings.replace(whole, f"{whole}{below}") if below and whole in settings else f"{settings}{text}"
        file.write_text(merged, "utf-8")
        return self

    def rule(self, id: str, body: str = "第一条　正文。\n", organ: str = "shifu", **front: Any) -> SmallSite:
        """Adds a document of our own, complete unless `front` says otherwise (None leaves a key out)."""
        keys: dict[str, Any] = {
            "title": f"文件{id}",
            "type": "normative",
            "issuers": f"[{organ}]",
            "disclosure": "proactive",
            "signed": "2024-01-01",
            "published": "2024-01-02",
            "effective": "2024-02-01",
        }
        keys |= front
        lines = "".join(f"{key}: {value}\n" for key, value in keys.items() if value is not None)
        return self.write(f"-- content/{organ}/rules/{id}.md --\n---\n{lines}---\n\n{body}")

    def run(self, *args: str, env: dict[str, str] | None = None) -> Result:
        """Runs the real command in a process of its own, as an author does; anew from the start when `env` is given."""
        if env is None:
            return Result(*warm().run(("-C", str(self.root), *args)))
        command = [sys.executable, "-X", "utf8", "-W", "error", "-m", "gongkai", "-C", str(self.root), *args]
        variables = {**os.environ, "PYTHONPATH": str(CHECKOUT), **env}
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=variables, check=False)
        return Result(done.returncode, done.stdout, done.stderr)

    def build(self, *args: str, env: dict[str, str] | None = None) -> Result:
        """Builds on the tests' day and insists that it works."""
        result = self.run("build", "--date", DAY, *args, env=env)
        assert result.code == 0, result.err
        return result

    def refused(self, *args: str) -> str:
        """Builds something that must be refused; returns what it said. Nothing may have been written."""
        before = self.bytes()
        result = self.run("build", "--date", DAY, *args)
        assert result.code == 1, result.err
        assert "Traceback" not in result.err
        assert self.bytes() == before, "a refused build wrote something"
        return result.err

    def page(self, path: str) -> str:
        """The text of a built page, such as `rules/a-1/`."""
        return (self.root / "site" / path / "index.html").read_text("utf-8")

    def bytes(self, folder: str = "site") -> dict[str, bytes]:
        """Every built file by path."""
        base = self.root / folder
        return {p.relative_to(base).as_posix(): p.read_bytes() for p in sorted(base.rglob("*")) if p.is_file()}


def parse(text: str) -> list[tuple[str, str]]:
    """The files of a text in which `-- path --` begins each."""
    files: list[tuple[str, list[str]]] = []
    for line in text.splitlines(keepends=True):
        if line.startswith("-- ") and line.rstrip().endswith(" --"):
            files.append((line.strip()[3:-3], []))
        elif files:
            files[-1][1].append(line)
    return [(path, "".join(lines)) for path, lines in files]


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """An empty site with settings and its root organ."""
    return SmallSite(tmp_path).write(SETTINGS)


def lack(reason: str) -> NoReturn:
    """Skips for want of something; fails instead with GONGKAI_REQUIRE, so that CI never passes without it."""
    (pytest.fail if os.environ.get("GONGKAI_REQUIRE") else pytest.skip)(reason)


@pytest.fixture(scope="session")
def laws() -> Path:
    """The folder of real laws; skips with the reason where there is none."""
    folder = os.environ.get("GONGKAI_LAWS", "")
    if not folder or not Path(folder, "laws-1k.jsonl.gz").is_file():
        lack("GONGKAI_LAWS does not point to the real laws")
    return Path(folder)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the sample city that this checkout carries, without Word and PDF, which take 3 s."""
    target = tmp_path_factory.mktemp("sample") / "site"
    done = SmallSite(CHECKOUT).run("build", "--date", DAY, "--no-downloads", "--site", str(target))
    assert done.code == 0, done.err
    return target


@contextmanager
def served(folder: Path, handler: type[SimpleHTTPRequestHandler] = Production) -> Iterator[str]:
    """The address of a server of that folder, without "/" at its end, with the headers of production."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium; skips with the reason where there is none."""
    found = next((p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(p).exists()), None)
    found = os.environ.get("GONGKAI_CHROMIUM", found)
    if found is None:
        lack("no Chromium: install Debian's chromium, or point GONGKAI_CHROMIUM to one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A tab of a reader of its own."""
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()
