"""Calendar entries of events (RFC 5545 and 5546): downloads, the public feed and what is attached to mails."""

import re
from collections.abc import Iterable
from datetime import UTC, date, timedelta
from email.utils import parseaddr
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import STATUS, Calendar, Component, Event, Timezone, vCalAddress, vText

from stakeholders.models import Stakeholder
from workshops.calendar_revision import Revision, of_event, of_person
from workshops.models import Invitation, Place, Registration, Workshop
from workshops.tokens import token_for

State = Workshop.State

BERLIN = ZoneInfo("Europe/Berlin")
PRODUCT = "-//ZukunftsWerkstatt INDUSTRIE//Veranstaltungen//DE"
REFRESH = timedelta(hours=6)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
EUROPE_BERLIN = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
"""Directive 2000/84/EC: clocks change on the last Sundays of March and October. Old clients need the rule itself."""

STATUSES = {
    State.DRAFT: STATUS.TENTATIVE,
    State.PUBLISHED: STATUS.CONFIRMED,
    State.POSTPONED: STATUS.CANCELLED,
    State.CANCELLED: STATUS.CANCELLED,
}
"""At its old date a postponed event does not take place; with the new date its entry comes back."""


class Method(StrEnum):
    """What a client does with a file (RFC 5546): keep it, put it into the person's calendar, strike it out."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Participation(StrEnum):
    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"


def public_calendar(workshops: Iterable[Workshop], *, name: str) -> str:
    """A file for everybody; the address of the online meeting is not in it."""
    return feed((entry(row, of_event(row), STATUSES[State(row.state)]) for row in workshops), "veranstaltungen", name)


def own_calendar(person: Stakeholder, registrations: Iterable[Registration]) -> str:
    """The feed of one person. Needs `workshop` and `sessions` (see `own_registrations`) of each registration."""
    name = _("Meine Veranstaltungen")
    return feed((own_entry(registration) for registration in registrations), f"person-{person.pk}", name)


def own_registrations(person: Stakeholder) -> QuerySet[Registration]:
    """What the own calendar shows: places, offers and waiting, the latter until the event is over."""
    rows = Registration.objects.filter(person=person, workshop__state__in=Workshop.PUBLIC_STATES).current()
    over = Q(workshop__ends_at__lt=timezone.now()) & ~Q(state=Registration.State.CONFIRMED)
    return rows.exclude(over).select_related("workshop", "person").order_by("workshop__starts_at", "pk")


def own_entry(registration: Registration) -> Event:
    """Only who holds a place reads where to meet online; the others see that it is not certain yet."""
    workshop = registration.workshop
    status = STATUSES[State(workshop.state)]
    if status == STATUS.CONFIRMED and registration.state != Registration.State.CONFIRMED:
        status = STATUS.TENTATIVE
    stands = _("Ihre Anmeldung: %(state)s") % {"state": registration.get_state_display()}
    note = "\n".join([stands, *place_note(registration, own_link(registration))])
    revision = of_person(registration, cancels=False)
    return entry(workshop, revision, status, note=note, location=location_of(workshop, registration.kind))


def personal_calendar(
    row: Invitation | Registration, *, method: Method, participation: Participation, note: str = ""
) -> str:
    """The entry of one person as a message. `note` goes above the description: how to answer, to take part, to cancel.

    A cancellation concerns this person's entry as a whole, so its status says so even where only their place is given
    up: clients that do not look at the method still strike it out.
    """
    person, cancels = row.person, method is Method.CANCEL
    kind = row.kind if isinstance(row, Registration) else ""
    event = entry(
        row.workshop,
        of_person(row, cancels=cancels),
        STATUS.CANCELLED if cancels else STATUS.CONFIRMED,
        note=note,
        location=location_of(row.workshop, kind),
    )
    name = plain(person.get_full_name()) or None
    event.attendees = [vCalAddress.new(person.mail_address, cn=name, partstat=participation, rsvp=False)]
    calendar = Calendar.new(prodid=PRODUCT, method=method, uid=event.uid, subcomponents=[berlin(), event])
    return str(calendar.to_ical().decode())


def place_note(registration: Registration, link: str) -> list[str]:
    """What somebody needs who has registered, line by line."""
    workshop = registration.workshop
    lines = [_("Ihre Anmeldung verwalten: %(link)s") % {"link": link}]
    if registration.state != Registration.State.CONFIRMED:
        return lines
    if workshop.online_url:
        lines.insert(0, _("Online teilnehmen: %(link)s") % {"link": workshop.online_url})
    chosen = sorted((place.session for place in registration.session_places.all()), key=lambda row: row.starts_at)
    times = (
        _("%(time)s Uhr") % {"time": f"{timezone.localtime(session.starts_at, BERLIN):%H:%M}"} for session in chosen
    )
    return [*lines, *(f"{time}: {session}" for time, session in zip(times, chosen, strict=True))]


def own_link(registration: Registration) -> str:
    path = reverse("workshops:registration_manage", args=[token_for(registration)])
    return f"{settings.SITE_URL}{path}"


def location_of(workshop: Workshop, kind: str = "") -> str:
    """Place, room and address; of a hybrid event what belongs to this kind of place."""
    if workshop.is_hybrid and kind == Place.ONLINE:
        return _("online")
    room = _("Raum %(room)s") % {"room": workshop.room} if workshop.room else ""
    return ", ".join(part for part in (workshop.place, room, workshop.address) if part) or _("online")


def feed(entries: Iterable[Event], uid: str, name: str) -> str:
    calendar = Calendar.new(
        prodid=PRODUCT,
        method=Method.PUBLISH,
        uid=f"{uid}@{settings.SITE_HOST}",
        subcomponents=[berlin(), *entries],
    )
    # The library would write names without escaping them, and leave out the type that RFC 7986, 5.7 asks for.
    calendar["NAME"] = calendar["X-WR-CALNAME"] = vText(plain(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    return str(calendar.to_ical().decode())


def entry(workshop: Workshop, revision: Revision, status: STATUS, *, note: str = "", location: str = "") -> Event:
    first, last = days_or_times(workshop)
    link = f"{settings.SITE_URL}{workshop.get_absolute_url()}"
    event = Event.new(
        uid=f"workshop-{workshop.pk}@{settings.SITE_HOST}",
        sequence=revision.sequence,
        stamp=timezone.now(),
        last_modified=revision.changed_at,
        start=first,
        end=last if last > first else None,
        summary=plain(str(workshop)),
        location=plain(location or location_of(workshop)),
        url=link,
        description=plain("\n\n".join(part for part in (note, workshop.local_summary, link) if part)),
        status=status,
    )
    event["organizer"] = vCalAddress.new(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], cn="ZukunftsWerkstatt INDUSTRIE")
    return event


def plain(text: str) -> str:
    """Without what no text of a calendar may hold (3.3.11): control characters other than line breaks and tabs."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def days_or_times(workshop: Workshop) -> tuple[date, date]:
    """Start and end in local time; whole days as dates, whose end is the day after (RFC 5545, 3.6.1).

    A local time that occurs twice means the first one (3.3.5), so an event that begins or ends in the second one is
    written in UTC.
    """
    start, end = timezone.localtime(workshop.starts_at, BERLIN), timezone.localtime(workshop.ends_at, BERLIN)
    if workshop.whole_day:
        return start.date(), end.date() + timedelta(days=1)
    if start.fold or end.fold:
        return start.astimezone(UTC), end.astimezone(UTC)
    return start, end


@cache
def berlin() -> Component:
    return Timezone.from_ical(EUROPE_BERLIN)
