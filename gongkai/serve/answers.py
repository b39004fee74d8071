"""A request of a browser → a file of the site with the headers of production, or the stream of what changes.

Start with `Handler`. Into each page goes one line more: the script that reloads it and shows problems. It is added
while the page is sent and never stands in the site folder; it is a file of this server, so the policy holds unchanged.
"""

from __future__ import annotations

import json
from email.utils import formatdate
from functools import cache
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from importlib.resources import files
from posixpath import normpath
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from gongkai.exports.policy import POLICY, SEARCH_POLICY
from gongkai.render import urls
from gongkai.serve.board import NOT_FOUND, Board, digest
from gongkai.serve.overlay import as_data

PLACE = "/.gongkai/"
"""Where the files of this server lie. No name in a site begins with a dot."""

LIVE = ("live.js", "live.css")

STREAM = "changes"

BEAT = 15.0
"""Seconds after which a stream on which nothing happens says that it is still there."""

_WAITING = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>正在生成</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/.gongkai/live.css"></head>
<body><main class="gongkai-waiting"><h1>正在生成网站</h1>
<p>第一次需要一会儿；生成以后这里自动显示网页。</p></main></body></html>
""".encode()


class Handler(SimpleHTTPRequestHandler):
    """One connection of a browser."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    @property
    def board(self) -> Board:
        """What is shown; the server holds it."""
        found: Board = self.server.board  # type: ignore[attr-defined]
        return found

    def do_GET(self) -> None:
        """A file, a page, or the stream."""
        address, _, query = self.path.partition("?")
        if address == PLACE + STREAM and self.command == "GET":
            self._stream(query)
        elif address.startswith(PLACE) and (name := address.removeprefix(PLACE)) in LIVE:
            self._send(HTTPStatus.OK, files("gongkai.serve").joinpath(name).read_bytes(), name)
        else:
            self._file(address)

    def do_HEAD(self) -> None:
        """The same without its body."""
        self.do_GET()

    def _file(self, address: str) -> None:
        path = path_of(address)
        data = self.board.read(path)
        if data is not None:
            self._send(HTTPStatus.OK, data, path)
        elif self.board.is_folder(path) and self.board.read(f"{path}/index.html") is not None:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            # Made of the path, not of the address: //elsewhere/ would lead to another host.
            self.send_header("Location", f"/{quote(path)}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send(self, status: HTTPStatus, data: bytes, name: str, shown: str = "") -> None:
        kind, shown = self.guess_type(name), shown or digest(data)
        tag = f'"{shown}"'
        if kind.startswith("text/html"):
            data = _live(data, shown)
        # A hash and not a time: two edits within one second have the same time.
        if status is HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", tag)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _stream(self, query: str) -> None:
        """Says `reload` when the page is another than the one that is shown, and what is wrong when that changes."""
        asked = parse_qs(query)
        path, shown = path_of(asked.get("page", ["/"])[0]), asked.get("shown", [""])[0]
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        turn, told = -1, None
        try:
            with self.board.looked_at(path):
                while True:
                    turn, problems = self.board.wait(turn, BEAT)
                    if self.board.digest(path) != shown:
                        self._say("reload", {})
                        return
                    if problems != told:
                        self._say("problems", as_data(problems))
                        told = problems
                    else:
                        self.wfile.write(b":\n\n")
        except (ConnectionError, TimeoutError):
            return

    def _say(self, name: str, data: Any) -> None:
        text = json.dumps(data, ensure_ascii=False)
        self.wfile.write(f"event: {name}\ndata: {text}\n\n".encode())

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is not there; before the first build one that says to wait."""
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        data = self.board.read(NOT_FOUND)
        self._send(HTTPStatus.NOT_FOUND, _WAITING if data is None else data, NOT_FOUND, digest(data))

    def end_headers(self) -> None:
        """Adds the headers of production to every answer."""
        searching = getattr(self, "path", "").partition("?")[0] in _searches()
        self.send_header("Content-Security-Policy", SEARCH_POLICY if searching else POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "same-origin")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The time of an answer, as HTTP writes it."""
        return formatdate(timestamp, usegmt=True)

    def guess_type(self, path: Any) -> str:
        """Text is UTF-8, whatever the machine's own table says."""
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: the terminal is for builds."""


def path_of(address: str) -> str:
    """The file of the site that an address means; a folder's is its index.html."""
    plain = unquote(address.partition("#")[0], errors="surrogateescape")
    path = normpath(plain).lstrip("/")
    if path in (".", ""):
        return "index.html"
    return f"{path}/index.html" if plain.endswith("/") else path


@cache
def _searches() -> tuple[str, ...]:
    """The search pages. Settings are declared with pydantic: the server is there before that is loaded."""
    from gongkai.base.settings import Language

    return urls.searches(language.below for language in Language)


def _live(page: bytes, shown: str) -> bytes:
    """A page with the script that reloads it when its hash is no longer the one that is `shown`."""
    line = f'<script src="{PLACE}live.js" data-shown="{shown}" defer></script>'.encode()
    head, found, rest = page.partition(b"</head>")
    return head + line + found + rest if found else page + line
