import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.theses import StanceFactory, ThesisFactory
from tests.theses.answers import answer, people_of
from theses.domain.evaluation import refresh_results
from theses.models import Thesis

pytestmark = pytest.mark.django_db


def told(**values: Any) -> Thesis:
    """Two groups of twelve, and three people of a third."""
    thesis = ThesisFactory.create(sentence="=Strom(billig).", **values)
    for group, number in (("a", 12), ("b", 12), ("c", 3)):
        answer(thesis, people_of(group, number), agree=number - 1, disagree=1)
    return thesis


def file_of(thesis: Thesis, extension: str = "csv", slug: str = "") -> str:
    return f"/thesen/{thesis.pk}-{slug or thesis.slug}/haltungen.{extension}"


def test_files_hold_every_figure_but_small_cells(client: Client) -> None:
    thesis = told(state=Thesis.State.CLOSED)
    rows = list(csv.DictReader(io.StringIO(client.get(file_of(thesis)).content.decode())))
    assert [(row["group"], row["answers"], row["agree"], row["disagree"], row["passed"]) for row in rows] == [
        ("Alle gezeigten Gruppen", "24", "22", "2", "0"),
        ("Gruppe a", "12", "11", "1", "0"),
        ("Gruppe b", "12", "11", "1", "0"),
        ("Gruppe c", "<5", "<5", "<5", "<5"),
    ]
    found = json.loads(client.get(file_of(thesis, "json")).content)
    (figures,) = found["tables"]["zahlen"]["rows"]
    assert figures == {
        "answers": 24,
        "per_head": pytest.approx(22 / 24),
        "equal_voice": pytest.approx(11 / 12),
        "label": "Konsens: Zustimmung",
    }
    assert [row["answers"] for row in found["tables"]["haltungen"]["rows"]] == [24, 12, 12, {"suppressed": "<5"}]


def test_page_file_and_evaluation_say_the_same(client: Client) -> None:
    thesis = told(state=Thesis.State.CLOSED)
    refresh_results()
    own = json.loads(client.get(file_of(thesis, "json")).content)["tables"]
    every = json.loads(client.get("/thesen/auswertung/auswertung.json").content)["tables"]
    for one, other in zip(own["haltungen"]["rows"][1:], every["werte"]["rows"], strict=True):
        assert {key: one[key] for key in ("group", "answers", "agree", "share", "interval")} == {
            key: other[key] for key in ("group", "answers", "agree", "share", "interval")
        }
    for key in ("equal_voice", "per_head", "label"):
        assert own["zahlen"]["rows"][0][key] == every["bridges"]["rows"][0][key]
    page = client.get(thesis.get_absolute_url()).content.decode()
    assert file_of(thesis, "csv") in page
    assert file_of(thesis, "json") in page
    assert "24 Personen haben geantwortet" in page


@pytest.mark.parametrize("extension", ["csv", "json"])
def test_formulas_and_types_are_harmless(client: Client, extension: str) -> None:
    response = client.get(file_of(told(state=Thesis.State.CLOSED), extension, slug="alt"))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert b"\n=" not in response.content


def test_what_is_no_file_is_not_found(client: Client) -> None:
    thesis = ThesisFactory.create(state=Thesis.State.CLOSED)
    assert client.get(file_of(thesis)).status_code == 404
    answer(thesis, people_of("a", 5), agree=5)
    assert [client.get(file_of(thesis, name)).status_code for name in ("csv", "json", "pdf")] == [200, 200, 404]
    assert client.get(f"/thesen/{'9' * 30}-x/haltungen.csv").status_code == 404
    assert client.post(file_of(thesis)).status_code == 405


@pytest.mark.parametrize("number", [5, 40])
def test_a_file_asks_the_same_however_many_answers(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    thesis = ThesisFactory.create(state=Thesis.State.CLOSED)
    answer(thesis, people_of("a", number), agree=number)
    client.get(file_of(thesis))
    with django_assert_num_queries(3):  # thesis, counts, groups
        client.get(file_of(thesis))


def test_files_are_for_those_who_see_the_shares(client: Client, cast: Cast) -> None:
    hidden, shown, waiting = told(), told(hides_shares=False), told(state=Thesis.State.SUBMITTED)
    StanceFactory.create(thesis=hidden, person=cast.stakeholder)
    answers = {}
    for name, person in (("guest", None), ("answered", cast.stakeholder), ("ministry", cast.ministry)):
        client.logout()
        if person:
            client.force_login(person)
        answers[name] = [client.get(file_of(thesis)).status_code for thesis in (hidden, shown, waiting)]
    assert answers == {"guest": [404, 200, 404], "answered": [200, 200, 404], "ministry": [200, 200, 404]}
    client.force_login(cast.outsider)
    assert client.get(file_of(hidden)).status_code == 404
