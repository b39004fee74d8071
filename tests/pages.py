"""Built HTML → what a browser would make of it, read by the standard library's parser and not by our own code."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

VOID = {"meta", "link", "input", "img", "br", "hr", "area", "base", "col", "embed", "source", "track", "wbr"}


@dataclass
class Read(HTMLParser):
    """One page: its links, ids, headings, and every fault that any page must not have."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    text: dict[str, list[str]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    lang: str = ""
    stack: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def __hash__(self) -> int:
        return id(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.stack.append((tag, values.get("class", "")))
        if tag == "html":
            self.lang = values.get("lang", "")
        if "id" in values:
            self.ids.append(values["id"])
        if tag in ("script", "style") and "src" not in values:
            self.faults.append(f"inline <{tag}>")
        self.faults += [f"inline attribute {name}" for name in values if name == "style" or name.startswith("on")]
        for name in ("href", "src", "action"):
            if name in values and not (tag == "link" and values.get("rel") == "canonical"):
                self.links.append(values[name])
        if tag == "meta" and "name" in values:
            self.metas[values["name"]] = values.get("content", "")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag == "img" and "alt" not in values:
            self.faults.append("img without alt")
        if tag == "img":
            self._say(values.get("alt", ""))
        labelled = values.get("id") in self.labels or any(name == "label" for name, _ in self.stack)
        if tag == "input" and not labelled:
            self.faults.append("input without label")
        if tag == "label":
            self.labels.append(values.get("for", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.stack or self.stack[-1][0] != tag:
            self.faults.append(f"</{tag}> closes {self.stack[-1:]}")
            return
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        self._say(data)

    def _say(self, data: str) -> None:
        for _, classes in self.stack:
            for name in classes.split():
                self.text.setdefault(name, []).append(data)

    def said(self, name: str) -> str:
        """The text inside every element of a class, without white space."""
        return "".join("".join(self.text.get(name, [])).split())


def read(html: str) -> Read:
    """The page, read to its end."""
    page = Read()
    page.feed(html)
    page.close()
    if page.stack:
        page.faults.append(f"never closed: {page.stack}")
    if page.headings.count(1) != 1:
        page.faults.append(f"{page.headings.count(1)} h1")
    for before, after in zip(page.headings, page.headings[1:], strict=False):
        if after > before + 1:
            page.faults.append(f"h{before} is followed by h{after}")
    page.faults += [f"id {name} twice" for name in {i for i in page.ids if page.ids.count(i) > 1}]
    if page.lang != "zh-CN":
        page.faults.append("no lang")
    return page


def read_site(site: Path) -> dict[str, Read]:
    """Every page by its path in the site, such as `rules/a-1/index.html`."""
    files = sorted(site.rglob("*.html"))
    return {file.relative_to(site).as_posix(): read(file.read_text("utf-8")) for file in files}


def dead_links(site: Path, pages: dict[str, Read]) -> list[str]:
    """Links that reach no file, or no id of the page they reach. 404.html is left out: it is shown anywhere."""
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    dead = []
    for path, page in pages.items():
        if path == "404.html":
            continue
        for link in page.links:
            if link.startswith(("http:", "https:", "mailto:", "tel:")):
                continue
            target, _, anchor = link.partition("#")
            target = target.partition("?")[0]
            file = normpath(join(dirname(path), unquote(target))) if target else path
            file = "index.html" if file == "." else file
            if target.endswith("/") or target in (".", ".."):
                file = normpath(join(file, "index.html")) if file != "index.html" else file
            if file not in files or (anchor and unquote(anchor) not in pages[file].ids):
                dead.append(f"{path} → {link}")
    return dead


def reachable(pages: dict[str, Read]) -> set[str]:
    """Every page that links lead to from the home page."""
    found, todo = {"index.html"}, ["index.html"]
    while todo:
        path = todo.pop()
        for link in pages[path].links:
            target = link.partition("#")[0]
            if not target or ":" in target:
                continue
            file = normpath(join(dirname(path), unquote(target), "index.html" if target.endswith("/") else "."))
            if file in pages and file not in found:
                found.add(file)
                todo.append(file)
    return found
