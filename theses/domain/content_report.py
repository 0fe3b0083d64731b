"""Reports of theses: stakeholders keeps the report and tells both sides, this app takes the thesis off the public."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.content_report import Complaint, Content, decide, report, undecided
from stakeholders.domain.refusal import Refusal
from stakeholders.models import ContentReport, Stakeholder
from theses.models import Thesis
from theses.verbs import ThesisVerb

KEY = "thesis:"


@transaction.atomic
def report_thesis(*, thesis: Thesis, complaint: Complaint) -> ContentReport:
    if not thesis.is_public:
        raise Refusal(_("Diese These ist nicht mehr veröffentlicht. Eine Meldung ist nicht mehr nötig."))
    with translation.override("de"):
        address = str(thesis.get_absolute_url())
    content = Content(key=f"{KEY}{thesis.pk}", label=thesis.sentence, address=address, author=thesis.author)
    return report(content=content, complaint=complaint)


@transaction.atomic
def decide_report(*, content_report: ContentReport, removed: bool, reason: str, actor: Stakeholder) -> None:
    """Report first, thesis second, in this order for everybody. What was off the public already stays as it is."""
    row = undecided(content_report, actor)
    if removed:
        _take_off(row, reason, actor)
    decide(content_report=row, removed=removed, reason=reason, actor=actor)


def _take_off(content_report: ContentReport, reason: str, actor: Stakeholder) -> None:
    number = content_report.key.removeprefix(KEY)
    thesis = Thesis.objects.published().select_for_update(no_key=True, of=("self",)).filter(pk=number).first()
    if thesis is None:
        return
    thesis.state = Thesis.State.DECLINED
    thesis.decision_reason = reason.strip()
    thesis.decided_at = timezone.now()
    thesis.published_at = None
    thesis.save(update_fields=("state", "decision_reason", "decided_at", "published_at"))
    label = f"{Thesis._meta.verbose_name} {thesis.pk}"
    record(ThesisVerb.REMOVED, actor=actor, target=thesis, label=label, facts={"report": content_report.pk})
