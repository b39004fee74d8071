"""The keys that every kind of content has, and what a kind declares of itself. Start with `Kind`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from gongkai.base.fields import FILE, Alias, Choice, Date, Fields, Flag, Ref, Text, When
from gongkai.base.problems import Mark, Problem
from gongkai.read.typed import Typed


class Disclosure(Choice):
    """公开属性 (政府信息公开条例 arts 13–16; 国办发〔2016〕80号 asks for it on every document)."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Ground(Choice):
    """Why something is withheld (政府信息公开条例 arts 14–16, 36)."""

    STATE_SECRET = "state_secret", "国家秘密（第十四条）"
    FORBIDDEN = "forbidden", "法律、行政法规禁止公开（第十四条）"
    STABILITY = "stability", "危及国家安全、公共安全、经济安全、社会稳定（第十四条）"
    THIRD_PARTY = "third_party", "损害第三方合法权益（第十五条）"
    INTERNAL = "internal", "内部事务信息（第十六条）"
    PROCESS = "process", "过程性信息（第十六条）"
    ENFORCEMENT = "enforcement", "行政执法案卷信息（第十六条）"
    SPECIAL_QUERY = "special_query", "法律、行政法规另有查询规定（第三十六条）"


class File(Fields):
    """An attachment to download.

    A file reaches the site only when a published record names it: here, in its text, or as a photo.
    """

    file: Annotated[Text, Ref(FILE)]
    """文件路径，从写它的那个文件所在的文件夹算起，例如 files/申请表.docx"""

    title: Text | None = None
    """显示的名称；不写时用文件名"""


class Review(Fields):
    """Who checked a record before it was made public (政府信息公开条例 art 17)."""

    by: Text
    """审查人或审查机构"""

    on: Date
    """审查日期"""


class Withdrawal(Fields):
    """A record taken back: its page stays and says so."""

    on: Date
    """撤下日期"""

    reason: Text
    """撤下的原因，会显示在页面上"""


class Common(Fields):
    """The keys of every kind."""

    disclosure: Disclosure | None = None
    """公开属性：proactive 主动公开、on_request 依申请公开、withheld 不予公开。本站自己的内容必须写"""

    ground: Ground | None = None
    """不予公开的法定理由，disclosure 为 withheld 时必须写"""

    reason: Text | None = None
    """不予公开或依申请公开的具体说明，不会出现在网站上"""

    next_review: Date | None = None
    """不予公开的信息下一次评估的日期（条例第十八条）"""

    formed: Date | None = None
    """信息形成的日期；规章和规范性文件用 signed"""

    published: When | None = None
    """公开日期，可以写到分钟。这一天之前网站上没有它的任何内容"""

    updated: When | None = None
    """最近更新日期"""

    owner: Text | None = None
    """责任科室或责任单位"""

    reviewed: Review | None = None
    """公开前的审查记录"""

    keywords: tuple[Text, ...] = ()
    """关键词"""

    summary: Text | None = None
    """内容概述"""

    files: tuple[File, ...] = ()
    """附件"""

    draft: Flag = False
    """草稿：写 true 时网站上没有它的任何内容"""

    display_until: Date | None = None
    """公示截止日期：过了这一天，页面只说明公示已结束"""

    withdrawn: Withdrawal | None = None
    """撤下：页面只说明何时、为何撤下"""

    @property
    def heading(self) -> str:
        """What the page and every list call the record."""
        raise NotImplementedError


class Titled(Common):
    """The keys of every kind whose name is a title."""

    title: Text
    """标题"""

    aliases: tuple[Alias, ...] = ()
    """旧地址：旧的 id，或以 / 开头的旧路径；打开旧地址会转到这里"""

    @property
    def heading(self) -> str:
        """The title."""
        return self.title


Rule = Callable[[Typed[Any]], Iterable[Problem]]
"""A rule over several fields of one record; runs also when some fields are faulty (then they are None)."""


@dataclass(frozen=True, slots=True)
class Many:
    """How a file holds many records: a list under `key`, each with its own id."""

    key: str
    """The key of the list."""

    id: str
    """The key of an entry that is its id."""

    file: type[Fields]
    """The keys of the file besides the list; a value there holds for every entry that lacks it."""

    shipped: str | None = None
    """The vocabulary of this name that ships with the package; a site picks from it by key."""

    words: bool = False
    """Whether the ids are words of the language and part of no address. Then a site's file adds to what ships."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What the rest of the house knows of a kind of content: one line in `model.kinds` makes it exist."""

    name: str
    """Its key: in references, in `gongkai new`, and the name of its modules."""

    label: str
    """The field's word for it."""

    fields: type[Common]
    """Its keys."""

    folders: tuple[str, ...]
    """The folders of an organ that it may stand in; "" is the folder of the organ itself."""

    file: str
    """`*.md`, `*.yaml`, or the one file name."""

    many: Many | None = None
    """Set when one file holds many records."""

    common: bool = False
    """Whether it belongs to the government as a whole: its one file stands in the folder `common` only."""

    of_organ: bool = False
    """Whether the file name is unique in its organ only (a year): the id then begins with the organ's."""

    rules: tuple[Rule, ...] = ()
    """Rules over several fields."""

    reserved: frozenset[str] = frozenset()
    """Words of its addresses that no id may be."""

    names: Callable[[Any], Iterable[str]] = lambda record: (record.heading,)
    """What a record may be called in a reference, besides its id."""

    pages: bool = True
    """Whether `render.pages` has a module of its name; otherwise another kind's pages show it."""

    starter: str = ""
    """The file that `gongkai new` writes. Filled in: `{organ}`, `{id}`, `{day}`, `{year}`, and `{shipped}`, a line for
    each entry of the vocabulary that ships."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A record with its place in the world: whose it is, where it stands, what was typed below the front matter.

    Told apart by identity: that of a file that has not changed is the same in the next catalog.
    """

    kind: str
    id: str
    organ: str
    path: str
    record: Any
    body: str
    body_line: int
    source: Typed[Any]
    """The record with the places of its values, for problems."""

    file: Any = None
    """For a record of a file that holds many: what the file says of all of them."""

    group: str = ""
    """For a record of a file that holds many: the name of the file, without its suffix."""

    origin: str = ""
    """The folder of the organ that the file stands in."""

    @property
    def key(self) -> tuple[str, str]:
        """Unique over the whole site."""
        return (self.kind, self.id)

    def mark(self, *loc: int | str) -> Mark:
        """The place of a value of the record, of the file without arguments."""
        return self.source.mark(*loc) if loc else Mark(self.path)


def strings(value: Any, quiet: Collection[str] = ()) -> Iterator[str]:
    """Every text of a record or of a value of it, in the order of its fields, without those in `quiet`."""
    if isinstance(value, Fields):
        for name in type(value).model_fields:
            if name not in quiet:
                yield from strings(getattr(value, name), quiet)
    elif isinstance(value, tuple):
        for entry in value:
            yield from strings(entry, quiet)
    elif type(value) is str:
        yield value
