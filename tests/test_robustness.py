"""Whatever a file holds, the answer is a list of problems: no traceback, no hang, no place that does not exist."""

from __future__ import annotations

import json
import random
import time
from datetime import date

import pytest

from gongkai.base.problems import Faulty, Problem, as_text
from gongkai.base.project import Project
from gongkai.check.examine import examine
from gongkai.check.families import gates
from gongkai.check.memory import Memory
from gongkai.check.outputs import FORMATS
from gongkai.check.report import Asked, report
from gongkai.edit import codes
from gongkai.pipeline import Options, build
from tests.conftest import DAY
from tests.office import docx

OPTIONS = Options(day=date.fromisoformat(DAY))
CODES = {code.id: code for code in codes.every()}
EXAMPLES = 300
BATCH = 20

RULE = """\
---
title: 测试市科学技术奖励办法
type: normative
issuers: [shifu, 测试省科学技术厅]
doc_no: 测政规〔2024〕3号
disclosure: proactive
signed: 2024-03-05
published: 2024-03-08 09:30
effective: 2024-05-01
valid_until: 2029-04-30
repealed:
  on: 2028-01-01
  by: 《测试市科学技术奖励办法（修订）》
history:
  - {date: 2024-03-01, event: 市人民政府常务会议通过}
keywords: [科技, 奖励]
files:
  - file: files/申请表.docx
    title: 申请表
aliases: [old-1, /old/path/]
reviewed: {by: 办公室, on: 2024-03-06}
---

# 测试市科学技术奖励办法

## 第一章　总则

第一条　为了奖励[贡献](a-2.md)，制定本办法。

| 奖项 | 金额 |
| --- | --- |
| 一等奖 | 10万元 |

第二条　申请表见[附件](files/申请表.docx "申请表")。
"""

VALUES = [
    "",
    "~",
    "null",
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    "{a: b}",
    "- a",
    "*a",
    "&a",
    "&a b",
    "!x",
    "!!binary aGk=",
    "!!set {a}",
    "%x",
    "@x",
    "`x",
    "|",
    ">",
    "|2\n  x",
    "? x",
    ": x",
    "- - - x",
    "<<",
    "a: b",
    "a: b: c",
    "#",
    "'",
    '"',
    "'a' b",
    '"\\0"',
    '"\\x1b[31m"',
    '"\\ud800"',
    '"\\u2028"',
    '"\\n"',
    "0000-00-00",
    "9999-99-99",
    "9999-12-31",
    "0001-01-01",
    "2024-02-30",
    "2024-3-5",
    "２０２４-０３-０５",
    "2024-03-05 24:00",
    "2024-03-05T09:30",
    "1" * 5000,
    "-1",
    "1e999",
    ".nan",
    ".inf",
    "0x1f",
    "true",
    "no",
    "12:30",
    "0505",
    "../../../etc/passwd",
    "/etc/passwd",
    "C:\\a.docx",
    "http://[",
    "//x",
    "#x",
    "%00",
    "%ff",
    "a" * 3000,
    "[" * 500,
    "{a: " * 300,
    "[a, b",
    "{a: b",
    "“甲”",
    "甲：乙",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\x85",
    "\x00",
    "\x1b[2J",
    "𠮷📅",
    "e\u0301",
    "\u202e甲",
    "shifu",
    "a-1",
    "《甲》",
    "测政规〔2024〕3号",
    "proactive",
    "withheld",
    "on_request",
]
LINES = [
    "---",
    "...",
    "? complex",
    "? [a, b]\n: c",
    "[a, b]: c",
    "{a: b}: c",
    "<<: *a",
    "*a : b",
    "&a b: c",
    "!x b: c",
    "%YAML 1.1",
    "\tx: y",
    "x",
    "x:y",
    "x：y",
    ": y",
    "- x",
    "title: again",
    "1: 2",
    "null: x",
    "~: x",
    '"": x',
    "__class__: x",
    "model_fields: x",
    "heading: x",
    "name: x",
    "root: x",
    "draft: true",
    "disclosure: withheld",
    "withdrawn: {on: 2024-01-01, reason: x}",
    "display_until: 2024-01-01",
    "files: [{file: .}]",
    "files: [{file: ''}]",
    "files: [{file: ../organ.yaml}]",
    "parent: shifu",
    "files: [{file: 'http://x/y.docx'}]",
    "aliases: [/manifest.sha256x, a-1, a-1]",
    "leaders: [{name: 甲, post: 乙, photo: x.png}]",
    "[x](",
    "[x]()",
    "[x](<>)",
    "[x](%)",
    "![x](files/申请表.docx)",
    "[x](a-1.md#art-1)",
    "](",
    "]（x.md）",
    "|",
    "| --- |",
    "#",
    "####### x",
    "> > > > > >" * 50,
    "第条",
    "第零条",
    "第九千九百九十九条之一　x",
    "[" * 2000 + "]" * 2000,
]


def project_of(site) -> Project:
    site.write(f"-- content/shifu/rules/a-1.md --\n{RULE}")
    site.rule("a-2", title="贡献认定办法")
    site.attach("content/shifu/rules/files/申请表.docx", docx(""))
    return Project.at(site.root)


def mutate(data: bytes, random_: random.Random) -> bytes:
    """One random change of a file."""
    lines = data.split(b"\n")
    at = random_.randrange(len(lines))
    kind = random_.randrange(9)
    if kind == 0 and data:
        flipped = bytearray(data)
        for _ in range(random_.randint(1, 4)):
            flipped[random_.randrange(len(data))] = random_.randrange(256)
        return bytes(flipped)
    if kind == 1:
        del lines[at]
    elif kind == 2:
        lines.insert(random_.randrange(len(lines)), lines[at])
    elif kind in (3, 4):
        key = lines[at].split(b": ")[0]
        lines[at] = key + b": " + random_.choice(VALUES).encode("utf-8", "surrogatepass")
    elif kind == 5:
        lines.insert(at, random_.choice(LINES).encode())
    elif kind == 6:
        lines[at] = b" " * random_.randint(1, 5) + lines[at]
    elif kind == 7:
        cut = random_.randrange(len(data) + 1)
        return data[:cut] + random_.choice(VALUES).encode("utf-8", "surrogatepass") + data[cut:]
    else:
        return data[: random_.randrange(len(data) + 1)]
    return b"\n".join(lines)


def insist(project: Project) -> list[Problem]:
    """Examines, prints in every form, and builds what is sound; an exception here is the bug that is looked for."""
    made = report(project, Asked(day=OPTIONS.day), CODES)
    problems, sources = made.problems, made.sources
    for form, write in FORMATS.items():
        assert "Traceback" not in write(made), form
    assert len(json.loads(FORMATS["json"](made))) == len(problems)
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert "\n" not in problem.message + problem.hint
        assert len(problem.message) < 400
        lines = sources.get(problem.path, "").split("\n")
        assert problem.line <= len(lines), problem
        assert problem.column <= len(lines[problem.line - 1]) + 1, problem
    if any(finding.stops for finding in made.findings):
        with pytest.raises(Faulty):
            build(project, OPTIONS, gates(Memory()))
    else:
        build(project, OPTIONS, gates(Memory()))
    return list(problems)


@pytest.mark.parametrize("first", range(0, EXAMPLES, BATCH))
def test_no_random_change_of_a_file_makes_a_traceback(site, first):
    project = project_of(site)
    assert insist(project) == []
    files = ["catalog.yaml", "content/shifu/organ.yaml", "content/shifu/rules/a-1.md", "content/shifu/rules/a-1.md"]
    sound = {path: (site.root / path).read_bytes() for path in files}
    for seed in range(first, first + BATCH):
        random_ = random.Random(seed)
        path = random_.choice(files)
        data = sound[path]
        for _ in range(random_.randint(1, 3)):
            data = mutate(data, random_)
        (site.root / path).write_bytes(data)
        try:
            insist(project)
        except Exception as error:
            error.add_note(f"seed {seed}, {path}:\n{data[:4000].decode('utf-8', 'replace')}")
            raise
        (site.root / path).write_bytes(sound[path])


@pytest.mark.parametrize("batch", range(4))
def test_no_value_of_any_key_makes_a_traceback(site, batch):
    project = project_of(site)
    file = site.root / "content/shifu/rules/a-1.md"
    keys = [
        "title",
        "issuers",
        "signed",
        "published",
        "files",
        "repealed",
        "aliases",
        "draft",
        "type",
        "history",
        "repeals",
    ]
    for key in keys:
        for value in VALUES[batch::4]:
            kept = [line for line in RULE.split("\n---\n")[0].split("\n")[1:] if not line.startswith((f"{key}:", " "))]
            kept = [line for line in kept if not line.endswith(":")]
            text = "---\n" + "\n".join(kept) + f"\n{key}: {value}\n---\n\n正文\n"
            file.write_bytes(text.encode("utf-8", "surrogatepass"))
            examined = examine(project, OPTIONS)
            as_text(examined.problems, examined.sources)


HUGE = {
    "brackets": "title: " + "[" * 1_000_000,
    "braces": "title: " + "{a: " * 300_000,
    "dashes": "- " * 300_000,
    "questions": "? " * 300_000,
    "indents": "".join(f"{' ' * n}a:\n" for n in range(1500)),
    "one line of ten megabytes": "title: " + "长" * 3_500_000,
    "a key of ten megabytes": "长" * 3_500_000 + ": x",
    "twenty thousand keys": "".join(f"key{n}: x\n" for n in range(20_000)),
    "one key twenty thousand times": "title: x\n" * 20_000,
    "a bomb of aliases": "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(2000)),
    "quotes": "title: " + "'" * 1_000_001,
    "control characters": "title: " + "\0" * 1_000_000,
}


@pytest.mark.parametrize("what", HUGE)
def test_a_monstrous_file_is_answered_in_seconds(site, what):
    project = project_of(site)
    site.write(f"-- content/shifu/rules/huge.md --\n---\n{HUGE[what]}\n---\n\n正文\n")
    site.write(f"-- content/huge/organ.yaml --\n{HUGE[what]}\n")
    started = time.monotonic()
    examined = examine(project, OPTIONS)
    assert examined.problems
    assert len(as_text(examined.problems, examined.sources)) < 40_000
    assert time.monotonic() - started < 30


BODIES = {
    "brackets": "[" * 20_000,
    "links": "[x](" * 20_000,
    "closed links": "[x](y) " * 20_000,
    "parentheses": "](" + "(" * 20_000,
    "quotes": ">" * 5_000,
    "pipes": "|" * 20_000 + "\n" + "|-" * 20_000,
    "blanks": "[x](" + " " * 50_000 + "x",
    "half links": "](a b " * 20_000,
    "full-width": "]（" + "a." * 20_000,
}


@pytest.mark.parametrize("what", BODIES)
def test_a_monstrous_text_is_answered_in_seconds(site, what):
    project = project_of(site)
    site.rule("a-3", body=f"第一条　{BODIES[what]}\n")
    started = time.monotonic()
    examined = examine(project, OPTIONS)
    as_text(examined.problems, examined.sources)
    assert time.monotonic() - started < 30
