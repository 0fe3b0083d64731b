"""The desk of the catalogue: editing, documents, planned publishing, versions, several measures at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from measures.models import Measure, MeasureDocument
from measures.verbs import MeasureVerb
from stakeholders.domain.table_file import LARGEST_FILE
from stakeholders.models import AuditEntry, Topic
from tests.cast import Cast
from tests.factories.measures import FieldOfActionFactory, MeasureFactory
from tests.factories.stakeholders import DistrictFactory

LIST = "admin:measures_measure_changelist"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def change_of(measure: Measure) -> str:
    return reverse("admin:measures_measure_change", args=[measure.pk])


def form(measure: Measure | None = None, documents: int = 0, **values: Any) -> dict[str, Any]:
    field = measure.field_of_action if measure else FieldOfActionFactory.create()
    return {
        "field_of_action": field.pk,
        "title": "Titel",
        "status": "proposed",
        "position": 1,
        "summary": "Kurz.",
        "source": "Quelle",
        "seen": measure.changed_at.isoformat() if measure else "",
        "documents-TOTAL_FORMS": documents,
        "documents-INITIAL_FORMS": 0,
        **values,
    }


def document(content: bytes = PDF, name: str = "konzept.pdf", **values: Any) -> dict[str, Any]:
    fields = {"title": "Konzept", "language": "de", "position": 0, "is_accessible": "on", **values}
    return {
        **{f"documents-0-{key}": value for key, value in fields.items()},
        "documents-0-file": SimpleUploadedFile(name, content),
    }


def in_local(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def test_a_measure_is_edited_with_what_it_relates_to_and_keeps_its_address(office: Client) -> None:
    measure, other = MeasureFactory.create(slug="erste-adresse"), MeasureFactory.create()
    district, topic = DistrictFactory.create(), Topic.objects.create(key="wasserstoff", name="Wasserstoff")
    page = office.get(change_of(measure)).content.decode()
    assert 'name="slug"' not in page
    assert reverse("admin:measures_measure_versions", args=[measure.pk]) in page
    assert (
        "ist keine gültige Auswahl"
        in office.post(change_of(measure), form(measure, related=measure.pk)).content.decode()
    )
    relations = {"topics": topic.pk, "districts": district.pk, "related": other.pk}
    changes = form(measure, title="Neuer Titel", slug="andere-adresse", **relations)
    assert office.post(change_of(measure), changes).status_code == 302
    measure.refresh_from_db()
    assert (measure.title, measure.slug) == ("Neuer Titel", "erste-adresse")
    assert (measure.topics.get(), measure.districts.get(), measure.related.get()) == (topic, district, other)
    assert 'name="slug"' in office.get(reverse("admin:measures_measure_add")).content.decode()


def test_an_empty_row_for_a_document_is_no_document(office: Client) -> None:
    measure = MeasureFactory.create()
    page = office.get(change_of(measure)).content.decode()
    assert 'name="documents-0-file"' in page
    blank = {"documents-0-title": "", "documents-0-language": "de", "documents-0-position": "0"}
    assert office.post(change_of(measure), {**form(measure, documents=1), **blank}).status_code == 302
    assert not MeasureDocument.objects.exists()


def test_saving_over_somebody_is_refused_and_keeps_what_was_typed(office: Client) -> None:
    measure = MeasureFactory.create(title="Alt")
    stale = form(measure, title="Meins")
    assert office.post(change_of(measure), form(measure, title="Ihres")).status_code == 302
    page = office.post(change_of(measure), stale).content.decode()
    assert "Inzwischen hat jemand" in page
    assert 'value="Meins"' in page
    measure.refresh_from_db()
    assert measure.title == "Ihres"


def test_publishing_is_planned_and_a_time_in_the_past_is_refused(office: Client) -> None:
    measure = MeasureFactory.create(published=False)
    past, later = timezone.now() - timedelta(hours=2), timezone.now() + timedelta(days=2)
    page = office.post(change_of(measure), form(measure, publish_at=in_local(past))).content.decode()
    assert "Dieser Zeitpunkt ist vorbei." in page
    assert office.post(change_of(measure), form(measure, publish_at=in_local(later))).status_code == 302
    measure.refresh_from_db()
    assert measure.publish_at == later.replace(second=0, microsecond=0)
    # Beat was down; what was planned before does not stand in the way of another edit.
    Measure.objects.update(publish_at=past.replace(second=0, microsecond=0))
    measure.refresh_from_db()
    edit = form(measure, title="Anders", publish_at=in_local(past))
    assert office.post(change_of(measure), edit).status_code == 302


def test_what_is_published_at_once_takes_no_time(office: Client) -> None:
    later = in_local(timezone.now() + timedelta(days=2))
    where = reverse("admin:measures_measure_add")
    page = office.post(where, form(slug="neu", published="on", publish_at=later)).content.decode()
    assert "braucht keinen Zeitpunkt" in page
    assert office.post(where, form(slug="neu", publish_at=later)).status_code == 302
    assert not Measure.objects.get(slug="neu").published
    shown = MeasureFactory.create()
    assert "braucht keinen" in office.post(change_of(shown), form(shown, publish_at=later)).content.decode()


def test_a_document_is_put_beside_a_measure_read_and_taken_away(
    office: Client, client: Client, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    measure = MeasureFactory.create(published=False)
    assert office.post(change_of(measure), {**form(measure, documents=1), **document()}).status_code == 302
    row = MeasureDocument.objects.get()
    assert (row.content_type, row.size, row.is_accessible) == ("application/pdf", len(PDF), True)
    assert "konzept" not in str(row.file)
    response = office.get(row.get_absolute_url())
    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="konzept.pdf"'
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")
    assert response["Content-Security-Policy"].startswith("sandbox")
    measure.refresh_from_db()
    gone = {"documents-0-id": row.pk, "documents-0-DELETE": "on", "documents-INITIAL_FORMS": 1}
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(change_of(measure), {**form(measure, documents=1), **gone}).status_code == 302
    assert not default_storage.exists(str(row.file))
    client.force_login(cast.outsider)
    assert client.get(row.get_absolute_url()).status_code == 404


def test_a_new_file_replaces_the_old_one_on_disk_too(
    office: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    measure = MeasureFactory.create()
    office.post(change_of(measure), {**form(measure, documents=1), **document()})
    old = MeasureDocument.objects.get()
    measure.refresh_from_db()
    picture = document(b"\x89PNG\r\n\x1a\n0000", "bild.png", id=old.pk)
    with django_capture_on_commit_callbacks(execute=True):
        sent = {**form(measure, documents=1), **picture, "documents-INITIAL_FORMS": 1}
        assert office.post(change_of(measure), sent).status_code == 302
    new = MeasureDocument.objects.get()
    assert (new.pk, new.content_type) == (old.pk, "image/png")
    assert (default_storage.exists(str(old.file)), default_storage.exists(str(new.file))) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("admin:measures_measure_delete", args=[measure.pk]), {"post": "yes"})
    assert not default_storage.exists(str(new.file))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90\x00 program", "weder ein PDF noch ein Bild"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "weder ein PDF noch ein Bild"),
        (b"", "leer"),
        (PDF + b"0" * LARGEST_FILE, "höchstens 10 MB"),
    ],
)
def test_an_unfit_file_is_refused_with_a_sentence(office: Client, content: bytes, sentence: str) -> None:
    measure = MeasureFactory.create()
    page = office.post(change_of(measure), {**form(measure, documents=1), **document(content)}).content.decode()
    assert sentence in page
    assert not MeasureDocument.objects.exists()


def test_a_document_of_another_measure_or_lost_on_disk_is_not_found(office: Client) -> None:
    measure = MeasureFactory.create()
    row = MeasureDocument.objects.create(
        measure=measure, title="Weg", file="measures/weg.pdf", content_type="application/pdf", size=1
    )
    assert office.get(row.get_absolute_url()).status_code == 404
    other = reverse("measures:document_file", args=[MeasureFactory.create().slug, row.pk])
    assert office.get(other).status_code == 404
    assert office.post(row.get_absolute_url()).status_code == 405


def test_the_status_of_several_is_changed_after_a_question(office: Client) -> None:
    measures = MeasureFactory.create_batch(2)
    chosen = {"action": "set_status", "_selected_action": [measure.pk for measure in measures]}
    page = office.post(reverse(LIST), chosen).content.decode()
    assert all(measure.title in page for measure in measures)
    assert set(Measure.objects.values_list("status", flat=True)) == {"proposed"}
    page = office.post(reverse(LIST), {**chosen, "confirm": "1", "status": "fertig"}).content.decode()
    assert "Diesen Stand gibt es nicht" in page
    page = office.post(reverse(LIST), {**chosen, "confirm": "1", "status": "done"}, follow=True).content.decode()
    assert "2 Maßnahmen geändert." in page
    assert set(Measure.objects.values_list("status", flat=True)) == {"done"}
    assert AuditEntry.objects.filter(verb=MeasureVerb.MEASURE_STATUS_CHANGED).count() == 2


def test_the_preview_shows_the_page_to_the_office_alone(office: Client, client: Client, cast: Cast) -> None:
    measure = MeasureFactory.create(published=False, publish_at=timezone.now() + timedelta(days=2))
    assert "Vorschau</a>" in office.get(change_of(measure)).content.decode()
    page = office.get(measure.get_absolute_url()).content.decode()
    assert "Bis dahin sieht sie nur das Projektbüro." in page
    assert change_of(measure) in page
    Measure.objects.update(publish_at=None)
    assert "Sie ist nicht veröffentlicht" in office.get(measure.get_absolute_url()).content.decode()
    Measure.objects.update(published=True)
    assert "Vorschau" not in office.get(measure.get_absolute_url()).content.decode()
    Measure.objects.update(published=False)
    client.force_login(cast.outsider)
    assert client.get(measure.get_absolute_url()).status_code == 404
