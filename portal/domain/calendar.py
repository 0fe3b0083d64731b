"""What of a person's data ends when, so that nobody has to compute it from the periods."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min
from django.utils.translation import gettext as _

from portal.domain.inactivity import ends_at
from stakeholders.domain.forgetting import address_of, mails_to
from stakeholders.domain.subscription import subscriptions_of
from stakeholders.models import DataExport, Enquiry, OutgoingMail, Stakeholder, Subscription
from theses.models import ThesisDraft
from workshops.models import Answer


@dataclass(frozen=True)
class Ending:
    at: datetime
    what: str


def calendar(person: Stakeholder) -> list[Ending]:
    """The next end of everything that has one, the earliest first."""
    kinds = (_account, _exports, _mails, _enquiries, _subscriptions, _drafts, _answers)
    endings = [ending for kind in kinds for ending in kind(person)]
    return sorted(endings, key=lambda ending: ending.at)


def _account(person: Stakeholder) -> list[Ending]:
    if person.needs_second_factor:
        return []
    return [Ending(ends_at(person), _("Ihr Konto, wenn Sie sich bis dahin nicht wieder anmelden"))]


def _exports(person: Stakeholder) -> list[Ending]:
    rows = DataExport.objects.available().filter(person=person)
    return [Ending(row.expires_at, _("die Datei mit Ihrer Auskunft")) for row in rows if row.expires_at]


def _mails(person: Stakeholder) -> list[Ending]:
    """Each has its own day; the page names the first."""
    oldest = mails_to(person).filter(state=OutgoingMail.State.SENT).exclude(text="").aggregate(at=Min("created_at"))
    return (
        [Ending(_after("sent_mails", oldest["at"]), _("der Text der ältesten Nachricht an Sie"))]
        if oldest["at"]
        else []
    )


def _enquiries(person: Stakeholder) -> list[Ending]:
    closed = Enquiry.objects.filter(address_of(person), state=Enquiry.State.CLOSED)
    return [
        Ending(_after("enquiries", row.changed_at), _("Ihre Anfrage „%(subject)s“") % {"subject": row.subject})
        for row in closed
    ]


def _subscriptions(person: Stakeholder) -> list[Ending]:
    endings = []
    for row in subscriptions_of(person):
        if row.state == Subscription.State.PENDING:
            at = _after("unconfirmed_subscriptions", row.requested_at)
            endings.append(Ending(at, _("die unbestätigte Bestellung des Rundbriefs")))
        elif row.state == Subscription.State.ENDED and row.ended_at:
            at = _after("ended_subscriptions", row.ended_at)
            endings.append(Ending(at, _("die abbestellte Adresse des Rundbriefs")))
    return endings


def _drafts(person: Stakeholder) -> list[Ending]:
    drafts = ThesisDraft.objects.filter(author=person)
    return [Ending(_after("thesis_drafts", row.saved_at), _("Ihr Entwurf einer These")) for row in drafts]


def _answers(person: Stakeholder) -> list[Ending]:
    """To the questions of each event: the sensitive ones end before the others."""
    rows = Answer.objects.filter(registration__person=person).select_related("question__workshop")
    found = {(row.question.workshop, row.question.is_sensitive) for row in rows}
    text = {
        True: _("Ihre Angaben zu Barrierefreiheit und Verpflegung für „%(title)s“"),
        False: _("Ihre Antworten zur Anmeldung für „%(title)s“"),
    }
    purpose = {True: "sensitive_answers", False: "answers"}
    return [
        Ending(_after(purpose[sensitive], workshop.ends_at), text[sensitive] % {"title": workshop})
        for workshop, sensitive in found
    ]


def _after(purpose: str, start: datetime) -> datetime:
    return start + timedelta(days=settings.RETENTION[purpose])
