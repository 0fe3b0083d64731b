"""Ratings on paper or in the room, written down by the project office."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from measures.domain.assessment import rate
from measures.models import Assessment, AssessmentReason, AssessmentRound, Measure
from stakeholders.models import Activity, AuditEntry, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.measures import MeasureFactory, fitting_round
from tests.factories.stakeholders import StakeholderFactory
from tests.measures.views.test_assessment import ANSWERS, first_of

SignIn = Callable[[Stakeholder], Client]
SHEET = {**ANSWERS, "weg-channel": "letter"}


@pytest.fixture
def caller(cast: Cast) -> Stakeholder:
    """Somebody without an address, whom the office recorded."""
    person: Stakeholder = StakeholderFactory.create(first_name="Hanna", last_name="Anruf", email=None, origin="office")
    return person


def address(assessment_round: AssessmentRound, person: Stakeholder, measure: Measure | None = None) -> str:
    start = f"/bewertung/{assessment_round.slug}/erfassen/{person.pk}/"
    return f"{start}{measure.slug}/" if measure else start


def test_the_office_transfers_a_sheet_measure_by_measure(
    cast: Cast, caller: Stakeholder, client: Client, sign_in: SignIn
) -> None:
    row = fitting_round(measures=2)
    sign_in(cast.project_office)
    response = client.post(address(row, caller, first_of(row)), {**SHEET, "begruendung-text": "Zu weit weg."})
    second = row.measures.exclude(pk=first_of(row).pk).get()
    assert response["Location"] == f"{address(row, caller, second)}?weg=letter"
    page = client.get(response["Location"]).content.decode()
    assert "ist für Hanna Anruf erfasst" in page
    assert page.count(" checked") == 1
    stored = Assessment.objects.values_list("channel", "recorded_by", "rater").distinct()
    assert list(stored) == [("letter", cast.project_office.pk, caller.pk)]
    assert AssessmentReason.objects.get(rater=caller).text == "Zu weit weg."
    assert AuditEntry.objects.get(verb="rating_recorded").actor == cast.project_office
    assert Activity.objects.get(person=caller).kind == "assessed"
    assert not OutgoingMail.objects.exists()
    response = client.post(address(row, caller, second), SHEET)
    assert response["Location"] == address(row, caller)
    assert "2 von 2 Maßnahmen bewertet" in client.get(response["Location"]).content.decode()


def test_what_is_blank_on_paper_stays_blank(cast: Cast, caller: Stakeholder, client: Client, sign_in: SignIn) -> None:
    row = fitting_round()
    sign_in(cast.project_office)
    assert (
        client.post(address(row, caller, first_of(row)), {"weg-channel": "in_person", "need": "2"}).status_code == 302
    )
    assert list(Assessment.objects.values_list("criterion__key", "grade")) == [("need", 2)]
    empty = client.post(address(row, caller, first_of(row)), {"weg-channel": "in_person"})
    assert (empty.status_code, "mindestens eine Frage" in empty.content.decode()) == (422, True)


def test_the_office_is_told_that_the_person_has_answered_online(cast: Cast, client: Client, sign_in: SignIn) -> None:
    row = fitting_round()
    grades = {"need": 1, "impact": 1, "feasibility": 1, "fit": 1}
    rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades=grades)
    sign_in(cast.project_office)
    assert (
        "selbst über das Portal geantwortet"
        in client.get(address(row, cast.stakeholder, first_of(row))).content.decode()
    )
    client.post(address(row, cast.stakeholder, first_of(row)), SHEET)
    assert set(Assessment.objects.values_list("channel", flat=True)) == {"letter"}
    assert "über das Portal" not in client.get(address(row, cast.stakeholder, first_of(row))).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weg-channel": ""}, "auf welchem Weg"),
        ({"weg-channel": "web"}, "keine gültige Auswahl"),
        ({"need": "6"}, "fünf Stufen"),
        ({"begruendung-text": "x" * 1001}, "höchstens 1000 Zeichen"),
    ],
)
def test_a_sheet_that_cannot_be_kept_is_refused_at_its_field(
    cast: Cast, caller: Stakeholder, client: Client, sign_in: SignIn, changes: dict[str, str], words: str
) -> None:
    row = fitting_round()
    sign_in(cast.project_office)
    response = client.post(address(row, caller, first_of(row)), {**SHEET, **changes})
    assert (response.status_code, words in response.content.decode()) == (422, True)
    assert not Assessment.objects.exists()


def test_nothing_is_recorded_after_the_end_or_for_whom_does_not_count(
    cast: Cast, caller: Stakeholder, client: Client, sign_in: SignIn
) -> None:
    over, row = fitting_round(state="closed"), fitting_round()
    sign_in(cast.project_office)
    assert "nicht offen" in client.get(address(over, caller)).content.decode()
    response = client.post(address(over, caller, first_of(over)), SHEET)
    assert (response.status_code, "ist beendet" in response.content.decode()) == (422, True)
    incomplete = StakeholderFactory.create(group=None)
    response = client.post(address(row, incomplete, first_of(row)), SHEET)
    assert (response.status_code, "fehlt noch" in response.content.decode()) == (422, True)
    for nobody in (cast.ministry, StakeholderFactory.create(is_active=False)):
        assert client.post(address(row, nobody, first_of(row)), SHEET).status_code == 404
    assert client.post(address(row, caller, MeasureFactory.create()), SHEET).status_code == 404
    assert client.get(address(fitting_round(state="draft"), caller)).status_code == 404
    assert not Assessment.objects.exists()


def test_the_person_is_found_by_name(cast: Cast, caller: Stakeholder, client: Client, sign_in: SignIn) -> None:
    row = fitting_round()
    sign_in(cast.project_office)
    start = f"/bewertung/{row.slug}/erfassen/"
    assert start in client.get(row.get_absolute_url()).content.decode()
    assert address(row, caller) in client.get(start, {"q": "hanna anruf"}).content.decode()
    for text in ("niemandheisstso", "\u200b", "x\x00y", "%", "a" * 5000):
        response = client.get(start, {"q": text})
        assert (response.status_code, address(row, caller) in response.content.decode()) == (200, False)


def test_the_page_of_a_person_leads_to_the_open_rounds(
    cast: Cast, caller: Stakeholder, client: Client, sign_in: SignIn
) -> None:
    row, over = fitting_round(), fitting_round(state="closed")
    sign_in(cast.project_office)
    start = f"/bewertung/fuer/{caller.pk}/"
    assert start in client.get(f"/akteure/{caller.pk}/").content.decode()
    page = client.get(start).content.decode()
    assert address(row, caller) in page
    assert address(over, caller) not in page
    AssessmentRound.objects.update(state="closed")
    assert "Keine Runde ist offen" in client.get(start).content.decode()


@pytest.mark.parametrize("size", [1, 30])
def test_pages_of_recording_take_the_same_queries_at_any_size(
    cast: Cast, caller: Stakeholder, client: Client, sign_in: SignIn, django_assert_num_queries: Any, size: int
) -> None:
    row = fitting_round(measures=size)
    StakeholderFactory.create_batch(size, first_name="Hanna", last_name="Anruf")
    measure = first_of(row)
    sign_in(cast.project_office)
    client.get(row.get_absolute_url())
    for where, number in (
        (f"/bewertung/{row.slug}/erfassen/?q=hanna", 9),
        (address(row, caller), 9),
        (address(row, caller, measure), 10),
    ):
        with django_assert_num_queries(number):
            client.get(where)


def test_recording_is_for_the_project_office(cast: Cast, caller: Stakeholder, client: Client, sign_in: SignIn) -> None:
    row = fitting_round()
    pages = (
        f"/bewertung/fuer/{caller.pk}/",
        f"/bewertung/{row.slug}/erfassen/",
        address(row, caller),
        address(row, caller, first_of(row)),
    )
    for where in pages:
        assert client.get(where)["Location"].startswith("/konto/login/")
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        sign_in(person)
        for where in pages:
            assert client.get(where).status_code == 404
        assert client.post(pages[-1], SHEET).status_code == 404
    assert not Assessment.objects.exists()
