import io
import json
from collections.abc import Callable

import openpyxl
import pypdf
import pytest

from tests.journeys.browser import Visitor
from tests.journeys.people import MINISTRY, OFFICE, SECOND, STAKEHOLDER, signed_in

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
