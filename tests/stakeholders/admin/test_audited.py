"""Whatever staff edits in the administration leaves a trace that names fields and no values."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from stakeholders.admin.site import AuditedAdmin, ReadOnlyAdmin
from stakeholders.models import AuditEntry, Tag
from tests.cast import Cast
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import StakeholderGroupFactory

pytestmark = pytest.mark.django_db


def address(model: str, page: str = "changelist", *args: object) -> str:
    return reverse(f"admin:stakeholders_{model}_{page}", args=args)


def test_every_page_of_the_administration_is_audited_or_read_only() -> None:
    open_doors = [
        model.__name__
        for model, page in admin.site._registry.items()
        if not isinstance(page, AuditedAdmin | ReadOnlyAdmin)
    ]
    assert open_doors == []


def test_adding_changing_and_deleting_is_written_down(office: Client, cast: Cast) -> None:
    office.post(address("tag", "add"), {"name": "Gießerei"})
    tag = Tag.objects.get()
    office.post(address("tag", "change", tag.pk), {"name": "Gießereien"})
    office.post(address("tag", "delete", tag.pk), {"post": "yes"})
    entries = list(AuditEntry.objects.order_by("pk"))
    assert [entry.verb for entry in entries] == ["row_added", "row_changed", "row_deleted"]
    assert {entry.actor for entry in entries} == {cast.project_office}
    assert entries[1].facts == {"fields": ["Schlagwort"]}
    assert entries[2].target_label == "Gießereien"


def test_saving_without_a_change_writes_nothing(office: Client) -> None:
    tag = Tag.objects.create(name="Gießerei")
    office.post(address("tag", "change", tag.pk), {"name": "Gießerei"})
    assert not AuditEntry.objects.exists()


def test_each_of_many_deleted_at_once_is_written_down(office: Client) -> None:
    chosen = [Tag.objects.create(name=name).pk for name in ("eins", "zwei")]
    sent = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    office.post(address("tag"), sent)
    assert not Tag.objects.exists()
    labels = AuditEntry.objects.filter(verb="row_deleted").values_list("target_label", flat=True)
    assert sorted(labels) == ["eins", "zwei"]


def test_the_entry_names_fields_and_no_values(office: Client) -> None:
    measure = MeasureFactory.create()
    sent = {"title": "Anders", "field_of_action": measure.field_of_action.pk, "status": measure.status, "position": 0}
    sent |= {"summary": "Geheim bleibt, was hier steht.", "source": measure.source}
    sent |= {"seen": measure.changed_at.isoformat()}
    sent |= {"documents-TOTAL_FORMS": 0, "documents-INITIAL_FORMS": 0}
    office.post(reverse("admin:measures_measure_change", args=[measure.pk]), sent)
    entry = AuditEntry.objects.get(verb="row_changed")
    assert entry.facts == {"fields": ["Titel", "Kurzfassung"]}


def test_one_act_is_told_once_and_a_person_by_number(office: Client, cast: Cast) -> None:
    sent = {"first_name": "Kim", "last_name": "Anders", "language": "de", "is_active": "on"}
    sent |= {"group": str(cast.outsider.group_id), "district": str(cast.outsider.district_id)}
    office.post(address("stakeholder", "change", cast.outsider.pk), sent)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.target_label) == ("profile_changed", f"Person {cast.outsider.pk}")
    assert entry.facts == {"fields": ["last_name"]}


def test_a_group_changed_by_the_office_is_written_down_and_told_to_an_open_form(office: Client, cast: Cast) -> None:
    other = StakeholderGroupFactory.create(key="kammern")
    sent = {"first_name": "Kim", "last_name": cast.outsider.last_name, "language": "de", "is_active": "on"}
    sent |= {"group": str(other.pk), "district": str(cast.outsider.district_id)}
    office.post(address("stakeholder", "change", cast.outsider.pk), sent)
    assert AuditEntry.objects.get(verb="group_changed").facts == {"group": ["industrie", "kammern"]}
    cast.outsider.refresh_from_db()
    assert cast.outsider.profile_version == 1
