"""What this app knows about a person, and how it forgets."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q, QuerySet

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


def collect(person: Stakeholder) -> dict[str, object]:
    """Everything under the names of the fields, ready for JSON. What opens the account is left out: texts of mails with
    codes, secrets of apps, keys of sessions, tokens of other sites.
    """
    return {
        "person": _profile(person),
        "email_addresses": list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary")),
        "sign_in": _sign_in(person),
        "consents": [
            {"purpose": row.purpose, "version": row.version, "given": row.given, "at": row.at.isoformat()}
            for row in ConsentEvent.objects.filter(person=person)
        ],
        "messages": [_message(mail) for mail in _mails(person).iterator(chunk_size=100)],
        "actions": [
            {"at": row.at.isoformat(), "verb": row.verb, "target": row.target_label, "facts": row.facts}
            for row in AuditEntry.objects.filter(actor=person)
        ],
        "administration": [
            {"at": row.action_time.isoformat(), "target": row.object_repr, "change": row.get_change_message()}
            for row in LogEntry.objects.filter(user=person)
        ],
    }


@transaction.atomic
def erase(person: Stakeholder) -> None:
    """Called last of all apps: the person goes, and with them consents, addresses, and what the administration's log
    says by them and about them: its entries hold the name of what was edited.

    The audit log stays, because who changed what must remain provable and a trigger forbids any change; its entries
    hold the number of the person only, and once this row is gone no number leads to a name.
    """
    _mails(person).delete()
    about = ContentType.objects.get_for_model(Stakeholder)
    LogEntry.objects.filter(content_type=about, object_id=str(person.pk)).delete()
    person.delete()


def _mails(person: Stakeholder) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(Q(person=person) | Q(recipient__iexact=person.mail_address))


def _profile(person: Stakeholder) -> dict[str, object]:
    return {
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "role": person.role,
        "group": str(person.group) if person.group else None,
        "district": str(person.district) if person.district else None,
        "organisation": str(person.organisation) if person.organisation else None,
        "wants_theses": person.wants_theses,
        "wants_results": person.wants_results,
        "wants_events": person.wants_events,
        "language": person.language,
        "is_active": person.is_active,
        "date_joined": person.date_joined.isoformat(),
        "last_login": person.last_login.isoformat() if person.last_login else None,
    }


def _sign_in(person: Stakeholder) -> dict[str, object]:
    factors = Authenticator.objects.filter(user=person).order_by("pk")
    sessions = UserSession.objects.filter(user=person).order_by("pk")
    return {
        "factors": [
            {
                "type": row.type,
                "name": row.data.get("name"),
                "created_at": row.created_at.isoformat(),
                "last_used_at": row.last_used_at.isoformat() if row.last_used_at else None,
            }
            for row in factors
        ],
        "sessions": [
            {"ip": row.ip, "browser": row.user_agent, "created_at": row.created_at.isoformat()} for row in sessions
        ],
        "connected_accounts": [
            {"provider": row.provider, "uid": row.uid, "said": row.extra_data, "since": row.date_joined.isoformat()}
            for row in SocialAccount.objects.filter(user=person).order_by("pk")
        ],
    }


def _message(mail: OutgoingMail) -> dict[str, object]:
    return {
        "kind": mail.kind,
        "recipient": mail.recipient,
        "subject": mail.subject,
        "text": None if mail.is_confidential else mail.text,
        "state": mail.state,
        "created_at": mail.created_at.isoformat(),
        "sent_at": mail.sent_at.isoformat() if mail.sent_at else None,
    }
