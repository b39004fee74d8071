"""What may not be seen leaves no byte in the site."""

from __future__ import annotations

import pytest

MARK = "绝密标记"
FULL = """\
-- content/shifu/rules/files/{id}.txt --
{mark}附件内容
-- content/shifu/rules/{id}.md --
---
title: {mark}标题
type: normative
type_label: {mark}类别
issuers: [shifu, {mark}机关]
doc_no: {mark}〔2024〕1号
index_no: {mark}索引号
reg_no: {mark}登记号
disclosure: {disclosure}
ground: process
reason: {mark}理由
next_review: 2027-01-01
signed: 2024-01-01
published: {published}
updated: {published}
effective: 2024-02-01
effective_text: {mark}条款
status: in_force
repeals: [《{mark}旧文件》]
topic: {mark}主题
genre: {mark}体裁
level: {mark}层级
region: {mark}区域
history: [{{date: 2024-01-01, event: {mark}经过}}]
owner: {mark}科室
reviewed: {{by: {mark}审查人, on: 2024-01-01}}
keywords: [{mark}关键词]
summary: {mark}概述
files: [{{file: files/{id}.txt, title: {mark}附件}}]
draft: {draft}
aliases: [former-{id}]
---

第一条　{mark}正文。
"""
HIDDEN = {
    "withheld": {"disclosure": "withheld", "published": "2024-01-02", "draft": "false"},
    "draft": {"disclosure": "proactive", "published": "2024-01-02", "draft": "true"},
    "future": {"disclosure": "proactive", "published": "2026-11-21", "draft": "false"},
    "future-minute": {"disclosure": "proactive", "published": "2026-11-21 09:00", "draft": "false"},
}


@pytest.mark.parametrize("why", HIDDEN)
def test_a_marker_in_every_field_of_a_hidden_document_appears_in_no_byte_of_the_site(site, why):
    site.rule("seen", title="看得见的文件").write(FULL.format(id=f"hidden-{why}", mark=MARK, **HIDDEN[why]))
    site.build()
    files = site.bytes()
    assert "看得见的文件" in site.page("rules/seen")
    for path, data in files.items():
        assert MARK.encode() not in data, path
        assert f"hidden-{why}".encode() not in data, path
        assert "hidden" not in path
        assert "former" not in path


@pytest.mark.parametrize(
    "line", ["disclosure: withheld\nground: process\nreason: 绝密标记", "draft: true\ndisclosure: proactive"]
)
def test_a_hidden_organ_appears_in_no_byte_of_the_site(site, line):
    site.write(
        f"""\
-- content/juezhi/organ.yaml --
name: 绝密标记局
aliases: [绝密标记简称]
kind: department
level: city
parent: shifu
{line}
published: 2024-01-01
head: 绝密标记人
duties: [绝密标记职责]
contacts: {{address: 绝密标记地址, phone: 绝密标记电话}}
-- content/juezhi/rules/juezhi-1.md --
---
title: 绝密标记文件
type: normative
issuers: [juezhi]
disclosure: proactive
draft: true
signed: 2024-01-01
published: 2024-01-02
---

绝密标记正文
"""
    ).build()
    for path, data in site.bytes().items():
        assert MARK.encode() not in data, path
        assert b"juezhi" not in data, path


def test_a_document_on_request_shows_title_number_and_organ_but_no_body_summary_or_attachment(site):
    site.write(
        FULL.format(id="asked", mark=MARK, disclosure="on_request", published="2024-01-02", draft="false")
    ).build()
    page = site.page("rules/asked")
    assert f"{MARK}标题" in page
    assert f"{MARK}〔2024〕1号" in page
    assert "依申请公开" in page
    assert "测试路1号" in page, "how to ask: the organ's address"
    everything = b"".join(site.bytes().values()).decode("utf-8", "replace")
    for part in ("正文", "概述", "附件", "理由", "经过", "科室", "审查人", "关键词", "主题", "条款"):
        assert f"{MARK}{part}" not in everything, part
    assert not any(path.endswith(".txt") and "asked" in path for path in site.bytes())


def test_a_withdrawn_document_keeps_its_address_and_says_why_without_its_text(site):
    site.rule("gone", body="不再显示的正文\n", withdrawn="{on: 2026-01-05, reason: 内容有误}").build()
    page = site.page("rules/gone")
    assert "2026年1月5日" in page
    assert "内容有误" in page
    assert "不再显示的正文" not in b"".join(site.bytes().values()).decode("utf-8", "replace")


def test_after_its_display_period_a_document_says_that_it_is_over_and_no_more(site):
    site.rule("list", body="名单正文\n", display_until="2026-11-19").rule(
        "still", body="还在公示\n", display_until=DAY_ITSELF
    )
    site.build()
    assert "公示期已于 2026年11月19日 结束" in site.page("rules/list")
    assert "名单正文" not in b"".join(site.bytes().values()).decode("utf-8", "replace")
    assert "还在公示" in site.page("rules/still")


DAY_ITSELF = "2026-11-20"


def test_only_attachments_that_a_published_document_names_are_copied(site):
    site.write("-- content/shifu/rules/files/named.txt --\n有名\n-- content/shifu/rules/files/nobody.txt --\n无名\n")
    site.rule("a", files="[{file: files/named.txt}]").build()
    copied = [path for path in site.bytes() if "/files/" in path]
    assert copied == ["rules/a/files/named.txt"]


@pytest.mark.parametrize(
    "front",
    [{"repeals": "[secret]"}, {"implements": "[文件secret]"}, {"repealed": "{on: 2026-01-01, by: secret}"}],
)
def test_a_published_document_that_refers_to_a_hidden_one_is_refused(site, front):
    site.rule("secret", draft="true").rule("open", **front)
    said = site.refused()
    assert "GK-DISC-003" in said
    assert "content/shifu/rules/open.md:9" in said


def test_a_link_in_a_text_to_a_hidden_document_is_refused(site):
    site.rule("secret", draft="true").rule("open", body="见[草稿](secret.md)。\n")
    assert "content/shifu/rules/open.md:11:7  GK-DISC-003" in site.refused()


def test_a_document_becomes_visible_on_its_day_and_not_before(site):
    site.rule("soon", title="明天公开的文件", published="2026-11-21")
    site.build()
    assert not (site.root / "site/rules/soon").exists()
    assert site.run("build", "--date", "2026-11-21").code == 0
    assert "明天公开的文件" in site.page("rules/soon")
    site.build()
    assert not (site.root / "site/rules/soon").exists(), "and is gone again when the day is turned back"
