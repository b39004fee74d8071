"""After any edit of a site of 200 records what `serve` has built is what a clean build makes, and no more was made.

Edits are those of editors: texts, titles, dates, names of organs, settings, vocabularies, templates, words, styles,
attachments; files that are added, renamed, hidden, deleted; mistakes, too. Each is answered by the workshop of `serve`
with what it remembers, and held against every byte of a plan and pages made from nothing but the files.
"""

from __future__ import annotations

import pickle
import random
import re
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from gongkai import pipeline
from gongkai.base.problems import Faulty, Problem
from gongkai.base.project import Project
from gongkai.check.families import gates
from gongkai.check.memory import Memory
from gongkai.model.catalog import load
from gongkai.pipeline import Options
from gongkai.read.walk import read
from gongkai.render import press
from gongkai.render.output import MANIFEST, canonical
from gongkai.serve import workshop as working
from gongkai.serve.board import Board
from gongkai.serve.watch import Watch
from gongkai.serve.workshop import Caller, Workshop
from tests.conftest import CHECKOUT, SETTINGS, SmallSite

DAY = date(2026, 11, 20)

CARD = """\
-- content/shifu/cards/{id}.md --
---
title: {id}的明白卡
disclosure: proactive
published: 2024-01-02
side: people
level: city
audiences: [resident]
fields: [social_assistance]
main_content: 按月领取
scope: [本市居民]
standard: [{{item: 标准, amount: 每月 {n} 元}}]
procedure: [{{step: 申请}}]
channel: [{{name: 窗口}}]
sources: [{{rule: r-{n}, articles: [第一条]}}]
---
"""
EXPLAINER = """\
-- content/shifu/explainers/{id}.md --
---
title: {id}的解读
explains: [r-{n}]
format: text
interpreter: shifu
disclosure: proactive
published: 2024-03-05
background: 为什么
---

正文{n}。
"""
ROWS = """\
-- content/shifu/standards/social_assistance.yaml --
disclosure: proactive
subjects: [shifu]
time_limit: 及时公开
channels: {gov_site: required}
bases: [《社会救助暂行办法》]
rows:
"""


def city(root: Path, rules: int) -> SmallSite:
    """200 records: `rules` documents, 7 cards, 7 interpretations, 4 organs, 36 words, and rows for the rest."""
    site = SmallSite(root).write(SETTINGS)
    for n, name in enumerate(("财政局", "教育局", "民政局")):
        site.write(
            f"-- content/bu-{n}/organ.yaml --\nname: 测试市{name}\nkind: department\nlevel: city\nparent: shifu\n"
            "disclosure: proactive\npublished: 2024-01-01\n"
        )
    for n in range(rules):
        organ = "shifu" if n % 4 else f"bu-{n // 4 % 3}"
        more = {"implements": f"[r-{n - 1}]"} if n % 7 == 1 else {"replaces": f"[r-{n - 1}]"} if n % 20 == 2 else {}
        cited = f"依照《文件{(n + 5) % rules}》第一条办理。" if n % 3 == 0 else "正文。"
        site.rule(
            f"r-{n}",
            f"第一条　{cited}\n\n第二条　第{n}份。\n",
            organ,
            title=f"文件{n}",
            published=f"20{10 + n % 12}-03-0{1 + n % 9}",
            topic=f"主题{n % 4}",
            **more,
        )
    for n in range(7):
        site.write(CARD.format(id=f"k-{n}", n=n)).write(EXPLAINER.format(id=f"e-{n}", n=n + 7))
    rows = "".join(
        f"  - {{id: sz-{n}, item_l1: 事项{n // 6}, item_l2: 信息{n}, elements: [●内容], audience_all: true, "
        f"mode_proactive: true, published_as: [rule:r-{n % rules}]}}\n"
        for n in range(146 - rules)
    )
    words = "".join(f"  - {{word: 俗称{n}, official: [文件{n}]}}\n" for n in range(36))
    return site.write(ROWS + rows).write(f"-- content/common/synonyms.yaml --\nsynonyms:\n{words}")


@dataclass
class Editor:
    """Edits a site at random."""

    site: SmallSite
    chance: random.Random
    undo: list[tuple[Path, bytes | None]] = field(default_factory=list)

    def edit(self) -> str:
        """One edit; returns its name."""
        self.undo = []
        chosen = self.chance.choice([name for name in dir(self) if name.startswith("do_")])
        getattr(self, chosen)(f"改{self.chance.randrange(10**6)}")
        return chosen[3:]

    def mend(self) -> None:
        """Takes the last edit back."""
        for path, data in reversed(self.undo):
            if data is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(data)

    def put(self, path: Path, text: str | None) -> None:
        self.undo.append((path, path.read_bytes() if path.exists() else None))
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="")

    def swap(self, path: Path, pattern: str, new: str) -> None:
        self.put(path, re.sub(pattern, new, path.read_text("utf-8"), count=1))

    def any(self, pattern: str) -> Path:
        return self.chance.choice(sorted(self.site.root.glob(pattern)))

    def rule(self) -> Path:
        return self.any("content/*/rules/*.md")

    def own(self, kind: str, name: str) -> tuple[Path, str]:
        """A file of the site's own theme, which extends the default one, and its text."""
        settings = self.site.root / "catalog.yaml"
        target = self.site.root / "themes/own" / kind / name
        if "theme: own" not in settings.read_text("utf-8"):
            self.put(self.site.root / "themes/own/theme.yaml", "extends: default\n")
            self.put(settings, settings.read_text("utf-8") + "theme: own\n")
        source = target if target.exists() else CHECKOUT / "themes/default" / kind / name
        return target, source.read_text("utf-8")

    def do_body(self, word: str) -> None:
        path = self.rule()
        self.put(path, path.read_text("utf-8") + f"\n第九条　{word}。\n")

    def do_citation(self, word: str) -> None:
        path = self.rule()
        self.put(path, path.read_text("utf-8") + f"\n第十条　{word}依照《文件{self.chance.randrange(16)}》办理。\n")

    def do_title(self, word: str) -> None:
        self.swap(self.rule(), r"title: .*", f"title: {word}")

    def do_published(self, word: str) -> None:
        self.swap(self.rule(), r"published: .*", f"published: 20{self.chance.randrange(10, 24)}-05-01")

    def do_effective(self, word: str) -> None:
        self.swap(self.rule(), r"effective: .*", f"effective: 202{self.chance.randrange(4, 9)}-05-01")

    def do_repeal(self, word: str) -> None:
        self.swap(self.rule(), r"\ntype: ", f"\nrepealed: {{on: 2026-0{self.chance.randrange(1, 9)}-01}}\ntype: ")

    def do_hide(self, word: str) -> None:
        self.swap(self.rule(), "disclosure: proactive", "disclosure: proactive\ndraft: true")

    def do_on_request(self, word: str) -> None:
        self.swap(self.rule(), "disclosure: proactive", "disclosure: on_request")

    def do_withdraw(self, word: str) -> None:
        self.swap(self.rule(), r"\ntype: ", f"\nwithdrawn: {{on: 2026-01-01, reason: {word}}}\ntype: ")

    def do_alias(self, word: str) -> None:
        self.swap(self.rule(), r"\ntype: ", f"\naliases: [/old/{self.chance.randrange(10**6)}/]\ntype: ")

    def do_delete(self, word: str) -> None:
        self.put(self.any("content/*/*/*.md"), None)

    def do_add(self, word: str) -> None:
        path = self.rule()
        self.put(path.with_name(f"new-{self.chance.randrange(10**6)}.md"), path.read_text("utf-8"))

    def do_rename(self, word: str) -> None:
        path = self.rule()
        text = path.read_text("utf-8")
        self.put(path, None)
        self.put(path.with_name(f"renamed-{self.chance.randrange(10**6)}.md"), text)

    def do_move(self, word: str) -> None:
        path = self.rule()
        text = path.read_text("utf-8")
        self.put(path, None)
        self.put(self.any("content/*/organ.yaml").parent / "rules" / path.name, text)

    def do_version(self, word: str) -> None:
        path = self.rule()
        if "versions:" not in path.read_text("utf-8"):
            self.put(path.parent / path.stem / "2020-01-01.md", f"第一条　{word}的旧文本。\n")
            self.swap(path, r"\ntype: ", "\nversions: [{date: 2020-01-01}]\ntype: ")

    def do_organ(self, word: str) -> None:
        self.swap(self.any("content/bu-*/organ.yaml"), r"name: .*", f"name: 测试{word}")

    def do_new_organ(self, word: str) -> None:
        text = self.any("content/bu-*/organ.yaml").read_text("utf-8")
        folder = self.site.root / f"content/xin-{self.chance.randrange(10**6)}"
        self.put(folder / "organ.yaml", re.sub("name: .*", f"name: {word}", text))

    def do_card(self, word: str) -> None:
        self.swap(self.any("content/*/cards/*.md"), r"main_content: .*", f"main_content: {word}")

    def do_explainer(self, word: str) -> None:
        self.swap(self.any("content/*/explainers/*.md"), r"background: .*", f"background: {word}")

    def do_row(self, word: str) -> None:
        path = self.site.root / "content/shifu/standards/social_assistance.yaml"
        self.swap(path, rf"信息{self.chance.randrange(60)},", f"{word},")

    def do_synonym(self, word: str) -> None:
        path = self.site.root / "content/common/synonyms.yaml"
        self.put(path, path.read_text("utf-8") + f"  - {{word: {word}, official: [文件3]}}\n")

    def do_vocabulary(self, word: str) -> None:
        path = self.site.root / "content/common/fields.yaml"
        self.put(path, f"fields:\n  - {{key: social_assistance, summary: {word}}}\n  - {{key: transport}}\n")

    def do_setting(self, word: str) -> None:
        self.swap(self.site.root / "catalog.yaml", r"  contact: .*", f"  contact: {word}")

    def do_languages(self, word: str) -> None:
        settings = self.site.root / "catalog.yaml"
        text = settings.read_text("utf-8")
        language = "languages: [zh-Hant]\n"
        self.put(settings, text.replace(language, "") if language in text else text + language)

    def do_template(self, word: str) -> None:
        path, text = self.own("templates", self.chance.choice(["rule.html", "list.html", "base.html", "home.html"]))
        self.put(path, text.replace("</", f"<!-- {word} --></", 1))

    def do_style(self, word: str) -> None:
        path, _ = self.own("assets", "style.css")
        self.put(path, f"/* {word} */\n")

    def do_words(self, word: str) -> None:
        path, _ = self.own("templates", "404.html")
        self.put(path.parent.parent / "words.yaml", f"issuers: {word}\n")

    def do_attachment(self, word: str) -> None:
        path = self.rule()
        self.put(path.parent / "files" / f"{path.stem}.txt", word)
        if "files:" not in path.read_text("utf-8"):
            self.swap(path, r"\ntype: ", f"\nfiles: [{{file: files/{path.stem}.txt}}]\ntype: ")

    def do_mistake(self, word: str) -> None:
        self.swap(self.rule(), r"type: .*", f"type: {word}")

    def do_stray(self, word: str) -> None:
        self.put(self.site.root / "content/shifu/rules/.a.swp", word)


class Remembering(Board):
    """A board that keeps the pages it was given early."""

    early: dict[str, bytes] = {}

    def show(self, fresh):
        self.early = {**self.early, **fresh}
        super().show(fresh)


class Session:
    """A site under the workshop of `serve`, and what each answer to an edit made."""

    def __init__(self, site: SmallSite, chance: random.Random) -> None:
        self.site, self.chance = site, chance
        self.project = Project.at(site.root)
        self.board = Remembering(self.project.site)
        self.why: dict[str, str] = {}
        self.built: pipeline.Built | None = None
        self.refused: Faulty | None = None
        self._pages: dict[bytes, bytes] = {}
        watch = Watch(self.project, print, poll=False)
        self.options = Options(day=DAY, why=self.why.__setitem__)
        caller = Caller(
            gates=lambda: nullcontext(gates(Memory())),
            standing=lambda: False,
            begun=lambda: None,
            built=self._keep,
            refused=lambda faulty: setattr(self, "refused", faulty),
            tell=pytest.fail,
        )
        self.workshop = Workshop(self.project, self.options, self.board, watch, caller, early=True)

    def _keep(self, built, *_: Any) -> None:
        self.built = built

    def answer(self) -> None:
        """Lets the workshop answer what was edited, while somebody looks at three pages."""
        self.why.clear()
        self.refused, self.board.early = None, {}
        outputs = self.built.outputs if self.built else []
        pages = [output.path for output in outputs if output.path.endswith(".html")]
        looks = [self.board.looked_at(path) for path in self.chance.sample(pages, min(3, len(pages)))]
        for look in looks:
            look.__enter__()
        self.workshop.answer()
        for look in looks:
            look.__exit__(None, None, None)

    def clean(self) -> tuple[dict[str, bytes], list[Problem]]:
        """Every byte of the site, made from the files alone; or what is wrong with it."""
        catalog = load(read(self.project), DAY)
        theme, outputs, found = pipeline.plan(catalog, self.project)
        problems = [*catalog.problems, *found, *(problem for gate in gates(Memory()) for problem in gate(catalog))]
        if errors(problems):
            return {}, problems
        shape = pickle.dumps(theme.recipe)
        made = {output.path: self._page(output, theme, shape) for output in outputs}
        lines = (f"{sha256(data).hexdigest()}  {path}\n" for path, data in sorted(made.items()))
        return {**made, MANIFEST: "".join(lines).encode()}, []

    def _page(self, output, theme, shape: bytes) -> bytes:
        """The bytes of an output. The same view under the same theme as a whole is not rendered twice by this test."""
        if not output.template or output.write:
            return press.bytes_of(output, theme)
        known = sha256(shape + pickle.dumps((output.template, output.view))).digest()
        if known not in self._pages:
            self._pages[known] = press.bytes_of(output, theme)
        return self._pages[known]


def errors(problems: Iterable[Problem]) -> set[Problem]:
    return {problem for problem in problems if problem.severity == "error"}


def shaped(built: pipeline.Built, path: str) -> bytes:
    """What shapes a file: its view and its templates."""
    output = next((output for output in built.outputs if output.path == path), None)
    if output is None:
        return b""
    language = getattr(getattr(output.view, "chrome", None), "language", "")
    return canonical(output.view) + (built.theme.hash(output.template, language).encode() if output.template else b"")


def follow(root: Path, seed: int, edits: int, rules: int, monkeypatch) -> None:
    """Edits a city and looks after each edit; four times at the search."""
    monkeypatch.setattr(working, "BREATH", 0)
    chance = random.Random(seed)
    editor = Editor(city(root, rules), chance)
    session = Session(editor.site, chance)
    session.answer()
    assert session.refused is None
    done: list[str] = []
    early = 0
    for number in range(1, edits + 1):
        before, last = editor.site.bytes(), session.built
        done.append(editor.edit())
        told = f"seed {seed}, edit {number}: {done[-1]}"
        session.answer()
        clean, faults = session.clean()
        if faults:
            assert session.refused is not None, told
            assert errors(session.refused.problems) <= errors(faults), told
            assert editor.site.bytes() == before, told
            editor.mend()
            session.answer()
            assert editor.site.bytes() == before, told
            continue
        after = editor.site.bytes()
        assert after == clean, f"{told}: {[p for p in after.keys() | clean.keys() if after.get(p) != clean.get(p)]}"
        for path, data in session.board.early.items():
            assert after.get(path) == data, f"{told}: {path} was shown early with other bytes"
        early += len(session.board.early)
        changed = {path for path in after if before.get(path) != after[path]} - {MANIFEST}
        assert changed <= session.why.keys(), told
        for path in session.why.keys() - changed:
            assert shaped(session.built, path) != shaped(last, path), f"{told}: {path} was made again for nothing"
            assert "变了" in session.why[path], f"{told}: {path}: {session.why[path]}"
        if number % (edits // 4) == 0:
            searched(session, told)
    assert early > edits, "hardly a page was shown early"
    assert len(set(done)) > 15, "the edits were all of a kind"


def searched(session: Session, told: str) -> None:
    """The search after many edits, from an index that is kept between them, is that of a clean build."""
    for name, clean in (("site", False), ("clean", True)):
        options = Options(day=DAY, clean=clean)
        pipeline.build(Project.at(session.site.root, session.site.root / name), options, gates(Memory()))
    made = session.site.bytes()
    assert made == session.site.bytes("clean"), told
    assert any(path.startswith("search/index/") for path in made)
    pipeline.build(session.project, Options(day=DAY, search=False), gates(Memory()))


def test_after_each_of_forty_edits_the_site_is_that_of_a_clean_build_and_no_page_was_made_for_nothing(
    tmp_path, monkeypatch
):
    follow(tmp_path, 1, 40, 50, monkeypatch)


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_after_each_of_three_hundred_edits_too(tmp_path, monkeypatch):
    follow(tmp_path, 2, 300, 16, monkeypatch)
