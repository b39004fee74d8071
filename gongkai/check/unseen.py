"""A page or a drawing → its links that nobody sees, and how they are hidden. Start with `links`.

Known are the ways of those who plant 暗链: no text, a style or an attribute of the link or of what it stands in. What a
style sheet hides is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
"""How an address begins that is no path of this site."""

_BLANK = re.compile("[\\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
                    "\ufe00-\ufe0f\ufeff\uffa0.,·|_-]*")  # fmt: skip
"""Characters that show nothing, or next to nothing."""

_STYLES = re.compile(
    r"display:none|visibility:hidden|(?:^|;)opacity:0*\.?0*(?:%|;|$)|font-size:[01](?:px|pt|em|%)?(?:!|;|$)"
    r"|(?:text-indent|left|top|right|bottom|margin(?:-\w+)?):-\d{3,}|(?:^|;)(?:max-)?(?:width|height):[01](?:px)?(?:!|;|$)"
    r"|color:transparent|clip:rect\(0|clip-path:inset\((?:50|100)%|transform:scale\(0"
)
"""What hides an element, in a style without blanks and in lower case."""

_PICTURES = "img, svg, picture, video, canvas, input"


def is_blank(text: str) -> bool:
    """Whether a text shows nothing that a reader could follow."""
    return _BLANK.fullmatch(text) is not None


def links(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str, str]]:
    """Every link that cannot be seen, where it leads, and why not."""
    for node in tree.css("a[href]"):
        attributes = node.attributes
        address = (attributes.get("href") or "").strip()
        outside = OUTSIDE.match(address) is not None
        if is_blank(node.text()) and node.css_first(_PICTURES) is None:
            # A link of ours may be a picture of the style sheet, with a name for who does not see it.
            if outside or not (attributes.get("aria-label") or "").strip():
                yield node, address, "没有看得见的文字"
        elif outside and (how := _hidden(node)):
            yield node, address, how


def _hidden(node: LexborNode | None) -> str:
    """How an element or what it stands in is hidden; "" when it is not."""
    while node is not None and node.tag not in ("body", "html"):
        attributes = node.attributes
        style = re.sub(r"\s", "", attributes.get("style") or "").lower()
        if "hidden" in attributes or node.tag in ("noscript", "template"):
            return f"藏在看不见的 <{node.tag}> 里"
        if _STYLES.search(style) or _blends(style) or node.tag == "marquee":
            return f"被 <{node.tag}> 的样式藏起来"
        node = node.parent
    return ""


def _blends(style: str) -> bool:
    """Whether a style gives the words the colour of what is behind them."""
    said = dict(part.replace("!important", "").split(":", 1) for part in style.split(";") if ":" in part)
    behind = said.get("background-color") or said.get("background")
    return behind is not None and behind == said.get("color")


def in_drawing(data: bytes) -> Iterator[tuple[int, int, int, str, str]]:
    """Every hidden link of an SVG: its line, column and length, where it leads, and why nobody sees it."""
    if b"<a" not in data:
        return
    from selectolax.lexbor import LexborHTMLParser

    text = data.decode("utf-8", "replace")
    starts = list(re.finditer(r"<a[\s>]", text))
    # Only nodes with a name of SVG are links here; the name of the address has a prefix in older files.
    nodes = LexborHTMLParser(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)).css("a")
    for number, node in enumerate(nodes):
        attributes = node.attributes
        address = attributes.get("href") or attributes.get("xlink:href") or ""
        how = "没有看得见的文字" if is_blank(node.text()) and not _draws(node) else _hidden(node) or _faint(node)
        if how and OUTSIDE.match(address):
            start = starts[number].start() if number < len(starts) else 0
            line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            yield line, column, 2, address, how


def _draws(node: LexborNode) -> bool:
    return node.css_first("path, rect, circle, ellipse, line, polyline, polygon, image, use") is not None


def _faint(node: LexborNode | None) -> str:
    """The same by the attributes of a drawing."""
    while node is not None and node.tag not in ("body", "html"):
        attributes = node.attributes
        see_through = attributes.get("opacity") or attributes.get("fill-opacity") or "1"
        if re.fullmatch(r"0*\.?0*%?", see_through) or attributes.get("display") == "none":
            return f"被 <{node.tag}> 的属性藏起来"
        if attributes.get("visibility") == "hidden" or re.fullmatch(r"[01](px)?", attributes.get("font-size") or ""):
            return f"被 <{node.tag}> 的属性藏起来"
        node = node.parent
    return ""
