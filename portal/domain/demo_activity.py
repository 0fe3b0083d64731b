from collections.abc import Iterable
from datetime import datetime

from measures.models import Assessment, AssessmentRound
from stakeholders.domain.activity import Kind, note_activities, subject
from theses.models import Stance, Thesis
from workshops.models import Registration, Workshop


def load_demo_activities() -> None:
    """The history of the invented people, told of what was loaded before; one statement for each thing and kind."""
    for thesis in Thesis.objects.filter(demo=True, author__isnull=False):
        _tell(Kind.CONTRIBUTED, "thesis", thesis, [thesis.author_id], thesis.submitted_at)
        answered = Stance.objects.filter(thesis=thesis).values_list("person", flat=True)
        _tell(Kind.TOOK_STANCE, "thesis", thesis, answered, thesis.published_at)
    for workshop in Workshop.objects.filter(demo=True):
        coming = Registration.objects.filter(workshop=workshop).current().values_list("person", flat=True)
        _tell(Kind.INVITED, "workshop", workshop, coming, None)
        _tell(Kind.REGISTERED, "workshop", workshop, coming, None)
    for assessment_round in AssessmentRound.objects.filter(demo=True):
        raters = Assessment.objects.filter(round=assessment_round).values_list("rater", flat=True).distinct()
        _tell(Kind.ASSESSED, "round", assessment_round, raters, assessment_round.opens_at)


def _tell(
    kind: Kind,
    name: str,
    thing: Thesis | Workshop | AssessmentRound,
    people: Iterable[int | None],
    at: datetime | None,
) -> None:
    note_activities(people=[number for number in people if number], kind=kind, at=at, **subject(name, thing))
