"""Calendar entries of events (RFC 5545 and 5546): downloads, the public feed and what is attached to mails."""

from collections.abc import Iterable
from datetime import date, timedelta
from email.utils import parseaddr
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import STATUS, Calendar, Component, Event, Timezone, vCalAddress

from stakeholders.models import Stakeholder
from workshops.models import Workshop

BERLIN = ZoneInfo("Europe/Berlin")
PRODUCT = "-//ZukunftsWerkstatt INDUSTRIE//Veranstaltungen//DE"
REFRESH = timedelta(hours=6)
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
    calendar = Calendar.new(
        prodid=PRODUCT,
        method=Method.PUBLISH,
        uid=f"veranstaltungen@{settings.SITE_HOST}",
        name=name,
        refresh_interval=REFRESH,
        subcomponents=[berlin(), *(entry(workshop) for workshop in workshops)],
    )
    return str(calendar.to_ical().decode())


def personal_calendar(
    workshop: Workshop, person: Stakeholder, *, method: Method, participation: Participation, note: str = ""
) -> str:
    """The entry of one person. `note` goes above the description: how to answer, to take part online, to cancel."""
    event = entry(workshop, note=note)
    event["organizer"] = vCalAddress.new(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], cn="ZukunftsWerkstatt INDUSTRIE")
    name = person.get_full_name() or None
    event.attendees = [vCalAddress.new(person.mail_address, cn=name, partstat=participation, rsvp=False)]
    if method is Method.CANCEL:
        event.status = STATUS.CANCELLED
    calendar = Calendar.new(prodid=PRODUCT, method=method, uid=event.uid, subcomponents=[berlin(), event])
    return str(calendar.to_ical().decode())


def entry(workshop: Workshop, *, note: str = "") -> Event:
    first, last = days_or_times(workshop)
    link = f"{settings.SITE_URL}{workshop.get_absolute_url()}"
    return Event.new(
        uid=f"workshop-{workshop.pk}@{settings.SITE_HOST}",
        sequence=workshop.calendar_sequence,
        stamp=timezone.now(),
        start=first,
        end=last,
        summary=str(workshop),
        location=workshop.location or _("online"),
        url=link,
        description="\n\n".join(part for part in (note, workshop.local_summary, link) if part),
        status=STATUS.CANCELLED if workshop.state == Workshop.State.CANCELLED else STATUS.CONFIRMED,
    )


def days_or_times(workshop: Workshop) -> tuple[date, date]:
    """Start and end in local time; whole days as dates, whose end is the day after (RFC 5545, 3.6.1)."""
    start, end = timezone.localtime(workshop.starts_at, BERLIN), timezone.localtime(workshop.ends_at, BERLIN)
    if workshop.whole_day:
        return start.date(), end.date() + timedelta(days=1)
    return start, end


@cache
def berlin() -> Component:
    return Timezone.from_ical(EUROPE_BERLIN)
