"""The two ways out of the house: a mail server, or a folder in the embedded mode."""

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Container
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

STEP_SECONDS = 30
"""Patience for the answer to one command."""
VERDICT_SECONDS = 120
"""Patience for the answer to a whole message; RFC 5321 asks for more than usual here, because giving up is costly."""
HANDOVER_SECONDS = 15 * STEP_SECONDS + VERDICT_SECONDS
"""After this time no call of `send` is still running, even if it had to connect, encrypt and log in once more."""

DEFAULT_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class TransportError(Exception):
    """The message did not go out; the text is what the other side said."""


class UnreachableError(TransportError):
    """No connection, or no permission to use it: nothing can go out at the moment, whatever the message."""


class TemporaryError(TransportError):
    """Surely not accepted, and worth another try."""


class PermanentError(TransportError):
    """Surely not accepted, and another try would end in the same way."""


class UncertainError(TransportError):
    """The whole message was handed over, but the answer is missing: it may or may not arrive."""


@dataclass(frozen=True)
class Letter:
    """A message with the bare addresses of its envelope; `name` tells it from all others and is safe as a file name."""

    name: str
    sender: str
    recipient: str
    message: EmailMessage


class Transport(Protocol):
    def ready(self) -> None:
        """Make sure that a message can be handed over now; raises UnreachableError."""

    def send(self, letter: Letter) -> None:
        """Returns once the other side has taken the message; raises the other kinds of TransportError."""

    def close(self) -> None: ...


def transport_for(url: str) -> Transport:
    """`smtp://`, `smtp+tls://` (STARTTLS), `smtps://`, each with user:password@host:port, or `file:///folder`."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return FolderTransport(Path(unquote(parts.path)))
    if parts.scheme in DEFAULT_PORTS and parts.hostname:
        return SmtpTransport(parts)
    raise ImproperlyConfigured(
        "EMAIL_URL muss mit smtp://, smtp+tls://, smtps:// oder file:/// beginnen und einen Ort nennen."
    )


class FolderTransport:
    """One file per message, complete or absent; sending the same letter again replaces its file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ready(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UnreachableError(str(error)) from error

    def send(self, letter: Letter) -> None:
        try:
            part = self.folder / f".{letter.name}.part"
            part.write_bytes(letter.message.as_bytes())
            part.replace(self.folder / f"{letter.name}.eml")
        except OSError as error:
            raise TemporaryError(str(error)) from error

    def close(self) -> None:
        pass


class SmtpTransport:
    """One connection, reused for every letter and opened anew after a cut.

    smtplib is driven command by command, because `sendmail` does not tell whether the connection broke before the
    message was complete (safe to repeat) or after it (only a human can know).
    """

    def __init__(self, parts: SplitResult) -> None:
        self.parts = parts
        self.connection: smtplib.SMTP | None = None
        self.has_just_taken = False

    def ready(self) -> None:
        """Whether a server is still there that has just taken a letter tells the next one."""
        if self.connection is not None and (self.has_just_taken or self._reset(self.connection)):
            return
        self.close()
        try:
            self.connection = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise UnreachableError(_words_of(error)) from error

    def send(self, letter: Letter) -> None:
        data = _dot_stuffed(letter.message.as_bytes())
        try:
            self._hand_over(letter, data)
            self._await_verdict()
        except TransportError:
            raise
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise TemporaryError(_words_of(error)) from error

    def close(self) -> None:
        """Without waiting for an answer to QUIT: nothing depends on it."""
        if self.connection is not None:
            # The other side may have hung up first.
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self.connection.putcmd("QUIT")
            self.connection.close()
            self.connection = None

    def _connect(self) -> smtplib.SMTP:
        scheme, host = self.parts.scheme, self.parts.hostname or ""
        port = self.parts.port or DEFAULT_PORTS[scheme]
        connection = (
            smtplib.SMTP_SSL(host, port, settings.SITE_HOST, timeout=STEP_SECONDS, context=ssl.create_default_context())
            if scheme == "smtps"
            else smtplib.SMTP(host, port, settings.SITE_HOST, timeout=STEP_SECONDS)
        )
        if connection.sock:
            # The final dot must not wait for the acknowledgement of the text before it.
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if scheme == "smtp+tls":
                connection.starttls(context=ssl.create_default_context())
            connection.ehlo_or_helo_if_needed()
            if self.parts.username:
                connection.login(unquote(self.parts.username), unquote(self.parts.password or ""))
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
        return connection

    @staticmethod
    def _reset(connection: smtplib.SMTP) -> bool:
        try:
            return connection.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def _hand_over(self, letter: Letter, data: bytes) -> None:
        """Up to the final dot, which goes out with the text: as long as not all of it could be given to the connection,
        the end is missing, and whatever goes wrong here, the server has no complete message."""
        self._expect((250,), lambda: self._begin(letter.sender, len(data)))
        smtp = self._open_connection()
        self._expect((250, 251), lambda: smtp.docmd("RCPT", f"TO:<{letter.recipient}>"))
        self._expect((354,), lambda: smtp.docmd("DATA"))
        smtp.send(data + b".\r\n")

    def _begin(self, sender: str, size: int) -> tuple[int, bytes]:
        """A server that has hung up since the last letter is called once more: nothing of this one was told yet."""
        has_just_taken, self.has_just_taken = self.has_just_taken, False
        if has_just_taken:
            with contextlib.suppress(smtplib.SMTPServerDisconnected, ConnectionError):
                answer = self._mail(sender, size)
                if answer[0] != 421:
                    return answer
            self.close()
            self.connection = self._connect()
        return self._mail(sender, size)

    def _mail(self, sender: str, size: int) -> tuple[int, bytes]:
        smtp = self._open_connection()
        told = f" SIZE={size}" if smtp.has_extn("size") else ""
        return smtp.docmd("MAIL", f"FROM:<{sender}>{told}")

    def _await_verdict(self) -> None:
        """The message is the server's; a cut now leaves open whether it was kept."""
        smtp = self._open_connection()
        try:
            if smtp.sock:
                smtp.sock.settimeout(VERDICT_SECONDS)
            answer = smtp.getreply()
            if smtp.sock:
                smtp.sock.settimeout(STEP_SECONDS)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise UncertainError(_words_of(error)) from error
        if answer[0] // 100 not in (2, 4, 5):
            self.close()
            raise UncertainError(_words(*answer))
        self._expect(range(200, 300), lambda: answer)
        self.has_just_taken = True

    def _expect(self, codes: Container[int], command: Callable[[], tuple[int, bytes]]) -> None:
        code, text = command()
        if code in codes:
            return
        if code == 421 or not 200 <= code < 600:
            self.close()
        if 500 <= code < 600:
            raise PermanentError(_words(code, text))
        raise TemporaryError(_words(code, text))

    def _open_connection(self) -> smtplib.SMTP:
        if self.connection is None:
            raise smtplib.SMTPServerDisconnected("ready() was not called.")
        return self.connection


def _dot_stuffed(data: bytes) -> bytes:
    """A line of the text must not look like the end of the text (RFC 5321, 4.5.2); ends with a line break."""
    data = re.sub(rb"(?m)^\.", b"..", data)
    return data if data.endswith(b"\r\n") else data + b"\r\n"


def _words(code: int, text: bytes) -> str:
    return f"{code} {text.decode('utf-8', 'replace')}"[:500]


def _words_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException) and isinstance(error.smtp_error, bytes):
        return _words(error.smtp_code, error.smtp_error)
    return (str(error) or type(error).__name__)[:500]
