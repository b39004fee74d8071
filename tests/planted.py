"""Made-up people → documents of every format with their numbers planted in them, and with what only looks like one.

The same seed plants the same numbers. Shared by `tests/test_privacy.py` and `benchmarks/privacy.py`.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape

from tests.office import docx

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "示例虚构样本假想测试模拟"
REGIONS = ("110101", "120103", "130102", "210102", "310104", "320102", "330106", "350203", "370202", "440305", "510104",
           "520102", "530102", "610103", "650102")  # fmt: skip
ISSUERS = (("622202", 19), ("621700", 19), ("622848", 19), ("621661", 19), ("622588", 16), ("622908", 18),
           ("623058", 19), ("625912", 16), ("436742", 16), ("518710", 16), ("955880", 19), ("622155", 17))  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """A number, what it is, and the text that it stands in."""

    sort: str
    digits: str
    written: str
    text: str


def name(chance: random.Random) -> str:
    """A person who does not exist."""
    return chance.choice(FAMILY) + "".join(chance.choice(GIVEN) for _ in range(chance.randint(1, 2)))


def identity(chance: random.Random) -> str:
    """An identity number with its check digit (GB 11643-1999)."""
    born = date(1936, 1, 1) + timedelta(days=chance.randrange(31000))
    body = f"{chance.choice(REGIONS)}{born:%Y%m%d}{chance.randrange(1000):03}"
    weights = [pow(2, 17 - at, 11) for at in range(17)]
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def bank(chance: random.Random) -> str:
    """A bank card with its check digit (ISO/IEC 7812-1)."""
    issuer, length = chance.choice(ISSUERS)
    body = issuer + "".join(str(chance.randrange(10)) for _ in range(length - len(issuer) - 1))
    doubled = [int(d) * (2 if at % 2 == 0 else 1) for at, d in enumerate(reversed(body))]
    return body + str(-sum(d // 10 + d % 10 for d in doubled) % 10)


def mobile(chance: random.Random) -> str:
    """A mobile number."""
    return f"1{chance.randint(3, 9)}{chance.randrange(10**9):09}"


MAKERS = {"IDENTITY": identity, "BANK": bank, "MOBILE": mobile}
LABELS = {
    "IDENTITY": ["身份证号", "公民身份号码", "身份证号码", "证件号码", "ID", "身份证"],
    "BANK": ["银行卡号", "一卡通账号", "收款账户", "卡号", "开户账号"],
    "MOBILE": ["手机", "联系电话", "电话", "手机号码", "联系方式", "Tel"],
}
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
GROUPS = {"IDENTITY": [(6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4)], "MOBILE": [(3, 4, 4), (3, 8), (7, 4)]}
BLANKS = [" ", "-", "\u3000", "\xa0", "－", "—", "·", "  ", "\u200b", "\u2009", " - "]


def groups(sort: str, digits: str, chance: random.Random) -> list[str]:
    """The digits in the groups that people write them in."""
    sizes = chance.choice(GROUPS[sort]) if sort in GROUPS else (4,) * 5
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return [part for part in parts if part]


def write(sort: str, digits: str, chance: random.Random, *, lines: bool = True) -> str:
    """The number as somebody might type it."""
    way = chance.randrange(9 if lines else 8)
    if way < 3:
        return digits
    if way == 3:
        return digits.translate(WIDE)
    if way == 4:
        return digits.replace("X", "x") if sort == "IDENTITY" else f"+86{digits}" if sort == "MOBILE" else digits
    if way < 8:
        return chance.choice(BLANKS).join(groups(sort, digits, chance))
    cut = chance.randint(3, len(digits) - 3)
    return digits[:cut] + chance.choice(["\n", "\n　　", " \n"]) + digits[cut:]


SENTENCES = (
    "{label}：{number}。",
    "{label}:{number}",
    "{name}（{label}{number}）经审核符合条件。",
    "{name}，{label}{number}，现予公示。",
    "请与{name}联系（{number}）。",
    "经办人{name}{number}",
    "1.{number} {name}",
    "（{number}）",
    "{name}/{number}/已发放",
    "{label}为“{number}”，{name}。",
    "共3人，其中{name}的{label}是{number}，于2024年3月5日登记，金额1200.00元。",
    "{number}",
    "**{label}**：{number}",
    "> {name} {number}",
    "序号12 {name} {number} 2024-03-05",
    "{number}、{other}",
    "{name}\t{number}\t330106",
)
COLUMNS = ("姓名", "村组", "金额（元）", "备注")


def sentence(sort: str, chance: random.Random) -> Planted:
    """A line of running text that holds one number."""
    digits = MAKERS[sort](chance)
    written = write(sort, digits, chance)
    text = chance.choice(SENTENCES).format(
        label=chance.choice(LABELS[sort]), name=name(chance), number=written, other="见附件"
    )
    return Planted(sort, digits, written, text)


def row(sort: str, chance: random.Random) -> tuple[list[str], Planted]:
    """A row of a table: name, number, group, amount, remark."""
    digits = MAKERS[sort](chance)
    written = write(sort, digits, chance, lines=False)
    cells = [name(chance), written, f"第{chance.randint(1, 9)}组", f"{chance.randint(100, 9000)}.00", "已审核"]
    return cells, Planted(sort, digits, written, "｜".join(cells))


def header(sort: str, chance: random.Random) -> list[str]:
    """The head of a table of such rows."""
    return [COLUMNS[0], chance.choice(LABELS[sort]), *COLUMNS[1:]]


def as_markdown(sort: str, chance: random.Random, count: int) -> tuple[bytes, list[Planted]]:
    """Paragraphs, then a pipe table."""
    said = [sentence(sort, chance) for _ in range(count // 2)]
    rows = [row(sort, chance) for _ in range(count - count // 2)]
    table = [header(sort, chance), ["---"] * 5, *(cells for cells, _ in rows)]
    text = "\n\n".join(one.text for one in said) + "\n\n"
    text += "\n".join("| " + " | ".join(cells) + " |" for cells in table) + "\n"
    return text.encode(), [*said, *(one for _, one in rows)]


def as_csv(sort: str, chance: random.Random, count: int) -> tuple[bytes, list[Planted]]:
    """A table as Excel saves it: in GBK or in UTF-8 with a mark."""
    rows = [row(sort, chance) for _ in range(count)]
    out = io.StringIO()
    csv.writer(out).writerows([header(sort, chance), *(cells for cells, _ in rows)])
    return out.getvalue().encode(chance.choice(["gb18030", "utf-8-sig"])), [one for _, one in rows]


def as_docx(sort: str, chance: random.Random, count: int) -> tuple[bytes, list[Planted]]:
    """A Word file: paragraphs whose runs Word has cut anywhere, a table, a header."""
    said = [sentence(sort, chance) for _ in range(count // 2)]
    rows = [row(sort, chance) for _ in range(count - count // 2)]
    body = "".join(f"<w:p>{_runs(one.text, chance)}</w:p>" for one in said)
    body += "<w:tbl>" + "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p>{_runs(cell, chance)}</w:p></w:tc>" for cell in cells) + "</w:tr>"
        for cells in [header(sort, chance), *(cells for cells, _ in rows)]
    )
    return docx(f"{body}</w:tbl>"), [*said, *(one for _, one in rows)]


def _runs(text: str, chance: random.Random) -> str:
    parts, at = [], 0
    while at < len(text):
        step = chance.randint(2, 9)
        inner = "".join("<w:br/>" if piece == "\n" else f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
                        for piece in re.split(r"(\n)", text[at : at + step]))  # fmt: skip
        parts.append(f"<w:r><w:rPr><w:b/></w:rPr>{inner}</w:r>")
        at += step
    return "".join(parts)


def as_xlsx(sort: str, chance: random.Random, count: int) -> tuple[bytes, list[Planted]]:
    """A workbook as Excel writes it, by openpyxl: shared strings, and telephone numbers as numbers."""
    import openpyxl

    rows = [row(sort, chance) for _ in range(count)]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "发放名单"
    sheet.append(header(sort, chance))
    for cells, one in rows:
        numeric = sort == "MOBILE" and one.written == one.digits
        sheet.append([cells[0], int(one.digits) if numeric else cells[1], *cells[2:]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), [one for _, one in rows]


def as_page(sort: str, chance: random.Random, count: int) -> tuple[bytes, list[Planted]]:
    """A page to be printed as PDF: paragraphs, and a table so narrow that its numbers break."""
    said = [sentence(sort, chance) for _ in range(count // 2)]
    rows = [row(sort, chance) for _ in range(count - count // 2)]
    table = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
                    for cells in [header(sort, chance), *(cells for cells, _ in rows)])  # fmt: skip
    html = "".join(f"<p>{escape(one.text)}</p>" for one in said) + f"<table>{table}</table>"
    return f"{_STYLE}{html}".encode(), [*said, *(one for _, one in rows)]


_STYLE = (
    "<meta charset=utf-8><style>tr{break-inside:avoid} p{white-space:pre-line} "
    "td{border:1px solid;width:5em;word-break:break-all;font-size:9pt}</style>"
)

FORMATS: dict[str, Callable[[str, random.Random, int], tuple[bytes, list[Planted]]]] = {
    "md": as_markdown,
    "csv": as_csv,
    "docx": as_docx,
    "xlsx": as_xlsx,
    "html": as_page,
}


def harmless(chance: random.Random) -> str:
    """A line with digits that belong to nobody: what real documents are full of."""
    digits = "".join(str(chance.randrange(10)) for _ in range(24))
    card = identity(chance)
    wrong = card[:-1] + ("0" if card[-1] != "0" else "1")
    forms = (
        f"统一社会信用代码：1133{digits[:4]}MB{digits[4:11]}{chance.choice('ABCDEFGHJ')}",
        f"联系电话：0{chance.choice(['10', '571', '851', '512'])}-{chance.choice('2345678')}{digits[:7]}",
        f"索引号：{digits[:9]}/{chance.randint(1998, 2026)}-{digits[9:14]}",
        f"总投资{chance.randint(10, 99)}.{digits[:2]}亿元，建设规模{digits[:5]}平方米，2021—2025年实施。",
        f"身份证号：{card[:3]}***********{card[-4:]}",
        f"手机：138****{digits[:4]}",
        f"编号 {wrong}",
        f"{chance.randint(1990, 2026)}-{chance.randint(1, 12):02}-28 08:30:15 至 2026-12-31 17:30:00",
        f"预算{digits[:3]}，{digits[3:6]}，{digits[6:9]}.00元",
        f"坐标：东经118.{digits[:6]}，北纬37.{digits[6:12]}",
        f"浙政发〔2024〕{int(digits[:2])}号 第{int(digits[2:4])}条 邮编{digits[4:10]}",
        f"ISBN 978-7-{digits[:4]}-{digits[4:8]}-{digits[8]}",
        f"{int(digits[:4])} {int(digits[4:8])} {int(digits[8:12])}",
        f"0.{digits[:17]}",
        f"咨询热线 12345、12333、{chance.choice(['400', '800'])}-{digits[:3]}-{digits[3:7]}",
    )
    return chance.choice(forms)
