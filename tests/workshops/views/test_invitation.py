from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.factories.workshops import InvitationFactory, RegistrationFactory
from tests.workshops.post import kinds, last_mail, personal_path
from workshops.domain.invitation import invite
from workshops.models import Invitation, Registration, Workshop
from workshops.tokens import token_for

pytestmark = pytest.mark.django_db


def address(invitation: Invitation) -> str:
    return reverse("workshops:invitation_answer", args=[token_for(invitation)])


def test_link_of_the_mail_accepts_without_login(cast: Cast, client: Client) -> None:
    workshop = InvitationFactory.create(workshop__open_registration=False).workshop
    invite(workshop=workshop, people=[cast.stakeholder], actor=cast.project_office)
    link = personal_path(last_mail(cast.stakeholder))
    assert "Zusagen" in client.get(link).content.decode()
    text = client.post(link, {"answer": "accept"}, follow=True).content.decode()
    assert "Sie haben einen Platz." in text
    assert "Absagen und Platz freigeben" in text
    assert Registration.objects.get().person == cast.stakeholder


def test_opening_the_link_changes_nothing(client: Client) -> None:
    invitation = InvitationFactory.create()
    for method in (client.get, client.head):
        assert method(address(invitation)).status_code == 200
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.answered_at) == (Invitation.Answer.OPEN, None)
    assert not Registration.objects.exists()


def test_declining_keeps_the_reason_and_can_be_taken_back(cast: Cast, client: Client) -> None:
    invitation = InvitationFactory.create(person=cast.stakeholder)
    reason = {"answer": "decline", "reason": " Urlaub\x07  an der Ostsee "}
    assert "Sie haben abgesagt." in client.post(address(invitation), reason, follow=True).content.decode()
    invitation.refresh_from_db()
    assert invitation.answer_reason == "Urlaub an der Ostsee"
    client.post(address(invitation), {"answer": "accept"})
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.answer_reason) == (Invitation.Answer.ACCEPTED, "")
    assert kinds(cast.stakeholder) == ["registration_confirmed"]


def test_accepting_twice_is_harmless(cast: Cast, client: Client) -> None:
    invitation = InvitationFactory.create(person=cast.stakeholder)
    for _ in range(2):
        client.post(address(invitation), {"answer": "accept"})
    assert kinds(cast.stakeholder) == ["registration_confirmed"]


def test_accepting_a_full_event_tells_of_the_waiting_list(client: Client) -> None:
    invitation = InvitationFactory.create(workshop__capacity=0)
    assert "Sie kommen auf die Warteliste" in client.get(address(invitation)).content.decode()
    text = client.post(address(invitation), {"answer": "accept"}, follow=True).content.decode()
    assert "Sie stehen auf der Warteliste." in text


@pytest.mark.parametrize(
    "data",
    [{}, {"answer": "vielleicht"}, {"answer": "decline", "reason": "x" * 301}, {"answer": "decline", "reason": "\x00"}],
)
def test_bad_input_changes_nothing(data: dict[str, str], client: Client) -> None:
    invitation = InvitationFactory.create()
    assert client.post(address(invitation), data).status_code in (200, 422)
    invitation.refresh_from_db()
    assert invitation.answer == Invitation.Answer.OPEN


def test_after_the_deadline_accepting_is_refused(client: Client) -> None:
    invitation = InvitationFactory.create(workshop__registration_closes_at=timezone.now() - timedelta(hours=1))
    text = client.get(address(invitation)).content.decode()
    assert "Zusagen" not in text
    assert "Die Anmeldung ist geschlossen." in text
    response = client.post(address(invitation), {"answer": "accept"}, follow=True)
    assert "Die Anmeldung ist geschlossen." in response.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"state": Workshop.State.CANCELLED}, {"starts_at": timezone.now() - timedelta(hours=1)}]
)
def test_called_off_or_begun_there_is_no_button(fields: dict[str, object], client: Client) -> None:
    invitation = InvitationFactory.create()
    Workshop.objects.update(**fields)
    text = client.get(address(invitation)).content.decode()
    assert 'name="answer"' not in text
    assert client.post(address(invitation), {"answer": "decline"}).status_code == 302
    invitation.refresh_from_db()
    assert invitation.answer == Invitation.Answer.OPEN


def test_wrong_method_is_refused(client: Client) -> None:
    assert client.delete(address(InvitationFactory.create())).status_code == 405


def test_a_registration_link_opens_no_invitation(client: Client) -> None:
    registration = RegistrationFactory.create()
    InvitationFactory.create(pk=registration.pk)
    assert client.get(f"/einladung/{token_for(registration)}/").status_code == 404


def test_outsider_with_a_tampered_link_reads_what_to_do(cast: Cast, client: Client) -> None:
    first, second = InvitationFactory.create(), InvitationFactory.create()
    foreign = token_for(first).replace(f"{first.pk}.", f"{second.pk}.", 1)
    client.force_login(cast.outsider)
    for method in (client.get, client.post):
        response = method(f"/einladung/{foreign}/", {"answer": "accept"})
        assert response.status_code == 404
        assert "Öffnen Sie den Link noch einmal direkt aus der E-Mail." in response.content.decode()
    assert not Registration.objects.exists()


def test_another_event_at_the_same_time_is_named_only_to_the_person_signed_in(cast: Cast, client: Client) -> None:
    invitation = InvitationFactory.create(person=cast.stakeholder)
    RegistrationFactory.create(
        person=cast.stakeholder, workshop__title="Anderes Treffen", workshop__starts_at=invitation.workshop.starts_at
    )
    text = client.get(address(invitation)).content.decode()
    assert "Zur selben Zeit sind Sie schon angemeldet" in text
    assert "Anderes Treffen" not in text
    client.force_login(cast.stakeholder)
    assert "Anderes Treffen" in client.get(address(invitation)).content.decode()


def test_who_is_invited_is_told_of_the_places_kept_for_them(cast: Cast, client: Client) -> None:
    invitation = InvitationFactory.create(person=cast.stakeholder, workshop__capacity=1, workshop__reserved=1)
    assert "Sie bekommen einen Platz" in client.get(address(invitation)).content.decode()
