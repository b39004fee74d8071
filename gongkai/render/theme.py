"""Folders of templates, words and assets → pages. Start with `Theme.render`.

A theme may extend another: what it lacks is taken from there, file by file and word by word. `default` ships with the
package; a site's own themes stand in its `themes/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

import jinja2

from gongkai.base import colour
from gongkai.base.problems import Code, Faulty, Mark, Problem
from gongkai.base.project import Project, shipped
from gongkai.base.settings import MAIN, Language
from gongkai.base.text import nearest
from gongkai.read.frontmatter import decode
from gongkai.read.yaml import Mapping, Scalar, parse
from gongkai.render import urls
from gongkai.render.languages import spoken
from gongkai.render.templates import Templates, named
from gongkai.render.views import Page

NO_THEME = Code(
    "GK-THEME-001",
    "error",
    "没有这个主题",
    "theme 写 themes 下的文件夹名，或写 default 使用自带主题。",
)
BROKEN = Code(
    "GK-THEME-002",
    "error",
    "模板有误",
    "按提示改正 themes 下的模板。模板只能使用它的视图里有的值。",
)

UNUSED = Code(
    "GK-THEME-003",
    "warning",
    "主题里有用不上的内容",
    "多半是名字写错了：用词的名字、theme.yaml 的键、模板的文件名，都要和自带主题的一样才有作用。",
)

STYLE = "style.css"
"""The style sheet of a theme; that of a child is added to that of its parent."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the theme with the name it gets in the site: its own with a hash of its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that shapes a page besides its view, read once, as plain values that another process can be sent."""

    folders: tuple[Path, ...]
    templates: tuple[tuple[str, str, str], ...]
    """Name, file and source of each template that some page may reach."""
    words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """The words of each language."""
    accent: str = ""
    """The one colour of the theme, `#0b5394`; "" for that of the style sheet."""


class Theme:
    """Templates, words and assets of one site, with everything that it extends. `words` are those of one language."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._tongues = {language: dict(words) for language, words in recipe.words}
        self.words = self._tongues[MAIN]
        self.assets = _assets(recipe.folders, recipe.accent)
        self._sources = {name: (source, file) for name, file, source in recipe.templates}
        self.templates = Templates(self._sources.get)

    def speaking(self, language: str) -> Theme:
        """The theme with the words of `language`."""
        other = copy(self)
        other.words = self._tongues[language]
        return other

    def render(self, template: str, page: Page, source: str = "") -> bytes:
        """The bytes of one page in its language. Raises `Faulty` with the line of the template that failed.

        `source` is the file that the page is made of.
        """
        try:
            found = self.templates.get_template(template)
            text = found.render(page=page, view=page.view, words=self._tongues[page.chrome.language])
        except (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            # Besides Jinja's own errors: a word with a {name} that the page does not give, a filter misused.
            raise Faulty([self._broken(error, template, page, source)]) from error
        return spoken(text, page.chrome.language).encode()

    @cache  # noqa: B019 - a theme lives as long as its build
    def hash(self, template: str, language: str = MAIN) -> str:
        """A hash of all that can shape a page of `template` in `language`: what it extends and includes, and words."""
        digest = sha256(repr(sorted(self._tongues[language].items())).encode())
        for name in sorted(self._closure(template, set())):
            digest.update(name.encode() + b"\0" + self._sources[name][0].encode())
        return digest.hexdigest()

    def _closure(self, name: str, seen: set[str]) -> set[str]:
        if name not in seen:
            seen.add(name)
            try:
                if name not in self._sources:
                    raise jinja2.TemplateNotFound(name)
                others = named(self._sources[name], name)
            except jinja2.TemplateError as error:
                raise Faulty([self._broken(error, name, None)]) from error
            for other in others:
                if other is None:
                    message = f"{name} 用变量决定包含哪个模板"
                    raise Faulty([BROKEN.at(Mark(f"themes/{name}"), message, "直接写出模板的文件名")])
                self._closure(other, seen)
        return seen

    def _broken(self, error: Exception, template: str, page: Page | None, source: str = "") -> Problem:
        name, line = template, getattr(error, "lineno", None) or 1
        trace = error.__traceback__
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if any(file.startswith(str(folder)) for folder in self.recipe.folders):
                name, line = Path(file).name, trace.tb_lineno
            trace = trace.tb_next
        where = next((f for f in self.recipe.folders if (f / "templates" / name).is_file()), self.recipe.folders[0])
        making = f"（正在生成 {page.address}，内容来自 {source}）" if page else ""
        mark = Mark(f"themes/{where.name}/templates/{name}", line, 1, 1)
        message, hint = _told(error)
        return BROKEN.at(mark, f"{message}{making}", hint)


_ABSENT = re.compile(r"'(.+?)' (?:has no attribute '(\w+)'|is undefined)")


def _told(error: Exception) -> tuple[str, str]:
    """What is wrong with a template, and what to do: in Chinese where a word or a value is missing."""
    found = _ABSENT.search(str(error)) if isinstance(error, jinja2.UndefinedError) else None
    if found is None:
        return f"模板有误：{error}", "改正这一行；模板只能用视图里有的值"
    if found[1] == "dict object":
        return f"没有 {found[2]} 这个词", f"在主题的 words.yaml 里写 {found[2]}: 文字，或改成已有的词"
    return f"这一页没有 {found[2] or found[1]} 这个值", "对照自带主题里同名的模板；模板只能用视图里有的值"


def find(
    project: Project, name: str, accent: str | None = None, languages: tuple[Language, ...] = (MAIN,)
) -> tuple[Theme, list[Problem]]:
    """The theme called `name` with all that it extends; where one is missing, `default` and a Problem.

    It has words in each of `languages`, the main one first. `accent` takes the place of the colour that it names.
    """
    folders: list[Path] = []
    problems: list[Problem] = []
    while name:
        folder = _folder(project, name)
        if folder is None or folder in folders:
            hint = "theme 写 default，或写 themes 下的文件夹名"
            problems.append(NO_THEME.at(Mark("catalog.yaml"), f"没有 {name} 这个主题", hint))
            folder = _folder(project, "default")
            assert folder is not None, "the default theme ships with the package"
        folders.append(folder)
        about = _mapping(folder, "theme.yaml", problems)
        accent = accent or _accent(about.get("accent"), problems)
        name = "" if folder.name == "default" else about["extends"].text if "extends" in about else "default"
    templates = tuple(_templates(folders, problems))
    words = tuple(_words(folders, languages, problems))
    problems += _unused(folders, templates)
    return Theme(Recipe(tuple(folders), templates, words, accent or "")), problems


def _words(
    folders: list[Path], languages: tuple[Language, ...], problems: list[Problem]
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """The words of each language; where one lacks a word, that of the main language stands in."""
    main: dict[str, str] = {}
    for language in languages:
        words = dict(main)
        for folder in reversed(folders):
            name = "words.yaml" if language is MAIN else f"words.{language}.yaml"
            words |= {key: value.text for key, value in _mapping(folder, name, problems).items()}
        main = main or words
        yield language.value, tuple(sorted(words.items()))


_MENTIONED = re.compile(r"""words(?:\.|\[["'])(\w+)(["']\s*~)?""")
"""A word in a template: `words.home`, `words["home"]`, or the beginning of one, `words["about_" ~ key]`."""


def _unused(folders: list[Path], templates: tuple[tuple[str, str, str], ...]) -> Iterator[Problem]:
    """What themes of the site say to no effect, because its name is a slip."""
    *own, default = folders
    text = "\n".join(source for _, _, source in templates)
    found = _MENTIONED.findall(text)
    known = {name for name, begins in found if not begins} | {
        key for name in ("words.yaml", "words.en.yaml") for key in _mapping(default, name, [])
    }
    begun = tuple(name for name, begins in found if begins)
    for n, folder in enumerate(own):
        for file in sorted(folder.glob("words*.yaml")):
            for key, value in _mapping(folder, file.name, []).items():
                if key not in known and not key.startswith(begun):
                    yield UNUSED.at(value.mark, f"没有模板用到 {key} 这个词", _meant(key, known))
        for key, value in _mapping(folder, "theme.yaml", []).items():
            if key not in _ABOUT:
                yield UNUSED.at(value.mark, f"theme.yaml 没有 {key} 这个键", f"可以写 {'、'.join(_ABOUT)}")
        above = {file.name for other in folders[n + 1 :] for file in (other / "templates").glob("*")}
        for file in sorted((folder / "templates").glob("*.html")):
            if file.name not in above and f'"{file.name}"' not in text and f"'{file.name}'" not in text:
                mark = Mark(f"themes/{folder.name}/templates/{file.name}")
                yield UNUSED.at(mark, "没有哪一页用到这个模板", _meant(file.name, above))


_ABOUT = ("extends", "accent")


def _meant(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"是不是 {near}？" if near else "改成自带主题里有的名字，或删去"


def _accent(value: Scalar | None, problems: list[Problem]) -> str:
    if value is None:
        return ""
    fault = colour.fault(value.text)
    if fault:
        problems.append(BROKEN.at(value.mark, *fault))
    return "" if fault else value.text


def _templates(folders: list[Path], problems: list[Problem]) -> Iterator[tuple[str, str, str]]:
    """Name, file and source of each template; that of a child theme instead of the one it extends."""
    found: dict[str, Path] = {}
    for folder in folders:
        files = (folder / "templates").rglob("*")
        for file in sorted(file for file in files if file.suffix in (".html", ".typ")):
            found.setdefault(file.relative_to(folder / "templates").as_posix(), file)
    for name, file in sorted(found.items()):
        text, unreadable = decode(file.read_bytes(), f"themes/{file.parts[-3]}/templates/{name}")
        problems += unreadable
        yield name, str(file), text


def _folder(project: Project, name: str) -> Path | None:
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        return None
    return next((f for f in (project.themes / name, shipped() / name) if f.is_dir()), None)


@lru_cache(maxsize=32)
def _parsed(text: str, path: str) -> tuple[Mapping | None, list[Problem]]:
    """The words of a theme, parsed once for as long as they stay the same: 15 ms at each save."""
    return parse(text, path)


def _mapping(folder: Path, name: str, problems: list[Problem]) -> dict[str, Scalar]:
    """The texts of a small YAML file of a theme by key; what is wrong with it goes to `problems`."""
    path = f"themes/{folder.name}/{name}"
    if not (folder / name).is_file():
        return {}
    text, found = decode((folder / name).read_bytes(), path)
    data, more = (None, []) if found else _parsed(text, path)
    problems += [*found, *more]
    values = {}
    for key, entry in (data.entries if data else {}).items():
        if isinstance(entry.value, Scalar):
            values[key] = entry.value
        else:
            problems.append(BROKEN.at(entry.key, f"{key} 应当是一段文字", f"写成 {key}: 文字"))
    return values


def _assets(folders: tuple[Path, ...], accent: str) -> dict[str, Asset]:
    assets: dict[str, Asset] = {}
    for folder in reversed(folders):
        for file in sorted((folder / "assets").glob("*")):
            if file.is_file() and not file.name.startswith("."):
                data = file.read_bytes()
                if file.name == STYLE:
                    # The style sheet of a child holds only what it changes; it comes after the one that it extends.
                    data = b"".join([*([assets[STYLE].data] if STYLE in assets else []), data])
                elif file.suffix == ".js":
                    data = _small(data)
                assets[file.name] = _named(file.name, data)
    chosen = colour.parse(accent)
    if chosen:
        told = "".join(f"{name}:{value};" for name, value in colour.variables(chosen).items())
        assets[STYLE] = _named(STYLE, assets[STYLE].data + f":root{{{told}}}\n".encode())
    return assets


def _small(script: bytes) -> bytes:
    """A script without its comments and blanks: the five of a document's page are 5.0 KB gzipped instead of 6.5."""
    import rjsmin

    small: bytes = rjsmin.jsmin(script)
    return small


def _named(name: str, data: bytes) -> Asset:
    stem, _, suffix = name.rpartition(".")
    return Asset(f"{stem}.{sha256(data).hexdigest()[:10]}.{suffix}", data)


def asset_address(theme: Theme, name: str) -> str:
    """The address of an asset of the theme, such as `style.css`."""
    return urls.asset(theme.assets[name].name)
