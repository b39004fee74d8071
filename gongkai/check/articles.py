"""条文和引用: the numbers of our own articles run on, and what our texts cite can be found.

A text from outside is as its source has it: 35 of 3,311 real texts lack a number or have one twice, and nobody here can
mend them. `benchmarks/rules.py` counts them.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.base.problems import Code, Mark, Problem, shown
from gongkai.check.family import Family
from gongkai.model.articles import deepest, outline
from gongkai.model.catalog import Catalog
from gongkai.model.citations import Found, scan
from gongkai.model.cited import Cited
from gongkai.model.disclosure import Form, form, public
from gongkai.model.record import Item

ORDER = Code(
    "GK-ART-001",
    "warning",
    "条文的序号不连续",
    "第几条要依次往下排；后来增加的写第三十八条之一。附在后面的另一份文件从第一条重新开始。"
    "引在条文里的别的文件的条文，放在引号里。",
)
TWICE = Code(
    "GK-ART-002",
    "warning",
    "条文的序号重复",
    "同一份文件里一个序号只能有一条：引用时分不清是哪一条。改正其中一处。",
)
NO_ARTICLE = Code(
    "GK-CITE-001",
    "warning",
    "引用的条文不存在",
    "被引用的文件里没有这一条：可能写错了条号，也可能文件修改后条号变了。核对后改正；引用的是旧文本时不用改。",
)
SEVERAL = Code(
    "GK-CITE-002",
    "warning",
    "引用的文件分不清是哪一份",
    "有几份文件叫同一个标题或文号，正文里的引用没有成为链接。在书名号后面写上文号，"
    "或者在较新的一份里写 replaces（取代）、repeals（废止）。",
)


def check(catalog: Catalog) -> Iterator[Problem]:
    """Every breach of the rules above, over the texts of ours that are shown."""
    seen = public(catalog)
    cited = Cited(seen)
    for item in seen.items.values():
        if item.body and catalog.is_own(item) and form(item.record, catalog.day) is Form.FULL:
            if item.kind == "rule":
                yield from _numbers(item)
            yield from _citations(item, cited)


def _numbers(item: Item) -> Iterator[Problem]:
    last, label = (0, 0), ""
    met: set[tuple[int, int]] = set()
    for line, part in sorted(outline(item.body).values(), key=lambda entry: entry[0]):
        if part.role != "article":
            continue
        main, _, inserted = part.number.partition("-")
        number = (int(main), int(inserted or 0))
        if number == (1, 0) and last != (1, 0):
            met = set()
        elif number in met:
            yield TWICE.at(_mark(item, line, part.label), f"{part.label}有两处", "改正其中一处的序号")
        elif number not in ((last[0] + 1, 0), (last[0], last[1] + 1)):
            before = f"{label}之后是{part.label}" if label else f"第一处条文是{part.label}"
            yield ORDER.at(_mark(item, line, part.label), before, "核对有没有漏掉一条，或写错序号")
        met.add(number)
        last, label = number, part.label


def _citations(item: Item, cited: Cited) -> Iterator[Problem]:
    rule = item.kind == "rule"
    told: set[str] = set()
    for found in scan(item.body, item.record.heading if rule else ""):
        citation = found.citation
        meant = cited.meant(citation) if citation.name else [item]
        if len(meant) > 1 and citation.name not in told:
            told.add(citation.name)
            names = "、".join(other.id for other in meant[:5])
            message = f"{shown(citation.name)} 在本站有 {len(meant)} 份：{names}"
            number = next((other.record.doc_no for other in meant if other.record.doc_no), "")
            told_apart = f"在书名号后面写上文号，例如（{number}）" if number and not citation.number else ""
            hint = told_apart or "在较新的一份里写 replaces 或 repeals，说明它取代、废止了哪一份"
            yield SEVERAL.at(_mark(item, found.line, found.words), message, hint)
        if len(meant) == 1 and citation.article and meant[0].body:
            yield from _article(item, found, meant[0])


def _article(item: Item, found: Found, other: Item) -> Iterator[Problem]:
    """The problem with a citation of an article that a document does not have. One without articles is a notice."""
    parts = outline(other.body)
    labels = [part.label for _, part in parts.values() if part.role == "article"]
    if labels and not deepest(found.citation.article, parts):
        where = "本文件" if other is item else f"《{shown(other.record.heading)}》"
        citation = found.citation
        message = f"{where}没有{shown(found.words[citation.place - citation.start :])}"
        hint = f"它现在有{labels[0]}至{labels[-1]}；核对条号"
        yield NO_ARTICLE.at(_mark(item, found.line, found.words), message, hint)


def _mark(item: Item, line: int, words: str) -> Mark:
    text = item.body.split("\n")[line]
    return Mark(item.path, item.body_line + line, text.find(words) + 1 or 1, len(words))


FAMILY = Family(
    "articles",
    "条文和引用",
    codes=(ORDER, TWICE, NO_ARTICLE, SEVERAL),
    checks=(check,),
)
