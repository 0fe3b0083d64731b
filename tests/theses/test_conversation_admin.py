"""The project office takes conversations from elsewhere into the archive, and their files out of it."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.theses.domain.polis_samples import FILES
from tests.theses.domain.test_conversation_upload import TABLES, zipped
from theses.admin import conversation as conversation_admin
from theses.models import Conversation, ConversationImport
from theses.tasks import work_on_conversation_imports

ADD = reverse("admin:theses_conversationimport_add")
LIST = reverse("admin:theses_conversationimport_changelist")
State = ConversationImport.State


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.project_office)
    return client


def sent(files: dict[str, bytes], **fields: str) -> dict[str, object]:
    return {"upload": [SimpleUploadedFile(name, content) for name, content in files.items()], "title": "", **fields}


def text(response: Any) -> str:
    return str(response.content.decode())


def address(row: ConversationImport) -> str:
    return reverse("admin:theses_conversationimport_change", args=[row.pk])


def archived(desk: Client) -> Conversation:
    desk.post(ADD, sent({"export.zip": zipped(TABLES)}))
    work_on_conversation_imports()
    desk.post(address(ConversationImport.objects.get()), {"decision": "take"})
    work_on_conversation_imports()
    return Conversation.objects.get()


def test_the_office_uploads_looks_and_takes_over(desk: Client) -> None:
    response = desk.post(ADD, sent({"Runde 3.zip": zipped(TABLES)}), follow=True)
    row = ConversationImport.objects.get()
    assert response.redirect_chain == [(address(row), 302)]
    assert "Noch ist nichts im Archiv." in text(response)
    assert "Stand neu laden" in text(response)
    assert 'name="decision"' not in text(response)
    work_on_conversation_imports()
    page = text(desk.get(address(row)))
    assert "<div>1: 2</div>" in page
    assert "ohne Gruppe: 1" in page
    assert 'name="decision"' in page
    assert not Conversation.objects.exists()
    assert "Ihre Entscheidung ist gespeichert." in text(desk.post(address(row), {"decision": "take"}, follow=True))
    work_on_conversation_imports()
    assert Conversation.objects.get().title in text(desk.get(address(row)))


def test_single_tables_do_as_well_and_the_title_is_kept(desk: Client) -> None:
    assert desk.post(ADD, sent(TABLES, title="Runde\x003 ")).status_code == 200
    assert desk.post(ADD, sent(TABLES, title=" Runde  3 ")).status_code == 302
    assert ConversationImport.objects.get().title == "Runde 3"


@pytest.mark.parametrize(("name", "title"), [("Runde 3.zip", "Runde 3"), ("votes.csv", "Konversation")])
def test_without_a_title_the_zip_file_gives_one(desk: Client, name: str, title: str) -> None:
    content = zipped(TABLES) if name.endswith(".zip") else TABLES["votes.csv"]
    desk.post(ADD, sent({name: content}))
    assert ConversationImport.objects.get().title == title


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Bitte wählen Sie eine Datei."),
        ({"votes.csv": b""}, "Eine der Dateien ist leer."),
        ({"export.zip": b"%PDF-1.7"}, "export.zip ist keine ZIP-Datei"),
        ({"export.zip": zipped({"../votes.csv": b"1"})}, "unzulässigen Pfad"),
        ({"export.zip": zipped(TABLES)[:-30]}, "Die ZIP-Datei ist beschädigt."),
        ({"export.zip": zipped({"votes.csv": bytes(60 * 2**20 + 1)})}, "größer als 60 MB"),
        ({"comments.csv": TABLES["comments.csv"]}, "Es fehlt participants-votes.csv oder votes.csv"),
        ({"votes.csv": "vote\nä".encode("latin-1")}, "nicht in UTF-8 gespeichert"),
        ({"a.xlsx": b"x"}, "gehört nicht zu einem Polis-Export"),
        ({"votes.csv": b"1" * (10 * 2**20 + 1)}, "Möglich sind 10 MB."),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_at_the_field(desk: Client, files: dict[str, bytes], sentence: str) -> None:
    response = desk.post(ADD, sent(files, title="Runde 3"))
    errors = response.context["adminform"].form.errors
    assert list(errors) == ["upload"]
    assert sentence in errors["upload"][0]
    assert len(errors["upload"]) == 1
    assert 'value="Runde 3"' in text(response)
    assert not ConversationImport.objects.exists()


def test_faults_stand_on_the_page_with_file_and_line(desk: Client) -> None:
    desk.post(ADD, sent({"votes.csv": b"comment-id,voter-id,vote\n0,1,<b>7</b>\n"}))
    work_on_conversation_imports()
    page = text(desk.get(address(ConversationImport.objects.get())))
    assert "votes.csv, Zeile 2, Spalte „vote“: Dort steht „&lt;b&gt;7&lt;/b&gt;“" in page
    assert 'name="decision"' not in page


@pytest.mark.parametrize("decision", ["", "irgendetwas"])
def test_a_decision_is_one_of_two(desk: Client, decision: str) -> None:
    desk.post(ADD, sent({"export.zip": zipped(TABLES)}))
    work_on_conversation_imports()
    row = ConversationImport.objects.get()
    assert desk.post(address(row), {"decision": decision}).context["adminform"].form.errors["decision"]
    row.refresh_from_db()
    assert row.state == State.READY


def test_who_decides_second_is_told(desk: Client) -> None:
    desk.post(ADD, sent({"export.zip": zipped(TABLES)}))
    work_on_conversation_imports()
    row = ConversationImport.objects.get()
    desk.post(address(row), {"decision": "discard"})
    assert "schon entschieden" in text(desk.post(address(row), {"decision": "take"}))
    row.refresh_from_db()
    assert row.state == State.DISCARDED


def test_the_files_come_out_of_the_archive_as_they_went_in(desk: Client) -> None:
    conversation = archived(desk)
    page = text(desk.get(reverse("admin:theses_conversation_change", args=[conversation.pk])))
    export = reverse("admin:theses_conversation_export", args=[conversation.pk])
    assert export in page
    response = desk.get(export)
    assert response["Content-Disposition"] == f'attachment; filename="{conversation.slug}.zip"'
    assert response["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert set(archive.namelist()) == set(FILES)
        assert archive.read("votes.csv").decode() == FILES["votes.csv"]
    assert desk.get(export).content == response.content
    desk.post(ADD, sent({"again.zip": response.content}))
    work_on_conversation_imports()
    assert ConversationImport.objects.get(state=State.READY).counts["known"] == conversation.slug


def test_a_large_conversation_is_written_on_the_server(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    export = reverse("admin:theses_conversation_export", args=[archived(desk).pk])
    monkeypatch.setattr(conversation_admin, "MOST_EXPORTED", 13)  # six answers and seven votes
    assert desk.get(export)["Content-Type"] == "application/zip"
    monkeypatch.setattr(conversation_admin, "MOST_EXPORTED", 12)
    assert "der Befehl export_polis wie-offen-sollen" in text(desk.get(export, follow=True))


def test_an_unknown_conversation_has_no_files(desk: Client) -> None:
    assert desk.get(reverse("admin:theses_conversation_export", args=[2**31])).status_code == 404


def test_the_archive_is_not_edited_here(desk: Client) -> None:
    conversation = archived(desk)
    for page in ("change", "delete"):
        where = reverse(f"admin:theses_conversation_{page}", args=[conversation.pk])
        assert desk.post(where, {"title": "anders", "post": "yes"}).status_code == 403
    assert desk.post(reverse("admin:theses_conversationimport_delete", args=[1]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_the_lists_cost_the_same_with_one_and_thirty_rows(
    desk: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        Conversation.objects.create(title=f"K {place}", slug=f"k-{place}", fingerprint=str(place))
        ConversationImport.objects.create(title=f"K {place}", language="de")
    for where in (LIST, reverse("admin:theses_conversation_changelist")):
        with django_assert_num_queries(6):
            assert desk.get(where).status_code == 200


def test_nobody_else_uploads_decides_or_downloads(client: Client, cast: Cast) -> None:
    desk = Client()
    desk.force_login(cast.project_office)
    conversation = archived(desk)
    desk.post(ADD, sent({"votes.csv": TABLES["votes.csv"]}))
    work_on_conversation_imports()
    waiting = ConversationImport.objects.get(state=State.READY)
    export = reverse("admin:theses_conversation_export", args=[conversation.pk])
    for person in (None, cast.stakeholder, cast.ministry, cast.outsider):
        if person:
            client.force_login(person)
        for response in (
            client.get(export),
            client.get(ADD),
            client.post(ADD, sent({"export.zip": zipped(TABLES)})),
            client.post(address(waiting), {"decision": "take"}),
        ):
            assert response.status_code == 302
            assert "login" in response["Location"] or response["Location"] == "/"
    waiting.refresh_from_db()
    assert (waiting.state, ConversationImport.objects.count()) == (State.READY, 2)
