"""Sessions with a registration of their own: who holds a place at the event chooses among them, under its lock."""

from collections.abc import Collection
from itertools import pairwise

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from workshops import permissions
from workshops.domain.place import locked_registration
from workshops.models import Registration, Session, SessionPlace, Workshop
from workshops.verbs import WorkshopVerb

FIELD = "sessions"


def sessions_to_choose(workshop: Workshop) -> list[Session]:
    return list(Session.objects.filter(workshop=workshop, own_registration=True))


def seats_taken(sessions: Collection[Session], *, without: Registration | None = None) -> dict[int, int]:
    """People in each session by its number, companions included, as if `without` were not among them."""
    rows = SessionPlace.objects.filter(session__in=sessions).order_by()
    if without is not None:
        rows = rows.exclude(registration=without)
    return dict(rows.values("session").annotate(n=Sum(F("registration__companions") + 1)).values_list("session", "n"))


def chosen_sessions(registration: Registration) -> list[Session]:
    return list(Session.objects.filter(places__registration=registration))


@transaction.atomic
def choose_sessions(*, registration: Registration, sessions: Collection[int], actor: Stakeholder) -> Registration:
    """These sessions by their numbers and no others, until the event begins; the same again changes nothing."""
    current = locked_registration(registration)
    if not permissions.may_choose_sessions(current.workshop):
        raise Refusal(
            _("Die Veranstaltung hat begonnen oder findet nicht statt. Das Programm können Sie vor Ort ändern.")
        )
    if take_sessions(current, sessions):
        facts: dict[str, object] = {"person": current.person_id, "arrival": current.arrival}
        record(WorkshopVerb.SESSIONS_CHOSEN, actor=actor, target=current, facts=facts)
    return current


def take_sessions(registration: Registration, wanted: Collection[int]) -> bool:
    """Whether anything changed. Raises Refusal for sessions that are full, unknown or at the same time. Needs the lock.

    What somebody has already may stay, also when the session has become smaller since.
    """
    held = set(registration.session_places.values_list("session", flat=True))
    if set(wanted) == held:
        return False
    if registration.state not in Registration.HOLDING:
        raise Refusal(_("Programmpunkte wählen Sie, sobald Sie einen Platz haben."), field=FIELD)
    offered = {session.pk: session for session in sessions_to_choose(registration.workshop)}
    if set(wanted) - set(offered) - held:
        raise Refusal(_("Einen der Programmpunkte gibt es nicht mehr. Bitte wählen Sie neu."), field=FIELD)
    chosen = [session for session in offered.values() if session.pk in set(wanted)]
    check_overlap(chosen)
    check_seats(registration, [session for session in chosen if session.pk not in held])
    SessionPlace.objects.filter(registration=registration).exclude(session__in=wanted).delete()
    new = [SessionPlace(registration=registration, session_id=pk) for pk in set(wanted) - held]
    SessionPlace.objects.bulk_create(new)
    return True


def check_overlap(sessions: list[Session]) -> None:
    for one, next_one in pairwise(sorted(sessions, key=lambda session: session.starts_at)):
        if next_one.starts_at < one.ends_at:
            text = _("„%(one)s“ und „%(other)s“ finden gleichzeitig statt. Bitte wählen Sie einen der beiden.")
            raise Refusal(text % {"one": one, "other": next_one}, field=FIELD)


def check_seats(registration: Registration, sessions: list[Session]) -> None:
    """Companions come along to the sessions."""
    taken = seats_taken(sessions, without=registration)
    for session in sessions:
        if session.capacity is None or taken.get(session.pk, 0) + registration.seats <= session.capacity:
            continue
        if registration.companions:
            text = _("In „%(title)s“ sind nicht genug Plätze für Sie und Ihre Begleitung frei.")
        else:
            text = _("In „%(title)s“ ist kein Platz mehr frei. Bitte wählen Sie einen anderen Programmpunkt.")
        raise Refusal(text % {"title": session}, field=FIELD)


def check_growth(registration: Registration) -> None:
    """Raises Refusal where the sessions somebody has chosen are too small for more companions. Needs the lock."""
    check_seats(registration, chosen_sessions(registration))
