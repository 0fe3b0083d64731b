from django.db import transaction
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.criteria import Criteria
from stakeholders.domain.refusal import Refusal, StaleSave
from stakeholders.models import Selection, Stakeholder
from stakeholders.verbs import StakeholderVerb


@transaction.atomic
def save_selection(*, name: str, criteria: Criteria, actor: Stakeholder) -> Selection:
    """Keep criteria under a name; saving the same under the same name changes nothing. Raises Refusal."""
    if not criteria:
        raise Refusal(_("Eine Auswahl ohne Kriterien wären alle. Bitte filtern Sie zuerst."), "name")
    selection, is_new = Selection.objects.get_or_create(name=name, defaults={"criteria": criteria, "created_by": actor})
    if is_new:
        record(StakeholderVerb.SELECTION_SAVED, actor=actor, target=selection, label=_label(selection))
    elif selection.criteria != criteria:
        raise Refusal(_taken(name), "name")
    return selection


@transaction.atomic
def rename_selection(*, selection: Selection, name: str, before: str, actor: Stakeholder) -> Selection:
    """`before` is the name that was on the screen. Raises StaleSave when it is another one by now, Refusal when the
    new one is taken."""
    row = Selection.objects.select_for_update(of=("self",)).get(pk=selection.pk)
    if row.name == name:
        return row
    if row.name != before:
        text = _("Diese Auswahl wurde inzwischen in „%(name)s“ umbenannt. Bitte prüfen und speichern Sie noch einmal.")
        raise StaleSave(text % {"name": row.name}, "name")
    if Selection.objects.filter(name=name).exists():
        raise Refusal(_taken(name), "name")
    row.name = name
    row.save(update_fields=["name"])
    record(StakeholderVerb.SELECTION_RENAMED, actor=actor, target=row, label=_label(row))
    return row


@transaction.atomic
def delete_selection(*, selection: Selection, actor: Stakeholder) -> None:
    """Invitations that went out by it stay; a second click changes nothing."""
    row = Selection.objects.select_for_update(of=("self",)).filter(pk=selection.pk).first()
    if row is not None:
        record(StakeholderVerb.SELECTION_DELETED, actor=actor, target=row, label=_label(row))
        row.delete()


def _label(selection: Selection) -> str:
    """By number: a name may hold the name of a person, and the audit log forgets nothing."""
    return f"{Selection._meta.verbose_name} {selection.pk}"


def _taken(name: str) -> str:
    return _("Eine Auswahl mit dem Namen „%(name)s“ gibt es schon. Bitte wählen Sie einen anderen.") % {"name": name}
