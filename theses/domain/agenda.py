"""What a workshop could talk about, proposed from what the stances on open theses say."""

from dataclasses import dataclass

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from measures.models import Measure
from publishing.numbers import percent
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder, Topic
from theses.domain.common_ground import Rules, common_ground, eligible_groups, within
from theses.domain.intervals import Floats, Ints, shares
from theses.domain.moderation import check_office
from theses.domain.opinions import SMALLEST_VOICE, Answers
from theses.domain.stance_counts import Counts, counts_of
from theses.domain.tally import AGREE, DISAGREE, PASSED
from theses.models import Agenda, AgendaItem, Thesis
from theses.verbs import ThesisVerb

MOST_THESES = 50
EACH_KIND = 3
"""Points proposed of each kind; the project office adds and removes others by hand."""

MINUTES_TO_CONNECT, MINUTES_TO_DIVIDE = 10, 20
CONNECTS, DIVIDES = 0.5, 0.25
"""At least half agrees in every group with a voice; a quarter lies between two groups or the inside is as split."""


@dataclass(frozen=True, slots=True)
class Point:
    thesis: Thesis
    why: str
    minutes: int


@transaction.atomic
def propose_agenda(*, actor: Stakeholder, topic: Topic | None = None, measure: Measure | None = None) -> Agenda:
    """First what connects, so that everybody begins on common ground, then what divides most.

    Looks at the open theses with most stances, `MOST_THESES` at most. Raises Refusal when nothing is named or no thesis
    has enough stances.
    """
    check_office(actor)
    if (topic is None) == (measure is None):
        raise Refusal(_("Wählen Sie ein Thema oder eine Maßnahme."))
    about = {"topic": topic} if topic else {"measure": measure}
    theses = Thesis.objects.filter(**about, state=Thesis.State.PUBLISHED).order_by("-stance_count", "pk")[:MOST_THESES]
    with override("de"):
        points = points_of(list(theses))
        title = _("Worüber wir sprechen: %(about)s") % {"about": topic or measure}
    if not points:
        raise Refusal(_("Dazu gibt es noch keine These mit genügend Haltungen aus zwei Gruppen."))
    agenda = Agenda.objects.create(title=title[:200], topic=topic, measure=measure)
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(
                agenda=agenda,
                position=number,
                title=point.thesis.sentence,
                thesis=point.thesis,
                why=point.why,
                minutes=point.minutes,
            )
            for number, point in enumerate(points, start=1)
        ]
    )
    record(ThesisVerb.AGENDA_PROPOSED, actor=actor, target=agenda, facts={"items": len(points)})
    return agenda


def points_of(theses: list[Thesis]) -> list[Point]:
    """Methods, sections 2.2 to 2.4: the floor under all groups, and the larger of distance and inner split."""
    found = counts_of(theses)
    counts = _table([found[thesis.pk] for thesis in theses])
    if not counts.size:
        return []
    rules = Rules.usual(np.ones(len(counts), dtype=bool))
    floor = common_ground(counts, rules).floor
    apart, inside = _apart(counts, rules), within(counts, smallest_voice=SMALLEST_VOICE)
    comparable = eligible_groups(counts, rules).sum(axis=0) >= 2
    connect = _best(np.where(comparable, floor, np.nan), CONNECTS)
    dividing = np.where(comparable, np.fmax(apart, inside), np.nan)
    divide = [each for each in _best(dividing, DIVIDES) if each not in connect]
    return [
        *(Point(theses[each], _connecting(float(floor[each])), MINUTES_TO_CONNECT) for each in connect),
        *(
            Point(theses[each], _dividing(float(apart[each]), float(inside[each])), MINUTES_TO_DIVIDE)
            for each in divide
        ),
    ]


def _table(groups_of_theses: list[Counts]) -> Ints:
    """int64[G, J, 3] over the declared groups; neutral answers are seen without a position, as methods say."""
    keys = sorted({key for groups in groups_of_theses for key in groups if key is not None})
    counts = np.zeros((len(keys), len(groups_of_theses), 3), dtype=np.int64)
    for thesis, groups in enumerate(groups_of_theses):
        for row, key in enumerate(keys):
            answers = groups.get(key, Answers())
            counts[row, thesis, AGREE] = answers.agree
            counts[row, thesis, DISAGREE] = answers.disagree
            counts[row, thesis, PASSED] = answers.neutral + answers.passed
    return counts


def _apart(counts: Ints, rules: Rules) -> Floats:
    """float[J]: the largest share that agrees in a group with a voice minus the smallest."""
    eligible = eligible_groups(counts, rules)
    share = shares(counts[:, :, AGREE], counts.sum(axis=2))
    highest = np.where(eligible, share, -np.inf).max(axis=0)
    lowest = np.where(eligible, share, np.inf).min(axis=0)
    return np.where(eligible.any(axis=0), highest - lowest, np.nan)


def _best(values: Floats, at_least: float) -> list[int]:
    order = np.argsort(-np.nan_to_num(values, nan=-1.0), kind="stable")
    return [int(each) for each in order if values[each] >= at_least][:EACH_KIND]


def _connecting(floor: float) -> str:
    return _("verbindet: In jeder Gruppe stimmen mindestens %(share)s zu.") % {"share": percent(floor, "de", 0)}


def _dividing(apart: float, inside: float) -> str:
    if apart >= inside:
        return _("trennt: Zwischen den Gruppen liegen %(share)s.") % {"share": percent(apart, "de", 0)}
    return _("trennt: Auch innerhalb der Gruppen gehen die Haltungen auseinander.")
