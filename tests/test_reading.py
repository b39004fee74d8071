"""Reading a document by its articles, in a real browser: any spelling leads there, steps, and copied citations."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import expect

from gongkai.model.cited import cited_as
from tests.conftest import SETTINGS, SmallSite, served

LONG = "正文。" * 60

SEEN = """(() => {
  const has = document.activeElement, bar = document.querySelector(".stepper");
  return bar.contains(has) || has.getBoundingClientRect().bottom <= bar.getBoundingClientRect().top;
})()"""
"""Whether what has the focus is not behind the bar."""


def body() -> str:
    numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    articles = [f"第{number}条　{LONG}" for number in numbers]
    articles[2] = f"第三条　下列事项：\n\n（一）甲；\n\n（二）乙。\n\n第二款的正文。{LONG}\n\n（一）丙。"
    articles.insert(3, f"第三条之一　{LONG}")
    return "\n\n".join(articles) + "\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> SmallSite:
    site = SmallSite(tmp_path_factory.mktemp("reading")).write(SETTINGS)
    site.rule("a", body(), title="测试市停车管理办法", doc_no="测政规〔2024〕8号")
    site.rule("b", "正文。\n\n又一段。\n", title="测试市通知")
    site.build("--no-search")
    return site


@pytest.fixture(scope="module")
def address(built):
    with served(built.root / "site") as address:
        yield address


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, permissions=["clipboard-read"])
    page = context.new_page()
    yield page
    context.close()


def top(page) -> str:
    """The article whose number stands first in the window."""
    return page.evaluate(
        "[...document.querySelectorAll('.law .article')].find((a) => a.getBoundingClientRect().top >= -5).id"
    )


@pytest.mark.browser
@pytest.mark.parametrize(
    ("typed", "anchor"),
    [
        ("第3条", "art-3"),
        ("第三条第二款", "art-3-p2"),
        ("第三条第（二）项", "art-3-p1-i2"),
        ("第3条第2款第1项", "art-3-p2-i1"),
        ("第三条之一", "art-3-1"),
        ("第三条第九款", "art-3"),
        ("第１２条", "art-12"),
        ("第十二条", "art-12"),
    ],
)
def test_any_spelling_of_an_article_in_the_address_leads_to_it(phone, address, typed, anchor):
    phone.goto(f"{address}/rules/a/#{typed}")
    assert phone.evaluate("location.hash") == f"#{anchor}"
    assert phone.evaluate("document.querySelector(':target').id") == anchor


@pytest.mark.browser
def test_a_reader_steps_from_article_to_article_and_hears_which(phone, address):
    phone.goto(f"{address}/rules/a/")
    bar = phone.get_by_role("group", name="按条阅读")
    phone.evaluate("document.querySelector('#art-1').scrollIntoView()")
    expect(bar.locator(".jump")).to_have_text("第一条")
    for name, number in (("下一条", "第二条"), ("下一条", "第三条"), ("下一条", "第三条之一"), ("上一条", "第三条")):
        bar.get_by_role("button", name=name).press("Enter")
        assert bar.get_by_role("status").inner_text() == number
        assert bar.locator(".jump").inner_text() == number
    assert top(phone) == "art-3"
    assert phone.evaluate("history.length") == 2, "steps must not fill the way back"
    phone.evaluate("document.querySelector('#art-12').scrollIntoView()")
    expect(bar.locator(".jump")).to_have_text("第十二条")
    bar.get_by_role("button", name="下一条").click()
    assert top(phone) == "art-12"


@pytest.mark.browser
def test_the_number_in_the_bar_leads_to_the_box_where_an_article_is_typed(phone, address):
    phone.goto(f"{address}/rules/a/#art-12")
    phone.locator(".stepper .jump").click()
    assert phone.evaluate("document.activeElement.id") == "find"
    phone.keyboard.type("第三条第二款")
    phone.keyboard.press("Enter")
    assert phone.evaluate("location.hash") == "#art-3-p2"


@pytest.mark.browser
def test_a_citation_is_copied_with_the_number_of_the_document_and_said_aloud(phone, address):
    phone.goto(f"{address}/rules/a/#art-3")
    button = phone.get_by_role("button", name="复制引用")
    button.press("Enter")
    text = "《测试市停车管理办法》（测政规〔2024〕8号）第三条"
    expect(phone.locator(".stepper [role=status]")).to_have_text(f"已复制：{text}")
    assert phone.evaluate("navigator.clipboard.readText()") == text
    for anchor, place in (
        ("art-3-p2", "第三条第二款"),
        ("art-3-p1-i2", "第三条第一款第二项"),
        ("art-3-1", "第三条之一"),
    ):
        phone.evaluate(
            "(id) => { const t = document.getElementById(id).lastChild; getSelection().setBaseAndExtent(t, 0, t, 2) }",
            anchor,
        )
        button.click()
        expect(phone.locator(".stepper [role=status]")).to_have_text(re.compile(f"{place}$"))
        assert phone.evaluate("navigator.clipboard.readText()").endswith(f"号）{place}")


@pytest.mark.browser
def test_without_a_clipboard_of_the_browser_s_the_old_way_is_taken(phone, address):
    phone.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })")
    phone.goto(f"{address}/rules/a/#art-12")
    phone.evaluate("document.addEventListener('copy', (e) => setTimeout(() => { window.copied = e.defaultPrevented }))")
    phone.get_by_role("button", name="复制引用").click()
    expect(phone.locator(".stepper [role=status]")).to_have_text(re.compile("^已复制"))
    assert phone.evaluate("window.copied")


@pytest.mark.browser
def test_the_bar_is_for_texts_with_articles_and_readers_with_scripts(browser, phone, address):
    phone.goto(f"{address}/rules/b/")
    assert not phone.locator(".stepper").is_visible()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{address}/rules/a/")
    assert not plain.locator(".stepper").is_visible()
    plain.context.close()


@pytest.mark.browser
def test_the_bar_fits_a_phone_and_hides_nothing_that_has_the_focus(phone, address):
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto(f"{address}/rules/a/#art-5")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    assert all(
        box["height"] >= 40 for button in phone.locator(".stepper button").all() if (box := button.bounding_box())
    )
    phone.evaluate("document.querySelector('#art-2 .no').focus()")
    for _ in range(6):
        phone.keyboard.press("Tab")
        assert phone.evaluate(SEEN)


def test_scripts_of_a_document_stay_within_their_budget(built):
    names = ("prefs", "tools", "status", "rule")
    scripts = [next((built.root / "site/assets").glob(f"{name}.*.js")).read_bytes() for name in names]
    assert sum(len(gzip.compress(script)) for script in scripts) <= 5 * 1024


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("测试办法", "《测试办法》（测政规〔2024〕8号）"),
        ("测试市人民政府关于印发《测试办法》的通知", "《测试办法》（测政规〔2024〕8号）"),
        ("关于修改《测试办法》的决定", "《关于修改〈测试办法〉的决定》（测政规〔2024〕8号）"),
    ],
)
def test_a_document_is_cited_by_the_title_that_its_articles_belong_to(title, said):
    assert cited_as(title, "测政规〔2024〕8号") == said
