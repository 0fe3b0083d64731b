"""Answers of invented people: on some theses all groups agree, on some they are apart, on others two camps run through
all groups, so that every kind of figure has something to show."""

from collections.abc import Sequence

import numpy as np

from stakeholders.models import Stakeholder
from theses.domain.stance import recount_stances
from theses.models import Stance, Thesis

SEED = 2027
ANSWERING = 0.85
AGREED, APART = 3, 6
"""The first theses are agreed on, those up to the second number part the groups, the others the camps."""


def load_demo_stances(theses: Sequence[Thesis], people: Sequence[Stakeholder]) -> None:
    """Only published theses have answers. Two of three show their shares at once."""
    chance = np.random.default_rng(SEED)
    camp = chance.random(len(people)) < 0.5
    published = [thesis for thesis in theses if thesis.state == Thesis.State.PUBLISHED]
    for number, thesis in enumerate(published):
        thesis.hides_shares = number % 3 == 2
    Thesis.objects.bulk_update(published, ["hides_shares"])
    Stance.objects.bulk_create(
        Stance(thesis=thesis, person=person, value=_value(_leaning(number, person, bool(camp[place])), chance))
        for number, thesis in enumerate(published)
        for place, person in enumerate(people)
        if chance.random() < ANSWERING
    )
    recount_stances()


def _leaning(number: int, person: Stakeholder, camp: bool) -> float:
    """How likely this person is to agree."""
    if number < AGREED:
        return 0.99
    if number < APART:
        return 0.9 if (person.group_id or 0) % 2 else 0.15
    return 0.9 if camp == bool(number % 2) else 0.1


def _value(leaning: float, chance: np.random.Generator) -> int:
    shares = [leaning * 0.96, 0.03, (1 - leaning) * 0.96, 0.01]
    return int(
        chance.choice([Stance.Value.AGREE, Stance.Value.NEUTRAL, Stance.Value.DISAGREE, Stance.Value.PASS], p=shares)
    )
