from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, Channel, OutgoingMail, Selection, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import QuestionFactory, RegistrationFactory, WorkshopFactory
from workshops.domain import recording
from workshops.domain.recording import register_several
from workshops.models import Answer, Registration, Workshop

SignIn = Callable[[Stakeholder], Client]
State = Registration.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def klasse() -> list[Stakeholder]:
    return [
        StakeholderFactory.create(first_name=name, last_name="Fahrgemeinschaft", email=None)
        for name in ("Anna", "Bert", "Cem")
    ]


def address(workshop: Workshop, **query: str) -> str:
    return f"/veranstaltungen/{workshop.slug}/gruppe-anmelden/?{urlencode(query)}"


def test_several_found_people_are_registered_with_a_result_for_each(
    office: Client, klasse: list[Stakeholder], cast: Cast
) -> None:
    workshop = WorkshopFactory.create(capacity=2)
    where = address(workshop, q="Fahrgemeinschaft")
    text = office.get(where).content.decode()
    assert "noch 2 Plätze frei" in text
    assert "Anna Fahrgemeinschaft, " in text
    assert "ohne E-Mail-Adresse" in text
    data = {"people": [str(person.pk) for person in klasse], "channel": "phone"}
    text = office.post(where, data).content.decode()
    assert "Anna Fahrgemeinschaft</strong>: angemeldet" in text
    assert "Cem Fahrgemeinschaft</strong>: auf der Warteliste" in text
    rows = Registration.objects.filter(workshop=workshop)
    assert [row.state for row in rows] == [State.CONFIRMED, State.CONFIRMED, State.WAITING]
    assert {(row.channel, row.recorded_by) for row in rows} == {("phone", cast.project_office)}
    assert not OutgoingMail.objects.exists()


def test_doing_it_again_changes_nothing_and_says_so(office: Client, klasse: list[Stakeholder]) -> None:
    workshop = WorkshopFactory.create()
    data = {"people": [str(person.pk) for person in klasse], "channel": "letter"}
    for _click in range(2):
        text = office.post(address(workshop, q="Fahrgemeinschaft"), data).content.decode()
    assert text.count("war schon vorher da: angemeldet") == 3
    assert Registration.objects.count() == 3
    assert AuditEntry.objects.filter(verb="registration_confirmed").count() == 3


def test_a_refusal_for_one_stops_nobody_else(office: Client, klasse: list[Stakeholder], cast: Cast) -> None:
    Stakeholder.objects.filter(pk__in=[row.pk for row in klasse[:2]]).update(organisation=cast.stakeholder.organisation)
    workshop = WorkshopFactory.create(organisation_quota=1)
    data = {"people": [str(person.pk) for person in klasse], "channel": "phone"}
    text = office.post(address(workshop, q="Fahrgemeinschaft"), data).content.decode()
    assert "Bert Fahrgemeinschaft</strong>: Aus der Organisation" in text
    assert set(Registration.objects.values_list("person", flat=True)) == {klasse[0].pk, klasse[2].pk}


def test_a_saved_selection_is_offered(office: Client, cast: Cast) -> None:
    district = cast.outsider.district
    assert district
    selection = Selection.objects.create(
        name="Ein Kreis", criteria={"kreis": [district.key]}, created_by=cast.project_office
    )
    text = office.get(address(WorkshopFactory.create(), selection=str(selection.pk))).content.decode()
    assert str(cast.outsider) in text


def test_a_selection_that_no_longer_holds_is_told(office: Client, cast: Cast) -> None:
    selection = Selection.objects.create(name="Alt", criteria={"gruppe": ["weg"]}, created_by=cast.project_office)
    text = office.get(address(WorkshopFactory.create(), selection=str(selection.pk))).content.decode()
    assert "nicht oder nicht mehr" in text


@pytest.mark.parametrize("query", [{"q": "\x00"}, {"q": "x" * 300}, {"selection": "abc"}, {"selection": "9" * 30}, {}])
def test_a_search_that_cannot_be_finds_nobody(query: dict[str, str], office: Client) -> None:
    response = office.get(address(WorkshopFactory.create(), **query))
    assert response.status_code == 200
    assert "Ausgewählte anmelden" not in response.content.decode()


@pytest.mark.parametrize("data", [{}, {"people": "abc", "channel": "phone"}, {"channel": "phone"}])
def test_without_people_or_way_nobody_is_registered(
    data: dict[str, str], office: Client, klasse: list[Stakeholder]
) -> None:
    response = office.post(address(WorkshopFactory.create(), q="Fahrgemeinschaft"), data)
    assert response.status_code == 422
    assert not Registration.objects.exists()


def test_who_was_not_found_is_not_registered(office: Client, klasse: list[Stakeholder], cast: Cast) -> None:
    data = {"people": [str(cast.outsider.pk)], "channel": "phone"}
    response = office.post(address(WorkshopFactory.create(), q="Fahrgemeinschaft"), data)
    assert response.status_code == 422
    assert not Registration.objects.exists()


def test_hybrid_events_ask_for_the_kind_for_all(office: Client, klasse: list[Stakeholder]) -> None:
    workshop = WorkshopFactory.create(mode="hybrid")
    data = {"people": [str(person.pk) for person in klasse], "channel": "phone"}
    assert office.post(address(workshop, q="Fahrgemeinschaft"), data).status_code == 422
    office.post(address(workshop, q="Fahrgemeinschaft"), data | {"kind": "online"})
    assert set(Registration.objects.values_list("kind", flat=True)) == {"online"}


def test_too_many_at_once_are_refused(cast: Cast, klasse: list[Stakeholder], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MOST", 2)
    with pytest.raises(Refusal, match="höchstens 2 Personen auf einmal"):
        register_several(
            workshop=WorkshopFactory.create(), people=klasse, actor=cast.project_office, channel=Channel.PHONE
        )
    assert not Registration.objects.exists()


def test_the_page_costs_the_same_for_few_and_many(
    office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    workshop = WorkshopFactory.create()
    pattern = StakeholderFactory.create()
    for size in (1, 29):
        StakeholderFactory.create_batch(size, last_name="Gleichname", group=pattern.group, district=pattern.district)
        with django_assert_max_num_queries(12):
            office.get(address(workshop, q="Gleichname"))


def test_one_person_is_registered_with_everything_the_event_asks(office: Client, klasse: list[Stakeholder]) -> None:
    question = QuestionFactory.create(workshop__mode="hybrid", workshop__companions=2, required=True)
    other = RegistrationFactory.create(
        person=klasse[0], workshop__starts_at=question.workshop.starts_at, workshop__title="Anderes Treffen"
    )
    where = f"/veranstaltungen/{question.workshop.slug}/anmelden-fuer/{klasse[0].pk}/"
    text = office.get(where).content.decode()
    assert "Zur selben Zeit ist die Person schon angemeldet" in text
    assert "Anderes Treffen" in text
    data = {"channel": "phone", "kind": "online", "companions": "1"}
    assert office.post(where, data).status_code == 422
    office.post(where, data | {f"question_{question.pk}": "Rollstuhl"})
    row = Registration.objects.exclude(pk=other.pk).get()
    assert (row.kind, row.companions, row.is_entitled) == ("online", 1, True)
    assert Answer.objects.get().value == "Rollstuhl"


def test_others_do_not_get_in(cast: Cast, klasse: list[Stakeholder], client: Client, sign_in: SignIn) -> None:
    workshop = WorkshopFactory.create()
    data = {"people": [str(klasse[0].pk)], "channel": "phone"}
    assert client.post(address(workshop, q="Fahrgemeinschaft"), data).status_code == 302
    for person in (cast.ministry, cast.stakeholder, cast.outsider):
        assert sign_in(person).post(address(workshop, q="Fahrgemeinschaft"), data).status_code == 404
    assert not Registration.objects.exists()
