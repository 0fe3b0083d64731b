"""Mails about events; each has a key per fact, so that telling the same fact again sends nothing."""

from typing import TypeAlias

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from stakeholders.mails import Attachment, Message, render_message
from workshops.calendar_file import Method, Participation, personal_calendar
from workshops.models import Invitation, Registration
from workshops.tokens import token_for

Row: TypeAlias = Invitation | Registration


def invitation(row: Invitation) -> Message:
    calendar = (Method.REQUEST, Participation.NEEDS_ACTION)
    return personal_message("invitation", f"invitation:{row.pk}", row, calendar)


def invitation_reminder(row: Invitation) -> Message:
    return personal_message("invitation_reminder", f"invitation-reminder:{row.pk}", row)


def registration_confirmed(row: Registration) -> Message:
    key = f"registration-confirmed:{row.pk}:{row.arrival}"
    return personal_message("registration_confirmed", key, row, (Method.REQUEST, Participation.ACCEPTED))


def registration_waiting(row: Registration) -> Message:
    return personal_message("registration_waiting", f"registration-waiting:{row.pk}:{row.arrival}", row)


def registration_moved_up(row: Registration) -> Message:
    key = f"registration-moved-up:{row.pk}:{row.arrival}"
    return personal_message("registration_moved_up", key, row, (Method.REQUEST, Participation.ACCEPTED))


def registration_cancelled(row: Registration) -> Message:
    """Only who held a place has an entry to strike out of the calendar."""
    calendar = (Method.CANCEL, Participation.DECLINED) if row.confirmed_at else None
    return personal_message("registration_cancelled", f"registration-cancelled:{row.pk}:{row.arrival}", row, calendar)


def reminder(row: Registration) -> Message:
    """The key names the start: an event that moves is a new fact to remind of."""
    key = f"reminder:{row.workshop_id}:{row.pk}:{row.workshop.starts_at:%Y%m%d%H%M}"
    return personal_message("reminder", key, row)


def workshop_changed(row: Registration) -> Message:
    """Day, time or place are new; only who holds a place gets a new calendar entry."""
    key = f"workshop-changed:{row.workshop_id}:{row.workshop.calendar_sequence}:{row.person_id}"
    holds_place = row.state == Registration.State.CONFIRMED
    calendar = (Method.REQUEST, Participation.ACCEPTED) if holds_place else None
    return personal_message("workshop_changed", key, row, calendar)


def workshop_cancelled(row: Row) -> Message:
    key = f"workshop-cancelled:{row.workshop_id}:{row.person_id}"
    return personal_message("workshop_cancelled", key, row, (Method.CANCEL, Participation.DECLINED))


def personal_message(name: str, key: str, row: Row, calendar: tuple[Method, Participation] | None = None) -> Message:
    """A mail in the language of `row.person` with the link of this row; both relations must be loaded."""
    with translation.override(row.person.language):
        link = personal_link(row)
        return render_message(
            f"workshops/{name}",
            key=key,
            kind=name,
            person=row.person,
            context={"workshop": row.workshop, "row": row, "link": link},
            attachments=(calendar_attachment(row, link, *calendar),) if calendar else (),
        )


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
