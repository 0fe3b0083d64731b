"""What this app knows about a person, and how it forgets."""

from django.db import models

from measures.models import Assessment, Ranking
from stakeholders.models import Stakeholder

MODELS: tuple[type[models.Model], ...] = (Assessment, Ranking)


def collect(person: Stakeholder) -> dict[str, object]:
    answers = Assessment.objects.filter(rater=person).select_related("round", "measure", "criterion")
    return {
        "assessments": [_answer(answer) for answer in answers.order_by("pk").iterator(chunk_size=2000)],
        "frozen_rankings": [
            {"round": ranking.round.title, "version": ranking.version, "at": ranking.created_at.isoformat()}
            for ranking in Ranking.objects.listed().filter(created_by=person)
        ],
    }


def erase(person: Stakeholder) -> None:
    """Answers go. Frozen rankings stay as they are: they know raters by number only, and the number of no account."""
    Assessment.objects.filter(rater=person).delete()
    Ranking.objects.filter(created_by=person).update(created_by=None)


def _answer(answer: Assessment) -> dict[str, object]:
    return {
        "round": answer.round.title,
        "measure": answer.measure.title,
        "criterion": answer.criterion.label,
        "grade": answer.grade,
        "first_grade": answer.first_grade,
        "created_at": answer.created_at.isoformat(),
        "changed_at": answer.changed_at.isoformat(),
    }
