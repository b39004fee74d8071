"""Telephone numbers that dial, long lists on narrow and wide screens, and a way through the site by keyboard alone."""

from __future__ import annotations

import pytest

from gongkai.render.phones import linked
from tests.conftest import served


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("0000-00001000", ["tel:0000-00001000"]),
        ("010-12345678转801", ["tel:010-12345678;ext=801"]),
        ("010-12345678-801", ["tel:010-12345678;ext=801"]),
        ("（010）12345678、12345679", ["tel:010-12345678", "tel:12345679"]),
        ("0755 12345678", ["tel:0755-12345678"]),
        ("12345", ["tel:12345"]),
        ("400-800-1234", ["tel:400-800-1234"]),
        ("请填写联系电话", []),
        ("工作日9:00—17:00", []),
        ("2024-10001000-1", []),
    ],
)
def test_a_number_is_a_link_that_dials_it(text, leads):
    html = linked(text)
    assert html.striptags() == text
    assert [part.partition('"')[0] for part in html.split('href="')[1:]] == leads


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("地址：示例路12345号　电话：0000-00001000（工作日9:00—17:00，邮编000000）", ["tel:0000-00001000"]),
        ("政务热线12345，档案编号12345678", ["tel:12345"]),
        ("示政发〔2024〕12号，统一登记号 11990000", []),
        ("办公室 <b>", []),
    ],
)
def test_among_other_numbers_only_what_must_be_a_telephone_is_one(text, leads):
    html = linked(text, alone=False)
    assert html.unescape().replace("</a>", "").count("<a ") == len(leads)
    assert [part.partition('"')[0] for part in html.split('href="')[1:]] == leads
    assert "<b>" not in html


pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(sample):
    with served(sample) as found:
        yield found


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("elder", [False, True], ids=["plain", "elder"])
def test_on_a_phone_every_number_is_a_button_that_a_thumb_hits(browser, address, width, elder):
    context = browser.new_context(viewport={"width": width, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    if elder:
        page.add_init_script("localStorage.setItem('gongkai', '{\"elder\": true}')")
    for path in ("organs/minzheng/", "cards/minzheng-dibao/", "fields/compulsory_education/", "zfxxgk/zn/"):
        page.goto(f"{address}/{path}")
        small = page.evaluate(
            "[...document.querySelectorAll('.call')].map((one) => [one.href, one.getBoundingClientRect().height])"
        )
        assert len(small) > 1, path
        assert all(href.startswith("tel:") and height >= 44 for href, height in small), (path, small)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()


def test_a_long_list_keeps_its_header_and_first_column_and_is_stacked_on_a_phone(browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    box = "([where]) => { const r = document.querySelector(where).getBoundingClientRect(); return [r.x, r.y]; }"
    header, first = ".rows thead th", ".rows tbody tr:nth-child(6) th"
    page.goto(f"{address}/fields/compulsory_education/")
    page.evaluate("document.querySelector('.rows').scrollIntoView(); scrollBy(0, 1500)")
    assert page.evaluate(box, [header])[1] == 0
    page.set_viewport_size({"width": 768, "height": 800})
    page.reload()
    page.evaluate("document.querySelector('.rows').scrollIntoView()")
    before = [page.evaluate(box, [header])[1], page.evaluate(box, [first])[0]]
    page.evaluate("document.querySelector('.rows').scrollTo(250, 1500)")
    top = page.evaluate("document.querySelector('.rows').getBoundingClientRect().y")
    assert page.evaluate(box, [header])[1] == pytest.approx(top, abs=2)
    assert page.evaluate(box, [first])[0] == pytest.approx(before[1], abs=2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 390, "height": 800})
    page.reload()
    cells = page.locator(".rows tbody tr:nth-child(1) :is(th, td)")
    boxes = [cells.nth(n).bounding_box() for n in range(cells.count())]
    assert all(one["y"] + one["height"] <= other["y"] + 1 for one, other in zip(boxes, boxes[1:], strict=False))
    said = page.evaluate("getComputedStyle(document.querySelector('.rows td'), '::before').content")
    assert said.startswith('"公开在哪里')
    page.close()


def test_from_home_to_the_print_of_an_article_by_keyboard_alone(browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    press = page.keyboard.press

    def reach(selector: str, most: int) -> None:
        """Tabs to an element, as a person does who sees where the focus is."""
        for _ in range(most):
            press("Tab")
            if page.evaluate("(where) => document.activeElement.matches(where)", selector):
                return
        pytest.fail(f"{selector} is not reached within {most} steps")

    page.goto(f"{address}/")
    reach("a.skip[href='#q']", 2)
    press("Enter")
    reach("#q", 2) if not page.evaluate("document.activeElement.id === 'q'") else None
    page.keyboard.type("最低生活保障审核确认实施细则")
    press("Enter")
    page.wait_for_selector("#results li")
    reach("#results .card-title", 60)
    assert page.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none", "the focus is seen"
    press("Enter")
    page.wait_for_selector(".find-in:not([hidden])")
    assert "/rules/minzheng-2024-2/" in page.url
    page.goto(page.url.partition("#")[0])
    reach("#find", 60)
    page.keyboard.type("第三条")
    press("Enter")
    page.wait_for_function("location.hash === '#art-3'")
    assert page.evaluate("document.querySelector('#art-3').getBoundingClientRect().top < innerHeight")
    page.evaluate("scrollTo(0, 0); document.activeElement.blur(); getSelection().removeAllRanges()")
    page.goto(page.url.partition("#")[0])
    reach(".tools summary", 6)
    press("Enter")
    reach("[data-act=print]", 20)
    press("Enter")
    assert page.get_attribute("html", "data-printed") == "yes"
    page.emulate_media(media="print")
    assert page.is_visible(".law")
    assert page.is_visible(".rule-now .state")
    assert page.is_visible(".paper svg")
    assert not page.is_visible(".bar")
    assert not page.is_visible(".stepper")
    page.close()
