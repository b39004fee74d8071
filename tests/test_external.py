"""Links to other sites are asked only when somebody wants it, politely, and what was answered is kept."""

from __future__ import annotations

import json
import threading
import time
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gongkai.base.project import Project
from gongkai.check.asker import AGENT, Asker
from gongkai.check.examine import examine
from gongkai.pipeline import Options
from tests.conftest import DAY
from tests.test_problems import expected, shows

ROBOTS = "User-agent: *\nDisallow: /private/\n"


class Town:
    """A site of others on this machine: what it was asked, and when."""

    def __init__(self, robots=ROBOTS, status=200):
        self.asked, self.times, self.agents = [], [], set()
        self.under_way = self.at_once = self.failures = 0
        lock = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(handler):  # noqa: N805
                with lock:
                    self.under_way += 1
                    self.at_once = max(self.at_once, self.under_way)
                    self.asked.append(f"{handler.command} {handler.path}")
                    self.times.append(time.monotonic())
                    self.agents.add(handler.headers["User-Agent"])
                try:
                    self.answer(handler, robots, status)
                except OSError:
                    handler.close_connection = True
                finally:
                    with lock:
                        self.under_way -= 1

            do_HEAD = do_GET  # noqa: N815

            def log_message(handler, *_):  # noqa: N805
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, handler, robots, status):
        path, headers, body = handler.path, {}, b"ok"
        code = 200
        if path == "/robots.txt":
            code, body = status, robots.encode()
        elif path == "/gone":
            code = 404
        elif path == "/moved":
            code, headers = 301, {"Location": "/ok"}
        elif path == "/round":
            code, headers = 302, {"Location": "/round"}
        elif path == "/moved-to-private":
            code, headers = 302, {"Location": "/private/a"}
        elif path == "/no-head" and handler.command == "HEAD":
            code = 405
        elif path == "/keeps-out":
            code = 403
        elif path == "/slow":
            time.sleep(0.6)
        elif path == "/broken":
            code = 500
        elif path == "/flaky" and self.failures < 2:
            self.failures += 1
            code = 500
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.command == "GET":
            handler.wfile.write(body)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def town():
    made = Town()
    yield made
    made.close()


def quick(**changes):
    return Asker(**{"pause": 0.0, "timeout": 0.3, **changes})


@pytest.mark.parametrize(
    ("path", "status", "why", "moved", "asked"),
    [
        ("/ok", 200, "", "", ["HEAD /ok"]),
        ("/gone", 404, "没有这个页面（404）", "", ["HEAD /gone", "GET /gone"]),
        ("/moved", 200, "", "/ok", ["HEAD /moved", "HEAD /ok"]),
        ("/round", 302, "转来转去没有尽头", "", ["HEAD /round"] * 6 + ["GET /round"] * 6),
        ("/no-head", 200, "", "", ["HEAD /no-head", "GET /no-head"]),
        ("/keeps-out", 403, "", "", ["HEAD /keeps-out"]),
        ("/slow", 0, "等了很久没有回答", "", ["HEAD /slow", "GET /slow"]),
        ("/broken", 500, "对方的服务器出错（500）", "", ["HEAD /broken", "GET /broken", "GET /broken"]),
        ("/flaky", 200, "", "", ["HEAD /flaky", "GET /flaky", "GET /flaky"]),
        ("/private/a", 0, "", "", []),
        ("/moved-to-private", 0, "", "/private/a", ["HEAD /moved-to-private"]),
        ("/%E6%96%87?a=b#c", 200, "", "", ["HEAD /%E6%96%87?a=b"]),
        ("/文 件", 200, "", "", ["HEAD /%E6%96%87%20%E4%BB%B6"]),
    ],
)
def test_an_address_is_asked_once_and_only_as_much_as_is_needed(town, path, status, why, moved, asked):
    answer = quick().ask(town.url + path)
    assert (answer.status, answer.why) == (status, why)
    assert answer.moved == (town.url + moved if moved else "")
    assert town.asked == ["GET /robots.txt", *asked]
    assert town.agents == {AGENT}
    assert AGENT.startswith("gongkai/")


def test_a_site_is_asked_one_thing_at_a_time_with_a_pause_and_others_meanwhile(town):
    other = Town()
    start = time.monotonic()
    found = list(quick(pause=0.15, at_once=2).answers([f"{site.url}/{n}" for n in range(4) for site in (town, other)]))
    took = time.monotonic() - start
    other.close()
    assert len(found) == 8
    for site in (town, other):
        assert site.at_once == 1
        assert len(site.asked) == 5
        assert min(b - a for a, b in zip(site.times, site.times[1:], strict=False)) >= 0.14
    assert took < 8 * 0.15 + 0.4, "the two sites were asked one after the other"


def test_a_site_may_ask_for_a_longer_pause():
    town = Town("User-agent: gongkai\nCrawl-delay: 1\n")
    list(quick().answers([f"{town.url}/1"]))
    town.close()
    assert town.times[1] - town.times[0] >= 0.95


@pytest.mark.parametrize(("status", "asked"), [(404, True), (403, False), (503, False)])
def test_a_site_whose_robots_txt_is_not_to_be_had(status, asked):
    town = Town(status=status)
    answer = quick().ask(f"{town.url}/ok")
    town.close()
    assert answer.why == ""
    assert ("HEAD /ok" in town.asked) == asked


def test_a_site_that_is_not_there_is_said_to_be_so_once_for_all_its_addresses():
    town = Town()
    town.close()
    found = list(quick().answers([f"{town.url}/{n}" for n in range(3)]))
    assert [answer.why for answer in found] == ["连不上"] * 3


def linked(site, url):
    """A site that leads to another in a text, in a draft, and in a field."""
    site.rule("a-1", f"第一条　见[甲]({url}/gone)、[甲的第二节]({url}/gone#b)、[乙]({url}/ok)。\n")
    site.rule("a-2", f"第一条　见[丙]({url}/secret)。\n", draft="true", signed=None, effective=None)
    file = site.root / "catalog.yaml"
    file.write_text(file.read_text("utf-8").replace("{text: 党政", f"{{url: {url}/moved, text: 党政"), "utf-8")


def asked(site, day=DAY, asker=None):
    options = Options(day=date.fromisoformat(day))
    found = examine(Project.at(site.root), options, asker=asker or quick())
    return [(one.path, one.line, one.column, one.message) for one in found.problems if one.code == "GK-LINK-007"]


def test_a_dead_link_is_a_warning_at_each_of_its_places_and_nothing_hidden_is_asked(site, town):
    linked(site, town.url)
    found = asked(site)
    second = 20 + len(f"{town.url}/gone")
    assert [row[:3] for row in found] == [("content/shifu/rules/a-1.md", 11, column) for column in (10, second)]
    assert "没有这个页面（404），2026-11-20 问的" in found[0][3]
    assert sorted(town.asked) == ["GET /gone", "GET /robots.txt", "HEAD /gone", "HEAD /moved", "HEAD /ok", "HEAD /ok"]


def test_what_was_answered_is_kept_with_its_day_and_asked_again_after_the_days_that_the_site_sets(site, town):
    linked(site, town.url)
    first = asked(site)
    town.asked.clear()
    assert asked(site, "2026-11-26") == first
    assert town.asked == []
    rows = json.loads((Project.at(site.root).state / "external.json").read_text("utf-8"))
    assert [row for row in rows if row[0].endswith("/moved")] == [[f"{town.url}/moved", DAY, 200, "", f"{town.url}/ok"]]
    asked(site, "2026-11-27")
    assert "GET /gone" in town.asked
    site.set("check:\n  links: {external_days: 30}\n")
    town.asked.clear()
    asked(site, "2026-12-20")
    assert town.asked == []


def test_an_address_that_only_a_template_has_is_told_at_its_line(site, town):
    site.set("theme: own\n").write(
        f'-- themes/own/templates/foot_note.html --\n<p>\n<a href="{town.url}/gone">年报</a></p>\n'
    )
    assert [row[:3] for row in asked(site)] == [("themes/own/templates/foot_note.html", 2, 1)]


def test_a_run_that_is_stopped_keeps_the_answers_that_came(site, town):
    linked(site, town.url)

    class Tired(Asker):
        def answers(self, addresses):
            yield from list(super().answers(addresses))[:2]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asked(site, asker=Tired(pause=0.0, timeout=0.3))
    assert len(json.loads((Project.at(site.root).state / "external.json").read_text("utf-8"))) == 2


@shows("GK-LINK-007")
def test_without_the_option_nobody_is_asked_and_with_it_the_command_says_how_many(site, town):
    site.rule("a-1", f"第一条　见[甲]({town.url}/gone)。\n")
    site.build()
    assert site.run("check", "--date", DAY).out == "没有发现问题\n"
    assert town.asked == []
    said = site.run("check", "--date", DAY, "--external")
    assert said.code == 0
    assert said.err == "外部链接 1 个，这次问了 1 个\n"
    # As long as the address of this machine, so that the caret fits.
    assert said.out.replace(town.url, "http://www.cun.example") == expected("GK-LINK-007")
    assert site.run("check", "--date", DAY, "--external", "--strict").code == 1
    assert town.asked == ["GET /robots.txt", "HEAD /gone", "GET /gone"]


def test_a_foot_may_lead_to_an_address_with_a_number_behind_a_question_mark(site):
    file = site.root / "catalog.yaml"
    url = "https://beian.example/info?recordcode=00000000000000#a"
    file.write_text(file.read_text("utf-8").replace("police: {", f"police: {{url: '{url}', "), "utf-8")
    site.build()
    assert f'href="{url}"' in site.page("organs")


def test_no_other_module_can_reach_a_network():
    import ast

    from tests.test_house import MODULES, PACKAGE

    wanted = {"urllib.request", "http.client", "socket", "requests", "httpx", "aiohttp", "urllib3"}
    users = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if wanted & set(names):
                users.add(path.relative_to(PACKAGE).as_posix())
    assert users <= {"check/asker.py", "serve/server.py"}
