"""The page on which the office freezes a round, and corrects it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.models import Assessment, AssessmentRound, Ranking
from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.measures import fitting_round, rated_round


def signed_in(person: Stakeholder | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def where(row: AssessmentRound) -> str:
    return reverse("measures:ranking_freeze", args=[row.slug])


def test_office_freezes_and_corrects_with_a_note_that_the_report_shows(cast: Cast) -> None:
    row, client = rated_round(), signed_in(cast.project_office)
    assert "Einfrieren" in client.get(where(row)).content.decode()
    first = client.post(where(row), {"note": ""})
    assert first["Location"] == reverse("measures:report_detail", args=[row.slug, 1])
    again = client.post(where(row), {"note": "unnötig"}, follow=True)
    assert "Es bleibt bei dieser Fassung" in again.content.decode()
    Assessment.objects.filter(rater=Assessment.objects.order_by("pk")[0].rater).delete()
    refused = client.post(where(row), {"note": ""})
    assert refused.status_code == 422
    assert "haben sich die Eingangsdaten geändert" in refused.content.decode()
    assert Ranking.objects.count() == 1
    second = client.post(where(row), {"note": "Ein <b>doppeltes</b>\nKonto ist gesperrt."}, follow=True)
    page = second.content.decode()
    assert "Ein &lt;b&gt;doppeltes&lt;/b&gt; Konto ist gesperrt." in page
    assert 'id="aenderungen"' in page
    assert signed_in(cast.outsider).get(where(row)).status_code == 404


@pytest.mark.parametrize("note", ["x" * 501, "\u200b\u200b"])
def test_a_note_nobody_can_print_is_refused(cast: Cast, note: str) -> None:
    row, client = rated_round(), signed_in(cast.project_office)
    response = client.post(where(row), {"note": note})
    assert response.status_code == 422
    assert not Ranking.objects.exists()
    assert signed_in(cast.outsider).post(where(row), {"note": note}).status_code == 404


def test_only_the_office_freezes_and_only_what_is_over(cast: Cast) -> None:
    row = rated_round()
    for person in (cast.ministry, cast.stakeholder, cast.colleague, cast.outsider):
        assert signed_in(person).post(where(row)).status_code == 404
    assert signed_in(None).post(where(row)).status_code == 302
    running = fitting_round(closes_at=timezone.now() + timedelta(days=1))
    for unfinished in (running, fitting_round(state="draft")):
        assert signed_in(cast.project_office).get(where(unfinished)).status_code == 404
    assert signed_in(cast.project_office).put(where(row)).status_code == 405
    assert not Ranking.objects.exists()
    assert signed_in(cast.outsider).get(where(row)).status_code == 404
