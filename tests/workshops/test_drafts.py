"""A draft of an invitation is known to nobody, least of all to the person it is about."""

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.domain.refusal import Refusal
from tests.cast import Cast
from tests.factories.workshops import InvitationFactory, InvitationWaveFactory, WorkshopFactory
from workshops.domain.registration import register
from workshops.domain.workshop import cancel_workshop, people_to_tell
from workshops.models import Invitation, Registration, Workshop
from workshops.privacy import erase
from workshops.tokens import token_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast) -> Invitation:
    """Of somebody who could not register without an invitation."""
    wave = InvitationWaveFactory.create(workshop=WorkshopFactory.create(open_registration=False))
    return InvitationFactory.create(workshop=wave.workshop, wave=wave, person=cast.stakeholder, is_draft=True)


def send(draft: Invitation) -> None:
    Invitation.objects.filter(pk=draft.pk).update(is_draft=False)


def test_the_dashboard_is_silent_until_it_is_sent(draft: Invitation, client: Client) -> None:
    client.force_login(draft.person)
    address = reverse("dashboard")
    assert draft.workshop.title not in client.get(address).content.decode()
    send(draft)
    assert draft.workshop.title in client.get(address).content.decode()


def test_the_page_of_the_event_offers_no_registration_until_it_is_sent(draft: Invitation, client: Client) -> None:
    client.force_login(draft.person)
    address = draft.workshop.get_absolute_url()
    registration = reverse("workshops:registration_create", args=[draft.workshop.slug])
    assert registration not in client.get(address).content.decode()
    send(draft)
    assert registration in client.get(address).content.decode()


def test_the_personal_link_is_unknown_until_it_is_sent(draft: Invitation, client: Client) -> None:
    address = reverse("workshops:invitation_answer", args=[token_for(draft)])
    for method in (client.get, client.post):
        assert method(address, {"answer": "accept"}).status_code == 404
    assert not Registration.objects.exists()
    send(draft)
    assert client.get(address).status_code == 200


def test_nobody_is_told_that_an_event_is_off_to_which_they_were_not_invited_yet(draft: Invitation, cast: Cast) -> None:
    assert people_to_tell(draft.workshop) == []
    send(draft)
    assert people_to_tell(draft.workshop) == [draft]
    Invitation.objects.update(is_draft=True)
    cancel_workshop(workshop=draft.workshop, actor=cast.project_office)
    assert not cast.stakeholder.outgoing_mails.exists()


def test_registration_by_invitation_only_is_refused_until_it_is_sent(draft: Invitation) -> None:
    with pytest.raises(Refusal, match="lädt das Projektbüro ein"):
        register(workshop=draft.workshop, person=draft.person, actor=draft.person)
    send(draft)
    assert register(workshop=draft.workshop, person=draft.person, actor=draft.person).is_current


def test_the_draft_of_an_erased_person_disappears_and_the_wave_stays(draft: Invitation, cast: Cast) -> None:
    wave = draft.wave
    assert wave is not None
    other = InvitationFactory.create(workshop=draft.workshop, wave=wave, person=cast.outsider, is_draft=True)
    erase(cast.stakeholder)
    assert [*wave.invitations.all()] == [other]
    assert Workshop.objects.get().waves.get() == wave
