"""Deputies: who may be named, what passes over to them and when, and that places are never exceeded."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.workshops import InvitationFactory, InvitationWaveFactory
from tests.workshops.domain.naming import known, name, state_of
from tests.workshops.post import kinds, last_mail
from workshops.domain.deputy import MOST_NAMED, Deputy, withdraw_deputy
from workshops.domain.invitation import answer, invite
from workshops.domain.registration import cancel, register
from workshops.models import Invitation, Registration, Workshop
from workshops.privacy import erase

pytestmark = pytest.mark.django_db
Answer, State = Invitation.Answer, Registration.State


def test_an_unknown_deputy_becomes_a_person_who_can_take_the_account_over(invited: Invitation) -> None:
    row = name(invited)
    person = row.person
    assert (person.get_full_name(), person.email, person.origin) == ("Ruth Beispiel", "ruth@example.org", "office")
    assert (person.source, person.is_claimed, person.has_usable_password()) == ("als Vertretung benannt", False, False)
    assert EmailAddress.objects.get(user=person).verified is False
    assert (row.deputy_of, row.answer, row.is_draft) == (invited, Answer.OPEN, False)
    assert AuditEntry.objects.get(verb="person_recorded").actor == invited.person


def test_the_mail_tells_who_named_them_where_the_data_is_from_and_what_is_stored(invited: Invitation) -> None:
    mail = last_mail(name(invited).person)
    assert (mail.kind, mail.recipient) == ("deputy_invitation", "ruth@example.org")
    sender = invited.person.display_name
    assert sender in mail.subject
    for text in (mail.text, mail.html):
        assert f"{sender} ist zu dieser Veranstaltung eingeladen und hat Sie als Vertretung benannt." in text
        assert f"Woher wir Ihre Angaben haben: {sender} hat uns Ihren Namen und die Adresse ruth@example.org" in text
        assert "ansehen, übernehmen oder löschen" in text
    assert mail.attachments[0]["name"] == "termin.ics"


def test_a_deputy_who_declines_is_told_and_another_can_be_named(invited: Invitation) -> None:
    answer(invitation=invited, accept=True)
    row = name(invited)
    for _click in range(2):
        answer(invitation=row, accept=False, reason="verreist")
    assert state_of(invited.person) == State.CONFIRMED
    assert kinds(invited.person) == ["registration_confirmed", "deputy_declined"]
    mail = last_mail(invited.person)
    assert "Ruth Beispiel kann Sie bei dieser Veranstaltung nicht vertreten." in mail.text
    assert "verreist" not in mail.text + mail.html
    with pytest.raises(Refusal, match="schon abgesagt"):
        name(invited)
    with pytest.raises(Refusal, match="Vertretung schon abgesagt"):
        answer(invitation=row, accept=True)
    assert name(invited, Deputy("Uwe", "Muster", "uwe@example.org")).answer == Answer.OPEN


def test_a_deputy_who_cancels_later_leaves_the_choice_to_the_original(invited: Invitation) -> None:
    row = name(invited)
    registration = answer(invitation=row, accept=True)
    assert registration
    cancel(registration=registration, actor=row.person)
    invited.refresh_from_db()
    assert invited.answer == Answer.OPEN
    assert kinds(invited.person) == ["deputy_accepted", "deputy_declined"]
    back = answer(invitation=invited, accept=True)
    assert back
    assert back.state == State.CONFIRMED


def test_only_one_at_a_time_and_the_open_one_can_be_withdrawn(invited: Invitation) -> None:
    row = name(invited)
    with pytest.raises(Refusal, match="schon jemanden benannt"):
        name(invited, Deputy("Uwe", "Muster", "uwe@example.org"))
    for _click in range(2):
        withdraw_deputy(invitation=invited)
    row.refresh_from_db()
    assert row.answer == Answer.WITHDRAWN
    assert AuditEntry.objects.filter(verb="invitation_deputy_withdrawn").count() == 1
    for accept in (True, False):
        with pytest.raises(Refusal, match="zurückgezogen"):
            answer(invitation=row, accept=accept)
    assert not Registration.objects.exists()


def test_who_was_withdrawn_gets_no_invitation_late_and_can_be_named_again(invited: Invitation) -> None:
    row = name(invited)
    withdraw_deputy(invitation=invited)
    assert last_mail(row.person).state == OutgoingMail.State.CANCELLED
    again = name(invited)
    assert (again.pk, again.answer) == (row.pk, Answer.OPEN)
    assert last_mail(row.person).state == OutgoingMail.State.QUEUED
    assert kinds(row.person) == ["deputy_invitation"] * 2


def test_withdrawing_after_the_deputy_accepted_is_refused(invited: Invitation) -> None:
    answer(invitation=name(invited), accept=True)
    with pytest.raises(Refusal, match="schon zugesagt"):
        withdraw_deputy(invitation=invited)


def test_who_declines_has_no_deputy_either(invited: Invitation) -> None:
    answer(invitation=invited, accept=True)
    row = name(invited)
    cancel(registration=Registration.objects.get(), actor=invited.person)
    row.refresh_from_db()
    assert row.answer == Answer.WITHDRAWN
    with pytest.raises(Refusal, match="zuerst wieder zu"):
        name(invited, Deputy("Uwe", "Muster", "uwe@example.org"))
    answer(invitation=invited, accept=True)
    assert name(invited).answer == Answer.OPEN


def test_the_office_can_still_invite_somebody_who_was_withdrawn(cast: Cast, invited: Invitation) -> None:
    row = name(invited)
    withdraw_deputy(invitation=invited)
    assert invite(workshop=invited.workshop, people=[row.person], actor=cast.project_office).invited == 1
    own = Invitation.objects.get(person=row.person)
    assert (own.deputy_of, own.answer) == (None, Answer.OPEN)


def test_oneself_is_refused_by_every_address(cast: Cast, invited: Invitation) -> None:
    EmailAddress.objects.create(user=cast.stakeholder, email="privat@example.org", verified=True)
    for email in ("Stakeholder@example.org", "privat@example.org"):
        with pytest.raises(Refusal, match="eigene Adresse") as refused:
            name(invited, Deputy("Ich", "Selbst", email))
        assert refused.value.field == "email"


def test_an_address_nobody_proved_does_not_name_its_account(cast: Cast, invited: Invitation) -> None:
    EmailAddress.objects.create(user=cast.outsider, email="ruth@example.org", verified=False)
    assert name(invited).person != cast.outsider


@pytest.mark.parametrize("situation", ["registered", "invited", "closed"])
def test_people_who_cannot_stand_in_are_refused_at_the_field(situation: str, cast: Cast, invited: Invitation) -> None:
    if situation == "registered":
        register(workshop=invited.workshop, person=cast.outsider, actor=cast.outsider)
    elif situation == "invited":
        InvitationFactory.create(workshop=invited.workshop, person=cast.outsider)
    else:
        Stakeholder.objects.filter(pk=cast.outsider.pk).update(is_active=False)
    with pytest.raises(Refusal) as refused:
        name(invited, known(cast.outsider))
    assert refused.value.field == "email"
    sentence = {"registered": "schon angemeldet", "invited": "schon eingeladen", "closed": "keine Einladung schicken"}
    assert sentence[situation] in refused.value.sentence
    assert not Invitation.objects.filter(deputy_of=invited).exists()


def test_a_deputy_names_nobody(invited: Invitation) -> None:
    row = name(invited)
    with pytest.raises(Refusal, match="niemanden weiter benennen"):
        name(row, Deputy("Uwe", "Muster", "uwe@example.org"))
    answer(invitation=row, accept=True)
    with pytest.raises(Refusal, match="niemanden weiter benennen"):
        name(row, Deputy("Uwe", "Muster", "uwe@example.org"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"registration_closes_at": timezone.now() - timedelta(hours=1)}, "Anmeldung ist geschlossen"),
        ({"starts_at": timezone.now() - timedelta(hours=1)}, "hat schon begonnen"),
        ({"state": Workshop.State.CANCELLED}, "ist abgesagt"),
        ({"state": Workshop.State.POSTPONED}, "ist verschoben"),
    ],
)
def test_too_late_or_off_nobody_is_named_and_no_deputy_accepts(
    fields: dict[str, Any], sentence: str, invited: Invitation
) -> None:
    row = name(invited)
    Workshop.objects.update(**fields)
    with pytest.raises(Refusal, match=sentence):
        answer(invitation=row, accept=True)
    with pytest.raises(Refusal, match=sentence):
        name(invited)
    assert not Registration.objects.exists()


def test_an_invitation_names_no_more_than_a_few_people(invited: Invitation) -> None:
    for number in range(MOST_NAMED):
        name(invited, Deputy("Ruth", f"Nummer{chr(97 + number)}", f"ruth{number}@example.org"))
        withdraw_deputy(invitation=invited)
    with pytest.raises(Refusal, match="mehrere Personen"):
        name(invited)


def test_erasing_the_original_takes_back_what_was_not_answered(invited: Invitation) -> None:
    row = name(invited)
    erase(invited.person)
    row.refresh_from_db()
    assert (row.answer, row.deputy_of) == (Answer.WITHDRAWN, None)


def test_who_counted_on_a_deputy_who_is_erased_is_told(invited: Invitation) -> None:
    row = name(invited)
    answer(invitation=row, accept=True)
    erase(row.person)
    invited.refresh_from_db()
    assert invited.answer == Answer.OPEN
    mail = OutgoingMail.objects.get(person=invited.person, kind="deputy_declined")
    assert (mail.state, "kann Sie bei dieser Veranstaltung nicht vertreten" in mail.text) == ("queued", True)


def test_somebody_in_a_draft_of_the_office_can_be_named_and_the_draft_tells_nobody(
    cast: Cast, invited: Invitation
) -> None:
    wave = InvitationWaveFactory.create(workshop=invited.workshop)
    draft = InvitationFactory.create(workshop=invited.workshop, wave=wave, person=cast.outsider, is_draft=True)
    row = name(invited, known(cast.outsider))
    assert (row.pk, row.is_draft, row.wave, row.deputy_of) == (draft.pk, False, None, invited)
    assert not wave.invitations.exists()
