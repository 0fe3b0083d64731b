import csv
import io
import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.theses import StanceFactory, ThesisFactory
from tests.theses.answers import answer, people_of
from theses.domain.evaluation import refresh_results
from theses.domain.opinion_map import refresh_groups
from theses.models import OpinionResult, Thesis

PAGE = "/thesen/auswertung/"
CSV = "/thesen/auswertung/auswertung.csv"
JSON = "/thesen/auswertung/auswertung.json"


def told(sentence: str, *, agree: int = 11, small: int = 0, **thesis: object) -> Thesis:
    """A thesis two groups have answered, twelve people each."""
    row = ThesisFactory.create(sentence=sentence, **thesis)
    for group in ("a", "b"):
        answer(row, people_of(group, 12), agree=agree, disagree=12 - agree)
    if small:
        answer(row, people_of("c", small), agree=small)
    return row


def page(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_before_anything_is_computed_the_page_says_so(client: Client) -> None:
    assert "Noch ist nichts ausgewertet." in page(client)
    assert client.get(CSV).status_code == 404


@pytest.mark.django_db
def test_guests_read_closed_theses_and_those_that_hide_nothing(client: Client) -> None:
    told("Offene These, die verbirgt.")
    told("Offene These, die zeigt.", hides_shares=False)
    told("Geschlossene These.", state=Thesis.State.CLOSED)
    told("Abgelehnte These.", state=Thesis.State.DECLINED)
    refresh_results()
    for text in (page(client), client.get(CSV).content.decode(), client.get(JSON).content.decode()):
        assert "Offene These, die zeigt." in text
        assert "Geschlossene These." in text
        assert "Offene These, die verbirgt." not in text
        assert "Abgelehnte These." not in text
    assert "1 weitere These ist noch offen." in page(client)


def test_people_read_what_they_have_answered_and_staff_reads_everything(client: Client, cast: Cast) -> None:
    mine = told("Diese habe ich beantwortet.")
    told("Diese nicht.")
    StanceFactory.create(thesis=mine, person=cast.stakeholder)
    refresh_results()
    for person, sees in ((cast.stakeholder, (True, False)), (cast.outsider, (False, False))):
        client.force_login(person)
        for text in (page(client), client.get(CSV).content.decode()):
            assert ("Diese habe ich beantwortet." in text, "Diese nicht." in text) == sees
    for person in (cast.project_office, cast.ministry):
        client.force_login(person)
        assert "Diese nicht." in page(client)


@pytest.mark.django_db
def test_small_cells_are_suppressed_in_every_output(client: Client) -> None:
    told("Eine kleine Gruppe hat geantwortet.", small=3, state=Thesis.State.CLOSED)
    refresh_results()
    assert "&lt;5" in page(client)
    rows = list(csv.DictReader(io.StringIO(client.get(CSV).content.decode())))
    assert [(row["group"], row["answers"], row["agree"]) for row in rows] == [
        ("Gruppe a", "12", "11"),
        ("Gruppe b", "12", "11"),
        ("Gruppe c", "<5", "<5"),
    ]
    tables = json.loads(client.get(JSON).content)["tables"]
    assert tables["werte"]["rows"][2]["share"] == {"suppressed": "<5"}
    assert tables["bridges"]["rows"][0]["per_head"] == pytest.approx(22 / 24)


@pytest.mark.django_db
def test_bridges_and_divides_stand_in_words_and_charts(client: Client) -> None:
    told("Alle stimmen zu.", agree=12, state=Thesis.State.CLOSED)
    apart = ThesisFactory.create(sentence="Die einen so, die anderen so.", state=Thesis.State.CLOSED)
    answer(apart, people_of("a", 12), agree=12)
    answer(apart, people_of("b", 12), agree=0, disagree=12)
    refresh_results()
    html = page(client)
    assert html.index('id="verbindet"') < html.index("Alle stimmen zu.") < html.index('id="trennt"')
    assert "Konsens: Zustimmung" in html
    assert "strittig zwischen Gruppen" in html
    assert html.count("chart-figure") == 2


@pytest.mark.django_db
def test_a_page_never_looks_for_opinion_groups_itself(client: Client) -> None:
    told("Alle stimmen zu.", agree=12, state=Thesis.State.CLOSED)
    refresh_results()
    for address in (PAGE, CSV, JSON):
        assert "Meinungsgruppen" not in page(client, address)
    assert not OpinionResult.objects.filter(scope="groups").exists()


@pytest.mark.django_db
def test_opinion_groups_are_shown_only_when_there_is_one_to_show(client: Client) -> None:
    told("Alle stimmen zu.", agree=12, state=Thesis.State.CLOSED)
    refresh_results()
    refresh_groups()
    html = page(client)
    assert "haben noch zu wenige Menschen auf genug Thesen geantwortet" in html
    assert "Karte der Meinungsgruppen" not in html
    group = {
        "size": 20,
        "declared": [20, None, 0, 0, 0],
        "centre": [0.5, 1.0],
        "typical": [{"thesis": 1, "more": True}],
    }
    other = {"size": None, "declared": [0, None, 0, 0, 0], "centre": None, "typical": []}
    shown = {"doubt": None, "p": 0.01, "stability": 0.936, "groups": [group, other]}
    OpinionResult.objects.filter(scope="groups").update(result=shown, basis="another")
    html = page(client).replace("\xa0", " ").replace("\u202f", " ")
    assert "höchstens 1 % (aus 99 zufälligen" in html
    assert "in 50 Stichproben: 94 %." in html
    assert "Karte der Meinungsgruppen" in html
    assert "Typisch für" not in html  # thesis 1 is none that the visitor may see
    tables = json.loads(client.get(JSON).content)["tables"]
    assert [row["size"] for row in tables["karte"]["rows"]] == [20, {"suppressed": "<5"}]
    assert tables["kreuztabelle"]["rows"][0]["g1"] == {"suppressed": "<5"}


@pytest.mark.django_db
def test_a_thesis_with_small_cells_only_is_not_listed(client: Client) -> None:
    thesis = ThesisFactory.create(sentence="Kaum beantwortet.", state=Thesis.State.CLOSED)
    answer(thesis, people_of("a", 4), agree=4)
    refresh_results()
    assert "Kaum beantwortet." not in page(client)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["thema=gibt-es-nicht", "massnahme=gibt-es-nicht", "thema=a%00"])
def test_an_unknown_topic_or_measure_is_not_found(client: Client, query: str) -> None:
    refresh_results()
    assert client.get(f"{PAGE}?{query}").status_code == 404
    assert client.get(f"{JSON}?{query}").status_code == 404
    assert client.get(f"{PAGE}?page=999999999999999999999").status_code == 200
    assert client.post(PAGE).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_the_same_however_many_theses(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        answer(ThesisFactory.create(sentence=f"These {place}.", hides_shares=False), people_of("a", 5), agree=5)
    refresh_results()
    with django_assert_num_queries(5):  # scopes, result, its figures, theses, groups
        page(client)
    with django_assert_num_queries(2):  # scopes, result; the drawing is kept for a minute
        page(client)
