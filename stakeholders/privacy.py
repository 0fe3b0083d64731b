"""What this app knows about a person, and how it forgets."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from stakeholders.domain.audit import redact
from stakeholders.domain.forgetting import (
    address_of,
    end_sessions,
    forget_export_files,
    forget_mails,
    forget_traces,
    mails_to,
    reported_by,
)
from stakeholders.domain.mandate import end_deputies_named_by
from stakeholders.domain.personal_data import Fact, Rows, facts_of, rows_of
from stakeholders.models import (
    Activity,
    AuditEntry,
    ConsentEvent,
    ContactImport,
    ContentReport,
    DataExport,
    Enquiry,
    EnquiryMessage,
    GroupChange,
    LegalText,
    Mandate,
    Note,
    OutgoingMail,
    Selection,
    Stakeholder,
    Subscription,
)
from stakeholders.models.outgoing_mail import ACCOUNT_KIND

MODELS: tuple[type[Model], ...] = (
    Stakeholder,
    Activity,
    ConsentEvent,
    ContactImport,
    ContentReport,
    DataExport,
    Enquiry,
    EnquiryMessage,
    GroupChange,
    LegalText,
    Mandate,
    Note,
    Selection,
    Subscription,
    OutgoingMail,
    AuditEntry,
    EmailAddress,
    EmailConfirmation,
    Authenticator,
    UserSession,
    SocialAccount,
    SocialToken,
    LogEntry,
)

REPORTER = ("reporter_email", "explanation")
"""Who reports a content does not become known to its author."""

INSIDE_MAILS = ("html", "attachments", "headers", "key", "claim", "claimed_until", "message_hash")
"""The text says the same in words."""

NAMING_OTHERS = ("rows", "outcomes", "content")
"""The lists of other people in an import."""


def collect(person: Stakeholder) -> dict[str, object]:
    """Every row that touches the person, under the names of the fields, ready for JSON. What opens the account is left
    out: texts of mails with codes, secrets of apps, keys of sessions and of confirmations, tokens of other sites.
    """
    return {
        "person": facts_of(person, leave_out=("password", "profile_version", "demo")),
        "email_addresses": rows_of(EmailAddress.objects.filter(user=person)),
        "sign_in": _sign_in(person),
        **_taking_part(person),
        **_correspondence(person),
        **_traces(person),
    }


def _sign_in(person: Stakeholder) -> dict[str, object]:
    confirmations = EmailConfirmation.objects.filter(email_address__user=person)
    tokens = SocialToken.objects.filter(account__user=person)
    return {
        "factors": _named(rows_of(Authenticator.objects.filter(user=person), leave_out=("data",)), person),
        "sessions": rows_of(UserSession.objects.filter(user=person), leave_out=("session_key", "data")),
        "email_confirmations": rows_of(confirmations, leave_out=("key",)),
        "connected_accounts": rows_of(SocialAccount.objects.filter(user=person)),
        "connected_tokens": rows_of(tokens, leave_out=("token", "token_secret")),
    }


def _named(rows: Rows, person: Stakeholder) -> Rows:
    """Factors with the name that the person gave them, which stands beside their secrets."""
    for row, data in zip(rows, Authenticator.objects.filter(user=person).order_by("pk"), strict=False):
        row["name"] = data.data.get("name", "")
        row.readable.append((_("Name"), str(row["name"] or "–")))
    return rows


def _taking_part(person: Stakeholder) -> dict[str, object]:
    return {
        "activities": rows_of(Activity.objects.filter(person=person)),
        "mandates": rows_of(Mandate.objects.filter(person=person)),
        "group_changes": rows_of(GroupChange.objects.filter(person=person)),
        "consents": rows_of(consents_of(person)),
        "subscriptions": rows_of(Subscription.objects.filter(address_of(person))),
        "exports": rows_of(DataExport.objects.filter(person=person), leave_out=("file", "claimed_at")),
    }


def _correspondence(person: Stakeholder) -> dict[str, object]:
    enquiries = Enquiry.objects.filter(address_of(person))
    mails = mails_to(person)
    with_codes = Q(kind__startswith=ACCOUNT_KIND)
    return {
        "messages": rows_of(mails.exclude(with_codes), leave_out=INSIDE_MAILS),
        "messages_with_codes": rows_of(
            mails.filter(with_codes), title=_("Nachrichten zur Anmeldung"), leave_out=(*INSIDE_MAILS, "text")
        ),
        "enquiries": rows_of(enquiries),
        "enquiry_messages": rows_of(EnquiryMessage.objects.filter(Q(enquiry__in=enquiries) | Q(author=person))),
        "content_reports": rows_of(ContentReport.objects.filter(reported_by(person))),
        "reported_contents": rows_of(
            ContentReport.objects.filter(author=person), title=_("Meldungen Ihrer Inhalte"), leave_out=REPORTER
        ),
        "notes": rows_of(Note.objects.filter(Q(person=person) | Q(author=person))),
    }


def _traces(person: Stakeholder) -> dict[str, object]:
    """What the person did, and what was done with their account."""
    about = ContentType.objects.get_for_model(Stakeholder)
    audit, log = AuditEntry.objects.all(), LogEntry.objects.all()
    unsaid = ("target_id", "target_type")
    return {
        "actions": rows_of(audit.filter(actor=person), title=_("Protokoll: was Sie taten"), leave_out=unsaid),
        "actions_about": rows_of(
            audit.filter(target_type=about, target_id=person.pk).exclude(actor=person),
            title=_("Protokoll: was andere mit Ihrem Konto taten"),
            leave_out=unsaid,
        ),
        "administration": rows_of(log.filter(user=person), title=_("Verwaltung: was Sie taten")),
        "administration_about": rows_of(
            log.filter(content_type=about, object_id=str(person.pk)).exclude(user=person),
            title=_("Verwaltung: was andere mit Ihrem Konto taten"),
        ),
        "imports": rows_of(ContactImport.objects.filter(created_by=person), leave_out=NAMING_OTHERS),
        "legal_texts": rows_of(LegalText.objects.filter(author=person)),
        "selections": rows_of(Selection.objects.filter(created_by=person)),
    }


def statement(person: Stakeholder) -> list[Fact]:
    """What a deletion does to what this app knows; the sentences stand without their numbers too."""
    number = person.pk
    return [
        Fact(False, _("Ihr Konto mit Name, Adresse, Profil, Themen und allen Zugängen wird gelöscht."), 1),
        Fact(
            False,
            _("Einwilligungen und Rundbrief werden gelöscht."),
            ConsentEvent.objects.filter(person=number).count(),
        ),
        Fact(False, _("Nachrichten, die das Portal Ihnen geschickt hat, werden gelöscht."), mails_to(person).count()),
        Fact(
            False,
            _("Anfragen an das Projektbüro werden mit den Antworten gelöscht."),
            Enquiry.objects.filter(address_of(person)).count(),
        ),
        Fact(False, _("Mandate und Notizen des Projektbüros über Sie werden gelöscht."), _mandates_and_notes(person)),
        Fact(
            True,
            _(
                "Das Protokoll wichtiger Vorgänge bleibt, damit sich nachvollziehen lässt, was geschah. Es nennt statt "
                "Ihres Namens eine Nummer, zu der es keine Person mehr gibt."
            ),
            AuditEntry.objects.filter(actor=number).count(),
        ),
    ]


def erase(person: Stakeholder) -> None:
    """Called last of all apps, inside their transaction: the person goes, and with them what belongs to them alone.

    The audit log stays, because who changed what must remain provable; its entries hold the number of the person only,
    and once this row is gone no number leads to a name. Where a name slipped into it, it is taken out.
    """
    forget_mails(person)
    forget_traces(person)
    redact(person)
    end_sessions(person)
    Enquiry.objects.filter(address_of(person)).delete()
    Subscription.objects.filter(address_of(person)).delete()
    ContentReport.objects.filter(reported_by(person)).update(reporter=None, reporter_email="")
    forget_export_files(person)
    end_deputies_named_by(person=person)
    person.delete()


def _mandates_and_notes(person: Stakeholder) -> int:
    return Mandate.objects.filter(person=person).count() + Note.objects.filter(person=person).count()


def consents_of(person: Stakeholder) -> QuerySet[ConsentEvent]:
    return ConsentEvent.objects.filter(
        Q(person=person) | Q(subscription__in=Subscription.objects.filter(address_of(person)))
    )
