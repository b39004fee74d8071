"""A project → a server on this machine that shows it as it is being edited. Start with `serve`."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from ipaddress import ip_address
from socketserver import TCPServer
from typing import TYPE_CHECKING, Any

from gongkai.base.project import Project
from gongkai.publish.write import open_site
from gongkai.serve.answers import Handler
from gongkai.serve.board import Board
from gongkai.serve.watch import Watch

if TYPE_CHECKING:
    from gongkai.serve.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Place:
    """Where to serve, and how to learn of changes."""

    host: str
    port: int
    poll: bool = False

    @property
    def alone(self) -> bool:
        """Whether nobody but this machine can open it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class NoPlaceError(Exception):
    """The address or the port cannot be served on."""


class Server(ThreadingHTTPServer):
    """A server of what the board shows, bound to one address."""

    # On Windows this would let a second server take the port of the first.
    allow_reuse_address = os.name != "nt"

    def __init__(self, place: Place, board: Board) -> None:
        """Raises `NoPlaceError`."""
        self.board = board
        self.address_family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
        try:
            super().__init__((place.host, place.port), Handler)
        except OSError as error:
            raise NoPlaceError(_refused(place, error)) from error

    def server_bind(self) -> None:
        """Binds without asking a name server what this machine is called, which may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a browser that went away in the middle of an answer."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def _refused(place: Place, error: OSError) -> str:
    if error.errno in (errno.EADDRINUSE, errno.EACCES):
        other = place.port + 1 if place.port < 65535 else 8000
        return f"端口 {place.port} 不能用：别的程序占用了它。换一个，例如 --port {other}"
    return f"不能用 {place.host} 这个地址：{error.strerror or error}。去掉 --host，就只在本机打开"


class Builder(threading.Thread):
    """The thread in which the workshop works; also what the workshop needs is loaded there, while pages are served."""

    def __init__(self, make: Callable[[], Workshop]) -> None:
        super().__init__(daemon=True)
        self._make, self._made, self._stopped = make, threading.Event(), False

    def run(self) -> None:
        """Works until `stop`."""
        self.workshop = self._make()
        self._made.set()
        if not self._stopped:
            self.workshop.run()

    def stop(self) -> None:
        """Ends it, and the processes that it started."""
        self._stopped = True
        if self._made.is_set():
            self.workshop.stop()


def serve(
    project: Project, place: Place, workshop: Callable[[Board, Watch], Workshop], tell: Callable[[str], None]
) -> None:
    """Shows the last site at once, then keeps it new until interrupted. `workshop` makes what builds it."""
    open_site(project)
    board = Board(project.site)
    try:
        server = Server(place, board)
    except NoPlaceError as error:
        tell(str(error))
        raise SystemExit(2) from error
    # Otherwise a request would wait 5 ms for the builder, each time it has read or written something.
    sys.setswitchinterval(0.0005)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    host = f"[{place.host}]" if ":" in place.host else place.host
    tell(f"打开 http://{host}:{server.server_port}/ 查看；保存文件后网页自动更新；按 Ctrl+C 结束")
    if not place.alone:
        tell("注意：同一网络里的人也能打开它")
    watch = Watch(project, tell, poll=place.poll)
    watch.start()
    builder = Builder(lambda: workshop(board, watch))
    builder.start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        tell("已结束")
    finally:
        builder.stop()
        watch.stop()
        server.server_close()
