import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.activity import Kind, note_activity
from stakeholders.models import AuditEntry, Stakeholder, Tag
from stakeholders.reports import people as people_report
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory

pytestmark = pytest.mark.django_db
URL = reverse("stakeholders:desk")


def page(client: Client, **query: str | list[str]) -> str:
    response = client.get(URL, query)
    assert response.status_code == 200
    return response.content.decode()


def download(client: Client, extension: str, **query: str) -> bytes:
    response = client.get(reverse("stakeholders:desk_download", args=[extension]), query)
    assert response.status_code == 200
    return response.getvalue()


def test_desk_lists_the_people_of_the_process_with_what_is_known(cast: Cast, office: Client) -> None:
    StakeholderFactory.create(last_name="Neuling", origin=Stakeholder.Origin.IMPORT, email=None)
    text = page(office)
    assert "4 Personen" in text
    assert "stakeholder@example.org" in text
    assert "office@example.org" not in text
    assert text.count("Zugang noch nie genutzt") == 1
    assert "ohne E-Mail-Adresse" in text


def test_desk_keeps_its_criteria_in_address_form_and_links(cast: Cast, office: Client) -> None:
    cast.stakeholder.tags.add(Tag.objects.create(name="Beirat & Co"))
    query: dict[str, str | list[str]] = {"schlagwort": "Beirat & Co", "aktiv": "nein", "eingeladen": "nicht:workshop:3"}
    text = page(office, **query)
    assert "1 Person<" in text
    assert 'value="Beirat &amp; Co" id="id_schlagwort_1" checked' in text
    assert '<option value="nicht:workshop:3" selected>' in text
    assert 'href="?aktiv=nein&amp;eingeladen=nicht%3Aworkshop%3A3"' in text
    assert "liste.csv?schlagwort=Beirat+%26+Co&amp;aktiv=nein&amp;eingeladen=nicht%3Aworkshop%3A3" in text


def test_desk_offers_the_things_that_were_told(cast: Cast, office: Client) -> None:
    note_activity(person=cast.stakeholder, kind=Kind.INVITED, key="workshop:3", label="Werkstatt Robotik")
    text = page(office, eingeladen="workshop:3")
    assert '<option value="workshop:3" selected>bei: Werkstatt Robotik</option>' in text
    assert '<option value="nicht:workshop:3">nicht bei: Werkstatt Robotik</option>' in text
    assert "1 Person<" in text


@pytest.mark.parametrize(
    "query",
    [
        {"gruppe": "weg"},
        {"kreis": "9" * 5000},
        {"aktiv": "\x00x"},
        {"haltung": "workshop:"},
        {"rolle": ["akteur", "x"]},
    ],
)
def test_desk_says_which_criterion_it_does_not_know(office: Client, query: dict[str, str | list[str]]) -> None:
    text = page(office, **query)
    assert "nicht oder nicht mehr. Bitte ändern Sie diese Angabe." in text
    assert "row-list__title" not in text


def test_desk_shows_words_as_they_are_and_runs_none(office: Client) -> None:
    text = page(office, q="<script>alert(1)</script>", gruppe='"><img src=x>')
    assert "<script>alert" not in text
    assert "<img" not in text


@pytest.mark.parametrize(("number", "rows"), [("2", 1), ("0", 1), ("9" * 500, 1), ("x", 20)])
def test_desk_shows_the_nearest_page(office: Client, number: str, rows: int) -> None:
    StakeholderFactory.create_batch(18)
    assert page(office, page=number).count('class="row-list__title"') == rows


@pytest.mark.parametrize("number", [1, 30])
def test_desk_takes_the_same_queries_at_any_size(
    office: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tag = Tag.objects.create(name="Beirat")
    for person in StakeholderFactory.create_batch(number):
        person.tags.add(tag)
    page(office)
    with django_assert_num_queries(
        10
    ):  # session, person, second factor, groups, districts, topics, tags, number, rows, their tags
        page(office)


def test_csv_holds_the_selection_and_no_formulas(cast: Cast, office: Client) -> None:
    bad = StakeholderFactory.create(first_name="=1+1", last_name="@SUM(A1)\r\nX", email=None)
    bad.tags.add(Tag.objects.create(name="+tag"))
    rows = list(csv.DictReader(io.StringIO(download(office, "csv", mail="nein").decode())))
    assert [row["number"] for row in rows] == [str(bad.pk)]
    assert (rows[0]["first_name"], rows[0]["tags"], rows[0]["email"]) == ("'=1+1", "'+tag", "")
    assert rows[0]["last_name"].startswith("'@SUM")


def test_downloads_are_written_down_without_the_words_looked_for(cast: Cast, office: Client) -> None:
    download(office, "csv", q="Beispiel", aktiv="nein")
    entry = AuditEntry.objects.get(verb="list_exported")
    assert entry.actor == cast.project_office
    assert entry.facts == {"list": "people", "format": "csv", "rows": 3, "criteria": ["aktiv", "q"]}


def test_workbook_holds_the_same_rows(cast: Cast, office: Client) -> None:
    science = StakeholderGroupFactory.create(key="forschung")
    person = StakeholderFactory.create(group=science, first_name="=1+1")
    Stakeholder.objects.filter(pk=person.pk).update(last_active_at=timezone.now() - timedelta(days=2))
    sheet = load_workbook(io.BytesIO(download(office, "xlsx", gruppe="forschung"))).worksheets[1]
    rows = list(sheet.values)
    assert len(rows) == 2
    assert rows[1][0] == person.pk
    assert rows[1][2] == "=1+1"
    assert sheet.cell(2, 3).data_type == "s"


def test_too_many_people_for_a_workbook_are_refused(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_report, "MOST_IN_A_WORKBOOK", 2)
    address = reverse("stakeholders:desk_download", args=["xlsx"])
    assert "Bitte laden Sie die CSV-Datei herunter." in office.get(address, follow=True).content.decode()


def test_a_download_of_something_unknown_is_refused(office: Client) -> None:
    address = reverse("stakeholders:desk_download", args=["csv"])
    assert "nicht oder nicht mehr" in office.get(address, {"gruppe": "weg"}, follow=True).content.decode()
    assert office.get(reverse("stakeholders:desk_download", args=["exe"])).status_code == 404
    assert not AuditEntry.objects.filter(verb="list_exported").exists()


def test_desk_is_for_the_project_office_alone(cast: Cast, client: Client) -> None:
    addresses = [URL, reverse("stakeholders:desk_download", args=["csv"]), reverse("stakeholders:organisation_desk")]
    for address in addresses:
        assert client.get(address).status_code == 302
        assert client.post(address).status_code in {302, 405}
    for person in (cast.ministry, cast.outsider):
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == [404] * 3
