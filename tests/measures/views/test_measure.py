"""The page of a measure."""

import pytest
from django.test import Client
from django.urls import reverse

from measures.domain.ranking import freeze
from measures.models import Measure, Ranking
from tests.cast import Cast
from tests.factories.measures import MeasureFactory, fitting_round, rated_round
from tests.measures.views.test_measure_list import LIST, listed


@pytest.mark.django_db
def test_detail_shows_text_source_and_ways_on(client: Client) -> None:
    measure = MeasureFactory.create(
        description="Das ist **wichtig**. <script>alert(1)</script>",
        source="Medieninformation",
        source_url="https://example.org/m",
    )
    page = client.get(measure.get_absolute_url()).content.decode()
    assert "<strong>wichtig</strong>" in page
    assert "<script>alert" not in page
    assert 'href="https://example.org/m"' in page
    assert f"{reverse('theses:thesis_submit')}?massnahme={measure.slug}" in page
    assert f"{reverse('theses:thesis_list')}?massnahme={measure.slug}" in page
    assert f"{reverse('workshops:workshop_list')}?massnahme={measure.slug}" in page
    assert "noch kein veröffentlichtes Ergebnis" in page
    assert "nicht bewertet" in page


@pytest.mark.django_db
def test_detail_leads_to_the_open_round(client: Client) -> None:
    assessment_round = fitting_round()
    measure = assessment_round.measures.all()[0]
    page = client.get(measure.get_absolute_url()).content.decode()
    assert reverse("measures:assessment_edit", args=[assessment_round.slug, measure.slug]) in page


def test_detail_sends_nobody_to_a_sheet_that_is_not_theirs(cast: Cast, client: Client) -> None:
    assessment_round = fitting_round()
    measure = assessment_round.measures.all()[0]
    form = reverse("measures:assessment_edit", args=[assessment_round.slug, measure.slug])
    for person, rates in ((cast.stakeholder, True), (cast.project_office, False), (cast.ministry, False)):
        client.force_login(person)
        page = client.get(measure.get_absolute_url()).content.decode()
        assert (form in page, assessment_round.get_absolute_url() + '"' in page) == (rates, not rates)


def test_detail_shows_the_standing_once_it_is_published(cast: Cast, client: Client) -> None:
    ranking = freeze(assessment_round=rated_round(), actor=cast.project_office)
    measure = Measure.objects.get(slug=ranking.result["measures"][0]["key"])
    assert "Rang unter 3 Maßnahmen" not in client.get(measure.get_absolute_url()).content.decode()
    Ranking.objects.update(published=True)
    page = client.get(measure.get_absolute_url()).content.decode()
    assert "Rang unter 3 Maßnahmen" in page
    assert f"{ranking.result['measures'][0]['score']:.1f}".replace(".", ",") in page
    assert ranking.get_absolute_url() in page


def test_detail_of_a_hidden_measure_is_for_the_project_office(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create(published=False, title="Im Entwurf")
    client.force_login(cast.project_office)
    assert "nicht veröffentlicht" in client.get(measure.get_absolute_url()).content.decode()
    assert listed(client) == ["Im Entwurf"]
    for person in (cast.ministry, cast.stakeholder, cast.outsider):
        client.force_login(person)
        assert client.get(measure.get_absolute_url()).status_code == 404
        assert listed(client) == []
    client.logout()
    assert client.get(measure.get_absolute_url()).status_code == 404
    assert client.get(reverse("measures:measure_detail", args=["nirgends"])).status_code == 404
    assert client.post(reverse(LIST)).status_code == 405
