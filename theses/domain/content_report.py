"""Reports of theses and contributions: stakeholders keeps the report and tells both sides, this app takes off."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.content_report import Complaint, Content, decide, report, undecided
from stakeholders.domain.refusal import Refusal
from stakeholders.models import ContentReport, Stakeholder
from theses.domain.contribution import remove
from theses.models import Contribution, Thesis
from theses.verbs import ThesisVerb

KEY = "thesis:"
CONTRIBUTION_KEY = "contribution:"


@transaction.atomic
def report_thesis(*, thesis: Thesis, complaint: Complaint) -> ContentReport:
    if not thesis.is_public:
        raise Refusal(_("Diese These ist nicht mehr veröffentlicht. Eine Meldung ist nicht mehr nötig."))
    with translation.override("de"):
        address = str(thesis.get_absolute_url())
    content = Content(key=f"{KEY}{thesis.pk}", label=thesis.sentence, address=address, author=thesis.author)
    return report(content=content, complaint=complaint)


@transaction.atomic
def report_contribution(*, contribution: Contribution, complaint: Complaint) -> ContentReport:
    """Named by its number and its thesis, so that its words go when they are withdrawn."""
    if not contribution.is_shown:
        raise Refusal(_("Dieser Beitrag steht nicht mehr da. Eine Meldung ist nicht mehr nötig."))
    with translation.override("de"):
        address = contribution.get_absolute_url()
        label = _("Beitrag %(number)d zu „%(thesis)s“") % {"number": contribution.pk, "thesis": contribution.thesis}
    key = f"{CONTRIBUTION_KEY}{contribution.pk}"
    content = Content(key=key, label=label[:300], address=address, author=contribution.author)
    return report(content=content, complaint=complaint)


@transaction.atomic
def decide_report(*, content_report: ContentReport, removed: bool, reason: str, actor: Stakeholder) -> None:
    """Report first, what it is about second, for everybody. What was off the public already stays as it is."""
    row = undecided(content_report, actor)
    if removed and row.key.startswith(CONTRIBUTION_KEY):
        _remove_contribution(row, actor)
    elif removed:
        _take_off(row, reason, actor)
    decide(content_report=row, removed=removed, reason=reason, actor=actor)


def _take_off(content_report: ContentReport, reason: str, actor: Stakeholder) -> None:
    number = content_report.key.removeprefix(KEY)
    public = Thesis.objects.filter(state__in=Thesis.PUBLIC_STATES)
    thesis = public.select_for_update(no_key=True, of=("self",)).filter(pk=number).first()
    if thesis is None:
        return
    thesis.state = Thesis.State.DECLINED
    thesis.decision_reason = reason.strip()
    thesis.decided_at = timezone.now()
    thesis.published_at = None
    thesis.save(update_fields=("state", "decision_reason", "decided_at", "published_at"))
    label = f"{Thesis._meta.verbose_name} {thesis.pk}"
    record(ThesisVerb.REMOVED, actor=actor, target=thesis, label=label, facts={"report": content_report.pk})


def _remove_contribution(content_report: ContentReport, actor: Stakeholder) -> None:
    contribution = Contribution.objects.filter(pk=content_report.key.removeprefix(CONTRIBUTION_KEY)).first()
    if contribution:
        remove(contribution=contribution, actor=actor, report=content_report.pk)
