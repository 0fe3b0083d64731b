"""What is deleted when its time is over: one purpose, one period out of settings.RETENTION, one small function.

Every function asks for what is over now, not for what happened since the last run: days without a run lose nothing,
and running twice finds nothing twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.domain.data_export import expire_exports
from portal.domain.erasure import FAREWELL
from portal.domain.inactivity import erase_inactive, erase_unclaimed
from stakeholders.domain.audit import record
from stakeholders.domain.contact_import import forget_old_imports
from stakeholders.models import ContentReport, Enquiry, OutgoingMail, Subscription
from stakeholders.verbs import StakeholderVerb
from theses.models import ThesisDraft
from workshops.domain.question import delete_answers

log = structlog.get_logger()
Mail = OutgoingMail.State


@dataclass(frozen=True)
class Purpose:
    """`what` is stored, `why`, and what is done when the days of settings.RETENTION[key] are over."""

    key: str
    what: Promise
    why: Promise
    starts: Promise
    apply: Callable[[datetime], int]

    @property
    def period(self) -> str:
        """Such as "36 Monate ohne Anmeldung und Mitwirkung"."""
        return f"{period_text(settings.RETENTION[self.key])} {self.starts}"


def apply_retention(*, now: datetime) -> dict[str, int]:
    """How many rows of each purpose were deleted; each in its own transaction, so that a fault stops only its own."""
    counts: dict[str, int] = {}
    faults: list[Exception] = []
    for purpose in PURPOSES:
        try:
            counts[purpose.key] = purpose.apply(now)
        except Exception as fault:
            log.exception("retention", purpose=purpose.key)
            faults.append(fault)
    _tell({key: count for key, count in counts.items() if count})
    if faults:
        raise ExceptionGroup("retention", faults)
    return counts


def period_text(days: int) -> str:
    """Whole months of thirty days and whole years in months, shorter periods in days."""
    months = round(days * 12 / 365)
    if days == 0:
        return _("sofort")
    if days < 90:
        return ngettext("%(n)d Tag", "%(n)d Tage", days) % {"n": days}
    return ngettext("%(n)d Monat", "%(n)d Monate", months) % {"n": months}


def before(purpose: str, now: datetime) -> datetime:
    return now - timedelta(days=settings.RETENTION[purpose])


def delete_unconfirmed(now: datetime) -> int:
    """An address that was once confirmed and ended goes back to that: its consents are the proof of older issues."""
    over = Subscription.objects.filter(
        state=Subscription.State.PENDING, requested_at__lte=before("unconfirmed_subscriptions", now)
    )
    over.filter(ended_at__isnull=False).update(state=Subscription.State.ENDED)
    return over.filter(ended_at__isnull=True).delete()[1].get("stakeholders.Subscription", 0)


def delete_ended(now: datetime) -> int:
    over = Subscription.objects.filter(state=Subscription.State.ENDED, ended_at__lte=before("ended_subscriptions", now))
    return over.delete()[1].get("stakeholders.Subscription", 0)


def empty_mails(now: datetime) -> int:
    """Texts go; that something was sent stays with the account, because its key keeps it from being sent again.

    To addresses without an account nothing stays.
    """
    done = OutgoingMail.objects.filter(
        state__in=(Mail.SENT, Mail.CANCELLED, Mail.FAILED), created_at__lte=before("sent_mails", now)
    )
    deleted = done.filter(person__isnull=True).delete()[0]
    emptied = done.exclude(text="", html="", attachments=[]).update(text="", html="", attachments=[], headers={})
    return deleted + emptied


def forget_farewells(now: datetime) -> int:
    """The last mail to an address as soon as it is sent; after a week also if it could not be."""
    mails = OutgoingMail.objects.filter(kind=FAREWELL)
    sent = mails.filter(state=Mail.SENT).delete()[0]
    return sent + mails.filter(created_at__lte=before("farewells", now)).delete()[0]


def delete_exports(now: datetime) -> int:
    return expire_exports(now=now)


def delete_imports(_now: datetime) -> int:
    return forget_old_imports()


def delete_drafts(now: datetime) -> int:
    """Every save, also while typing, begins the time anew."""
    return ThesisDraft.objects.filter(saved_at__lte=before("thesis_drafts", now)).delete()[0]


def delete_reports(now: datetime) -> int:
    return ContentReport.objects.filter(decided_at__lte=before("content_reports", now)).delete()[0]


def delete_enquiries(now: datetime) -> int:
    closed = Enquiry.objects.filter(state=Enquiry.State.CLOSED, changed_at__lte=before("enquiries", now))
    return closed.delete()[1].get("stakeholders.Enquiry", 0)


def delete_sessions(now: datetime) -> int:
    """A session that has run out, and the address of the network beside it."""
    deleted = Session.objects.filter(expire_date__lte=before("sessions", now)).delete()[0]
    running = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(running), last_seen_at__lte=now - timedelta(days=1)).delete()
    return deleted


@transaction.atomic
def _tell(counts: dict[str, int]) -> None:
    if counts:
        record(StakeholderVerb.RETENTION_APPLIED, actor=None, facts=dict(counts))


PURPOSES = (
    Purpose(
        "inactive_accounts",
        gettext_lazy("Konto, Profil und alles, was zu Ihnen gehört"),
        gettext_lazy("damit Sie mitwirken können"),
        gettext_lazy("ohne Anmeldung und Mitwirkung; vorher schreiben wir Ihnen zweimal"),
        lambda now: erase_inactive(now=now),
    ),
    Purpose(
        "unclaimed_contacts",
        gettext_lazy("Kontakte, die das Projektbüro erfasst hat und die das Portal nie genutzt haben"),
        gettext_lazy("damit das Projektbüro zu Veranstaltungen einladen kann"),
        gettext_lazy("nach der Erfassung oder der letzten Mitwirkung"),
        lambda now: erase_unclaimed(now=now),
    ),
    Purpose(
        "unconfirmed_subscriptions",
        gettext_lazy("Bestellungen des Rundbriefs, die niemand bestätigt hat"),
        gettext_lazy("damit Sie die Bestellung bestätigen können"),
        gettext_lazy("nach der Bestellung"),
        delete_unconfirmed,
    ),
    Purpose(
        "ended_subscriptions",
        gettext_lazy("abbestellte Adressen des Rundbriefs mit ihrer Einwilligung"),
        gettext_lazy("um nachzuweisen, dass Sie eingewilligt hatten"),
        gettext_lazy("nach der Abbestellung"),
        delete_ended,
    ),
    Purpose(
        "sent_mails",
        gettext_lazy("Texte der Nachrichten, die das Portal verschickt"),
        gettext_lazy("damit sich klären lässt, wer worüber informiert wurde"),
        gettext_lazy("nach dem Versand"),
        empty_mails,
    ),
    Purpose(
        "farewells",
        gettext_lazy("die letzte Nachricht nach der Löschung eines Kontos"),
        gettext_lazy("um die Löschung zu bestätigen"),
        gettext_lazy("nach der Löschung, meist aber nur, bis sie zugestellt ist"),
        forget_farewells,
    ),
    Purpose(
        "exports",
        gettext_lazy("Dateien mit Auskünften"),
        gettext_lazy("damit Sie Ihre Auskunft herunterladen können"),
        gettext_lazy("nachdem sie bereitliegen"),
        delete_exports,
    ),
    Purpose(
        "contact_imports",
        gettext_lazy("hochgeladene Kontaktlisten"),
        gettext_lazy("damit das Projektbüro sie prüfen kann"),
        gettext_lazy("nach dem Hochladen, wenn sie niemand bestätigt"),
        delete_imports,
    ),
    Purpose(
        "thesis_drafts",
        gettext_lazy("Entwürfe von Thesen, die nicht eingereicht sind"),
        gettext_lazy("damit Sie später weiterschreiben können"),
        gettext_lazy("nach der letzten Änderung"),
        delete_drafts,
    ),
    Purpose(
        "content_reports",
        gettext_lazy("entschiedene Meldungen von Inhalten"),
        gettext_lazy("um die Entscheidung begründen zu können"),
        gettext_lazy("nach der Entscheidung"),
        delete_reports,
    ),
    Purpose(
        "enquiries",
        gettext_lazy("abgeschlossene Anfragen an das Projektbüro"),
        gettext_lazy("um auf Rückfragen antworten zu können"),
        gettext_lazy("nach dem Abschluss"),
        delete_enquiries,
    ),
    Purpose(
        "sensitive_answers",
        gettext_lazy("Antworten zu Barrierefreiheit und Verpflegung bei Anmeldungen zu Veranstaltungen"),
        gettext_lazy("damit das Projektbüro die Veranstaltung danach einrichten kann"),
        gettext_lazy("nach der Veranstaltung; sofort, wenn Sie sich abmelden"),
        lambda now: delete_answers(ended_before=before("sensitive_answers", now), sensitive=True),
    ),
    Purpose(
        "answers",
        gettext_lazy("andere Antworten bei Anmeldungen zu Veranstaltungen"),
        gettext_lazy("damit das Projektbüro die Veranstaltung vorbereiten und auswerten kann"),
        gettext_lazy("nach der Veranstaltung; sofort, wenn Sie sich abmelden"),
        lambda now: delete_answers(ended_before=before("answers", now), sensitive=False),
    ),
    Purpose(
        "sessions",
        gettext_lazy("Sitzungen mit Adresse im Netz und Browser"),
        gettext_lazy("damit Sie angemeldet bleiben und fremde Anmeldungen erkennen"),
        gettext_lazy("nach ihrem Ablauf"),
        delete_sessions,
    ),
)


def kept_for_good() -> list[tuple[str, str]]:
    """What has no period, and why."""
    return [
        (
            _("Protokoll wichtiger Vorgänge"),
            _(
                "Es wird nicht gelöscht: Die Datenbank lehnt jede Änderung ab, damit niemand Spuren verwischen kann. "
                "Nach der Löschung eines Kontos steht dort nur noch eine Nummer."
            ),
        ),
        (
            _("veröffentlichte Thesen und eingefrorene Ergebnisse"),
            _("Sie bleiben ohne Namen, weil andere darauf geantwortet und sich darauf verlassen haben."),
        ),
    ]
