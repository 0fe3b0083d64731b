"""Personal links of invitations: bound to a person and an event, harmless to open, and plain when they hold no more."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stakeholders.models import AuditEntry, OutgoingMail
from tests.cast import Cast
from tests.factories.workshops import InvitationFactory, RegistrationFactory
from workshops.models import Invitation, Registration, Workshop
from workshops.tokens import token_for

pytestmark = pytest.mark.django_db

SCANNERS: tuple[dict[str, str], ...] = (
    {},
    {"Purpose": "prefetch"},
    {"Sec-Purpose": "prefetch;prerender"},
    {"X-Moz": "prefetch"},
    {"User-Agent": "BarracudaCentral/LinkProtect", "Referer": "https://mail.example.org/"},
)


def address(invitation: Invitation) -> str:
    return reverse("workshops:invitation_answer", args=[token_for(invitation)])


def everything() -> list[object]:
    tables: tuple[type[Model], ...] = (Invitation, Registration, OutgoingMail, AuditEntry, Session)
    return [list(model._default_manager.order_by("pk").values()) for model in tables]


@pytest.mark.parametrize("headers", SCANNERS)
def test_a_scanner_may_open_the_link_as_often_as_it_likes(headers: dict[str, str], client: Client) -> None:
    invitation = InvitationFactory.create()
    before = everything()
    for method in (client.get, client.head, client.get, client.head):
        response = method(address(invitation), headers=headers)
        assert response.status_code == 200
        assert not response.cookies
        assert "no-store" in response.headers["Cache-Control"]
    assert everything() == before
    assert not client.cookies


def test_an_answer_needs_no_cookie(cast: Cast) -> None:
    """Browsers inside programs of mail refuse cookies; the signed address is what a foreign site cannot know."""
    invitation = InvitationFactory.create(person=cast.stakeholder)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(invitation), {"answer": "accept"}).status_code == 302
    assert Registration.objects.get().person == cast.stakeholder


def test_over_the_link_says_so_and_changes_nothing(client: Client) -> None:
    invitation = InvitationFactory.create()
    Workshop.objects.update(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))
    text = client.get(address(invitation)).content.decode()
    assert "Diese Veranstaltung ist vorbei. Der Link gilt nicht mehr." in text
    assert 'method="post"' not in text
    for data in ({"answer": "accept"}, {"answer": "decline"}):
        client.post(address(invitation), data)
    invitation.refresh_from_db()
    assert (invitation.answer, Registration.objects.count()) == (Invitation.Answer.OPEN, 0)


def test_an_invitation_opens_no_registration_and_the_other_way_round(client: Client) -> None:
    registration = RegistrationFactory.create()
    invitation = InvitationFactory.create(pk=registration.pk, workshop=registration.workshop)
    for path in (f"/anmeldung/{token_for(invitation)}/", f"/einladung/{token_for(registration)}/"):
        for method in (client.get, client.post):
            assert method(path, {"action": "cancel", "answer": "decline"}).status_code == 404
    registration.refresh_from_db()
    assert registration.is_current


@pytest.mark.parametrize("fate", ["deleted", "closed", "draft"])
def test_a_link_of_what_is_gone_says_what_to_do(fate: str, client: Client) -> None:
    invitation = InvitationFactory.create()
    path = address(invitation)
    if fate == "deleted":
        invitation.delete()
    elif fate == "closed":
        type(invitation.person).objects.update(is_active=False)
    else:
        Invitation.objects.update(is_draft=True)
    for method in (client.get, client.post):
        response = method(path, {"answer": "accept"})
        assert response.status_code == 404
        assert "Dieser Link gilt nicht" in response.content.decode()
    assert not Registration.objects.exists()


def test_a_forwarded_link_names_its_person_and_lets_nobody_else_answer(cast: Cast, client: Client) -> None:
    invitation = InvitationFactory.create(person=cast.stakeholder)
    name = cast.stakeholder.display_name
    assert f"Einladung für {name}" in client.get(address(invitation)).content.decode()
    client.force_login(cast.outsider)
    text = client.get(address(invitation)).content.decode()
    assert f"Diese Einladung gilt für {name}; Sie sind als {cast.outsider.display_name} angemeldet." in text
    assert 'name="answer"' not in text
    for data in ({"answer": "accept"}, {"answer": "decline"}):
        assert client.post(address(invitation), data).status_code == 403
    invitation.refresh_from_db()
    assert (invitation.answer, Registration.objects.count()) == (Invitation.Answer.OPEN, 0)
    client.force_login(cast.stakeholder)
    assert client.post(address(invitation), {"answer": "accept"}).status_code == 302


def test_outsider_with_every_changed_sign_of_a_link_finds_nothing(client: Client) -> None:
    token = token_for(InvitationFactory.create())
    for place in range(0, len(token), 7):
        sign = "A" if token[place] != "A" else "B"
        path = reverse("workshops:invitation_answer", args=[f"{token[:place]}{sign}{token[place + 1 :]}"])
        assert client.post(path, {"answer": "accept"}).status_code == 404
    assert not Registration.objects.exists()
