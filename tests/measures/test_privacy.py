"""What the app hands out about a person, and what is left after erasure."""

import json

from measures import privacy
from measures.domain.assessment import rate
from measures.domain.ranking import freeze
from measures.models import Assessment, Ranking
from tests.cast import Cast
from tests.factories.measures import fitting_round, rated_round


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


def test_erase_takes_the_answers_and_leaves_frozen_rankings(cast: Cast) -> None:
    row = rated_round()
    ranking = freeze(assessment_round=row, actor=cast.project_office)
    rater = Assessment.objects.order_by("pk")[0].rater
    others = Assessment.objects.exclude(rater=rater).count()
    assert len(json.loads(json.dumps(privacy.collect(cast.project_office)))["frozen_rankings"]) == 1
    for person in (rater, cast.project_office):
        privacy.erase(person)
    assert Assessment.objects.count() == others
    kept = Ranking.objects.get(pk=ranking.pk)
    assert kept.created_by is None
    assert kept.result == ranking.result
