from django.db import transaction
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.permissions import is_project_office
from theses.models import Thesis
from theses.verbs import ThesisVerb


@transaction.atomic
def hide_shares(*, thesis: Thesis, actor: Stakeholder, hides: bool) -> None:
    """Whether people see the shares of an open thesis only after their own answer. A repeated call changes nothing.

    Nobody is told: no text and no state of the thesis changes. Raises Refusal unless the project office asks.
    """
    if not is_project_office(actor):
        raise Refusal(_("Das entscheidet das Projektbüro."))
    thesis = Thesis.objects.select_for_update(no_key=True).get(pk=thesis.pk)
    if thesis.hides_shares == hides:
        return
    Thesis.objects.filter(pk=thesis.pk).update(hides_shares=hides)
    verb = ThesisVerb.SHARES_HIDDEN if hides else ThesisVerb.SHARES_SHOWN
    record(verb, actor=actor, target=thesis, label=f"{Thesis._meta.verbose_name} {thesis.pk}")
