"""What a workshop could talk about, proposed from what the evaluation says of the open theses."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from measures.models import Measure
from publishing.numbers import percent
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder, Topic
from theses.domain.common_ground import Label
from theses.domain.evaluation import result_about
from theses.domain.moderation import check_office
from theses.models import Agenda, AgendaItem, Thesis
from theses.verbs import ThesisVerb

EACH_KIND = 3
"""Points proposed of each kind; the project office adds and removes others by hand."""

MINUTES_TO_CONNECT, MINUTES_TO_DIVIDE = 10, 20


@dataclass(frozen=True, slots=True)
class Point:
    """`thesis` by primary key."""

    thesis: int
    why: str
    minutes: int


@transaction.atomic
def propose_agenda(*, actor: Stakeholder, topic: Topic | None = None, measure: Measure | None = None) -> Agenda:
    """First what connects, so that everybody begins on common ground, then what divides, as the evaluation orders it.

    The figures are those of the evaluation page, a few minutes old like there. Raises Refusal when nothing is named or
    the evaluation finds neither bridges nor divides among the open theses.
    """
    check_office(actor)
    if (topic is None) == (measure is None):
        raise Refusal(_("Wählen Sie ein Thema oder eine Maßnahme."))
    theses = Thesis.objects.filter(topic=topic) if topic else Thesis.objects.filter(measure=measure)
    theses = theses.filter(state=Thesis.State.PUBLISHED)
    result = result_about(f"topic:{topic.key}" if topic else f"measure:{measure and measure.slug}", theses)
    sentences = dict(theses.filter(pk__in=[*result["bridges"], *result["divides"]]).values_list("pk", "sentence"))
    with override("de"):
        points = points_of(result, set(sentences))
        title = _("Worüber wir sprechen: %(about)s") % {"about": topic or measure}
    if not points:
        raise Refusal(_("Dazu gibt es noch keine These mit genügend Haltungen aus zwei Gruppen."))
    agenda = Agenda.objects.create(title=title[:200], topic=topic, measure=measure)
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(
                agenda=agenda,
                position=number,
                title=sentences[point.thesis],
                thesis_id=point.thesis,
                why=point.why,
                minutes=point.minutes,
            )
            for number, point in enumerate(points, start=1)
        ]
    )
    record(ThesisVerb.AGENDA_PROPOSED, actor=actor, target=agenda, facts={"items": len(points)})
    return agenda


def points_of(result: dict[str, Any], theses: set[int]) -> list[Point]:
    """`result` as `theses.domain.evaluation` stores it, `theses` by primary key: those that may be proposed."""
    figures = {row["thesis"]: row for row in result["theses"]}
    connect = [Point(key, _connecting(figures[key]), MINUTES_TO_CONNECT) for key in _first(result["bridges"], theses)]
    divide = [Point(key, _dividing(figures[key]), MINUTES_TO_DIVIDE) for key in _first(result["divides"], theses)]
    return connect + divide


def _first(keys: list[int], theses: set[int]) -> Iterator[int]:
    yield from [key for key in keys if key in theses][:EACH_KIND]


def _connecting(figures: dict[str, Any]) -> str:
    if figures["label"] == Label.CONSENSUS_REJECT:
        share = percent(figures["floor_rejection"], "de", 0)
        return _("verbindet: In jeder Gruppe lehnen mindestens %(share)s ab.") % {"share": share}
    return _("verbindet: In jeder Gruppe stimmen mindestens %(share)s zu.") % {
        "share": percent(figures["floor"], "de", 0)
    }


def _dividing(figures: dict[str, Any]) -> str:
    if figures["label"] == Label.DIVIDED_BETWEEN:
        share = percent(figures["between"]["value"], "de", 0)
        return _("trennt: Zwischen den Gruppen liegen %(share)s.") % {"share": share}
    return _("trennt: Auch innerhalb der Gruppen gehen die Haltungen auseinander.")
