from collections.abc import Callable

import pytest

from tests.journeys.browser import PHONE, Visitor

pytestmark = pytest.mark.browser

MEASURES = (
    "Technologie- und Gründerzentren 4.0",
    "Transformationslabore Industrie und Nachhaltigkeit",
    "InnoCamps Saxony",
    "Software Service Cloud",
    "Plattform Additive Fertigung",
    "Nachhaltigkeitspiloten",
)
ARCHIVE = (
    "StrategieKonferenz",
    "Hellerau",
    "Die Industrie im Zeitalter der Digitalisierung",
    "Abschlussveranstaltung",
    "Hidden Champions",
)


def test_a_guest_reads_home_catalogue_archive_and_finds_by_german_words(new_visitor: Callable[[], Visitor]) -> None:
    guest = new_visitor()
    guest.go("/")
    guest.sees("Wo der Prozess steht")
    guest.sees("Nächste Veranstaltungen")
    guest.sees("Neueste Thesen")
    guest.sees("Stärkung der Innovationspotenziale in den sächsischen Industrieregionen")
    guest.go("/massnahmen/")
    for title in MEASURES:
        guest.sees(title)
    guest.page.get_by_role("link", name="Technologie- und Gründerzentren 4.0").first.click()
    guest.look()
    guest.sees("Medieninformation")
    guest.go("/veranstaltungen/")
    guest.go("/veranstaltungen/?archiv=1")
    for title in ARCHIVE:
        guest.sees(title)
    guest.go("/suche/?q=Gründerzentrum")
    guest.sees("Technologie- und Gründerzentren 4.0")
    guest.go("/thesen/")
    guest.go("/ergebnisse/")


def test_a_guest_finds_a_measure_and_what_can_be_done_for_it(new_visitor: Callable[[], Visitor]) -> None:
    guest = new_visitor()
    guest.go("/massnahmen/")
    form = guest.page.locator("main form")
    form.get_by_label("Suchbegriff").fill("Gruenderzentren")
    form.get_by_text("Weitere Filter und Reihenfolge").click()
    form.get_by_label("Kreis", exact=True).select_option(label="Vogtlandkreis")
    form.get_by_label("Reihenfolge").select_option(label="Rang in der letzten Runde")
    guest.press("Anzeigen")
    assert guest.page.locator("mark").first.inner_text() == "Gründerzentren"
    guest.sees("1 Maßnahme")
    link = guest.page.get_by_label("Link zu dieser Ansicht").input_value()
    guest.go("/massnahmen/?q=xqxqxq&status=done")
    guest.sees("Keine Maßnahme passt")
    guest.go(link[link.index("/massnahmen/") :])
    guest.follow("Technologie- und Gründerzentren")
    for heading in (
        "Auf einen Blick",
        "Wie weit sie ist",
        "Passfähigkeit",
        "Priorisierung",
        "Thesen",
        "Veranstaltungen",
    ):
        assert guest.page.get_by_role("heading", name=heading, exact=True).count() == 1
    guest.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    button = guest.page.get_by_role("link", name="Maßnahme bewerten").bounding_box()
    assert button
    assert button["y"] < 2 * PHONE["height"], "The next thing to do comes early on a phone"
    guest.follow("Innovationspotenziale in den Industrieregionen stärken")
    guest.sees("Strategische Leitlinien")
    guest.go("/en/measures/tgz-4-0/")


def test_a_guest_reads_the_standing_pages(new_visitor: Callable[[], Visitor]) -> None:
    guest = new_visitor()
    for path in (
        "/mitwirken/",
        "/kontakt/",
        "/impressum/",
        "/datenschutz/",
        "/barrierefreiheit/",
        "/leichte-sprache/",
        "/konto/login/",
        "/konto/signup/",
        "/gibt-es-nicht/",
    ):
        guest.go(path)


def test_a_guest_reads_the_portal_in_english(new_visitor: Callable[[], Visitor]) -> None:
    guest = new_visitor()
    guest.go("/en/")
    guest.sees("Measures")
    guest.go("/en/measures/")
    guest.sees("Technology and start-up centres 4.0")
