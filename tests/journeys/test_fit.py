from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.people import MINISTRY, OFFICE, SECOND, signed_in

pytestmark = pytest.mark.browser

MEASURE = "/massnahmen/plattform-additive-fertigung/"
MOST_TABS = 80


def test_somebody_rates_the_fit_on_a_phone_by_keyboard_and_revises_it(new_visitor: Callable[[], Visitor]) -> None:
    rater = signed_in(new_visitor(), SECOND)
    rater.go(f"{MEASURE}passfaehigkeit/")
    page = rater.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    reach(page, "#id_district")
    page.keyboard.type("Görlitz")
    reach(page, "input[name=knows]")
    page.keyboard.press("Space")
    for name, downs in (("need", 4), ("readiness", 3), ("structures", 2), ("obstacles", 5)):
        reach(page, f"input[name={name}]")
        page.keyboard.press("Space")
        for _step in range(downs):
            page.keyboard.press("ArrowDown")
    reach(page, "textarea[name=reason]")
    page.keyboard.type("Die Hochschule ist nah.")
    reach(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{MEASURE}#passfaehigkeit")
    rater.look()
    rater.sees("Ihre Einschätzung für Görlitz ist gespeichert")
    rater.go(f"{MEASURE}passfaehigkeit/?kreis=14626000")
    assert page.locator("input[name=need]:checked").get_attribute("value") == "5"
    assert page.locator("input[name=readiness]:checked").get_attribute("value") == "4"
    assert page.locator("input[name=obstacles]:checked").get_attribute("value") == "unknown"
    page.get_by_label("Begründung").fill("")
    rater.press("Einschätzung speichern")
    rater.sees("ist geändert")


def reach(page: Page, selector: str) -> None:
    """Walk with the tabulator until the element has the focus."""
    for _step in range(MOST_TABS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard on {page.url}")


def test_what_is_missing_is_said_where_it_is_missing(new_visitor: Callable[[], Visitor]) -> None:
    rater = signed_in(new_visitor(), SECOND)
    rater.go(f"{MEASURE}passfaehigkeit/?kreis=14627000")
    rater.press("Einschätzung speichern")
    rater.sees("Bitte sagen Sie, woher Sie den Kreis kennen.")
    rater.sees("Bitte wählen Sie eine Stufe oder „kann ich nicht beurteilen“.")


def test_a_guest_reads_heat_map_map_table_and_a_district(new_visitor: Callable[[], Visitor]) -> None:
    guest = new_visitor()
    guest.go("/passfaehigkeit/")
    guest.sees("Plattform Additive Fertigung")
    guest.page.get_by_label("Gezeigte Zahl").select_option(label="Streuung")
    guest.press("Anzeigen")
    guest.page.get_by_label("Maßnahme", exact=True).select_option(label="Plattform Additive Fertigung")
    guest.press("Anzeigen")
    assert guest.page.locator("svg.district-map").count() == 1
    guest.page.get_by_role("link", name="Meißen", exact=True).last.click()
    guest.page.wait_for_url("**/passfaehigkeit/14627000/")
    guest.look()
    response = guest.page.request.get(f"{guest.address}/passfaehigkeit/14627000.pdf")
    assert response.body().startswith(b"%PDF")


def test_office_and_ministry_read_reasons(new_visitor: Callable[[], Visitor]) -> None:
    for who in (OFFICE, MINISTRY):
        reader = signed_in(new_visitor(), who)
        reader.go("/passfaehigkeit/")
        reader.follow("Begründungen lesen")
        reader.sees("stehen hier ohne Namen")
