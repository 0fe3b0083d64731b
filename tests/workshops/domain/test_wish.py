"""What somebody may ask for when registering and when changing; what they have may stay."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from stakeholders.domain.writing import write_due
from stakeholders.models import AuditEntry, Channel, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.mandates import MandateFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import InvitationFactory, RegistrationFactory, WorkshopFactory
from tests.workshops.post import kinds, last_mail
from workshops.domain.registration import cancel, change, register
from workshops.domain.wish import Wish
from workshops.models import Registration, Workshop

State = Registration.State
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def come(workshop: Workshop, person: Stakeholder | None = None, **wish: Any) -> Registration:
    person = person or StakeholderFactory.create()
    return register(workshop=workshop, person=person, actor=person, wish=Wish(**wish))


def alter(registration: Registration, **wish: Any) -> Registration:
    return change(registration=registration, wish=Wish(**wish), actor=registration.person)


def hybrid(**fields: Any) -> Workshop:
    workshop: Workshop = WorkshopFactory.create(mode="hybrid", companions=2, **fields)
    return workshop


def stored(registration: Registration) -> tuple[str, str, int]:
    row = Registration.objects.get(pk=registration.pk)
    return row.state, row.kind, row.companions


@pytest.mark.parametrize(("mode", "kind"), [("on_site", "online"), ("online", "on_site"), ("hybrid", "mond")])
def test_a_kind_that_is_not_offered_is_refused(mode: str, kind: str) -> None:
    with pytest.raises(Refusal, match="gibt es bei dieser Veranstaltung nicht") as caught:
        come(WorkshopFactory.create(mode=mode), kind=kind)
    assert caught.value.field == "kind"
    assert not Registration.objects.exists()


def test_without_a_kind_the_usual_one_is_meant() -> None:
    assert come(hybrid()).kind == "on_site"
    assert come(WorkshopFactory.create(mode="online")).kind == "online"


@pytest.mark.parametrize(
    ("most", "companions", "sentence"),
    [
        (0, 1, "nicht vorgesehen"),
        (1, 2, "Höchstens 1 Begleitperson ist"),
        (2, 3, "Höchstens 2"),
        (2, -1, "Höchstens 2"),
    ],
)
def test_companions_beyond_what_the_event_allows_are_refused(most: int, companions: int, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as caught:
        come(WorkshopFactory.create(companions=most), companions=companions)
    assert caught.value.field == "companions"
    assert not Registration.objects.exists()


def test_speaking_for_an_organisation_needs_a_valid_mandate_of_ones_own(cast: Cast) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    foreign = MandateFactory.create(person=cast.outsider)
    ended = MandateFactory.create(person=cast.stakeholder, state="ended")
    over = MandateFactory.create(person=cast.stakeholder, starts_on=yesterday - timedelta(days=9), ends_on=yesterday)
    for mandate in (foreign, ended, over):
        with pytest.raises(Refusal, match="Dieses Mandat gilt nicht mehr") as caught:
            come(WorkshopFactory.create(), cast.stakeholder, mandate=mandate)
        assert caught.value.field == "mandate"
    assert not Registration.objects.exists()


def test_with_a_mandate_the_place_counts_for_that_organisation(cast: Cast) -> None:
    mandate = MandateFactory.create(person=cast.stakeholder)
    assert come(WorkshopFactory.create(), cast.stakeholder, mandate=mandate).organisation == mandate.organisation
    assert come(WorkshopFactory.create(), cast.stakeholder).organisation == cast.stakeholder.organisation


def test_the_quota_counts_companions_and_those_who_wait(cast: Cast) -> None:
    workshop = WorkshopFactory.create(organisation_quota=3, capacity=1, companions=2)
    come(workshop, cast.stakeholder, companions=1)
    with pytest.raises(Refusal, match="können höchstens 3 Personen teilnehmen"):
        come(workshop, cast.colleague, companions=1)
    assert come(workshop, cast.colleague).state == State.WAITING
    third = StakeholderFactory.create(organisation=cast.stakeholder.organisation)
    with pytest.raises(Refusal):
        come(workshop, third)
    assert come(workshop, cast.outsider).state == State.WAITING, "other organisations do not count"


def test_who_left_frees_the_quota(cast: Cast) -> None:
    workshop = WorkshopFactory.create(organisation_quota=1)
    held = come(workshop, cast.stakeholder)
    cancel(registration=held, actor=cast.stakeholder)
    assert come(workshop, cast.colleague).state == State.CONFIRMED
    with pytest.raises(Refusal):
        come(workshop, cast.stakeholder)


def test_a_mandate_does_not_evade_the_quota(cast: Cast) -> None:
    workshop = WorkshopFactory.create(organisation_quota=1)
    come(workshop, cast.stakeholder)
    mandate = MandateFactory.create(person=cast.outsider, organisation=cast.stakeholder.organisation)
    with pytest.raises(Refusal):
        come(workshop, cast.outsider, mandate=mandate)
    assert come(workshop, cast.outsider).state == State.CONFIRMED
    with pytest.raises(Refusal):
        alter(Registration.objects.get(person=cast.outsider), mandate=mandate)


def test_a_postponed_event_takes_no_registrations_and_no_changes(cast: Cast) -> None:
    row = RegistrationFactory.create(workshop=hybrid(state=Workshop.State.POSTPONED))
    with pytest.raises(Refusal, match="ist verschoben"):
        come(row.workshop, cast.stakeholder)
    with pytest.raises(Refusal, match="ist geschlossen"):
        alter(row, kind="online")


def test_after_the_deadline_nothing_is_changed() -> None:
    row = come(hybrid())
    Workshop.objects.update(registration_closes_at=timezone.now() - HOUR)
    with pytest.raises(Refusal, match="mit Änderungen an das Projektbüro"):
        alter(row, kind="online")
    assert stored(row) == (State.CONFIRMED, "on_site", 0)


@pytest.mark.parametrize("state", [State.CANCELLED, State.REFUSED])
def test_what_has_ended_is_not_changed(state: str) -> None:
    row = RegistrationFactory.create(workshop=hybrid(), state=state)
    with pytest.raises(Refusal, match="gilt nicht mehr"):
        alter(row, kind="online")


def test_changing_the_kind_frees_the_place_for_the_next() -> None:
    workshop = hybrid(capacity=1)
    held, waiting = come(workshop), come(workshop)
    alter(held, kind="online")
    assert stored(held) == (State.CONFIRMED, "online", 0)
    assert stored(waiting)[0] == State.CONFIRMED


def test_a_change_without_room_is_refused_and_the_place_stays() -> None:
    workshop = hybrid(capacity=2, online_capacity=0)
    row, _other = come(workshop), come(workshop)
    with pytest.raises(Refusal, match="Dort ist kein Platz frei"):
        alter(row, kind="online")
    with pytest.raises(Refusal, match="Für so viele Begleitpersonen"):
        alter(row, companions=1)
    assert stored(row) == (State.CONFIRMED, "on_site", 0)


def test_a_change_passes_nobody_who_waits() -> None:
    workshop = hybrid(capacity=3)
    row = come(workshop)
    come(workshop)
    family = come(workshop, companions=1)
    assert stored(family)[0] == State.WAITING
    with pytest.raises(Refusal, match="Für so viele Begleitpersonen"):
        alter(row, companions=1)
    with pytest.raises(Refusal, match="Dort ist kein Platz frei"):
        alter(come(workshop, kind="online"), kind="on_site")


def test_fewer_companions_always_fit_and_let_others_move_up() -> None:
    workshop = hybrid(capacity=3)
    family = come(workshop, companions=2)
    waiting = come(workshop)
    Workshop.objects.update(capacity=2)
    alter(family, companions=1)
    assert (stored(family)[2], stored(waiting)[0]) == (1, State.WAITING)
    alter(family)
    assert stored(waiting)[0] == State.CONFIRMED


def test_who_waits_keeps_the_place_in_line_for_companions_but_not_for_another_kind() -> None:
    workshop = hybrid(capacity=0, online_capacity=0)
    first, second = come(workshop), come(workshop)
    assert alter(first, companions=1).arrival == 1
    assert alter(first, kind="online", companions=1).arrival == 3
    assert second.arrival == 2


def test_fewer_companions_at_the_head_of_the_line_move_up_at_once() -> None:
    workshop = hybrid(capacity=2)
    come(workshop)
    family = come(workshop, companions=1)
    assert stored(alter(family)) == (State.CONFIRMED, "on_site", 0)
    assert kinds(family.person) == ["registration_waiting", "registration_moved_up"], "one mail says it all"


def test_the_same_again_changes_and_notes_nothing() -> None:
    row = come(hybrid(), companions=1)
    alter(row, companions=1)
    assert not AuditEntry.objects.filter(verb="registration_changed").exists()
    assert kinds(row.person) == ["registration_confirmed"]
    alter(row, companions=2)
    assert kinds(row.person) == ["registration_confirmed", "registration_changed"]
    assert "Begleitung: 2 Personen" in last_mail(row.person).text
    assert AuditEntry.objects.get(verb="registration_changed").facts["companions"] == 2


def test_what_one_has_may_stay_when_the_event_becomes_stricter(cast: Cast) -> None:
    mandate = MandateFactory.create(person=cast.stakeholder)
    row = come(hybrid(), cast.stakeholder, companions=2, mandate=mandate)
    type(mandate).objects.update(state="ended")
    Workshop.objects.update(companions=0, organisation_quota=1)
    alter(row, kind="online", companions=2, mandate=mandate)
    assert stored(row) == (State.CONFIRMED, "online", 2)
    alter(row, kind="online", companions=1, mandate=mandate)
    with pytest.raises(Refusal, match="nicht vorgesehen"):
        alter(row, kind="online", companions=2, mandate=mandate)


def test_moving_to_another_organisation_later_does_not_move_the_registration(cast: Cast) -> None:
    row = come(hybrid(), cast.stakeholder)
    before = cast.stakeholder.organisation
    cast.stakeholder.organisation = None
    cast.stakeholder.save()
    assert alter(Registration.objects.get(pk=row.pk), companions=1).organisation == before


def test_an_invitation_gives_the_right_to_reserved_places_also_when_changing() -> None:
    workshop = hybrid(capacity=2, reserved=2)
    person = StakeholderFactory.create()
    InvitationFactory.create(workshop=workshop, person=person)
    row = come(workshop, person)
    assert stored(alter(row, companions=1)) == (State.CONFIRMED, "on_site", 1)
    other = come(workshop, kind="online")
    with pytest.raises(Refusal, match="Dort ist kein Platz frei"):
        alter(other, kind="on_site")


def test_the_office_needs_no_approval_and_may_use_reserved_places(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1, reserved=1, needs_approval=True, open_registration=False)
    row = register(workshop=workshop, person=cast.outsider, actor=cast.project_office, channel=Channel.PHONE)
    assert (row.state, row.is_entitled) == (State.CONFIRMED, True)


def test_nobody_but_the_office_registers_others(cast: Cast) -> None:
    with pytest.raises(Refusal, match="meldet nur das Projektbüro an"):
        register(workshop=WorkshopFactory.create(), person=cast.outsider, actor=cast.stakeholder, channel=Channel.EMAIL)


def test_two_changes_before_a_mail_is_written_are_told_in_one() -> None:
    row = come(hybrid())
    alter(row, companions=1)
    alter(row, companions=2)
    write_due()
    changed = OutgoingMail.objects.filter(person=row.person, kind="registration_changed").order_by("pk")
    assert [mail.state for mail in changed] == ["cancelled", "queued"]
    assert "Begleitung: 2 Personen" in changed[1].text
