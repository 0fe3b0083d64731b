"""Mails about events; each has a key per fact, so that telling the same fact again sends nothing.

They are outlined with the fact and written in the background: `MAILS` says for each kind what its key is, whether it
still holds when it is written, and what it does to the calendar of its reader.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stakeholders.domain.writing import Outline
from stakeholders.mails import Attachment, Message, render_message
from stakeholders.models import OutgoingMail
from workshops.calendar_file import Method, Participation, personal_calendar, place_note
from workshops.models import Invitation, Registration, Workshop
from workshops.ticket import ticket_of
from workshops.tokens import token_for

Row: TypeAlias = Invitation | Registration
Entry: TypeAlias = tuple[Method, Participation]

ASKED: Entry = (Method.REQUEST, Participation.NEEDS_ACTION)
COMING: Entry = (Method.REQUEST, Participation.ACCEPTED)
STRUCK: Entry = (Method.CANCEL, Participation.DECLINED)


@dataclass(frozen=True)
class Kind:
    """`key` names the fact; `holds` asks whether it is still so; `entry` is what the calendar file asks for.

    `newest_only`: it tells how things stand with the event whatever the number in its key, and of several that are not
    written yet only the last is.
    """

    key: Callable[[Row], str]
    holds: Callable[[Row], bool]
    entry: Callable[[Row], Entry | None] = lambda row: None
    newest_only: bool = False
    told: Callable[[Row], Row] = lambda row: row
    """Whose person gets the mail, with their own link: not always the person of the row it tells of."""
    ticket: bool = False
    """Whether the mail brings what the place is shown with at the door."""


def outline(kind: str, row: Row) -> Outline:
    """Needs `row.person` and `row.workshop`."""
    person = MAILS[kind].told(row).person
    return Outline(key=MAILS[kind].key(row), kind=kind, person=person, about={_name(row): row.pk})


def message(kind: str, row: Row, key: str = "") -> Message:
    """The finished mail, in the language of the person it is for, with their personal link."""
    told = MAILS[kind].told(row)
    with translation.override(told.person.language):
        link = personal_link(told)
        entry = MAILS[kind].entry(row)
        ticket = ticket_of(row) if MAILS[kind].ticket and isinstance(row, Registration) else None
        entries = (calendar_attachment(told, link, *entry),) if entry else ()
        return render_message(
            f"workshops/{kind}",
            key=key or MAILS[kind].key(row),
            kind=kind,
            person=told.person,
            context={
                "workshop": row.workshop,
                "row": row,
                "link": link,
                "has_entry": entry is not None,
                "ticket": ticket,
            },
            attachments=(ticket.picture, *entries) if ticket else entries,
        )


def write(mails: Collection[OutgoingMail]) -> dict[int, Message]:
    """Writes rows of the outbox; what is no longer so is left out."""
    told, newest = _rows(mails), _newest(mails)
    found = ((mail, told.get(_subject(mail.about))) for mail in mails)
    return {
        mail.pk: message(mail.kind, row, mail.key if mail.pk in newest else "")
        for mail, row in found
        if row and MAILS[mail.kind].holds(row) and (mail.pk in newest or not MAILS[mail.kind].newest_only)
    }


def personal_link(row: Row) -> str:
    name = "invitation_answer" if isinstance(row, Invitation) else "registration_manage"
    return f"{settings.SITE_URL}{reverse(f'workshops:{name}', args=[token_for(row)])}"


def calendar_attachment(row: Row, link: str, method: Method, participation: Participation) -> Attachment:
    note = calendar_note(row, link, method)
    content = personal_calendar(row, method=method, participation=participation, note=note)
    name = _("absage.ics") if method is Method.CANCEL else _("termin.ics")
    return Attachment(name=name, content_type=f"text/calendar; method={method}", content=content)


def calendar_note(row: Row, link: str, method: Method) -> str:
    if method is Method.CANCEL:
        return ""
    if isinstance(row, Invitation):
        return _("Zusagen oder absagen: %(link)s") % {"link": link}
    return "\n".join(place_note(row, link))


def _name(row: Row) -> str:
    return "invitation" if isinstance(row, Invitation) else "registration"


def _subject(about: Mapping[str, int]) -> tuple[str, int]:
    return next(iter(about.items()), ("", 0))


def _newest(mails: Collection[OutgoingMail]) -> set[int]:
    """The last mail of its kind about each row, of kinds that tell only the newest."""
    people = {mail.person_id for mail in mails if MAILS[mail.kind].newest_only}
    if not people:
        return set()
    posted = OutgoingMail.objects.filter(kind__in={mail.kind for mail in mails}, person__in=people).order_by("pk")
    return set({(kind, _subject(about)): pk for pk, kind, about in posted.values_list("pk", "kind", "about")}.values())


def _rows(mails: Collection[OutgoingMail]) -> Mapping[tuple[str, int], Row]:
    """What the mails tell of, each with its event and person: one query per model."""
    found: dict[tuple[str, int], Row] = {}
    for name, model in (("invitation", Invitation), ("registration", Registration)):
        numbers = [mail.about[name] for mail in mails if name in mail.about]
        if numbers:
            original = ("deputy_of__person", "deputy_of__workshop") if model is Invitation else ()
            chosen = ("session_places__session",) if model is Registration else ()
            rows = model._default_manager.filter(pk__in=numbers).select_related("person", "workshop", *original)
            rows = rows.prefetch_related(*chosen)
            found |= {(name, row.pk): row for row in rows}
    return found


def _per_arrival(name: str) -> Callable[[Row], str]:
    return lambda row: f"{name}:{row.pk}:{row.arrival}" if isinstance(row, Registration) else ""


def _is(*states: str) -> Callable[[Row], bool]:
    return lambda row: isinstance(row, Registration) and row.state in states


def _is_open(row: Row) -> bool:
    """An invitation that waits for an answer, to an event that takes place."""
    return isinstance(row, Invitation) and not row.is_draft and _takes_place(row) and row.answer == row.Answer.OPEN


def _stands_in(*answers: str) -> Callable[[Row], bool]:
    """A deputy who has answered so."""
    return lambda row: isinstance(row, Invitation) and row.deputy_of_id is not None and row.answer in answers


def _original(row: Row) -> Row:
    """The invitation of the person whom a deputy stands in for."""
    return row.deputy_of if isinstance(row, Invitation) and row.deputy_of else row


def _takes_place(row: Row) -> bool:
    return row.workshop.state == Workshop.State.PUBLISHED


def _holds_place(row: Row) -> bool:
    return isinstance(row, Registration) and row.state == Registration.State.CONFIRMED


def _takes_part(row: Row) -> bool:
    """Whom the event still concerns: not who gave up the place, and of those invited who can still answer."""
    if isinstance(row, Registration):
        return row.is_current
    return not row.is_draft and row.answer == row.Answer.OPEN


def _has_entry(row: Row) -> bool:
    """Invitations and places come with an entry for the calendar; requests and the waiting list do not."""
    return isinstance(row, Invitation) or row.is_entitled or row.confirmed_at is not None


def _held_place(row: Row) -> bool:
    """Only who held a place has an entry to strike out of the calendar."""
    return isinstance(row, Registration) and row.confirmed_at is not None


MAILS: dict[str, Kind] = {
    "invitation": Kind(lambda row: f"invitation:{row.pk}", _is_open, lambda row: ASKED),
    "invitation_reminder": Kind(lambda row: f"invitation-reminder:{row.pk}", _is_open),
    "deputy_invitation": Kind(
        # Who was no longer wanted and is named again hears of it again.
        lambda row: (
            f"deputy-invitation:{row.pk}:{row.invited_at:%Y%m%d%H%M%S%f}" if isinstance(row, Invitation) else ""
        ),
        lambda row: _is_open(row) and _stands_in("open")(row),
        lambda row: ASKED,
    ),
    "deputy_accepted": Kind(
        lambda row: f"deputy-accepted:{row.pk}", _stands_in("accepted"), lambda row: STRUCK, told=_original
    ),
    "deputy_declined": Kind(lambda row: f"deputy-declined:{row.pk}", _stands_in("declined"), told=_original),
    "registration_requested": Kind(_per_arrival("registration-requested"), _is("requested")),
    "registration_refused": Kind(_per_arrival("registration-refused"), _is("refused")),
    "registration_confirmed": Kind(
        _per_arrival("registration-confirmed"), _is("confirmed"), lambda row: COMING, ticket=True
    ),
    "registration_waiting": Kind(_per_arrival("registration-waiting"), _is("waiting")),
    "registration_moved_up": Kind(
        _per_arrival("registration-moved-up"), _is("confirmed"), lambda row: COMING, ticket=True
    ),
    "registration_changed": Kind(
        # Every change is told; of several that are not written yet only how it stands in the end.
        lambda row: f"registration-changed:{row.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
        _is("confirmed", "offered", "waiting", "requested"),
        lambda row: COMING if _holds_place(row) else None,
        newest_only=True,
    ),
    "registration_offered": Kind(_per_arrival("registration-offered"), _is("offered")),
    "registration_lapsed": Kind(_per_arrival("registration-lapsed"), _is("cancelled")),
    "registration_cancelled": Kind(
        _per_arrival("registration-cancelled"), _is("cancelled"), lambda row: STRUCK if _held_place(row) else None
    ),
    "workshop_changed": Kind(
        lambda row: f"workshop-changed:{row.workshop_id}:{row.workshop.calendar_sequence}:{row.person_id}",
        lambda row: _takes_place(row) and _takes_part(row),
        lambda row: ASKED if isinstance(row, Invitation) else COMING if _holds_place(row) else None,
        newest_only=True,
    ),
    "workshop_postponed": Kind(
        lambda row: f"workshop-postponed:{row.workshop_id}:{row.workshop.calendar_sequence}:{row.person_id}",
        lambda row: row.workshop.state == Workshop.State.POSTPONED and _takes_part(row),
        lambda row: STRUCK if _has_entry(row) else None,
        newest_only=True,
    ),
    "workshop_rescheduled": Kind(
        lambda row: f"workshop-rescheduled:{row.workshop_id}:{row.workshop.calendar_sequence}:{row.person_id}",
        lambda row: _takes_place(row) and _takes_part(row),
        lambda row: ASKED if isinstance(row, Invitation) else COMING if _holds_place(row) else None,
        newest_only=True,
    ),
    "workshop_cancelled": Kind(
        lambda row: f"workshop-cancelled:{row.workshop_id}:{row.person_id}",
        lambda row: row.workshop.state == Workshop.State.CANCELLED,
        lambda row: STRUCK if _has_entry(row) else None,
    ),
}
