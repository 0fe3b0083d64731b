from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from pytest_django import Settings

from stakeholders.domain.refusal import Refusal
from stakeholders.domain.second_factor import demo_code, has_second_factor, refuse_removal
from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import TOTP_SECRET, StakeholderFactory
from tests.totp import code_now

pytestmark = pytest.mark.django_db
Type = Authenticator.Type


def add(person: Stakeholder, kind: str, **data: Any) -> Authenticator:
    row: Authenticator = Authenticator.objects.create(user=person, type=kind, data=data)
    return row


def test_recovery_codes_alone_are_no_second_factor(cast: Cast) -> None:
    person = cast.office_without_second_factor
    add(person, Type.RECOVERY_CODES, seed="0", used_mask=0)
    assert not has_second_factor(person)
    add(person, Type.WEBAUTHN, name="Laptop")
    assert has_second_factor(person)


@pytest.mark.parametrize("who", ["project_office", "ministry"])
def test_staff_keep_their_only_factor(cast: Cast, who: str) -> None:
    person = getattr(cast, who)
    only = Authenticator.objects.get(user=person)
    add(person, Type.RECOVERY_CODES, seed="0", used_mask=0)
    with pytest.raises(Refusal, match="zweiten Faktor"):
        refuse_removal(only)
    other = add(person, Type.WEBAUTHN, name="Laptop")
    refuse_removal(only)
    refuse_removal(other)


def test_everybody_else_may_take_off_what_they_put_on(cast: Cast) -> None:
    refuse_removal(add(cast.stakeholder, Type.TOTP, secret=TOTP_SECRET))


def test_code_is_shown_of_invented_people_in_demonstrations_only(settings: Settings) -> None:
    invented = StakeholderFactory.create(role=Stakeholder.Role.MINISTRY, demo=True)
    real = StakeholderFactory.create(role=Stakeholder.Role.MINISTRY)
    assert (demo_code(invented), demo_code(real)) == (None, None)
    settings.DEMO = True
    assert demo_code(invented) in {code_now(TOTP_SECRET), code_now(TOTP_SECRET, -1)}
    assert demo_code(real) is None


def test_demonstrations_keep_the_factor_everybody_uses(settings: Settings) -> None:
    settings.DEMO = True
    invented = StakeholderFactory.create(role=Stakeholder.Role.MINISTRY, demo=True)
    add(invented, Type.WEBAUTHN, name="Laptop")
    with pytest.raises(Refusal, match="Demonstration"):
        refuse_removal(Authenticator.objects.get(user=invented, type=Type.TOTP))
