import pytest
from django.test import Client

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
