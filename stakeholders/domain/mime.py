"""A row of the outbox as the text that is handed to a mail server (RFC 5322, MIME)."""

import base64
import re
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import getaddresses
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.encoding import punycode

from stakeholders.models import OutgoingMail


class WholeHeader(UnstructuredHeader, BaseHeader):
    """One line however long: Python would cut an address of more than 78 characters into encoded words, in which mail
    programs find no address (RFC 2369; a line may have 998 characters, RFC 5322, 2.1.1)."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class KnownHeaders(HeaderRegistry):
    """Parsing headers takes most of the time of building a message, and nearly all are the same in each."""

    @lru_cache(maxsize=128)  # noqa: B019 (there is one registry)
    def __getitem__(self, name: str) -> type[BaseHeader]:
        return super().__getitem__(name)

    def __call__(self, name: str, value: Any) -> BaseHeader:
        return self.known(name, value) if type(value) is str else super().__call__(name, value)

    @lru_cache(maxsize=512)  # noqa: B019 (there is one registry)
    def known(self, name: str, value: str) -> BaseHeader:
        return super().__call__(name, value)


HEADERS = KnownHeaders()
HEADERS.map_to_type("list-unsubscribe", WholeHeader)
HEADERS.map_to_type("message-id", WholeHeader)


class KnownLines(EmailPolicy):
    """Nor need they be broken into lines each time; the generator asks copies of the policy, which all do the same."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        return _folded(name, value)


POLICY = KnownLines(linesep="\r\n", cte_type="7bit", header_factory=HEADERS)
"""CRLF, and nothing but ASCII on the wire, so that no server needs 8BITMIME or SMTPUTF8."""


@lru_cache(maxsize=512)
def _folded(name: str, value: Any) -> bytes:
    return EmailPolicy.fold_binary(POLICY, name, value)


BOUNDARY = "=_Grenze_"


class KnownBoundaries(EmailMessage):
    """The same boundary in each message, where Python would draw one: so that its header is known, too. Only for texts
    in which it is not found. No encoding brings it about: in quoted-printable no underscore follows an equals sign."""

    def make_related(self, boundary: str | None = None) -> None:
        super().make_related(boundary)
        self._bound("related", 1)

    def make_alternative(self, boundary: str | None = None) -> None:
        super().make_alternative(boundary)
        self._bound("alternative", 2)

    def make_mixed(self, boundary: str | None = None) -> None:
        super().make_mixed(boundary)
        self._bound("mixed", 3)

    def _bound(self, subtype: str, number: int) -> None:
        self.replace_header("Content-Type", f'multipart/{subtype}; boundary="{BOUNDARY}{number}="')


ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
PLAIN = re.compile(rf"{ATOM}(\.{ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
"""What nearly all addresses look like (RFC 5322, dot-atom), and needs no parser."""
HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
DEFECTS = (MessageError, ValueError, TypeError, LookupError, AttributeError)
"""What building raises for a row that can never become a message; ValueError covers Unicode errors."""


def as_mime(mail: OutgoingMail) -> EmailMessage:
    """Text, and HTML as its alternative with the pictures it shows, and attachments.

    The Message-ID follows from the key and our secret: should a human decide to send once more, mailboxes see the same
    message; and whoever reports what became of it has seen it.
    Raises one of DEFECTS when an address, a header or an attachment cannot be put into a message.
    """
    message = _frame_of(mail)
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    # Pictures first, because attachments wrap what is there.
    for attachment in sorted(mail.attachments, key=lambda attachment: not attachment.get("cid")):
        _attach(message, **attachment)
    # Last, because each step above looks through all headers that are there.
    message["Subject"] = one_line(mail.subject)
    message["From"] = str(_address(settings.DEFAULT_FROM_EMAIL))
    message["To"] = str(_address(mail.recipient))
    message["Date"] = timezone.localtime()
    message["Message-ID"] = f"<{message_hash(mail)}@{settings.SITE_HOST}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        _add_header(message, name, value)
    return message


def _frame_of(mail: OutgoingMail) -> EmailMessage:
    contents = (mail.text, mail.html, *(attachment.get("content", "") for attachment in mail.attachments))
    is_known = not any(BOUNDARY in content for content in contents)
    return KnownBoundaries(policy=POLICY) if is_known else EmailMessage(policy=POLICY)


def message_hash(mail: OutgoingMail) -> str:
    return salted_hmac("stakeholders.mail", mail.key, algorithm="sha256").hexdigest()[:40]


def bare_address(text: str) -> str:
    """The address without the name, in ASCII, as MAIL and RCPT want it."""
    return _address(text).addr_spec


def one_line(text: str) -> str:
    """Control characters and line breaks become single spaces: a header has one line, whatever the text brings."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\u0085\u2028\u2029]", " ", text).split())


@lru_cache(maxsize=64)
def _address(text: str) -> Address:
    """Domains with umlauts in their ASCII form; anything but one plain address raises ValueError."""
    if PLAIN.fullmatch(text):
        return Address("", *text.split("@"))
    found = getaddresses([text])
    name, spec = found[0] if len(found) == 1 else ("", "")
    local, _at, domain = spec.rpartition("@")
    if not local or not domain or not local.isascii() or one_line(text) != text.strip():
        raise ValueError(f"»{one_line(text)}« ist keine zustellbare Adresse.")
    return Address(name, addr_spec=f"{local}@{punycode(domain)}")


def _add_header(message: EmailMessage, name: str, value: str) -> None:
    if not HEADER_NAME.fullmatch(name) or name in message or name.lower().startswith("content-"):
        raise ValueError(f"Die Kopfzeile »{one_line(name)}« ist nicht erlaubt.")
    message[name] = one_line(value)


def _attach(
    message: EmailMessage, *, name: str, content_type: str, content: str, encoding: str = "", cid: str = ""
) -> None:
    """`content_type` may carry parameters, as in "text/calendar; method=REQUEST"; the charset is always UTF-8."""
    part = EmailMessage(policy=POLICY)
    part["Content-Type"] = one_line(content_type)
    declared = part["Content-Type"]
    parameters = {key: value for key, value in declared.params.items() if key != "charset"}
    if declared.maintype == "text" and not encoding:
        message.add_attachment(content, subtype=declared.subtype, filename=one_line(name), params=parameters)
        return
    data = _decoded(content, encoding)
    kind = {"maintype": declared.maintype, "subtype": declared.subtype}
    if cid:
        shown = _html_of(message)
        shown.add_related(data, **kind, cid=f"<{one_line(cid)}>", filename=one_line(name), disposition="inline")
    else:
        message.add_attachment(data, **kind, filename=one_line(name), params=parameters)


def _decoded(content: str, encoding: str) -> bytes:
    if encoding == "base64":
        return base64.b64decode(content, validate=True)
    if encoding:
        raise ValueError(f"Die Kodierung »{one_line(encoding)}« ist unbekannt.")
    return content.encode()


def _html_of(message: EmailMessage) -> EmailMessage:
    """The part that shows pictures; raises ValueError for a mail without HTML."""
    found = message.get_body(preferencelist=("html",))
    if not isinstance(found, EmailMessage) or found.get_content_type() != "text/html":
        raise ValueError("Ohne HTML kann eine Nachricht kein Bild zeigen.")
    return found
