"""Changing the declared group: at once before the first rating, by the office's word after it."""

from functools import partial

import pytest

from stakeholders.domain import group_change
from stakeholders.domain.activity import note_activity
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Activity, AuditEntry, GroupChange, OutgoingMail, Stakeholder, StakeholderGroup
from tests.at_once import tried_at_once
from tests.cast import Cast, assemble
from tests.factories.stakeholders import StakeholderGroupFactory

pytestmark = pytest.mark.django_db
State = GroupChange.State


def declare(person: Stakeholder, key: str) -> StakeholderGroup:
    group = StakeholderGroupFactory.create(key=key)
    group_change.declare_group(person=person, wanted=group)
    person.save()
    return group


def wish(person: Stakeholder, key: str = "kammern") -> GroupChange:
    note_activity(person=person, kind=Activity.Kind.ASSESSED, key="round:1", label="Runde")
    declare(person, key)
    return GroupChange.objects.get(person=person)


def group_of(person: Stakeholder) -> str:
    person.refresh_from_db()
    assert person.group is not None
    return person.group.key


def test_before_the_first_rating_the_group_changes_at_once(cast: Cast) -> None:
    note_activity(person=cast.stakeholder, kind=Activity.Kind.TOOK_STANCE, key="thesis:1", label="These")
    declare(cast.stakeholder, "kammern")
    assert group_of(cast.stakeholder) == "kammern"
    assert AuditEntry.objects.get(verb="group_changed").facts == {"group": ["industrie", "kammern"]}


def test_the_first_declaration_is_no_change(cast: Cast) -> None:
    cast.stakeholder.group = None
    declare(cast.stakeholder, "kammern")
    assert not AuditEntry.objects.exists()


def test_after_a_rating_the_person_counts_as_before(cast: Cast) -> None:
    change = wish(cast.stakeholder)
    assert group_of(cast.stakeholder) == "industrie"
    assert (change.before.key, change.wanted.key, change.state) == ("industrie", "kammern", State.WAITING)
    assert AuditEntry.objects.get(verb="group_change_requested").facts == {"group": ["industrie", "kammern"]}


def test_the_same_wish_again_is_harmless_and_another_one_refused(cast: Cast) -> None:
    wish(cast.stakeholder)
    declare(cast.stakeholder, "kammern")
    with pytest.raises(Refusal, match="wartet noch auf Bestätigung"):
        declare(cast.stakeholder, "politik")
    assert GroupChange.objects.count() == 1


def test_confirming_changes_the_group_and_tells_the_person(cast: Cast) -> None:
    change = wish(cast.stakeholder)
    group_change.confirm(change=change, actor=cast.project_office)
    assert group_of(cast.stakeholder) == "kammern"
    assert cast.stakeholder.profile_version == 1
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, "Gruppe kammern" in mail.text) == (cast.stakeholder.email, True)
    assert AuditEntry.objects.get(verb="group_change_confirmed").actor == cast.project_office


def test_refusing_keeps_the_group_and_tells_why(cast: Cast) -> None:
    change = wish(cast.stakeholder)
    group_change.refuse(change=change, actor=cast.project_office, reason="Ihr Arbeitgeber ist ein Industriebetrieb.")
    assert group_of(cast.stakeholder) == "industrie"
    assert "Ihr Arbeitgeber ist ein Industriebetrieb." in OutgoingMail.objects.get().text


def test_a_refusal_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Refusal, match="begründen"):
        group_change.refuse(change=wish(cast.stakeholder), actor=cast.project_office, reason="  ")


def test_only_the_office_decides(cast: Cast) -> None:
    change = wish(cast.stakeholder)
    for person in (cast.stakeholder, cast.ministry, cast.outsider):
        with pytest.raises(Refusal, match="Projektbüro"):
            group_change.confirm(change=change, actor=person)
    assert group_of(cast.stakeholder) == "industrie"


def test_nobody_decides_about_themselves(cast: Cast) -> None:
    with pytest.raises(Refusal, match="eine andere Person"):
        group_change.confirm(change=wish(cast.project_office), actor=cast.project_office)


def test_the_second_who_decides_is_told_what_the_first_did(cast: Cast) -> None:
    change = wish(cast.stakeholder)
    group_change.refuse(change=change, actor=cast.project_office, reason="Nein.")
    with pytest.raises(Refusal, match="bereits abgelehnt"):
        group_change.confirm(change=change, actor=cast.project_office)
    assert group_of(cast.stakeholder) == "industrie"
    assert OutgoingMail.objects.count() == 1


def test_a_wish_can_be_taken_back_until_it_is_decided(cast: Cast) -> None:
    change = wish(cast.stakeholder)
    for _ in range(2):
        group_change.withdraw(change=change, person=cast.stakeholder)
    assert AuditEntry.objects.filter(verb="group_change_withdrawn").count() == 1
    with pytest.raises(Refusal, match="zurückgezogen"):
        group_change.confirm(change=change, actor=cast.project_office)
    second = GroupChange.objects.create(person=cast.outsider, before=change.before, wanted=change.wanted)
    group_change.confirm(change=second, actor=cast.project_office)
    with pytest.raises(Refusal, match="bereits bestätigt"):
        group_change.withdraw(change=second, person=cast.outsider)


def test_nobody_takes_back_the_wish_of_somebody_else(cast: Cast) -> None:
    with pytest.raises(Refusal, match="wer ihn beantragt hat"):
        group_change.withdraw(change=wish(cast.stakeholder), person=cast.outsider)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_the_second_is_told() -> None:
    cast = assemble()
    change = wish(cast.stakeholder)

    def decide(verb: str) -> str:
        getattr(group_change, verb)(change=change, actor=cast.project_office, reason="So ist es.")
        return verb

    done = tried_at_once(partial(decide, "confirm"), partial(decide, "refuse"))
    assert sum(isinstance(answer, Refusal) for answer in done) == 1
    assert group_of(cast.stakeholder) == ("kammern" if "confirm" in done else "industrie")
    assert OutgoingMail.objects.count() == 1
