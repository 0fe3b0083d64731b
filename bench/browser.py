"""The least that presses a button as somebody signed in: one connection, requests written out by hand, so that the
load generator takes little of the machine it measures."""

import socket
from types import TracebackType
from typing import Self

TOKEN = "0123456789abcdef" * 2


class Browser:
    """Raises RuntimeError on any answer but a redirect."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def post(self, path: str, session: str, body: str = "") -> None:
        lines = [
            f"POST {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Cookie: sessionid={session}; csrftoken={TOKEN}",
            f"X-CSRFToken: {TOKEN}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        self.connection.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        head, body_seen = self._head()
        status, length = int(head.split(maxsplit=2)[1]), _length(head)
        while body_seen < length:
            body_seen += len(self.connection.recv(65536))
        if status != 302:
            raise RuntimeError(f"{path} answered {status}.")

    def _head(self) -> tuple[str, int]:
        seen = b""
        while b"\r\n\r\n" not in seen:
            part = self.connection.recv(65536)
            if not part:
                raise RuntimeError("The server hung up.")
            seen += part
        head, _blank, body = seen.partition(b"\r\n\r\n")
        return head.decode("latin-1"), len(body)


def _length(head: str) -> int:
    for line in head.splitlines():
        name, _colon, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    return 0
