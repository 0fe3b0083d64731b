import numpy as np

from measures.domain.fit import districts_to_rate
from measures.models import FitAssessment, Measure
from measures.models.fit import FIT_QUESTIONS
from portal.domain.demo_round import round_grade
from stakeholders.domain.activity import Kind, note_activities, subject
from stakeholders.models import District, Stakeholder

AT_HOME, ELSEWHERE = 0.55, 0.06
"""How likely somebody of the demonstration judges a measure for their own district, and for another one."""

ANSWERED = 0.93
SMALLEST_DISTRICTS = ("14523000", "14626000", "14730000")
"""Where few take part, so that small cells are seen to be hidden."""

REASONS = (
    "Die Betriebe im Kreis arbeiten schon in einem Netzwerk zusammen, darauf lässt sich aufbauen.",
    "Der Bedarf ist groß, aber es fehlen Fachkräfte, die das vor Ort tragen.",
    "Ohne eine Anlaufstelle im Landkreis erreicht das Angebot kleine Unternehmen kaum.",
    "Die Wege zur nächsten Hochschule sind weit, das müsste mitgedacht werden.",
)


def load_demo_fits(*, people: list[Stakeholder], chance: np.random.Generator) -> None:
    """People judge measures for their own district and now and then for another one they know."""
    measures, districts = list(Measure.objects.published()), list(districts_to_rate())
    quality = chance.normal(3.2, 0.5, size=len(measures))
    place = chance.normal(0, 0.6, size=(len(measures), len(districts)))
    question = dict(zip(FIT_QUESTIONS, (0.5, 0.1, -0.1, -0.4), strict=True))
    rows = []
    for person in people:
        mood = chance.normal(0, 0.4)
        for m, measure in enumerate(measures):
            for d, district in enumerate(districts):
                if chance.random() < _likely(person, district):
                    drawn = quality[m] + place[m, d] + mood
                    rows.append(_fit(person, measure, district, drawn, question, chance))
    FitAssessment.objects.bulk_create(rows, batch_size=2000)
    for measure in measures:
        raters = {row.rater_id for row in rows if row.measure_id == measure.pk}
        note_activities(people=raters, kind=Kind.ASSESSED, **subject("fit", measure))


def _likely(person: Stakeholder, district: District) -> float:
    likely = AT_HOME if person.district_id == district.pk else ELSEWHERE
    return likely / 3 if district.key in SMALLEST_DISTRICTS else likely


def _fit(
    person: Stakeholder,
    measure: Measure,
    district: District,
    drawn: float,
    question: dict[str, float],
    chance: np.random.Generator,
) -> FitAssessment:
    """The first question is always answered, the others mostly."""
    is_home = person.district_id == district.pk
    grades = {
        name: round_grade(drawn + more + chance.normal(0, 0.7))
        if name == FIT_QUESTIONS[0] or chance.random() < ANSWERED
        else None
        for name, more in question.items()
    }
    reason = REASONS[chance.integers(len(REASONS))] if chance.random() < 0.1 else ""
    knows = FitAssessment.Knows.WORKS if is_home else FitAssessment.Knows.ADVISES
    return FitAssessment(measure=measure, district=district, rater=person, knows=knows, reason=reason, **grades)
