import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from django.test import Client, RequestFactory
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.contact_columns import COLUMNS
from stakeholders.domain.contact_file import read_contacts
from stakeholders.domain.contact_import import work_on_imports
from stakeholders.domain.table_file import LARGEST_FILE
from stakeholders.models import ContactImport, Stakeholder
from stakeholders.upload import LimitedUpload
from tests.cast import Cast
from tests.factories.contacts import ONE, checked, csv_file, workbook

SignIn = Callable[[Stakeholder], Client]
ADDRESS = "/akteure/import/"


def post(client: Client, content: bytes = b"", **changes: Any) -> Any:
    file = SimpleUploadedFile("liste.csv", content or csv_file(ONE))
    answers = {"file": file, "source": "Konferenz 2018", "legal_basis": "public_task", **changes}
    return client.post(ADDRESS, {name: value for name, value in answers.items() if value is not None})


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("content", [csv_file(ONE), workbook(ONE)])
def test_a_list_is_uploaded_checked_confirmed_and_written(cast: Cast, sign_in: SignIn, content: bytes) -> None:
    client = sign_in(cast.project_office)
    detail = post(client, content)["Location"]
    page = text(client.get(detail))
    assert "wird geprüft" in page
    assert "hx-trigger" in page
    work_on_imports()
    page = text(client.get(detail))
    assert "1 Zeile übernehmen" in page
    assert "kim@example.org" in page
    assert "hx-trigger" not in page
    assert client.post(f"{detail}bestaetigen/")["Location"] == detail
    assert "wird übernommen" in text(client.get(detail))
    work_on_imports()
    page = text(client.get(detail))
    assert "Die Namen der Liste sind aus dem Import entfernt" in page
    assert "kim@example.org" not in page
    assert Stakeholder.objects.filter(email="kim@example.org", origin="import").count() == 1
    assert "liste.csv" in text(client.get(ADDRESS))


def test_a_list_can_be_discarded(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.project_office)
    row = checked(csv_file(ONE), cast.project_office)
    response = client.post(reverse("stakeholders:contact_import_discard", args=[row.pk]), follow=True)
    assert "Nichts davon wurde gespeichert" in text(response)
    again = client.post(reverse("stakeholders:contact_import_confirm", args=[row.pk]), follow=True)
    assert "nicht mehr übernehmen" in text(again)
    assert not Stakeholder.objects.filter(email="kim@example.org").exists()


def test_a_file_that_cannot_be_read_says_why(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.project_office)
    detail = post(client, b"Vorname\nKim")["Location"]
    work_on_imports()
    assert "In der Kopfzeile fehlt" in text(client.get(detail))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"file": None}, "Bitte wählen Sie eine Datei"),
        ({"file": SimpleUploadedFile("leer.csv", b"")}, "Die Datei ist leer"),
        ({"source": ""}, "woher die Angaben stammen"),
        ({"source": "x" * 201}, "200"),
        ({"source": "\u200b"}, "lesbaren Text"),
        ({"legal_basis": ""}, "Bitte wählen Sie die Rechtsgrundlage"),
        ({"legal_basis": "weil ich will"}, "Auswahl"),
    ],
)
def test_what_is_missing_stands_at_its_field(
    cast: Cast, sign_in: SignIn, changes: dict[str, Any], sentence: str
) -> None:
    response = post(sign_in(cast.project_office), **changes)
    assert response.status_code == 422
    assert sentence in text(response)
    assert not ContactImport.objects.exists()


def test_a_file_beyond_the_limit_is_dropped_and_the_page_says_so(cast: Cast, sign_in: SignIn) -> None:
    response = post(sign_in(cast.project_office), b"x" * (LARGEST_FILE + 1))
    assert response.status_code == 422
    assert "Die Datei ist zu groß" in text(response)
    assert not ContactImport.objects.exists()


def test_nothing_of_a_huge_file_is_kept_in_memory_or_on_disk() -> None:
    """A request that says it carries a gigabyte: the handler behind ours never hears of it."""

    handler = LimitedUpload(RequestFactory().get("/"))
    handler.handle_raw_input(None, {}, 1_000_000_000, "", None)
    with pytest.raises(SkipFile):
        handler.new_file("file", "liste.csv", "text/csv", None)
    lying = LimitedUpload(RequestFactory().get("/"))
    lying.handle_raw_input(None, {}, 1000, "", None)
    lying.new_file("file", "liste.csv", "text/csv", None)
    assert lying.receive_data_chunk(b"x" * 1000, LARGEST_FILE - 1000) == b"x" * 1000
    with pytest.raises(SkipFile):
        lying.receive_data_chunk(b"x", LARGEST_FILE)


def test_the_dry_run_is_paged_filtered_and_downloaded(cast: Cast, sign_in: SignIn) -> None:
    rows = [(f"p{number:02d}@example.org", "Beispiel", "Kim") for number in range(30)]
    row = checked(csv_file(*rows, ("falsch", "=1+1", "Ohne")), cast.project_office)
    client = sign_in(cast.project_office)
    detail = reverse("stakeholders:contact_import_detail", args=[row.pk])
    assert "p19@example.org" in text(client.get(detail))
    assert "p20@example.org" not in text(client.get(detail))
    assert "p29@example.org" in text(client.get(f"{detail}?page=99999999999999999999"))
    refused = text(client.get(f"{detail}?ergebnis=refused"))
    assert "wie eine Formel" in refused
    assert "p00@example.org" not in refused
    assert client.get(f"{detail}?ergebnis=quatsch").status_code == 404
    file = client.get(f"{detail}ergebnis.csv")
    assert file["Content-Disposition"] == f'attachment; filename="import-{row.pk}.csv"'
    table = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert len(table) == 32
    assert table[31][0] == "32"
    assert table[31][2] == "'=1+1"
    assert table[31][-2] == "abgelehnt"


def test_what_a_file_says_is_shown_escaped(cast: Cast, sign_in: SignIn) -> None:
    row = checked(csv_file(("kim@example.org", "<b>Beispiel", "<script>")), cast.project_office)
    page = sign_in(cast.project_office).get(reverse("stakeholders:contact_import_detail", args=[row.pk]))
    assert "&lt;script&gt; &lt;b&gt;Beispiel" in text(page)


def test_templates_are_lists_the_portal_reads(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.project_office)
    for extension in ("csv", "xlsx"):
        content = client.get(f"{ADDRESS}vorlage.{extension}").content
        (row,) = read_contacts(content).rows
        assert set(row.values) == {column.key for column in COLUMNS}
        assert row.faults == []
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet["M2"].number_format == "@"
    assert client.get(f"{ADDRESS}vorlage.exe").status_code == 404


def test_the_pages_cost_the_same_at_any_length(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(cast.project_office)
    for size in (1, 30):
        rows = [(f"p{number}@example.org", "B", "B") for number in range(size)]
        row = checked(csv_file(*rows), cast.project_office)
        for address in (ADDRESS, reverse("stakeholders:contact_import_detail", args=[row.pk])):
            with django_assert_max_num_queries(12):
                client.get(address)


def test_others_do_not_get_in(cast: Cast, client: Client, sign_in: SignIn) -> None:
    row = checked(csv_file(ONE), cast.project_office)
    addresses = [ADDRESS, f"{ADDRESS}{row.pk}/", f"{ADDRESS}{row.pk}/ergebnis.csv", f"{ADDRESS}vorlage.csv"]
    deeds = [ADDRESS, f"{ADDRESS}{row.pk}/bestaetigen/", f"{ADDRESS}{row.pk}/verwerfen/"]
    assert {client.get(address).status_code for address in addresses} == {302}
    assert {client.post(address).status_code for address in deeds} == {302}
    for person in (cast.ministry, cast.outsider):
        sign_in(person)
        assert {client.get(address).status_code for address in addresses} == {404}
        assert {client.post(address).status_code for address in deeds} == {404}
    row.refresh_from_db()
    assert row.state == "ready"
