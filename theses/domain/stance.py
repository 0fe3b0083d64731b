from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.activity import ONCE_A_DAY, Kind, note_activity, subject
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from theses.models import Stance, StanceChange, Thesis, counted_stances
from theses.permissions import counts, may_take_stance


@transaction.atomic
def take(*, thesis: Thesis, person: Stakeholder, value: Stance.Value) -> None:
    """One stance per person; a later one replaces the earlier. Neither audited nor mailed: see `ThesisVerb`.

    It belongs to the wording that stands while the thesis is locked. The lock also keeps a stance from slipping in
    while the thesis is being closed, and from counting twice. The same answer to the same wording changes nothing.
    Raises Refusal when the thesis takes no stances or the person may take none.
    """
    thesis = (
        Thesis.objects.select_for_update(no_key=True).only("state", "sentence", "slug", "version").get(pk=thesis.pk)
    )
    if not may_take_stance(person, thesis):
        raise Refusal(_why_not(thesis, person))
    note_activity(person=person, kind=Kind.TOOK_STANCE, again_after=ONCE_A_DAY, **subject("thesis", thesis))
    own = Stance.objects.filter(thesis=thesis, person=person)
    before = own.values_list("value", "version").first()
    if before == (value, thesis.version):
        return
    now = timezone.now()
    if before is None:
        Stance.objects.create(thesis=thesis, person=person, value=value, version=thesis.version)
    else:
        own.update(value=value, version=thesis.version, changed_at=now)
    count = F("stance_count") + (1 if before is None else 0)
    Thesis.objects.filter(pk=thesis.pk).update(stance_count=count, stances_changed_at=now)
    StanceChange.objects.create(thesis=thesis, person=person, value=value, version=thesis.version, at=now)


@transaction.atomic
def withdraw_all(*, person: Stakeholder) -> None:
    """Only for erasing the person; the theses count without them at once, and no history of answers stays."""
    StanceChange.objects.filter(person=person).delete()
    theses = _locked(Stance.objects.filter(person=person).values_list("thesis", flat=True))
    Stance.objects.filter(person=person).delete()
    _recount(theses)


@transaction.atomic
def recount_stances() -> int:
    """Sets right what is counted after people were deactivated or changed role; the number of theses concerned.

    Nothing tells this app of such a change, because accounts know nothing of theses.
    """
    wrong = Thesis.objects.exclude(stance_count=counted_stances())
    return _recount(_locked(wrong.values_list("pk", flat=True)))


def _locked(keys: Iterable[int]) -> list[int]:
    """Always in the same order, so that two who lock several theses never wait for each other."""
    rows = Thesis.objects.select_for_update(no_key=True).filter(pk__in=list(keys)).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _recount(locked: list[int]) -> int:
    """Asked after the locks are held, so that no stance that just came is missed."""
    return Thesis.objects.filter(pk__in=locked).update(stance_count=counted_stances())


def _why_not(thesis: Thesis, person: Stakeholder) -> str:
    if thesis.state == Thesis.State.CLOSED:
        return _(
            "Diese These ist abgeschlossen. Eine Haltung ist nicht mehr möglich; das Ergebnis steht auf dieser Seite."
        )
    if thesis.state == Thesis.State.MERGED:
        return _("Diese These wurde mit einer anderen zusammengeführt. Bitte beziehen Sie dort Haltung.")
    if thesis.state != Thesis.State.PUBLISHED:
        return _("Zu dieser These ist keine Haltung möglich, weil sie nicht veröffentlicht ist.")
    if not counts(person):
        return _("Projektbüro und Ministerium beziehen keine Haltung. Sie sehen das Ergebnis auf dieser Seite.")
    return _("Bitte ergänzen Sie zuerst Ihr Profil. Danach können Sie Haltung beziehen.")
