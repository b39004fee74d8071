"""Citations: what running text names becomes a link where it can be only one document, and each document knows who
cites it."""

from __future__ import annotations

import re

import pytest

from gongkai.model.citations import Reader, scan
from gongkai.render.citing import Cites, linked
from gongkai.render.markdown import RuleText, render
from tests.conftest import SETTINGS, SmallSite
from tests.pages import dead_links, read_site


def read(text: str, title: str = "测试办法") -> list[tuple[str, str, str]]:
    """The citations of a text: its linked words, what they name, and the anchor."""
    reader = Reader(title)
    return [
        (line[one.start : one.end], one.number or one.name, one.article)
        for line in text.split("\n")
        for one in reader.read(line)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("依照《甲法》第三十八条的规定", [("《甲法》第三十八条", "《甲法》", "art-38")]),
        (
            "依照《甲法》第三十八条之一第二款第三项",
            [("《甲法》第三十八条之一第二款第三项", "《甲法》", "art-38-1-p2-i3")],
        ),
        ("依照《甲法》第38条第（三）项", [("《甲法》第38条第（三）项", "《甲法》", "art-38-p1-i3")]),
        (
            "《甲法》第三条第一款、第二款和第五条至第七条",
            [
                ("《甲法》第三条第一款", "《甲法》", "art-3"),
                ("第五条", "《甲法》", "art-5"),
                ("第七条", "《甲法》", "art-7"),
            ],
        ),
        (
            "《甲办法》（示政规〔2024〕3号）第六条",
            [("《甲办法》（示政规〔2024〕3号）第六条", "示政规〔2024〕3号", "art-6")],
        ),
        (
            "《甲法》（以下简称《法》）第三条\n按照《法》第四条",
            [("《甲法》", "《甲法》", ""), ("第三条", "《甲法》", "art-3"), ("《法》第四条", "《甲法》", "art-4")],
        ),
        (
            "《中华人民共和国甲法》（以下简称甲法）\n违反甲法第四条的",
            [
                ("《中华人民共和国甲法》", "《中华人民共和国甲法》", ""),
                ("甲法第四条", "《中华人民共和国甲法》", "art-4"),
            ],
        ),
        ("根据国办发〔2018〕128号文件", [("国办发〔2018〕128号", "国办发〔2018〕128号", "")]),
        ("根据国办发[2018]128号", [("国办发[2018]128号", "国办发[2018]128号", "")]),
        ("按照中华人民共和国国务院令第711号", [("中华人民共和国国务院令第711号", "中华人民共和国国务院令第711号", "")]),
        ("2020年4月29日生态环境部令第12号公布", [("生态环境部令第12号", "生态环境部令第12号", "")]),
        ("《关于适用〈甲法〉的解释》", [("《关于适用〈甲法〉的解释》", "《关于适用〈甲法〉的解释》", "")]),
        ("《关于修改《甲法》的决定》", [("《关于修改《甲法》的决定》", "《关于修改《甲法》的决定》", "")]),
        ("违反本办法第十二条、第十三条规定", [("本办法第十二条", "", "art-12"), ("第十三条", "", "art-13")]),
        ("违反第十二条规定的", [("第十二条", "", "art-12")]),
        ("第十二条　依照第三条处理", [("第三条", "", "art-3")]),
        ("依照《甲法》处理，有第三条情形的", [("《甲法》", "《甲法》", "")]),
        ("依照民法典第三条，违反第四条的", [("民法典第三条", "民法典", "art-3")]),
        ("违反本条例第三条", []),
        ("将第五条修改为：“违反本办法第三条的，依照第四条处理。”", []),
        ("该条例第三条", [("该条例第三条", "该条例", "art-3")]),
        ("第三条第二款和前款", []),
        (
            "按照《甲办法》办理，违反该办法第三条的",
            [("《甲办法》", "《甲办法》", ""), ("该办法第三条", "《甲办法》", "art-3")],
        ),
        ("《甲法》（试行）第三条", [("《甲法》", "《甲法》", ""), ("第三条", "《甲法》", "art-3")]),
        ("《甲法》（另见《乙法》）", [("《甲法》", "《甲法》", ""), ("《乙法》", "《乙法》", "")]),
    ],
)
def test_a_text_is_read_as_a_lawyer_reads_it(text, found):
    assert read(text) == found


def test_articles_quoted_in_a_decision_that_amends_another_document_are_not_its_own():
    assert read("违反本办法第三条、第四条的，依照第五条", "关于修改《测试办法》的决定") == []


def test_only_a_law_calls_itself_a_law():
    assert read("违反本法第三条", "测试管理办法") == []
    assert read("违反本法第三条", "中华人民共和国测试法（2020年版）") == [("本法第三条", "", "art-3")]


def test_headings_and_links_are_no_citations_and_every_cell_is_read_by_itself():
    table = "| 《甲法》 | 第三条 |\n| --- | --- |\n| 《乙法》第四条 | 有第五条情形 |"
    text = f"# 《甲法》解读\n\n{table}\n\n> 根据《丙法》修正"
    assert [(one.citation.name, one.citation.article, one.preface) for one in scan(text, "测试办法")] == [
        ("《甲法》", "", False),
        ("《乙法》", "art-4", False),
        ("", "art-5", False),
        ("《丙法》", "", True),
    ]


LEADS = {("《甲法》", "", ""): "../jia/", ("《甲法》", "", "art-3"): "../jia/#art-3"}


def test_a_link_is_put_into_text_without_changing_a_character():
    typed = "第一条　按照《甲法》第三条、\n第五条和<b>《甲法》</b>\n违反第二条的。\n\n第二条　正文"
    html = render(RuleText(typed, (), _cites("测试办法")), {}, LEADS).html
    assert '<a class="cite" href="../jia/#art-3">《甲法》第三条</a>、<br>\n第五条和&lt;b&gt;' in html
    assert '<a class="cite" href="../jia/">《甲法》</a>&lt;/b&gt;' in html
    assert '违反<a class="cite" href="#art-2">第二条</a>的' in html
    shown = re.sub("<[^>]+>", "", html).replace("&lt;", "<").replace("&gt;", ">")
    assert "".join(shown.split()) == "".join(typed.split())


def _cites(title: str):
    return Cites(title, tuple(LEADS.items()))


def test_nothing_is_linked_inside_a_heading_or_a_link():
    text = render(
        RuleText("# 《甲法》解读\n\n见[《甲法》](x.md)第三条和《甲法》", (), _cites("")), {"x.md": "x/"}, LEADS
    ).html
    assert "<h2" in text
    assert "《甲法》解读</h2>" in text
    assert '<a href="x/">《甲法》</a>第三条和<a class="cite" href="../jia/">《甲法》</a>' in text


def test_a_plain_text_is_escaped_and_linked():
    assert linked("<i>《甲法》\n第三条", "", LEADS) == '&lt;i&gt;<a class="cite" href="../jia/">《甲法》</a>\n第三条'
    assert linked("《乙法》", "", LEADS) == "《乙法》"


LAW = "第一条　总则。\n\n第二条　下列事项：\n\n（一）甲；\n\n（二）乙。\n\n本条另有第二款。\n\n第三条　附则。\n"


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> SmallSite:
    """A small site whose documents cite one another in every way."""
    site = SmallSite(tmp_path_factory.mktemp("citations")).write(SETTINGS)
    outside = {"issuers": "[全国人民代表大会常务委员会]", "type": "law", "disclosure": None}
    site.rule("law", LAW, title="中华人民共和国测试法", **outside)
    site.rule(
        "old",
        LAW,
        title="测试市行车办法",
        doc_no="测政规〔2019〕1号",
        published="2019-01-02",
        effective="2019-02-01",
        signed="2019-01-01",
    )
    site.rule("new", LAW, title="测试市行车办法", doc_no="测政规〔2024〕8号", repeals="[old]")
    site.rule("twin-1", LAW, title="测试市双胞胎办法", doc_no="测政规〔2024〕5号")
    site.rule("twin-2", LAW, title="测试市双胞胎办法", doc_no="测政规〔2024〕6号")
    site.rule("notice", LAW, title="测试市人民政府关于印发《测试市停车细则》的通知")
    site.rule("secret", LAW, title="测试市内部办法", disclosure="withheld", ground="internal", reason="内部事务")
    site.rule("draft", LAW, title="测试市草稿办法", draft="true")
    site.rule(
        "citing",
        "第一条　根据《测试法》《测试市停车细则》，参照《测试市行车办法》第二条第二款，制定本办法。\n\n"
        "第二条　《中华人民共和国测试法》（以下简称测试法）第二条第（二）项、第九条。\n\n"
        "第三条　依照测试法第三条和《测试市双胞胎办法》办理；按照《测试市双胞胎办法》（测政规〔2024〕6号）第一条。\n\n"
        "第四条　违反本办法第二条、第十条的，依照测政规[2024]8号处理。\n\n"
        "第五条　《测试市内部办法》《测试市草稿办法》《外地办法》《测试引用办法》第一条。\n",
        title="测试引用办法",
        published="2024-03-02",
    )
    site.rule(
        "citing-2",
        "第一条　根据《测试法》和《外地办法》，制定本办法。\n\n第二条　《营业执照》。\n",
        title="测试引用二号办法",
    )
    site.write(
        "-- content/shifu/explainers/e.md --\n---\ntitle: 解读\nexplains: [citing]\nformat: text\ninterpreter: shifu\n"
        "interpreter_kind: principal\nperson: 某某\ndisclosure: proactive\npublished: 2024-03-02\n"
        "background: 国家出台了《测试法》第三条\nmain_content: 本办法第三条\n"
        "---\n\n见《测试法》第三条和本办法第四条。\n"
    )
    site.rule("wide", LAW, title="测试市宽泛办法")
    for number in range(7):
        site.rule(
            f"wide-{number}", "第一条　根据《测试市宽泛办法》第二条，制定本办法。\n", title=f"测试市具体办法{number}"
        )
    site.build("--no-search")
    return site


@pytest.fixture(scope="module")
def page(city) -> str:
    return city.page("rules/citing")


def links(html: str) -> dict[str, str]:
    return {words: href for href, words in re.findall(r'<a class="cite" href="([^"]+)">([^<]+)</a>', html)}


def test_a_citation_leads_to_the_document_and_to_the_smallest_place_of_it_that_there_is(page):
    found = links(page)
    assert found["《测试法》"] == "../law/"
    assert found["测试法第三条"] == "../law/#art-3"
    assert found["第二条第（二）项"] == "../law/#art-2-p1-i2"
    assert found["测政规[2024]8号"] == "../new/"
    assert "第九条" not in found, "the law has no such article"


def test_a_document_printed_by_a_notice_is_found_under_its_own_title(page):
    assert links(page)["《测试市停车细则》"] == "../notice/"


def test_of_two_documents_with_one_title_the_one_that_the_other_repealed_is_not_meant(page):
    assert links(page)["《测试市行车办法》第二条第二款"] == "../new/#art-2-p2"


def test_where_several_may_be_meant_there_is_no_link_unless_the_number_tells(page):
    found = links(page)
    assert "《测试市双胞胎办法》" not in found
    assert found["《测试市双胞胎办法》（测政规〔2024〕6号）第一条"] == "../twin-2/#art-1"


def test_articles_of_the_text_itself_lead_within_the_page(page):
    found = links(page)
    assert found["本办法第二条"] == "#art-2"
    assert found["《测试引用办法》第一条"] == "./#art-1"
    assert "第十条" not in found


def test_no_link_leads_to_what_is_not_public(city, page):
    assert "《测试市内部办法》《测试市草稿办法》" in page
    for name, data in city.bytes().items():
        assert b"rules/secret" not in data, name
        assert b"rules/draft" not in data, name


def test_a_document_says_who_cites_it_by_article_and_where(city):
    page = city.page("rules/law")
    part = page[page.index('class="citing"') : page.index("</section>", page.index('class="citing"'))]
    assert "本站有 2 份文件引用了这份文件。" in part
    groups = re.findall(r"<h3>(.+)</h3>", part)
    assert groups == ["引用整份文件", '<a href="./#art-2">第二条</a>', '<a href="./#art-3">第三条</a>']
    assert '<a href="../citing/">测试引用办法</a><a class="place" href="../citing/#art-3">第三条</a>' in part
    assert 'class="citing"' not in city.page("rules/citing-2")


def test_many_that_cite_are_folded_and_counted(city):
    page = city.page("rules/wide")
    part = page[page.index('class="citing"') : page.index("</section>", page.index('class="citing"'))]
    assert "本站有 7 份文件引用了这份文件。" in part
    assert '<summary>第二条 <span class="count">（7 份）</span></summary>' in part
    assert "<h3>" not in part
    assert '<a href="./#art-2">回到第二条</a>' in part


def test_one_page_ranks_the_most_cited_and_what_is_missing(city):
    page = city.page("rules/cited")
    most, missing = page.split('id="missing"')
    assert re.findall(r"<li><a[^>]+>([^<]+)</a> <span[^>]+>（(\d) 份）", most)[0] == ("测试市宽泛办法", "7")
    assert re.findall(r"<li><a[^>]+>([^<]+)</a> <span[^>]+>（(\d) 份）", missing) == [
        ("《外地办法》", "2"),
        ("《测试市内部办法》", "1"),
        ("《测试市草稿办法》", "1"),
    ]
    assert 'href="cited/"' in city.page("rules")


def test_explainers_lead_to_the_articles_they_speak_of(city):
    found = links(city.page("explainers/e"))
    assert found == {
        "《测试法》第三条": "../../rules/law/#art-3",
        "本办法第三条": "../../rules/citing/#art-3",
        "本办法第四条": "../../rules/citing/#art-4",
    }


def test_no_citation_is_a_dead_link(city):
    assert dead_links(city.root / "site", read_site(city.root / "site")) == []


def test_a_page_is_made_again_exactly_when_its_links_change(city):
    again = SmallSite(city.root)
    path = city.root / "content/shifu/rules/citing-3.md"
    before = city.bytes()
    try:
        again.rule("citing-3", "第一条　正文。\n", title="外地办法")
        again.build("--no-search")
        after = city.bytes()
        changed = {name for name in before if after[name] != before[name] and name.startswith("rules/c")}
        assert changed == {"rules/citing/index.html", "rules/citing-2/index.html", "rules/cited/index.html"}
        assert links(city.page("rules/citing-2"))["《外地办法》"] == "../citing-3/"
    finally:
        path.unlink()
        again.build("--no-search")
    assert city.bytes() == before
