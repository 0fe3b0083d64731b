"""Saxony's working days, by which the project office measures how long a thesis waits."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

FIXED_HOLIDAYS = ((1, 1), (5, 1), (10, 3), (10, 31), (12, 25), (12, 26))
AFTER_EASTER = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension, Whit Monday


def holidays(year: int) -> list[date]:
    """Section 1 of the Saxon law on Sundays and holidays (SächsSFG), without those on Sundays."""
    easter = easter_sunday(year)
    repentance = date(year, 11, 22) - timedelta(days=(date(year, 11, 22).weekday() - 2) % 7)
    fixed = [date(year, month, day) for month, day in FIXED_HOLIDAYS]
    return [*fixed, *(easter + timedelta(days=days) for days in AFTER_EASTER), repentance]


def easter_sunday(year: int) -> date:
    """Gregorian years; the algorithm published anonymously in Nature, 20 April 1876."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def working_days(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; what came in today has waited for none."""
    if end <= start:
        return 0
    first, after = start + timedelta(days=1), end + timedelta(days=1)
    return int(np.busday_count(first, after, holidays=_free(start.year, end.year)))


def due_on(start: date, days: int) -> date:
    """The last day on which no more than `days` working days have passed since `start`, itself a working day."""
    return _offset(start, days)


def earliest_in_time(today: date, days: int) -> date:
    """Whatever came in before this day has waited for more than `days` working days today."""
    return _offset(today, -days)


def _offset(start: date, days: int) -> date:
    free = _free(start.year - 1, start.year + 1)
    found = np.busday_offset(np.datetime64(start), days, roll="preceding", holidays=free)
    return date.fromisoformat(str(found))


def _free(first: int, last: int) -> NDArray[np.datetime64]:
    return np.array([day for year in range(first, last + 1) for day in holidays(year)], dtype="datetime64[D]")
