"""Speaking for an organisation: asked for, confirmed or refused, ended; and naming a deputy.

Every verb locks the organisation first, so that decisions about one organisation come one after the other.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.outbox import post, post_many
from stakeholders.domain.refusal import Refusal
from stakeholders.mails import mandate_message
from stakeholders.models import Mandate, Organisation, Stakeholder
from stakeholders.models.mandate import MandateQuerySet
from stakeholders.permissions import decides_for, may_decide_on_mandate, may_take_part
from stakeholders.verbs import StakeholderVerb

State = Mandate.State

USUAL_YEARS, MOST_YEARS = 1, 2

MOST_A_DAY = 5
"""Requests of one person within 24 hours; each of them writes to every mandated colleague."""


def usual_end() -> dt.date:
    return _years_later(timezone.localdate(), USUAL_YEARS)


def latest_end() -> dt.date:
    return _years_later(timezone.localdate(), MOST_YEARS)


@transaction.atomic
def request_mandate(*, person: Stakeholder, organisation: Organisation, reason: str) -> Mandate:
    """Waits for a mandated colleague, who gets a mail, or for the project office. A second click changes nothing.

    Raises Refusal when the profile is incomplete, the organisation was merged, a mandate or a request is open already,
    or the person has asked too often today.
    """
    home = lock_organisation(organisation)
    if not may_take_part(person):
        raise Refusal(_("Bitte ergänzen Sie zuerst Ihr Profil. Danach können Sie ein Mandat beantragen."))
    if home.merged_into_id:
        raise Refusal(
            _("Diese Organisation wurde mit einer anderen zusammengeführt. Bitte wählen Sie die andere."),
            "organisation_name",
        )
    end_overdue(home, person=person)
    before = Mandate.objects.open().filter(person=person, organisation=home).first()
    if before and before.state == State.REQUESTED and before.request_reason == reason:
        return before
    _check_new(before, person)
    row = Mandate.objects.create(
        person=person, organisation=home, request_reason=reason, requested_at=timezone.now(), state=State.REQUESTED
    )
    _note(StakeholderVerb.MANDATE_REQUESTED, row, person)
    speakers = Mandate.objects.valid().speakers().filter(organisation=home).select_related("person")
    post_many(mandate_message("requested", row, speaker.person) for speaker in speakers)
    return row


@transaction.atomic
def confirm(*, mandate: Mandate, actor: Stakeholder, ends_on: dt.date) -> Mandate:
    """From today until `ends_on`, which is at most two years away. The second of two deciders is told by a Refusal."""
    row = locked(mandate)
    if row.state == State.CONFIRMED and (row.decided_by_id, row.ends_on) == (actor.pk, ends_on):
        return row
    _check_decision(row, actor)
    check_last_day(ends_on)
    row.starts_on, row.ends_on = timezone.localdate(), ends_on
    return _decide(row, actor, State.CONFIRMED, StakeholderVerb.MANDATE_CONFIRMED)


@transaction.atomic
def refuse(*, mandate: Mandate, actor: Stakeholder, reason: str) -> Mandate:
    row = locked(mandate)
    if row.state == State.REFUSED and (row.decided_by_id, row.decision_reason) == (actor.pk, reason.strip()):
        return row
    _check_decision(row, actor)
    if not reason.strip():
        raise Refusal(_("Bitte begründen Sie die Ablehnung. Die Begründung geht an die Person."), "reason")
    row.decision_reason = reason.strip()
    return _decide(row, actor, State.REFUSED, StakeholderVerb.MANDATE_REFUSED)


@transaction.atomic
def end(*, mandate: Mandate, actor: Stakeholder) -> Mandate:
    """By the person, a mandated colleague or the office; the deputies whom the person named end with it.

    An own request that nobody has decided is withdrawn this way.
    """
    row = locked(mandate)
    own = actor.pk == row.person_id
    if not own and not may_decide_on_mandate(actor, row):
        raise Refusal(
            _(
                "Ein Mandat beenden die Person selbst, eine mandatierte Person derselben Organisation "
                "oder das Projektbüro."
            )
        )
    if row.state in (State.REFUSED, State.ENDED):
        raise Refusal(_what_happened(row))
    if row.state == State.REQUESTED and not own:
        raise Refusal(
            _("Über diesen Antrag ist noch nicht entschieden. Bitte bestätigen Sie ihn oder lehnen Sie ihn ab.")
        )
    if row.state == State.REQUESTED:
        close(row, actor)
    else:
        finish(row, actor)
    return row


@transaction.atomic
def name_deputy(*, actor: Stakeholder, organisation: Organisation, email: str, ends_on: dt.date | None = None) -> None:
    """The person with this address speaks from today on, at most until the naming person's last day, and is told.

    An address without an account, or of somebody who speaks already, changes nothing and is answered like any other:
    who has an account is nobody else's business. Each speaker has one deputy at a time.
    """
    home = lock_organisation(organisation)
    own = Mandate.objects.valid().speakers().filter(person=actor, organisation=home).first()
    if own is None or own.ends_on is None:
        raise Refusal(
            _("Eine Stellvertretung benennt nur, wer selbst mit einem gültigen Mandat für die Organisation spricht.")
        )
    last_day = ends_on or own.ends_on
    if not timezone.localdate() <= last_day <= own.ends_on:
        raise Refusal(
            _("Die Stellvertretung endet frühestens heute und spätestens mit Ihrem eigenen Mandat."), "ends_on"
        )
    if email.strip().lower() == actor.mail_address.lower():
        raise Refusal(_("Das ist Ihre eigene Adresse. Bitte benennen Sie eine andere Person."), "email")
    if deputies_of(own).valid().exists():
        raise Refusal(
            _("Sie haben schon eine Stellvertretung. Beenden Sie diese, bevor Sie eine andere benennen."), "email"
        )
    person = _account_of(email)
    if person is None:
        return
    end_overdue(home, person=person)
    if Mandate.objects.open().filter(person=person, organisation=home).exists():
        return
    row = Mandate(person=person, organisation=home, kind=Mandate.Kind.DEPUTY, requested_at=timezone.now())
    row.starts_on, row.ends_on = timezone.localdate(), last_day
    _decide(row, actor, State.CONFIRMED, StakeholderVerb.DEPUTY_NAMED)


def deputies_of(mandate: Mandate) -> MandateQuerySet:
    return Mandate.objects.filter(
        organisation=mandate.organisation_id, kind=Mandate.Kind.DEPUTY, decided_by=mandate.person_id
    )


def lock_organisation(organisation: Organisation) -> Organisation:
    """Contributions that name the organisation are not held up."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def locked(mandate: Mandate) -> Mandate:
    """The organisation and then the mandate itself; again, if a merging has just moved it to another organisation."""
    rows = Mandate.objects.select_related("person", "organisation")
    home = lock_organisation(rows.get(pk=mandate.pk).organisation)
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=mandate.pk)
    return row if row.organisation_id == home.pk else locked(mandate)


def finish(row: Mandate, actor: Stakeholder | None) -> None:
    """Ends a mandate of a locked organisation, tells the person, and likewise for the deputies they named."""
    close(row, actor)
    if row.person.is_active:
        post(mandate_message("ended", row, row.person))
    _finish_deputies(row, actor)


@transaction.atomic
def end_deputies_named_by(*, person: Stakeholder) -> None:
    """Before an account is erased: its own mandates go with it, and whom it has named must not speak on alone."""
    speaking = Mandate.objects.filter(person=person, state=State.CONFIRMED).select_related("organisation")
    for row in speaking.order_by("organisation"):
        lock_organisation(row.organisation)
        _finish_deputies(row, None)


def _finish_deputies(row: Mandate, actor: Stakeholder | None) -> None:
    if row.kind == Mandate.Kind.SPEAKER:
        for deputy in deputies_of(row).filter(state=State.CONFIRMED).select_related("person", "organisation"):
            finish(deputy, actor)


def close(row: Mandate, actor: Stakeholder | None) -> None:
    row.state = State.ENDED
    row.ended_at = timezone.now()
    row.save(update_fields=("state", "ended_at"))
    _note(StakeholderVerb.MANDATE_ENDED, row, actor)


def end_overdue(organisation: Organisation, *, person: Stakeholder | None = None) -> int:
    """Writes down for a locked organisation, or one person in it, which mandates are over by date. Returns how many."""
    rows = Mandate.objects.overdue().filter(organisation=organisation)
    if person is not None:
        rows = rows.filter(person=person)
    # Deputies first: a speaker who ends would end them as well.
    overdue = list(rows.select_related("person", "organisation").order_by("kind", "pk"))
    for row in overdue:
        finish(row, None)
    return len(overdue)


def _check_new(before: Mandate | None, person: Stakeholder) -> None:
    if before:
        sentences = {
            State.REQUESTED: _(
                "Für diese Organisation haben Sie schon ein Mandat beantragt. Es wartet auf Bestätigung."
            ),
            State.CONFIRMED: _("Für diese Organisation haben Sie schon ein gültiges Mandat."),
        }
        raise Refusal(sentences[State(before.state)], "organisation_name")
    today = timezone.now() - dt.timedelta(days=1)
    if person.mandates.filter(requested_at__gt=today, kind=Mandate.Kind.SPEAKER).count() >= MOST_A_DAY:
        raise Refusal(
            _("Sie haben heute schon %(number)d Mandate beantragt. Bitte versuchen Sie es morgen wieder.")
            % {"number": MOST_A_DAY}
        )


def _check_decision(row: Mandate, actor: Stakeholder) -> None:
    if actor.pk == row.person_id:
        raise Refusal(_("Über den eigenen Antrag entscheidet eine andere Person."))
    if not (actor.is_staff or decides_for(actor, row.organisation)):
        raise Refusal(
            _("Über ein Mandat entscheidet eine mandatierte Person derselben Organisation oder das Projektbüro.")
        )
    check_undecided(row)


def check_undecided(mandate: Mandate) -> None:
    """Raises Refusal that tells the second decider what the first one decided."""
    if mandate.state != State.REQUESTED:
        raise Refusal(_what_happened(mandate))


def check_last_day(day: dt.date) -> None:
    if not timezone.localdate() <= day <= latest_end():
        raise Refusal(
            _("Ein Mandat endet frühestens heute und spätestens in zwei Jahren. Bitte ändern Sie den letzten Tag."),
            "ends_on",
        )


def _decide(row: Mandate, actor: Stakeholder, state: State, verb: StakeholderVerb) -> Mandate:
    row.state = state
    row.decided_at = timezone.now()
    row.decided_by = actor
    row.save()
    _note(verb, row, actor)
    if row.person.is_active:
        name = "named" if verb == StakeholderVerb.DEPUTY_NAMED else state.value
        post(mandate_message(name, row, row.person))
    return row


def _account_of(email: str) -> Stakeholder | None:
    """Only somebody who has used their account and told who they are can speak for others."""
    people = Stakeholder.objects.filter(email__iexact=email.strip(), is_active=True)
    return next((person for person in people if person.is_claimed and may_take_part(person)), None)


def _note(verb: StakeholderVerb, row: Mandate, actor: Stakeholder | None) -> None:
    facts: dict[str, object] = {"person": row.person_id, "organisation": row.organisation_id}
    if row.ends_on:
        facts["ends_on"] = row.ends_on.isoformat()
    record(verb, actor=actor, target=row, label=f"{Mandate._meta.verbose_name} {row.pk}", facts=facts)


def _what_happened(row: Mandate) -> str:
    """What the reader could not know yet: who came first."""
    sentences: dict[str, str] = {
        State.CONFIRMED: _("Dieses Mandat wurde inzwischen bereits bestätigt."),
        State.REFUSED: _("Dieser Antrag wurde inzwischen bereits abgelehnt."),
        State.ENDED: _("Dieses Mandat wurde inzwischen bereits beendet."),
    }
    return sentences[row.state] + " " + _("Es bleibt dabei; Ihre Eingabe hat nichts geändert.")


def _years_later(day: dt.date, years: int) -> dt.date:
    """The same day of a later year; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
