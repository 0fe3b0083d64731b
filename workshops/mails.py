"""Mails about events; each has a key per fact, so that telling the same fact again sends nothing.

They are outlined with the fact and written in the background: `MAILS` says for each kind what its key is, whether it
still holds when it is written, and what it does to the calendar of its reader.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from stakeholders.domain.writing import Outline
from stakeholders.mails import Attachment, Message, render_message
from stakeholders.models import OutgoingMail
from workshops.calendar_file import Method, Participation, personal_calendar
from workshops.models import Invitation, Registration, Workshop
from workshops.tokens import token_for

Row: TypeAlias = Invitation | Registration
Entry: TypeAlias = tuple[Method, Participation]

ASKED: Entry = (Method.REQUEST, Participation.NEEDS_ACTION)
COMING: Entry = (Method.REQUEST, Participation.ACCEPTED)
STRUCK: Entry = (Method.CANCEL, Participation.DECLINED)


@dataclass(frozen=True)
class Kind:
    """`key` names the fact; `holds` asks whether it is still so; `entry` is what the calendar file asks for."""

    key: Callable[[Row], str]
    holds: Callable[[Row], bool]
    entry: Callable[[Row], Entry | None] = lambda row: None


def outline(kind: str, row: Row) -> Outline:
    """Needs `row.person` and `row.workshop`."""
    return Outline(key=MAILS[kind].key(row), kind=kind, person=row.person, about={_name(row): row.pk})


def message(kind: str, row: Row) -> Message:
    """The finished mail, in the language of `row.person`, with the personal link of this row."""
    with translation.override(row.person.language):
        link = personal_link(row)
        entry = MAILS[kind].entry(row)
        return render_message(
            f"workshops/{kind}",
            key=MAILS[kind].key(row),
            kind=kind,
            person=row.person,
            context={"workshop": row.workshop, "row": row, "link": link},
            attachments=(calendar_attachment(row, link, *entry),) if entry else (),
        )


def write(mails: Collection[OutgoingMail]) -> dict[int, Message]:
    """Writes rows of the outbox; what is no longer so is left out."""
    told = _rows(mails)
    found = ((mail, told.get(next(iter(mail.about.items()), ("", 0)))) for mail in mails)
    return {mail.pk: message(mail.kind, row) for mail, row in found if row and MAILS[mail.kind].holds(row)}


def personal_link(row: Row) -> str:
    name = "invitation_answer" if isinstance(row, Invitation) else "registration_manage"
    return f"{settings.SITE_URL}{reverse(f'workshops:{name}', args=[token_for(row)])}"


def calendar_attachment(row: Row, link: str, method: Method, participation: Participation) -> Attachment:
    content = personal_calendar(
        row.workshop, row.person, method=method, participation=participation, note=calendar_note(row, link, method)
    )
    name = _("absage.ics") if method is Method.CANCEL else _("termin.ics")
    return Attachment(name=name, content_type=f"text/calendar; method={method}", content=content)


def calendar_note(row: Row, link: str, method: Method) -> str:
    if method is Method.CANCEL:
        return ""
    if isinstance(row, Invitation):
        return _("Zusagen oder absagen: %(link)s") % {"link": link}
    lines = [_("Platz freigeben: %(link)s") % {"link": link}]
    if row.workshop.online_url:
        lines.insert(0, _("Online teilnehmen: %(link)s") % {"link": row.workshop.online_url})
    return "\n".join(lines)


def _name(row: Row) -> str:
    return "invitation" if isinstance(row, Invitation) else "registration"


def _rows(mails: Collection[OutgoingMail]) -> Mapping[tuple[str, int], Row]:
    """What the mails tell of, each with its event and person: one query per model."""
    found: dict[tuple[str, int], Row] = {}
    for name, model in (("invitation", Invitation), ("registration", Registration)):
        numbers = [mail.about[name] for mail in mails if name in mail.about]
        if numbers:
            rows = model._default_manager.filter(pk__in=numbers).select_related("person", "workshop")
            found |= {(name, row.pk): row for row in rows}
    return found


def _per_arrival(name: str) -> Callable[[Row], str]:
    return lambda row: f"{name}:{row.pk}:{row.arrival}" if isinstance(row, Registration) else ""


def _is(*states: str) -> Callable[[Row], bool]:
    return lambda row: isinstance(row, Registration) and row.state in states


def _is_open(row: Row) -> bool:
    """An invitation that waits for an answer, to an event that takes place."""
    return isinstance(row, Invitation) and not row.is_draft and _takes_place(row) and row.answer == row.Answer.OPEN


def _takes_place(row: Row) -> bool:
    return row.workshop.state == Workshop.State.PUBLISHED


def _holds_place(row: Row) -> bool:
    return isinstance(row, Registration) and row.state == Registration.State.CONFIRMED


def _held_place(row: Row) -> bool:
    """Only who held a place has an entry to strike out of the calendar."""
    return isinstance(row, Registration) and row.confirmed_at is not None


MAILS: dict[str, Kind] = {
    "invitation": Kind(lambda row: f"invitation:{row.pk}", _is_open, lambda row: ASKED),
    "invitation_reminder": Kind(lambda row: f"invitation-reminder:{row.pk}", _is_open),
    "registration_requested": Kind(_per_arrival("registration-requested"), _is("requested")),
    "registration_refused": Kind(_per_arrival("registration-refused"), _is("refused")),
    "registration_confirmed": Kind(_per_arrival("registration-confirmed"), _is("confirmed"), lambda row: COMING),
    "registration_waiting": Kind(_per_arrival("registration-waiting"), _is("waiting")),
    "registration_moved_up": Kind(_per_arrival("registration-moved-up"), _is("confirmed"), lambda row: COMING),
    "registration_offered": Kind(_per_arrival("registration-offered"), _is("offered")),
    "registration_lapsed": Kind(_per_arrival("registration-lapsed"), _is("cancelled")),
    "registration_cancelled": Kind(
        _per_arrival("registration-cancelled"), _is("cancelled"), lambda row: STRUCK if _held_place(row) else None
    ),
    "workshop_changed": Kind(
        lambda row: f"workshop-changed:{row.workshop_id}:{row.workshop.calendar_sequence}:{row.person_id}",
        _takes_place,
        lambda row: COMING if _holds_place(row) else None,
    ),
    "workshop_cancelled": Kind(
        lambda row: f"workshop-cancelled:{row.workshop_id}:{row.person_id}",
        lambda row: row.workshop.state == Workshop.State.CANCELLED,
        lambda row: STRUCK,
    ),
    "reminder": Kind(
        # The key names the start: an event that moves is a new fact to remind of.
        lambda row: f"reminder:{row.workshop_id}:{row.pk}:{row.workshop.starts_at:%Y%m%d%H%M}",
        lambda row: _holds_place(row) and _takes_place(row),
    ),
}
