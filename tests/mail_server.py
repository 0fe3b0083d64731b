"""A real mail server in a thread, which refuses or hangs up exactly where a test tells it to."""

import asyncio
import socket
import ssl
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

CUT = "cut"
"""Instead of an answer: hang up."""


@dataclass
class MailServer:
    """`at_rcpt` and `at_text` hold, by recipient, the answers of the next attempts; then all is accepted.

    `within_text` holds, by recipient, how often the connection is cut before the text is whole. `at_next` is the answer
    to whoever begins a second message on the same connection; `is_closing`: nobody is let in after it.
    """

    at_rcpt: dict[str, list[str]] = field(default_factory=dict)
    at_text: dict[str, list[str]] = field(default_factory=dict)
    within_text: dict[str, list[str]] = field(default_factory=dict)
    at_next: str | None = None
    is_closing: bool = False
    door: asyncio.AbstractServer | None = None
    delay: float = 0.0
    received: list[tuple[str, bytes]] = field(default_factory=list)
    attempts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    connections: int = 0
    encrypted: bool = False
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _content in self.received]

    def message(self, position: int = 0) -> EmailMessage:
        message = message_from_bytes(self.received[position][1], policy=default)
        assert isinstance(message, EmailMessage)
        return message

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        self.encrypted = server.transport is not None and server.transport.get_extra_info("ssl_object") is not None
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        is_next = getattr(session, "has_begun", False)
        session.has_begun = True  # type: ignore[attr-defined]
        if is_next and self.at_next:
            if self.is_closing and self.door:
                self.door.close()
            return _answer(server, self.at_next)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.attempts[address] += 1
        answer = _next(self.at_rcpt, address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return _answer(server, answer)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Runs after the final dot, so a cut here leaves the sender without knowledge."""
        await asyncio.sleep(self.delay)
        address = envelope.rcpt_tos[0]
        answer = _next(self.at_text, address)
        if answer is None:
            assert isinstance(envelope.original_content, bytes)
            self.received.append((address, envelope.original_content))
        return _answer(server, answer)


class CuttingSMTP(SMTP):
    """Can hang up in the middle of a text, which a handler is only told of when it is whole."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        recipients = self.envelope.rcpt_tos if self.envelope else []
        if recipients and _next(self.event_handler.within_text, recipients[0]) == CUT:
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            await self._reader.readline()
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.close()
            return
        await super().smtp_DATA(arg)


class CuttingController(Controller):
    def factory(self) -> CuttingSMTP:
        return CuttingSMTP(self.handler, **self.SMTP_kwargs)


def _next(script: dict[str, list[str]], address: str) -> str | None:
    answers = script.get(address)
    return answers.pop(0) if answers else None


def _answer(server: SMTP, answer: str | None) -> str:
    if answer == CUT or (answer or "").startswith("421"):
        assert isinstance(server.transport, asyncio.Transport)
        if answer != CUT:
            server.transport.write(f"{answer}\r\n".encode())
        server.transport.close()
    return answer or "250 OK"


@contextmanager
def running(tls: ssl.SSLContext | None = None, *, implicit: bool = False, password: str = "") -> Iterator[MailServer]:
    """`tls` offers STARTTLS, or speaks TLS from the first byte if `implicit`; `password` lets portal log in."""
    handler = MailServer(port=_free_port())

    def check(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.login == b"portal" and data.password == password.encode(), handled=False)

    controller = CuttingController(
        handler,
        hostname="127.0.0.1",
        port=handler.port,
        ssl_context=tls if implicit else None,
        tls_context=None if implicit else tls,
        authenticator=check if password else None,
        auth_require_tls=False,
    )
    controller.start()
    handler.door = controller.server
    try:
        yield handler
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
