"""The page of a round and the rating sheet, from the first answer to the refusal after closing."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.domain.assessment import Recording, rate
from measures.models import Assessment, AssessmentRound, Measure
from stakeholders.models import Channel
from tests.cast import Cast
from tests.factories.measures import MeasureFactory, fitting_round
from tests.factories.stakeholders import StakeholderFactory

ANSWERS = {"need": "5", "impact": "4", "feasibility": "unknown", "fit": "1"}


def address(assessment_round: AssessmentRound, measure: Measure) -> str:
    return reverse("measures:assessment_edit", args=[assessment_round.slug, measure.slug])


def first_of(assessment_round: AssessmentRound) -> Measure:
    return assessment_round.measures.order_by("slug")[0]


def test_sheet_asks_four_questions_and_saves(cast: Cast, client: Client) -> None:
    row = fitting_round()
    client.force_login(cast.stakeholder)
    page = client.get(address(row, first_of(row))).content.decode()
    assert page.count('type="radio"') == 24
    assert page.count("<fieldset") == 4
    assert page.count("kann ich nicht beurteilen") == 4
    response = client.post(address(row, first_of(row)), ANSWERS)
    assert response.status_code == 302
    stored = dict(Assessment.objects.values_list("criterion__key", "grade"))
    assert stored == {"need": 5, "impact": 4, "feasibility": None, "fit": 1}
    following = client.get(response["Location"])
    assert following.context["measure"] != first_of(row)
    assert "ist gespeichert" in following.content.decode()


def test_sheet_tells_what_the_office_recorded_until_it_is_replaced(cast: Cast, client: Client) -> None:
    row = fitting_round()
    recording = Recording(actor=cast.project_office, channel=Channel.LETTER)
    grades = {"need": 1, "impact": 1, "feasibility": 1, "fit": 1}
    rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades=grades, recording=recording)
    client.force_login(cast.stakeholder)
    page = client.get(address(row, first_of(row))).content.decode()
    assert "Das Projektbüro hat Antworten für Sie erfasst (per Brief)" in page
    client.post(address(row, first_of(row)), ANSWERS)
    assert "Das Projektbüro hat" not in client.get(address(row, first_of(row))).content.decode()
    client.force_login(cast.outsider)
    assert "Das Projektbüro hat" not in client.get(address(row, first_of(row))).content.decode()


def test_sheet_shows_own_answers_again(cast: Cast, client: Client) -> None:
    row = fitting_round()
    rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades={"need": 5, "impact": None})
    client.force_login(cast.stakeholder)
    page = client.get(address(row, first_of(row))).content.decode()
    assert page.count(" checked") == 2
    client.force_login(cast.outsider)
    assert " checked" not in client.get(address(row, first_of(row))).content.decode()


def test_last_measure_leads_back_to_the_round_with_thanks(cast: Cast, client: Client) -> None:
    row = fitting_round(measures=1)
    client.force_login(cast.stakeholder)
    response = client.post(address(row, first_of(row)), ANSWERS, follow=True)
    page = response.content.decode()
    assert response.redirect_chain[-1][0] == row.get_absolute_url()
    assert "alle Maßnahmen dieser Runde bewertet" in page
    assert "1 von 1 Maßnahmen bewertet" in page


@pytest.mark.parametrize("grade", ["0", "6", "x", "9" * 400, "", "-1", "2.5"])
def test_sheet_refuses_a_step_that_is_none(cast: Cast, client: Client, grade: str) -> None:
    row = fitting_round()
    client.force_login(cast.stakeholder)
    response = client.post(address(row, first_of(row)), {**ANSWERS, "need": grade})
    assert response.status_code == 422
    assert "Bitte wählen Sie" in response.content.decode()
    assert not Assessment.objects.exists()


def test_sheet_without_answers_says_what_is_missing(cast: Cast, client: Client) -> None:
    row = fitting_round()
    client.force_login(cast.stakeholder)
    response = client.post(address(row, first_of(row)), {"charm": "3"})
    assert response.status_code == 422
    assert len(response.context["form"].errors) == 4
    assert client.post(address(row, first_of(row))).status_code == 422


def test_post_after_closing_is_refused_with_a_sentence(cast: Cast, client: Client) -> None:
    row = fitting_round()
    client.force_login(cast.stakeholder)
    assert client.get(address(row, first_of(row))).status_code == 200
    AssessmentRound.objects.filter(pk=row.pk).update(closes_at=timezone.now())
    for answers in (ANSWERS, {}):
        response = client.post(address(row, first_of(row)), answers, follow=True)
        assert response.redirect_chain[-1][0] == row.get_absolute_url()
        assert "Diese Runde ist beendet." in response.content.decode()
    assert not Assessment.objects.exists()


def test_sheet_of_a_measure_outside_the_round_is_404(cast: Cast, client: Client) -> None:
    row = fitting_round()
    client.force_login(cast.stakeholder)
    assert client.post(address(row, MeasureFactory.create()), ANSWERS).status_code == 404
    assert client.get(reverse("measures:assessment_edit", args=["nirgends", "nichts"])).status_code == 404
    draft = fitting_round(state="draft")
    assert client.get(address(draft, first_of(draft))).status_code == 404
    assert client.put(address(row, first_of(row))).status_code == 405


def test_sheet_leads_guests_and_incomplete_profiles_on_and_refuses_staff(cast: Cast, client: Client) -> None:
    row = fitting_round()
    where = address(row, first_of(row))
    assert client.get(where)["Location"] == f"{reverse('account_login')}?next={where}"
    client.force_login(StakeholderFactory.create(group=None))
    assert client.get(where)["Location"].startswith(reverse("stakeholders:profile"))
    for person in (cast.project_office, cast.ministry):
        client.force_login(person)
        assert client.get(where).status_code == 404
        assert client.post(where, ANSWERS).status_code == 404
    assert not Assessment.objects.exists()
    client.force_login(cast.outsider)
    assert client.get(where).status_code == 200


def test_round_page_shows_criteria_and_own_progress(cast: Cast, client: Client) -> None:
    row = fitting_round()
    rate(
        assessment_round=row,
        measure=first_of(row),
        rater=cast.stakeholder,
        grades={"need": 1, "impact": 1, "feasibility": 1, "fit": 1},
    )
    client.force_login(cast.stakeholder)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "1 von 3 Maßnahmen bewertet" in page
    assert "Weiter bewerten" in page
    assert page.count("25,00") == 4
    client.force_login(cast.outsider)
    assert "0 von 3 Maßnahmen bewertet" in client.get(row.get_absolute_url()).content.decode()


def test_round_page_says_what_each_visitor_can_do(cast: Cast, client: Client) -> None:
    row = fitting_round()
    assert "Anmelden und bewerten" in client.get(row.get_absolute_url()).content.decode()
    client.force_login(cast.ministry)
    assert "bewerten nicht mit" in client.get(row.get_absolute_url()).content.decode()
    client.force_login(StakeholderFactory.create(district=None))
    assert "Profil ergänzen und bewerten" in client.get(row.get_absolute_url()).content.decode()
    client.force_login(cast.outsider)
    assert "Bewertung beginnen" in client.get(row.get_absolute_url()).content.decode()


def test_round_page_says_when_it_opens_and_when_it_ended(cast: Cast, client: Client) -> None:
    now = timezone.now()
    coming = fitting_round(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=2))
    over = fitting_round(closes_at=now)
    assert "Diese Runde öffnet am" in client.get(coming.get_absolute_url()).content.decode()
    page = client.get(over.get_absolute_url()).content.decode()
    assert "Diese Runde endete am" in page
    assert "bewerten</a>" not in page
    client.force_login(cast.stakeholder)
    response = client.get(address(coming, first_of(coming)), follow=True)
    assert "noch nicht geöffnet" in response.content.decode()


def test_round_page_of_a_draft_is_for_the_project_office(cast: Cast, client: Client) -> None:
    draft = fitting_round(state="draft")
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(cast.project_office)
    assert "Entwurf" in client.get(draft.get_absolute_url()).content.decode()
    client.force_login(cast.outsider)
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("time", ["before", "during", "after"])
def test_round_page_publishes_how_it_is_evaluated_at_any_time(cast: Cast, client: Client, time: str) -> None:
    opens = timezone.now() + timedelta(days={"before": 1, "during": -1, "after": -3}[time])
    values: dict[str, Any] = {"opens_at": opens, "closes_at": opens + timedelta(days=2), "min_raters": 7, "top": 4}
    row = fitting_round(**values)
    assert cast.stakeholder.group
    row.required_groups.add(cast.stakeholder.group)
    for person in (None, cast.outsider, cast.ministry):
        if person:
            client.force_login(person)
        page = client.get(row.get_absolute_url()).content.decode()
        for words in (
            row.question,
            "mindestens 7 ihrer Antworten",
            "die ersten 4 Plätze",
            f"Ohne diese Gruppen gibt es keinen Rang: {cast.stakeholder.group}.",
            "derselben Organisation teilen sich",
            "Wie andere antworten, sieht niemand",
        ):
            assert words in page
        assert page.count("25,00") == 4


def test_round_page_says_when_others_are_shown(client: Client, db: None) -> None:
    row = fitting_round(shows_aggregates=True, cap_organisations=False)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Wer alle Fragen zu einer Maßnahme beantwortet hat, sieht, wie andere antworten" in page
    assert "derselben Organisation" not in page


@pytest.mark.parametrize("size", [1, 30])
def test_pages_of_a_round_take_the_same_queries_at_any_size(
    cast: Cast, client: Client, django_assert_num_queries: Any, size: int
) -> None:
    row = fitting_round(measures=size)
    client.force_login(cast.outsider)
    measure = first_of(row)
    with django_assert_num_queries(9):
        client.get(row.get_absolute_url())
    with django_assert_num_queries(10):
        client.get(address(row, measure))
