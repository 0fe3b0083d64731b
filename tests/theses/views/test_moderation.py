from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.measures import MeasureFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from tests.theses.answers import answer, people_of
from theses.domain.evaluation import refresh_results
from theses.models import Conclusion, Thesis

SignIn = Callable[[Stakeholder], Client]
ACTS = ("thesis_assign", "thesis_merge", "thesis_split", "thesis_conclude")


def address(name: str, thesis: Thesis) -> str:
    return reverse(f"theses:{name}", args=[thesis.pk, thesis.slug])


def posted(client: Client, name: str, thesis: Thesis, **sent: object) -> str:
    return client.post(address(name, thesis), sent, follow=True).content.decode()


@pytest.mark.parametrize("name", ACTS)
def test_the_pages_are_for_the_office_alone(cast: Cast, sign_in: SignIn, name: str) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    assert Client().get(address(name, thesis)).status_code == 302
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        client = sign_in(person)
        assert (client.get(address(name, thesis)).status_code, client.post(address(name, thesis)).status_code) == (
            404,
            404,
        )
    assert sign_in(cast.project_office).get(address(name, thesis)).status_code == 200


@pytest.mark.parametrize("name", ACTS[1:])
def test_who_comes_too_late_is_told_what_happened(cast: Cast, sign_in: SignIn, name: str) -> None:
    thesis = ThesisFactory.create(state="closed")
    page = sign_in(cast.project_office).get(address(name, thesis), follow=True).content.decode()
    assert "bereits abgeschlossen" in page


def test_merging_by_address_shows_both_sides(cast: Cast, sign_in: SignIn) -> None:
    source, target = ThesisFactory.create_batch(2)
    answer(source, people_of("a", 5), agree=5)
    refresh_results()
    client = sign_in(cast.project_office)
    link = f"http://127.0.0.1:8000{target.get_absolute_url()}?von=liste#haltung"
    page = posted(client, "thesis_merge", source, target=link, reason="Beide sagen dasselbe.")
    assert target.get_absolute_url() in page
    assert "Beide sagen dasselbe." in page
    for visitor in (Client(), sign_in(cast.outsider)):
        shown = visitor.get(target.get_absolute_url()).content.decode()
        assert source.sentence in shown
        assert "5 eigene Haltungen" in shown
        assert "geht hier weiter" in visitor.get(source.get_absolute_url()).content.decode()


@pytest.mark.parametrize("typed", ["", "Unsinn", "999999", "/thesen/", "99999999999999999999", "\u200b"])
def test_a_wrong_address_is_told_and_the_text_stays(cast: Cast, sign_in: SignIn, typed: str) -> None:
    thesis = ThesisFactory.create()
    client = sign_in(cast.project_office)
    response = client.post(address("thesis_merge", thesis), {"target": typed, "reason": "Lange begründet."})
    assert (response.status_code, "Lange begründet." in response.content.decode()) == (422, True)
    thesis.refresh_from_db()
    assert thesis.state == "published"


def test_a_refusal_of_the_domain_stands_in_the_form(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create()
    response = sign_in(cast.project_office).post(
        address("thesis_merge", thesis), {"target": str(thesis.pk), "reason": "Dasselbe."}
    )
    assert response.status_code == 422
    assert "zwei verschiedene Thesen" in response.content.decode()


def test_splitting_shows_the_parts_and_where_they_come_from(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create()
    sent = {"sentence_1": "Erstens.", "reason_1": "Darum.", "sentence_3": "Zweitens.", "reason_3": "Deshalb."}
    client = sign_in(cast.project_office)
    page = posted(client, "thesis_split", thesis, **sent, reason="Zwei Fragen.", closes="on")
    assert "Aufgeteilt in" in page
    assert "Zwei Fragen." in page
    part = Thesis.objects.get(sentence="Zweitens.")
    assert thesis.sentence in Client().get(part.get_absolute_url()).content.decode()


@pytest.mark.parametrize("sent", [{"sentence_1": "Nur die These."}, {"reason_2": "Nur die Begründung."}, {}])
def test_half_a_part_is_refused(cast: Cast, sign_in: SignIn, sent: dict[str, str]) -> None:
    thesis = ThesisFactory.create()
    response = sign_in(cast.project_office).post(address("thesis_split", thesis), {**sent, "reason": "Zwei Fragen."})
    assert (response.status_code, Thesis.objects.count()) == (422, 1)


def test_a_conclusion_stands_on_the_page_for_everybody(cast: Cast, sign_in: SignIn) -> None:
    thesis, measure = ThesisFactory.create(), MeasureFactory.create(title="Werkstatt für alle")
    StanceFactory.create_batch(6, thesis=thesis)
    sent = {"kind": "taken_up", "measure": measure.pk, "text": "Wir bauen <b>sie</b>."}
    posted(sign_in(cast.project_office), "thesis_conclude", thesis, **sent)
    for visitor in (Client(), sign_in(cast.outsider)):
        page = visitor.get(thesis.get_absolute_url()).content.decode()
        for words in (
            "aufgenommen in eine Maßnahme",
            "Wir bauen &lt;b&gt;sie&lt;/b&gt;.",
            measure.title,
            "6 Antworten",
        ):
            assert words in page


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "taken_up", "text": "Ja."},
        {"kind": "dissent", "text": " "},
        {"kind": "unknown", "text": "Ja."},
        {"text": "Ja."},
        {"kind": "dissent", "text": "x" * 5001},
        {"kind": "dissent", "text": "Ja.", "measure": "99999999999999999999"},
    ],
)
def test_a_wrong_conclusion_changes_nothing(cast: Cast, sign_in: SignIn, sent: dict[str, str]) -> None:
    thesis = ThesisFactory.create()
    assert sign_in(cast.project_office).post(address("thesis_conclude", thesis), sent).status_code == 422
    assert not Conclusion.objects.exists()


def test_assigning_and_taking_back(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create(state="submitted")
    client = sign_in(cast.project_office)
    posted(client, "thesis_assign", thesis, staff=cast.project_office.pk)
    thesis.refresh_from_db()
    assert thesis.assigned_to == cast.project_office
    assert client.post(address("thesis_assign", thesis), {"staff": cast.stakeholder.pk}).status_code == 422
    posted(client, "thesis_assign", thesis, staff="")
    thesis.refresh_from_db()
    assert thesis.assigned_to is None
