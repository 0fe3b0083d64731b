import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import AuditEntry, CoverageTarget, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import (
    DistrictFactory,
    OrganisationFactory,
    StakeholderFactory,
    StakeholderGroupFactory,
)

pytestmark = pytest.mark.django_db
URL = reverse("stakeholders:coverage")
TARGETS = reverse("stakeholders:coverage_targets")
CSV = reverse("stakeholders:coverage_download")
FIELD = "ziel-industrie-14612000"


def people(number: int, *, active: int, key: str = "forschung", district: str = "14713000") -> None:
    rows = StakeholderFactory.create_batch(
        number, group=StakeholderGroupFactory.create(key=key), district=DistrictFactory.create(key=district)
    )
    chosen = [row.pk for row in rows[:active]]
    Stakeholder.objects.filter(pk__in=chosen).update(last_active_at=timezone.now())


def aim(number: int, key: str = "forschung", district: str = "14713000") -> None:
    CoverageTarget.objects.create(
        group=StakeholderGroupFactory.create(key=key), district=DistrictFactory.create(key=district), people=number
    )


def figures(client: Client) -> dict[tuple[str, str], tuple[str, ...]]:
    rows = list(csv.reader(io.StringIO(client.get(CSV).content.decode())))
    assert rows[0] == ["group", "district", "known", "active", "target", "gap"]
    return {(row[0], row[1]): tuple(row[2:]) for row in rows[1:]}


def test_figures_count_known_and_active_people_against_the_target(office: Client) -> None:
    people(3, active=1)
    aim(5)
    StakeholderFactory.create(is_active=False)
    found = figures(office)
    assert found["Gruppe forschung", "Kreis 14713000"] == ("3", "1", "5", "4")
    assert found["Gruppe industrie", "Kreis 14612000"] == ("3", "0", "", "")
    assert found["Gruppe industrie", "Kreis 14713000"] == ("0", "0", "", "")


@pytest.mark.parametrize("figure", ["aktiv", "alle", "anteil", "fehlend", "unsinn", "\x00"])
@pytest.mark.parametrize("way", ["tabelle", "karte", "luecken", "unsinn"])
def test_every_way_of_showing_opens(office: Client, figure: str, way: str) -> None:
    people(7, active=2)
    people(2, active=1, district="99999999")
    aim(4)
    for group in ("", "forschung", "weg"):
        response = office.get(URL, {"zahl": figure, "ansicht": way, "gruppe": group, "page": "9" * 500})
        assert response.status_code == 200


def test_the_table_leads_to_the_people(office: Client) -> None:
    people(2, active=1)
    text = office.get(URL).content.decode()
    assert 'href="/akteure/?gruppe=forschung&amp;kreis=14713000&amp;aktiv=ja"' in text
    assert "1 Person<" in office.get("/akteure/?gruppe=forschung&kreis=14713000&aktiv=ja").content.decode()


def test_outside_saxony_is_told_in_table_and_list(office: Client) -> None:
    people(6, active=6, district="99999999")
    for way in ("tabelle", "karte"):
        assert "Kreis 99999999" in office.get(URL, {"ansicht": way}).content.decode()


def test_gaps_lead_to_quiet_people_and_to_organisations_without_active_ones(office: Client) -> None:
    people(2, active=1)
    aim(5)
    aim(9, key="industrie", district="14612000")
    quiet = OrganisationFactory.create(
        group=StakeholderGroupFactory.create(key="forschung"), district=DistrictFactory.create(key="14713000")
    )
    busy = OrganisationFactory.create(group=quiet.group, district=quiet.district)
    StakeholderFactory.create(organisation=busy, last_active_at=timezone.now())
    response = office.get(URL, {"ansicht": "luecken"})
    gaps = response.context["page_obj"].object_list
    assert [(gap.group, gap.missing) for gap in gaps] == [("Gruppe industrie", 8), ("Gruppe forschung", 4)]
    assert "1 Person<" in office.get(gaps[1].people).content.decode()
    listed = office.get(gaps[1].organisations).content.decode()
    assert quiet.name in listed
    assert busy.name not in listed


def test_the_ministry_sees_no_small_numbers_and_no_links(cast: Cast, client: Client) -> None:
    people(3, active=1)
    people(30, active=20, key="industrie", district="14713000")
    aim(9)
    client.force_login(cast.ministry)
    found = figures(client)
    assert found["Gruppe forschung", "Kreis 14713000"] == ("<5", "<5", "9", "<5")
    for way in ("tabelle", "karte", "luecken"):
        text = client.get(URL, {"ansicht": way}).content.decode()
        assert "/akteure/?" not in text
        assert TARGETS not in text
    assert client.get(URL, {"ansicht": "luecken"}).context["page_obj"].object_list == []
    client.force_login(cast.project_office)
    assert figures(client)["Gruppe forschung", "Kreis 14713000"] == ("3", "1", "9", "8")


@pytest.mark.parametrize("number", [1, 30])
def test_the_matrix_takes_the_same_queries_at_any_size(
    office: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people(number, active=number)
    office.get(URL)
    with django_assert_num_queries(7):  # session, person, second factor, groups, districts, matrix, targets
        office.get(URL)


def save(client: Client, **fields: str) -> int:
    seen = client.get(TARGETS).context["seen"]
    return client.post(TARGETS, {"seen": seen, **fields}).status_code


def test_targets_are_set_changed_and_taken_back_with_one_button(cast: Cast, office: Client) -> None:
    assert save(office, **{FIELD: " 12 ", "ziel-weg-14612000": "3"}) == 302
    assert CoverageTarget.objects.get().people == 12
    assert save(office, **{FIELD: "12"}) == 302
    assert save(office, **{FIELD: "0"}) == 302
    assert CoverageTarget.objects.get().people == 0
    assert save(office, **{FIELD: ""}) == 302
    assert not CoverageTarget.objects.exists()
    entries = AuditEntry.objects.filter(verb="coverage_target_set", actor=cast.project_office).order_by("pk")
    assert [entry.facts["targets"] for entry in entries] == [
        [["industrie", "14612000", None, 12]],
        [["industrie", "14612000", 12, 0]],
        [["industrie", "14612000", 0, None]],
    ]


@pytest.mark.parametrize("text", ["-1", "viele", "1,5", "²", "1000001", "9" * 5000, "1\x00"])
def test_what_is_no_number_of_people_is_refused_and_stays_typed(office: Client, text: str) -> None:
    seen = office.get(TARGETS).context["seen"]
    response = office.post(TARGETS, {"seen": seen, FIELD: text})
    page = response.content.decode()
    assert response.status_code == 422
    assert f'<a href="#{FIELD}">' in page
    assert 'aria-invalid="true"' in page
    assert f'value="{text[:40]}"' in page
    assert not CoverageTarget.objects.exists()


def test_two_tabs_do_not_overwrite_each_other(office: Client) -> None:
    StakeholderFactory.create()
    seen = office.get(TARGETS).context["seen"]
    assert office.post(TARGETS, {"seen": seen, FIELD: "3"}).status_code == 302
    stale = office.post(TARGETS, {"seen": seen, FIELD: "8"})
    page = stale.content.decode()
    assert stale.status_code == 422
    assert "inzwischen an anderer Stelle geändert" in page
    assert 'value="8"' in page
    assert CoverageTarget.objects.get().people == 3
    assert office.post(TARGETS, {"seen": stale.context["seen"], FIELD: "8"}).status_code == 302


def test_coverage_is_closed_to_others(cast: Cast, client: Client) -> None:
    assert client.get(URL).status_code == 302
    client.force_login(cast.ministry)
    assert [client.get(address).status_code for address in (URL, CSV, TARGETS)] == [200, 200, 404]
    assert client.post(TARGETS, {FIELD: "3"}).status_code == 404
    client.force_login(cast.outsider)
    assert [client.get(address).status_code for address in (URL, CSV, TARGETS)] == [404] * 3
    assert client.post(URL).status_code == 405
    assert not CoverageTarget.objects.exists()
