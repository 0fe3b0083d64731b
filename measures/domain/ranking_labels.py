"""What a frozen ranking keeps beside its figures, so that later edits of titles and accounts change no report."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from measures.domain.concealment import concealed_districts
from measures.domain.open_data import tells_of_few
from measures.domain.round_ratings import RoundRatings
from measures.models import Assessment, AssessmentRound
from stakeholders.models import Channel, District, Stakeholder, StakeholderGroup


def labels(assessment_round: AssessmentRound, ratings: RoundRatings, result: Mapping[str, Any]) -> dict[str, Any]:
    """What the keys of the result mean in both languages at this moment, the terms that were published, how people
    took part, what must not be shown of `result`, and whether the anonymised ratings may be open data.

    Lists, because the database keeps no order of the keys of an object.
    """
    data = ratings.data
    return {
        "round": {
            "slug": assessment_round.slug,
            "title": _both(assessment_round, "title"),
            "question": _both(assessment_round, "question"),
            "opens_at": assessment_round.opens_at.isoformat(),
            "closes_at": assessment_round.closes_at.isoformat(),
        },
        "criteria": [
            {
                "key": criterion.key,
                **_both(criterion, "label"),
                "question": _both(criterion, "question"),
                "weight": float(criterion.weight),
            }
            for criterion in assessment_round.criteria.all()
        ],
        "measures": [{"key": row.slug, **_both(row, "title")} for row in assessment_round.measures.all()],
        "groups": [{"key": row.key, **_both(row, "name")} for row in StakeholderGroup.objects.all()],
        "districts": [{"key": row.key, **_both(row, "name")} for row in District.objects.all()],
        "unknown": ratings.unknown,
        "channels": _channels(assessment_round),
        "answers": {
            "given": len(data.rating),
            "possible": len(data.rater_group) * len(data.measures) * int((data.weights > 0).sum()),
        },
        "concealed_districts": concealed_districts(data, result["measures"]),
        "open_data": not tells_of_few(data),
    }


def _channels(assessment_round: AssessmentRound) -> list[list[Any]]:
    """How many people answered by another way than the portal; who used several counts for the first in the list."""
    counted = Q(former__isnull=False) | Q(rater__in=Stakeholder.objects.taking_part())
    rows = Assessment.objects.filter(counted, round=assessment_round, grade__isnull=False).exclude(channel=Channel.WEB)
    people: dict[tuple[int | None, int | None], str] = {}
    order = Channel.values
    for rater, former, channel in rows.values_list("rater", "former", "channel").distinct().order_by():
        person = (rater, former)
        if person not in people or order.index(channel) < order.index(people[person]):
            people[person] = channel
    counts = Counter(people.values())
    return [[channel, counts[channel]] for channel in order if counts[channel]]


def _both(row: models.Model, field: str) -> dict[str, str]:
    german = getattr(row, field)
    return {"de": german, "en": getattr(row, f"{field}_en") or german}
