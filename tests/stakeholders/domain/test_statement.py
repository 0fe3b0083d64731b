import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.statement import Statement, execute, insertions
from stakeholders.models import AuditEntry, Tag

pytestmark = pytest.mark.django_db


def entries(number: int) -> list[AuditEntry]:
    return [AuditEntry(verb="probe", target_label=f"100 % von {place}; 'alles'") for place in range(number)]


def test_many_rows_of_several_models_take_one_trip(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        execute([*insertions(entries(501)), *insertions([Tag(name="50 % Anteil")])])
    assert AuditEntry.objects.filter(verb="probe").count() == 501
    assert AuditEntry.objects.filter(target_label="100 % von 500; 'alles'").count() == 1
    assert Tag.objects.get().name == "50 % Anteil"


def test_nothing_to_write_asks_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        execute(insertions([]))


def test_what_is_known_stays_or_is_an_error() -> None:
    execute(insertions([Tag(name="Holz")]))
    known = Tag.objects.get().pk
    execute(insertions([Tag(name="Holz"), Tag(name="Stein")], known_stay=True))
    assert Tag.objects.get(name="Holz").pk == known
    assert Tag.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        execute(insertions([Tag(name="Holz")]))


def test_all_or_nothing_is_written() -> None:
    wrong = Statement("INSERT INTO stakeholders_tag (name) VALUES (%s)", [None])
    with pytest.raises(IntegrityError), transaction.atomic():
        execute([*insertions([Tag(name="Holz")]), wrong])
    assert not Tag.objects.exists()
