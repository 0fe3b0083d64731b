from django.db import transaction
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.permissions import is_project_office
from theses.domain.moderation import check_office, locked, note
from theses.models import Thesis
from theses.verbs import ThesisVerb


@transaction.atomic
def assign(*, thesis: Thesis, staff: Stakeholder | None, actor: Stakeholder) -> None:
    """Who in the project office works on the thesis; None: nobody any more. Everybody else there may still decide."""
    check_office(actor)
    if staff and not (staff.is_active and is_project_office(staff)):
        raise Refusal(_("Zuweisen lassen sich Thesen nur Personen im Projektbüro."), "staff")
    thesis = locked(thesis)
    if thesis.assigned_to_id == (staff.pk if staff else None):
        return
    thesis.assigned_to = staff
    thesis.save(update_fields=("assigned_to",))
    note(ThesisVerb.ASSIGNED, thesis, actor, facts={"to": staff.pk if staff else None})
