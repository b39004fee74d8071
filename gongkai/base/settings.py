"""catalog.yaml → the settings of a site. Every setting is documented where it is declared."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator

from gongkai.base import colour
from gongkai.base.durations import Durations
from gongkai.base.duties import Duties
from gongkai.base.fields import Choice, Fields, Phone, Ref, Text, fail


class Links(Choice):
    """How links inside the site are written."""

    DIRECTORY = "directory", "以 / 结尾，供网站服务器使用"
    FILE = "file", "写出 index.html，从磁盘直接打开也能用"


class ColumnLayout(Choice):
    """The layout of the disclosure column: 国办公开办函〔2021〕33号 and 国办公开办函〔2019〕61号."""

    Y2021 = "2021-33", "政策、指南、制度、法定主动公开内容、年报、依申请公开"
    Y2019 = "2019-61", "指南、制度、法定主动公开内容、年报"


class CopyFormat(Choice):
    """A format that takes long to make: only a site that asks for it has it."""

    DOCX = "docx", "Word 文档"
    PDF = "pdf", "PDF"


class CopyScope(Choice):
    """Which documents have the formats that take long to make. Of documents from outside none has."""

    OWN = "own", "本站机关的全部文件"
    NORMATIVE = "normative", "只有本站机关的行政规范性文件"


class Language(Choice):
    """A language that the pages of a site are written in. `label` is its name in itself, as a reader looks for it."""

    ZH_CN = "zh-CN", "简体中文"
    ZH_HANT = "zh-Hant", "繁體中文"
    EN = "en", "English"

    @property
    def below(self) -> str:
        """The part of an address under which its pages lie; "" for the main one, at the top of the site."""
        return "" if self is MAIN else self.value


MAIN = Language.ZH_CN
"""The language of the content: the authentic text."""


def _zone(value: object) -> object:
    if isinstance(value, str) and value not in available_timezones():
        raise fail(f"没有 {value} 这个时区", "写成 Asia/Shanghai")
    return value


def _base_url(value: object) -> object:
    if isinstance(value, str) and re.search("[?#]", value):
        raise fail(f"不是完整的网址：{value}", "写成 https://www.example.gov.cn/ 这样的网址")
    address = _address(value)
    return address.rstrip("/") + "/" if isinstance(address, str) else address


def _address(value: object) -> object:
    """A page of another site, as it is written: 公安机关备案 is looked up by what stands behind a `?`."""
    if not isinstance(value, str):
        return value
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound or re.search(r"\s", value):
        raise fail(f"不是完整的网址：{value}", "写成 https://www.example.gov.cn/ 这样的网址")
    return value


def _count(value: object) -> object:
    if isinstance(value, str) and not (
        len(value) < 5 and value.isascii() and value.isdigit() and 1 <= int(value) <= 1000
    ):
        raise fail(f"不能是 {value}", "写 1 到 1000 之间的整数")
    return value


def _memory(value: object) -> object:
    if isinstance(value, str) and not (len(value) < 8 and value.isascii() and value.isdigit() and int(value) >= 64):
        raise fail(f"不能是 {value}", "写不小于 64 的整数，单位是 MB，例如 2048")
    return value


def _languages(value: Any) -> Any:
    """One language may be written without a list. Each once, and the main one among them."""
    found = [value] if isinstance(value, str) else value
    if isinstance(found, list):
        if doubled := next((one for n, one in enumerate(found) if one in found[:n]), None):
            raise fail(f"{doubled} 写了两次", "每种语言只写一次")
        if MAIN.value not in found:
            raise fail(f"缺少 {MAIN.value}", f"内容是简体中文，{MAIN.value} 必须在内，例如 [{MAIN.value}, zh-Hant]")
    return found


def _accent(value: Any) -> Any:
    if isinstance(value, str) and (found := colour.fault(value)):
        raise fail(*found)
    return value


BaseUrl = Annotated[str, BeforeValidator(_base_url)]
Address = Annotated[str, BeforeValidator(_address)]


class Link(Fields):
    """A link in the footer. The mark itself is text or an image of ours, never the issuer's script."""

    text: Text
    """链接文字或编号，例如 示公网安备 00000000000000号"""

    url: Address | None = None
    """链接地址。没有登记网址时可以不写"""


class Footer(Fields):
    """What the foot of every page must carry (国办发〔2017〕47号, 政府网站发展指引, 底部功能区)."""

    sponsor: Text
    """主办单位"""

    contact: Phone
    """主办单位联系方式，例如电话和地址"""

    icp: Text
    """ICP 备案编号"""

    police: Link
    """公安机关备案标识：编号和网址"""

    conac: Link
    """党政机关网站标识：名称和单位信息页网址"""

    report_error: Link
    """“我为政府网站找错”入口：文字和网址"""

    organizer: Text | None = None
    """承办单位"""


class Settings(Fields):
    """The settings file of one site, catalog.yaml."""

    name: Text
    """网站名称（网页标签 SiteName），用规范名称"""

    domain: Text
    """网站域名（网页标签 SiteDomain），例如 www.example.gov.cn"""

    id_code: Text
    """政府网站标识码（网页标签 SiteIDCode）"""

    root: Annotated[Text, Ref("organ")]
    """本站所属的机关：content 下的文件夹名"""

    footer: Footer
    """页面底部功能区的必备内容"""

    description: Text | None = None
    """网站的一句话说明，用于首页和网页标签"""

    notice: Text | None = None
    """显示在每一页顶部的提示，例如说明这是演示网站"""

    base_url: BaseUrl | None = None
    """网站的完整网址。不写时不生成 sitemap.xml 和规范链接，404 页的链接从网站根目录算起"""

    timezone: Annotated[str, BeforeValidator(_zone)] = "Asia/Shanghai"
    """网站所在的时区，决定“今天”是哪一天"""

    links: Links = Links.DIRECTORY
    """站内链接的写法"""

    column: ColumnLayout = ColumnLayout.Y2021
    """政府信息公开专栏的栏目设置"""

    theme: Text = "default"
    """主题：themes 下的文件夹名，default 为自带主题"""

    accent: Annotated[Text, BeforeValidator(_accent)] | None = None
    """网站的主色，例如 "#8a1c1c"：链接、按钮和页头用它。不写时用主题的颜色"""

    languages: Annotated[tuple[Language, ...], BeforeValidator(_languages)] = (MAIN,)
    """网页的语言。zh-CN 必须有；zh-Hant 是由简体逐字转换的繁体页面，en 是英文界面，分别在 /zh-Hant/ 和 /en/ 下"""

    page_size: Annotated[int, BeforeValidator(_count)] = 50
    """列表每页的条数"""

    downloads: tuple[CopyFormat, ...] = ()
    """本站机关的文件还提供哪些格式供下载：docx、pdf，例如 [docx, pdf]，见“发布网站”一页"""

    downloads_of: CopyScope = CopyScope.OWN
    """哪些文件提供 downloads 写的格式"""

    search_memory: Annotated[int, BeforeValidator(_memory)] = 2048
    """建立检索索引时一个进程可用的内存（MB）；文件多时索引分成几份，每份不超过它"""

    check: Duties = Duties()
    """检查的设置：期限、间隔、例外，见下一层的键"""

    validity: Durations | None = None
    """没有写有效期的行政规范性文件按什么推算有效期；不写时不推算"""

    @property
    def tongues(self) -> tuple[Language, ...]:
        """The languages of the pages, the main one first."""
        return (MAIN, *(one for one in self.languages or () if one is not MAIN))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the site."""
        return ZoneInfo(self.timezone)
