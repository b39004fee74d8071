"""Nothing personal gets out: what is typed, what is attached, and what a report says of it."""

from __future__ import annotations

import io
import json
import random
import re
import struct
from collections import Counter
from contextlib import suppress
from datetime import date
from unicodedata import normalize

import pytest

from gongkai.base import personal
from gongkai.base.project import Project
from gongkai.check import privacy, scanned
from gongkai.check.memory import Memory
from gongkai.edit.importers import jsonl
from gongkai.model.catalog import load
from gongkai.read.inside import passage
from gongkai.read.inside.anything import look
from gongkai.read.inside.passage import Passage, Trace, Unread
from gongkai.read.walk import read
from tests import planted
from tests.conftest import DAY
from tests.office import docx, zipped
from tests.test_problems import expected, shows

CARD = planted.identity(random.Random(1))
BANK = planted.bank(random.Random(1))
PHONE = "19933404114"


def told(site, **options) -> list[tuple[str, str]]:
    """The code and the message of every problem of privacy."""
    catalog = load(read(Project.at(site.root)), date.fromisoformat(DAY))
    return [(problem.code, problem.message) for problem in privacy.check(catalog, Memory())]


def codes(site) -> Counter[str]:
    return Counter(code for code, _ in told(site))


def attached(site, name: str, data: bytes, **front):
    """A site with one document that publishes one file."""
    site.attach(f"content/shifu/rules/files/{name}", data)
    return site.rule("a-1", files=f"[{{file: files/{name}}}]", **front)


def inside(data: bytes, name: str) -> str:
    """All text that is found in a file."""
    return "\n".join("｜".join(one.cells) for one in look(data, name) if isinstance(one, Passage))


def numbers_in(data: bytes, name: str, allowed=()) -> Counter[str]:
    """How many numbers of each sort are found in a file."""
    found = scanned.scan(data, name, allowed)
    return Counter({what: count for what, count, _, _ in found if what in planted.MAKERS})


@pytest.mark.parametrize("form", [form for form in planted.FORMATS if form != "html"])
@pytest.mark.parametrize("sort", planted.MAKERS)
def test_every_planted_number_is_found_and_nothing_else(form, sort):
    data, numbers = planted.FORMATS[form](sort, random.Random(f"{form}{sort}"), 60)
    if form == "md":
        found = Counter(number.digits for number in personal.find(data.decode()))
    else:
        found = numbers_in(data, f"a.{form}")
        assert set(found) == {sort}
        assert numbers_in(data, f"a.{form}", {one.digits for one in numbers}) == {}
    assert found.total() == len(numbers)


@pytest.mark.browser
@pytest.mark.parametrize("sort", planted.MAKERS)
def test_every_number_is_found_in_a_pdf_that_a_browser_prints(browser, sort):
    page, numbers = planted.FORMATS["html"](sort, random.Random(sort), 40)
    tab = browser.new_page()
    tab.set_content(page.decode())
    data = tab.pdf()
    tab.close()
    assert numbers_in(data, "a.pdf") == {sort: len(numbers)}
    assert numbers_in(data, "a.pdf", {one.digits for one in numbers}) == {}


@pytest.mark.laws
def test_real_laws_raise_no_alarm_but_for_the_one_list_of_people_among_them(site, laws):
    project = Project.at(site.root)
    jsonl.run(project, [laws / "laws-dev.jsonl.gz"], "rule", "shifu")
    found = list(privacy.check(load(read(project)), Memory()))
    assert [problem.code for problem in found] == ["GK-PRIV-005"]


LOOKALIKES = (
    "索引号：006939748/2013-00974",
    "统一社会信用代码 11990000MB0000000J",
    "电话 0851-12345678、12345",
    "投资13812345678元，面积 13812345678 平方米",
    "系数0.13812345678，比例 0.6222021234567890128",
    f"身份证号 {CARD[:3]}***********{CARD[-4:]}",
    f"项目编号 {CARD[:-1]}{'0' if CARD[-1] != '0' else '1'}",
    "1998-12-31 123 号，2021 2022 2023 2024",
    "见 https://www.gov.cn/20210305/13812345678.html",
    "150\n2000\n3000",
    "序号\n6200\n1500\n3000\n2021",
)


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_looks_like_a_number_of_a_person_is_none(text):
    assert personal.find(text) == []


def test_a_mask_keeps_the_length_the_lines_and_everything_else():
    text = f"张示例\t{CARD[:6]} {CARD[6:]}，卡 {BANK.translate(planted.WIDE)}\n电话199334\n04114（办）"
    masked = personal.mask(text)
    assert len(masked) == len(text)
    assert masked.count("\n") == 2
    assert personal.find(masked) == []
    assert masked.startswith("张示例\t")
    assert masked.endswith("4114（办）")


def leak(site) -> list[str]:
    """A site that is wrong in many ways, with a number on every line that gets quoted."""
    site.rule(
        "a-1",
        f"第一条　致电{PHONE[:6]}\n{PHONE[6:]}，见[表](files/{PHONE}.docx)，卡号 {BANK[:4]} {BANK[4:8]} {BANK[8:]}。\n",
        title=f"关于{CARD}的公示",
        effective=f"{CARD}日",
        repeals=f"[{CARD}]",
        files=f"[{{file: files/{CARD}.csv}}, {{file: files/名单{PHONE}.csv}}]",
        wrong=f"{PHONE}",
    )
    site.attach(f"content/shifu/rules/files/名单{PHONE}.csv", f"姓名,手机\n张示例,{PHONE}\n".encode("gb18030"))
    return [CARD, BANK, PHONE, CARD.translate(planted.WIDE)]


@pytest.mark.parametrize("command", [["check"], ["check", "--format", "json"], ["build"]], ids=" ".join)
def test_no_report_prints_a_number_even_where_another_rule_quotes_its_line(site, command):
    numbers = leak(site)
    result = site.run(*command, "--date", DAY)
    said = result.out + result.err
    plain = re.sub(r"[\s|]", "", normalize("NFKC", said))
    assert result.code == 1
    assert "GK-FIELD-002" in said
    assert "GK-REF-001" in said
    for number in numbers:
        assert number not in said
        assert number not in plain


def test_a_build_with_a_number_writes_nothing(site):
    site.rule("a-1", f"第一条　{CARD}\n")
    assert "GK-PRIV-001" in site.refused()


def test_office_telephones_stand_where_an_organ_says_how_it_is_reached_and_nowhere_else(site):
    site.write(f"""\
-- content/shifu/request.md --
---
title: 依申请公开
disclosure: proactive
published: 2024-01-01
unit_name: 办公室
address: 测试路1号
office_hours: 周一至周五
phone: "{PHONE}"
channels: [{{name: 当面, detail: 致电{PHONE}}}]
---

电话 {PHONE}
""")
    found = [code for code, _ in told(site)]
    assert found == ["GK-PRIV-003"]


def test_a_card_number_in_a_telephone_field_is_no_telephone(site):
    settings = (site.root / "catalog.yaml").read_text("utf-8")
    (site.root / "catalog.yaml").write_text(settings.replace("0000-00000000", f"{PHONE} {BANK}"), "utf-8")
    assert codes(site) == {"GK-PRIV-002": 1}


def allow(site, value: str):
    site.set(f"check:\n  privacy: {{allow: [{{value: '{value}', reason: 值班电话}}]}}\n")


@pytest.mark.parametrize("value", [PHONE, "199-3340-4114", "content/shifu/rules/a-1.md"])
def test_what_the_site_allows_with_a_reason_passes_however_it_is_written(site, value):
    site.rule("a-1", f"第一条　值班电话 {PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}。\n")
    assert codes(site) == {"GK-PRIV-003": 1}
    allow(site, value)
    assert codes(site) == {}


def test_an_exception_needs_a_reason(site):
    site.set(f"check:\n  privacy: {{allow: [{{value: '{PHONE}'}}]}}\n")
    assert "缺少 reason" in site.run("check", "--date", DAY).out


@pytest.mark.parametrize(
    "front",
    [
        {"draft": "true"},
        {"disclosure": "withheld", "ground": "internal", "reason": "内部"},
        {"published": "2027-01-01"},
        {"disclosure": "on_request"},
        {"withdrawn": "{on: 2024-02-01, reason: 公示期满}"},
        {"display_until": "2024-03-01"},
    ],
    ids=lambda front: next(iter(front)),
)
def test_what_no_reader_sees_is_not_looked_at(site, front):
    attached(site, "名单.csv", f"张示例,{CARD}\n".encode(), body=f"第一条　{CARD}\n", **front)
    assert codes(site) == {}


def test_a_file_that_no_published_record_names_is_not_looked_at(site):
    site.attach("content/shifu/rules/files/名单.csv", f"张示例,{CARD}\n".encode())
    site.rule("a-1")
    assert codes(site) == {}


def test_a_list_of_people_ends_and_then_its_file_is_gone(site):
    rows = "姓名,身份证号,补贴（元）\n张示例,120***********0256,800\n李示例,310***********2508,900\n".encode()
    attached(site, "名单.csv", rows)
    assert codes(site) == {"GK-PRIV-005": 1}
    attached(site, "名单.csv", rows, display_until="2026-12-01")
    assert codes(site) == {}
    site.build()
    assert [path for path in site.bytes() if "csv" in path or "CSV" in path]
    site.run("build", "--date", "2026-12-02")
    assert not [path for path in site.bytes() if path.endswith("%90%8D%E5%8D%95.csv") or "名单.csv" in path]


@pytest.mark.parametrize(
    "head",
    ["姓名,职务,办公电话", "姓名,性别,单位,职务", "项目,金额", "姓名,性别,出生年月"],
)
def test_officials_directories_and_empty_forms_are_no_lists_of_people(site, head):
    rows = "张示例,局长,0000-00000001\n李示例,副局长,0000-00000002\n" if "出生" not in head else ",,\n民族,籍贯,学历\n"
    attached(site, "表.csv", f"{head}\n{rows}".encode())
    assert codes(site) == {}


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(cell: str) -> str:
    return f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"


def workbook(**sheets: list[list[object]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def old_workbook() -> bytes:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    sheet.write(3, 2, int(PHONE))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MHTML = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    f"<p>=E7=94=B5<span>{PHONE[:5]}</span><b>{PHONE[5:]}</b></p>\r\n--x--\r\n"
)
HEADER = f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{paragraph(PHONE)}</w:hdr>'
OFD = f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:TextCode>{PHONE}</ofd:TextCode></ofd:Page>'
ODS = (
    '<o xmlns:table="t" xmlns:office="o" xmlns:text="x"><table:table><table:table-row>'
    f'<table:table-cell office:value="{PHONE}"><text:p>1.99E+10</text:p></table:table-cell>'
    "</table:table-row></table:table></o>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
HIDING = {
    "正文.docx": lambda: docx(f"<w:p><w:r><w:t>{PHONE[:3]}</w:t></w:r><w:r><w:rPr/><w:t>{PHONE[3:]}</w:t></w:r></w:p>"),
    "页眉.docx": lambda: docx("", word_header1=HEADER),
    "批注.docx": lambda: docx("", word_comments=HEADER),
    "属性.docx": lambda: docx("", docProps_core=f"<p><dc xmlns:dc='d'>联系 {PHONE}</dc></p>"),
    "文本框.docx": lambda: docx(f"<w:p><w:r><w:txbxContent>{paragraph(PHONE)}</w:txbxContent></w:r></w:p>"),
    "嵌套表.docx": lambda: docx(table(table(paragraph(PHONE)))),
    "数字.xlsx": lambda: workbook(表=[["电话"], [int(PHONE)]]),
    "很远.xlsx": lambda: workbook(表=[["x"] + [None] * 16000 + [PHONE]]),
    "旧表.xls": old_workbook,
    "旧表.et": old_workbook,
    "旧文档.doc": lambda: OLE + f"联系人电话{PHONE}".encode("utf-16le") + bytes(20),
    "旧文档2.wps": lambda: OLE + PHONE.encode() + b" " * 9,
    "网页.doc": MHTML.encode,
    "富文本.rtf": lambda: f"{{\\rtf1\\ansi \\'b5\\'e7{PHONE[:4]}\\b0 {PHONE[4:]}\\par}}".encode(),
    "国标.csv": lambda: f"电话,备注\n{PHONE},值班\n".encode("gb18030"),
    "宽.txt": lambda: f"电话 {PHONE}".encode("utf-16"),
    "数据.json": lambda: json.dumps({"phone": PHONE}).encode(),
    "图.svg": lambda: f'<svg xmlns="http://www.w3.org/2000/svg"><text>{PHONE}</text></svg>'.encode(),
    "公文.ofd": lambda: zipped({"OFD.xml": "<x/>", "Doc_0/Pages/Page_0/Content.xml": OFD}),
    "表.zip": lambda: zipped({"里面/名单.csv": f"电话,{PHONE}\n"}),
    "两层.zip": lambda: zipped({"一.zip": zipped({"名单.txt": PHONE})}),
    "开放.zip": lambda: zipped({"表.ods": zipped({"mimetype": "x", "content.xml": ODS})}),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDING)
def test_a_number_is_found_wherever_a_file_hides_it(name):
    findings = scanned.scan(HIDING[name](), name, ())
    assert [(what, count) for what, count, _, _ in findings] == [("MOBILE", 1)]


def test_the_place_of_a_number_is_told_as_a_person_would_find_it(site):
    attached(site, "发放.xlsx", workbook(说明=[["x"]], 名单=[["户", "电话"], ["甲", "无"], ["乙", PHONE]]))
    assert told(site) == [("GK-PRIV-003", "附件里有 1 个手机号码，第一个在工作表“名单”第 3 行：199****4114")]


def broken_zip() -> bytes:
    data = bytearray(docx(paragraph("x" * 500)))
    data[200] ^= 255
    return bytes(data)


def locked_zip() -> bytes:
    data = bytearray(zipped({"a.txt": "x"}))
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    return bytes(data)


def locked_pdf() -> bytes:
    """The trailer of a PDF that asks for a password."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>",
               f"<</Filter/Standard/V 1/R 2/O<{'61' * 32}>/U<{'62' * 32}>/P -4>>"]  # fmt: skip
    return pdf(objects, "/Encrypt 3 0 R/ID[<61><61>]")


def scan_of_paper() -> bytes:
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"])  # fmt: skip


def pdf(objects: list[str], more: str = "") -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{one}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{head}trailer<</Size {len(objects) + 1}/Root 1 0 R{more}>>\nstartxref\n{len(out)}\n%%EOF".encode()


def trap() -> bytes:
    entities = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
    return zipped({"[Content_Types].xml": "", "word/document.xml": entities})


SHUT = {
    "坏.docx": (lambda: b"PK\x03\x04 nothing", "损坏了"),
    "坏2.docx": (broken_zip, "损坏了"),
    "坏.pdf": (lambda: b"%PDF-1.7\n", "损坏了"),
    "坏.jpg": (lambda: b"\xff\xd8\xff\xe0", "损坏了"),
    "假.docx": (lambda: b"\x00\x01\x02", "损坏了"),
    "锁.docx": (lambda: OLE + "EncryptedPackage".encode("utf-16le"), "加密了"),
    "锁.zip": (locked_zip, "加密了"),
    "锁.pdf": (locked_pdf, "加密了"),
    "扫描.pdf": (scan_of_paper, "第 1 页没有文字"),
    "包.rar": (lambda: b"Rar!\x1a\x07", "RAR 压缩包"),
    "包.7z": (lambda: b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    "三层.zip": (lambda: zipped({"1.zip": zipped({"2.zip": zipped({"a.txt": "x"})})}), "压缩包里的压缩包"),
    "炸弹.zip": (lambda: zipped({"a.txt": "0" * 3_000_000}), "太大"),
    "实体.docx": (trap, "损坏了"),
}


@pytest.mark.parametrize("name", SHUT)
def test_what_cannot_be_looked_at_is_told_and_nothing_breaks(site, name, monkeypatch):
    from gongkai.read.inside import packed

    monkeypatch.setattr(packed, "MOST_BYTES", 1_000_000)
    make, why = SHUT[name]
    attached(site, name, make())
    ((code, message),) = told(site)
    assert code == "GK-PRIV-006"
    assert why in message
    allow(site, f"content/shifu/rules/files/{name}")
    assert told(site) == []


def test_what_was_found_before_a_file_turns_out_damaged_still_counts():
    data = zipped({"名单.txt": PHONE, "锁.rar": b"Rar!"})
    assert [what for what, *_ in scanned.scan(data, "包.zip", ())] == ["MOBILE", "shut"]


def photo(**tags: object) -> bytes:
    from PIL import Image

    image = Image.new("RGB", (4, 4))
    exif = Image.Exif()
    if "gps" in tags:
        exif.get_ifd(0x8825).update({1: "N", 2: (26.0, 35.0, 12.0), 3: "E", 4: (106.0, 42.0, 36.0)})
    if "artist" in tags:
        exif[0x013B] = tags["artist"]
    if "note" in tags:
        exif[0x010E] = tags["note"]
    out = io.BytesIO()
    image.save(out, str(tags.get("form", "JPEG")), exif=exif.tobytes())
    data = out.getvalue()
    if "xmp" in tags:
        packet = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + str(tags["xmp"]).encode() + b"</x:xmpmeta>"
        data = data[:2] + b"\xff\xe1" + struct.pack(">H", len(packet) + 2) + packet + data[2:]
    return data


@shows("GK-PRIV-007")
def test_a_photograph_that_says_where_it_was_taken_is_refused(site):
    attached(site, "现场.jpg", photo(gps=True))
    assert site.run("check", "--date", DAY).out == expected("GK-PRIV-007")


@pytest.mark.parametrize(
    ("tags", "told_of"),
    [
        ({"gps": True, "form": "WEBP"}, {"拍摄位置"}),
        ({"gps": True, "form": "PNG"}, {"拍摄位置"}),
        ({"artist": "Zhang"}, {"作者或相机主人的姓名"}),
        ({"xmp": "<a exif:GPSLatitude='26,35N'/>"}, {"拍摄位置"}),
        ({"xmp": "<dc:creator><rdf:Seq><rdf:li>张示例</rdf:li></rdf:Seq></dc:creator>"}, {"作者或相机主人的姓名"}),
        ({"xmp": "<dc:creator><rdf:Seq/></dc:creator>"}, set()),
        ({}, set()),
    ],
)
def test_the_traces_in_a_picture_are_found_in_every_form_of_metadata(tags, told_of):
    assert {one.what for one in look(photo(**tags), "a.jpg") if isinstance(one, Trace)} == told_of


def test_a_number_in_the_description_of_a_photograph_and_a_photograph_in_a_document_are_found():
    assert [what for what, *_ in scanned.scan(photo(note=f"call {PHONE}"), "a.jpg", ())] == ["MOBILE"]
    document = zipped({"[Content_Types].xml": "", "word/media/image1.jpeg": photo(gps=True)})
    assert scanned.scan(document, "a.docx", ()) == [["trace 拍摄位置", 1, "图片 image1.jpeg", "拍摄位置"]]


@pytest.mark.parametrize("name", [*HIDING, "照片.jpg", "扫描.pdf"])
def test_no_damage_to_a_file_makes_a_traceback(name):
    whole = {**HIDING, "照片.jpg": lambda: photo(gps=True), "扫描.pdf": scan_of_paper}[name]()
    chance = random.Random(name)
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            data = data[: chance.randrange(len(data))]
        with suppress(Unread):
            list(look(bytes(data), name))


def test_a_file_is_read_once_for_its_content_and_again_when_it_or_the_exceptions_change(site, monkeypatch):
    seen = []
    scan = scanned.scan
    monkeypatch.setattr(scanned, "scan", lambda *args: seen.append(args[1]) or scan(*args))
    attached(site, "表.csv", f"电话,{PHONE}\n".encode())
    memory, project = Memory(), Project.at(site.root)

    def run():
        catalog = load(read(project), date.fromisoformat(DAY))
        return [problem.code for problem in privacy.check(catalog, memory)]

    assert run() == run() == ["GK-PRIV-003"]
    assert len(seen) == 1
    attached(site, "表.csv", f"电话,{PHONE},\n".encode())
    assert run() == ["GK-PRIV-003"]
    assert len(seen) == 2
    allow(site, PHONE)
    assert run() == []
    assert len(seen) == 3


def test_an_earlier_text_has_a_page_and_stops_a_build_too(site):
    site.rule("a-1", versions="[{date: 2024-01-15}]")
    site.write(f"-- content/shifu/rules/a-1/2024-01-15.md --\n第一条　咨询王示例，手机{PHONE}。\n")
    assert "content/shifu/rules/a-1/2024-01-15.md:1:13  GK-PRIV-003" in site.refused()


def test_nothing_personal_is_kept_in_the_memory(site):
    attached(site, "表.csv", f"电话,{PHONE}\n证件,{CARD}\n".encode())
    site.rule("a-2", f"第一条　{CARD}\n")
    site.run("check", "--date", DAY)
    kept = (Project.at(site.root).state / "check.json").read_text("utf-8")
    assert PHONE not in kept
    assert CARD not in kept
    assert "privacy content/shifu/rules/files/表.csv" in json.loads(kept)["known"]


def test_the_bounds_are_those_that_the_manual_gives():
    assert passage.MOST_BYTES == 200_000_000
