"""Numbers, shares, intervals and dates as German and English readers write them; the language is always said."""

import math
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

# Weekdays, months, and what stands behind the number of a day. Django's formatter looks each name up anew.
GERMAN = (
    ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    ".",
)
ENGLISH = (
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "",
)


def is_german(language: str) -> bool:
    """Everything that is not German is written the English way."""
    return language.lower().startswith("de")


def decimal(value: float, language: str, decimals: int = 1) -> str:
    """`1.234,5` or `1,234.5`; a true minus sign; halves are rounded up, as in a spreadsheet; zero has no sign.

    Raises ValueError for a value that is not finite: a published figure is a number or absent.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that can be published")
    exact = Decimal(repr(abs(float(value)))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    digits = f"{exact:,.{decimals}f}"
    is_zero = not digits.strip("0.,")
    if is_german(language):
        digits = digits.translate(str.maketrans(",.", ".,"))
    return digits if value >= 0 or is_zero else MINUS + digits


def integer(value: int, language: str) -> str:
    return decimal(value, language, 0)


def percent(share: float, language: str, decimals: int = 1) -> str:
    """A share between 0 and 1 as `12,3 %` or `12.3%`."""
    number = decimal(_hundred(share), language, decimals)
    return f"{number}{NO_BREAK_SPACE}%" if is_german(language) else f"{number}%"


def interval(low: float, high: float, language: str, decimals: int = 1) -> str:
    """`59,1 bis 63,4`: a word, for a dash reads as a minus sign. Ends that look alike are written once."""
    first, last = decimal(low, language, decimals), decimal(high, language, decimals)
    return first if first == last else f"{first} {_until(language)} {last}"


def percent_interval(low: float, high: float, language: str, decimals: int = 1) -> str:
    """Shares between 0 and 1 as `45,1 bis 60,2 %` or `45.1% to 60.2%`."""
    if not is_german(language):
        return f"{percent(low, language, decimals)} to {percent(high, language, decimals)}"
    return f"{interval(_hundred(low), _hundred(high), language, decimals)}{NO_BREAK_SPACE}%"


def date_text(value: date, language: str, *, weekday: bool = True) -> str:
    """`Dienstag, 7. März 2017` or `Tuesday, 7 March 2017`; a moment is shown as the day it falls on in local time."""
    day = _local(value)
    weekdays, months, dot = GERMAN if is_german(language) else ENGLISH
    name = f"{weekdays[day.weekday()]}, " if weekday else ""
    return f"{name}{day.day}{dot} {months[day.month - 1]} {day.year}"


def short_date(value: date, language: str) -> str:
    """`07.03.2017` or `7 Mar 2017`, for tables."""
    if is_german(language):
        return f"{_local(value):%d.%m.%Y}"
    day = _local(value)
    return f"{day.day} {ENGLISH[1][day.month - 1][:3]} {day.year}"


def datetime_text(value: datetime, language: str, *, weekday: bool = True) -> str:
    """`Dienstag, 7. März 2017, 18:30 Uhr` or `Tuesday, 7 March 2017, 18:30`, in local time."""
    clock = f"{_local(value):%H:%M}"
    return f"{date_text(value, language, weekday=weekday)}, {clock}{' Uhr' if is_german(language) else ''}"


def _hundred(share: float) -> float:
    """Times 100 without binary dust: 0.285 is 28.5, not 28.499999999999996."""
    return round(share * 100, 10)


def _until(language: str) -> str:
    return "bis" if is_german(language) else "to"


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
