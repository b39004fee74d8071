"""The search finds exactly what contains the query, in a real browser, on a phone and on a desktop.

One site is built for all; its server refuses unknown file types, and serves it at its root and under a sub-path.
"""

from __future__ import annotations

import json
import random
import re
from types import SimpleNamespace

import pytest

from gongkai.search.analyze import BOUNDARY, normalise, tokens
from gongkai.search.index import BYTES_PER_CHARACTER, divide
from tests.conftest import SETTINGS, SmallSite, served
from tests.production import Production
from tests.test_catalog import CARD, EXPLAINER, ROWS

pytestmark = pytest.mark.browser

DAY = "2026-11-20T10:00:00+08:00"
SCREENS = {"phone": (390, ""), "desktop": (1280, "/gk")}
"""Width and place: at the root of a server, and under a sub-path."""

BODIES = {
    "guiding": (
        "管理规定",
        "第一条　本市规定如下。\n\n定期检查。\n\n第三十八条　低保标准为每人每月860元（不含补贴）。\n",
    ),
    "dingqi": ("定期检查办法", "第一条　本办法规定定期检查，按“谁主管、谁负责”执行。\n"),
    "table": ("补贴标准", "| 项目 | 金额 |\n| --- | --- |\n| 高龄 | 津贴100元 |\n\nA1类：国办发〔2016〕80号。\n"),
    "old": ("旧的管理规定", "第一条　低保标准。\n"),
    "english": ("5G 与 Wi-Fi 设施", "第一条　Straße ﬁne Ⅳ 类 ㎡，价格≥30%。\n"),
    "pending": ("来年的办法", "第一条　来年再说，各年不同。\n\n第二条　鄒衍堂的匾额。\n"),
    "expired": ("往年的办法", "第一条　往年如此，各年不同。\n\n第二条　邹衍堂的匾额。\n"),
    "cover": ("测试市人民政府关于印发《测试市养犬若干办法》的通知", "第一条　正文。\n\n第九条之一　遛犬。\n"),
}
MORE = {
    "guiding": {"topic": "民政", "region": "测试市", "level": "市级", "effective": "2020-06-01"},
    "dingqi": {"topic": "监督", "region": "北县", "level": "县级", "type": "government_rule"},
    "old": {"topic": "民政", "repealed": "{on: 2025-01-01, by: 《新规定》}"},
    "pending": {"effective": "2027-01-01"},
    "expired": {"valid_until": "2025-12-31"},
}
OUTSIDE = """\
<!doctype html><html lang="zh-CN"><link rel="icon" href="data:,"><p id="out"></p><script type="module">
const page = new URL("search/", location.href);
const found = new DOMParser().parseFromString(await (await fetch(page)).text(), "text/html");
const module = new URL(found.querySelector("script[data-search-module]").getAttribute("src"), page);
const { search } = await import(module);
const { total, results } = await search("低保", { filters: { year: ["2020"] }, sort: "published", scope: "text" });
const said = await Promise.all(results.map(async (r) => [r.url, r.title, await r.excerpt()]));
document.querySelector("#out").textContent = JSON.stringify([total, said, document.documentElement.lang]);
</script></html>
"""


class Strict(Production):
    """A server that refuses file types it does not know, as IIS does; the site also stands under /gk/."""

    KNOWN = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".bin", ".csv", "/")

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        self.path = self.path.removeprefix("/gk")
        if not self.path.partition("?")[0].endswith(self.KNOWN):
            self.send_error(404)
            return
        if self.path == "/outside.html":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            # A program of someone else has a policy of its own.
            SimpleNamespace(super=super(Production, self)).super.end_headers()
            self.wfile.write(OUTSIDE.encode())
            return
        super().do_GET()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    made = SmallSite(tmp_path_factory.mktemp("search")).write(SETTINGS).write(ROWS).write(CARD).write(EXPLAINER)
    for n, (id, (title, body)) in enumerate(BODIES.items()):
        front = {"title": title, "doc_no": f"测政规〔202{n % 5}〕{n + 3}号", "published": f"202{n % 6}-05-01"}
        front |= {"signed": f"202{n % 6}-04-01", "effective": f"202{n % 6}-05-02"}
        made.rule(id, body=body, **(front | MORE.get(id, {})))
    made.rule("jiuzhu", title="测试救助办法", body="第一条　甲。\n\n第二条　乙。\n", doc_no="测府令第12号")
    for n in range(12):
        made.rule(f"n-{n:02}", body=f"第一条　分页试验之{n:02}。\n", published=f"2024-03-{n + 1:02}", topic="试验")
    front = "title: 外来的法\ntype: law\nissuers: []"
    made.write(f"-- content/shifu/rules/outside.md --\n---\n{front}\n---\n\n分页试验。\n")
    made.write("-- content/common/synonyms.yaml --\nsynonyms:\n  - {word: 甲等, official: [分页试验]}\n")
    made.build()
    return made


@pytest.fixture(scope="module")
def address(site):
    with served(site.root / "site", Strict) as address:
        yield address


class Finder:
    """The search page as a reader sees and uses it."""

    def __init__(self, context, base: str) -> None:
        self.page = context.new_page()
        self.base = base
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append("a dialog"))

    def open(self, query: str = "", day: str = DAY) -> Finder:
        self.page.clock.set_fixed_time(day)
        self.page.goto(f"{self.base}/search/{query}")
        return self.settle()

    def settle(self) -> Finder:
        self.page.locator("#results[aria-busy=false]").wait_for(state="attached")
        return self

    def ask(self, query: str) -> Finder:
        self.page.fill("#q", query)
        self.page.keyboard.press("Enter")
        return self.settle()

    def choose(self, selector: str, value: str) -> Finder:
        self.page.select_option(selector, value)
        return self.settle()

    def check(self, name: str, value: str) -> Finder:
        for fold in (self.page.locator("#narrow"), self.page.locator(f"details[data-name={name}]")):
            if fold.get_attribute("open") is None:
                fold.locator("> summary").click()
        self.page.locator(f'input[name={name}][value="{value}"]').click()
        return self.settle()

    @property
    def told(self) -> str:
        return self.page.locator("#status").inner_text()

    @property
    def ids(self) -> list[str]:
        links = self.page.locator("#results a.card-title").evaluate_all("all => all.map((a) => a.href)")
        return [re.search(r"/(?:rules|cards|explainers|fields|organs)/([\w-]+)", link)[1] for link in links]

    @property
    def rules(self) -> set[str]:
        return set(self.ids) & {*BODIES, "jiuzhu", "outside"} if "没有完全一致" not in self.told else set()

    @property
    def excerpts(self) -> list[str]:
        self.page.wait_for_function("() => [...document.querySelectorAll('.excerpt')].every((p) => p.textContent)")
        return self.page.locator(".excerpt").all_inner_texts()

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        script = """() => Object.fromEntries([...document.querySelectorAll("#facets details")].map((fold) => {
          fold.open = true;
          fold.dispatchEvent(new Event("toggle"));
          return [fold.dataset.name, Object.fromEntries([...fold.querySelectorAll("label")].map((one) =>
            [one.querySelector("input").value, Number(one.querySelector(".count").textContent)]))];
        }))"""
        return self.page.evaluate(script)


@pytest.fixture(scope="module", params=SCREENS)
def screen(request, browser, address):
    width, place = SCREENS[request.param]
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 850})
    finder = Finder(context, address + place)
    yield finder
    context.close()


@pytest.fixture
def finder(screen):
    screen.said.clear()
    yield screen.open()
    assert screen.said == [], "the console has something to say"
    width = screen.page.viewport_size["width"]
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def broken(browser, address, request):
    """A page of its own, for what would stay in the cache of another; errors of the network are expected."""
    width = getattr(request, "param", 390)
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 850})
    yield Finder(context, address)
    context.close()


# ---- the same analysis on both sides


VECTORS = [
    "", " ", "规", "规定", "规 定\u3000期", "ＡＢＣ１２３", "Straße ﬁne Ⅳ", "〔2016〕80号", "“引”、（括）", "≥30%",
    "😀𠮷", "İstanbul", "㎡㈠①", "a\u0301é", "\ufeff\u200b零宽", "\x1c\x85控", "ß", "Σς", "ｶﾞ", "한글", "ﷺ", "½", "㍻",
]  # fmt: skip


def test_python_and_javascript_cut_every_line_the_same_way(broken):
    chance = random.Random(3)
    ranges = [(0x20, 0x3000), (0x4E00, 0xA000), (0xE000, 0xFFFE), (0x10000, 0x30000)]
    drawn = ["".join(chr(chance.randrange(*chance.choice(ranges))) for _ in range(8)) for _ in range(2000)]
    lines = VECTORS + drawn
    script = """async (lines) => {
      const { normalise, tokens } = await import(document.querySelector("script[data-search-module]").src);
      return lines.map((line) => [normalise(line), tokens(line)]);
    }"""
    got = broken.open().page.evaluate(script, lines)
    # Two versions of Unicode may know different letters; what neither knows is no text of ours.
    differ = [line for line, answer in zip(lines, got, strict=True) if answer != [normalise(line), tokens(line)]]
    assert len(differ) <= len(drawn) // 200, differ[:5]
    assert not set(differ) & set(VECTORS)


def test_a_line_of_n_characters_has_n_tokens_and_ends_in_the_boundary():
    assert tokens("规定期") == ["规定", "定期", "期" + BOUNDARY]
    assert tokens("") == []
    assert tokens("a，") == tokens("a,"), "NFKC makes them one sign"
    assert tokens("a、") != tokens("a。"), "other signs differ"


# ---- what is found


SYNTAX = [
    ("规定", {"guiding", "dingqi", "old"}),
    ("规定期", set()),
    ("规定定期", {"dingqi"}),
    ("定期检查", {"guiding", "dingqi"}),
    ("860元（不含补贴）", {"guiding"}),
    ("860元(不含补贴)", {"guiding"}),
    ("８６０元", {"guiding"}),
    ("〔2016〕80号", {"table"}),
    ("[2016]80号", {"table"}),
    ('"[2016]80号"', set()),
    ("津贴100元", {"table"}),
    ("金额高龄", set()),
    ("“谁主管、谁负责”执行", {"dingqi"}),
    ("WI-FI", {"english"}),
    ("wi-fi设施", {"english"}),
    ("≥30%", {"english"}),
    ("ⅳ类㎡", {"english"}),
    ("strasse", set()),
    ("第38条", {"guiding"}),
    ("第三十八条", {"guiding"}),
    ("第9条之1", {"cover"}),
    ("低保 规定", {"guiding", "old"}),
    ("标准　规定", {"guiding", "old"}),
    ('"本市 规定"', {"guiding"}),
    ("规定 -低保", {"dingqi"}),
    ('"规定" -"旧的"', {"guiding", "dingqi"}),
    ("规定 -本市 -旧的", {"dingqi"}),
    ("管理規定", {"guiding", "old"}),
    ("補貼標準", {"table"}),
    ("鄒衍堂", {"pending", "expired"}),
    ('"鄒衍堂"', {"pending"}),
    ("邹衍堂", {"expired"}),
    ("第一条本办法规定定期检查，按“谁主管、谁负责”执行。", {"dingqi"}),
    ("第一条本办法规定定期检查，按“谁主管、谁负责”执行！", set()),
]
"""Each element of the syntax, and the documents of which one line contains the query."""


def test_exactly_the_documents_of_which_one_line_contains_the_query_are_found(finder):
    got = {query: finder.ask(query).rules for query, _ in SYNTAX}
    assert got == dict(SYNTAX)


@pytest.mark.parametrize("query", ["测政规〔2020〕3号", "测政规[2020]3号", "测政规 2020 3", "测政规（2020）3号"])
def test_a_document_number_in_any_brackets_finds_its_document_first(finder, query):
    assert finder.ask(query).ids[0] == "guiding"


def test_what_is_called_by_its_name_comes_first_and_leads_to_its_article(finder):
    assert finder.ask("测府令第12号").ids == ["jiuzhu"]
    assert finder.ask("令12号").ids == ["jiuzhu"]
    for query in ("测试救助办法第2条", "《测试救助办法》第二条", "测试救助办法 第二条"):
        assert finder.ask(query).ids[0] == "jiuzhu", query
        assert finder.excerpts[0] == "第二条　乙。"
        assert finder.page.locator("#results a").first.get_attribute("href").endswith("/rules/jiuzhu/#art-2")
    assert finder.ask("测试市养犬若干办法第九条之一").ids[0] == "cover", "under its cover letter"
    assert finder.excerpts[0] == "第九条之一　遛犬。"


def test_a_scope_looks_in_titles_or_numbers_alone(finder):
    assert finder.ask("规定").rules == {"guiding", "dingqi", "old"}
    assert finder.choose("[name=scope]", "title").rules == {"guiding", "old"}
    assert "scope=title" in finder.page.url
    finder.choose("[name=scope]", "number")
    assert finder.ask("2021").rules == {"dingqi", "expired"}
    assert finder.ask("测政规 2021 4").rules == {"dingqi"}
    assert finder.ask("规定 ").rules == set()


def test_every_kind_of_content_is_found(finder):
    finder.ask("低保")
    finder.ask("救助")
    assert set(finder.counts["kind"]) == {"规章和规范性文件", "政策解读", "领域专题", "标准目录"}
    assert {"jiuzhu", "jiedu", "social_assistance"} <= set(finder.ids)
    assert finder.ask("测试市人民政府").ids[0] == "shifu", "an organ by its name"
    assert finder.ask("备用金使用情况").page.locator("#results a").first.get_attribute("href").endswith("#row-ls-01")


def test_each_facet_says_how_many_there_are_and_choosing_a_value_shows_so_many(finder):
    for query, names in (
        ("规定", {"status", "type", "topic", "level", "region", "year"}),
        ("保障", {"kind", "audience", "field"}),
        ("救助", {"kind", "issuer"}),
    ):
        whole = finder.open(f"?q={query}").told
        counts = finder.counts
        for name in names:
            assert len(counts[name]) > 1, (query, name)
            for value, count in counts[name].items():
                assert finder.check(name, value).told == f"找到 {count} 条", (name, value)
                assert finder.check(name, value).told == whole
    assert finder.open("?q=规定").counts["status"] == {"in_force": 2, "repealed": 1}


def test_a_choice_leaves_the_counts_of_its_own_facet_and_narrows_those_of_others(finder):
    finder.ask("规定").check("year", "2021")
    assert finder.counts["year"] == {"2023": 1, "2021": 1, "2020": 1}
    assert "topic" not in finder.counts, "one value is no choice"
    finder.check("year", "2020")
    assert finder.told == "找到 2 条"
    finder.page.locator("#unpick").click()
    assert finder.settle().told == "找到 3 条"
    assert "year" not in finder.page.url


def test_only_what_is_in_force_can_be_shown_and_the_state_is_that_of_the_reader_s_day(finder):
    finder.ask("各年不同")
    states = dict(zip(finder.ids, finder.page.locator("#results .state").all_inner_texts(), strict=True))
    assert states == {"pending": "尚未施行", "expired": "失效"}
    shapes = finder.page.locator("#results .state").evaluate_all(
        "all => all.map((one) => { const s = getComputedStyle(one, '::before'); return s.content + s.backgroundImage })"
    )
    assert len(set(shapes)) == 2, "a shape for each state, for who does not see colours"
    finder.page.check("[name=current]")
    assert finder.settle().told.startswith("没有找到")
    finder.open("?q=各年不同&current=1", day="2027-01-02T10:00:00+08:00")
    assert finder.ids == ["pending"], "a year later"
    assert finder.page.locator("#results .state").inner_text() == "现行有效"
    finder.page.uncheck("[name=current]")
    assert finder.settle().told == "找到 2 条"
    finder.open("?q=各年不同&current=1", day="2025-12-31T23:00:00+08:00")
    assert finder.ids == ["expired"], "on the last day of its term"


def test_results_stand_by_relevance_by_publication_or_by_effect_and_undated_ones_last(finder):
    assert finder.ask("规定").ids[:1] == ["guiding"], "the shorter title, and in force"
    assert finder.choose("[name=sort]", "published").ids == ["old", "dingqi", "guiding"]
    assert finder.choose("[name=sort]", "effective").ids == ["old", "dingqi", "guiding"]
    finder.ask("分页试验")
    assert finder.ids[:2] == ["n-00", "n-01"], "all took effect on one day"
    finder.choose("[name=sort]", "published")
    assert finder.ids[:2] == ["n-11", "n-10"]
    finder.page.locator("#more").click()
    assert finder.ids[-1] == "outside", "without a date, never dropped"


def test_a_result_says_what_it_is_and_leads_to_the_article_that_matched(finder):
    finder.ask("低保标准")
    assert finder.ids == ["guiding", "old"]
    assert finder.excerpts[0] == "第三十八条　低保标准为每人每月860元（不含补贴）。"
    first = finder.page.locator("#results li").first
    assert first.locator("mark").all_inner_texts() == ["低保标准"]
    for said in ("现行有效", "测政规〔2020〕3号", "测试市人民政府", "2020年5月1日发布", "2020年6月1日施行"):
        assert said in first.inner_text(), said
    first.locator("a").click()
    finder.page.wait_for_url("**/rules/guiding/#art-38")
    box = finder.page.locator("#art-38").bounding_box()
    assert -5 <= box["y"] <= 850
    finder.page.go_back()
    assert finder.settle().told == "找到 2 条"


def test_more_results_come_on_demand_and_the_keyboard_goes_on_with_the_first_of_them(finder):
    finder.ask("分页试验")
    assert finder.told == "找到 13 条"
    assert len(finder.ids) == 10
    finder.page.locator("#more").focus()
    finder.page.keyboard.press("Enter")
    assert len(finder.ids) == 13
    assert finder.page.locator("#more").is_hidden()
    tenth = finder.page.locator("#results a.card-title").nth(10)
    assert tenth.evaluate("a => a === document.activeElement")
    finder.page.reload()
    assert len(finder.settle().ids) == 13, "the address keeps how many were shown"


def test_the_address_holds_the_whole_state(finder):
    finder.ask("规定").choose("[name=scope]", "title").choose("[name=sort]", "effective").check("year", "2020")
    finder.page.check("[name=current]")
    finder.settle()
    assert finder.ids == ["guiding"]
    for part in ("q=", "scope=title", "sort=effective", "year=2020", "current=1"):
        assert part in finder.page.url
    finder.page.reload()
    assert finder.settle().ids == ["guiding"]
    assert finder.page.input_value("[name=scope]") == "title"
    assert finder.page.is_checked("[name=current]")
    for _ in range(2):
        finder.page.go_back()
    finder.page.locator("#status", has_text="找到 2 条").wait_for()
    assert not finder.page.is_checked("[name=current]")
    finder.page.go_forward()
    finder.page.locator("#status", has_text="找到 1 条").wait_for()
    assert finder.page.title().startswith("规定 - ")


def suggested(finder: Finder, typed: str) -> list[str]:
    finder.page.locator("#q").fill("")
    finder.page.locator("#q").press_sequentially(typed)
    finder.page.locator("#suggestions option").first.wait_for(state="attached")
    return finder.page.locator("#suggestions option").evaluate_all("all => all.map((one) => one.value)")


def test_titles_and_numbers_are_suggested_while_typing(finder):
    assert suggested(finder, "管理规") == ["管理规定", "旧的管理规定"]
    assert suggested(finder, "测政规〔2020〕3") == ["测政规〔2020〕3号"]
    assert suggested(finder, "测政规[2020]3") == ["测政规〔2020〕3号"]
    finder.page.fill("#q", "测政规〔2020〕3号")
    finder.page.keyboard.press("Enter")
    assert finder.settle().ids[0] == "guiding"


def test_everything_is_done_by_keyboard_and_a_choice_keeps_the_keyboard_where_it_was(finder):
    finder.page.locator("#q").focus()
    finder.page.keyboard.type("规定")
    finder.page.keyboard.press("Enter")
    finder.settle()
    reached = []
    for _ in range(25):
        finder.page.keyboard.press("Tab")
        here = finder.page.evaluate("[document.activeElement.tagName, document.activeElement.textContent.trim()]")
        reached.append(here[0])
        if here == ["SUMMARY", "筛选"]:
            finder.page.keyboard.press("Enter")
        elif here == ["SUMMARY", "年份"]:
            finder.page.keyboard.press("Enter")
            finder.page.locator("input[name=year]").first.wait_for()
            finder.page.keyboard.press("Tab")
            break
    assert reached[:4] == ["BUTTON", "SELECT", "SELECT", "INPUT"]
    box = finder.page.evaluate("[document.activeElement.name, document.activeElement.value]")
    assert box[0] == "year"
    finder.page.keyboard.press("Space")
    finder.settle()
    assert finder.told == "找到 1 条"
    assert finder.page.evaluate("[document.activeElement.name, document.activeElement.value]") == box
    finder.page.keyboard.press("Space")
    assert finder.settle().told == "找到 3 条"


def test_the_count_is_announced(finder):
    finder.ask("规定")
    assert finder.page.locator("#status[role=status]").inner_text() == "找到 3 条"
    assert finder.page.locator("#also[role=status]").count() == 1
    finder.ask("规")
    assert finder.told.endswith("（只有一个字，按词的开头查找，可能不全）"), "a single character is labelled as such"
    assert finder.rules >= {"guiding", "dingqi", "old"}


def test_where_nothing_matches_a_labelled_list_of_what_comes_near_is_shown(finder):
    finder.ask("检查定期")
    assert finder.told.startswith("没有完全一致的结果。下面 ")
    assert finder.ids[0] == "dingqi"
    assert finder.page.locator("#results mark").count() > 0
    finder.ask("低保 藏獒")
    assert finder.told.startswith("没有完全一致的结果。下面 "), "one of two words"
    finder.ask("龘龘龘")
    assert finder.told.startswith("没有找到")
    assert finder.page.locator("#lists a").count() > 3


# ---- synonyms


def led(finder: Finder) -> list[str]:
    return finder.page.locator("#also a").all_inner_texts()


def test_a_common_word_leads_to_the_official_one_with_the_exact_count_and_loosens_nothing(finder):
    finder.ask("低保")
    assert led(finder) == ["最低生活保障（2）"]
    assert finder.told == "找到 3 条"
    assert finder.page.locator("#also").inner_text().startswith("也可查：")
    finder.page.locator("#also a").click()
    assert finder.settle().told == "找到 2 条"
    assert finder.page.input_value("#q") == "最低生活保障"
    assert led(finder) == ["低保（3）"], "and back, where documents use both"
    assert finder.page.evaluate("document.activeElement.id") == "status", "the keyboard is not lost"
    finder.page.go_back()
    finder.page.locator("#also a", has_text="最低生活保障").wait_for()


def test_the_count_is_that_of_the_page_it_leads_to_whatever_else_is_chosen(finder):
    for query in (
        "?q=甲等",
        "?q=甲等&year=2024",
        "?q=甲等 -之03",
        "?q=甲等 试验之0",
        '?q="甲等"',
        "?q=甲等&topic=试验&scope=text",
    ):
        finder.open(query)
        (said,) = led(finder)
        finder.open(finder.page.locator("#also a").get_attribute("href"))
        assert said == f"分页试验（{re.search('[0-9]+', finder.told)[0]}）", query
    finder.open("?q=甲等&year=2020")
    assert led(finder) == [], "no link to nothing"
    finder.open("?q=怎么查甲等的事")
    assert led(finder) == ["分页试验（13）"], "a word inside a question that finds nothing"
    finder.open("?q=低保标准")
    assert led(finder) == [], "but not inside one that finds something"


def test_a_site_adds_words_rewrites_shipped_ones_and_drops_them(tmp_path):
    small = SmallSite(tmp_path).write(SETTINGS).rule("a", body="第一条　房票安置，社会救助。\n")
    own = (
        "- {word: 房票, official: [货币安置]}\n  - {word: 低保, official: [社会救助]}\n  - {word: 社保, official: []}\n"
    )
    small.write(f"-- content/common/synonyms.yaml --\nsynonyms:\n  {own}").build()
    table = json.loads((tmp_path / "site/search/facts.json").read_text("utf-8"))
    assert table["synonyms"]["房票"] == ["货币安置"]
    assert table["synonyms"]["低保"] == ["社会救助"]
    assert "社保" not in table["synonyms"]
    assert table["synonyms"]["医保"] == ["医疗保障", "基本医疗保险"], "the others stay"
    holders = json.loads((tmp_path / f"site/search/text/{table['holders']}.json").read_text("utf-8"))
    assert "社会救助" in holders
    assert "货币安置" not in holders, "only words that a document contains"


# ---- bad input, missing files


BAD = [
    "", " ", "，。！", "😀", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", ".*+?^${}()|[]\\",
    '"没有配对', "“也没有", "长" * 500, "规" * 3 + "定" * 600, "-", "--", '-""', "-低保", "%E4%B8", "null", "__proto__",
    "constructor toString", "令", "第条", "\u202e倒", "a" * 400,
]  # fmt: skip


def test_whatever_is_typed_gives_a_sensible_page_and_nothing_runs(finder):
    for query in BAD:
        finder.page.locator("#q").evaluate("(box, text) => { box.value = text }", query)
        finder.page.locator("form.finder .finder-line button").click()
        finder.settle()
        assert finder.page.locator("#lists").is_visible() or finder.ids, query
        assert finder.page.locator("#results script, #results img").count() == 0
        assert finder.said == [], query


@pytest.mark.parametrize(
    "query",
    [
        "?q=规定&year=1066&scope=x&sort=y&kind=",
        "?q=%E4%B8&%%%",
        "?constructor=1&q=低保",
        "?q=规定&n=-5&current=maybe&topic=%00",
        "?year=2021",
        "?q=规定&status=nothing&status=in_force&__proto__=1",
        "?" + "q=a&" * 300,
    ],
)
def test_a_mangled_address_gives_a_sensible_page(finder, query):
    finder.open(query)
    assert finder.page.locator("h1").inner_text() == "查找文件"
    assert finder.page.locator("#lists").is_visible() or finder.ids
    finder.ask("规定")


LOST = ("facts.json", "pagefind.js", "*.pf_index.bin", "*.pf_meta.bin", "wasm.*.bin", "search.*.js")


@pytest.mark.parametrize("broken", [390, 1280], indirect=True)
@pytest.mark.parametrize("lost", [f"**/{name}" for name in LOST])
def test_with_a_part_missing_or_half_loaded_the_page_says_so_keeps_the_lists_and_recovers(broken, lost):
    broken.page.route(lost, lambda route: route.abort())
    broken.open("?q=低保")
    assert broken.told.startswith("检索暂时不能用")
    assert broken.page.locator("#lists a").count() > 3
    assert broken.ids == []
    broken.page.unroute(lost)
    if "search" not in lost:
        assert broken.ask("低保").told == "找到 3 条", "a further try"


@pytest.mark.parametrize("broken", [390, 1280], indirect=True)
def test_offline_the_page_says_so(broken):
    broken.open()
    broken.page.context.set_offline(True)
    broken.ask("低保")
    assert broken.told.startswith("检索暂时不能用")
    broken.page.context.set_offline(False)
    assert broken.ask("低保").told == "找到 3 条"


@pytest.mark.parametrize("width", [390, 1280])
def test_without_a_script_the_form_leads_to_the_complete_lists(browser, address, width):
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 850})
    opened = context.new_page()
    opened.goto(f"{address}/gk/")
    opened.fill("#q", "低保")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/search/?q=*")
    for text in ("行政规范性文件", "测试市人民政府", "2020年"):
        assert opened.locator("#lists a", has_text=text).count() >= 1
    assert not opened.locator("#narrow, #more").first.is_visible()
    context.close()


# ---- from elsewhere


def test_a_program_from_outside_searches_with_the_same_function(finder, site):
    finder.page.goto(f"{finder.base}/outside.html")
    finder.page.wait_for_function("() => document.querySelector('#out').textContent")
    total, results, lang = json.loads(finder.page.locator("#out").inner_text())
    assert total == 1
    assert results == [
        [f"{finder.base}/rules/guiding/", "管理规定", "第三十八条　低保标准为每人每月860元（不含补贴）。"]
    ]
    assert lang == "zh-CN", "its page keeps its language"


def test_the_box_on_every_page_leads_to_the_results(finder):
    for path in ("", "rules/guiding/", "cards/dibao/", "organs/"):
        finder.page.goto(f"{finder.base}/{path}")
        finder.page.fill("#q", "低保标准")
        finder.page.keyboard.press("Enter")
        finder.page.wait_for_url("**/search/?q=*")
        assert finder.settle().told == "找到 2 条", path


def test_a_word_or_an_article_is_found_in_a_document(finder):
    page = finder.page
    page.goto(f"{finder.base}/rules/guiding/")
    for typed, said in (("低保", "第 1 处，共 1 处"), ("没有", "本文中没有"), ("定", "第 1 处")):
        page.fill("#find", typed)
        page.keyboard.press("Enter")
        assert page.locator(".find-in [role=status]").inner_text().startswith(said)
    for typed in ("第三十八条", "第 38 条", "38"):
        page.goto(f"{finder.base}/rules/guiding/")
        page.fill("#find", typed)
        page.keyboard.press("Enter")
        assert page.url.endswith("#art-38")


# ---- the index


def test_the_scripts_of_the_search_page_are_small():
    import gzip

    from tests.conftest import CHECKOUT

    assets = CHECKOUT / "themes/default/assets"
    packed = [len(gzip.compress((assets / name).read_bytes())) for name in ("search.js", "search-page.js")]
    assert sum(packed) <= 12 * 1024


def test_what_may_not_be_seen_cannot_be_found(tmp_path):
    hidden = SmallSite(tmp_path).write(SETTINGS)
    hidden.rule("secret", title="绝密标记", body="绝密标记\n", draft="true").rule(
        "asked", disclosure="on_request", body="绝密标记\n"
    )
    hidden.write(
        "-- content/common/synonyms.yaml --\nsynonyms:\n  - {word: 标记物, official: [绝密标记], draft: true}\n"
    )
    hidden.build()
    for path, data in hidden.bytes().items():
        assert "绝密标记".encode() not in data, path
    table = json.loads((hidden.root / "site/search/facts.json").read_text("utf-8"))
    assert "文件asked" in table["columns"]["title"]
    assert "secret" not in json.dumps(table)


def test_an_unchanged_text_is_not_indexed_again_and_a_build_without_search_has_no_index(tmp_path):
    small = SmallSite(tmp_path).write(SETTINGS).rule("a").rule("b", body="第一条　乙。\n")
    small.build()
    cache = tmp_path / ".gongkai/site/search"
    shards, texts = {path.name for path in cache.iterdir()}, set((tmp_path / "site/search/text").iterdir())
    small.write("-- catalog.yaml --\n" + (tmp_path / "catalog.yaml").read_text("utf-8") + "notice: 新的提示\n").build()
    assert {path.name for path in cache.iterdir()} == shards
    small.rule("a-1", body="第一条　新来的。\n").build()
    assert texts < set((tmp_path / "site/search/text").iterdir()), "what comes earlier keeps names and numbers"
    small.build("--no-search")
    assert not (tmp_path / "site/search/facts.json").exists()
    assert not any(path.startswith("search/index/") for path in small.bytes())


@pytest.mark.parametrize("damage", ["", "[]", '{"a": 1}', "不是"])
def test_lines_that_are_known_change_nothing_and_damaged_ones_are_read_again(tmp_path, damage):
    small = (
        SmallSite(tmp_path)
        .write(SETTINGS)
        .rule("a", body="第一条　甲。\n\n1. 乙\n2. 丙\n\n| 丁 | 戊 |\n|---|---|\n| 己 | 庚 |\n")
    )
    small.build()
    made = small.bytes()
    kept = tmp_path / ".gongkai/site/lines.json"
    assert "1. 乙" in kept.read_text("utf-8")
    (tmp_path / ".gongkai/site/ledger.json").unlink()
    kept.write_text(damage, "utf-8")
    for _ in range(2):
        small.rule("b", body="第二条　辛。\n").build()
        (tmp_path / "content/shifu/rules/b.md").unlink()
        small.build()
        assert small.bytes() == made
    assert "辛" not in kept.read_text("utf-8")


def test_two_clean_builds_have_the_same_index_and_texts_that_are_alike_are_all_found(tmp_path):
    made = []
    for name in ("one", "other"):
        small = SmallSite(tmp_path / name).write(SETTINGS)
        for id in ("a", "b", "c"):
            small.rule(id, title="同名", body="第一条　乙。\n")
        small.build("--clean")
        made.append(small.bytes())
    assert made[0] == made[1]
    table = json.loads(made[0]["search/facts.json"])
    titles, parts = table["columns"]["title"], table["columns"]["parts"]
    assert len({cell[0] for title, cell in zip(titles, parts, strict=True) if title == "同名"}) == 3


def test_an_index_that_was_interrupted_is_made_again(tmp_path):
    small = SmallSite(tmp_path).write(SETTINGS).rule("a")
    small.build()
    before = small.bytes()
    (folder,) = (tmp_path / ".gongkai/site/search").iterdir()
    (folder / "ids.json").unlink()
    (folder / "words.json").unlink()
    small.build()
    assert small.bytes() == before


class Dated:
    """What `divide` looks at: a year, a size, an address."""

    def __init__(self, year, size, n):
        published = SimpleNamespace(day=SimpleNamespace(year=year)) if year else None
        self.item = SimpleNamespace(record=SimpleNamespace(published=published))
        self.parts = ((SimpleNamespace(text="字" * size),),)
        self.address = f"/rules/{n}/"


def test_shards_are_whole_years_within_the_bound_undated_first_and_a_big_year_is_split():
    found = [Dated(year, 100, n) for n, year in enumerate([2020] * 3 + [2021] * 3 + [None] * 2 + [2022] * 9)]
    shards = divide(found, BYTES_PER_CHARACTER * 500)
    assert sorted(number for shard in shards for number in shard) == list(range(17))
    assert shards[0] == [6, 7, 0, 1, 2]
    assert all(len(shard) <= 5 for shard in shards[:2])
    assert divide(found[:3], 10**9) == [[0, 1, 2]], "a small site has one"


@pytest.mark.long
def test_an_index_in_several_shards_finds_the_same_as_one(broken, tmp_path):
    chance = random.Random(5)
    large = SmallSite(tmp_path).write(SETTINGS.replace("root: shifu", "root: shifu\nsearch_memory: 64"))
    for n in range(2):
        text = "".join(chr(chance.randrange(0x4E00, 0x4F00)) for _ in range(110_000))
        lines = "\n\n".join(text[k : k + 400] for k in range(0, len(text), 400))
        large.rule(f"big-{n}", body=f"{lines}\n\n各份都有的一句话。\n\n只在第{n}份。\n", published=f"202{n}-01-01")
    large.build()
    table = json.loads((tmp_path / "site/search/facts.json").read_text("utf-8"))
    assert len(table["shards"]) >= 2
    with served(tmp_path / "site") as broken.base:
        assert set(broken.open("?q=各份都有的一句话").ids) == {"big-0", "big-1"}
        for n in range(2):
            assert broken.ask(f"只在第{n}份").ids == [f"big-{n}"]
            assert broken.excerpts == [f"只在第{n}份。"]
        assert broken.page.locator("#results mark").inner_text() == "只在第1份"
        assert broken.said == []
        # One shard of several does not come: not half of the documents, but a message.
        broken.page.route(f"**/{table['shards'][1]}/*.pf_index.bin", lambda route: route.abort())
        assert broken.open("?q=各份都有的一句话").told.startswith("检索暂时不能用")
