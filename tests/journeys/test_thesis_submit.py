from collections.abc import Callable

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.people import SECOND, STAKEHOLDER, signed_in

pytestmark = pytest.mark.browser

SUBMIT = "/thesen/einreichen/"
PNG = b"\x89PNG\r\n\x1a\n0000"


def first_thesis(visitor: Visitor) -> str:
    visitor.go("/thesen/")
    return visitor.page.locator("#alle ~ ul .row-list__title a").first.inner_text()


def write(visitor: Visitor, sentence: str) -> None:
    field = visitor.page.get_by_label("These", exact=True)
    field.fill("")
    field.press_sequentially(sentence)


def test_similar_theses_show_while_typing_and_a_near_copy_is_asked_about_once(
    new_visitor: Callable[[], Visitor],
) -> None:
    author = signed_in(new_visitor(), STAKEHOLDER)
    there = first_thesis(author)
    author.go(f"{SUBMIT}?massnahme=innoslam")
    write(author, there)
    author.page.get_by_role("link", name="diese unterstützen").first.wait_for()
    author.page.get_by_text("Entwurf gespeichert um").wait_for()
    author.look()
    author.page.get_by_label("Begründung", exact=True).fill("Weil es so ist.")
    author.press("These einreichen")
    author.sees("Ihre These gibt es fast wörtlich schon")
    author.follow("diese unterstützen")
    author.sees(there)
    author.sees("Ihre Haltung")

    author.go(SUBMIT)
    author.sees("ist wieder da.")
    assert author.page.get_by_label("Begründung", exact=True).input_value() == "Weil es so ist."
    author.press("These einreichen")
    author.press("Trotzdem als eigene These einreichen")
    author.sees("Das Projektbüro prüft Ihre These")


def test_a_draft_comes_back_and_can_be_thrown_away(new_visitor: Callable[[], Visitor]) -> None:
    author = signed_in(new_visitor(), SECOND)
    author.go(SUBMIT)
    author.page.get_by_label("Begründung", exact=True).fill("Noch nicht fertig.")
    author.press("Entwurf speichern")
    author.sees("Ihr Entwurf ist gespeichert.")
    author.go("/mein/")
    author.follow("Ihr Entwurf vom")
    assert author.page.get_by_label("Begründung", exact=True).input_value() == "Noch nicht fertig."
    author.press("Entwurf verwerfen")
    assert author.page.get_by_label("Begründung", exact=True).input_value() == ""


def test_a_thesis_is_proved_by_a_link_and_a_picture(new_visitor: Callable[[], Visitor]) -> None:
    author = signed_in(new_visitor(), SECOND)
    author.go(f"{SUBMIT}?massnahme=innoslam")
    write(author, "Fachkräfte aus Tschechien pendeln lieber mit der Bahn.")
    link = author.page.get_by_label("Adresse eines Belegs")
    link.fill("https://www.statistik.sachsen.de/")
    chosen = author.page.get_by_label("Dateien")
    chosen.set_input_files({"name": "text.png", "mimeType": "image/png", "buffer": b"Nur Text."})
    author.press("These einreichen")
    author.sees("text.png: Diese Datei ist weder ein PDF noch ein Bild")
    assert link.input_value() == "https://www.statistik.sachsen.de/"
    chosen.set_input_files({"name": "karte.png", "mimeType": "image/png", "buffer": PNG})
    author.press("These einreichen")
    author.sees("Bitte wählen Sie diese Dateien noch einmal aus: karte.png.")
    author.page.get_by_label("Begründung", exact=True).fill("Das zeigen die Zahlen.")
    chosen.set_input_files({"name": "karte.png", "mimeType": "image/png", "buffer": PNG})
    author.press("These einreichen")
    author.sees("Das Projektbüro prüft Ihre These")
    author.follow("Belege ändern")
    author.page.get_by_label("Adresse", exact=True).fill("https://www.destatis.de/")
    author.press("Link hinzufügen")
    author.sees("Der Beleg ist hinzugefügt.")
    author.follow("Zurück zur These")
    with author.page.expect_download() as download:
        author.page.get_by_role("link", name="karte.png").click()
    assert download.value.suggested_filename == "karte.png"


def test_a_topic_is_proposed(new_visitor: Callable[[], Visitor]) -> None:
    author = signed_in(new_visitor(), STAKEHOLDER)
    author.go("/thesen/themen/")
    author.follow("Thema vorschlagen")
    author.page.get_by_label("Thema", exact=True).fill("Wasserstoff in der Gießerei")
    author.page.get_by_label("Warum dieses Thema?", exact=True).fill("Weil Gas teuer wird.")
    author.press("Thema vorschlagen")
    author.sees("Das Projektbüro prüft Ihren Vorschlag")
