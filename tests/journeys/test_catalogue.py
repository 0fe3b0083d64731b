"""The project office prepares a measure, takes the catalogue over from a file, and brings an earlier version back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload

from tests.journeys.browser import Visitor
from tests.journeys.people import OFFICE, signed_in

pytestmark = pytest.mark.browser

MEASURES = "/verwaltung/measures/measure/"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def edit(office: Visitor) -> str:
    """A document and another text, planned for a day that has not come; the address of the page to be."""
    page = office.page
    page.locator("#id_title").fill("Prüfstand für Wasserstoff")
    page.locator("#id_publish_at").fill("2099-03-07T18:30")
    page.locator("#id_documents-0-title").fill("Konzept")
    page.locator("#id_documents-0-file").set_input_files(
        FilePayload(name="konzept.pdf", mimeType="application/pdf", buffer=PDF)
    )
    office.press("Sichern und weiter bearbeiten")
    office.follow("Vorschau")
    office.sees("Bis dahin sieht sie nur das Projektbüro.")
    office.sees("Konzept")
    return page.url


def create(office: Visitor) -> None:
    page = office.page
    office.go(f"{MEASURES}add/")
    page.locator("#id_field_of_action").select_option(index=1)
    page.locator("#id_title").fill("Prüfstand")
    page.locator("#id_published").uncheck()
    page.locator("#id_summary").fill("Ein Prüfstand, den alle nutzen können.")
    page.locator("#id_source").fill("Werkstatt vom 7. März")
    office.press("Sichern und weiter bearbeiten")


def payload(content: bytes) -> FilePayload:
    return FilePayload(name="katalog.csv", mimeType="text/csv", buffer=content)


def take_over(office: Visitor, folder: Path) -> None:
    """The whole catalogue comes down, one word is changed, and it goes up again."""
    page = office.page
    office.go(MEASURES)
    page.get_by_role("link", name="Katalog als Datei").click()
    page.wait_for_load_state()
    office.look()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Katalog als CSV").click()
    coming.value.save_as(folder / "katalog.csv")
    content = (folder / "katalog.csv").read_bytes()
    faulty = content.replace(b"vorgeschlagen", b"fertig", 1)
    page.locator("#id_file").set_input_files(payload(faulty))
    office.press("Hochladen und prüfen")
    office.sees("Diesen Stand gibt es nicht: »fertig«.")
    office.press("Datei verwerfen")
    office.go(f"{MEASURES}import/")
    fit = content.replace("den alle nutzen können".encode(), b"den Betriebe nutzen")
    page.locator("#id_file").set_input_files(payload(fit))
    office.press("Hochladen und prüfen")
    office.sees("Ein Prüfstand, den Betriebe nutzen.")
    office.press("Alles übernehmen")
    office.sees("Der Katalog ist übernommen.")


def test_a_measure_is_prepared_taken_over_and_brought_back(new_visitor: Callable[[], Visitor], tmp_path: Path) -> None:
    office = signed_in(new_visitor(), OFFICE)
    page = office.page
    create(office)
    edit_address = page.url
    preview = edit(office)
    take_over(office, tmp_path)

    office.go(edit_address)
    page.get_by_role("link", name="Fassungen", exact=True).click()
    page.wait_for_load_state()
    office.look()
    page.get_by_label("Von Fassung").select_option("1")
    page.get_by_label("zu Fassung").select_option("3")
    office.press("Vergleichen")
    office.sees("Von Fassung 1 zu Fassung 3")
    page.get_by_role("link", name="Fassung 2 ansehen und wiederherstellen").click()
    page.wait_for_load_state()
    office.look()
    office.press("Diese Fassung wiederherstellen")
    office.sees("Fassung 2 gilt wieder.")
    office.sees("Fassung 4 vom")

    office.go(MEASURES)
    page.get_by_role("checkbox", name="Prüfstand für Wasserstoff").check()
    page.locator("select[name=action]").select_option("set_status")
    office.press("Ausführen")
    page.get_by_label("Neuer Stand").select_option("in_review")
    office.press("Stand ändern")
    office.sees("1 Maßnahme geändert.")

    guest = new_visitor()
    response = guest.page.goto(preview)
    assert response
    assert response.status == 404
