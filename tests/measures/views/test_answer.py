"""Answers and reasons that the rating sheet saves one by one."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.models import Assessment, AssessmentReason, AssessmentRound, Measure
from tests.cast import Cast
from tests.factories.measures import MeasureFactory, fitting_round
from tests.factories.stakeholders import StakeholderFactory
from tests.measures.views.test_assessment import ANSWERS, address, first_of


def answer(assessment_round: AssessmentRound, measure: Measure, key: str) -> str:
    return reverse("measures:answer_save", args=[assessment_round.slug, measure.slug, key])


def test_an_answer_is_saved_at_once_and_the_progress_comes_back(cast: Cast, client: Client) -> None:
    row = fitting_round()
    client.force_login(cast.stakeholder)
    for key, choice in ANSWERS.items():
        response = client.post(answer(row, first_of(row), key), {key: choice}, headers={"HX-Request": "true"})
        page = response.content.decode()
        assert response.status_code == 200
        assert "gespeichert" in page
        assert "<form" not in page
    assert "1 bewertet" in page
    assert 'value="1" max="3"' in page
    assert response["HX-Trigger"] == "rated"
    stored = dict(Assessment.objects.values_list("criterion__key", "grade"))
    assert stored == {"need": 5, "impact": 4, "feasibility": None, "fit": 1}
    sheet_again = client.get(address(row, first_of(row))).content.decode()
    assert sheet_again.count(" checked") == 4
    assert "1 bewertet" in sheet_again


@pytest.mark.parametrize("choice", ["0", "6", "x", "9" * 400, "", "-1", "2.5"])
def test_an_answer_that_is_no_step_is_refused_at_its_place(cast: Cast, client: Client, choice: str) -> None:
    row = fitting_round()
    client.force_login(cast.stakeholder)
    response = client.post(answer(row, first_of(row), "need"), {"need": choice})
    assert response.status_code == 422
    assert "Bitte wählen Sie" in response.content.decode()
    unknown = client.post(answer(row, first_of(row), "charm"), {"charm": "3"})
    assert (unknown.status_code, "Laden Sie die Seite neu" in unknown.content.decode()) == (422, True)
    elsewhere = client.post(answer(row, MeasureFactory.create(), "need"), {"need": "3"})
    assert "gehört nicht zu dieser Runde" in elsewhere.content.decode()
    assert not Assessment.objects.exists()


def test_an_answer_after_closing_is_refused_at_its_place(cast: Cast, client: Client) -> None:
    row = fitting_round()
    client.force_login(cast.stakeholder)
    AssessmentRound.objects.filter(pk=row.pk).update(closes_at=timezone.now())
    response = client.post(answer(row, first_of(row), "need"), {"need": "3"})
    assert response.status_code == 422
    assert "Diese Runde ist beendet. Ihre Antwort wurde nicht gespeichert." in response.content.decode()
    assert not Assessment.objects.exists()


def test_an_answer_is_taken_from_raters_only(cast: Cast, client: Client) -> None:
    row, draft = fitting_round(), fitting_round(state="draft")
    where = answer(row, first_of(row), "need")
    response = client.post(where, {"need": "3"})
    assert (response.status_code, "nicht mehr angemeldet" in response.content.decode()) == (422, True)
    client.force_login(StakeholderFactory.create(district=None))
    assert "Profil vollständig" in client.post(where, {"need": "3"}).content.decode()
    for person in (cast.project_office, cast.ministry):
        client.force_login(person)
        assert client.post(where, {"need": "3"}).status_code == 404
    client.force_login(cast.outsider)
    assert client.get(where).status_code == 405
    assert client.post(answer(draft, first_of(draft), "need"), {"need": "3"}).status_code == 404
    assert client.post(reverse("measures:answer_save", args=["nirgends", "x", "y"]), {"y": "3"}).status_code == 404
    assert not Assessment.objects.exists()
    assert client.post(where, {"need": "3"}).status_code == 200


@pytest.mark.parametrize("others", [1, 40])
def test_a_saved_answer_takes_five_queries_and_a_transaction_at_any_number_of_answers(
    cast: Cast, client: Client, django_assert_num_queries: Any, others: int
) -> None:
    """Session, person, lock, answer, history; the test counts the beginning and the end of the transaction too."""
    row = fitting_round(measures=5)
    Assessment.objects.bulk_create(
        Assessment(round=row, rater=rater, measure=measure, criterion=criterion, grade=3, first_grade=3)
        for rater in StakeholderFactory.create_batch(others)
        for measure in row.measures.all()
        for criterion in row.criteria.all()
    )
    client.force_login(cast.stakeholder)
    where = answer(row, first_of(row), "need")
    with django_assert_num_queries(7) as found:
        client.post(where, {"need": "3"})
    control = [query["sql"] for query in found if "SAVEPOINT" in query["sql"]]
    assert len(control) == 2
    assert len(found) - len(control) == 5


def reason(assessment_round: AssessmentRound, measure: Measure) -> str:
    return reverse("measures:reason_save", args=[assessment_round.slug, measure.slug])


def test_a_reason_is_saved_at_once_or_with_the_sheet(cast: Cast, client: Client) -> None:
    row = fitting_round()
    client.force_login(cast.stakeholder)
    response = client.post(reason(row, first_of(row)), {"begruendung-text": "Es fehlen <Fachkräfte>."})
    assert (response.status_code, "gespeichert" in response.content.decode()) == (200, True)
    assert "Es fehlen &lt;Fachkräfte&gt;." in client.get(address(row, first_of(row))).content.decode()
    client.post(address(row, first_of(row)), {**ANSWERS, "begruendung-text": "Der Weg\r\nist weit."})
    assert AssessmentReason.objects.get().text == "Der Weg\nist weit."
    client.post(address(row, first_of(row)), ANSWERS)
    assert not AssessmentReason.objects.exists()
    client.force_login(cast.outsider)
    assert "Fachkräfte" not in client.get(address(row, first_of(row))).content.decode()


@pytest.mark.parametrize(("text", "words"), [("x" * 1001, "höchstens 1000 Zeichen"), ("\u200b\u202e", "lesbaren Text")])
def test_a_reason_that_cannot_be_kept_is_refused_at_its_field(
    cast: Cast, client: Client, text: str, words: str
) -> None:
    row = fitting_round()
    client.force_login(cast.stakeholder)
    response = client.post(reason(row, first_of(row)), {"begruendung-text": text})
    assert (response.status_code, words in response.content.decode()) == (422, True)
    whole = client.post(address(row, first_of(row)), {**ANSWERS, "begruendung-text": text})
    assert (whole.status_code, words in whole.content.decode()) == (422, True)
    assert not AssessmentReason.objects.exists()
    assert not Assessment.objects.exists()


def test_a_reason_is_taken_from_raters_of_an_open_round_only(cast: Cast, client: Client) -> None:
    row, over = fitting_round(), fitting_round(state="closed")
    values = {"begruendung-text": "Weil."}
    assert "nicht mehr angemeldet" in client.post(reason(row, first_of(row)), values).content.decode()
    client.force_login(cast.ministry)
    assert client.post(reason(row, first_of(row)), values).status_code == 404
    client.force_login(cast.outsider)
    assert "beendet" in client.post(reason(over, first_of(over)), values).content.decode()
    assert client.post(reason(row, MeasureFactory.create()), values).status_code == 404
    assert client.get(reason(row, first_of(row))).status_code == 405
    assert not AssessmentReason.objects.exists()


PEOPLE = ("guest", "stakeholder", "colleague", "outsider", "project_office", "ministry")
SAVED, REFUSED, HIDDEN = 200, 422, 404


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("time", ["draft", "before", "during", "after", "ended"])
def test_an_answer_by_cast_and_time(cast: Cast, client: Client, name: str, time: str) -> None:
    values: dict[str, Any] = {"state": {"draft": "draft", "ended": "closed"}.get(time, "published")}
    values["opens_at"] = timezone.now() + timedelta(days={"before": 1, "after": -3}.get(time, -1))
    row = fitting_round(**values, closes_at=values["opens_at"] + timedelta(days=2))
    if name != "guest":
        client.force_login(getattr(cast, name))
    expected = {"draft": HIDDEN, "during": SAVED}.get(time, REFUSED)
    if name in {"project_office", "ministry"}:
        expected = HIDDEN
    if name == "guest":
        expected = REFUSED
    assert client.post(answer(row, first_of(row), "need"), {"need": "3"}).status_code == expected
    assert Assessment.objects.exists() == (expected == SAVED)
