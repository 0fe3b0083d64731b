from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Visitor
from tests.journeys.people import OFFICE, STAKEHOLDER, signed_in
from tests.journeys.stack import Stack, link_in

pytestmark = pytest.mark.browser

TITLE = "Runde mit Einladung"
MEASURE = "Technologie- und Gründerzentren 4.0"
PATIENCE = 150.0
"""Beat looks at rounds once a minute."""


def test_who_is_invited_gets_mail_when_a_round_opens_and_sees_others_after_the_own_answer(
    new_visitor: Callable[[], Visitor], stack: Stack
) -> None:
    office = signed_in(new_visitor(), OFFICE)
    save_selection(office)
    write_round(office)
    act(office, "Runde veröffentlichen")
    office.sees(f"„{TITLE}“ ist veröffentlicht.")
    mail = stack.wait_for_mail(STAKEHOLDER, f"Bitte bewerten Sie mit: {TITLE}", patience=PATIENCE)
    rater = signed_in(new_visitor(), STAKEHOLDER)
    rater.go(link_in(mail, "/bewertung/"))
    rater.follow("Bewertung beginnen")
    others = rater.page.locator("#andere")
    expect(others).to_contain_text("sobald Sie alle Fragen")
    for key in ("need", "impact", "feasibility", "fit"):
        rater.page.locator(f"#id_{key}").get_by_label("ziemlich", exact=True).check()
        expect(rater.page.locator(f"#stand-{key}")).to_contain_text("gespeichert")
    expect(others).to_contain_text("Noch haben zu wenige geantwortet.")
    rater.look()
    act(office, "Runde beenden")
    rater.page.locator("#id_need").get_by_label("sehr", exact=True).check()
    expect(rater.page.locator("#stand-need")).to_contain_text("Diese Runde ist beendet.")
    rater.look()


def save_selection(office: Visitor) -> None:
    office.go(f"/akteure/?q={STAKEHOLDER}")
    form = office.page.locator("section[aria-labelledby=speichern] form")
    form.locator("input[name=name]").fill("Nur eine")
    form.get_by_role("button").click()
    office.page.wait_for_load_state()
    office.look()


def write_round(office: Visitor) -> None:
    now = datetime.now(ZoneInfo("Europe/Berlin"))
    office.page.goto(f"{office.address}/verwaltung/measures/assessmentround/add/")
    office.page.locator("#id_title").fill(TITLE)
    office.page.locator("#id_slug").fill("mit-einladung")
    office.page.locator("#id_question").fill("Was passt in Ihre Region?")
    office.page.locator("#id_opens_at").fill(f"{now - timedelta(minutes=1):%Y-%m-%dT%H:%M}")
    office.page.locator("#id_closes_at").fill(f"{now + timedelta(days=7):%Y-%m-%dT%H:%M}")
    office.page.locator("#id_measures").get_by_label(MEASURE).check()
    office.page.locator("#id_shows_aggregates").check()
    office.page.locator("#id_audience").select_option(label="Nur eine")
    office.look()
    office.page.locator("input[name=_save]").click()
    office.page.wait_for_load_state()
    office.look()


def act(office: Visitor, action: str) -> None:
    office.page.goto(f"{office.address}/verwaltung/measures/assessmentround/")
    office.page.get_by_role("row", name=TITLE).get_by_role("checkbox").check()
    office.page.get_by_label("Aktion:").select_option(label=action)
    office.page.get_by_role("button", name="Ausführen").click()
    office.page.wait_for_load_state()
    office.look()
