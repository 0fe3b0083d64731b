import pytest
from django.core.signing import Signer

from tests.factories.workshops import InvitationFactory, RegistrationFactory
from workshops.models import Invitation, Registration
from workshops.tokens import find, token_for

pytestmark = pytest.mark.django_db


def test_token_finds_its_row() -> None:
    invitation, registration = InvitationFactory.create(), RegistrationFactory.create()
    assert find(Invitation, token_for(invitation)) == invitation
    assert find(Registration, token_for(registration)) == registration


def test_token_of_an_invitation_opens_no_registration() -> None:
    invitation = InvitationFactory.create()
    RegistrationFactory.create(pk=invitation.pk)
    assert find(Registration, token_for(invitation)) is None


def test_token_signed_for_another_purpose_is_refused() -> None:
    invitation = InvitationFactory.create()
    assert find(Invitation, Signer(sep=".").sign(str(invitation.pk))) is None


def test_every_changed_sign_is_refused() -> None:
    token = token_for(InvitationFactory.create())
    for index, sign in enumerate(token):
        other = "1" if sign != "1" else "2"
        assert find(Invitation, f"{token[:index]}{other}{token[index + 1 :]}") is None


@pytest.mark.parametrize("token", ["", ".", "1", "1.", "..", "1.ä\x00", "x" * 5000])
def test_nonsense_is_refused(token: str) -> None:
    InvitationFactory.create(pk=1)
    assert find(Invitation, token) is None


def test_token_of_a_gone_row_or_a_closed_account_is_refused() -> None:
    gone, closed = InvitationFactory.create(), InvitationFactory.create(person__is_active=False)
    token = token_for(gone)
    gone.delete()
    assert find(Invitation, token) is None
    assert find(Invitation, token_for(closed)) is None


def test_token_of_a_draft_opens_nothing_until_it_is_sent() -> None:
    invitation = InvitationFactory.create(is_draft=True)
    assert find(Invitation, token_for(invitation)) is None
    Invitation.objects.update(is_draft=False)
    assert find(Invitation, token_for(invitation)) == invitation
