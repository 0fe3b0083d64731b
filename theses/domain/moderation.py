"""What every decision of the project office about a thesis begins and ends with."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.permissions import is_project_office
from theses.models import Thesis
from theses.verbs import ThesisVerb


def locked(thesis: Thesis) -> Thesis:
    return Thesis.objects.select_for_update(no_key=True, of=("self",)).select_related("author").get(pk=thesis.pk)


def locked_together(theses: Iterable[Thesis]) -> dict[int, Thesis]:
    """By number, and locked in the same order by everybody, so that two never wait for each other."""
    numbers = [thesis.pk for thesis in theses]
    rows = Thesis.objects.select_for_update(no_key=True, of=("self",)).select_related("author")
    return {thesis.pk: thesis for thesis in rows.filter(pk__in=numbers).order_by("pk")}


def check_office(actor: Stakeholder) -> None:
    if not is_project_office(actor):
        raise Refusal(_("Über Thesen entscheidet das Projektbüro."))


def check_undecided(thesis: Thesis) -> None:
    """Raises Refusal that tells a second moderator what the first one decided."""
    if thesis.state != Thesis.State.SUBMITTED:
        raise Refusal(what_happened(thesis))


def check_published(thesis: Thesis) -> None:
    """For what may happen to an open thesis only; raises Refusal that tells who comes second what happened first."""
    if thesis.state != Thesis.State.PUBLISHED:
        raise Refusal(what_happened(thesis))


def note(verb: ThesisVerb, thesis: Thesis, actor: Stakeholder, *, facts: dict[str, object] | None = None) -> None:
    """By number: what was never published is forgotten with its author, and the audit log forgets nothing."""
    record(verb, actor=actor, target=thesis, label=f"{Thesis._meta.verbose_name} {thesis.pk}", facts=facts)


def what_happened(thesis: Thesis) -> str:
    """What the reader could not know yet: who came first."""
    sentences: dict[str, str] = {
        Thesis.State.SUBMITTED: _("Diese These liegt bereits dem Projektbüro vor."),
        Thesis.State.RETURNED: _("Diese These wurde inzwischen bereits zur Überarbeitung zurückgegeben."),
        Thesis.State.PUBLISHED: _("Diese These wurde inzwischen bereits veröffentlicht."),
        Thesis.State.DECLINED: _("Diese These wurde inzwischen bereits abgelehnt."),
        Thesis.State.CLOSED: _("Diese These wurde inzwischen bereits abgeschlossen."),
        Thesis.State.MERGED: _("Diese These wurde inzwischen bereits mit einer anderen zusammengeführt."),
    }
    return sentences[thesis.state] + " " + _("Was Sie gerade gesendet haben, wurde nicht übernommen.")
