"""Addresses of other sites → what they answer, asked politely. Start with `Asker.answers`.

The only module that uses a network, and only when somebody asks for it (`check --external`). One request at a time to a
site and a second between two, a few sites at once, nothing that robots.txt forbids, HEAD before GET, an honest name.
The standard library does all of it; a library for requests would add connection pools and sessions that one request to
an address has no use for.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener
from urllib.robotparser import RobotFileParser

from gongkai import __version__

AGENT = f"gongkai/{__version__} (link check)"
"""What we call ourselves; a robots.txt may speak to `gongkai`."""

KEPT_OUT = (401, 402, 403, 407, 429, 451, 999)
"""Answers to programs and strangers: the page may well open for a reader."""

MOVED = (301, 302, 303, 307, 308)
HOPS = 5
MOST = 512 * 1024
"""Bytes of a robots.txt that are read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: a status (0 for none), why it does not open ("" when it does), where it led to."""

    address: str
    status: int
    why: str = ""
    moved: str = ""


@dataclass
class _Host:
    """A site that is asked: whose turn it is, when, and what it forbids."""

    turn: threading.RLock = field(default_factory=threading.RLock)
    last: float = 0.0
    pause: float = 0.0
    known: bool = False
    robots: RobotFileParser | None = None
    down: str = ""


class Asker:
    """Asks, at its own pace. Seconds between two requests to a site, seconds for an answer, sites at once."""

    def __init__(self, pause: float = 1.0, timeout: float = 10.0, at_once: int = 4) -> None:
        self._pause, self._timeout, self._at_once = pause, timeout, at_once
        self._hosts: dict[str, _Host] = {}
        self._open = build_opener(_Stay).open

    def answers(self, addresses: Iterable[str]) -> Iterator[Answer]:
        """What each address answers, as the answers come."""
        by_host: dict[str, list[str]] = {}
        for address in addresses:
            by_host.setdefault(_host(address), []).append(address)
        with ThreadPoolExecutor(self._at_once) as pool:
            for found in pool.map(lambda of_host: [self.ask(address) for address in of_host], by_host.values()):
                yield from found

    def ask(self, address: str) -> Answer:
        """What an address answers to HEAD, else to GET; a server in trouble is given a second GET."""
        answer = Answer(address, 0)
        for method in ("HEAD", "GET", "GET"):
            answer = self._follow(address, method)
            settled = method == "GET" and answer.status < 500
            if not answer.why or answer.status in KEPT_OUT or settled:
                break
        return replace(answer, why="") if answer.status in KEPT_OUT else answer

    def _follow(self, address: str, method: str) -> Answer:
        """One request, and those that it is sent on to."""
        at = address
        for _ in range(HOPS + 1):
            host = self._at(at)
            if host.down:
                return Answer(address, 0, host.down)
            if host.robots and not host.robots.can_fetch(AGENT, _plain(at)):
                # Not ours to ask: nobody knows whether it opens.
                return Answer(address, 0, "", at if at != address else "")
            status, to, why = self._request(host, at, method)
            if status not in MOVED or not to:
                return Answer(address, status, why, at if at != address else "")
            at = urljoin(at, to)
            if not at.startswith(("http://", "https://")):
                return Answer(address, status, "转到了不是网页的地方")
        return Answer(address, status, "转来转去没有尽头")

    def _at(self, address: str) -> _Host:
        """The site of an address, with its robots.txt, which is read once."""
        parts = urlsplit(address)
        host = self._hosts.setdefault(_host(address), _Host(pause=self._pause))
        with host.turn:
            if not host.known:
                host.known = True
                rules = urlunsplit((parts.scheme, parts.netloc, "robots.txt", "", ""))
                self._read_rules(host, rules)
        return host

    def _read_rules(self, host: _Host, rules: str) -> None:
        lines: list[str] = []
        status, why = 0, ""
        for _ in range(2):
            status, _, why = self._request(host, rules, "GET", lines)
            if status and status < 500:
                break
        parser = RobotFileParser()
        if not status:
            host.down = why
        elif status in (401, 403) or status >= 500:
            parser.parse(["User-agent: *", "Disallow: /"])
            host.robots = parser
        elif status < 300:
            parser.parse(lines)
            host.robots = parser
            delay = parser.crawl_delay(AGENT)
            host.pause = max(host.pause, min(float(delay or 0), 30.0))

    def _request(self, host: _Host, address: str, method: str, body: list[str] | None = None) -> tuple[int, str, str]:
        """Status, where it leads on, and why it did not open; the lines of what came into `body`."""
        with host.turn:
            time.sleep(max(0.0, host.last + host.pause - time.monotonic()))
            try:
                request = Request(_plain(address), method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})
                with self._open(request, timeout=self._timeout) as response:
                    if body is not None:
                        body[:] = response.read(MOST).decode("utf-8", "replace").splitlines()
                    return response.status, "", ""
            except HTTPError as error:
                error.close()
                why = "对方的服务器出错" if error.code >= 500 else "没有这个页面"
                return error.code, error.headers.get("Location") or "", f"{why}（{error.code}）"
            except (OSError, HTTPException, ValueError) as error:
                return 0, "", _reason(error.reason if isinstance(error, URLError) else error)
            finally:
                host.last = time.monotonic()


class _Stay(HTTPRedirectHandler):
    """Goes nowhere by itself: each step is a request to a site, with its own pace and its own robots.txt."""

    def redirect_request(self, *_: Any) -> None:
        """None: the answer that leads on is the answer."""
        return


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()


def _plain(address: str) -> str:
    """An address as a request needs it: Chinese in names and paths encoded, without its anchor."""
    parts = urlsplit(address)
    name = (parts.hostname or "").encode("idna").decode()
    netloc = f"{name}:{parts.port}" if parts.port else name
    safe = "%/:=&?~#+!$,;'@()*[]"
    return urlunsplit((parts.scheme, netloc, quote(parts.path, safe=safe), quote(parts.query, safe=safe), ""))


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "等了很久没有回答"
    if isinstance(error, socket.gaierror):
        return "没有这个网站"
    if isinstance(error, ssl.SSLError):
        return "证书有问题"
    return "地址写得不对" if isinstance(error, ValueError) else "连不上"
