"""Versions of a measure: listed with who and when, compared word by word, restored."""

from importlib import import_module
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.db import connection

from measures.domain.measure_history import (
    differences,
    restore_version,
    status_histories,
    status_history,
    versions_of,
)
from measures.models import FieldOfAction, Measure
from measures.verbs import MeasureVerb
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.word_difference import ADDED, REMOVED
from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.measures import FieldOfActionFactory, MeasureFactory

migration = import_module("measures.migrations.0011_history_of_known_measures")


def changed(measure: Measure, **values: object) -> Measure:
    for name, value in values.items():
        setattr(measure, name, value)
    measure.save()
    return measure


def newest(measure: Measure) -> int:
    return versions_of(measure)[0].event


def test_versions_tell_who_changed_what(cast: Cast) -> None:
    measure = MeasureFactory.create(title="Alt")
    with pghistory.context(user=cast.project_office.pk):
        changed(measure, title="Neu", status="in_review")
    second, first = versions_of(measure)
    assert (first.number, first.who, first.changed) == (1, "das Portal", ())
    assert (second.number, second.who) == (2, cast.project_office.display_name)
    assert second.changed == ("Titel", "Stand")
    cast.project_office.delete()
    assert versions_of(measure)[0].who.startswith("Person ")


@pytest.mark.django_db
def test_differences_are_word_by_word_and_name_the_language() -> None:
    other = FieldOfActionFactory.create(slug="fachkraefte", title="Fachkräfte")
    measure = MeasureFactory.create(summary="Mehr Werkstatt wagen.", title_en="Old")
    changed(measure, summary="Mehr Labor wagen.", title_en="New", field_of_action=other, published=False)
    after, before = versions_of(measure)
    found = {difference.label: difference for difference in differences(before, after)}
    assert set(found) == {"Kurzfassung", "Titel (englisch)", "Handlungsfeld", "veröffentlicht"}
    kinds = [(piece.kind, piece.text) for piece in found["Kurzfassung"].pieces if piece.kind in (ADDED, REMOVED)]
    assert kinds == [(REMOVED, "Werkstatt"), (ADDED, "Labor")]
    assert (found["Titel (englisch)"].language, found["Kurzfassung"].language) == ("en", "de")
    assert [piece.text for piece in found["Handlungsfeld"].pieces if piece.kind == ADDED] == ["Fachkräfte"]
    assert [piece.text for piece in found["veröffentlicht"].pieces] == ["ja", "nein"]


def test_restoring_brings_texts_back_as_a_new_version_and_keeps_address_and_publication(cast: Cast) -> None:
    measure = MeasureFactory.create(title="Alt", status="in_review", slug="adresse")
    changed(measure, title="Neu", status="done", published=False)
    arguments: dict[str, Any] = {"measure": measure, "number": 1, "actor": cast.project_office}
    assert restore_version(seen=newest(measure), **arguments)
    measure.refresh_from_db()
    assert (measure.title, measure.status, measure.slug) == ("Alt", "in_review", "adresse")
    assert not measure.published
    assert [version.number for version in versions_of(measure)] == [3, 2, 1]
    entry = AuditEntry.objects.get(verb=MeasureVerb.MEASURE_RESTORED)
    assert (entry.actor, entry.facts) == (cast.project_office, {"version": 1, "fields": ["title", "status"]})
    assert not restore_version(seen=newest(measure), **arguments)
    assert AuditEntry.objects.filter(verb=MeasureVerb.MEASURE_RESTORED).count() == 1


def test_restoring_is_refused_when_somebody_saved_meanwhile(cast: Cast) -> None:
    measure = changed(MeasureFactory.create(title="Alt"), title="Neu")
    seen = newest(measure)
    changed(measure, title="Ganz neu")
    with pytest.raises(Refusal, match="Inzwischen hat jemand"):
        restore_version(measure=measure, number=1, seen=seen, actor=cast.project_office)
    measure.refresh_from_db()
    assert measure.title == "Ganz neu"


def test_restoring_is_refused_without_such_a_version_or_its_field(cast: Cast) -> None:
    gone = FieldOfActionFactory.create(slug="weg", title="Weg")
    measure = MeasureFactory.create(field_of_action=gone)
    changed(measure, field_of_action=FieldOfActionFactory.create(slug="da", title="Da"))
    other = MeasureFactory.create()
    FieldOfAction.objects.filter(pk=gone.pk).delete()
    assert len(versions_of(measure)) == 2
    for number, sentence in ((9, "gibt es nicht"), (1, "Handlungsfeld dieser Fassung")):
        with pytest.raises(Refusal, match=sentence):
            restore_version(measure=measure, number=number, seen=newest(measure), actor=cast.project_office)
    with pytest.raises(Refusal, match="Inzwischen"):
        restore_version(measure=other, number=1, seen=newest(measure), actor=cast.project_office)


@pytest.mark.django_db
def test_every_status_is_known_with_its_time() -> None:
    measure, quiet = MeasureFactory.create(), MeasureFactory.create(status="done")
    for status in ("in_review", "in_review", "proposed", "concept"):
        changed(measure, status=status, summary=f"{status}.")
    steps = status_history(measure)
    assert [status for status, _at in steps] == ["proposed", "in_review", "proposed", "concept"]
    assert [at for _status, at in steps] == sorted(at for _status, at in steps)
    both = status_histories([measure.pk, quiet.pk])
    assert both[measure.pk] == steps
    assert [status for status, _at in both[quiet.pk]] == ["done"]
    assert status_history(Measure(pk=0)) == []


@pytest.mark.django_db
def test_measures_from_before_get_a_first_version_once_and_it_can_be_taken_back() -> None:
    old, new = MeasureFactory.create(title="Alt"), MeasureFactory.create()
    events = apps.get_model("measures", "MeasureEvent").objects
    events.filter(pgh_obj=old).delete()
    with connection.schema_editor() as editor:
        for _again in range(2):
            migration.begin_histories(apps, editor)
        (version,) = versions_of(old)
        assert (version.values["title"], version.at, version.who) == ("Alt", old.changed_at, "das Portal")
        assert len(versions_of(new)) == 1
        migration.forget_beginnings(apps, editor)
    assert versions_of(old) == []
    assert len(versions_of(new)) == 1
