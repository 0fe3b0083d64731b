"""From the ticket to the door: whoever comes is noted there or on the list, and the list is taken home as a file."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from publishing.qr_code import png
from tests.journeys.browser import Visitor
from tests.journeys.event import create_event, moment, open_event, public_address, take_step, typed
from tests.journeys.people import OFFICE, SECOND, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack, link_in

pytestmark = pytest.mark.browser

TITLE = "Abend der Gießereien"


def register(visitor: Visitor, address: str, companions: int) -> None:
    visitor.go(address)
    visitor.follow("Anmelden")
    visitor.page.get_by_label("Zahl der Begleitpersonen").fill(str(companions))
    visitor.press("Verbindlich anmelden")
    visitor.sees("Sie haben einen Platz.")


def door_of(person: Visitor, stack: Stack) -> tuple[str, str]:
    """The address behind the code on the ticket, which is the one in the mail too; and the name on it."""
    mail = stack.wait_for_mail(STAKEHOLDER, f"Anmeldung bestätigt: {TITLE}")
    person.go(link_in(mail, "/anmeldung/"))
    person.follow("Eintrittskarte")
    person.sees("und 1 Begleitperson")
    assert person.page.get_by_role("img", name="QR-Code der Eintrittskarte").is_visible()
    token = person.page.url.split("/anmeldung/")[1].split("/")[0]
    address = f"{stack.address}/veranstaltungen/einlass/{token}/"
    [picture] = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert picture.get_content() == png(address)
    name = person.page.locator(".ticket .facts dd").first.inner_text().splitlines()[0]
    return address, name


def come_nearer(office: Visitor, start: datetime) -> None:
    """The event is brought forward; doors open an hour before it begins."""
    open_event(office, TITLE)
    office.page.get_by_role("link", name="Neuer Termin", exact=True).click()
    office.page.get_by_label("Neuer Beginn").fill(typed(start))
    office.press("Neuen Termin festlegen")


def let_in(office: Visitor, door: str, name: str) -> None:
    office.go(door)
    office.sees("Begleitpersonen")
    office.press("Als anwesend vermerken")
    office.sees(f"{name} ist da.")
    office.sees("Als anwesend vermerkt:")
    assert office.page.get_by_role("button", name="Als anwesend vermerken").count() == 0


def tick(office: Visitor, name: str) -> None:
    """Found by the first name, and back on the same list afterwards."""
    office.page.get_by_label("Name:").fill(name.split()[0])
    office.press("Suchen")
    office.page.get_by_label(name).check()
    office.press("Anwesenheit speichern")
    office.sees("Vermerkt: 1 anwesend, 0 zurückgenommen.")
    assert office.page.get_by_label(name).is_checked()
    office.sees("2 von 2 sind da.")
    office.sees("Dazu kommt 1 Begleitperson.")


def take_back(office: Visitor, name: str) -> None:
    office.page.get_by_label(name).uncheck()
    office.press("Anwesenheit speichern")
    office.sees("Vermerkt: 0 anwesend, 1 zurückgenommen.")
    office.sees("1 von 2 sind da.")


def downloaded(office: Visitor, link: str) -> Path:
    with office.page.expect_download() as waiting:
        office.page.get_by_role("link", name=link).click()
    return Path(waiting.value.path())


def check_files(office: Visitor) -> None:
    """Both files tell the same: who came, with how many."""
    with downloaded(office, "Liste als CSV").open(encoding="utf-8", newline="") as file:
        told = {row["email"]: (row["companions"], row["attended"]) for row in csv.DictReader(file)}
    assert told == {STAKEHOLDER: ("1", "ja"), SECOND: ("0", "nein")}
    content = io.BytesIO(downloaded(office, "Liste als Arbeitsmappe").read_bytes())
    lines = [line for sheet in openpyxl.load_workbook(content) for line in sheet.iter_rows(values_only=True)]
    for email, (companions, attended) in told.items():
        [line] = [line for line in lines if email in line]
        assert {int(companions), attended} <= set(line)


def leave(visitor: Visitor, address: str) -> None:
    """Nothing of this event stands in the way of other stories about the same people."""
    visitor.go(address)
    visitor.press("Platz freigeben")
    visitor.sees("Ihr Platz ist freigegeben")


def test_whoever_has_a_ticket_is_let_in_and_stands_on_the_list(
    new_visitor: Callable[[], Visitor], stack: Stack
) -> None:
    office = signed_in(new_visitor(), OFFICE)
    create_event(office, TITLE, moment(hours=5), fields={"Begleitpersonen je Anmeldung:": "1"})
    take_step(office, TITLE, "publish")
    address = public_address(office, TITLE)
    person, second = signed_in(new_visitor(), STAKEHOLDER), signed_in(new_visitor(), SECOND)
    register(person, address, 1)
    register(second, address, 0)
    door, name = door_of(person, stack)
    office.go(door)
    office.sees("Anwesenheit können Sie ab einer Stunde vor dem Beginn vermerken.")

    start = moment(minutes=50)
    come_nearer(office, start)
    stack.wait_for_mail(STAKEHOLDER, f"Neuer Termin oder Ort: {TITLE}", f"{start:%H:%M} Uhr")
    assert (outsider := person.go(door))
    assert outsider.status == 404
    let_in(office, door, name)
    open_event(office, TITLE)
    office.page.get_by_role("link", name="Teilnahme", exact=True).click()
    office.look()
    office.sees("1 von 2 sind da.")
    tick(office, "Andreas Beispiel")
    take_back(office, "Andreas Beispiel")
    check_files(office)
    for visitor in (person, second):
        leave(visitor, address)
