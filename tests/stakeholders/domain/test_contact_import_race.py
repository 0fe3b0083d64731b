"""Several workers at once, and people who register while a list is written."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from stakeholders.domain.contact_import import confirm_import, work_on_imports
from stakeholders.models import ContactImport, Organisation, Stakeholder
from tests.at_once import at_once
from tests.factories.contacts import HEADER, checked, csv_file, uploaded
from tests.factories.stakeholders import StakeholderFactory

ROWS = [(f"p{number}@example.org", "Beispiel", "Kim", "Neues Werk") for number in range(200)]
LIST = csv_file(*ROWS, header=(*HEADER, "Organisation"))


@pytest.mark.django_db(transaction=True)
def test_several_workers_check_and_write_each_list_once() -> None:
    office = StakeholderFactory.create(role=Stakeholder.Role.PROJECT_OFFICE)
    uploaded(LIST, office)
    uploaded(LIST, office)
    assert sum(at_once(*[work_on_imports] * 3)) == 2
    for row in ContactImport.objects.all():
        confirm_import(contact_import=row, actor=office)
    assert sum(at_once(*[work_on_imports] * 3)) == 2
    assert Stakeholder.objects.filter(origin="import").count() == 200
    assert Organisation.objects.filter(name="Neues Werk").count() == 1
    assert [row.state for row in ContactImport.objects.all()] == ["done", "done"]
    assert sorted(row.counts["created"] for row in ContactImport.objects.all()) == [0, 200]


@pytest.mark.django_db(transaction=True)
def test_who_registers_while_the_list_is_written_is_met_at_the_second_look() -> None:
    """The registration is not visible to the check and holds the address until it is committed."""
    row = checked(LIST, StakeholderFactory.create(role=Stakeholder.Role.PROJECT_OFFICE))
    confirm_import(contact_import=row, actor=Stakeholder.objects.get(pk=row.created_by_id))
    registered = Barrier(2)

    def register() -> None:
        try:
            with transaction.atomic():
                StakeholderFactory.create(email="p7@example.org", last_name="Selbst")
                registered.wait(timeout=10)
                # Meanwhile the writing reaches the address and waits for this transaction.
                time.sleep(1)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        registering = pool.submit(register)
        registered.wait(timeout=10)
        assert work_on_imports() == 1
        registering.result()
    row.refresh_from_db()
    assert (row.state, row.counts["created"], row.counts["unchanged"]) == ("done", 199, 1)
    assert Stakeholder.objects.get(email="p7@example.org").last_name == "Selbst"
