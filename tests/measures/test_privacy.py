"""What the app hands out about a person, and what is left after erasure."""

import json

from measures import privacy
from measures.domain.assessment import rate
from measures.domain.ranking import freeze
from measures.models import Assessment, FormerRater, Ranking
from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.measures import fitting_round, rated_round
from tests.factories.stakeholders import OrganisationFactory


def test_collect_tells_every_answer_of_the_person_alone(cast: Cast) -> None:
    row = fitting_round()
    for person in (cast.stakeholder, cast.outsider):
        rate(assessment_round=row, measure=row.measures.all()[0], rater=person, grades={"need": 4, "fit": None})
    collected = json.loads(json.dumps(privacy.collect(cast.stakeholder)))
    assert [(answer["criterion"], answer["grade"]) for answer in collected["assessments"]] == [
        ("Passfähigkeit", None),
        ("Bedarf", 4),
    ]
    assert collected["frozen_rankings"] == []


def test_erase_takes_the_answers_of_a_running_round(cast: Cast) -> None:
    row = fitting_round()
    for person in (cast.stakeholder, cast.outsider):
        rate(assessment_round=row, measure=row.measures.all()[0], rater=person, grades={"need": 4, "fit": None})
    privacy.erase(cast.stakeholder)
    assert {answer.rater for answer in Assessment.objects.all()} == {cast.outsider}
    assert not FormerRater.objects.exists()


def test_erase_leaves_frozen_rankings(cast: Cast) -> None:
    ranking = freeze(assessment_round=rated_round(), actor=cast.project_office)
    assert len(json.loads(json.dumps(privacy.collect(cast.project_office)))["frozen_rankings"]) == 1
    privacy.erase(cast.project_office)
    kept = Ranking.objects.get(pk=ranking.pk)
    assert kept.created_by is None
    assert kept.result == ranking.result


def figures(ranking: Ranking) -> list[tuple[object, ...]]:
    return [(row["key"], row["rank"], round(row["score"], 9), row["status"]) for row in ranking.result["measures"]]


def test_round_that_is_over_counts_the_same_after_its_raters_are_gone(cast: Cast) -> None:
    row = rated_round(measures=4)
    raters = Stakeholder.objects.filter(assessments__round=row).distinct().order_by("pk")
    raters = Stakeholder.objects.filter(pk__in=list(raters.values_list("pk", flat=True)[:9])).order_by("pk")
    shared, alone = OrganisationFactory.create_batch(2)
    Stakeholder.objects.filter(pk__in=[person.pk for person in raters[:3]]).update(organisation=shared)
    Stakeholder.objects.filter(pk=raters[4].pk).update(organisation=alone)
    before = freeze(assessment_round=row, actor=cast.project_office)
    for person in raters:
        privacy.erase(person)
    assert Assessment.objects.filter(former__isnull=False).exists()
    after = freeze(assessment_round=row, actor=cast.project_office, note="Konten wurden gelöscht.")
    assert after.version == 2
    assert figures(after) == figures(before)
    assert after.result["participation"] == before.result["participation"]
    assert (
        list(FormerRater.objects.filter(organisation__isnull=False).values_list("organisation")) == [(shared.pk,)] * 3
    )


def test_answers_of_staff_never_counted_and_go(cast: Cast) -> None:
    row = rated_round()
    rater = Stakeholder.objects.filter(assessments__round=row).distinct()[0]
    Stakeholder.objects.filter(pk=rater.pk).update(role=Stakeholder.Role.MINISTRY)
    rater.refresh_from_db()
    assert [fact.kept for fact in privacy.statement(rater) if fact.count] == [False]
    privacy.erase(rater)
    assert not FormerRater.objects.exists()
    assert not Assessment.objects.filter(rater=rater).exists()
