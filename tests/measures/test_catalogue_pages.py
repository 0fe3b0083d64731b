"""The catalogue as a file and its versions, on the pages of the desk."""

from typing import Any

import pghistory
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from measures.domain.measure_history import versions_of
from measures.models import Measure
from tests.cast import Cast
from tests.factories.measures import FieldOfActionFactory, MeasureFactory

LIST = "admin:measures_measure_changelist"
IMPORT = "admin:measures_measure_import"


def test_versions_are_listed_compared_and_restored(office: Client, cast: Cast) -> None:
    measure = MeasureFactory.create(summary="Mehr Werkstatt wagen.")
    with pghistory.context(user=cast.project_office.pk):
        Measure.objects.update(summary="Mehr Labor wagen.")
    where = reverse("admin:measures_measure_versions", args=[measure.pk])
    page = office.get(where).content.decode()
    assert cast.project_office.display_name in page
    assert "Fassung 2 vom" in page
    compared = office.get(where, {"von": "1", "bis": "2"}).content.decode()
    assert "Werkstatt</del>" in compared
    assert "Labor</ins>" in compared
    assert office.get(where, {"von": "99", "bis": "x"}).status_code == 200
    restore = reverse("admin:measures_measure_restore", args=[measure.pk, 1])
    assert "Was sich gegenüber heute" in office.get(restore).content.decode()
    stale, seen = versions_of(measure)[1].event, versions_of(measure)[0].event
    assert "Inzwischen hat jemand" in office.post(restore, {"seen": stale}, follow=True).content.decode()
    assert "Inzwischen hat jemand" in office.post(restore, {"seen": "x"}, follow=True).content.decode()
    assert "Fassung 1 gilt wieder" in office.post(restore, {"seen": seen}, follow=True).content.decode()
    measure.refresh_from_db()
    assert measure.summary == "Mehr Werkstatt wagen."
    again = office.post(restore, {"seen": versions_of(measure)[0].event}, follow=True).content.decode()
    assert "gilt schon" in again
    assert office.get(reverse("admin:measures_measure_restore", args=[measure.pk, 99])).status_code == 404
    assert office.get(reverse("admin:measures_measure_versions", args=[99999])).status_code == 404


@pytest.mark.parametrize("changes", [1, 30])
def test_the_list_of_versions_takes_the_same_queries_at_any_length(
    office: Client, changes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    measure = MeasureFactory.create()
    for number in range(changes):
        measure.summary = f"Fassung {number}"
        measure.save()
    with django_assert_num_queries(6):
        office.get(reverse("admin:measures_measure_versions", args=[measure.pk]))


@pytest.mark.parametrize(
    ("name", "more"), [("admin:measures_measure_versions", ()), ("admin:measures_measure_restore", (1,))]
)
def test_versions_are_closed_to_others(cast: Cast, client: Client, name: str, more: tuple[int, ...]) -> None:
    measure = MeasureFactory.create(title="Alt")
    Measure.objects.update(title="Neu")
    where = reverse(name, args=[measure.pk, *more])
    assert client.get(where).status_code == 302
    for person in (cast.ministry, cast.stakeholder, cast.outsider):
        client.force_login(person)
        assert client.get(where).status_code == 302
        assert client.post(where, {"seen": versions_of(measure)[0].event}).status_code in (302, 405)
    measure.refresh_from_db()
    assert measure.title == "Neu"


def uploaded(client: Client, content: bytes) -> Any:
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile("katalog.csv", content)}, follow=True)


def test_the_catalogue_is_downloaded_tried_and_taken_over(office: Client) -> None:
    measure = MeasureFactory.create(title="Alter Titel", published=False)
    assert reverse(IMPORT) in office.get(reverse(LIST)).content.decode()
    response = office.get(reverse("admin:measures_measure_download", args=["csv"]))
    assert response["Content-Disposition"] == 'attachment; filename="katalog.csv"'
    changed = response.content.replace(b"Alter Titel", b"Neuer <b>Titel</b>")
    checked = uploaded(office, changed)
    page = checked.content.decode()
    assert "<del>Alter Titel</del>" in page
    assert "Neuer &lt;b&gt;Titel&lt;/b&gt;</ins>" in page
    where = checked.request["PATH_INFO"]
    stale = office.post(where, {"take": "1", "seen": "falsch"}, follow=True).content.decode()
    assert "inzwischen geändert" in stale
    done = office.post(where, {"take": "1", "seen": checked.context["seen"]}, follow=True).content.decode()
    assert "Der Katalog ist übernommen." in done
    measure.refresh_from_db()
    assert (measure.title, measure.published) == ("Neuer <b>Titel</b>", False)
    assert versions_of(measure)[0].changed == ("Titel",)
    assert versions_of(measure)[0].who != "das Portal"
    assert "katalog.csv" in office.get(reverse(IMPORT)).content.decode()
    assert "schon übernommen" in office.post(where, {"discard": "1"}, follow=True).content.decode()


def test_a_file_that_says_the_same_or_has_faults_cannot_be_taken(office: Client) -> None:
    MeasureFactory.create()
    content = office.get(reverse("admin:measures_measure_download", args=["csv"])).content
    same = uploaded(office, content)
    assert "Es gibt nichts zu übernehmen." in same.content.decode()
    assert 'name="take"' not in same.content.decode()
    faulty = uploaded(office, content.replace(b"vorgeschlagen", b"fertig")).content.decode()
    assert "Diesen Stand gibt es nicht: »fertig«" in faulty
    assert "Zeile 2:" in faulty
    assert 'name="take"' not in faulty
    where = same.request["PATH_INFO"]
    assert "verworfen" in office.post(where, {"discard": "1"}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"Nachname\nx\n", "keine bekannte Überschrift"), (b"", "leer"), (b"x" * (50 * 1024 * 1024), "10 MB")],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(office: Client, content: bytes, sentence: str) -> None:
    response = uploaded(office, content)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_an_upload_without_a_file_or_an_unknown_one_is_told(office: Client) -> None:
    assert "Bitte wählen Sie eine Datei." in office.post(reverse(IMPORT), {}).content.decode()
    assert office.get(reverse("admin:measures_measure_import_detail", args=[99999])).status_code == 404
    assert office.get(reverse("admin:measures_measure_download", args=["exe"])).status_code == 404
    MeasureFactory.create(description="x" * 40_000)
    response = office.get(reverse("admin:measures_measure_download", args=["xlsx"]), follow=True)
    assert "zu lang für eine Arbeitsmappe" in response.content.decode()


def test_the_file_of_the_catalogue_is_closed_to_others(cast: Cast, client: Client) -> None:
    client.force_login(cast.project_office)
    client.get(reverse("admin:measures_measure_download", args=["csv"]))
    content = b"slug;field_of_action;title;summary;status;source\nneu;innovationspotenziale;T;K;vorgeschlagen;Q\n"
    FieldOfActionFactory.create()
    detail = uploaded(client, content).request["PATH_INFO"]
    pages = [reverse(IMPORT), detail, reverse("admin:measures_measure_download", args=["xlsx"])]
    client.logout()
    for where in pages:
        assert client.get(where).status_code == 302
    for person in (cast.ministry, cast.stakeholder, cast.outsider):
        client.force_login(person)
        for where in pages:
            assert client.get(where).status_code == 302
            client.post(where, {"take": "1", "file": SimpleUploadedFile("a.csv", content)})
    assert not Measure.objects.exists()
