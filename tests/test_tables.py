"""Tables of standard lists: what comes in from CSV and Excel, what is refused at which cell, what goes out again."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.base.problems import Faulty
from gongkai.base.project import Project
from gongkai.edit import rowfiles
from gongkai.edit.exporters import files
from gongkai.edit.importers import cells, table
from gongkai.edit.importers.columns import COLUMNS, named
from gongkai.edit.importers.faults import cell
from gongkai.edit.importers.words import CHANNELS, Names, channel, guard, is_ditto, unguard
from gongkai.model import limits
from gongkai.model.row import Block, Channels, Disclosure, Row, RowLevel, Stage, field_of
from tests.conftest import CHECKOUT, DAY, SmallSite
from tests.test_problems import shows

FIELD = "compulsory_education"
TARGET = f"content/shifu/standards/{FIELD}.yaml"
TODAY = date(2026, 11, 20)

HEAD = (
    "序号,公开事项,,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体,公开对象,,公开方式,,公开层级,\n"
    ",一级事项,二级事项,,,,,,全社会,特定群体,主动,依申请,县级,乡级\n"
)
FLAT = (
    "序号,一级事项,二级事项,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体,全社会,特定群体,主动,依申请,"
    "县级,乡级"
)
LINE = [
    "1",
    "教育概况",
    "学校名录",
    "●学校名称 〇学校网站",
    "《甲法》《乙办法》（教发〔2024〕1号）",
    "20个工作日内",
    "市教育局",
    "■政府网站 □两微一端",
    "√",
    "",
    "√",
    "",
    "√",
    "",
]


def line(**changed: str) -> list[str]:
    """A sound line, some of its cells changed by the letter of their column."""
    found = list(LINE)
    for letter, text in changed.items():
        found[ord(letter) - ord("A")] = text
    return found


def sheet(site, *rows: list[str], head: str = HEAD, name: str = "目录.csv", encoding: str = "utf-8-sig") -> str:
    """A CSV file of these rows under a header."""
    path = site.root / name
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(head)
        csv.writer(file).writerows(rows)
    return str(path)


def workbook(site, rows, merge=(), name="目录.xlsx", head=HEAD):
    """A workbook of these rows under a header of two rows, with merged ranges."""
    book = openpyxl.Workbook()
    for row in [*csv.reader(head.splitlines()), *rows]:
        book.active.append([text or None for text in row])
    for bounds in merge:
        book.active.merge_cells(bounds)
    path = site.root / name
    book.save(path)
    return book, path


def take(site, path, *more: str):
    options = ("--kind", "row", "--field", FIELD, "--organ", "shifu", "--date", DAY)
    return site.run("import", str(path), *options, *more)


def rows(site) -> list[Row]:
    return [item.record for item in rowfiles.rows(Project.at(site.root))]


def told(site, path, *more: str) -> list[str]:
    """The cells and codes of a refused import; it must have written nothing."""
    result = take(site, path, *more)
    assert result.code == 1, result.out + result.err
    assert "Traceback" not in result.err
    assert not (site.root / TARGET).exists()
    heads = [line for line in result.err.splitlines() if "  GK-TABLE-" in line]
    return [f"{head.split('  ')[2].split('：')[0]} {head.split('  ')[1]}" for head in heads]


@pytest.mark.parametrize("name", ["目录.csv", "目录.xlsx"])
def test_a_table_with_a_header_of_two_rows_becomes_a_content_file_that_checks(site, name):
    if name.endswith("csv"):
        path = sheet(site, LINE)
    else:
        _, path = workbook(site, [LINE], ["B1:C1", "I1:J1", "K1:L1", "M1:N1", "A1:A2", "D1:D2"])
    result = take(site, path)
    assert result.code == 0, result.err
    assert f"写入 1 行 → {TARGET}" in result.out
    (row,) = rows(site)
    assert row.id == "shifu-ce-01"
    assert row.elements == ("●学校名称", "〇学校网站")
    assert row.bases == ("《甲法》", "《乙办法》（教发〔2024〕1号）")
    assert row.channels == Channels.model_validate({"gov_site": "required", "wechat_weibo_app": "optional"})
    assert (row.audience_all, row.audience_group, row.mode_proactive, row.mode_request) == (True, None, True, False)
    assert row.levels == (RowLevel.COUNTY,)
    checked = site.run("check", "--date", DAY)
    assert checked.code == 0, checked.out


def test_what_was_guessed_is_in_the_report(site):
    path = sheet(site, line(G="测试市人民政府", H="政府网站、铁力市政府网站、星光平台", J="√", I=""))
    result = take(site, path, "--report", str(site.root / "report.csv"))
    assert result.code == 0, result.err
    found = {tuple(row) for row in csv.reader((site.root / "report.csv").read_text("utf-8-sig").splitlines())}
    whats = {what for _, what, _ in found}
    for what in (
        "由程序编号",
        "公开属性记作 proactive",
        "公布日期记作导入的那一天",
        "渠道没有 ■ 和 □，都按必选",
        "渠道名称记作 gov_site",
        "不认识的渠道记作其他",
        "没有写明是哪个特定群体",
    ):
        assert what in whats, what
    assert any(where == "目录.csv H3" for where, _, _ in found)
    (row,) = rows(site)
    assert row.subjects == ("shifu",)
    assert row.channels.other_name == "星光平台"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("公开内容(要素)", "elements"),
        ("公开内容", "elements"),
        ("公开渠道", "channels"),
        ("特定群众", "audience_group"),
        ("特定人群", "audience_group"),
        ("依申请公开", "mode_request"),
        ("公开责任单位", "subjects"),
        ("一级目录", "item_l1"),
        ("二 级\n目录", "item_l2"),
        ("公开对象-全社会", "audience_all"),
        ("公开层级·县级", "level_county"),
        ("镇街", "level_township"),
        ("乡、村级", "level_rural"),
        ("责任处室", "owner"),
        ("网站所属栏目", "link"),
        ("备注", ""),
    ],
)
def test_a_header_is_known_by_any_of_its_names(head, name):
    assert named(head) == name


def test_no_two_columns_have_a_header_in_common():
    words = [word for column in COLUMNS for word in (column.header, *column.aliases)]
    assert all(named(word) for word in words)
    assert len({named(column.header) for column in COLUMNS if not column.only_read}) == sum(
        not column.only_read for column in COLUMNS
    )


def test_one_header_row_and_columns_that_say_two_things_are_understood(site):
    head = "序号,一级事项,公开内容,公开依据,公开时限,公开主体,公开渠道,公开对象,公开方式,公开层级\n"
    path = sheet(
        site,
        [
            "1",
            "招生",
            "甲；乙",
            "《甲法》",
            "及时公开",
            "市教育局",
            "■政府网站",
            "全社会",
            "主动、依申请",
            "县级、乡级",
        ],
        ["2", "招生", "丙", "同上", "同上", "同上", "同上", "学生家长", "主动", "村级"],
        head=head,
    )
    assert take(site, path).code == 0
    first, second = rows(site)
    assert (first.audience_all, first.mode_proactive, first.mode_request) == (True, True, True)
    assert first.levels == (RowLevel.COUNTY, RowLevel.TOWNSHIP)
    assert first.elements == ("甲", "乙")
    assert (second.audience_all, second.audience_group) == (False, "学生家长")
    assert second.bases == first.bases


def test_a_title_above_and_notes_below_are_no_rows(site):
    title = "测试市义务教育领域政务公开标准目录" + "," * 13 + "\n"
    section = ["（一）教育概况", *[""] * 13]
    note = ["注：■必选，□可选", *[""] * 13]
    path = sheet(site, section, LINE, FLAT.split(","), line(A="2"), note, head=title + HEAD)
    result = take(site, path)
    assert result.code == 0, result.err
    assert len(rows(site)) == 2
    assert "title: 测试市义务教育领域政务公开标准目录" in (site.root / TARGET).read_text("utf-8")
    for word in ("（一）教育概况", "注：■必选", "只有一格有字的行"):
        assert word in result.out


def test_merged_cells_count_for_every_row_that_they_span(site):
    second = line(A="2", B="", C="招生", E="", F="")
    _, path = workbook(site, [LINE, second], ["B3:B4", "E3:E4", "F3:F4"])
    assert take(site, path).code == 0
    one, two = rows(site)
    assert (two.item_l1, two.bases, two.time_limit) == (one.item_l1, one.bases, one.time_limit)


def test_lines_under_one_merged_number_are_portions_of_one_row(site):
    second = line(A="", B="", C="", D="●处罚决定", F="7个工作日内", H="■公示栏")
    _, path = workbook(site, [LINE, second], ["A3:A4", "B3:B4", "C3:C4"])
    result = take(site, path)
    assert result.code == 0, result.err
    (row,) = rows(site)
    assert [part.time_limit for part in row.portions] == ["20个工作日内", "7个工作日内"]
    assert row.portions[1].elements == ("●处罚决定",)
    assert row.portions[1].channels.notice_board == "required"
    assert "并入上一行" in result.out


def test_in_a_csv_a_blank_first_item_is_that_of_the_row_above_and_is_reported(site):
    result = take(site, sheet(site, LINE, line(A="2", B="", C="招生")))
    assert "空着的一级事项按上一行填写" in result.out
    assert [row.item_l1 for row in rows(site)] == ["教育概况", "教育概况"]


def test_dittos_are_resolved_however_they_are_written(site):
    lines = [
        line(),
        line(A="2", C="招生", E="《丙法》", F="同上"),
        line(A="3", C="资助", E="同“学校名录”", F="〃", H="同上"),
        line(A="4", C="其余", E="同序号2", F="同上一行"),
    ]
    assert take(site, sheet(site, *lines)).code == 0
    found = rows(site)
    assert [row.bases[0] for row in found] == ["《甲法》", "《丙法》", "《甲法》", "《丙法》"]
    assert {row.time_limit for row in found} == {"20个工作日内"}
    assert "同" not in (site.root / TARGET).read_text("utf-8")


@pytest.mark.parametrize("mark", ["√", "✓", "✔", "是", "1", "TRUE", "■"])
def test_any_usual_tick_is_a_tick(site, mark):
    assert take(site, sheet(site, line(I=mark, L="×", N="—"))).code == 0
    (row,) = rows(site)
    assert (row.audience_all, row.mode_request, row.levels) == (True, False, (RowLevel.COUNTY,))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("●甲 ●乙〇丙 〇丁", ["●甲", "●乙〇丙", "〇丁"]),
        ("●甲；\n○乙；", ["●甲", "〇乙"]),
        ("基金预算：①收入表②支出表", ["基金预算：收入表", "基金预算：支出表"]),
        ("1.甲\n2、乙\n(3)丙", ["甲", "乙", "丙"]),
        ("1.5万元以上的项目；乙", ["1.5万元以上的项目", "乙"]),
        ("甲（一；二）；乙", ["甲（一；二）", "乙"]),
        ("●二〇二四年预算", ["●二〇二四年预算"]),
        ("学校数据、教师数据", ["学校数据、教师数据"]),
        (
            "●处罚决定（20个工作日内）●许可决定（7个工作日内）",
            ["●处罚决定（20个工作日内）", "●许可决定（7个工作日内）"],
        ),
    ],
)
def test_elements_are_parted_at_their_marks_numbers_and_semicolons(text, parts):
    assert cells.elements(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "《甲法》、《乙办法》（国发〔2012〕45号）、各地政策",
            ["《甲法》", "《乙办法》（国发〔2012〕45号）、各地政策"],
        ),
        ("《甲法》第三条、第四条和《乙法》", ["《甲法》第三条、第四条", "《乙法》"]),
        ("【法律】《甲法》【规章】《乙规定》", ["【法律】《甲法》", "【规章】《乙规定》"]),
        ("《关于印发《甲办法》的通知》；《乙》", ["《关于印发《甲办法》的通知》", "《乙》"]),
        ("1.《甲法》\n第二十条\n2.《乙法》", ["《甲法》第二十条", "《乙法》"]),
        ("相关政策文件", ["相关政策文件"]),
    ],
)
def test_bases_are_parted_where_a_title_begins(text, parts):
    assert cells.bases(text) == parts


def test_subjects_are_parted_but_not_within_brackets_or_a_joint_level():
    names = Names({"jiaoyu": "测试市教育局"}, {"测试市教育局": "jiaoyu"})
    assert cells.subjects("测试市教育局、乡镇政府（街道、园区）", names) == ["jiaoyu", "乡镇政府（街道、园区）"]
    assert cells.subjects("市、县级市场监督管理部门", names) == ["市、县级市场监督管理部门"]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("部门网站", "gov_site"),
        ("铁力市政府网站", "gov_site"),
        ("政务新媒体", "wechat_weibo_app"),
        ("新闻发布会", "press_hearing"),
        ("报刊", "print_media"),
        ("国家档案馆", "reading_point"),
        ("政府服务中心", "service_center"),
        ("提供政务服务的场所", "service_center"),
        ("便民服务中心", "convenience_station"),
        ("入户/现场宣传", "visit_onsite"),
        ("社区/企事业单位/村公示栏(电子屏)", "notice_board"),
        ("村居/企事业单位公示栏", "notice_board"),
        ("镇村公示公开栏", "notice_board"),
        ("信用中国网站", "other"),
        ("基层公共服务平台", "other"),
        ("其他____", "other"),
    ],
)
def test_a_channel_is_known_by_the_names_that_real_tables_use(word, key):
    assert channel(word)[0] == key


def test_every_channel_is_known_by_its_own_name():
    assert {channel(label)[0] for label in CHANNELS.values()} == set(CHANNELS)


def test_a_channel_that_is_not_known_is_never_lost():
    notes: list[tuple[str, str]] = []
    found = cells.channels("■政府网站 □两微一端 ■其他法律服务网\n□12345政务服务热线", notes)
    assert found == {
        "gov_site": "required",
        "wechat_weibo_app": "optional",
        "other": "required",
        "other_name": "法律服务网、12345政务服务热线",
    }
    assert ("不认识的渠道记作其他", "12345政务服务热线") in notes


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-8"])
def test_a_csv_comes_in_whatever_its_encoding(site, encoding):
    result = take(site, sheet(site, LINE, encoding=encoding))
    assert result.code == 0, result.err
    assert rows(site)[0].item_l1 == "教育概况"
    assert ("按猜测的编码读取" in result.out) == (encoding != "utf-8")


def test_a_directory_of_proactive_disclosure_is_recognised_by_its_columns(site):
    head = "一级事项,二级事项,三级事项,公开内容,公开依据,公开范围,事项类别,责任处室,网站所属栏目\n"
    path = sheet(
        site,
        ["政策", "规章", "", "规章文本", "《甲条例》第二十条（一）", "全社会", "法定公开", "办公室", "政策＞规章"],
        head=head,
    )
    result = take(site, path)
    assert result.code == 0, result.err
    text = (site.root / TARGET).read_text("utf-8")
    assert "profile: directory" in text
    (row,) = rows(site)
    assert (row.scope, row.owner, row.link, row.audience_all) == ("全社会", "办公室", "政策＞规章", True)
    assert site.run("check", "--date", DAY).code == 0, "it needs no limit and no channels"


def test_an_id_column_is_kept_and_a_mere_count_is_the_number(site):
    assert take(site, sheet(site, ["jy-7", *LINE], head="编号," + FLAT + "\n")).code == 0
    assert rows(site)[0].id == "jy-7"
    (site.root / TARGET).unlink()
    result = take(site, sheet(site, LINE, line(A="2"), head=FLAT.replace("序号", "编号") + "\n"))
    assert "记作序号" in result.out
    assert [(row.id, row.seq) for row in rows(site)] == [("shifu-ce-01", "1"), ("shifu-ce-02", "2")]


def test_a_file_that_exists_is_never_written_over(site):
    path = sheet(site, LINE)
    assert take(site, path).code == 0
    before = (site.root / TARGET).read_bytes()
    again = take(site, path)
    assert again.code == 2
    assert "已经存在" in again.err
    assert (site.root / TARGET).read_bytes() == before
    more = take(site, path, "--out", "supplements")
    assert more.code == 0, more.err
    assert "shifu-ce-bc-01" in (site.root / f"content/shifu/supplements/{FIELD}.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--kind", "row", "--organ", "shifu"], "--field"),
        (["--kind", "row", "--organ", "shifu", "--field", "compulsory_educatio"], f"是不是 {FIELD}"),
        (["--kind", "row", "--organ", "shfu", "--field", FIELD], "是不是 shifu"),
        (["--kind", "organ", "--organ", "shifu"], "JSONL"),
    ],
)
def test_wrong_usage_of_import_ends_with_2(site, args, words):
    result = site.run("import", sheet(site, LINE), *args)
    assert result.code == 2
    assert words in result.err


# --- faults, each told by its cell ---


@shows("GK-TABLE-002")
def test_a_missing_column_is_told_where_it_could_stand(site):
    head = HEAD.replace("公开时限", "备注一").replace("公开主体", "备注二")
    assert told(site, sheet(site, LINE, head=head)) == ["O2 GK-TABLE-002", "P2 GK-TABLE-002"]


def test_two_columns_of_one_name_are_a_fault(site):
    assert told(site, sheet(site, LINE, head=FLAT.replace("序号", "二级事项") + "\n")) == ["C1 GK-TABLE-002"]


@shows("GK-TABLE-003")
def test_a_shifted_line_is_told_at_the_cell_that_is_too_many_or_too_few(site):
    assert told(site, sheet(site, [*LINE, "多"], line(A="2"), LINE[:13])) == ["O3 GK-TABLE-003", "N5 GK-TABLE-003"]


def test_a_slipped_line_is_told_that_it_has_slipped(site):
    result = take(site, sheet(site, line(F="市教育局", G="20个工作日内")))
    assert "F3：读不懂这个时限：市教育局；看起来这一行错位了" in result.err


@shows("GK-TABLE-004")
@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("x")', "+cmd|' /C calc'!A0", "-cmd()", "@SUM(A1)", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_is_refused(site, text):
    assert told(site, sheet(site, line(D=text))) == ["D3 GK-TABLE-004"]


def test_a_formula_of_a_workbook_is_refused_and_its_cell_is_told_once(site):
    _, path = workbook(site, [line(E="=A1", G="=[1]Sheet1!A1")])
    assert told(site, path) == ["E3 GK-TABLE-004", "G3 GK-TABLE-004"]


@shows("GK-TABLE-005")
def test_a_link_to_another_file_is_refused_and_one_to_a_page_is_not(site):
    book, path = workbook(site, [LINE])
    book.active["D3"].hyperlink = "https://www.test.example/"
    book.active["E3"].hyperlink = "file:///C:/我的文件/依据.xlsx"
    book.save(path)
    assert told(site, path) == ["E3 GK-TABLE-005"]


def test_a_workbook_that_draws_on_another_is_refused(site):
    from openpyxl.packaging.relationship import Relationship
    from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink

    book, path = workbook(site, [LINE])
    link = ExternalLink(externalBook=ExternalBook(id="rId1"))
    link.file_link = Relationship(type="externalLinkPath", Target="别的.xlsx", TargetMode="External", Id="rId1")
    book._external_links.append(link)
    book.save(path)
    result = take(site, path)
    assert result.code == 1
    assert "GK-TABLE-005  A1：工作簿引用了别的文件 别的.xlsx" in result.err


@shows("GK-TABLE-006")
def test_a_tick_that_is_not_clear_is_told(site):
    assert told(site, sheet(site, line(I="也许", M="？"))) == ["I3 GK-TABLE-006", "M3 GK-TABLE-006"]


@shows("GK-TABLE-007")
def test_a_limit_that_cannot_be_read_is_told_with_forms_that_can(site):
    path = sheet(site, line(F="尽快"), line(A="2", F="同上"), line(A="3", F="每年1月31日前"))
    assert told(site, path) == ["F3 GK-TABLE-007", "F4 GK-TABLE-007"]
    result = take(site, path)
    assert all(form in result.err for form in limits.FORMS)


@shows("GK-TABLE-008")
def test_an_id_that_occurs_twice_or_cannot_be_one_is_told(site):
    head = "编号," + FLAT + "\n"
    path = sheet(site, ["jy-1", *LINE], ["jy-1", *LINE], ["教-1", *LINE], head=head)
    assert told(site, path) == ["A3 GK-TABLE-008", "A4 GK-TABLE-008"]
    other = site.root / "content/shifu/standards/tax.yaml"
    other.parent.mkdir(parents=True)
    other.write_text("rows:\n  - id: jy-1\n", "utf-8")
    result = take(site, sheet(site, ["jy-1", *LINE], head=head))
    assert "A2：编号 jy-1 已经用在 content/shifu/standards/tax.yaml" in result.err


@shows("GK-TABLE-009")
def test_a_blank_obligatory_cell_is_told_and_all_faults_come_in_one_run(site):
    path = sheet(site, line(E="", I="", F="尽快"), line(A="2", G="", K="", H=""))
    assert told(site, path) == [
        "E3 GK-TABLE-009",
        "F3 GK-TABLE-007",
        "I3 GK-TABLE-009",
        "G4 GK-TABLE-009",
        "H4 GK-TABLE-009",
        "K4 GK-TABLE-009",
    ]


@shows("GK-TABLE-010")
def test_a_ditto_that_leads_nowhere_is_told_once(site):
    assert told(site, sheet(site, line(E="同上"), line(A="2", C="乙", E="同“没有”"))) == [
        "E3 GK-TABLE-010",
        "E4 GK-TABLE-010",
    ]


@shows("GK-TABLE-011")
def test_a_value_that_the_declaration_does_not_take_is_told_at_its_cell(site):
    head = FLAT + ",五公开,公开属性,公布日期,其他键,领域,补充\n"
    path = sheet(
        site,
        [*LINE, "决定", "公开", "2024/3/5", "", "", ""],
        [*line(A="2"), "", "", "", "{", "税收", ""],
        [*line(A="3"), "决策、执行", "主动公开", "2024-03-05", '{"nonsense": 1}', "义务教育", "jy-01"],
        head=head,
    )
    assert told(site, path) == [
        "P2 GK-TABLE-011",
        "R3 GK-TABLE-011",
        "S3 GK-TABLE-011",
        "R4 GK-TABLE-011",
        "T4 GK-TABLE-011",
    ]
    only = sheet(site, [*LINE, "决定", "", "2024/3/5", "", "", ""], head=head)
    assert told(site, only) == ["O2 GK-TABLE-011", "Q2 GK-TABLE-011"]


@shows("GK-TABLE-001")
@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "旧的 .xls"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.xlsx", b"PK\x03\x04 this is no workbook", "损坏"),
        ("a.xlsx", b"", "损坏"),
        ("a.csv", b"\xff\xff\x00\x81", "编码"),
        ("a.csv", '序号,"一级事项\n1,2\n'.encode(), "引号"),
        ("a.html", b"<table></table>", ".html"),
    ],
)
def test_a_file_that_is_no_readable_table_is_refused_with_the_way_out(site, name, data, words):
    path = site.root / name
    path.write_bytes(data)
    result = take(site, path)
    assert result.code == 1, result.err
    assert f"{name}:1:1  GK-TABLE-001  A1：" in result.err
    assert words in result.err
    assert "Traceback" not in result.err


def test_a_table_without_rows_is_told_so(site):
    assert told(site, sheet(site)) == ["A3 GK-TABLE-011"]


def test_without_openpyxl_a_workbook_is_refused_with_the_command_that_installs_it(site):
    _, path = workbook(site, [LINE])
    code = (
        "import sys; sys.modules['openpyxl'] = None; sys.argv = ['gongkai', *sys.argv[1:]];"
        "from gongkai.cli import main; main()"
    )
    args = ["-C", str(site.root), "import", str(path), "--kind", "row", "--field", FIELD, "--organ", "shifu"]
    command = [sys.executable, "-X", "utf8", "-c", code, *args]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=CHECKOUT)
    assert done.returncode == 2
    assert "gongkai[import]" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.laws
def test_real_tables_that_are_no_standard_lists_are_told_which_columns_they_lack(site, laws):
    lacking = [
        "一级事项",
        "公开内容（要素）",
        "公开依据",
        "公开时限",
        "公开主体",
        "公开渠道和载体",
        "公开对象",
        "公开方式",
    ]
    for path in sorted((laws / "tables").glob("*.csv")):
        result = take(site, path)
        assert result.code == 1
        width = len(next(csv.reader(path.read_text("utf-8-sig").splitlines())))
        for number, label in enumerate(lacking, start=1):
            place = f"{path.name}:1:{width + number}  GK-TABLE-002  {cell(1, width + number)}：缺少“{label}”这一列"
            assert place in result.err, place
    (inspection,) = (laws / "tables").glob("inspection_items_*.csv")
    assert ":5:8  GK-TABLE-003  H5：" in take(site, inspection).err, "the line that a rowspan has shortened"
    (page,) = (laws / "tables").glob("*.html")
    assert "GK-TABLE-001" in take(site, page).err


# --- out again ---


def copy(tmp_path: Path) -> Project:
    """The sample city to write in."""
    shutil.copytree(CHECKOUT / "content", tmp_path / "content")
    shutil.copy(CHECKOUT / "catalog.yaml", tmp_path)
    return Project.at(tmp_path)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_every_list_of_the_sample_city_goes_out_and_comes_in_as_it_was(tmp_path, suffix):
    project = copy(tmp_path)
    found: dict[str, list] = {}
    for item in rowfiles.rows(project):
        found.setdefault(item.path, []).append(item)
    assert len(found) >= 27
    for number, (path, items) in enumerate(found.items()):
        field, organ, folder = field_of(items[0]), items[0].organ, items[0].origin
        file = tmp_path / f"{number}.{suffix}"
        assert files.run(project, field, organ, folder, file) == len(items)
        (tmp_path / path).unlink()
        table.run(project, file, field, organ, folder, TODAY)
        again = [item for item in rowfiles.rows(project) if item.path == path]
        assert [item.record for item in again] == [item.record for item in items], path
        for key in ("title", "profile"):
            assert getattr(again[0].file, key) == getattr(items[0].file, key), path


def test_the_sample_city_still_checks_after_its_lists_went_out_and_came_in(tmp_path):
    project, place = copy(tmp_path), SmallSite(tmp_path)
    for name in (FIELD, "budget"):
        (item, *_) = [item for item in rowfiles.rows(project, "standards") if field_of(item) == name]
        file = str(tmp_path / f"{name}.xlsx")
        options = ["--kind", "row", "--field", name, "--organ", item.organ]
        done = place.run("export", file, *options, "--out", "standards")
        assert done.code == 0, done.err
        (tmp_path / item.path).unlink()
        assert place.run("import", file, *options).code == 0
    result = place.run("check", "--date", DAY, "--strict")
    assert result.code == 0, result.out


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_five_hundred_rows_go_in_and_come_out_equal(site, suffix):
    lines = [
        line(A=str(n), C=f"事项{n}", D=f"●要素{n}\n〇其余{n}", F=limits.FORMS[n % len(limits.FORMS)])
        for n in range(1, 501)
    ]
    if suffix == "csv":
        path = Path(sheet(site, *lines))
    else:
        _, path = workbook(site, lines, ["B1:C1", "I1:J1", "K1:L1", "M1:N1"])
    project = Project.at(site.root)
    table.run(project, path, FIELD, "shifu", "standards", TODAY)
    before = rows(site)
    assert [row.seq for row in before] == [str(n) for n in range(1, 501)]
    assert before[-1].id == "shifu-ce-500"
    files.run(project, FIELD, None, None, site.root / f"out.{suffix}")
    (site.root / TARGET).unlink()
    table.run(project, site.root / f"out.{suffix}", FIELD, "shifu", "standards", TODAY)
    assert rows(site) == before


TEXTS = st.text(
    st.sampled_from("甲乙●〇○①②；、，。《》（）■□=+-@'\"\n 同上“”:：√1.第条【】↳#"), min_size=1, max_size=12
)
TEXT = TEXTS.filter(lambda text: text.strip()).map(str.strip)
MANY = st.lists(TEXT, max_size=3)
NEEDS = st.sampled_from(["required", "optional"])
CHANNEL = st.fixed_dictionaries(
    {"gov_site": NEEDS}, optional={"notice_board": NEEDS, "other": NEEDS, "other_name": TEXT}
)
LIMITS = st.sampled_from(limits.FORMS)
PORTION = st.fixed_dictionaries(
    {"elements": st.lists(TEXT, min_size=1, max_size=2)}, optional={"time_limit": LIMITS, "channels": CHANNEL}
)
ROWS = st.fixed_dictionaries(
    {
        "item_l1": TEXT,
        "elements": st.lists(TEXT, min_size=1, max_size=3),
        "bases": st.lists(TEXT, min_size=1, max_size=3),
        "time_limit": LIMITS,
        "subjects": st.lists(TEXT, min_size=1, max_size=2),
        "channels": CHANNEL,
        "audience_group": TEXT,
        "mode_proactive": st.just("true"),
    },
    optional={
        "item_l2": TEXT,
        "seq": TEXT,
        "audience_all": st.just("true"),
        "levels": st.lists(st.sampled_from([level.value for level in RowLevel]), unique=True),
        "block": st.sampled_from([block.value for block in Block]),
        "portions": st.lists(PORTION, max_size=2),
        "stages": st.lists(st.sampled_from([stage.value for stage in Stage]), max_size=2),
        "disclosure": st.sampled_from([choice.value for choice in Disclosure]),
        "keywords": MANY,
        "summary": TEXT,
        "link": TEXT,
        "draft": st.just("true"),
        "reviewed": st.fixed_dictionaries({"by": TEXT, "on": st.just("2024-03-05")}),
        "files": st.lists(st.fixed_dictionaries({"file": st.just("files/a.pdf"), "title": TEXT}), max_size=1),
    },
)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(found=st.lists(ROWS, min_size=1, max_size=3))
def test_whatever_a_row_says_comes_back_from_a_table(site, suffix, found):
    import yaml

    path = site.root / TARGET
    path.parent.mkdir(parents=True, exist_ok=True)
    body = {"disclosure": "proactive", "rows": [{"id": f"x-{n}", **row} for n, row in enumerate(found)]}
    path.write_text(yaml.safe_dump(body, allow_unicode=True), "utf-8")
    project = Project.at(site.root)
    before = rows(site)
    out = site.root / f"out.{suffix}"
    out.unlink(missing_ok=True)
    files.run(project, FIELD, None, None, out)
    path.unlink()
    try:
        table.run(project, out, FIELD, "shifu", "standards", TODAY)
    except Faulty as faulty:
        raise AssertionError([(problem.message, problem.hint) for problem in faulty.problems]) from faulty
    assert rows(site) == before


@given(TEXTS)
def test_what_keeps_a_cell_a_text_comes_off_again(text):
    for formulas in (True, False):
        assert unguard(guard(text, formulas=formulas)) == text
        assert not is_ditto(guard(text, formulas=formulas))
    assert guard(text, formulas=True)[0] not in "=+-@"


def test_no_cell_of_an_export_is_one_that_a_spreadsheet_runs(site):
    site.write(
        f"-- {TARGET} --\n"
        "rows:\n  - {id: a-1, item_l1: '=1+1', item_l2: '@甲', elements: ['+甲'], bases: ['-乙'], time_limit: 长期,\n"
        "     subjects: [丙], channels: {gov_site: required}, audience_all: true, mode_proactive: true}\n"
    )
    project, before = Project.at(site.root), rows(site)
    for name in ("out.csv", "out.xlsx"):
        files.run(project, FIELD, None, None, site.root / name)
    with (site.root / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [text for row in csv.reader(file) for text in row if text[:1] in tuple("=+-@")]
    book = openpyxl.load_workbook(site.root / "out.xlsx")
    risky = [each for row in book.active.iter_rows() for each in row if str(each.value)[0] in "=+-@"]
    assert len(risky) == 4
    assert all(each.data_type == "s" and each.quotePrefix for each in risky)
    for name in ("out.csv", "out.xlsx"):
        (site.root / TARGET).unlink()
        table.run(project, site.root / name, FIELD, "shifu", "standards", TODAY)
        assert [row.model_copy(update={"disclosure": None, "published": None}) for row in rows(site)] == before


def test_a_cell_that_was_edited_counts_and_not_what_the_export_had_put_aside(site):
    site.write(
        f"-- {TARGET} --\n"
        "rows:\n  - {id: a-1, item_l1: 甲, elements: [甲；乙], bases: [《甲法》], time_limit: 长期, subjects: [丙],\n"
        "     channels: {gov_site: required}, audience_all: true, mode_proactive: true}\n"
    )
    project, out = Project.at(site.root), site.root / "out.csv"
    files.run(project, FIELD, None, None, out)
    (site.root / TARGET).unlink()
    out.write_text(out.read_text("utf-8-sig").replace("甲；乙", "丙；丁", 1), "utf-8")
    report = table.run(project, out, FIELD, "shifu", "standards", TODAY)
    assert rows(site)[0].elements == ("丙", "丁")
    assert "单元格改过，不用其他键里的值" in report.summary()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--field", "tax", "out.csv"], "没有 tax 领域的目录"),
        (["out.csv"], "--field"),
        (["--field", "tax", "out.pdf"], ".csv 或 .xlsx"),
        (["--template", "out.csv"], ".xlsx"),
        (["--field", "tax", "catalog.csv"], "已经存在"),
    ],
)
def test_wrong_usage_of_export_ends_with_2(site, args, words):
    (site.root / "catalog.csv").write_text("x", "utf-8")
    result = site.run("export", "--kind", "row", *args[:-1], str(site.root / args[-1]))
    assert result.code == 2, result.err
    assert words in result.err
    assert (site.root / "catalog.csv").read_text("utf-8") == "x"


@pytest.fixture
def template(site):
    path = site.root / "模板.xlsx"
    result = site.run("export", "--kind", "row", "--template", str(path))
    assert result.code == 0, result.err
    return path


def test_the_template_lists_the_vocabularies_of_the_declaration(template):
    book = openpyxl.load_workbook(template)
    filled = book["目录"]
    assert filled.freeze_panes == "A3"
    lists = {}
    for rule in filled.data_validations.dataValidation:
        assert rule.type == "list"
        name, bounds = rule.formula1.split("!")
        lists[rule.promptTitle] = [each.value for row in book[name][bounds.replace("$", "")] for each in row]
    assert set(lists["要素模板"]) == {block.label for block in Block}
    assert set(lists["公开属性"]) == {choice.label for choice in Disclosure}
    assert set(lists["五公开"]) == {stage.label for stage in Stage}
    assert FIELD in lists["领域"]
    assert len(lists["领域"]) == 26
    for head in ("全社会", "主动", "依申请", "省级", "市级", "县级", "乡级", "村级"):
        assert lists[head] == ["√"]


def test_the_template_explains_every_column_with_the_words_of_the_declaration(template):
    book = openpyxl.load_workbook(template)
    explained = {row[0]: row for row in book["说明"].iter_rows(min_row=2, values_only=True)}
    heads = [each.value for row in book["目录"]["A1:BZ2"] for each in row if each.value]
    assert all(head in explained or head in ("公开事项", "公开对象", "公开方式", "公开层级") for head in heads)
    for name in ("elements", "bases", "channels", "subjects", "stages"):
        (header,) = [column.header for column in COLUMNS if column.name == name]
        assert Row.model_fields[name].description in explained[header][2]
    assert explained["公开依据"][1] == "必填"
    assert all(label in explained["公开渠道和载体"][3] for label in CHANNELS.values())
    assert all(form in explained["公开时限"][3] for form in limits.FORMS)


def test_the_filled_in_template_imports_and_is_told_what_is_still_to_be_filled_in(site, template):
    assert take(site, template).code == 0
    checked = site.run("check", "--date", DAY)
    assert checked.code == 0, checked.out
    assert "GK-SET-001" in checked.out
