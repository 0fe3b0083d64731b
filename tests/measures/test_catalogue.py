"""The starting catalogue, and when a measure may be published or withdrawn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from measures.domain.catalogue import (
    change_status,
    load_catalogue,
    publish_due,
    publish_measures,
    refuse_unfit_time,
    withdraw_measures,
)
from measures.models import AssessmentRound, FieldOfAction, Measure
from measures.tasks import publish_due_measures
from measures.verbs import MeasureVerb
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.measures import MeasureFactory, fitting_round

PRESS = "Medieninformation des Sächsischen Staatsministeriums"
LIST = "Empfehlungen der StrategieWerkstatt"


@pytest.mark.django_db
def test_load_catalogue_brings_two_fields_with_six_measures_each() -> None:
    assert load_catalogue() == 12
    assert [field.measures.count() for field in FieldOfAction.objects.all()] == [6, 6]
    sources = list(Measure.objects.values_list("source", flat=True))
    assert sum(source.startswith(PRESS) for source in sources) == 6
    assert sum(source.startswith(LIST) for source in sources) == 6


@pytest.mark.django_db
def test_load_catalogue_brings_complete_texts_in_both_languages() -> None:
    load_catalogue()
    for measure in Measure.objects.all():
        texts = (measure.title, measure.title_en, measure.summary, measure.summary_en)
        assert all(texts), measure.slug
        assert measure.description
        assert measure.description_en
        assert measure.status == Measure.Status.PROPOSED
        measure.full_clean()


@pytest.mark.django_db
def test_load_catalogue_again_creates_what_is_missing_and_overwrites_nothing() -> None:
    load_catalogue()
    Measure.objects.filter(slug="tgz-4-0").update(title="Neuer Titel", status=Measure.Status.CONCEPT)
    Measure.objects.get(slug="innoslam").delete()
    assert load_catalogue() == 1
    assert Measure.objects.get(slug="tgz-4-0").title == "Neuer Titel"
    assert Measure.objects.get(slug="tgz-4-0").status == Measure.Status.CONCEPT
    assert Measure.objects.filter(slug="innoslam").exists()


def test_withdraw_and_publish_are_on_record_once(cast: Cast) -> None:
    measure = MeasureFactory.create()
    assert withdraw_measures(measures=[measure], actor=cast.project_office) == 1
    assert withdraw_measures(measures=[measure], actor=cast.project_office) == 0
    assert publish_measures(measures=[measure], actor=cast.project_office) == 1
    assert publish_measures(measures=[measure], actor=cast.project_office) == 0
    measure.refresh_from_db()
    assert measure.published
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [MeasureVerb.MEASURE_WITHDRAWN, MeasureVerb.MEASURE_PUBLISHED]


def test_withdraw_is_refused_while_the_measure_is_rated(cast: Cast) -> None:
    assessment_round = fitting_round()
    measures = list(assessment_round.measures.all())
    with pytest.raises(Refusal, match="Beenden Sie zuerst die Runde"):
        withdraw_measures(measures=measures, actor=cast.project_office)
    assert not Measure.objects.filter(published=False).exists()
    assessment_round.state = AssessmentRound.State.CLOSED
    assessment_round.save(update_fields=["state"])
    assert withdraw_measures(measures=measures, actor=cast.project_office) == 3


def test_what_is_due_is_published_once_and_by_the_portal(cast: Cast) -> None:
    hour = timedelta(hours=1)
    due = MeasureFactory.create(published=False, publish_at=timezone.now() - 48 * hour)
    later = MeasureFactory.create(published=False, publish_at=timezone.now() + hour)
    unplanned = MeasureFactory.create(published=False)
    assert [publish_due_measures(), publish_due()] == [1, 0]
    assert list(Measure.objects.published()) == [due]
    due.refresh_from_db()
    assert due.publish_at is None
    entry = AuditEntry.objects.get(verb=MeasureVerb.MEASURE_PUBLISHED)
    assert (entry.actor, entry.target_id) == (None, due.pk)
    withdraw_measures(measures=[due], actor=cast.project_office)
    assert publish_due() == 0
    publish_measures(measures=[later, unplanned], actor=cast.project_office)
    later.refresh_from_db()
    assert later.publish_at is None


def test_withdrawing_gives_up_the_planned_time(cast: Cast) -> None:
    measure = MeasureFactory.create(publish_at=timezone.now() - timedelta(hours=1))
    withdraw_measures(measures=[measure], actor=cast.project_office)
    assert publish_due() == 0


@pytest.mark.parametrize(
    ("hours", "published", "sentence"), [(-1, False, "ist vorbei"), (1, True, "braucht keinen Zeitpunkt")]
)
def test_an_unfit_time_to_publish_is_refused(hours: int, published: bool, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        refuse_unfit_time(publish_at=timezone.now() + timedelta(hours=hours), published=published)
    assert refused.value.field == "publish_at"
    refuse_unfit_time(publish_at=None, published=True)
    refuse_unfit_time(publish_at=timezone.now() + timedelta(hours=1), published=False)


def test_the_status_of_several_measures_is_changed_and_told(cast: Cast) -> None:
    first, second = MeasureFactory.create(), MeasureFactory.create(status="done")
    measures = [first, second]
    assert change_status(measures=measures, status="done", actor=cast.project_office) == 1
    assert change_status(measures=measures, status="done", actor=cast.project_office) == 0
    entry = AuditEntry.objects.get(verb=MeasureVerb.MEASURE_STATUS_CHANGED)
    assert (entry.target_id, entry.facts) == (first.pk, {"from": "proposed", "to": "done"})
    with pytest.raises(Refusal, match="Diesen Stand gibt es nicht"):
        change_status(measures=measures, status="fertig", actor=cast.project_office)
    assert set(Measure.objects.values_list("status", flat=True)) == {"done"}
