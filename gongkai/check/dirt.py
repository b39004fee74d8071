"""A text → what damaged it on its way here: mojibake, pinyin, spam, hidden and left-over characters.

Pure: each `Detector` looks at a text and at nothing else. Which of them a text from outside is spared, and what is said
of a spot, is for `check.hygiene`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongkai.base.problems import shown


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text, and what is wrong there in words."""

    start: int
    end: int
    said: str


Detector = Callable[[str], Iterator[Spot]]

_SHIFTED = re.compile(r"[?？]。[\u3105-\u3129ǘ娀┩┨ò▍]")
"""GBK read one byte late: a paragraph that begins with 　（一） turns into ?。ㄒ唬, and the rest of it is lost."""

_REPLACED = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯|[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_AS_GBK = re.compile("[锛銆鈥鐨浠涓鏄鍏鏀绗浜鍙鍚鎴鏂璇鎬绔]")
_AS_LATIN = re.compile("[\u00c3-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]")


def damaged(text: str) -> Iterator[Spot]:
    """乱码: characters that no editor typed."""
    for found in _SHIFTED.finditer(text) if "?。" in text or "？。" in text else ():
        yield Spot(found.start(), found.end(), "这一段的编码错了一个字节，后面的字都不可靠")
    for found in _REPLACED.finditer(text):
        said = "字库以外的字符" if found[0] >= "\ue000" and found[0] != "\ufffd" else "乱码"
        yield Spot(found.start(), found.end(), f"{said} U+{ord(found[0][0]):04X}" if len(found[0]) == 1 else said)
    for pattern, least, name in ((_AS_GBK, 4, "UTF-8 的文字被当作 GBK"), (_AS_LATIN, 3, "UTF-8 的文字被当作西文")):
        places = [found.start() for found in pattern.finditer(text)]
        # One such character may be a rare word (涓流): it takes several on a line.
        for first, last in zip(places, places[least - 1 :], strict=False):
            if last - first < 30 and "\n" not in text[first:last]:
                yield Spot(first, last + 1, name)
                break


_PINYIN = re.compile(r"[(（]([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,6})[)）]")
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ", "aaaaeeeeiiiioooouuuuvvvvv")


def pinyin(text: str) -> Iterator[Spot]:
    """区(qū): how a character sounds, put behind it by a program. 苯并（a）芘 is none."""
    for found in _PINYIN.finditer(text):
        # A program may have put it there more than once: 開(kai)(kai).
        before = re.search(r"([一-鿿])(?:[(（][a-zü-ǜ]+[)）])?$", text[max(0, found.start() - 9) : found.start()])
        if before and found[1].translate(_TONES) in _sounds(before[1]):
            yield Spot(found.start(), found.end(), f"“{before[1]}”后面混进了拼音 {found[1]}")


@lru_cache(maxsize=1024)
def _sounds(character: str) -> frozenset[str]:
    from pypinyin import Style, pinyin

    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)[0])


_UNSEEN = re.compile("[\u00ad\u115f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2800\u3164\ufeff\uffa0]")
_COVERED = re.compile(
    r"<\w[^<>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0|font-size\s*:\s*0|\bhidden\b"
    r"|(?<!-)color\s*:\s*(?:#?f{3,6}\b|white|transparent)|(?:left|top|text-indent)\s*:\s*-\d{3,})[^<>]*>",
    re.IGNORECASE,
)


def unseen(text: str) -> Iterator[Spot]:
    """Characters without width: nobody sees them, and no search finds the words that they part."""
    for found in _UNSEEN.finditer(text):
        yield Spot(found.start(), found.end(), f"看不见的字符 U+{ord(found[0]):04X}")


def covered(text: str) -> Iterator[Spot]:
    """HTML that hides what it holds."""
    for found in _COVERED.finditer(text) if "<" in text else ():
        yield Spot(found.start(), found.end(), f"隐藏文字的 HTML 标记 {shown(found[0], 40)}")


_FURNITURE = re.compile(
    r"[\[【(（]?\s*(?:放大字体|缩小字体|打印(?:本页)?|关闭(?:窗口|本页)?|返回(?:顶部|首页)|字体\s*[:：].*|字号\s*[:：].*"
    r"|收藏本页|分享到?\s*[:：]?.*|浏览次数\s*[:：]?.*|浏览量\s*[:：]?.*|点击数?\s*[:：].*|访问量\s*[:：]?.*"
    r"|上一[篇条页]\s*[:：]?.*|下一[篇条页]\s*[:：]?.*|扫一扫.{0,16}|信息来源\s*[:：].*|发布时间\s*[:：].*"
    r"|责任编辑\s*[:：].*|您?(?:当前|现在)的?位置\s*[:：].*|版权所有.*|.{0,12}ICP备.*|相关(?:链接|文章|阅读)\s*[:：]?"
    r"|我要纠错|繁體?中文|无障碍(?:浏览)?|长者(?:模式|助手)|设为首页|加入收藏)\s*[\]】)）]?"
)


def furniture(text: str) -> Iterator[Spot]:
    """What stood around the text on the page that it was copied from, in its first or last lines."""
    places = [found.span() for found in re.finditer(r"[^\n]+", text) if found[0].strip()]
    for start, end in dict.fromkeys([*places[:6], *places[-10:]]):
        if _is_furniture(text[start:end]):
            yield Spot(start, end, f"网页上带来的文字“{shown(text[start:end].strip(), 20)}”")


def _is_furniture(line: str) -> bool:
    line = line.strip(" \t　>|*#-")
    if not 0 < len(line) < 60:
        return False
    return all(_FURNITURE.fullmatch(piece) for piece in re.split(r"[\s　]+(?=[\[【(（打关返收分])", line))


_SPAM = re.compile(
    r"博彩|赌场|赌博网|娱乐城|老虎机|百家乐|时时彩|六合彩|北京赛车|棋牌|开户送|注册送|菠菜|外围投注|真人视讯"
    r"|成人(?:电影|视频|网站|小说)|情色|色情网|裸聊|一夜情|约炮|援交|无码|代孕|私服|外挂|代开发票|办证刻章|枪支出售|迷药"
    r"|网赚|刷单|贷款秒批|裸贷"
)
_WORDS = re.compile(r"[\s,，、|｜_/;；·—+-]+")


def spam(text: str) -> Iterator[Spot]:
    """A line behind the end of the text that has nothing to do with it: keywords, no sentence, no link to the rest."""
    places = [found.span() for found in re.finditer(r"[^\n]+", text) if found[0].strip()]
    for start, end in places[-3:] if len(places) > 3 else places[-1:] if len(places) > 1 else ():
        line = text[start:end].strip()
        if line.startswith(("|", "#", ">", "附")) or re.search("[。；：！？]", line) or _is_furniture(line):
            continue
        words = [word for word in _WORDS.split(line) if word]
        advertised = len({found[0] for found in _SPAM.finditer(line)})
        if advertised > 1 or (len(words) > 3 and (advertised or _unrelated(line, text[:start]))):
            yield Spot(start, end, f"文末有一行和正文无关的词“{shown(line, 20)}”")


def _unrelated(line: str, rest: str) -> bool:
    """Whether at most one in five of the pairs of characters of a line occur in what stands before it."""
    pairs = _pairs(line)
    return len(pairs) > 5 and len(pairs & _pairs(rest)) * 5 <= len(pairs)


def _pairs(text: str) -> set[str]:
    return {found[1] for found in re.finditer(r"(?=([㐀-鿿]{2}))", text)}
