"""A built site → answers with the headers that docs/publishing.md asks of a web server. Start with `Production`."""

from __future__ import annotations

import gzip
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

from gongkai.base.settings import Language
from gongkai.exports.policy import POLICY, SEARCH_POLICY
from gongkai.render import urls

SEARCHES = tuple(urls.searches(language.below for language in Language))


class Production(SimpleHTTPRequestHandler):
    """A plain server of files: what stands in the folder and nothing else."""

    def end_headers(self) -> None:
        """Adds the headers of production to every answer."""
        searching = self.path.partition("?")[0] in SEARCHES
        self.send_header("Content-Security-Policy", SEARCH_POLICY if searching else POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "same-origin")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is not there."""
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def guess_type(self, path: Any) -> str:
        """Text is UTF-8."""
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class Zipped(SimpleHTTPRequestHandler):
    """Files with gzip, as any real server sends them; counts what it sends."""

    sent: list[tuple[str, int]] = []

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        """Sends a file zipped, unless it is zipped already."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        packed = data if data.startswith(b"\x1f\x8b") else gzip.compress(data, 6)
        self.sent.append((self.path, len(packed)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if packed is not data:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)
