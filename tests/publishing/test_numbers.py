from datetime import UTC, date, datetime

import pytest

from publishing import numbers


@pytest.mark.parametrize(
    ("value", "decimals", "german", "english"),
    [
        (0.0, 1, "0,0", "0.0"),
        (1234.5, 1, "1.234,5", "1,234.5"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (-3.14159, 2, "−3,14", "−3.14"),
        (-0.04, 1, "0,0", "0.0"),
        (65.25, 1, "65,3", "65.3"),
        (0.5, 0, "1", "1"),
        (999.95, 1, "1.000,0", "1,000.0"),
        (1e-9, 3, "0,000", "0.000"),
    ],
)
def test_decimal_is_written_as_readers_expect(value: float, decimals: int, german: str, english: str) -> None:
    assert numbers.decimal(value, "de", decimals) == german
    assert numbers.decimal(value, "en", decimals) == english


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_decimal_refuses_what_is_not_a_number(value: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        numbers.decimal(value, "de")


def test_percent_multiplies_and_keeps_its_sign_together() -> None:
    assert numbers.percent(0.1234, "de") == "12,3\u00a0%"
    assert numbers.percent(0.1234, "en") == "12.3%"
    assert numbers.percent(0.285, "de", 0) == "29\u00a0%"


def test_intervals_use_a_word_and_write_equal_ends_once() -> None:
    assert numbers.interval(-3.5, 3.4, "de") == "−3,5 bis 3,4"
    assert numbers.interval(4, 4, "de", 0) == "4"
    assert numbers.percent_interval(0.451, 0.602, "de") == "45,1 bis 60,2\u00a0%"
    assert numbers.percent_interval(0.451, 0.602, "en") == "45.1% to 60.2%"


def test_dates_have_a_weekday_and_moments_are_local() -> None:
    moment = datetime(2017, 3, 7, 17, 30, tzinfo=UTC)
    assert numbers.datetime_text(moment, "de") == "Dienstag, 7. März 2017, 18:30 Uhr"
    assert numbers.datetime_text(moment, "en") == "Tuesday, 7 March 2017, 18:30"
    assert numbers.date_text(date(2017, 3, 7), "de", weekday=False) == "7. März 2017"
    assert numbers.short_date(date(2017, 3, 7), "de") == "07.03.2017"
    assert numbers.short_date(date(2017, 3, 7), "en") == "7 Mar 2017"


def test_a_moment_after_midnight_falls_on_the_local_day() -> None:
    assert numbers.date_text(datetime(2017, 3, 6, 23, 30, tzinfo=UTC), "de") == "Dienstag, 7. März 2017"
