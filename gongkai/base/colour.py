"""One colour → the few that a style sheet needs, each readable on its ground (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

READABLE = 4.5
"""The least contrast of text with its ground, level AA."""

WHITE, NIGHT = (255, 255, 255), (21, 24, 28)
"""The grounds of a page by day and by night."""

Colour = tuple[int, int, int]


def parse(text: str) -> Colour | None:
    """`#0b5394` as red, green and blue; None for anything else."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        return None
    red, green, blue = (int(text[start : start + 2], 16) for start in (1, 3, 5))
    return red, green, blue


def fault(text: str) -> tuple[str, str] | None:
    """What is wrong with an accent, and what to write; None when it can be one."""
    found = parse(text)
    if found is None:
        return f"{text} 不是颜色", "写成 #0b5394 这样的六位十六进制颜色，并加引号"
    if (ratio := contrast(found, WHITE)) < READABLE:
        return f"{text} 在白底上太浅，看不清（对比度 {ratio:.1f}）", f"换一个深一些的颜色，对比度至少 {READABLE}"
    return None


def contrast(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def variables(accent: Colour) -> dict[str, str]:
    """What the style sheet derives from an accent that is readable on white: hover, header, and its form by night."""
    strong = _mix(accent, (0, 0, 0), 0.3)
    night = accent
    while contrast(night, NIGHT) < 1.6 * READABLE:
        night = _mix(night, WHITE, 0.08)
    return {
        "--accent": _hex(accent),
        "--accent-strong": _hex(strong),
        "--band": _hex(accent),
        "--accent-night": _hex(night),
    }


def _luminance(colour: Colour) -> float:
    red, green, blue = (c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
