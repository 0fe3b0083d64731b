from datetime import timedelta

import numpy as np
from django.utils import timezone

from measures.domain.ranking import freeze, publish_ranking
from measures.domain.round import close_round, create_round, publish_round
from measures.models import Assessment, AssessmentRound, Measure
from stakeholders.models import Stakeholder

QUESTION = "Wie gut passt die Maßnahme zu den Gegebenheiten in Ihrer Region?"
QUESTION_EN = "How well does the measure fit the conditions in your region?"
ANSWERED = 0.75
"""Share of the questions that a person of the demonstration answers; the rest is "kann ich nicht beurteilen"."""


def load_demo_rounds(*, people: list[Stakeholder], actor: Stakeholder, chance: np.random.Generator) -> None:
    """A finished round with a published ranking, and one that is open now."""
    finished = open_round("demo-runde-1", "Erste Bewertungsrunde", "First assessment round", days_ago=30, actor=actor)
    rate(finished, people, chance)
    ranking = freeze(assessment_round=close_round(assessment_round=finished, actor=actor), actor=actor)
    publish_ranking(ranking=ranking, actor=actor)
    open_round("demo-runde-2", "Zweite Bewertungsrunde", "Second assessment round", days_ago=1, actor=actor)


def open_round(slug: str, title: str, title_en: str, *, days_ago: int, actor: Stakeholder) -> AssessmentRound:
    now = timezone.now()
    draft = create_round(
        slug=slug,
        title=f"{title} (Demonstration)",
        question=QUESTION,
        opens_at=now - timedelta(days=days_ago),
        closes_at=now + timedelta(days=28),
        measures=Measure.objects.published(),
        demo=True,
    )
    AssessmentRound.objects.filter(pk=draft.pk).update(title_en=f"{title_en} (demonstration)", question_en=QUESTION_EN)
    return publish_round(assessment_round=draft, actor=actor)


def rate(assessment_round: AssessmentRound, people: list[Stakeholder], chance: np.random.Generator) -> None:
    """Grades from the measure's quality, the group's view of it and a person's own mood."""
    measures, criteria = list(assessment_round.measures.all()), list(assessment_round.criteria.all())
    quality = chance.normal(3.2, 0.5, size=len(measures))
    groups = {person.group_id: chance.normal(0, 0.4, size=len(measures)) for person in people}
    rows = []
    for person in people:
        mood = chance.normal(0, 0.4)
        for m, measure in enumerate(measures):
            for criterion in criteria:
                drawn = round_grade(quality[m] + groups[person.group_id][m] + mood + chance.normal(0, 0.8))
                grade = drawn if chance.random() < ANSWERED else None
                rows.append(
                    Assessment(
                        round=assessment_round,
                        rater=person,
                        measure=measure,
                        criterion=criterion,
                        grade=grade,
                        first_grade=grade,
                    )
                )
    Assessment.objects.bulk_create(rows, batch_size=2000)


def round_grade(value: float) -> int:
    return int(np.clip(np.rint(value), 1, 5))
