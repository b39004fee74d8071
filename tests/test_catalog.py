"""The catalog: fields, standard lists, cards, explainers and the uniform column, as whole small sites."""

from __future__ import annotations

import csv
import json
import re

import pytest

from gongkai.model.column import ARTICLE_20, groups
from gongkai.model.limits import FORMS, Limit, parse
from gongkai.model.organ import Level, OrganKind
from tests.pages import read, read_site

ROWS = """\
-- content/shifu/standards/social_assistance.yaml --
disclosure: proactive
subjects: [shifu]
levels: [city, township]
time_limit: 制定或获取信息之日起10个工作日内
channels: {gov_site: required, reading_point: optional}
bases: [《测试救助办法》第二条, 《社会救助暂行办法》（国务院令第649号）]
rows:
  - id: sz-01
    seq: 0505
    item_l1: 最低生活保障
    item_l2: 办事指南
    elements: [●办理条件, 〇办理时间]
    audience_all: true
    mode_proactive: true
    published_as: [card:dibao, rule:jiuzhu, "https://zwfw.example.gov.cn/x"]
  - id: sz-02
    item_l1: 最低生活保障
    item_l2: 审核信息
    portions:
      - {elements: [初审名单], time_limit: 公示7个工作日, channels: {notice_board: required}}
      - {elements: [投诉电话], time_limit: 长期公开}
    audience_group: 申请人所在的村（居）
    mode_proactive: true
  - id: sz-03
    item_l1: 村级事项
    block: subsidy
    audience_all: true
    mode_proactive: true
    levels: [village]
-- content/liushu/organ.yaml --
name: 柳树镇人民政府
kind: government
level: township
parent: shifu
disclosure: proactive
published: 2024-01-01
contacts: {address: 镇中路1号, phone: 0000-00000009}
-- content/liushu/supplements/social_assistance.yaml --
disclosure: proactive
subjects: [liushu]
rows:
  - id: ls-01
    item_l1: 临时救助
    elements: [备用金使用情况]
    bases: [《测试救助办法》]
    time_limit: 每季度
    channels: {notice_board: required}
    audience_all: true
    mode_proactive: true
"""
CARD = """\
-- content/shifu/cards/dibao.md --
---
title: 低保金
disclosure: proactive
published: 2024-01-02
side: people
level: city
audiences: [low_income, 老人]
industries: [agriculture]
fields: [social_assistance]
main_content: 困难家庭按月领取保障金
scope: [具有本市户籍]
standard: [{item: 保障金, amount: 每人每月 860 元}]
procedure: [{step: 向镇提出申请, time: 当场受理}]
channel: [{name: 镇窗口, phone: 0000-00000002}]
sources: [{rule: jiuzhu, articles: [第二条]}]
faq: [{q: 要多久, a: 二十个工作日}]
---

补充说明。
"""
EXPLAINER = """\
-- content/shifu/explainers/jiedu.md --
---
title: 救助办法解读
disclosure: proactive
published: 2024-01-03
explains: [jiuzhu]
format: questions
interpreter: shifu
background: 为了什么
glossary: [{term: 共同生活, meaning: 住在一起}]
differences: [{point: 标准, before: 800元, now: 860元}]
---

## 还有什么

1. 第一点
2. 第二点
"""


@pytest.fixture
def city(site):
    site.rule("jiuzhu", title="测试救助办法", body="第一条　甲。\n\n第二条　乙。\n", doc_no="测政规〔2024〕1号")
    return site.write(ROWS).write(CARD).write(EXPLAINER)


def test_a_field_page_says_for_every_row_whether_it_is_published_here_and_where(city):
    city.build()
    page = city.page("fields/social_assistance")
    assert "共 4 项，已在本站公开 1 项" in page
    for link in ("../../cards/dibao/", "../../rules/jiuzhu/", "https://zwfw.example.gov.cn/x"):
        assert f'href="{link}"' in page
    assert page.count("尚未在本站公开") == 2
    assert page.count("按目录在其他渠道公开") == 1, "a row of the notice board"
    assert "0505" in page, "a 序号 stays as typed"
    assert 'id="row-sz-01"' in page


def test_a_basis_leads_to_the_article_it_names(city):
    city.build()
    assert 'href="../../rules/jiuzhu/#art-2"' in city.page("fields/social_assistance")
    assert "《社会救助暂行办法》（国务院令第649号）" in city.page("fields/social_assistance")


def test_required_and_optional_elements_and_channels_are_told_apart_in_words(city):
    city.build()
    page = city.page("fields/social_assistance")
    assert "办理时间<span" in page
    assert "（可选）" in page
    assert "公开查阅点（可选）" in page


def test_parts_with_limits_of_their_own_keep_them_and_a_block_is_written_out(city):
    city.build()
    page = city.page("fields/social_assistance")
    assert "公示7个工作日" in page
    assert "长期公开" in page
    for element in ("政策依据", "申请指南", "补贴结果", "监督渠道"):
        assert element in page


def test_rows_stand_by_level_and_organ_villages_in_a_list_of_their_own_and_supplements_are_marked(city):
    city.build()
    page = city.page("fields/social_assistance")
    headings = re.findall(r"<h3>([^<]+)</h3>", page)
    assert headings == ["市级 · 测试市人民政府", "乡级 · 柳树镇人民政府", "村级 · 测试市人民政府"]
    assert page.index("村级 · 测试市人民政府") < page.index('id="row-sz-03"')
    assert page.count('<span class="tag">补充</span>') == 1


DIRECTORY = """\
-- content/shifu/standards/social_assistance.yaml --
profile: directory
disclosure: proactive
subjects: [shifu]
bases: [《中华人民共和国政府信息公开条例》第二十条（一）]
rows:
  - {id: ml-01, item_l1: 政策, item_l2: 规章, elements: [规章文本], scope: 全社会, item_class: 法定公开}
"""


def test_a_directory_of_proactive_disclosure_has_the_columns_of_its_own(site):
    site.write(DIRECTORY).build()
    head = site.page("fields/social_assistance")
    head = head[head.index("<thead>") : head.index("</thead>")]
    assert re.findall(r">([^<]+)</th>", head) == [
        "公开事项",
        "公开在哪里",
        "公开内容（要素）",
        "公开依据",
        "公开主体",
        "公开范围",
    ]


def test_the_list_of_a_field_comes_as_csv_and_json_with_every_row(city):
    city.build()
    folder = city.root / "site/fields/social_assistance"
    rows = list(csv.DictReader((folder / "social_assistance.csv").read_text("utf-8-sig").splitlines(keepends=True)))
    assert [row["编号"] for row in rows] == ["sz-01", "sz-02", "ls-01", "sz-03"]
    assert rows[0]["公开内容（要素）"] == "●办理条件\n〇办理时间"
    assert rows[0]["公开渠道和载体"] == "■政府网站 □公开查阅点"
    data = json.loads((folder / "social_assistance.json").read_text("utf-8"))
    assert data["rows"][0]["published"][0]["url"] == "https://www.test.example/cards/dibao/"
    assert data["rows"][2]["supplement"] is True


def test_a_cell_of_the_csv_never_runs_as_a_formula(city):
    path = city.root / "content/shifu/standards/social_assistance.yaml"
    path.write_text(path.read_text("utf-8").replace("item_l2: 办事指南", 'item_l2: "=1+1"'), "utf-8")
    city.build()
    assert ",'=1+1," in (city.root / "site/fields/social_assistance/social_assistance.csv").read_text("utf-8-sig")


def test_a_site_without_a_list_of_its_own_has_the_twenty_six_pilot_fields(site):
    site.build()
    links = [link for link in read(site.page("fields")).links if link.endswith("/") and not link.startswith(".")]
    assert len(links) == 26


def test_a_site_picks_and_adds_fields_and_one_of_the_newer_seven_is_there_by_its_key(site):
    site.write(
        "-- content/common/fields.yaml --\nfields:\n  - {key: transport, leads: [shifu]}\n"
        "  - {key: smart_city, name: 智慧城市, summary: 一网统管}\n"
    ).build()
    page = site.page("fields")
    assert "交通运输" in page
    assert "智慧城市" in page
    assert "义务教育" not in page
    assert "0000-00000001" in site.page("fields/transport"), "the phone of the organ that answers for it"


def test_a_site_of_one_department_shows_only_fields_that_have_rows(site):
    organ = site.root / "content/shifu/organ.yaml"
    organ.write_text(organ.read_text("utf-8").replace("kind: government", "kind: department"), "utf-8")
    site.build()
    assert '<a href="fields/"' not in site.page(".")


def test_a_card_of_a_department_names_only_fields_that_have_a_page(site):
    organ = site.root / "content/shifu/organ.yaml"
    organ.write_text(organ.read_text("utf-8").replace("kind: government", "kind: department"), "utf-8")
    site.rule("jiuzhu", title="测试救助办法", body="第二条　乙。\n").write(CARD).build()
    from tests.pages import dead_links

    assert dead_links(site.root / "site", read_site(site.root / "site")) == []


def test_cards_are_listed_by_who_you_are_and_by_industry(city):
    city.build()
    for path in ("cards/audience/low_income", "cards/audience/elderly", "cards/industry/agriculture", "cards"):
        assert "低保金" in city.page(path)
    assert not (city.root / "site/cards/audience/student").exists()
    assert 'href="cards/audience/elderly/"' in city.page(".")


def test_a_card_has_its_five_elements_and_the_state_of_its_source_with_its_article(city):
    city.build()
    page = city.page("cards/dibao")
    for words in (
        "困难家庭按月领取保障金",
        "具有本市户籍",
        "每人每月 860 元",
        "向镇提出申请",
        "镇窗口",
        "要多久",
        "补充说明",
    ):
        assert words in page
    assert 'href="../../rules/jiuzhu/#art-2"' in page
    assert re.search(r'data-life=":pending [\d-]+:in_force">[^<]+起施行<', page)
    assert 'href="../../cards/dibao/"' in city.page("rules/jiuzhu"), "and the document leads back to the card"


@pytest.mark.parametrize("front", [{"valid_until": "2025-12-31"}, {"repealed": "{on: 2026-01-01, by: 《新办法》}"}])
def test_a_card_whose_source_has_lapsed_says_so_and_is_listed_last(city, front):
    city.rule("jiuzhu", title="测试救助办法", body="第二条　乙。\n", **front)
    city.build()
    assert "已经失效、废止" in city.page("cards/dibao")
    assert 'class="lapsed"' in city.page("cards")


def test_a_card_whose_time_to_apply_is_over_says_so(city):
    path = city.root / "content/shifu/cards/dibao.md"
    path.write_text(path.read_text("utf-8").replace("level: city", "level: city\nvalid_until: 2026-11-19"), "utf-8")
    city.build()
    assert "申请时间已过" in city.page("cards/dibao")


def test_an_explainer_and_its_document_lead_to_each_other(city):
    city.build()
    page = city.page("explainers/jiedu")
    assert 'href="../../rules/jiuzhu/"' in page
    assert 'href="../../explainers/jiedu/"' in city.page("rules/jiuzhu")
    for words in ("简明问答", "背景依据", "共同生活", "800元", "第一点"):
        assert words in page
    assert "<li>第一点</li>" in page, "its text is ordinary Markdown"


def test_html_typed_into_prose_is_shown_and_not_run(city):
    path = city.root / "content/shifu/explainers/jiedu.md"
    path.write_text(path.read_text("utf-8") + "\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n", "utf-8")
    city.build()
    page = read(city.page("explainers/jiedu"))
    assert page.faults == []
    assert not any(link.startswith("javascript") for link in page.links)


SECTIONS = ["政策", "政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开"]


def nav(page: str) -> list[str]:
    inside = page[page.index('class="column-nav"') : page.index('class="column-body"')]
    return re.findall(r"<li><a [^>]*>([^<]+)</a></li>", inside)


def test_the_column_of_every_organ_has_the_six_sections_in_their_order(city):
    city.build()
    for path in ("zfxxgk", "organs/liushu/zfxxgk"):
        assert nav(city.page(path)) == SECTIONS
        for section in ("zc", "zn", "zd", "fdzdgknr", "nb", "ysqgk"):
            assert nav(city.page(f"{path}/{section}")) == SECTIONS


def test_the_older_layout_has_the_four_sections_of_its_notice(city):
    settings = city.root / "catalog.yaml"
    settings.write_text(settings.read_text("utf-8") + "column: 2019-61\n", "utf-8")
    city.build()
    assert nav(city.page("zfxxgk")) == SECTIONS[1:5]
    assert not (city.root / "site/zfxxgk/zc").exists()


@pytest.mark.parametrize(
    ("kind", "level", "count"),
    [
        (OrganKind.GOVERNMENT, Level.CITY, 20),
        (OrganKind.GOVERNMENT, Level.COUNTY, 20),
        (OrganKind.GOVERNMENT, Level.TOWNSHIP, 23),
        (OrganKind.GOVERNMENT, Level.PROVINCE, 15),
        (OrganKind.DEPARTMENT, Level.CITY, 15),
        (OrganKind.PUBLIC_UTILITY, Level.COUNTY, 15),
    ],
)
def test_statutory_groups_follow_articles_20_and_21_by_kind_and_level(kind, level, count):
    found = groups(kind, level)
    assert found[:15] == ARTICLE_20
    assert len(found) == len(set(found)) == count


def test_an_empty_group_is_shown_with_its_declared_reason_and_never_hidden(city):
    city.write(
        "-- content/shifu/column.yaml --\ndisclosure: proactive\ngroups:\n"
        "  - {group: recruitment, none: 没有公务员招录职能}\n  - {group: plans, items: [rule:jiuzhu]}\n"
        "  - {group: fees, text: 收费目录见财政部门网站}\n"
    ).build()
    page = city.page("zfxxgk/fdzdgknr")
    assert "没有内容：没有公务员招录职能" in page
    assert "还没有内容，也没有说明原因" in page, "an undeclared one says that too"
    plans = page[page.index('<h2 id="plans">') : page.index('<h2 id="statistics">')]
    assert "测试救助办法" in plans
    assert "收费目录见财政部门网站" in page
    assert 'id="farmland_transfer"' in city.page("organs/liushu/zfxxgk/fdzdgknr")


GUIDE = """\
-- content/shifu/guide.md --
---
title: 指南
disclosure: proactive
published: 2024-01-01
classification: 分三类
arrangement: 按机关编排
access_methods: 网站查阅
unit_name: 公开办
address: 测试路1号
office_hours: 周一至周五
phone: 0000-00000003
fax: 无
online_contact: gk@test.example
---
-- content/shifu/request.md --
---
title: 依申请公开
disclosure: proactive
published: 2024-01-01
unit_name: 公开办
address: 测试路1号
office_hours: 周一至周五
phone: 0000-00000003
channels: [{name: 邮寄, detail: 寄到测试路1号, received: 签收之日}]
limits: [{step: 答复, limit: 20个工作日, basis: 条例第三十三条}]
steps: [登记, 答复]
files: [{file: files/form.docx, title: 申请表}]
regime: shenqing
---
-- content/shifu/files/form.docx --
表
-- content/shifu/regime/shenqing.md --
---
title: 申请办理制度
topic: request
disclosure: proactive
published: 2024-01-01
---

第一条　甲。
-- content/shifu/annual/2025.md --
---
title: 2025年年报
disclosure: proactive
published: 2026-03-01
---

## 一、总体情况

好。
-- content/common/about.md --
---
title: 关于本站
disclosure: proactive
published: 2024-01-01
---

由公开办主办。
"""


def test_guide_request_regime_report_and_about_have_their_pages(city):
    city.write(GUIDE).write(
        "-- content/liushu/annual/2025.md --\n"
        "---\ntitle: 镇年报\ndisclosure: proactive\npublished: 2026-01-20\n---\n\n好。\n"
    ).build()
    for words in ("政府信息的分类", "分三类", "编排体系", "互联网联系方式"):
        assert words in city.page("zfxxgk/zn")
    request = city.page("zfxxgk/ysqgk")
    for words in ("寄到测试路1号", "签收之日", "20个工作日", "条例第三十三条", "申请表", "申请办理制度"):
        assert words in request
    assert "第一条" in city.page("zfxxgk/zd/shenqing")
    assert "一、总体情况" in city.page("zfxxgk/nb/2025")
    assert "镇年报" in city.page("zfxxgk/nb"), "a government lists the reports below it"
    assert "由公开办主办" in city.page("about")
    assert "公开办" not in city.page("organs/liushu/zfxxgk/zn"), "another organ's guide is its own"
    assert list((city.root / "site").rglob("form.docx"))


def test_a_link_or_a_reference_to_a_part_of_the_column_leads_to_its_place_there(city):
    from tests.pages import dead_links

    city.write(GUIDE).rule(
        "jiuzhu", title="测试救助办法", body="第二条　见[制度](../regime/shenqing.md)和[年报](../annual/2025.md)。\n"
    )
    city.write(
        "-- content/shifu/column.yaml --\ndisclosure: proactive\ngroups:\n"
        "  - {group: plans, items: [regime:shenqing, annual:shifu-2025, guide:shifu, row:sz-01]}\n"
    ).build()
    assert 'href="../../zfxxgk/zd/shenqing/"' in city.page("rules/jiuzhu")
    assert 'href="../../zfxxgk/nb/2025/"' in city.page("rules/jiuzhu")
    assert 'href="../../fields/social_assistance/#row-sz-01"' in city.page("zfxxgk/fdzdgknr")
    assert dead_links(city.root / "site", read_site(city.root / "site")) == []


def test_a_missing_guide_says_so_and_gives_the_organ_s_contact(city):
    city.build()
    page = city.page("organs/liushu/zfxxgk/zn")
    assert "还没有内容" in page
    assert "镇中路1号" in page


def test_no_page_of_the_catalog_has_a_fault_or_a_dead_link(city):
    from tests.pages import dead_links, reachable

    city.write(GUIDE).build()
    pages = read_site(city.root / "site")
    assert {path: page.faults for path, page in pages.items() if page.faults} == {}
    assert dead_links(city.root / "site", pages) == []
    assert set(pages) - reachable(pages) == {"404.html"}


HIDDEN = [CARD, EXPLAINER, GUIDE.split("-- content/shifu/request.md --")[0]]


@pytest.mark.parametrize("text", HIDDEN, ids=["card", "explainer", "guide"])
@pytest.mark.parametrize("how", ["draft: true", "published: 2026-11-21"])
def test_a_marker_in_a_hidden_record_of_any_kind_appears_in_no_byte(site, text, how):
    site.rule("jiuzhu", title="测试救助办法", body="第二条　乙。\n")
    marked = re.sub(r"(title: |main_content: |background: |classification: |summary: )", r"\1绝密标记", text)
    line = how if how.startswith("published") else f"published: 2024-01-01\n{how}"
    marked = re.sub(r"published: .*", line, marked, count=1)
    site.write(marked).build()
    for path, data in site.bytes().items():
        assert "绝密标记".encode() not in data, path


def test_a_hidden_row_appears_in_no_byte_and_its_field_counts_without_it(city):
    path = city.root / "content/shifu/standards/social_assistance.yaml"
    text = path.read_text("utf-8").replace("item_l2: 审核信息", "item_l2: 绝密标记\n    draft: true")
    path.write_text(text, "utf-8")
    city.build()
    for name, data in city.bytes().items():
        assert "绝密标记".encode() not in data, name
    assert "共 3 项" in city.page("fields/social_assistance")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_limit_that_the_hint_offers_can_be_read(form):
    assert parse(form)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("信息形成或者变更之日起20个工作日内予以公开", [Limit("within", 20, "workday")]),
        ("制定或获取信息之日起10个工作日内，公示7个工作日", [
            Limit("within", 10, "workday", "制定或获取信息之日起"), Limit("display", 7, "workday")]),
        ("本级人民代表大会或其常务委员会批准后20日内", [
            Limit("within", 20, "day", "本级人民代表大会或其常务委员会批准后")]),
        ("《听证通知书》在组织听证7个工作日前", [Limit("before", 7, "workday", "《听证通知书》在组织听证")]),
        ("提前一周发通知邀请", [Limit("before", 1, "week")]),
        ("半年至少更新1次", [Limit("periodic", 6, "month")]),
        ("每年1月31日前", [Limit("by_date", month=1, day=31)]),
        ("6月底前", [Limit("by_date", month=6)]),
        ("长期公开（动态调整）", [Limit("longterm")]),
        ("及时公开", [Limit("prompt")]),
        ("实时公开", [Limit("realtime")]),
        ("自政府信息形成或者变更之日起20个工作日内。法律、法规另有规定的，从其规定", [Limit("within", 20, "workday")]),
        ("同上", []),
        ("看情况", []),
    ],
)  # fmt: skip
def test_a_limit_is_read_as_the_lists_write_it(text, limits):
    assert list(parse(text)) == limits
