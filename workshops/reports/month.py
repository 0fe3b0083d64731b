"""The events of one month, day by day, as weeks from Monday to Sunday."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from workshops.models import Workshop

REACH = 24
"""So many months back and ahead have a page, so that nobody leafs on without end."""


@dataclass(frozen=True)
class Day:
    date: date
    in_month: bool
    is_today: bool
    workshops: list[Workshop]


@dataclass(frozen=True)
class Month:
    first: date
    weeks: list[list[Day]]

    @property
    def previous(self) -> date | None:
        """None where no page is left."""
        return shifted(self.first, -1)

    @property
    def next(self) -> date | None:
        return shifted(self.first, 1)

    @property
    def is_empty(self) -> bool:
        return not any(day.workshops for week in self.weeks for day in week if day.in_month)


def shifted(first: date, months: int) -> date | None:
    number = first.year * 12 + first.month - 1 + months
    other = date(number // 12, number % 12 + 1, 1)
    return other if is_in_reach(other) else None


def is_in_reach(first: date) -> bool:
    today = timezone.localdate()
    return abs((first.year - today.year) * 12 + first.month - today.month) <= REACH


def month(first: date, workshops: Iterable[Workshop]) -> Month:
    """`workshops` in order of time; one that lasts several days stands on each of them."""
    on: dict[date, list[Workshop]] = defaultdict(list)
    days = Calendar().monthdatescalendar(first.year, first.month)
    for workshop in workshops:
        for day in days_of(workshop, days[0][0], days[-1][-1]):
            on[day].append(workshop)
    today = timezone.localdate()
    weeks = [[Day(day, day.month == first.month, day == today, on[day]) for day in week] for week in days]
    return Month(first, weeks)


def days_of(workshop: Workshop, first: date, last: date) -> Iterator[date]:
    """The days in local time; an end at midnight does not begin another."""
    end = max(workshop.starts_at, workshop.ends_at - timedelta(microseconds=1))
    day = max(first, timezone.localtime(workshop.starts_at).date())
    while day <= min(last, timezone.localtime(end).date()):
        yield day
        day += timedelta(days=1)


def bounds(first: date) -> tuple[datetime, datetime]:
    """From the first midnight shown to the last, with the days of other months that fill the weeks."""
    days = Calendar().monthdatescalendar(first.year, first.month)
    edges = days[0][0], days[-1][-1] + timedelta(days=1)
    start, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in edges)
    return start, end
