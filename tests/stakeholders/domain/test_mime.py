from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from pytest_django import Settings

from stakeholders.domain.mime import BOUNDARY, DEFECTS, as_mime, bare_address
from stakeholders.models import OutgoingMail


def mail(**changes: object) -> OutgoingMail:
    values: dict[str, object] = {
        "key": "invitation:1",
        "recipient": "guest@example.org",
        "subject": "Einladung",
        "text": "Grüße aus Görlitz\n",
    }
    return OutgoingMail(**{**values, **changes})


def parsed(row: OutgoingMail) -> EmailMessage:
    message = message_from_bytes(as_mime(row).as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_message_carries_text_html_and_calendar() -> None:
    calendar = {
        "name": "termin.ics",
        "content_type": "text/calendar; method=REQUEST; charset=utf-8",
        "content": "Ü\r\n",
    }
    message = parsed(mail(html="<p>Grüße</p>", attachments=[calendar]))

    text, html, attachment = [part for part in message.walk() if not part.is_multipart()]
    assert message.get_content_type() == "multipart/mixed"
    assert text.get_content() == "Grüße aus Görlitz\r\n"
    assert html.get_content() == "<p>Grüße</p>\r\n"
    assert attachment["Content-Type"].params == {"charset": "utf-8", "method": "REQUEST"}
    assert attachment.get_content_type() == "text/calendar"
    assert attachment.get_filename() == "termin.ics"
    assert attachment.get_content() == "Ü\r\n"


def test_attachment_that_is_no_text_arrives_byte_by_byte() -> None:
    row = mail(attachments=[{"name": "daten.json", "content_type": "application/json", "content": '{"ä": 1}'}])
    attachment = next(parsed(row).iter_attachments())
    assert attachment.get_content_type() == "application/json"
    assert attachment.get_content() == '{"ä": 1}'.encode()


def test_message_says_that_it_is_automatic_and_from_whom(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Projektbüro <office@example.org>"
    message = parsed(mail(headers={"Reply-To": "kontakt@example.org"}))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == "Projektbüro <office@example.org>"
    assert message["Reply-To"] == "kontakt@example.org"
    assert message["Date"].datetime.tzinfo is not None


def test_message_id_follows_from_the_key(settings: Settings) -> None:
    first, again, other = (as_mime(mail(key=key))["Message-ID"] for key in ("a", "a", "b"))
    assert first == again != other
    assert first.endswith(f"@{settings.SITE_HOST}>")


def test_message_is_ascii_with_whole_line_ends() -> None:
    data = as_mime(mail(subject="Ä" * 200, text="ü" * 3000)).as_bytes()
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert message_from_bytes(data, policy=default)["Subject"] == "Ä" * 200


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\x00", "\x0b", "\u2028", "\x85"])
def test_subject_cannot_bring_a_header(sign: str) -> None:
    message = parsed(mail(subject=f"Hallo{sign}Bcc: spy@example.org"))
    assert message["Bcc"] is None
    assert message["Subject"] == "Hallo Bcc: spy@example.org"


@pytest.mark.parametrize(
    "headers",
    [
        {"Bcc\r\nX": "a"},
        {"From": "spy@example.org"},
        {"to": "spy@example.org"},
        {"Auto-Submitted": "no"},
        {"Content-Type": "text/html"},
        {"": "a"},
    ],
)
def test_header_that_is_not_ours_to_set_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(DEFECTS):
        as_mime(mail(headers=headers))


def test_long_address_in_a_header_stays_whole() -> None:
    address = f"<https://example.org/{'a' * 300}/>"
    raw = as_mime(mail(headers={"List-Unsubscribe": address})).as_bytes()
    assert f"\r\nList-Unsubscribe: {address}\r\n".encode() in raw


def test_header_value_stays_on_its_line() -> None:
    message = parsed(mail(headers={"List-Unsubscribe": "<https://example.org>\r\nBcc: spy@example.org"}))
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    "recipient",
    ["", "nobody", "a@example.org, b@example.org", "a@example.org\r\nBcc: b@example.org", "ä@example.org", "a b@x.org"],
)
def test_anything_but_one_plain_address_is_refused(recipient: str) -> None:
    with pytest.raises(DEFECTS):
        as_mime(mail(recipient=recipient))


def test_domain_with_umlaut_is_written_in_ascii() -> None:
    assert bare_address("kim@müller.example") == "kim@xn--mller-kva.example"


@pytest.mark.parametrize("attachments", [[{"name": "x"}], [{"name": "x", "content_type": "", "content": 3}], ["x"]])
def test_broken_attachment_is_refused(attachments: list[object]) -> None:
    with pytest.raises(DEFECTS):
        as_mime(mail(attachments=attachments))


PICTURE = {
    "name": "karte.png",
    "content_type": "image/png",
    "content": "iVBORw0KGgo=",
    "encoding": "base64",
    "cid": "karte",
}


def test_picture_is_shown_by_the_html_it_belongs_to() -> None:
    calendar = {"name": "termin.ics", "content_type": "text/calendar; method=REQUEST", "content": "Ü\r\n"}
    message = parsed(mail(html='<p><img src="cid:karte" alt=""></p>', attachments=[calendar, PICTURE]))
    assert message.get_content_type() == "multipart/mixed"
    alternative, entry = message.iter_parts()
    text, related = alternative.iter_parts()
    html, picture = related.iter_parts()
    assert [part.get_content_type() for part in (alternative, text, related, html, picture, entry)] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "text/calendar",
    ]
    assert picture["Content-ID"] == "<karte>"
    assert picture.get_content_disposition() == "inline"
    assert picture.get_content() == b"\x89PNG\r\n\x1a\n"


def test_bytes_arrive_as_they_are_without_being_shown() -> None:
    message = parsed(mail(attachments=[{**PICTURE, "cid": ""}]))
    (picture,) = message.iter_attachments()
    assert picture.get_content() == b"\x89PNG\r\n\x1a\n"
    assert picture.get_content_disposition() == "attachment"


@pytest.mark.parametrize("change", [{"encoding": "rot13"}, {"content": "kein Base64!"}, {"cid": "karte"}])
def test_picture_that_cannot_be_shown_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(DEFECTS):
        as_mime(mail(attachments=[{**PICTURE, **change}]))


def test_text_that_looks_like_a_boundary_stays_whole() -> None:
    text = "\n".join(f"--{BOUNDARY}{number}=\n--{BOUNDARY}{number}=--" for number in (1, 2, 3))
    found = parsed(mail(text=text, html="<p>x</p>")).get_body(preferencelist=("plain",))
    assert found is not None
    assert found.get_content().split() == text.split()


def test_usual_messages_share_their_boundary() -> None:
    messages = [as_mime(mail(text=text, html=f"<p>{text}</p>")).as_bytes() for text in ("Text", "Grüße\n=_")]
    assert all(f'boundary="{BOUNDARY}2="'.encode() in message for message in messages)
