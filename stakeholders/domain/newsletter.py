"""Sending an issue of the newsletter: once, to every confirmed address, each message with its own link to end it."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from publishing.markdown import render_markdown
from stakeholders.domain.audit import record
from stakeholders.domain.outbox import post, post_many
from stakeholders.domain.refusal import Refusal
from stakeholders.mails import Message, render_message_to
from stakeholders.models import Newsletter, Stakeholder, Subscription
from stakeholders.subscription_links import end_link
from stakeholders.verbs import StakeholderVerb

KIND = "newsletter"
AT_A_TIME = 1000
PLACE_OF_LINK = "https://abbestellen.invalid/"
"""Stands in the rendered issue where each message gets its own link, so that one drawing serves thousands."""


@transaction.atomic
def send_newsletter(*, newsletter: Newsletter, actor: Stakeholder) -> int:
    """Returns how many messages stand in the outbox. A second click finds the issue sent and posts nothing.

    The keys name issue and subscription, so that nobody gets an issue twice, whatever happens.
    """
    locked = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
    if locked.state == Newsletter.State.SENT:
        return locked.recipients
    recipients = Subscription.objects.confirmed().order_by("pk")
    if not recipients.exists():
        raise Refusal(_("Noch niemand hat den Rundbrief bestellt und bestätigt. Der Entwurf bleibt stehen."))
    drawn = {language: draw(locked, language) for language in ("de", "en")}
    locked.recipients = 0
    for part in _in_parts(recipients.select_related("person").iterator(chunk_size=AT_A_TIME)):
        post_many(addressed(drawn[row.language], row, locked) for row in part)
        locked.recipients += len(part)
    locked.state, locked.sent_at = Newsletter.State.SENT, timezone.now()
    locked.save(update_fields=["state", "sent_at", "recipients"])
    record(StakeholderVerb.NEWSLETTER_SENT, actor=actor, target=locked, facts={"recipients": locked.recipients})
    return locked.recipients


def send_test(*, newsletter: Newsletter, actor: Stakeholder) -> None:
    """To oneself, as often as one likes; its link ends nothing, because it belongs to no subscription."""
    if not actor.mail_address:
        raise Refusal(_("Ihr Konto hat keine E-Mail-Adresse, an die eine Testnachricht gehen könnte."))
    message = draw(newsletter, actor.language)
    subject = _("Test: %(subject)s") % {"subject": message.subject}
    key = f"newsletter:test:{newsletter.pk}:{uuid4()}"
    post(replace(message, key=key, recipient=actor.mail_address, person=actor, subject=subject[:250]))


def draw(newsletter: Newsletter, language: str) -> Message:
    """The issue in one language, still without recipient; English where there is an English text."""
    english = language == "en" and newsletter.body_en
    subject = newsletter.subject_en if english and newsletter.subject_en else newsletter.subject
    body = newsletter.body_en if english else newsletter.body
    return render_message_to(
        "stakeholders/newsletter",
        key="",
        kind=KIND,
        recipient="",
        language=language,
        context={
            "subject": subject,
            "body": body,
            "body_html": render_markdown(body),
            "body_language": "en" if english else "de",
            "end_link": PLACE_OF_LINK,
        },
    )


def addressed(message: Message, subscription: Subscription, newsletter: Newsletter) -> Message:
    """With the link of RFC 2369 that ends the subscription, which mail programs press on their own (RFC 8058)."""
    link = end_link(subscription)
    return replace(
        message,
        key=f"newsletter:{newsletter.pk}:{subscription.pk}",
        recipient=subscription.email,
        person=subscription.person,
        text=message.text.replace(PLACE_OF_LINK, link),
        html=message.html.replace(PLACE_OF_LINK, escape(link)),
        headers={"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _in_parts(rows: Iterator[Subscription]) -> Iterator[list[Subscription]]:
    part: list[Subscription] = []
    for row in rows:
        part.append(row)
        if len(part) == AT_A_TIME:
            yield part
            part = []
    if part:
        yield part
