"""Mails about rounds; each person gets each of them once for a round."""

from measures.models import AssessmentRound
from stakeholders.mails import Message, render_message
from stakeholders.models import Stakeholder


def round_opened(assessment_round: AssessmentRound, person: Stakeholder) -> Message:
    return _about_round("round_opened", assessment_round, person)


def round_reminder(assessment_round: AssessmentRound, person: Stakeholder) -> Message:
    return _about_round("round_reminder", assessment_round, person)


def _about_round(name: str, assessment_round: AssessmentRound, person: Stakeholder) -> Message:
    return render_message(
        f"measures/{name}",
        key=f"{name}:{assessment_round.pk}:{person.pk}",
        kind=name,
        person=person,
        context={"round": assessment_round},
    )
