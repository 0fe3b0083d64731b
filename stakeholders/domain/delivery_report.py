"""Reports of mail servers on what became of a message (RFC 3464). Pure: bytes in, values out, whatever arrives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr

MOST_RECIPIENTS = 50
LONGEST = 300
STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
MESSAGE_ID = re.compile(rb"<([0-9a-f]{40})@[^<>\s]{1,255}>")
XTEXT = re.compile(r"\+([0-9A-F]{2})")
FAILED = ("failed", "expired")


class NotAReport(Exception):
    """Something else that came to the same address, such as the answer of a person."""


class Unreadable(Exception):
    """It says that it is a report and is none that can be read; the text says why."""


@dataclass(frozen=True)
class Report:
    """What became of the message for one recipient. `hashes` are what stands before the @ of every Message-ID in it
    that could be one of ours; `recipients` are the addresses it names, ours among them unless it was forwarded."""

    recipients: tuple[str, ...]
    action: str
    status: str
    words: str
    hashes: tuple[str, ...]

    @property
    def is_permanent(self) -> bool:
        return self.action in FAILED and self.status.startswith("5.")

    @property
    def is_about_the_address(self) -> bool:
        return self.is_permanent and names_the_address(self.status)


def names_the_address(status: str) -> bool:
    """Whether a code speaks of the recipient's address or mailbox (RFC 3463): not of ours (5.1.7 and on), nor of the
    text, its size or a policy, which another message may well pass."""
    parts = status.split(".")
    if len(parts) != 3 or parts[0] != "5":
        return False
    return parts[1] in ("0", "2", "4") or (parts[1] == "1" and parts[2] not in ("7", "8", "9"))


def read_reports(content: bytes) -> list[Report]:
    """One per recipient. Raises NotAReport or Unreadable."""
    try:
        message = message_from_bytes(content)
        parts = list(message.walk())
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        raise Unreadable(f"{type(fault).__name__}: {fault}") from fault
    statuses = [
        part
        for part in parts
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")
    ]
    if not statuses:
        raise NotAReport
    hashes = tuple(dict.fromkeys(_hashes(content, parts)))
    found = [report for part in statuses for report in _of_part(part, hashes)]
    if not found:
        raise Unreadable("no recipient is named")
    return found[:MOST_RECIPIENTS]


def report_of(*, recipient: str, status: str, action: str, words: str, message_id: str) -> Report:
    """The same out of the fields that a provider sends."""
    hashes = MESSAGE_ID.findall(f"<{message_id.strip().strip('<>')}>".encode("ascii", "replace"))
    code = status_in(status) or status_in(words)
    return Report(
        recipients=tuple(_addresses([recipient])),
        action=(action.strip().lower() or ("failed" if code.startswith("5.") else "delayed"))[:20],
        status=code,
        words=_one_line(words),
        hashes=tuple(part.decode() for part in hashes),
    )


def _of_part(part: Message, hashes: tuple[str, ...]) -> Iterator[Report]:
    """Blocks of fields: the first is about the message, the others about a recipient each."""
    for block in _blocks(part):
        named = _addresses([_text(block, "Original-Recipient"), _text(block, "Final-Recipient")])
        if not named:
            continue
        words = _one_line(_text(block, "Diagnostic-Code"))
        yield Report(
            recipients=tuple(named),
            action=_text(block, "Action").strip().lower()[:20],
            status=status_in(_text(block, "Status")) or status_in(words),
            words=words,
            hashes=hashes,
        )


def _blocks(part: Message) -> list[Message]:
    """Python reads the fields itself, unless somebody encoded the part; then it takes the code for a text."""
    payload = part.get_payload()
    blocks = [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []
    if not blocks or any(block.keys() for block in blocks):
        return blocks
    blocks[0]["Content-Transfer-Encoding"] = _text(part, "Content-Transfer-Encoding")
    raw = blocks[0].get_payload(decode=True)
    text = raw if isinstance(raw, bytes) else b""
    return [message_from_bytes(block) for block in re.split(rb"\r?\n\r?\n", text.strip()) if block]


def _hashes(content: bytes, parts: list[Message]) -> Iterator[str]:
    """Of the message that came back, wherever it stands: attached whole, as headers, or quoted in a text."""
    for found in MESSAGE_ID.findall(content):
        yield found.decode()
    for part in parts:
        if _text(part, "Content-Transfer-Encoding").lower() in ("base64", "quoted-printable"):
            payload = part.get_payload(decode=True)
            for found in MESSAGE_ID.findall(payload if isinstance(payload, bytes) else b""):
                yield found.decode()


def _addresses(values: list[str]) -> list[str]:
    """`rfc822; name@example.org`, or an address in whatever dress, in lower case."""
    found = []
    for value in values:
        plain = XTEXT.sub(lambda match: chr(int(match[1], 16)), value.split(";", 1)[-1])
        address = parseaddr(plain.strip())[1].lower()
        if "@" in address and len(address) <= 254:
            found.append(address)
    return list(dict.fromkeys(found))


def _text(block: Message, name: str) -> str:
    return str(block.get(name, ""))


def status_in(text: str) -> str:
    """The code in the words of a mail server, such as "550 5.1.1 No such user"; empty without one."""
    match = STATUS.search(text)
    return match[0] if match else ""


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST]
