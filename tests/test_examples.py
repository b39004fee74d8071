"""The examples of the manual for faults of a table are what an import really says."""

from __future__ import annotations

import pytest

from tests.test_problems import expected
from tests.test_tables import FLAT, HEAD, LINE, line, sheet, take, workbook


def unreadable(site) -> str:
    path = site.root / "目录.csv"
    path.write_bytes(b"\xff\xff\x00\x81")
    return str(path)


def linked(site) -> str:
    book, path = workbook(site, [LINE])
    book.active["E3"].hyperlink = "file:///C:/我的文件/依据.xlsx"
    book.save(path)
    return str(path)


TABLES = {
    "GK-TABLE-001": unreadable,
    "GK-TABLE-002": lambda site: sheet(site, LINE, head=HEAD.replace("公开时限", "备注")),
    "GK-TABLE-003": lambda site: sheet(site, [*LINE, "多"]),
    "GK-TABLE-004": lambda site: sheet(site, line(D="=1+1")),
    "GK-TABLE-005": linked,
    "GK-TABLE-006": lambda site: sheet(site, line(I="也许")),
    "GK-TABLE-007": lambda site: sheet(site, line(F="尽快")),
    "GK-TABLE-008": lambda site: sheet(site, ["jy-1", *LINE], ["jy-1", *LINE], head=f"编号,{FLAT}\n"),
    "GK-TABLE-009": lambda site: sheet(site, line(E="")),
    "GK-TABLE-010": lambda site: sheet(site, line(E="同上")),
    "GK-TABLE-011": lambda site: sheet(site, [*LINE, "主动"], head=f"{FLAT},公开属性\n"),
}


@pytest.mark.parametrize("code", TABLES)
def test_a_faulty_table_is_told_what_the_manual_shows(site, code):
    assert take(site, TABLES[code](site)).err == expected(code)
