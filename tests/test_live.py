"""What an editor sees of `serve`: the page follows the edit, problems stand over the last good page and go again."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import time
from pathlib import Path

import pytest

from gongkai.base.project import Project
from gongkai.exports.policy import POLICY, SEARCH_POLICY
from gongkai.serve.drives import remote
from gongkai.serve.server import Place
from gongkai.serve.watch import Watch
from tests.conftest import CHECKOUT, SETTINGS, SmallSite
from tests.test_serve import free_port, get, serving, until

LONG = "".join(f"第{n}条　这一条的文字长到手机上要占几行，好让网页可以滚动。\n\n" for n in "一二三四五六七八九十")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A served site: its files, its port, its terminal."""
    site = SmallSite(tmp_path_factory.mktemp("live")).write(SETTINGS)
    site.rule("a", body=LONG).rule("b")
    port = free_port()
    with serving(site, port) as log:
        yield site, port, log


@pytest.fixture
def page(place, browser):
    context = browser.new_context(viewport={"width": 390, "height": 700})
    page = context.new_page()
    page.messages = []
    page.on("console", lambda message: page.messages.append(message.text))
    page.goto(f"http://127.0.0.1:{place[1]}/rules/a/")
    yield page
    context.close()


def edit(site: SmallSite, path: str, old: str, new: str) -> None:
    """As most editors save: a second file, renamed over the first."""
    file = site.root / path
    draft = file.with_name(f".{file.name}.swp")
    draft.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    draft.replace(file)


A = "content/shifu/rules/a.md"


@pytest.mark.browser
def test_an_edit_is_on_the_page_by_itself_and_the_page_stays_where_it_was_scrolled(place, page):
    site, *_ = place
    page.evaluate("window.scrollTo(0, 420)")
    page.evaluate("window.old = true")
    edit(site, A, "第三条　这一条", "第三条　改过的这一条")
    page.get_by_text("改过的这一条").first.wait_for(state="attached")
    until(lambda: abs(page.evaluate("window.scrollY") - 420) < 3)
    assert page.evaluate("window.old") is None, "the page was loaded anew"
    assert [text for text in page.messages if "Content Security Policy" in text] == []


@pytest.mark.browser
def test_a_mistake_stands_over_the_last_good_page_with_its_place_and_goes_when_it_is_mended(place, page):
    site, *_ = place
    before = page.locator("main").inner_text()
    edit(site, A, "type: normative", "type: 通知")
    alert = page.get_by_role("alert")
    alert.wait_for()
    said = alert.inner_text()
    assert "content/shifu/rules/a.md:3:7" in said
    assert "GK-FIELD-005" in said
    assert "normative" in said, "the hint lists what may be written"
    assert page.locator("main").inner_text() == before
    box = alert.bounding_box()
    assert box["width"] <= 390
    assert box["height"] <= 0.6 * 700 + 1
    page.reload()
    page.get_by_role("alert").wait_for()
    edit(site, A, "type: 通知", "type: normative")
    page.get_by_role("alert").wait_for(state="detached")


@pytest.mark.browser
def test_a_broken_template_names_its_line_and_the_record_that_was_being_made(place, page):
    site, *_ = place
    settings = site.root / "catalog.yaml"
    plain = settings.read_text("utf-8")
    template = (CHECKOUT / "themes/default/templates/rule.html").read_text("utf-8")
    site.write(f"-- themes/own/templates/rule.html --\n{template}")
    settings.write_text(f"{plain}theme: own\n", "utf-8")
    time.sleep(0.3)
    broken = template.replace("{% endblock %}", "\n{{ view.nothing }}{% endblock %}", 1)
    site.write(f"-- themes/own/templates/rule.html --\n{broken}")
    said = ""

    def told():
        nonlocal said
        said = page.get_by_role("alert").inner_text(timeout=500) if page.get_by_role("alert").count() else ""
        return "GK-THEME-002" in said

    until(told)
    assert re.search(r"themes/own/templates/rule\.html:\d+:1", said)
    assert "/rules/a/" in said
    assert "content/shifu/rules/a.md" in said
    settings.write_text(plain, "utf-8")
    page.get_by_role("alert").wait_for(state="detached")
    shutil.rmtree(site.root / "themes")


@pytest.mark.browser
def test_a_deleted_page_becomes_the_page_for_what_is_not_there_and_comes_back(place, page):
    site, *_ = place
    file = site.root / A
    text = file.read_text("utf-8")
    file.unlink()
    page.get_by_role("heading", name="没有找到这个页面").wait_for()
    file.write_text(text, "utf-8")
    page.get_by_text("第十条").first.wait_for()


def stream(port: int, address: str, shown: str = ""):
    """The events of a page, until it is told to reload."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", f"/.gongkai/changes?page={address}&shown={shown}")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    name = ""
    for line in answer:
        if line.startswith(b"event: "):
            name = line[7:].strip().decode()
        elif line.startswith(b"data: "):
            yield name, json.loads(line[6:])
    connection.close()


def shown(port: int, address: str) -> str:
    return re.search(r'data-shown="(\w+)"', get(port, address)[2])[1]


def test_a_page_that_was_missed_is_told_at_once_and_one_that_did_not_change_is_left_alone(place):
    site, port, _ = place
    assert next(stream(port, "/rules/a/", "another")) == ("reload", {})
    events = stream(port, "/rules/b/", shown(port, "/rules/b/"))
    assert next(events)[0] == "problems"
    edit(site, A, "第二条　", "第二条　只有这一页变了，")
    until(lambda: "只有这一页变了" in get(port, "/rules/a/")[2])
    edit(site, "content/shifu/rules/b.md", "正文", "另一页")
    assert next(events) == ("reload", {})
    assert "另一页" in get(port, "/rules/b/")[2]


def test_the_headers_are_those_of_production_and_nothing_of_the_server_is_in_the_site(place):
    site, port, _ = place
    for address, policy in (("/rules/a/", POLICY), ("/search/", SEARCH_POLICY), ("/.gongkai/live.js", POLICY)):
        status, headers, _ = get(port, address)
        assert status == 200
        assert headers["Content-Security-Policy"] == policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
    assert not any(b".gongkai" in data for path, data in site.bytes().items() if path.endswith(".html"))
    assert "unsafe-inline" not in POLICY


def test_what_has_not_changed_is_not_sent_again_and_two_edits_in_one_second_are_two(place):
    site, port, _ = place
    tag = get(port, "/rules/b/")[1]["ETag"]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/rules/b/", headers={"If-None-Match": tag})
    assert connection.getresponse().status == 304
    connection.close()
    for n in range(2):
        edit(site, "content/shifu/rules/b.md", "第一条", f"第一条　又{n}")
        until(lambda n=n: f"又{n}" in get(port, "/rules/b/")[2])
    assert get(port, "/rules/b/")[1]["ETag"] != tag


def test_the_search_follows_behind_and_then_the_site_is_that_of_a_clean_build(place):
    site, port, log = place
    site.rule("c", body="第一条　关于检索会跟上来的规定。\n")

    def follows():
        status, _, facts = get(port, "/search/facts.json")
        there = json.loads(facts)["columns"]["address"] if status == 200 else []
        return any("/rules/c/" in str(address) for address in there)

    until(follows, 40)
    time.sleep(0.3)
    clean = site.root / "clean"
    site.run("build", "--date", "2026-11-20", "--site", str(clean))
    assert site.bytes() == site.bytes("clean")
    assert "Traceback" not in log()


def test_the_last_site_is_shown_within_a_second_and_while_a_mistake_keeps_it_from_being_new(site):
    site.rule("a").build("--no-search")
    path = site.root / "content/shifu/rules/a.md"
    path.write_text(path.read_text("utf-8").replace("type: normative", "type: 通知"), "utf-8")
    port, began = free_port(), time.monotonic()
    with serving(site, port) as log:
        took = time.monotonic() - began
        assert "第一条" in get(port, "/rules/a/")[2]
        until(lambda: "GK-FIELD-005" in log())
    assert took < 3, "a second on an idle machine"


def test_before_the_first_build_there_is_a_page_that_waits_and_shows_what_is_wrong(site):
    site.rule("a", type="通知")
    port = free_port()
    with serving(site, port, ready=404) as log:
        status, _, text = get(port, "/")
        assert status == 404
        assert "正在生成网站" in text
        until(lambda: "GK-FIELD-005" in log())
        name, said = next(stream(port, "/", re.search(r'data-shown="(\w+)"', text)[1]))
        assert name == "problems"
        assert said["problems"][0]["code"] == "GK-FIELD-005"
        assert not (site.root / "site").exists()


def test_an_interrupted_write_is_finished_before_anything_is_shown(site):
    site.rule("a").build("--no-search")
    state = site.root / ".gongkai/site"
    (state / "staging/rules/a").mkdir(parents=True)
    (state / "staging/rules/a/index.html").write_text("<p>写到一半</p>", "utf-8")
    (state / "journal.json").write_text('{"move": ["rules/a/index.html"], "delete": ["rules/index.html"]}', "utf-8")
    site.rule("a", type="通知")  # what stands in the content cannot be built
    port = free_port()
    with serving(site, port):
        assert "写到一半" in get(port, "/rules/a/")[2]
        assert not (state / "journal.json").exists()
        assert get(port, "/rules/")[0] == 404


def test_with_poll_edits_are_seen_without_the_system_telling(site):
    site.rule("a")
    port = free_port()
    with serving(site, port, "--poll"):
        edit(site, A, "正文", "轮询看到的正文")
        until(lambda: "轮询看到的正文" in get(port, "/rules/a/")[2])
        site.rule("b/../c", title="新的文件")
        until(lambda: get(port, "/rules/c/")[0] == 200)


def test_it_listens_on_this_machine_alone_unless_told_otherwise(place):
    _, port, _ = place
    assert Place("127.0.0.1", 1).alone
    assert Place("::1", 1).alone
    assert Place("localhost", 1).alone
    assert not Place("0.0.0.0", 1).alone
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            own = probe.getsockname()[0]
        except OSError:
            own = "127.0.0.2"
    with socket.socket() as outside:
        outside.settimeout(2)
        assert outside.connect_ex((own if own != "127.0.0.1" else "127.0.0.2", port)) != 0


def test_an_address_that_is_not_of_this_machine_is_a_plain_message(site):
    result = site.run("serve", "--port", "0", "--host", "192.0.2.1")
    assert result.code == 2
    assert "不能用 192.0.2.1 这个地址" in result.err


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//nas/gov /mnt/共享\\040盘 cifs rw 0 0
nas:/srv /srv nfs4 rw 0 0
/dev/sdb1 /srv/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/home/a", ""), ("/mnt/共享 盘/网站", "cifs"), ("/srv/site", "nfs4"), ("/srv/local/site", ""), ("/srvx", "")],
)
def test_a_network_drive_is_known_by_its_file_system(tmp_path, folder, kind):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, "utf-8")
    assert remote(Path(folder), mounts) == kind


def test_a_system_that_cannot_watch_more_folders_is_told_of_and_polled(site, monkeypatch):
    from gongkai.serve import watch as watching

    class Full(watching.Observer):
        def schedule(self, *args, **kwargs):
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watching, "Observer", Full)
    said = []
    watch = Watch(Project.at(site.root), said.append, poll=False)
    watch.start()
    try:
        assert "--poll" in said[0]
        assert "max_user_watches" in said[0]
        site.rule("a")
        assert watch.changed.wait(10)
    finally:
        watch.stop()


def test_folders_that_are_made_replaced_or_filled_later_are_watched(site):
    import threading

    watch = Watch(Project.at(site.root), print, poll=False)
    watch.start()
    stop = threading.Event()

    def seen(act):
        watch.changed.clear()
        act()
        assert watch.changed.wait(5)
        watch.settle(stop)
        time.sleep(0.7)

    try:
        seen(lambda: site.write("-- themes/own/theme.yaml --\nextends: default\n"))
        seen(lambda: site.write("-- themes/own/theme.yaml --\nextends: default\naccent: '#0b5394'\n"))
        seen(lambda: site.write("-- content/jiaoyu/rules/files/a.txt --\n一\n"))
        seen(lambda: site.write("-- content/jiaoyu/rules/files/a.txt --\n二\n"))

        def swap():
            (site.root / "content").rename(site.root / "before")
            shutil.copytree(site.root / "before", site.root / "content")

        seen(swap)
        seen(lambda: site.write("-- content/shifu/organ.yaml --\nname: 甲\n"))
    finally:
        watch.stop()
