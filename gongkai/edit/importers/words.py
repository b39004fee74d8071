"""Names that a table uses → our keys: channels, organs, choices, and the words that stand for the cell above."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from gongkai.base.fields import Choice
from gongkai.base.text import plain
from gongkai.model.row import Channels

CHANNELS = {key: entry.description or key for key, entry in Channels.model_fields.items() if key != "other_name"}
"""Key → name as printed (the declaration in `model.row`)."""

_FORMS = (
    ("gov_site", r"(管理|业务|主管)?部门网站|政府(门户)?网站?|门户网站|官方?网站?"),
    ("gazette", r"政府公报|公报"),
    ("wechat_weibo_app", r"两微一端|政务新媒体|(政务)?(微信|微博|客户端|微信公众号|公众号)"),
    ("press_hearing", r"(新闻)?发布会|听证会|政策吹风会|(新闻)?发布会听证会"),
    ("broadcast", r"广播|电视|广播电视"),
    ("print_media", r"纸质(媒体|载体)|报刊|报纸"),
    ("reading_point", r"(政府信息)?(公开)?查阅(点|场所)|(公共)?图书馆|(国家)?档案馆"),
    ("service_center", r"(政务|行政|政府)服务(中心|大厅)|提供政务服务的场所"),
    ("convenience_station", r"便民服务(站|中心|点)"),
    ("visit_onsite", r"入户(现场)?(宣传)?|现场(宣传)?"),
    ("notice_board", r"(社区|村居|镇村|村务|企事业单位|村|公示|公开|信息|电子|和|或)*(公示栏|公开栏|公告栏|电子屏)+"),
    ("targeted_push", r"精准推送"),
)
_SITE = re.compile(r".+(政府(门户)?网站?|门户网站|部门网站|[局委厅]网站)")


def channel(name: str) -> tuple[str, str]:
    """The key of a channel, and what its key does not say: the words of 其他, the name of a site; "" for nothing."""
    text = re.sub(r"[_＿\s]+", " ", unicodedata.normalize("NFKC", name)).strip()
    if found := re.match(r"其[他它]\s*[:,]?\s*", text):
        # The words after 其他 are kept as typed, not as normalised.
        rest = re.sub(r"^\s*其[他它][\s:：,，_＿]*", "", name).strip(" _＿")
        return "other", rest if found else ""
    word = re.sub(r"[\W_]", "", re.sub(r"[（(].*?[)）]", "", text))
    if (exact := _PRINTED.get(re.sub(r"[\W_]", "", text))) or (exact := _PRINTED.get(word)):
        return exact, ""
    for key, form in _FORMS:
        if re.fullmatch(form, word):
            return key, name
    if _SITE.fullmatch(word):
        return "gov_site", name
    return "other", name.strip()


_PRINTED = {
    re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", form)): key
    for key, label in CHANNELS.items()
    if key != "other"
    for form in (label, re.sub(r"（.*?）", "", label))
}


@dataclass(frozen=True, slots=True)
class Names:
    """Organs of the site: id → name, and compared name or alias → id (only names that one organ has)."""

    names: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def id_of(self, name: str) -> str | None:
        """The id of the organ of this name."""
        return name if name in self.names else self.ids.get(plain(name))


def chosen(choices: type[Choice], text: str) -> str | None:
    """The value of the word or of the label `text`, None when it is neither."""
    word = plain(text)
    return next((c.value for c in choices if text == c.value or word in (plain(c.label), plain(c.label)[:-1])), None)


_ABOVE = re.compile(r"同\s*(上|前|上一?[行栏格列项]|前一?[行栏格项])|[〃″”\"]|,,|同上。")
_AS = re.compile(r"同\s*(?:[“\"「『](.+)[”\"」』]|(?:序号|第)?\s*(\d+)\s*(?:项|行|号)?)")


def is_ditto(text: str) -> bool:
    """Whether a text stands for what another cell says."""
    return bool(_ABOVE.fullmatch(text.strip()) or _AS.fullmatch(text.strip()))


def ditto_of(text: str) -> str | None:
    """What the row is called that `text` points to, "" for the row above, None when it is no ditto."""
    if _ABOVE.fullmatch(text.strip()):
        return ""
    found = _AS.fullmatch(text.strip())
    return (found[1] or found[2]).strip() if found else None


def guard(text: str, *, formulas: bool) -> str:
    """`text` as it goes into a cell: a ditto or, with `formulas`, what a spreadsheet would run gets a ' before it."""
    risky = formulas and text[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t")
    return f"'{text}" if risky or is_ditto(text) or unguard(text) != text else text


def unguard(text: str) -> str:
    """The text of a cell without the ' that keeps it a text: the inverse of `guard`."""
    bare = text.lstrip("'")
    if bare != text and (bare[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t") or is_ditto(bare)):
        return text[1:]
    return text
