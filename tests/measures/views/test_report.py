"""Reports: who reaches them, and which of them are listed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.domain.assessment import rate
from measures.domain.ranking import freeze
from measures.models import Ranking
from measures.verbs import MeasureVerb
from stakeholders.models import AuditEntry, Stakeholder
from tests.cast import Cast
from tests.factories.measures import AssessmentRoundFactory, fitting_round, rated_round

FORMATS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@pytest.fixture
def ranking(cast: Cast) -> Ranking:
    return freeze(assessment_round=rated_round(measures=4, people=(14, 11, 3)), actor=cast.project_office)


def signed_in(person: Stakeholder | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def address(ranking: Ranking, extension: str = "") -> str:
    where = [ranking.round.slug, ranking.version]
    if extension:
        return reverse("measures:report_download", args=[*where, extension])
    return reverse("measures:report_detail", args=where)


@pytest.mark.parametrize(("extension", "content_type"), FORMATS.items())
def test_download_has_a_speaking_name_and_is_on_record(
    cast: Cast, ranking: Ranking, extension: str, content_type: str
) -> None:
    response = signed_in(cast.ministry).get(address(ranking, extension))
    assert response["Content-Type"] == content_type
    name = f"priorisierung-{ranking.round.slug}-fassung-1.{extension}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    entry = AuditEntry.objects.get(verb=MeasureVerb.REPORT_DOWNLOADED)
    assert (entry.actor, entry.facts) == (cast.ministry, {"version": 1, "format": extension})
    assert signed_in(cast.outsider).get(address(ranking, extension)).status_code == 404


@pytest.mark.parametrize("extension", ["docx", "PDF", "pdf.exe", "x" * 300])
def test_download_knows_no_other_format(cast: Cast, ranking: Ranking, extension: str) -> None:
    assert signed_in(cast.ministry).get(address(ranking, extension)).status_code == 404


def test_unpublished_report_is_for_ministry_and_project_office(cast: Cast, ranking: Ranking) -> None:
    for person in (cast.ministry, cast.project_office):
        response = signed_in(person).get(address(ranking))
        assert response.status_code == 200
        assert "nicht veröffentlicht" in response.content.decode()
    for person in (cast.stakeholder, cast.colleague, cast.outsider):
        for extension in ("", *FORMATS):
            assert signed_in(person).get(address(ranking, extension)).status_code == 404
    for extension in ("", *FORMATS):
        where = address(ranking, extension)
        response = signed_in(None).get(where)
        assert response.status_code == 302
        assert response["Location"] == f"{reverse('account_login')}?next={where}"
    assert not AuditEntry.objects.filter(verb=MeasureVerb.REPORT_DOWNLOADED).exists()


def test_published_report_is_for_everybody(cast: Cast, ranking: Ranking) -> None:
    Ranking.objects.update(published=True)
    for extension in ("", *FORMATS):
        assert signed_in(None).get(address(ranking, extension)).status_code == 200
    assert not AuditEntry.objects.filter(verb=MeasureVerb.REPORT_DOWNLOADED).exists()
    assert signed_in(cast.outsider).get(address(ranking)).status_code == 200


@pytest.mark.parametrize("version", [0, 2, 40_000, 10**30])
def test_report_of_a_version_that_is_not_there_is_404(cast: Cast, ranking: Ranking, version: int) -> None:
    where = reverse("measures:report_detail", args=[ranking.round.slug, version])
    assert signed_in(cast.ministry).get(where).status_code == 404
    assert signed_in(cast.ministry).post(address(ranking)).status_code == 405
    assert signed_in(cast.outsider).get(where).status_code == 404


def test_report_list_shows_rounds_and_versions_to_its_readers(cast: Cast, ranking: Ranking) -> None:
    fitting_round(title="Läuft noch")
    fitting_round(title="Im Entwurf", state="draft")
    for person in (cast.ministry, cast.project_office):
        page = signed_in(person).get(reverse("measures:report_list")).content.decode()
        assert address(ranking) in page
        assert "Läuft noch" in page
        assert "Im Entwurf" not in page
    guest = signed_in(None).get(reverse("measures:report_list"))
    assert guest.status_code == 302
    assert signed_in(cast.outsider).get(reverse("measures:report_list")).status_code == 404


def test_results_show_the_latest_published_version_and_open_rounds(cast: Cast, ranking: Ranking) -> None:
    page = signed_in(None).get(reverse("measures:results")).content.decode()
    assert address(ranking) not in page
    assert "Noch ist kein Ergebnis veröffentlicht" in page
    assert "Zurzeit ist keine Runde geöffnet" in page
    Ranking.objects.update(published=True)
    ranking.round.measures.update(title_en="Renamed")
    second = freeze(assessment_round=ranking.round, actor=cast.project_office, note="Titel berichtigt.")
    Ranking.objects.update(published=True)
    current = fitting_round()
    page = signed_in(cast.outsider).get(reverse("measures:results")).content.decode()
    assert address(second) in page
    assert address(ranking) not in page
    assert current.get_absolute_url() in page


@pytest.mark.parametrize(("name", "queries"), [("measures:report_list", 9), ("measures:results", 6)])
def test_lists_take_the_same_queries_at_any_size(
    cast: Cast, django_assert_num_queries: Any, name: str, queries: int
) -> None:
    client = signed_in(cast.ministry)
    for more in (1, 29):
        for assessment_round in AssessmentRoundFactory.create_batch(more, state="closed"):
            Ranking.objects.create(
                round=assessment_round, version=1, data=b"", result={}, labels={}, hash="sha256:0", published=True
            )
        with django_assert_num_queries(queries):
            assert client.get(reverse(name)).status_code == 200


def test_report_list_tells_how_many_rate_in_an_open_round(cast: Cast) -> None:
    row = rated_round(people=(4, 0, 0))
    row.closes_at = timezone.now() + timedelta(days=1)
    row.save()
    client = signed_in(cast.ministry)
    assert "bisher weniger als 5 Bewertende" in client.get(reverse("measures:report_list")).content.decode()
    measure = row.measures.all()[0]
    for person in (cast.stakeholder, cast.outsider):
        rate(assessment_round=row, measure=measure, rater=person, grades={"need": 3})
    assert "bisher 6 Bewertende" in client.get(reverse("measures:report_list")).content.decode()
