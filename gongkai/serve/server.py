"""A project → a server on this machine that rebuilds what changed. Start with `serve`."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from gongkai.base.project import Project
from gongkai.base.settings import Language
from gongkai.exports.policy import POLICY, SEARCH_POLICY
from gongkai.render import urls
from gongkai.serve.watch import watch

_SEARCHES = urls.searches(language.below for language in Language)


class Handler(SimpleHTTPRequestHandler):
    """Files of the site with the headers of production; 404.html for what is not there; no log."""

    def end_headers(self) -> None:
        """Adds the headers to every answer."""
        searching = self.path.partition("?")[0] in _SEARCHES
        self.send_header("Content-Security-Policy", SEARCH_POLICY if searching else POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "same-origin")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def guess_type(self, path: Any) -> str:
        """Text is UTF-8, whatever the machine's own table says."""
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def list_directory(self, path: Any) -> None:
        """No listings: a folder without index.html is not an address."""
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is not there."""
        try:
            body = Path(self.directory, "404.html").read_bytes()
        except OSError:
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: the terminal is for builds."""


class PortTakenError(Exception):
    """The port is used by another program."""


def open_server(project: Project, host: str, port: int) -> ThreadingHTTPServer:
    """A server of the site folder; raises `PortTakenError`."""
    try:
        return ThreadingHTTPServer((host, port), partial(Handler, directory=str(project.site)))
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise PortTakenError(f"端口 {port} 不能用：别的程序占用了它。换一个，例如 --port {port + 1}") from error
        raise


def serve(project: Project, host: str, port: int, rebuild: Callable[[], None], tell: Callable[[str], None]) -> None:
    """Builds, serves and rebuilds until interrupted. `rebuild` must not raise."""
    rebuild()
    try:
        server = open_server(project, host, port)
    except PortTakenError as error:
        tell(str(error))
        raise SystemExit(2) from error
    stop = threading.Event()
    watcher = threading.Thread(target=watch, args=(project, rebuild, stop), daemon=True)
    watcher.start()
    tell(f"打开 http://{host}:{server.server_port}/ 查看；保存文件后会重新生成；按 Ctrl+C 结束")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        tell("已结束")
    finally:
        stop.set()
        server.server_close()
