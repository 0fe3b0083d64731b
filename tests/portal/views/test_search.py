import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.measures import MeasureFactory
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import WorkshopFactory
from theses.models import Thesis
from workshops.models import Workshop

CENTRES = "Technologie- und Gründerzentren 4.0"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        "Gründerzentrum",
        "Gründerzentren",
        "gruenderzentren technologie",
        "Technologien",
        "grunderzentren",
        "Gründerzentern",
    ],
)
def test_search_finds_german_forms_and_misspellings(client: Client, words: str) -> None:
    MeasureFactory.create(title=CENTRES)
    MeasureFactory.create(title="Software Service Cloud")
    page = client.get("/suche/", {"q": words})
    assert CENTRES in page.content.decode()
    assert "Software Service Cloud" not in page.content.decode()


@pytest.mark.django_db
def test_search_finds_theses_and_events(client: Client) -> None:
    ThesisFactory.create(sentence="Drohnen gehören in die Werkhalle.")
    WorkshopFactory.create(title="Drohnenwerkstatt")
    page = client.get("/suche/", {"q": "Drohnen"}).content.decode()
    assert "Drohnen gehören in die Werkhalle." in page
    assert "Drohnenwerkstatt" in page


@pytest.mark.django_db
def test_search_never_shows_what_is_not_public(client: Client) -> None:
    MeasureFactory.create(title="Geheime Maßnahme", published=False)
    ThesisFactory.create(sentence="Geheime These.", state=Thesis.State.SUBMITTED)
    WorkshopFactory.create(title="Geheime Werkstatt", state=Workshop.State.DRAFT)
    assert client.get("/suche/", {"q": "Geheime"}).context["count"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    ["", "   ", "\x00", "x" * 5000, "' OR 1=1 --", "%", "🦆", "\u202e", "a & | ! <-> :*", "<script>alert(1)</script>"],
)
def test_search_answers_any_input(client: Client, words: str) -> None:
    response = client.get("/suche/", {"q": words})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30])
def test_search_asks_once_for_each_kind(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    MeasureFactory.create_batch(rows, title="Werkstatt", summary="Eine Werkstatt.")
    ThesisFactory.create_batch(rows)
    WorkshopFactory.create_batch(rows, title="Werkstatt", summary="Eine Werkstatt.")
    with django_assert_num_queries(3):
        page = client.get("/suche/", {"q": "Werkstatt"}).content.decode()
    assert page.count("Eine Werkstatt.") == 2 * min(rows, 20)
