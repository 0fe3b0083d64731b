"""Delivery reports as mail servers write them, about one message of the outbox."""

from base64 import encodebytes

from django.conf import settings

from stakeholders.domain.mime import message_hash
from stakeholders.models import OutgoingMail


def message_id(mail: OutgoingMail) -> str:
    return f"<{message_hash(mail)}@{settings.SITE_HOST}>"


def report(
    mail: OutgoingMail,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    recipient: str = "",
    known: bool = True,
    encoded: bool = False,
    extra: str = "",
) -> bytes:
    """As Postfix writes it; without `known` the message that came back is not attached."""
    address = recipient or mail.recipient
    fields = (
        f"Reporting-MTA: dns; mx.example.org\r\nArrival-Date: Sat, 21 Nov 2026 12:00:00 +0100\r\n\r\n{extra}"
        f"Final-Recipient: rfc822; {address}\r\nOriginal-Recipient: rfc822;{address}\r\nAction: {action}\r\n"
        f"Status: {status}\r\nDiagnostic-Code: smtp; 550 {status} <{address}>: User unknown\r\n"
    )
    encoding = ""
    if encoded:
        fields, encoding = encodebytes(fields.encode()).decode(), "Content-Transfer-Encoding: base64\r\n"
    original = f"From: office@example.org\r\nTo: {mail.recipient}\r\nMessage-ID: {message_id(mail)}\r\nSubject: X\r\n"
    attached = f"--GRENZE\r\nContent-Type: text/rfc822-headers\r\n\r\n{original}\r\n" if known else ""
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.org (Mail Delivery System)\r\n"
        f"To: office@example.org\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="GRENZE"\r\n\r\n'
        "--GRENZE\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nI'm sorry to have to inform you.\r\n"
        f"--GRENZE\r\nContent-Type: message/delivery-status\r\n{encoding}\r\n{fields}\r\n{attached}--GRENZE--\r\n"
    ).encode()
