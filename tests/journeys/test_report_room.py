"""The ministry's room: how a round stands, and a report passed on by a link that ends."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.browser import Visitor
from tests.journeys.people import MINISTRY, OFFICE, signed_in

pytestmark = pytest.mark.browser
NewVisitor = Callable[[], Visitor]
SHARE = "/berichte/demo-runde-1/1/weitergabe/"
FILES = {
    "PDF, barrierefrei": b"%PDF-",
    "XLSX, alle Tabellen": b"PK",
    "CSV, Rangfolge": b"rank,measure,",
    "JSON, alle Angaben": b"{",
}


def fetched(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator("main").get_by_role("link", name=name, exact=True).click()
    return waiting.value.path().read_bytes()


def make_link(visitor: Visitor, purpose: str) -> str:
    visitor.page.get_by_label("Wofür ist der Link?").fill(purpose)
    visitor.press("Link anlegen")
    visitor.sees("Er wird nur dieses eine Mal gezeigt.")
    return visitor.page.locator(".secret").inner_text()


def test_ministry_shares_a_report_and_the_office_ends_the_link(new_visitor: NewVisitor) -> None:
    ministry = signed_in(new_visitor(), MINISTRY)
    ministry.go("/berichte/")
    ministry.follow("Stand der Runde: Zweite Bewertungsrunde (Demonstration)")
    ministry.sees("Welche Maßnahme genug Stimmen hat und was noch fehlt")
    assert fetched(ministry.page, "CSV, Abdeckung").startswith(b"measure,state,missing,groups")
    ministry.go("/berichte/")
    ministry.page.locator(f'main a[href="{SHARE}"]', has_text="Weitergabe und Abrufe").click()
    ministry.page.wait_for_load_state()
    ministry.look()
    address = make_link(ministry, "Leitungsvorlage")

    reader = new_visitor()
    reader.go(address)
    reader.sees("Dieser Bericht ist Ihnen mit einem Link gegeben")
    for name, start in FILES.items():
        assert fetched(reader.page, name).startswith(start), name
    reader.go(address[:-2] + "/")
    reader.sees("Der Link ist unvollständig oder falsch.")

    ministry.go(SHARE)
    ministry.sees("5 Aufrufe")
    ministry.sees("Leitungsvorlage")
    assert address not in ministry.page.content()

    office = signed_in(new_visitor(), OFFICE)
    office.go(SHARE)
    office.page.get_by_role("button", name="Link beenden: Leitungsvorlage").click()
    office.page.wait_for_load_state()
    office.look()
    office.sees("öffnet nichts mehr")
    response = reader.go(address)
    assert response is not None
    assert response.status == 410
    reader.sees("Der Link wurde am")
