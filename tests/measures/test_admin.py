"""The desk: what the project office sees, does, and cannot do."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.domain.ranking import freeze
from measures.models import AssessmentRound, Measure, Ranking
from tests.cast import Cast
from tests.factories.measures import MeasureFactory, fitting_round, rated_round

ROUNDS = "admin:measures_assessmentround_changelist"
RANKINGS = "admin:measures_ranking_changelist"
MEASURES = "admin:measures_measure_changelist"


def act(client: Client, where: str, action: str, *rows: Any) -> str:
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    response = client.post(reverse(where), data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_round_is_published_closed_frozen_and_its_result_published(office: Client) -> None:
    row = rated_round()
    row.closes_at = timezone.now() + timedelta(days=1)
    row.state = "draft"
    row.save()
    assert "stehen nun fest" in act(office, ROUNDS, "publish", row)
    assert "läuft noch" in act(office, ROUNDS, "freeze", row)
    assert "ist beendet" in act(office, ROUNDS, "close", row)
    assert "eingefroren" in act(office, ROUNDS, "freeze", row)
    ranking = Ranking.objects.get()
    assert "für alle veröffentlicht" in act(office, RANKINGS, "publish", ranking)
    assert Ranking.objects.get().published
    assert "nur noch Ministerium" in act(office, RANKINGS, "withdraw", ranking)
    assert not Ranking.objects.get().published


def test_refusal_of_one_round_is_told_and_does_not_stop_the_others(office: Client) -> None:
    empty, full = fitting_round(measures=0, state="draft"), fitting_round(state="draft")
    page = act(office, ROUNDS, "publish", empty, full)
    assert "mindestens eine Maßnahme" in page
    assert "stehen nun fest" in page
    assert AssessmentRound.objects.get(pk=full.pk).state == "published"
    assert AssessmentRound.objects.get(pk=empty.pk).state == "draft"


def form(measures: list[Measure], **values: Any) -> dict[str, Any]:
    now = timezone.localtime()
    return {
        "title": "Neue Runde",
        "slug": "neue-runde",
        "question": "Was passt?",
        "opens_at": f"{now:%Y-%m-%dT%H:%M}",
        "closes_at": f"{now + timedelta(days=7):%Y-%m-%dT%H:%M}",
        "measures": [measure.pk for measure in measures],
        "min_raters": 5,
        "min_groups": 2,
        "top": 3,
        "seed": 1,
        "criteria-TOTAL_FORMS": 0,
        "criteria-INITIAL_FORMS": 0,
        **values,
    }


def test_new_round_gets_the_four_criteria(office: Client) -> None:
    office.post(reverse("admin:measures_assessmentround_add"), form(MeasureFactory.create_batch(2)))
    created = AssessmentRound.objects.get(slug="neue-runde")
    assert created.state == "draft"
    assert created.criteria.count() == 4


def test_new_round_that_closes_before_it_opens_is_refused(office: Client) -> None:
    where = reverse("admin:measures_assessmentround_add")
    response = office.post(where, form(MeasureFactory.create_batch(1), closes_at="2020-01-01T10:00"))
    assert "Das Ende muss nach dem Beginn liegen." in response.content.decode()
    assert not AssessmentRound.objects.exists()


def test_published_round_keeps_everything_but_its_english_texts(office: Client) -> None:
    row = fitting_round()
    where = reverse("admin:measures_assessmentround_change", args=[row.pk])
    page = office.get(where).content.decode()
    for name in ("title", "measures", "opens_at", "top", "criteria-0-weight"):
        assert f'name="{name}"' not in page
    changed = form([], title_en="English title", **{"criteria-0-weight": "0.9"})
    assert office.post(where, changed).status_code == 302
    again = AssessmentRound.objects.get(pk=row.pk)
    assert (again.title, again.title_en, again.measures.count()) == (row.title, "English title", 3)
    assert {str(criterion.weight) for criterion in again.criteria.all()} == {"0.2500"}


def test_published_round_and_its_measures_cannot_be_deleted(office: Client) -> None:
    row = fitting_round()
    measure = row.measures.all()[0]
    where = reverse("admin:measures_assessmentround_delete", args=[row.pk])
    assert office.post(where, {"post": "yes"}).status_code == 403
    where = reverse("admin:measures_measure_delete", args=[measure.pk])
    assert office.post(where, {"post": "yes"}).status_code == 403
    act(office, MEASURES, "delete_selected", measure)
    assert row.measures.count() == 3


def test_ranking_can_be_read_and_not_edited(cast: Cast, office: Client) -> None:
    ranking = freeze(assessment_round=rated_round(), actor=cast.project_office)
    where = reverse("admin:measures_ranking_change", args=[ranking.pk])
    page = office.get(where).content.decode()
    assert ranking.hash in page
    assert ranking.get_absolute_url() in page
    assert office.post(where, {"note": "x"}).status_code == 403
    assert office.get(reverse("admin:measures_ranking_add")).status_code == 403
    assert office.post(reverse("admin:measures_ranking_delete", args=[ranking.pk])).status_code == 403


def test_measures_are_withdrawn_and_published_by_action(office: Client) -> None:
    free, rated = MeasureFactory.create(), fitting_round().measures.all()[0]
    assert "1 Maßnahme zurückgezogen" in act(office, MEASURES, "withdraw", free)
    assert "Beenden Sie zuerst die Runde" in act(office, MEASURES, "withdraw", rated)
    assert "1 Maßnahme veröffentlicht" in act(office, MEASURES, "publish", free)
    assert not Measure.objects.filter(published=False).exists()


@pytest.mark.parametrize(("where", "queries"), [(ROUNDS, 6), (RANKINGS, 6), (MEASURES, 7)])
def test_desk_lists_take_the_same_queries_at_any_size(
    cast: Cast, office: Client, django_assert_max_num_queries: Any, where: str, queries: int
) -> None:
    for more in (1, 12):
        for _each in range(more):
            Ranking.objects.create(
                round=fitting_round(),
                version=1,
                data=b"",
                result={},
                labels={},
                hash="sha256:0",
                created_by=cast.project_office,
            )
        with django_assert_max_num_queries(queries):
            assert office.get(reverse(where)).status_code == 200


@pytest.mark.parametrize("where", [ROUNDS, RANKINGS, MEASURES, "admin:measures_assessmentround_add"])
def test_desk_is_closed_to_others(cast: Cast, client: Client, where: str) -> None:
    assert client.get(reverse(where)).status_code == 302
    for person in (cast.ministry, cast.stakeholder, cast.outsider):
        client.force_login(person)
        assert client.get(reverse(where)).status_code == 302
