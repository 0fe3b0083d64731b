from collections.abc import Callable

import pytest

from tests.journeys.browser import Visitor

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
