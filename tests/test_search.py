"""The search finds exactly what contains the query, in a real browser, and bears whatever is typed."""

from __future__ import annotations

import json
import random
import re
import threading
from functools import partial
from http.server import ThreadingHTTPServer

import pytest

from gongkai.search.analyze import BOUNDARY, normalise, tokens
from gongkai.search.index import divide
from gongkai.serve.server import Handler
from tests.conftest import SmallSite

BODIES = {
    "guiding": (
        "管理规定",
        "第一条　本市规定如下。\n\n定期检查。\n\n第三十八条　低保标准为每人每月860元（不含补贴）。\n",
    ),
    "dingqi": ("定期检查办法", "第一条　本办法规定定期检查，按“谁主管、谁负责”执行。\n"),
    "table": ("补贴标准", "| 项目 | 金额 |\n| --- | --- |\n| 高龄 | 津贴100元 |\n\nA1类：国办发〔2016〕80号。\n"),
    "old": ("旧的管理规定", "第一条　低保标准。\n"),
    "english": ("5G 与 Wi-Fi 设施", "第一条　Straße ﬁne Ⅳ 类 ㎡，价格≥30%。\n"),
}


class Strict(Handler):
    """A server that refuses file types it does not know, as IIS does."""

    KNOWN = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".bin", ".csv", "/")

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        if not self.path.partition("?")[0].endswith(self.KNOWN):
            self.send_error(404)
            return
        super().do_GET()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    from tests.conftest import SETTINGS

    made = SmallSite(tmp_path_factory.mktemp("search")).write(SETTINGS)
    for n, (id, (title, body)) in enumerate(BODIES.items()):
        more = {"repealed": "{on: 2025-01-01, by: 《新规定》}"} if id == "old" else {}
        made.rule(id, title=title, body=body, doc_no=f"测政规〔202{n}〕{n + 3}号", published=f"202{n}-05-01", **more)
    made.build()
    return made


@pytest.fixture(scope="module")
def address(site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(site.root / "site")))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def page(browser, address):
    opened = browser.new_context(locale="zh-CN").new_page()
    opened.goto(f"{address}/search/")
    opened.locator("form.finder").wait_for()
    yield opened
    opened.context.close()


def module(page) -> str:
    return page.locator("script[data-search-module]").evaluate("e => e.src")


def ask(page, query: str, **options) -> dict:
    script = """async ([url, query, options]) => {
      const found = await (await import(url)).search(query, options);
      return {total: found.total, near: found.near, facets: found.facets, urls: found.results.map((r) => r.url),
              excerpts: await Promise.all(found.results.slice(0, 3).map((r) => r.excerpt()))};
    }"""
    return page.evaluate(script, [module(page), query, options])


def ids(found: dict) -> set[str]:
    return set() if found["near"] else {u.rstrip("/").rpartition("/")[2] for u in found["urls"] if "/rules/" in u}


VECTORS = [
    "", " ", "规", "规定", "规 定\u3000期", "ＡＢＣ１２３", "Straße ﬁne Ⅳ", "〔2016〕80号", "“引”、（括）", "≥30%",
    "😀𠮷", "İstanbul", "㎡㈠①", "a\u0301é", "\ufeff\u200b零宽", "\x1c\x85控", "ß", "Σς", "ｶﾞ", "한글", "ﷺ", "½", "㍻",
]  # fmt: skip


@pytest.mark.browser
def test_python_and_javascript_cut_every_line_the_same_way(page):
    chance = random.Random(3)
    ranges = [(0x20, 0x3000), (0x4E00, 0xA000), (0xE000, 0xFFFE), (0x10000, 0x30000)]
    drawn = ["".join(chr(chance.randrange(*chance.choice(ranges))) for _ in range(8)) for _ in range(2000)]
    lines = VECTORS + drawn
    script = """async ([url, lines]) => {
      const { normalise, tokens } = await import(url);
      return lines.map((line) => [normalise(line), tokens(line)]);
    }"""
    got = page.evaluate(script, [module(page), lines])
    # Two versions of Unicode may know different letters; what neither knows is no text of ours.
    differ = [line for line, answer in zip(lines, got, strict=True) if answer != [normalise(line), tokens(line)]]
    assert len(differ) <= len(drawn) // 200, differ[:5]
    assert not set(differ) & set(VECTORS)


def test_a_line_of_n_characters_has_n_tokens_and_ends_in_the_boundary():
    assert tokens("规定期") == ["规定", "定期", "期" + BOUNDARY]
    assert tokens("") == []
    assert tokens("a，") == tokens("a,"), "NFKC makes them one sign"
    assert tokens("a、") != tokens("a。"), "other signs differ"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("规定", {"guiding", "dingqi", "old"}),
        ("规定期", set()),
        ("规定定期", {"dingqi"}),
        ("定期检查", {"guiding", "dingqi"}),
        ("860元（不含补贴）", {"guiding"}),
        ("860元(不含补贴)", {"guiding"}),
        ("〔2016〕80号", {"table"}),
        ("津贴100元", {"table"}),
        ("金额高龄", set()),
        ("“谁主管、谁负责”执行", {"dingqi"}),
        ("WI-FI", {"english"}),
        ("wi-fi设施", {"english"}),
        ("≥30%", {"english"}),
        ("ⅳ类㎡", {"english"}),
        ("第38条", {"guiding"}),
        ("低保 规定", {"guiding", "old"}),
        ("规定 -低保", {"dingqi"}),
        ('"规定" -"旧的"', {"guiding", "dingqi"}),
        ("[2016]80号", {"table"}),
        ("管理規定", {"guiding", "old"}),
        ("補貼標準", {"table"}),
    ],
)
def test_exactly_the_documents_of_which_one_line_contains_the_query_are_found(page, query, expected):
    assert ids(ask(page, query)) == expected


@pytest.mark.browser
@pytest.mark.parametrize("query", ["测政规〔2020〕3号", "测政规[2020]3号", "测政规 2020 3", "测政规（2020）3号"])
def test_a_document_number_in_any_brackets_finds_its_document_first(page, query):
    found = ask(page, query)
    assert found["urls"][0].endswith("/rules/guiding/")


@pytest.mark.browser
def test_a_title_that_equals_the_query_comes_first_then_titles_that_contain_it_then_texts(page):
    found = [url.rstrip("/").rpartition("/")[2] for url in ask(page, "管理规定")["urls"]]
    assert found[0] == "guiding"
    assert found.index("old") > 0
    among = [url.rstrip("/").rpartition("/")[2] for url in ask(page, "低保标准")["urls"]]
    assert among == ["guiding", "old"], "in force before repealed among equals"


@pytest.mark.browser
def test_filters_counts_scope_and_order_come_from_the_facts(page):
    found = ask(page, "规定")
    assert found["facets"]["status"] == {"in_force": 2, "repealed": 1}
    assert found["facets"]["year"] == {"2020": 1, "2021": 1, "2023": 1}
    assert ids(ask(page, "规定", filters={"status": ["in_force"]})) == {"guiding", "dingqi"}
    assert ids(ask(page, "规定", filters={"year": "2021"})) == {"dingqi"}
    assert ids(ask(page, "规定", filters={"year": "没有这一年"})) == set()
    assert ids(ask(page, "规定", scope="title")) == {"guiding", "old"}
    assert ids(ask(page, "20213", scope="number")) == set()
    assert ids(ask(page, "2021", scope="number")) == {"dingqi"}
    order = [url.rstrip("/").rpartition("/")[2] for url in ask(page, "规定", sort="published")["urls"]]
    assert order == ["old", "dingqi", "guiding"]


@pytest.mark.browser
def test_excerpts_are_cut_from_the_text_as_typed(page):
    assert ask(page, "860元(不含补贴)")["excerpts"][0] == "第三十八条　低保标准为每人每月860元（不含补贴）。"


@pytest.mark.browser
def test_nothing_exact_gives_a_labelled_list_of_near_matches(page):
    found = ask(page, "检查定期")
    assert found["near"] is True
    assert found["total"] >= 1


def told(page) -> str:
    status = page.locator("#status", has_text=re.compile("找到|没有|不能用"))
    status.wait_for()
    return status.inner_text()


@pytest.fixture
def fresh(browser, address):
    context = browser.new_context(locale="zh-CN")
    opened = context.new_page()
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    yield opened
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_finds_marks_and_leads_to_the_article_and_its_address_holds_it_all(fresh, address, width):
    fresh.set_viewport_size({"width": width, "height": 850})
    fresh.goto(f"{address}/")
    fresh.fill("#q", "低保标准")
    fresh.keyboard.press("Enter")
    assert told(fresh) == "找到 2 条"
    first = fresh.locator("#results li").first
    assert first.locator("mark").inner_text() == "低保标准"
    assert "现行有效" in first.inner_text()
    assert first.locator("a").get_attribute("href").endswith("/rules/guiding/#art-38")
    fresh.check("input[name=current]")
    fresh.locator("#status", has_text="找到 1 条").wait_for()
    assert "current=1" in fresh.url
    fresh.reload()
    assert told(fresh) == "找到 1 条"
    fresh.go_back()
    fresh.locator("#status", has_text="找到 2 条").wait_for()
    assert fresh.evaluate("document.documentElement.scrollWidth") <= width
    assert fresh.said == []


@pytest.mark.browser
@pytest.mark.parametrize(
    "query",
    [
        "", " ", "，。！", "😀", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", ".*+?^${}()|[]\\",
        '"没有配对', "“也没有", "长" * 600, "-", "--", '-""', "%E4%B8", "null", "__proto__",
    ],
)  # fmt: skip
def test_whatever_is_typed_gives_a_sensible_page_and_nothing_runs(fresh, address, query):
    fresh.goto(f"{address}/search/")
    fresh.on("dialog", lambda dialog: fresh.said.append("a dialog"))
    fresh.locator("#q").evaluate("(box, text) => { box.value = text }", query)
    fresh.locator("form.finder button").click()
    fresh.wait_for_timeout(400)
    assert fresh.said == []
    assert fresh.locator("#lists").is_visible() or fresh.locator("#results li").count() > 0
    assert fresh.locator("#results script, #results img").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize(
    "address_of", ["?q=规定&year=1066&scope=x&sort=y&kind=", "?q=%E4%B8&%%%", "?constructor=1&q=低保"]
)
def test_a_mangled_address_gives_a_sensible_page(fresh, address, address_of):
    fresh.goto(f"{address}/search/{address_of}")
    fresh.wait_for_timeout(400)
    assert fresh.said == []
    assert fresh.locator("h1").inner_text() == "查找文件"


@pytest.mark.browser
@pytest.mark.parametrize("lost", ["**/facts.json", "**/pagefind.js", "**/*.bin"])
def test_with_the_index_missing_or_half_loaded_the_page_says_so_and_keeps_the_lists(fresh, address, lost):
    fresh.route(lost, lambda route: route.abort())
    fresh.goto(f"{address}/search/?q=低保")
    assert "检索暂时不能用" in told(fresh)
    assert fresh.locator("#lists a").count() > 3


@pytest.mark.browser
def test_without_a_script_the_form_leads_to_the_complete_lists(browser, address):
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{address}/")
    opened.fill("#q", "低保")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/search/?q=*")
    assert opened.locator("#lists a", has_text="行政规范性文件").count() == 1
    context.close()


@pytest.mark.browser
def test_titles_and_numbers_are_suggested_while_typing(fresh, address):
    fresh.goto(f"{address}/search/")
    fresh.locator("#q").press_sequentially("管理规")
    fresh.locator("#suggestions option").first.wait_for(state="attached")
    assert fresh.locator("#suggestions option").evaluate_all("o => o.map((x) => x.value)") == [
        "管理规定",
        "旧的管理规定",
    ]


def test_what_may_not_be_seen_cannot_be_found(site, tmp_path):
    from tests.conftest import SETTINGS

    hidden = SmallSite(tmp_path).write(SETTINGS)
    hidden.rule("secret", title="绝密标记", body="绝密标记\n", draft="true").rule(
        "asked", disclosure="on_request", body="绝密标记\n"
    )
    hidden.build()
    for path, data in hidden.bytes().items():
        assert "绝密标记".encode() not in data, path
    table = json.loads((hidden.root / "site/search/facts.json").read_text("utf-8"))
    assert "文件asked" in [row[1] for row in table["rows"]]
    assert "secret" not in json.dumps(table)


def test_an_unchanged_text_is_not_indexed_again_and_a_build_without_search_has_no_index(tmp_path):
    from tests.conftest import SETTINGS

    small = SmallSite(tmp_path).write(SETTINGS).rule("a")
    small.build()
    shards = {path.name for path in (tmp_path / ".gongkai/site/search").iterdir()}
    small.write("-- catalog.yaml --\n" + (tmp_path / "catalog.yaml").read_text("utf-8") + "notice: 新的提示\n").build()
    assert {path.name for path in (tmp_path / ".gongkai/site/search").iterdir()} == shards
    small.build("--no-search")
    assert not (tmp_path / "site/search/facts.json").exists()
    assert not any(path.startswith("search/index/") for path in small.bytes())


def test_two_clean_builds_have_the_same_index(tmp_path):
    from tests.conftest import SETTINGS

    one = SmallSite(tmp_path / "one").write(SETTINGS).rule("a").rule("b", body="第一条　乙。\n")
    other = SmallSite(tmp_path / "other").write(SETTINGS).rule("a").rule("b", body="第一条　乙。\n")
    one.build()
    other.build("--clean")
    assert one.bytes() == other.bytes()


class Dated:
    """What `divide` looks at: a year, a size, an address."""

    def __init__(self, year, size, n):
        from types import SimpleNamespace as Any

        published = Any(day=Any(year=year)) if year else None
        self.item = Any(record=Any(published=published))
        self.parts = ((Any(text="字" * size),),)
        self.address = f"/rules/{n}/"


def test_shards_are_whole_years_within_the_bound_undated_first_and_a_big_year_is_split():
    found = [Dated(year, 100, n) for n, year in enumerate([2020] * 3 + [2021] * 3 + [None] * 2 + [2022] * 9)]
    shards = divide(found, 330 * 500)
    assert sorted(number for shard in shards for number in shard) == list(range(17))
    assert shards[0] == [6, 7, 0, 1, 2]
    assert all(len(shard) <= 5 for shard in shards[:2])
    assert divide(found[:3], 10**9) == [[0, 1, 2]], "a small site has one"


@pytest.mark.browser
@pytest.mark.long
def test_an_index_in_several_shards_finds_the_same_as_one(browser, tmp_path):
    from tests.conftest import SETTINGS

    chance = random.Random(5)
    large = SmallSite(tmp_path).write(SETTINGS.replace("root: shifu", "root: shifu\nsearch_memory: 64"))
    for n in range(4):
        text = "".join(chr(chance.randrange(0x4E00, 0x5600)) for _ in range(120_000))
        lines = "\n\n".join(text[k : k + 400] for k in range(0, len(text), 400))
        large.rule(f"big-{n}", body=f"{lines}\n\n各份都有的一句话。\n\n只在第{n}份。\n", published=f"202{n}-01-01")
    large.build()
    table = json.loads((tmp_path / "site/search/facts.json").read_text("utf-8"))
    assert len(table["shards"]) >= 2
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    opened = browser.new_page()
    try:
        opened.goto(f"http://127.0.0.1:{server.server_port}/search/")
        assert ids(ask(opened, "各份都有的一句话")) == {f"big-{n}" for n in range(4)}
        for n in range(4):
            assert ids(ask(opened, f"只在第{n}份")) == {f"big-{n}"}
        opened.goto(f"http://127.0.0.1:{server.server_port}/search/?q=只在第2份")
        assert told(opened) == "找到 1 条"
        assert opened.locator("#results mark").inner_text() == "只在第2份"
    finally:
        opened.close()
        server.shutdown()
        server.server_close()
