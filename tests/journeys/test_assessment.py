import io
import json
from collections.abc import Callable, Iterator
from contextlib import closing

import openpyxl
import psycopg2
import pypdf
import pytest
from playwright.sync_api import expect

from tests.journeys.browser import PHONE, Visitor
from tests.journeys.people import MINISTRY, OFFICE, SECOND, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack

pytestmark = pytest.mark.browser

QUESTIONS = 4


def test_a_stakeholder_rates_a_measure_and_returns_to_it(new_visitor: Callable[[], Visitor]) -> None:
    rater = signed_in(new_visitor(), STAKEHOLDER)
    rater.go("/bewertung/demo-runde-2/")
    rater.go("/bewertung/demo-runde-2/tgz-4-0/")
    groups = rater.page.locator("main form fieldset").filter(has=rater.page.get_by_label("sehr", exact=True))
    assert groups.count() == QUESTIONS
    for number in range(QUESTIONS):
        step = "kann ich nicht beurteilen" if number == QUESTIONS - 1 else "ziemlich"
        groups.nth(number).get_by_label(step, exact=True).check()
    rater.press("Speichern und weiter")
    rater.go("/bewertung/demo-runde-2/tgz-4-0/")
    assert rater.page.locator("main").get_by_label("ziemlich", exact=True).first.is_checked()
    assert rater.page.locator("main").get_by_label("kann ich nicht beurteilen", exact=True).last.is_checked()
    rater.go("/bewertung/demo-runde-2/")
    rater.sees("1 von 12")


def test_a_phone_and_a_keyboard_are_enough_to_rate_and_to_revise(new_visitor: Callable[[], Visitor]) -> None:
    rater = signed_in(new_visitor(), SECOND)
    rater.go("/bewertung/demo-runde-2/")
    rater.follow("Bewertung beginnen")
    sheet = rater.page.url
    rater.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for key in CRITERIA:
        tab_to(rater, f"#id_{key} input")
        rater.page.keyboard.press("Space")
        rater.page.keyboard.press("ArrowDown")
        expect(rater.page.locator(f"#stand-{key}")).to_contain_text("gespeichert")
    expect(rater.page.locator("#bewertet")).to_have_text("1 bewertet")
    tab_to(rater, "#id_begruendung-text")
    rater.page.keyboard.type("Bei uns fehlen Fachkräfte.")
    rater.page.keyboard.press("Tab")
    expect(rater.page.locator("#stand-begruendung")).to_contain_text("gespeichert")
    rater.look()
    rater.go(sheet)
    assert chosen(rater) == ["2"] * QUESTIONS
    assert rater.page.locator("#id_begruendung-text").input_value() == "Bei uns fehlen Fachkräfte."
    rater.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    tab_to(rater, "#id_need input")
    rater.page.keyboard.press("ArrowUp")
    expect(rater.page.locator("#stand-need")).to_contain_text("gespeichert")
    rater.go(sheet)
    assert chosen(rater) == ["1", "2", "2", "2"]
    tab_to(rater, "main form button[type=submit]")
    rater.page.keyboard.press("Enter")
    rater.page.wait_for_url(lambda url: url != sheet)
    rater.look()
    rater.sees("ist gespeichert")


def test_an_answer_that_does_not_arrive_is_told_beside_it(new_visitor: Callable[[], Visitor]) -> None:
    rater = signed_in(new_visitor(), SECOND)
    rater.go("/bewertung/demo-runde-2/software-service-cloud/")
    rater.page.context.set_offline(True)
    rater.page.locator("#id_fit").get_by_label("sehr", exact=True).check()
    expect(rater.page.locator("#stand-fit")).to_contain_text("Nicht gespeichert.")
    rater.page.context.set_offline(False)
    rater.page.locator("#id_fit").get_by_label("wenig", exact=True).check()
    expect(rater.page.locator("#stand-fit")).to_contain_text("gespeichert")
    rater.look()


def test_the_office_transfers_a_sheet_of_paper(new_visitor: Callable[[], Visitor]) -> None:
    office = signed_in(new_visitor(), OFFICE)
    office.go("/bewertung/demo-runde-2/")
    office.follow("Bewertung auf Papier oder im Raum erfassen")
    office.page.get_by_label("Name, E-Mail-Adresse oder Organisation").fill(STAKEHOLDER)
    office.press("Person suchen")
    office.page.locator("#gefunden + ul a").first.click()
    office.look()
    office.page.locator(".row-list__item").last.get_by_role("link").click()
    office.look()
    office.page.get_by_label("per Brief", exact=True).check()
    office.page.locator("#id_need").get_by_label("sehr", exact=True).check()
    office.press("Erfassen und weiter")
    office.sees("erfasst.")


CRITERIA = ("need", "impact", "feasibility", "fit")


def tab_to(visitor: Visitor, place: str) -> None:
    """By keyboard alone."""
    for _step in range(120):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("place => document.activeElement.matches(place)", place):
            return
    pytest.fail(f"{place} cannot be reached by keyboard")


def chosen(visitor: Visitor) -> list[str]:
    return [radio.input_value() for radio in visitor.page.locator("main form input[type=radio]:checked").all()]


def test_the_ministry_reads_the_report_and_downloads_it_in_four_forms(new_visitor: Callable[[], Visitor]) -> None:
    ministry = signed_in(new_visitor(), MINISTRY)
    ministry.go("/berichte/")
    ministry.go("/berichte/demo-runde-1/1/")
    for words in ("gleiche Stimme", "je Kopf", "Beteiligung", "selbst"):
        ministry.sees(words)
    files = {kind: download(ministry, f"/berichte/demo-runde-1/1.{kind}") for kind in ("pdf", "xlsx", "csv", "json")}
    assert pypdf.PdfReader(io.BytesIO(files["pdf"])).root_object["/MarkInfo"].get_object()["/Marked"]  # type: ignore[index]
    assert len(openpyxl.load_workbook(io.BytesIO(files["xlsx"])).sheetnames) > 3
    assert b"Software Service Cloud" in files["csv"]
    assert json.loads(files["json"])


def download(visitor: Visitor, path: str) -> bytes:
    response = visitor.page.request.get(visitor.address + path)
    assert response.status == 200
    assert "attachment" in response.headers["content-disposition"]
    return response.body()


def test_a_stakeholder_does_not_find_reports_of_the_ministry(new_visitor: Callable[[], Visitor]) -> None:
    outsider = signed_in(new_visitor(), SECOND)
    for path in ("/berichte/", "/berichte/demo-runde-2/1/", "/berichte/demo-runde-2/1.pdf"):
        response = outsider.go(path)
        assert response is not None
        assert response.status == 404


@pytest.fixture
def opened_again(stack: Stack) -> Iterator[None]:
    """Other stories of the same portal need the round that this one ends."""
    yield
    with closing(psycopg2.connect(stack.database)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "UPDATE measures_assessmentround SET state = 'published', closes_at = now() + interval '28 days' "
            "WHERE slug = 'demo-runde-2'"
        )
        connection.commit()


@pytest.mark.usefixtures("opened_again")
def test_the_project_office_ends_a_round_and_freezes_it(new_visitor: Callable[[], Visitor]) -> None:
    office = signed_in(new_visitor(), OFFICE)
    office.go("/verwaltung/")
    office.go("/verwaltung/measures/assessmentround/")
    for action in ("Runde beenden", "Ergebnis einfrieren"):
        office.go("/verwaltung/measures/assessmentround/")
        office.page.get_by_role("row", name="Zweite Bewertungsrunde").get_by_role("checkbox").check()
        office.page.get_by_label("Aktion:").select_option(label=action)
        office.page.get_by_role("button", name="Ausführen").click()
        office.page.wait_for_load_state()
        office.look()
    office.go("/berichte/")
    office.sees("Zweite Bewertungsrunde")
