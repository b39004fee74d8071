"""`serve` builds, shows, watches and rebuilds, with the headers of production."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from gongkai.exports.policy import POLICY
from tests.conftest import CHECKOUT, DAY


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port: int, path: str, method: str = "GET"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def until(what, seconds: float = 20.0):
    """Waits for something to become true and returns it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := what():
                return found
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError("it never came true")


@contextmanager
def serving(site, port: int, *options: str, ready: int = 200, env: dict[str, str] | None = None):
    command = [sys.executable, "-X", "utf8", "-m", "gongkai", "serve", "-C", str(site.root), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), **(env or {})}
    log = (site.root / "log.txt").open("w+", encoding="utf-8")
    process = subprocess.Popen([*command, "--date", DAY, *options], stdout=log, stderr=log, env=environment)
    try:
        until(lambda: get(port, "/")[0] == ready)
        yield lambda: (site.root / "log.txt").read_text("utf-8")
    finally:
        process.terminate()
        process.wait(10)
        log.close()


@pytest.fixture
def served(site):
    port = free_port()
    site.rule("a")
    with serving(site, port) as log:
        yield site, port, log


def test_pages_come_with_the_policy_that_the_manual_gives(served):
    _, port, _ = served
    status, headers, text = get(port, "/rules/a/")
    assert status == 200
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "第一条" in text
    manual = (CHECKOUT / "docs/publishing.md").read_text("utf-8")
    assert POLICY in manual


def test_what_is_not_there_gets_the_site_s_own_page_and_folders_are_not_listed(served):
    _, port, _ = served
    for path in ("/nothing/", "/assets/", "/../catalog.yaml", "/%2e%2e/catalog.yaml", "/.gongkai/"):
        status, _, text = get(port, path)
        assert status == 404, path
        assert "没有找到这个页面" in text
        assert "网站名称" not in text
    assert get(port, "/nothing/", "HEAD")[2] == ""


def test_a_saved_edit_a_new_folder_a_rename_and_a_deletion_are_seen(served):
    site, port, _ = served
    path = site.root / "content/shifu/rules/a.md"
    draft = path.with_suffix(".tmp")
    draft.write_text(path.read_text("utf-8").replace("正文", "编辑之后的正文"), "utf-8")
    draft.replace(path)  # as editors save: a new file renamed over the old
    until(lambda: "编辑之后的正文" in get(port, "/rules/a/")[2])
    site.write(
        "-- content/jiaoyu/organ.yaml --\nname: 教育局\nkind: department\nlevel: city\n"
        "disclosure: proactive\npublished: 2024-01-01\n"
    )
    site.rule("j-1", organ="jiaoyu", title="新机关的文件")
    until(lambda: "新机关的文件" in get(port, "/rules/j-1/")[2])
    (site.root / "content/jiaoyu/rules/j-1.md").rename(site.root / "content/jiaoyu/rules/j-2.md")
    until(lambda: get(port, "/rules/j-2/")[0] == 200 and get(port, "/rules/j-1/")[0] == 404)
    settings = site.root / "catalog.yaml"
    settings.write_text(settings.read_text("utf-8").replace("测ICP备00000000号", "测ICP备11111111号"), "utf-8")
    until(lambda: "11111111" in get(port, "/")[2])


def test_a_mistake_is_told_and_the_last_good_site_stays_until_it_is_mended(served):
    site, port, log = served
    path = site.root / "content/shifu/rules/a.md"
    good = path.read_text("utf-8")
    path.write_text(good.replace("type: normative", "type: 通知"), "utf-8")
    until(lambda: "GK-FIELD-005" in log())
    assert get(port, "/rules/a/")[0] == 200
    path.write_text(good.replace("正文", "改好的正文"), "utf-8")
    until(lambda: "改好的正文" in get(port, "/rules/a/")[2])
    assert "Traceback" not in log()


def test_many_saves_in_a_burst_make_few_rebuilds(served):
    site, port, log = served
    path = site.root / "content/shifu/rules/a.md"
    text = path.read_text("utf-8")
    before = log().count("秒 →")
    for n in range(20):
        path.write_text(text.replace("正文", f"第{n}稿"), "utf-8")
        time.sleep(0.01)
    until(lambda: "第19稿" in get(port, "/rules/a/")[2])
    time.sleep(0.5)
    assert log().count("秒 →") - before <= 4


def test_a_port_in_use_is_a_plain_message(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = site.run("serve", "--port", str(port))
    assert result.code == 2
    assert f"端口 {port} 不能用" in result.err
    assert "Traceback" not in result.err
