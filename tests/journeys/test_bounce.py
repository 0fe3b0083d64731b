"""A mail comes back because nobody has the address: it is marked, gets nothing more, and is set free by the office."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.event import create_event, moment, open_event, public_address, subjects, take_step
from tests.journeys.people import OFFICE, signed_in
from tests.journeys.stack import Stack, wait_for

pytestmark = pytest.mark.browser

TITLE = "Austausch der Zulieferer"
NAME, ADDRESS = "Rosa Rückläufer", "rosa.ruecklaeufer@demo.example"
READ_EVERY_MINUTE = 100.0


def record_person(office: Visitor) -> str:
    """The address of the page about the person."""
    office.go("/akteure/erfassen/")
    page = office.page
    page.get_by_label("Vorname").fill(NAME.split()[0])
    page.get_by_label("Nachname").fill(NAME.split()[1])
    page.get_by_label("Akteursgruppe").select_option(index=1)
    page.get_by_label("Kreis").select_option(index=1)
    page.get_by_label("E-Mail-Adresse").fill(ADDRESS)
    page.get_by_label("am Telefon").check()
    office.press("Person erfassen")
    office.sees(NAME)
    return page.url


def register_person(office: Visitor, person: str, event: str) -> None:
    number = person.rstrip("/").split("/")[-1]
    office.go(f"{event}anmelden-fuer/{number}/")
    office.page.get_by_label("am Telefon").check()
    office.press("Verbindlich anmelden")


def report_on(mail: EmailMessage, address: str) -> bytes:
    """As the mail server of the receiver writes it."""
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.org\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="GRENZE"\r\n\r\n'
        "--GRENZE\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you.\r\n"
        "--GRENZE\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        f"Diagnostic-Code: smtp; 550 5.1.1 <{address}>: User unknown\r\n\r\n"
        f"--GRENZE\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {mail['Message-ID']}\r\n\r\n--GRENZE--\r\n"
    ).encode()


def come_back(stack: Stack, content: bytes) -> None:
    """Laid into the Maildir as mail servers do: written aside, then moved. Returns once the portal has read it."""
    for name in ("tmp", "new"):
        (stack.bounces / name).mkdir(parents=True, exist_ok=True)
    written = stack.bounces / "tmp" / "1.rosa.mx"
    written.write_bytes(content)
    written.rename(stack.bounces / "new" / written.name)
    read = stack.bounces / "cur" / f"{written.name}:2,S"
    wait_for(lambda: read.exists(), "the report to be read", READ_EVERY_MINUTE)


def write_to_all(office: Visitor, subject: str) -> None:
    open_event(office, TITLE)
    office.page.get_by_role("link", name="Nachricht schreiben", exact=True).click()
    office.page.get_by_label("Betreff").fill(subject)
    office.page.get_by_label("Text", exact=False).last.fill("Wir treffen uns eine Viertelstunde vorher.")
    office.press("Ansehen")
    office.press("Jetzt senden")
    office.sees("Verschickt am")


def marked(office: Visitor) -> int:
    """How often the desk finds the person among those whose address is marked."""
    office.go("/akteure/?mail=unzustellbar")
    return office.page.locator("main .row-list").get_by_role("link", name=NAME).count()


def test_an_address_that_nobody_has_is_marked_and_set_free(new_visitor: Callable[[], Visitor], stack: Stack) -> None:
    office = signed_in(new_visitor(), OFFICE)
    create_event(office, TITLE, moment(days=2))
    take_step(office, TITLE, "publish")
    person, event = record_person(office), public_address(office, TITLE)
    register_person(office, person, event)
    mail = stack.wait_for_mail(ADDRESS, f"Anmeldung bestätigt: {TITLE}")
    assert marked(office) == 0

    come_back(stack, report_on(mail, ADDRESS))
    assert marked(office) == 1
    office.go(person)
    office.sees("Adresse unzustellbar")
    office.sees("550 5.1.1")
    write_to_all(office, "Treffpunkt im Hof")
    wait_for(lambda: held_back(office, person), "the message to be held back")
    office.look()

    office.press("Adresse stimmt: wieder freigeben")
    office.sees("Die Adresse ist wieder frei.")
    assert office.page.get_by_text("Adresse unzustellbar").count() == 0
    assert marked(office) == 0
    write_to_all(office, "Treffpunkt im Saal")
    stack.wait_for_mail(ADDRESS, "Treffpunkt im Saal")
    assert [str(mail["Subject"]) for mail in stack.mails_to(ADDRESS) if "Treffpunkt" in str(mail["Subject"])] == [
        "Treffpunkt im Saal"
    ]
    assert subjects(stack, ADDRESS, TITLE) == ["Anmeldung bestätigt"]


def held_back(office: Visitor, person: str) -> bool:
    office.page.goto(person)
    row = office.page.locator("main .row-list__item").filter(has_text="Treffpunkt im Hof")
    return row.filter(has_text="zurückgezogen").count() == 1
