from datetime import date, timedelta

import pytest

from theses.domain.working_days import due_on, earliest_in_time, easter_sunday, holidays, working_days


@pytest.mark.parametrize(
    "day", [date(2000, 4, 23), date(2008, 3, 23), date(2019, 4, 21), date(2024, 3, 31), date(2038, 4, 25)]
)
def test_easter_falls_on_the_day_of_the_calendar(day: date) -> None:
    assert easter_sunday(day.year) == day


def test_holidays_are_those_of_saxony_in_2026() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 10, 3),
        date(2026, 10, 31),
        date(2026, 11, 18),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


def test_the_day_of_repentance_is_the_wednesday_before_23_november() -> None:
    days = {year: max(day for day in holidays(year) if day.month == 11) for year in range(2020, 2040)}
    assert all(day.weekday() == 2 and date(year, 11, 16) <= day <= date(year, 11, 22) for year, day in days.items())


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 17), date(2026, 11, 19), 1),
        (date(2026, 12, 23), date(2027, 1, 4), 6),
        (date(2026, 11, 23), date(2026, 11, 20), 0),
    ],
)
def test_working_days_leave_out_weekends_and_holidays(start: date, end: date, days: int) -> None:
    assert working_days(start, end) == days


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 9, 1), date(2026, 9, 22)),
        (date(2026, 9, 5), date(2026, 9, 25)),
        (date(2026, 12, 11), date(2027, 1, 5)),
        (date(2026, 11, 2), date(2026, 11, 24)),
    ],
)
def test_the_answer_is_due_on_the_fifteenth_working_day(start: date, due: date) -> None:
    assert due_on(start, 15) == due
    assert working_days(start, due) == 15


@pytest.mark.parametrize("today", [date(2026, 9, day) for day in range(1, 31)] + [date(2027, 1, 1)])
def test_whatever_came_before_the_earliest_day_is_overdue(today: date) -> None:
    first = earliest_in_time(today, 15)
    assert working_days(first, today) <= 15
    assert working_days(first - timedelta(days=1), today) > 15
