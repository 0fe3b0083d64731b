"""The catalogue: list, filter, search and the page of a measure."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from measures.domain.catalogue import load_catalogue
from measures.domain.ranking import freeze
from measures.models import Measure, Ranking
from tests.cast import Cast
from tests.factories.measures import FieldOfActionFactory, MeasureFactory, fitting_round, rated_round

LIST = "measures:measure_list"


def listed(client: Client, **query: str) -> list[str]:
    """Titles in the order of the page."""
    response = client.get(f"{reverse(LIST)}?{urlencode(query)}")
    assert response.status_code == 200
    return [str(measure) for measure in response.context["page_obj"]]


@pytest.mark.django_db
def test_list_shows_the_starting_catalogue_by_field(client: Client) -> None:
    load_catalogue()
    page = client.get(reverse(LIST)).content.decode()
    assert "12 Maßnahmen" in page
    first, second = page.rindex("Stärkung der Innovationspotenziale"), page.rindex("Intensivierung des Transfers")
    assert first < page.index("InnoCamps Saxony</a>") < second < page.index("Software Service Cloud</a>")
    assert "vorgeschlagen" in page


@pytest.mark.django_db
def test_list_is_filtered_by_the_address(client: Client) -> None:
    other = FieldOfActionFactory.create(slug="transfer", title="Transfer")
    MeasureFactory.create(title="Eins")
    MeasureFactory.create(title="Zwei", field_of_action=other, status=Measure.Status.CONCEPT)
    assert listed(client, field="transfer") == ["Zwei"]
    assert listed(client, status="concept") == ["Zwei"]
    assert listed(client, status="proposed", field="transfer") == []
    assert sorted(listed(client, status="", field="")) == ["Eins", "Zwei"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"), [("Gründerzentrum", "tgz-4-0"), ("innoslm", "innoslam"), ("Cloud", "software-service-cloud")]
)
def test_list_finds_by_stem_and_in_spite_of_a_slip(client: Client, words: str, found: str) -> None:
    load_catalogue()
    response = client.get(f"{reverse(LIST)}?{urlencode({'q': words})}")
    assert response.context["page_obj"][0].slug == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        {"q": "x" * 5000},
        {"q": "\x00"},
        {"q": "'; DROP"},
        {"field": "nirgends"},
        {"status": "9"},
        {"page": "9" * 40},
        {"page": "x"},
    ],
)
def test_list_survives_any_address(client: Client, query: dict[str, str]) -> None:
    MeasureFactory.create_batch(2)
    assert client.get(f"{reverse(LIST)}?{urlencode(query)}").status_code == 200


@pytest.mark.django_db
def test_list_says_what_to_do_when_nothing_fits(client: Client) -> None:
    page = client.get(f"{reverse(LIST)}?q=xqxqxq").content.decode()
    assert "Keine Maßnahme passt" in page
    assert "Alle Maßnahmen ansehen" in page


@pytest.mark.django_db
def test_list_has_pages_of_twenty(client: Client) -> None:
    MeasureFactory.create_batch(21)
    assert len(listed(client)) == 20
    assert len(listed(client, page="2")) == 1
    assert len(listed(client, page="99")) == 1


@pytest.mark.parametrize("query", ["", "?q=Maßnahme", "?status=proposed"])
def test_list_takes_the_same_queries_at_any_size(
    cast: Cast, client: Client, django_assert_num_queries: Any, query: str
) -> None:
    client.force_login(cast.outsider)
    MeasureFactory.create()
    for more in (0, 29):
        MeasureFactory.create_batch(more)
        caches["frame"].clear()
        with django_assert_num_queries(5):
            assert client.get(reverse(LIST) + query).status_code == 200


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
