"""The starting catalogue, and when a measure may be published or withdrawn."""

import pytest

from measures.domain.catalogue import load_catalogue, publish_measures, withdraw_measures
from measures.models import AssessmentRound, FieldOfAction, Measure
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
