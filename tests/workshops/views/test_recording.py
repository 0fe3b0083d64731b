from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Activity, AuditEntry, Channel, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import RegistrationFactory, WorkshopFactory
from workshops.domain.registration import register
from workshops.models import Registration, Workshop

SignIn = Callable[[Stakeholder], Client]


@pytest.fixture
def caller(cast: Cast) -> Stakeholder:
    """Somebody without an address, whom the office recorded."""
    person: Stakeholder = StakeholderFactory.create(first_name="Hanna", last_name="Anruf", email=None, origin="office")
    return person


def address(workshop: Workshop, person: Stakeholder) -> str:
    return f"/veranstaltungen/{workshop.slug}/anmelden-fuer/{person.pk}/"


def test_the_office_registers_somebody_without_address(cast: Cast, caller: Stakeholder, sign_in: SignIn) -> None:
    workshop = WorkshopFactory.create()
    client = sign_in(cast.project_office)
    choice = f"/veranstaltungen/anmelden-fuer/{caller.pk}/"
    assert address(workshop, caller) in client.get(choice).content.decode()
    assert "keine E-Mail-Adresse" in client.get(address(workshop, caller)).content.decode()
    response = client.post(address(workshop, caller), {"channel": "phone"}, follow=True)
    assert response.redirect_chain[-1][0] == choice
    assert "Hanna Anruf ist angemeldet" in response.content.decode()
    assert "schon angemeldet" in response.content.decode()
    row = Registration.objects.get(person=caller)
    assert (row.channel, row.recorded_by, row.state) == ("phone", cast.project_office, "confirmed")
    assert not OutgoingMail.objects.exists()
    assert Activity.objects.get(person=caller).kind == "registered"
    assert AuditEntry.objects.get(verb="registration_confirmed").actor == cast.project_office


def test_who_has_an_address_gets_the_confirmation(cast: Cast, sign_in: SignIn) -> None:
    workshop = WorkshopFactory.create()
    sign_in(cast.project_office).post(address(workshop, cast.stakeholder), {"channel": "phone"})
    assert OutgoingMail.objects.get().recipient == "stakeholder@example.org"


def test_the_capacity_holds_for_the_office_too(cast: Cast, caller: Stakeholder, sign_in: SignIn) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    RegistrationFactory.create(workshop=workshop, arrival=1)
    client = sign_in(cast.project_office)
    assert "Alle Plätze sind vergeben" in client.get(address(workshop, caller)).content.decode()
    response = client.post(address(workshop, caller), {"channel": "letter"}, follow=True)
    assert "steht auf der Warteliste" in response.content.decode()
    assert Registration.objects.get(person=caller).state == "waiting"


def test_a_second_click_gives_no_second_place(cast: Cast, caller: Stakeholder, sign_in: SignIn) -> None:
    workshop = WorkshopFactory.create()
    for _click in range(2):
        sign_in(cast.project_office).post(address(workshop, caller), {"channel": "letter"})
    assert Registration.objects.filter(person=caller).count() == 1
    assert AuditEntry.objects.filter(verb="registration_confirmed").count() == 1


def test_an_event_by_invitation_takes_whom_the_office_registers(
    cast: Cast, caller: Stakeholder, sign_in: SignIn
) -> None:
    workshop = WorkshopFactory.create(open_registration=False)
    sign_in(cast.project_office).post(address(workshop, caller), {"channel": "in_person"})
    assert Registration.objects.get(person=caller).state == "confirmed"


def test_a_cancelled_event_takes_nobody(cast: Cast, caller: Stakeholder, sign_in: SignIn) -> None:
    workshop = WorkshopFactory.create(state=Workshop.State.CANCELLED)
    response = sign_in(cast.project_office).post(address(workshop, caller), {"channel": "letter"})
    assert response.status_code == 422
    assert "abgesagt" in response.content.decode()


@pytest.mark.parametrize("channel", ["", "web", "import", "quatsch"])
def test_the_way_must_be_one_of_the_office(cast: Cast, caller: Stakeholder, sign_in: SignIn, channel: str) -> None:
    response = sign_in(cast.project_office).post(address(WorkshopFactory.create(), caller), {"channel": channel})
    assert response.status_code == 422
    assert not Registration.objects.exists()


def test_nobody_but_the_office_registers_others(cast: Cast, caller: Stakeholder) -> None:
    with pytest.raises(Refusal, match="nur das Projektbüro"):
        register(workshop=WorkshopFactory.create(), person=caller, actor=cast.outsider, channel=Channel.PHONE)


def test_coming_back_by_oneself_is_ones_own_registration(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    row = register(workshop=workshop, person=cast.stakeholder, actor=cast.project_office, channel=Channel.PHONE)
    Registration.objects.filter(pk=row.pk).update(state="cancelled")
    row = register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    assert (row.channel, row.recorded_by) == ("web", None)


def test_the_choice_costs_the_same_at_any_length(
    cast: Cast, caller: Stakeholder, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(cast.project_office)
    for size in (1, 29):
        WorkshopFactory.create_batch(size)
        with django_assert_max_num_queries(12):
            client.get(f"/veranstaltungen/anmelden-fuer/{caller.pk}/")


def test_others_do_not_get_in(cast: Cast, caller: Stakeholder, client: Client, sign_in: SignIn) -> None:
    workshop = WorkshopFactory.create()
    assert client.get(address(workshop, caller)).status_code == 302
    for person in (cast.ministry, cast.outsider):
        sign_in(person)
        assert client.get(f"/veranstaltungen/anmelden-fuer/{caller.pk}/").status_code == 404
        assert client.post(address(workshop, caller), {"channel": "phone"}).status_code == 404
    assert not Registration.objects.exists()
