from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories.stakeholders import DistrictFactory
from tests.factories.workshops import SeriesFactory, WorkshopFactory
from workshops.models import Workshop
from workshops.reports.month import REACH, days_of

BERLIN = ZoneInfo("Europe/Berlin")
MONTH = "/veranstaltungen/monat/"
FIRST = (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)
"""Of the month after this one."""
pytestmark = pytest.mark.django_db


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(FIRST.replace(day=day), time(hour, minute)))


def address(first: date) -> str:
    return f"{MONTH}{first:%Y-%m}/"


def moved(months: int) -> date:
    today = timezone.localdate()
    number = today.year * 12 + today.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def days(text: str, title: str) -> list[str]:
    """The days on which a title stands."""
    cells = text.split('<time datetime="')[1:]
    return [cell[:10] for cell in cells if f">{title}</a>" in cell.split("</td>")[0]]


def test_event_stands_on_each_of_its_days(client: Client) -> None:
    WorkshopFactory.create(title="Abend", starts_at=at(9, 18), ends_at=at(10))
    WorkshopFactory.create(title="Camp", starts_at=at(10, 9), ends_at=at(12, 16))
    WorkshopFactory.create(title="Ganztags", starts_at=at(5), ends_at=at(6, 23, 59), whole_day=True)
    WorkshopFactory.create(title="Entwurf", starts_at=at(9, 18), state=Workshop.State.DRAFT)
    WorkshopFactory.create(title="Verschoben", starts_at=at(9, 18), state=Workshop.State.POSTPONED)
    text = page(client, address(FIRST))
    assert days(text, "Abend") == [f"{FIRST:%Y-%m}-09"]
    assert text.count("09:00, Beispielhalle") == 1
    assert days(text, "Camp") == [f"{FIRST:%Y-%m}-{day}" for day in (10, 11, 12)]
    assert days(text, "Ganztags") == [f"{FIRST:%Y-%m}-{day}" for day in ("05", "06")]
    assert "Entwurf" not in text
    assert "Verschoben" not in text


def test_event_over_the_turn_of_months_stands_in_both(client: Client) -> None:
    start = at(1) - timedelta(days=1)
    WorkshopFactory.create(title="Camp", starts_at=start, ends_at=at(2, 12))
    before = timezone.localtime(start).date()
    assert f"{FIRST:%Y-%m}-02" in days(page(client, address(FIRST)), "Camp")
    assert before.isoformat() in days(page(client, address(before)), "Camp")


def test_weeks_begin_on_monday_and_the_month_of_today_comes_first(client: Client) -> None:
    text = page(client, MONTH)
    found = [date.fromisoformat(part[:10]) for part in text.split('<time datetime="')[1:]]
    assert found == [found[0] + timedelta(days=n) for n in range(len(found))]
    assert (found[0].weekday(), found[-1].weekday()) == (0, 6)
    assert 'aria-current="date"' in text


def test_cancelled_event_says_so(client: Client) -> None:
    WorkshopFactory.create(starts_at=at(9, 18), state=Workshop.State.CANCELLED)
    assert "<strong>abgesagt</strong>" in page(client, address(FIRST))


def test_empty_month_says_why(client: Client) -> None:
    assert "In diesem Monat ist keine Veranstaltung geplant." in page(client, address(FIRST))
    assert "passt keine Veranstaltung" in page(client, f"{address(FIRST)}?format=innocamp")


def test_filters_stay_while_leafing(client: Client) -> None:
    leipzig = DistrictFactory.create(key="14713000")
    WorkshopFactory.create(title="In Leipzig", starts_at=at(9), district=leipzig)
    WorkshopFactory.create(title="Anderswo", starts_at=at(9))
    text = page(client, f"{address(FIRST)}?kreis=14713000&x=1")
    assert days(text, "In Leipzig")
    assert not days(text, "Anderswo")
    assert f'{address(moved(2))}?kreis=14713000"' in text
    assert f'{address(moved(0))}?kreis=14713000"' in text
    assert '/veranstaltungen/?kreis=14713000"' in text


def test_months_end_two_years_from_now_and_no_robot_keeps_them(client: Client) -> None:
    for months, link, other in ((REACH, "prev", "next"), (-REACH, "next", "prev")):
        text = page(client, address(moved(months)))
        assert f'rel="{link} nofollow"' in text
        assert f'rel="{other} nofollow"' not in text
        assert '<meta name="robots" content="noindex, nofollow">' in text
    page(client, address(moved(REACH + 1)), 404)
    page(client, address(moved(-REACH - 1)), 404)


@pytest.mark.parametrize("number", ["2027", "2027-13", "2027-00", "0000-01", "2027-3", "x", "99999-01", "2027-01-01"])
def test_what_is_no_month_is_not_found(number: str, client: Client) -> None:
    page(client, f"{MONTH}{number}/", 404)


def test_month_refuses_to_be_posted_to(client: Client) -> None:
    assert client.post(MONTH).status_code == 405
    assert client.post(address(FIRST)).status_code == 405


def test_month_takes_the_same_queries_for_ten_events_and_for_three_hundred(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rows in (10, 290):
        district, series = DistrictFactory.create(), SeriesFactory.create()
        for number in range(rows):
            WorkshopFactory.create(starts_at=at(number % 28 + 1, 9), district=district, series=series)
        caches["frame"].clear()
        with django_assert_num_queries(4):
            page(client, address(FIRST))


def test_day_of_a_change_of_clocks_is_one_day() -> None:
    for month, day in ((3, 28), (10, 31)):
        start = datetime(2027, month, day, tzinfo=BERLIN)
        end = datetime(2027, month, day, 23, 59, tzinfo=BERLIN)
        workshop = Workshop(starts_at=start, ends_at=end, whole_day=True)
        assert list(days_of(workshop, date(2027, 1, 1), date(2027, 12, 31))) == [date(2027, month, day)]
