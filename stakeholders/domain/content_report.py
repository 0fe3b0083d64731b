"""Somebody reports a published content; the office decides once and tells both sides why."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.outbox import post, post_many
from stakeholders.domain.refusal import Refusal
from stakeholders.mails import report_decided_author, report_decided_reporter, report_received
from stakeholders.models import ContentReport, Stakeholder
from stakeholders.permissions import is_project_office
from stakeholders.verbs import StakeholderVerb

State = ContentReport.State
EXPLANATION_LENGTH = 2000
DOUBLE_SUBMIT = timedelta(minutes=10)
"""The same words about the same content within this time are a second click and no second report."""


@dataclass(frozen=True)
class Content:
    """What is reported: `key` names it within its app ("thesis:12"), `label` and `address` show it."""

    key: str
    label: str
    address: str
    author: Stakeholder | None


@dataclass(frozen=True)
class Complaint:
    """What somebody says against a content. Without `reporter` and `email` nobody gets an answer."""

    reason: str
    explanation: str
    reporter: Stakeholder | None = None
    email: str = ""
    language: str = "de"


@transaction.atomic
def report(*, content: Content, complaint: Complaint) -> ContentReport:
    """The report waits for the office; the content stays as it is until then."""
    explanation = complaint.explanation.strip()
    if not explanation:
        raise Refusal(_("Bitte erläutern Sie, was an diesem Inhalt nicht in Ordnung ist."), "explanation")
    twin = ContentReport.objects.waiting().filter(
        key=content.key,
        explanation=explanation,
        reporter=complaint.reporter,
        reporter_email=complaint.email,
        reported_at__gt=timezone.now() - DOUBLE_SUBMIT,
    )
    if found := twin.first():
        return found
    row = ContentReport.objects.create(
        key=content.key,
        label=content.label[:300],
        address=content.address[:300],
        author=content.author,
        reporter=complaint.reporter,
        reporter_email=complaint.email,
        language=complaint.reporter.language if complaint.reporter else complaint.language,
        reason=complaint.reason,
        explanation=explanation,
    )
    facts: dict[str, object] = {"content": row.key, "reason": row.reason}
    record(StakeholderVerb.CONTENT_REPORTED, actor=row.reporter, target=row, label=name_of(row), facts=facts)
    post(report_received(row))
    return row


@transaction.atomic
def decide(*, content_report: ContentReport, removed: bool, reason: str, actor: Stakeholder) -> ContentReport:
    """Writes down what the office found. Removing itself is done by the app that owns the content, in one transaction
    with this call. The author never learns who reported, nor in which words."""
    row = undecided(content_report, actor)
    if not reason.strip():
        raise Refusal(_("Bitte begründen Sie die Entscheidung. Die Begründung geht an beide Seiten."), "answer")
    row.state = State.REMOVED if removed else State.KEPT
    row.decision_reason = reason.strip()
    row.decided_at = timezone.now()
    row.decided_by = actor
    row.save(update_fields=["state", "decision_reason", "decided_at", "decided_by"])
    facts: dict[str, object] = {"content": row.key, "state": row.state}
    record(StakeholderVerb.REPORT_DECIDED, actor=actor, target=row, label=name_of(row), facts=facts)
    post(report_decided_reporter(row))
    if row.author and row.author.is_active:
        post_many([report_decided_author(row, row.author)])
    return row


def undecided(content_report: ContentReport, actor: Stakeholder) -> ContentReport:
    """The row, locked; raises Refusal that tells whoever comes second what the first decided."""
    if not is_project_office(actor):
        raise Refusal(_("Über Meldungen entscheidet das Projektbüro."))
    rows = ContentReport.objects.select_for_update(of=("self",)).select_related("author", "reporter")
    row = rows.get(pk=content_report.pk)
    check_undecided(row)
    return row


def check_undecided(content_report: ContentReport) -> None:
    sentences: dict[str, str] = {
        State.KEPT: _("Über diese Meldung wurde inzwischen entschieden: Der Inhalt bleibt."),
        State.REMOVED: _("Über diese Meldung wurde inzwischen entschieden: Der Inhalt ist entfernt."),
    }
    if content_report.state in sentences:
        late = _("Was Sie gerade gesendet haben, wurde nicht übernommen.")
        raise Refusal(f"{sentences[content_report.state]} {late}")


def name_of(row: ContentReport) -> str:
    """For the audit log, which must not repeat what somebody wrote."""
    return f"{ContentReport._meta.verbose_name} {row.pk}"
