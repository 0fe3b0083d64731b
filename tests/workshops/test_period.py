from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from workshops.period import period_text

BERLIN = ZoneInfo("Europe/Berlin")


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("start", "end", "whole_day", "text"),
    [
        (at(9, 18, 30), at(9, 21), False, "Dienstag, 9. März 2027, 18:30 Uhr bis 21:00 Uhr"),
        (at(9, 18), at(10, 12), False, "Dienstag, 9. März 2027, 18:00 Uhr bis Mittwoch, 10. März 2027, 12:00 Uhr"),
        (at(9, 18), at(9, 18), False, "Dienstag, 9. März 2027, 18:00 Uhr"),
        (at(9), at(9, 23, 59), True, "Dienstag, 9. März 2027"),
        (at(9), at(11, 23, 59), True, "Dienstag, 9. März 2027 bis Donnerstag, 11. März 2027"),
    ],
)
def test_period_is_written_without_repeating(start: datetime, end: datetime, whole_day: bool, text: str) -> None:
    with translation.override("de"):
        assert period_text(start, end, whole_day, "de") == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (
            datetime(2027, 10, 31, 2, 30, tzinfo=BERLIN),
            datetime(2027, 10, 31, 2, 30, fold=1, tzinfo=BERLIN),
            "Sonntag, 31. Oktober 2027, 02:30 Uhr (Sommerzeit) bis 02:30 Uhr (Winterzeit)",
        ),
        (
            datetime(2027, 10, 31, 1, 30, tzinfo=BERLIN),
            datetime(2027, 10, 31, 4, tzinfo=BERLIN),
            "Sonntag, 31. Oktober 2027, 01:30 Uhr bis 04:00 Uhr",
        ),
        (
            datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN),
            datetime(2027, 3, 28, 3, 30, tzinfo=BERLIN),
            "Sonntag, 28. März 2027, 01:30 Uhr bis 03:30 Uhr",
        ),
    ],
)
def test_hour_that_occurs_twice_is_named(start: datetime, end: datetime, text: str) -> None:
    with translation.override("de"):
        assert period_text(start, end, False, "de") == text
        assert period_text(start.astimezone(UTC), end.astimezone(UTC), False, "de") == text
    with translation.override("en"):
        assert period_text(start, start, False, "en").startswith("Sunday, ")
