import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession

from stakeholders.models import Stakeholder
from stakeholders.privacy import collect, erase
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SECRETS = ("GEHEIMNIS", "sitzung-123", "marke-456")


def leave_traces(person: Stakeholder) -> None:
    Authenticator.objects.create(user=person, type="totp", data={"secret": SECRETS[0]})
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "Laptop", "credential": SECRETS[0]})
    UserSession.objects.create(
        user=person, ip="192.0.2.1", session_key=SECRETS[1] + str(person.pk), user_agent="Firefox"
    )
    account = SocialAccount.objects.create(user=person, provider="zentral", uid=str(person.pk))
    SocialToken.objects.create(account=account, token=SECRETS[2])


def test_ways_of_signing_in_are_told_without_what_opens_the_account(cast: Cast) -> None:
    leave_traces(cast.stakeholder)
    leave_traces(cast.outsider)
    told = json.dumps(collect(cast.stakeholder)["sign_in"])
    for text in ("Laptop", "totp", "192.0.2.1", "Firefox", "zentral"):
        assert told.count(f'"{text}"') == 1, text
    assert not [secret for secret in SECRETS if secret in told]


def test_ways_of_signing_in_go_with_the_person(cast: Cast) -> None:
    leave_traces(cast.stakeholder)
    leave_traces(cast.outsider)
    erase(cast.stakeholder)
    left = cast.outsider.pk
    assert set(UserSession.objects.values_list("user", flat=True)) == {left}
    assert set(SocialAccount.objects.values_list("user", flat=True)) == {left}
    assert SocialToken.objects.count() == 1
    assert not Authenticator.objects.filter(data__secret=SECRETS[0]).exclude(user=left).exists()
