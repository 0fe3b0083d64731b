from django.db import transaction
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from theses.models import Stance, Thesis
from theses.permissions import counts, may_take_stance


@transaction.atomic
def take(*, thesis: Thesis, person: Stakeholder, value: Stance.Value) -> None:
    """One stance per person; a later one replaces the earlier. Neither audited nor mailed: see `ThesisVerb`.

    The lock on the thesis keeps a stance from slipping in while the thesis is being closed.
    Raises Refusal when the thesis takes no stances or the person may take none.
    """
    thesis = Thesis.objects.select_for_update(no_key=True).only("state").get(pk=thesis.pk)
    if not may_take_stance(person, thesis):
        raise Refusal(_why_not(thesis, person))
    Stance.objects.bulk_create(
        [Stance(thesis=thesis, person=person, value=value)],
        update_conflicts=True,
        unique_fields=("thesis", "person"),
        update_fields=("value", "changed_at"),
    )


def _why_not(thesis: Thesis, person: Stakeholder) -> str:
    if thesis.state == Thesis.State.CLOSED:
        return _(
            "Diese These ist abgeschlossen. Eine Haltung ist nicht mehr möglich; das Ergebnis steht auf dieser Seite."
        )
    if thesis.state != Thesis.State.PUBLISHED:
        return _("Zu dieser These ist keine Haltung möglich, weil sie nicht veröffentlicht ist.")
    if not counts(person):
        return _("Projektbüro und Ministerium beziehen keine Haltung. Sie sehen das Ergebnis auf dieser Seite.")
    return _("Bitte ergänzen Sie zuerst Ihr Profil. Danach können Sie Haltung beziehen.")
