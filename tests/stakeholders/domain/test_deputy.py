"""Deputies: named by a speaker, heard like them, and gone with them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.mandate import (
    deputies_of,
    end,
    name_deputy,
)
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, Mandate, Organisation, OutgoingMail, Stakeholder
from stakeholders.privacy import erase
from tests.cast import Cast
from tests.factories.mandates import MandateFactory, MandateRequestFactory
from tests.factories.stakeholders import StakeholderFactory

State = Mandate.State


def home(cast: Cast) -> Organisation:
    assert cast.stakeholder.organisation
    return cast.stakeholder.organisation


def speaker(cast: Cast, **changes: object) -> Mandate:
    row: Mandate = MandateFactory.create(person=cast.colleague, organisation=home(cast), **changes)
    return row


def asked(cast: Cast) -> Mandate:
    row: Mandate = MandateRequestFactory.create(person=cast.stakeholder, organisation=home(cast))
    return row


def days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "recipient"))


def test_a_deputy_speaks_at_once_and_is_told(cast: Cast) -> None:
    own = speaker(cast)
    name_deputy(actor=cast.colleague, organisation=home(cast), email=" STAKEHOLDER@example.org ", ends_on=days(5))
    deputy = deputies_of(own).get()
    assert (deputy.person, deputy.is_valid, deputy.ends_on) == (cast.stakeholder, True, days(5))
    assert verbs() == ["deputy_named"]
    assert mails() == [("mandate_named", "stakeholder@example.org")]


def test_a_deputy_speaks_no_longer_than_who_named_them(cast: Cast) -> None:
    own = speaker(cast)
    with pytest.raises(Refusal, match="spätestens mit Ihrem eigenen Mandat"):
        name_deputy(actor=cast.colleague, organisation=home(cast), email="stakeholder@example.org", ends_on=days(31))
    name_deputy(actor=cast.colleague, organisation=home(cast), email="stakeholder@example.org")
    deputy = deputies_of(own).get()
    assert deputy.ends_on == own.ends_on
    end(mandate=own, actor=cast.colleague)
    deputy.refresh_from_db()
    assert (deputy.state, verbs()) == (State.ENDED, ["deputy_named", "mandate_ended", "mandate_ended"])


@pytest.mark.parametrize(
    "email", ["nobody@example.org", "newcomer@example.org", "gone@example.org", "list@example.org"]
)
def test_an_address_nobody_can_speak_with_changes_nothing_and_is_not_told(cast: Cast, email: str) -> None:
    StakeholderFactory.create(email="newcomer@example.org", group=None)
    StakeholderFactory.create(email="gone@example.org", is_active=False)
    StakeholderFactory.create(email="list@example.org", origin=Stakeholder.Origin.IMPORT)
    speaker(cast)
    name_deputy(actor=cast.colleague, organisation=home(cast), email=email)
    assert (Mandate.objects.count(), verbs(), mails()) == (1, [], [])


def test_naming_somebody_who_speaks_or_asks_already_changes_nothing(cast: Cast) -> None:
    speaker(cast)
    row = asked(cast)
    name_deputy(actor=cast.colleague, organisation=home(cast), email="stakeholder@example.org")
    row.refresh_from_db()
    assert (row.state, Mandate.objects.count()) == (State.REQUESTED, 2)


def test_deputies_and_others_name_nobody(cast: Cast) -> None:
    speaker(cast, kind=Mandate.Kind.DEPUTY)
    for actor in (cast.colleague, cast.outsider, cast.project_office):
        with pytest.raises(Refusal, match="Eine Stellvertretung benennt nur"):
            name_deputy(actor=actor, organisation=home(cast), email="stakeholder@example.org")


def test_naming_oneself_or_a_second_one_is_refused(cast: Cast) -> None:
    speaker(cast)
    with pytest.raises(Refusal, match="Ihre eigene Adresse"):
        name_deputy(actor=cast.colleague, organisation=home(cast), email="Colleague@example.org")
    name_deputy(actor=cast.colleague, organisation=home(cast), email="stakeholder@example.org")
    with pytest.raises(Refusal, match="schon eine Stellvertretung"):
        name_deputy(actor=cast.colleague, organisation=home(cast), email="outsider@example.org")


def test_whom_an_erased_person_had_named_speaks_no_more(cast: Cast) -> None:
    own = speaker(cast)
    name_deputy(actor=cast.colleague, organisation=home(cast), email="stakeholder@example.org")
    other = MandateFactory.create(organisation=home(cast))
    erase(cast.colleague)
    assert not Mandate.objects.filter(pk=own.pk).exists()
    assert list(Mandate.objects.valid()) == [other]
    assert Mandate.objects.get(person=cast.stakeholder).state == State.ENDED
