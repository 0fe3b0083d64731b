import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import AssessmentRound, FieldOfAction, Measure
from measures.models.measure import MeasureQuerySet
from measures.verbs import MeasureVerb
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder

SOURCE = Path(__file__).resolve().parent.parent / "starting_data" / "catalogue.json"


@transaction.atomic
def load_catalogue() -> int:
    """The two fields of action and twelve measures that the portal starts with; returns how many measures are new.

    Creates what is missing and overwrites nothing, so that the edits of the project office survive every start.
    """
    data = json.loads(SOURCE.read_text(encoding="utf-8"))
    created = 0
    for position, heading in enumerate(data["fields_of_action"], start=1):
        field, _is_new = FieldOfAction.objects.get_or_create(
            slug=heading["slug"],
            defaults={"title": heading["title"], "title_en": heading["title_en"], "position": position},
        )
        for place, entry in enumerate(heading["measures"], start=1):
            values = {**entry, "source": data["sources"][entry["source"]], "field_of_action": field, "position": place}
            _measure, is_new = Measure.objects.get_or_create(slug=values.pop("slug"), defaults=values)
            created += is_new
    return created


@transaction.atomic
def publish_measures(*, measures: Iterable[Measure], actor: Stakeholder) -> int:
    """Returns how many were not yet published. What was planned for later happens now."""
    hidden = _locked(measures).filter(published=False)
    for measure in hidden:
        _publish(measure, actor)
    return len(hidden)


@transaction.atomic
def publish_due() -> int:
    """Publish what the project office planned for a time that has come; returns how many measures.

    Repeating it is harmless, and nothing is lost while nobody asks: what is due stays due.
    """
    due = Measure.objects.filter(published=False, publish_at__lte=timezone.now())
    rows = list(due.select_for_update(skip_locked=True).order_by("pk"))
    for measure in rows:
        _publish(measure, None)
    return len(rows)


def refuse_unfit_time(*, publish_at: datetime | None, published: bool) -> None:
    """Before a time to publish at is kept."""
    if publish_at is None:
        return
    if published:
        raise Refusal(
            _(
                "Was veröffentlicht ist, braucht keinen Zeitpunkt. "
                "Nehmen Sie „veröffentlicht“ zurück, oder leeren Sie das Feld."
            ),
            field="publish_at",
        )
    if publish_at <= timezone.now():
        raise Refusal(
            _("Dieser Zeitpunkt ist vorbei. Wählen Sie einen späteren, oder veröffentlichen Sie die Maßnahme sofort."),
            field="publish_at",
        )


@transaction.atomic
def withdraw_measures(*, measures: Iterable[Measure], actor: Stakeholder) -> int:
    """Take measures off the public pages; returns how many were published before.

    Refused while one of them is being rated: raters would open a page that is gone.
    """
    shown = _locked(measures).filter(published=True)
    for measure in shown:
        refuse_withdrawal_while_rated(measure)
        measure.published, measure.publish_at = False, None
        measure.save(update_fields=["published", "publish_at", "changed_at"])
        record(MeasureVerb.MEASURE_WITHDRAWN, actor=actor, target=measure)
    return len(shown)


@transaction.atomic
def change_status(*, measures: Iterable[Measure], status: str, actor: Stakeholder) -> int:
    """Returns how many had another status. Raises Refusal for a status that does not exist."""
    if status not in Measure.Status.values:
        raise Refusal(_("Diesen Stand gibt es nicht. Bitte wählen Sie einen aus der Liste."), field="status")
    others = _locked(measures).exclude(status=status)
    for measure in others:
        facts: dict[str, object] = {"from": measure.status, "to": status}
        measure.status = status
        measure.save(update_fields=["status", "changed_at"])
        record(MeasureVerb.MEASURE_STATUS_CHANGED, actor=actor, target=measure, facts=facts)
    return len(others)


def refuse_withdrawal_while_rated(measure: Measure) -> None:
    rounds = AssessmentRound.objects.filter(measures=measure, state=AssessmentRound.State.PUBLISHED)
    for assessment_round in rounds:
        if not assessment_round.is_over:
            raise Refusal(
                _("„%(measure)s“ steht in der laufenden Runde „%(round)s“. Beenden Sie zuerst die Runde.")
                % {"measure": measure, "round": assessment_round},
                field="published",
            )


def _locked(measures: Iterable[Measure]) -> MeasureQuerySet:
    return Measure.objects.select_for_update().filter(pk__in=[measure.pk for measure in measures]).order_by("pk")


def _publish(measure: Measure, actor: Stakeholder | None) -> None:
    """Without a planned time afterwards: who withdraws it later shall not see it come back."""
    measure.published, measure.publish_at = True, None
    measure.save(update_fields=["published", "publish_at", "changed_at"])
    record(MeasureVerb.MEASURE_PUBLISHED, actor=actor, target=measure)
