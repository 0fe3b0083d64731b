"""Messages of the project office to a part of the people of an event: written down, looked at, sent once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.writing import post_outlines
from stakeholders.models import Stakeholder
from workshops import reminder_mails
from workshops.domain.audience import recipients
from workshops.domain.place import lock
from workshops.models import Reminder, Workshop
from workshops.verbs import WorkshopVerb


@transaction.atomic
def draft_message(*, workshop: Workshop, message: Reminder) -> Reminder:
    """Keep what is written without sending it; a message that was sent stays as it is."""
    locked = lock(workshop)
    if locked.state == Workshop.State.DRAFT:
        raise Refusal(_("Von einem Entwurf weiß noch niemand. Bitte veröffentlichen Sie die Veranstaltung zuerst."))
    if message.pk:
        refuse_sent(Reminder.objects.get(pk=message.pk))
    message.workshop, message.anchor, message.hours = locked, Reminder.Anchor.AT_ONCE, 0
    for field, text in (("subject", message.subject), ("text", message.text)):
        if not text.strip():
            raise Refusal(_("Bitte schreiben Sie Betreff und Text."), field=field)
        reminder_mails.check_placeholders(text, field)
    message.save()
    return message


@transaction.atomic
def send_message(*, message: Reminder, actor: Stakeholder) -> int:
    """To how many; nobody gets it twice, however often this is called."""
    locked = lock(message.workshop)
    current = Reminder.objects.get(pk=message.pk)
    if current.posted_at:
        return 0
    current.workshop = locked
    outlines = [reminder_mails.outline(current, row) for row in recipients(current)]
    if not outlines:
        raise Refusal(_("Zurzeit gehört niemand zu diesem Empfängerkreis. Es ging nichts hinaus."))
    current.posted_at = timezone.now()
    current.save(update_fields=["posted_at"])
    facts: dict[str, object] = {"people": len(outlines), "message": current.pk}
    record(WorkshopVerb.MESSAGE_POSTED, actor=actor, target=locked, facts=facts)
    post_outlines(outlines)
    return len(outlines)


@transaction.atomic
def discard_message(*, message: Reminder) -> None:
    lock(message.workshop)
    refuse_sent(Reminder.objects.get(pk=message.pk))
    Reminder.objects.filter(pk=message.pk).delete()


def refuse_sent(message: Reminder) -> None:
    if message.posted_at:
        raise Refusal(_("Diese Nachricht ist schon verschickt und bleibt, wie sie ist."))
