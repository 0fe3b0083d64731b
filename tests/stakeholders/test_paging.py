import pytest
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import District
from stakeholders.paging import PER_PAGE, page_of
from tests.factories.stakeholders import DistrictFactory


def districts(number: int) -> None:
    for key in range(number):
        DistrictFactory.create(key=f"{key:08}")


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, PER_PAGE, PER_PAGE + 1])
def test_a_page_takes_two_queries_at_any_size(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    districts(number)
    with django_assert_num_queries(2):
        page = page_of(District.objects.all(), None)
        assert len(page) == min(number, PER_PAGE)
        assert page.paginator.count == number
        assert page.has_next() == (number > PER_PAGE)
        assert not page.has_previous()


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    districts(PER_PAGE + 1)
    rows = District.objects.order_by("pk")
    assert [*page_of(rows, None), *page_of(rows, "2")] == list(rows)
    assert [*page_of(rows, "1")] == [*page_of(rows, None)]


@pytest.mark.django_db
def test_nothing_is_one_empty_page() -> None:
    page = page_of(District.objects.none(), None)
    assert (list(page), page.paginator.count, page.has_other_pages()) == ([], 0, False)
