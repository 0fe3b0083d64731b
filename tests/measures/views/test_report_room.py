"""The room of the reports: rounds, versions, what changed between them, who fetched them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.domain.ranking import freeze, note_download
from measures.domain.report_link import create_link, end_link
from measures.models import Assessment, AssessmentRound, Ranking, ReportLink
from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.measures import AssessmentRoundFactory, rated_round

LIST = "measures:report_list"


def room(person: Stakeholder) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(client: Client) -> str:
    return " ".join(client.get(reverse(LIST)).content.decode().split())


def corrected(ranking: Ranking, actor: Stakeholder, note: str) -> Ranking:
    return freeze(assessment_round=AssessmentRound.objects.get(pk=ranking.round_id), actor=actor, note=note)


def test_room_tells_what_changed_between_versions(cast: Cast) -> None:
    first = freeze(assessment_round=rated_round(), actor=cast.project_office)
    first.round.measures.update(title_en="Renamed")
    corrected(first, cast.project_office, "Titel berichtigt.")
    assert "Dieselben Zahlen wie Fassung 1, andere Bezeichnungen oder Angaben. Titel berichtigt." in words(
        room(cast.ministry)
    )
    rater = Assessment.objects.filter(round=first.round).values_list("rater", flat=True)[0]
    Stakeholder.objects.filter(pk=rater).update(is_active=False)
    corrected(first, cast.project_office, "Doppeltes Konto entfernt.")
    text = words(room(cast.ministry))
    assert "Andere Zahlen als Fassung 2. Doppeltes Konto entfernt." in text
    assert text.index("Fassung 3") < text.index("Fassung 2") < text.index("Fassung 1")
    assert room(cast.outsider).get(reverse(LIST)).status_code == 404


def test_room_counts_downloads_and_open_links_of_each_version(cast: Cast) -> None:
    ranking = freeze(assessment_round=rated_round(), actor=cast.project_office)
    assert "noch kein Download" in words(room(cast.ministry))
    for person in (cast.ministry, cast.outsider):
        note_download(ranking=ranking, reader=person, extension="pdf")
    day = timezone.localdate() + timedelta(days=3)
    links = [
        create_link(ranking=ranking, actor=cast.ministry, purpose="Vorlage", last_day=day)[0] for _number in range(3)
    ]
    end_link(link=links[0], actor=cast.ministry)
    ReportLink.objects.filter(pk=links[1].pk).update(expires_at=timezone.now())
    text = words(room(cast.project_office))
    assert "2 Downloads, zuletzt" in text
    assert "1 gültiger Link" in text
    assert reverse("measures:report_share", args=[ranking.round.slug, 1]) in text
    assert room(cast.stakeholder).get(reverse(LIST)).status_code == 404


def test_room_leads_to_the_state_of_rounds_that_were_opened(cast: Cast) -> None:
    running, over = rated_round(), rated_round()
    AssessmentRound.objects.filter(pk=running.pk).update(closes_at=timezone.now() + timedelta(days=1))
    later = AssessmentRoundFactory.create(
        opens_at=timezone.now() + timedelta(days=1), closes_at=timezone.now() + timedelta(days=2)
    )
    text = words(room(cast.ministry))
    for row in (running, over):
        assert reverse("measures:round_state", args=[row.slug]) in text
    assert reverse("measures:round_state", args=[later.slug]) not in text
    assert reverse("measures:report_comparison") in text
    assert room(cast.outsider).get(reverse(LIST)).status_code == 404


def test_room_takes_the_same_queries_at_any_size(cast: Cast, django_assert_num_queries: Any) -> None:
    client = room(cast.ministry)
    day = timezone.localdate() + timedelta(days=3)
    for more in (1, 19):
        for row in AssessmentRoundFactory.create_batch(more, state="closed"):
            for version in (1, 2):
                ranking = Ranking.objects.create(
                    round=row, version=version, data=b"", result={}, labels={}, hash="sha256:0", note="Neu."
                )
                note_download(ranking=ranking, reader=cast.ministry, extension="pdf")
                create_link(ranking=ranking, actor=cast.ministry, purpose="Vorlage", last_day=day)
        with django_assert_num_queries(9):
            assert client.get(reverse(LIST)).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "9" * 30, "zwei"])
def test_room_shows_the_nearest_page(cast: Cast, page: str) -> None:
    assert room(cast.ministry).get(reverse(LIST), {"page": page}).status_code == 200
    assert room(cast.outsider).get(reverse(LIST), {"page": page}).status_code == 404
