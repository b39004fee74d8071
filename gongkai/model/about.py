"""common/about.md → what this site is, who runs it, how it treats readers."""

from __future__ import annotations

from gongkai.model.record import Kind, Titled


class About(Titled):
    """The page about the site."""


STARTER = """\
---
title: 关于本站
disclosure: proactive
published: {day}
---

请在这里写正文：本站是什么、由谁主办、怎样反映问题、怎样对待读者的个人信息。
"""

KIND = Kind(
    name="about",
    label="关于本站",
    fields=About,
    folders=("",),
    file="about.md",
    common=True,
    starter=STARTER,
)
