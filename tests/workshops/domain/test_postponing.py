"""An event that is postponed, gets a new date, or is called off after all: everybody concerned hears of it once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from stakeholders.domain.writing import write_due
from stakeholders.models import AuditEntry, OutgoingMail, Stakeholder
from tests.at_once import at_once
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from tests.workshops.post import calendar_of, kinds, last_mail, sequence_of
from workshops.domain.admission import lapse_offers
from workshops.domain.registration import cancel, register
from workshops.domain.workshop import cancel_workshop, change_workshop, postpone_workshop, publish_workshop
from workshops.models import Invitation, Registration, Workshop

pytestmark = pytest.mark.django_db
State = Workshop.State
DAYS = timedelta(days=30)


def come(workshop: Workshop, *people: Stakeholder) -> None:
    for person in people:
        register(workshop=workshop, person=person, actor=person)


def move(workshop: Workshop, cast: Cast, days: timedelta = DAYS) -> None:
    """Another date, as the form of the desk stores it."""
    row = Workshop.objects.get(pk=workshop.pk)
    row.starts_at, row.ends_at = row.starts_at + days, row.ends_at + days
    change_workshop(workshop=row, actor=cast.project_office)


def written(person: Stakeholder, kind: str) -> list[OutgoingMail]:
    write_due()
    return list(OutgoingMail.objects.filter(person=person, kind=kind).exclude(state="cancelled"))


def test_postponing_tells_everybody_concerned_once(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    come(workshop, cast.stakeholder, cast.colleague)
    InvitationFactory.create(workshop=workshop, person=cast.outsider)
    InvitationFactory.create(workshop=workshop, person=cast.ministry, answer=Invitation.Answer.DECLINED)
    InvitationFactory.create(
        workshop=workshop, person=cast.office_without_second_factor, answer=Invitation.Answer.DEPUTISED
    )
    for _ in range(2):
        postpone_workshop(workshop=workshop, actor=cast.project_office)
    for person in (cast.stakeholder, cast.colleague, cast.outsider):
        assert kinds(person).count("workshop_postponed") == 1
    for person in (cast.ministry, cast.office_without_second_factor):
        assert kinds(person) == []
    stored = Workshop.objects.get()
    assert (stored.state, stored.calendar_sequence) == (State.POSTPONED, 1)
    assert AuditEntry.objects.get(verb="workshop_postponed").facts == {"people": 3}


def test_the_mail_strikes_the_entry_of_those_who_have_one_and_says_what_stays(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    come(workshop, cast.stakeholder, cast.colleague)
    InvitationFactory.create(workshop=workshop, person=cast.outsider)
    confirmed = sequence_of(last_mail(cast.stakeholder))
    postpone_workshop(workshop=workshop, actor=cast.project_office)
    held, waits, invited = (last_mail(person) for person in (cast.stakeholder, cast.colleague, cast.outsider))
    assert sequence_of(held) > confirmed
    assert sequence_of(invited) > 0
    assert "\n\n\n" not in held.text + waits.text + invited.text
    for mail in (held, invited):
        assert "METHOD:CANCEL" in calendar_of(mail)
        assert "beiliegenden Datei gestrichen" in mail.text
    assert waits.attachments == []
    assert "gestrichen" not in waits.text
    for mail, sentence in (
        (held, "Ihre Anmeldung bleibt bestehen."),
        (waits, "Sie stehen weiter auf der Warteliste."),
        (invited, "Ihre Einladung gilt weiter."),
    ):
        assert sentence in mail.text
        assert sentence in mail.html


def test_a_new_date_is_told_once_with_a_newer_entry(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    come(workshop, cast.stakeholder, cast.colleague)
    InvitationFactory.create(workshop=workshop, person=cast.outsider)
    postpone_workshop(workshop=workshop, actor=cast.project_office)
    struck = sequence_of(last_mail(cast.stakeholder))
    move(workshop, cast)
    assert kinds(cast.stakeholder)[-1] == "workshop_postponed"
    for _ in range(2):
        publish_workshop(workshop=workshop, actor=cast.project_office)
    held, waits, invited = (last_mail(person) for person in (cast.stakeholder, cast.colleague, cast.outsider))
    for person, mail in ((cast.stakeholder, held), (cast.colleague, waits), (cast.outsider, invited)):
        assert kinds(person).count("workshop_rescheduled") == 1
        assert mail.kind == "workshop_rescheduled"
        assert Workshop.objects.get().period in mail.text
        assert "\n\n\n" not in mail.text
    assert "METHOD:REQUEST" in calendar_of(held)
    assert sequence_of(held) > struck
    assert "PARTSTAT=ACCEPTED" in calendar_of(held)
    assert "PARTSTAT=NEEDS-ACTION" in calendar_of(invited)
    assert waits.attachments == []


def test_a_place_given_up_meanwhile_goes_to_the_next_with_the_new_date(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    come(workshop, cast.stakeholder, cast.colleague)
    postpone_workshop(workshop=workshop, actor=cast.project_office)
    cancel(registration=cast.stakeholder.registrations.get(), actor=cast.stakeholder)
    assert Registration.objects.get(person=cast.colleague).state == "waiting"
    move(workshop, cast)
    publish_workshop(workshop=workshop, actor=cast.project_office)
    assert "workshop_rescheduled" not in kinds(cast.stakeholder)
    assert kinds(cast.colleague) == ["registration_waiting", "workshop_postponed", "registration_moved_up"]
    assert Workshop.objects.get().period in last_mail(cast.colleague).text


def test_an_offer_does_not_lapse_meanwhile_and_runs_anew(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1, confirm_hours=24)
    come(workshop, cast.stakeholder, cast.colleague)
    cancel(registration=cast.stakeholder.registrations.get(), actor=cast.stakeholder)
    offer = Registration.objects.get(person=cast.colleague)
    assert offer.state == "offered"
    postpone_workshop(workshop=workshop, actor=cast.project_office)
    Registration.objects.filter(pk=offer.pk).update(confirm_by=timezone.now() - timedelta(days=3))
    assert lapse_offers() == 0
    move(workshop, cast)
    publish_workshop(workshop=workshop, actor=cast.project_office)
    assert lapse_offers() == 0
    offer.refresh_from_db()
    assert offer.confirm_by
    assert timedelta(hours=23) < offer.confirm_by - timezone.now() <= timedelta(hours=24)
    assert "Bitte bestätigen Sie ihn bis" in last_mail(cast.colleague).text


def test_without_an_hour_to_confirm_an_offer_becomes_a_place(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1, confirm_hours=24)
    come(workshop, cast.stakeholder, cast.colleague)
    cancel(registration=cast.stakeholder.registrations.get(), actor=cast.stakeholder)
    postpone_workshop(workshop=workshop, actor=cast.project_office)
    Workshop.objects.update(confirm_hours=None)
    publish_workshop(workshop=workshop, actor=cast.project_office)
    assert Registration.objects.get(person=cast.colleague).state == "confirmed"
    assert "METHOD:REQUEST" in calendar_of(last_mail(cast.colleague))


def test_a_postponed_event_can_be_called_off_even_after_its_old_date(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    come(workshop, cast.stakeholder)
    postpone_workshop(workshop=workshop, actor=cast.project_office)
    past = timezone.now() - DAYS
    Workshop.objects.update(starts_at=past, ends_at=past + timedelta(hours=2))
    for _ in range(2):
        cancel_workshop(workshop=workshop, actor=cast.project_office)
    assert kinds(cast.stakeholder) == ["registration_confirmed", "workshop_postponed", "workshop_cancelled"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": State.DRAFT}, "nur bei veröffentlichten"),
        ({"state": State.CANCELLED}, "nur bei veröffentlichten"),
        ({"starts_at": timezone.now() - DAYS}, "schon vorbei"),
    ],
)
def test_postponing_refuses(fields: dict[str, object], sentence: str, cast: Cast) -> None:
    with pytest.raises(Refusal, match=sentence):
        postpone_workshop(workshop=WorkshopFactory.create(**fields), actor=cast.project_office)


def test_a_postponed_event_needs_a_date_ahead_before_it_is_published(cast: Cast) -> None:
    workshop = WorkshopFactory.create(state=State.POSTPONED, starts_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(Refusal, match="neuen Termin"):
        publish_workshop(workshop=workshop, actor=cast.project_office)


def test_who_is_told_late_hears_only_how_things_stand(cast: Cast) -> None:
    """Postponed, given a date, postponed and given a date again before a single mail was written."""
    workshop = WorkshopFactory.create()
    come(workshop, cast.stakeholder)
    for _ in range(2):
        postpone_workshop(workshop=workshop, actor=cast.project_office)
        move(workshop, cast)
        publish_workshop(workshop=workshop, actor=cast.project_office)
    assert written(cast.stakeholder, "workshop_postponed") == []
    assert len(written(cast.stakeholder, "workshop_rescheduled")) == 1


def test_a_new_title_does_not_swallow_what_was_not_written_yet(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    come(workshop, cast.stakeholder)
    postpone_workshop(workshop=workshop, actor=cast.project_office)
    row = Workshop.objects.get()
    row.title = "Neuer Titel"
    change_workshop(workshop=row, actor=cast.project_office)
    [mail] = written(cast.stakeholder, "workshop_postponed")
    assert mail.subject == "Verschoben: Neuer Titel"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", [postpone_workshop, cancel_workshop, publish_workshop])
def test_two_desks_that_click_at_once_tell_nobody_twice(verb: Callable[..., Workshop]) -> None:
    office = StakeholderFactory.create(role=Stakeholder.Role.PROJECT_OFFICE)
    workshop = WorkshopFactory.create(capacity=2)
    people = StakeholderFactory.create_batch(4)
    come(workshop, *people)
    if verb is publish_workshop:
        postpone_workshop(workshop=workshop, actor=office)
    OutgoingMail.objects.all().delete()
    at_once(*[lambda: verb(workshop=workshop, actor=office)] * 4)
    for person in people:
        assert len(kinds(person)) == 1
    assert Workshop.objects.get().calendar_sequence == (2 if verb is publish_workshop else 1)
