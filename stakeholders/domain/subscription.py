"""Subscribing to the newsletter and ending it. An address counts only after a link in a mail to it was confirmed."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.consent import note_newsletter
from stakeholders.domain.outbox import post
from stakeholders.domain.refusal import Refusal
from stakeholders.mails import Message, render_message_to
from stakeholders.models import Channel, Stakeholder, Subscription
from stakeholders.subscription_links import confirm_link, end_link
from stakeholders.verbs import StakeholderVerb

State = Subscription.State

AGAIN_AFTER = timedelta(minutes=10)
"""Asking twice within this time sends one mail."""


@transaction.atomic
def request_subscription(*, email: str, language: str) -> None:
    """A mail with a link to confirm goes out; to a confirmed address, once a day, one that says that it is subscribed.

    The caller learns nothing about the address, so that nobody can find out who subscribes.
    """
    now = timezone.now()
    values = {"language": language, "requested_at": now}
    row, is_new = Subscription.objects.get_or_create(email=email.lower(), defaults=values)
    row = Subscription.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state == State.CONFIRMED:
        post(_message("newsletter_known", row, key=f"newsletter:known:{row.pk}:{timezone.localdate()}"))
        return
    if not is_new and row.state == State.PENDING and now - row.requested_at < AGAIN_AFTER:
        return
    row.state, row.language, row.requested_at = State.PENDING, language, now
    row.save(update_fields=["state", "language", "requested_at"])
    post(_message("newsletter_confirm", row, key=f"newsletter:confirm:{row.pk}:{now.timestamp()}"))


@transaction.atomic
def confirm(*, subscription: Subscription) -> None:
    """The link was opened and its button pressed. Confirming twice is harmless; what was ended stays ended."""
    row = _locked(subscription)
    if row.state == State.CONFIRMED:
        return
    if row.state == State.ENDED or row.requested_at != subscription.requested_at:
        raise Refusal(_("Dieser Link gilt nicht mehr. Bitte bestellen Sie den Rundbrief noch einmal."))
    _give(row, person=_owner(row.email))


@transaction.atomic
def subscribe(*, person: Stakeholder) -> bool:
    """From the personal area; False when a mail has to be confirmed first, because the address was never proved."""
    proved = EmailAddress.objects.filter(user=person, email__iexact=person.mail_address, verified=True)
    if not person.mail_address:
        raise Refusal(_("Für den Rundbrief braucht Ihr Konto eine E-Mail-Adresse."))
    if not proved.exists():
        request_subscription(email=person.mail_address, language=person.language)
        return False
    values = {"language": person.language, "requested_at": timezone.now()}
    row, _new = Subscription.objects.get_or_create(email=person.mail_address.lower(), defaults=values)
    row = _locked(row)
    if row.state != State.CONFIRMED:
        row.language, row.requested_at = person.language, timezone.now()
        _give(row, person=person)
    return True


@transaction.atomic
def end(*, subscription: Subscription, channel: str = Channel.WEB) -> None:
    """Ending twice is harmless; a request that was never confirmed ends too."""
    row = _locked(subscription)
    if row.state == State.ENDED:
        return
    was_confirmed = row.state == State.CONFIRMED
    row.state, row.ended_at = State.ENDED, timezone.now()
    row.save(update_fields=["state", "ended_at"])
    if was_confirmed:
        note_newsletter(subscription=row, given=False, channel=channel)
        _record(StakeholderVerb.CONSENT_WITHDRAWN, row)


def subscriptions_of(person: Stakeholder) -> list[Subscription]:
    """Of all addresses that belong to the person, the newest first."""
    own = Q(person=person) | Q(email__iexact=person.mail_address) if person.mail_address else Q(person=person)
    return list(Subscription.objects.filter(own))


def _give(row: Subscription, person: Stakeholder | None) -> None:
    row.state, row.confirmed_at, row.person = State.CONFIRMED, timezone.now(), person
    row.save(update_fields=["state", "language", "requested_at", "confirmed_at", "person"])
    note_newsletter(subscription=row, given=True)
    _record(StakeholderVerb.CONSENT_GIVEN, row)


def _owner(email: str) -> Stakeholder | None:
    """Whose account has proved this very address."""
    proved = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    owner: Stakeholder | None = proved.user if proved else None
    return owner


def _locked(subscription: Subscription) -> Subscription:
    return Subscription.objects.select_for_update(of=("self",)).select_related("person").get(pk=subscription.pk)


def _record(verb: StakeholderVerb, row: Subscription) -> None:
    """Under its number: the name of a subscription is an address."""
    label = _("Abonnement %(number)s") % {"number": row.pk}
    record(verb, actor=row.person, target=row, label=label, facts={"purpose": "newsletter"})


def _message(template: str, row: Subscription, key: str) -> Message:
    return render_message_to(
        f"stakeholders/{template}",
        key=key,
        kind=template,
        recipient=row.email,
        language=row.language,
        context={"confirm_link": confirm_link(row), "end_link": end_link(row)},
        person=row.person,
    )
