"""Organisations on the desk of the office: recognised before they are made twice, merged, and what was changed."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stakeholders.domain.organisation import version_of
from stakeholders.domain.organisation_history import SHOWN, changes_of
from stakeholders.models import AuditEntry, Organisation
from tests.cast import Cast
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:stakeholders_organisation_changelist")
ADD = reverse("admin:stakeholders_organisation_add")


def change(row: Organisation) -> str:
    return reverse("admin:stakeholders_organisation_change", args=[row.pk])


def merging(row: Organisation) -> str:
    return reverse("admin:stakeholders_organisation_merge", args=[row.pk])


def test_a_name_like_a_known_one_is_made_only_when_confirmed(office: Client) -> None:
    known = OrganisationFactory.create(name="Zahnradfabrik <Chemnitz>")
    page = office.post(ADD, {"name": "Zahnradfabrik Chemnitz GmbH"}).content.decode()
    assert f'<a href="{known.get_absolute_url()}">Zahnradfabrik &lt;Chemnitz&gt;</a>' in page
    assert not Organisation.objects.filter(name="Zahnradfabrik Chemnitz GmbH").exists()
    office.post(ADD, {"name": "Zahnradfabrik Chemnitz GmbH", "is_new": "on"})
    office.post(ADD, {"name": "Vorschläge"})
    slugs = Organisation.objects.filter(name__in=("Zahnradfabrik Chemnitz GmbH", "Vorschläge"))
    assert set(slugs.values_list("slug", flat=True)) == {"zahnradfabrik-chemnitz-gmbh", "vorschlage"}


def test_a_stale_tab_of_the_office_is_told(office: Client) -> None:
    row = OrganisationFactory.create()
    old = version_of(row)
    Organisation.objects.filter(pk=row.pk).update(kind="union")
    page = office.post(change(row), {"name": row.name, "kind": "company", "version": old}).content.decode()
    assert "inzwischen an anderer Stelle geändert" in page
    row.refresh_from_db()
    assert row.kind == "union"


def test_what_was_changed_stands_there_with_name_and_time(office: Client, cast: Cast) -> None:
    row = OrganisationFactory.create(name="Altes Werk")
    office.post(change(row), {"name": "Neues Werk", "kind": "union", "version": version_of(row)})
    page = office.get(change(row)).content.decode()
    assert "Name von „Altes Werk“ zu „Neues Werk“" in page
    assert "Art von „–“ zu „Gewerkschaft“" in page
    newest, first = changes_of(row)
    assert (newest.who, first.who, first.what) == (cast.project_office.display_name, "das Portal", ())
    number = cast.project_office.pk
    cast.project_office.delete()
    assert changes_of(row)[0].who == f"Person {number}"


def test_reading_a_history_costs_the_same_at_any_length(cast: Cast) -> None:
    row = OrganisationFactory.create()
    counts = []
    for length in (1, SHOWN + 5):
        for number in range(length):
            Organisation.objects.filter(pk=row.pk).update(website=f"https://{length}-{number}.example")
        with CaptureQueriesContext(connection) as queries:
            found = changes_of(row)
        counts.append(len(queries))
    assert len(found) == SHOWN
    assert counts[0] == counts[1] <= 2


def test_merging_shows_what_moves_and_then_moves_it(office: Client) -> None:
    source, target = OrganisationFactory.create(name="Zahnrad Nord"), OrganisationFactory.create(name="Zahnrad Sued")
    StakeholderFactory.create_batch(2, organisation=source)
    assert target.name in office.get(merging(source)).content.decode()
    assert "Kein Name ähnelt diesem." in office.get(merging(source), {"suche": "qqqq"}).content.decode()
    page = office.get(merging(source), {"ziel": target.slug}).content.decode()
    assert "Akteurinnen und Akteure: 2" in page
    assert not AuditEntry.objects.exists()
    response = office.post(f"{merging(source)}?ziel={target.slug}", follow=True)
    assert response.redirect_chain == [(change(target), 302)]
    assert "Alte Links führen dorthin." in response.content.decode()
    assert target.people.count() == 2
    page = office.get(change(source)).content.decode()
    assert "zusammengeführt mit" in page
    assert 'name="_save"' not in page


def test_merging_what_is_not_there_is_not_found(office: Client) -> None:
    source, target = OrganisationFactory.create(), OrganisationFactory.create()
    gone = OrganisationFactory.create(merged_into=target)
    for address in (merging(gone), f"{merging(source)}?ziel={gone.slug}", f"{merging(source)}?ziel={source.slug}"):
        assert office.get(address).status_code == 404
        assert office.post(address).status_code == 404


def test_two_ticked_entries_lead_to_the_merging(office: Client) -> None:
    first, second = OrganisationFactory.create(name="Werk A"), OrganisationFactory.create(name="Werk B")
    sent = {"action": "merge_selected", "_selected_action": [first.pk, second.pk]}
    assert office.post(LIST, sent)["Location"] == f"{merging(first)}?ziel={second.slug}"
    response = office.post(LIST, sent | {"_selected_action": [first.pk]})
    assert ["genau zwei" in str(message) for message in get_messages(response.wsgi_request)] == [True]


def test_only_what_nothing_points_at_can_be_deleted(office: Client, cast: Cast) -> None:
    used, unused = cast.stakeholder.organisation, OrganisationFactory.create()
    assert used
    for row, status in ((used, 403), (unused, 302)):
        address = reverse("admin:stakeholders_organisation_delete", args=[row.pk])
        assert office.post(address, {"post": "yes"}).status_code == status
    assert list(Organisation.objects.all()) == [used]


@pytest.mark.parametrize("who", ["stakeholder", "ministry", "outsider"])
def test_others_do_not_merge(client: Client, cast: Cast, who: str) -> None:
    source, target = OrganisationFactory.create(), OrganisationFactory.create()
    client.force_login(getattr(cast, who))
    assert client.post(f"{merging(source)}?ziel={target.slug}").status_code == 302
    source.refresh_from_db()
    assert source.merged_into is None
