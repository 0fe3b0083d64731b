"""What this app knows about a person, and how it forgets."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from stakeholders.domain.personal_data import Fact, rows_of
from stakeholders.models import Stakeholder
from stakeholders.models.former import FORMER
from theses.domain.contribution import forget_author
from theses.domain.evidence import forget_files
from theses.domain.helpful import forget_marks
from theses.domain.stance import withdraw_all
from theses.models import (
    AgendaItem,
    Conclusion,
    Contribution,
    DigestEnd,
    EvidenceFile,
    EvidenceLink,
    Follow,
    HelpfulMark,
    LineageStep,
    Stance,
    StanceChange,
    Thesis,
    ThesisDraft,
    ThesisVersion,
    TopicProposal,
    VersionProposal,
)

MODELS: tuple[type[models.Model], ...] = (
    Thesis,
    Stance,
    StanceChange,
    ThesisDraft,
    Contribution,
    HelpfulMark,
    Follow,
    DigestEnd,
    TopicProposal,
    VersionProposal,
    Conclusion,
)


def collect(person: Stakeholder) -> dict[str, object]:
    return {
        "theses": rows_of(Thesis.objects.filter(author=person), leave_out=("demo",)),
        "stances": rows_of(Stance.objects.filter(person=person)),
        "stance_changes": rows_of(StanceChange.objects.filter(person=person)),
        "thesis_drafts": rows_of(ThesisDraft.objects.filter(author=person)),
        "contributions": rows_of(Contribution.objects.filter(author=person)),
        "helpful_marks": rows_of(HelpfulMark.objects.filter(person=person)),
        "followed_theses": rows_of(Follow.objects.filter(person=person)),
        "ended_digests": rows_of(DigestEnd.objects.filter(person=person)),
        "evidence_links": rows_of(EvidenceLink.objects.filter(thesis__author=person)),
        "evidence_files": rows_of(EvidenceFile.objects.filter(thesis__author=person), leave_out=("file",)),
        "topic_proposals": rows_of(TopicProposal.objects.filter(author=person)),
        "version_proposals": rows_of(VersionProposal.objects.filter(author=person)),
        "conclusions": rows_of(Conclusion.objects.filter(models.Q(author=person) | models.Q(thesis__author=person))),
        "thesis_versions": rows_of(ThesisVersion.objects.filter(thesis__author=person)),
        "thesis_lineage": rows_of(LineageStep.objects.filter(thesis__author=person)),
        "agenda_items": rows_of(AgendaItem.objects.filter(thesis__author=person)),
        "theses_in_work": rows_of(Thesis.objects.filter(assigned_to=person), leave_out=("demo",)),
    }


def statement(person: Stakeholder) -> list[Fact]:
    unpublished = Thesis.objects.unpublished_of(person).count()
    public = Thesis.objects.filter(author=person).count() - unpublished
    stances = Stance.objects.filter(person=person).count()
    contributions = Contribution.objects.shown().filter(author=person).count()
    marks = HelpfulMark.objects.filter(person=person).count()
    begun = ThesisDraft.objects.filter(author=person).count() + TopicProposal.objects.filter(author=person).count()
    followed = Follow.objects.filter(person=person).count()
    return [
        Fact(False, _("Ihre Haltungen zu Thesen werden gelöscht und zählen nicht mehr."), stances),
        Fact(False, _("Thesen von Ihnen, die nicht veröffentlicht sind, werden gelöscht."), unpublished),
        Fact(False, _("Ihr Entwurf einer These und Ihre Vorschläge von Themen werden gelöscht."), begun),
        Fact(
            True,
            _(
                "Ihre veröffentlichten Thesen bleiben ohne Ihren Namen, weil andere darauf geantwortet haben. Statt "
                "Ihres Namens steht dort: %(former)s."
            )
            % {"former": FORMER},
            public,
        ),
        Fact(False, _("Was Sie als hilfreich markiert haben, zählt nicht mehr."), marks),
        Fact(False, _("Sie folgen keiner These mehr."), followed),
        Fact(
            True,
            _(
                "Ihre Beiträge in Diskussionen bleiben ohne Ihren Namen. Ziehen Sie vorher zurück, was nicht bleiben "
                "soll."
            ),
            contributions,
        ),
    ]


def erase(person: Stakeholder) -> None:
    """Stances go, and so does what was never public, also from the administration's log, which repeats its text. A
    public thesis stays without its author, because others have answered it: what was said under a mandate as the word
    of the organisation, what was said personally without one."""
    withdraw_all(person=person)
    forget_marks(person=person)
    forget_author(person=person)
    Follow.objects.filter(person=person).delete()
    DigestEnd.objects.filter(person=person).delete()
    VersionProposal.objects.filter(author=person).delete()
    unpublished = Thesis.objects.unpublished_of(person)
    forget_files(EvidenceFile.objects.filter(thesis__in=unpublished))
    ThesisDraft.objects.filter(author=person).delete()
    for rows in (unpublished, TopicProposal.objects.filter(author=person)):
        _delete_with_log(rows)
    public = Thesis.objects.filter(author=person)
    public.filter(mandate__isnull=True).update(organisation=None)
    public.update(author=None)


def _delete_with_log(rows: models.QuerySet[Any]) -> None:
    numbers = [str(pk) for pk in rows.values_list("pk", flat=True)]
    kind = ContentType.objects.get_for_model(rows.model)
    LogEntry.objects.filter(content_type=kind, object_id__in=numbers).delete()
    rows.delete()
