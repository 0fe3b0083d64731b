"""What somebody asks for when registering, and whether the event offers it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Mandate
from workshops.domain.quota import check_quota
from workshops.models import Place, Registration, Workshop


@dataclass(frozen=True)
class Wish:
    """The kind of place (empty: the usual one of the event), people who come along, and the mandate of the organisation
    somebody speaks for, if any. Answers by number of the question and numbers of chosen sessions; None: not asked."""

    kind: str = ""
    companions: int = 0
    mandate: Mandate | None = None
    answers: Mapping[int, str] | None = None
    sessions: Collection[int] | None = None


def kind_of(wish: Wish, workshop: Workshop) -> Place:
    """Raises Refusal for a kind of place that the event does not offer."""
    kind = wish.kind or workshop.kinds[0]
    if kind not in workshop.kinds:
        raise Refusal(_("Diese Art der Teilnahme gibt es bei dieser Veranstaltung nicht."), field="kind")
    return Place(kind)


def apply_wish(registration: Registration, wish: Wish) -> None:
    """Write down what is asked for; raises Refusal where the event does not offer it. Needs the lock.

    What a registration already has may stay, also when the event has become stricter since.
    """
    before = registration if registration.pk and registration.is_current else None
    kind = kind_of(wish, registration.workshop)
    check_companions(registration, wish.companions, known=before.companions if before else 0)
    grows = before is None or wish.companions > before.companions
    if before is None or wish.mandate != before.mandate:
        grows = True
        check_mandate(registration, wish.mandate)
        registration.mandate = wish.mandate
        spoken_for = wish.mandate.organisation_id if wish.mandate else registration.person.organisation_id
        registration.organisation_id = spoken_for
    registration.kind, registration.companions = kind, wish.companions
    if grows:
        check_quota(registration)


def check_companions(registration: Registration, companions: int, *, known: int) -> None:
    most = registration.workshop.companions
    if 0 <= companions <= max(most, known):
        return
    if not most:
        raise Refusal(_("Begleitpersonen sind hier nicht vorgesehen."), field="companions")
    text = ngettext("Höchstens %(n)d Begleitperson ist möglich.", "Höchstens %(n)d Begleitpersonen sind möglich.", most)
    raise Refusal(text % {"n": most}, field="companions")


def check_mandate(registration: Registration, mandate: Mandate | None) -> None:
    if mandate is None:
        return
    if not Mandate.objects.valid().filter(person=registration.person_id, pk=mandate.pk).exists():
        raise Refusal(_("Dieses Mandat gilt nicht mehr."), field="mandate")
