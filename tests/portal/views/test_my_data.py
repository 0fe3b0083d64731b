import re
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from portal.domain.data_export import file_of, prepare_due_exports, request_export
from stakeholders.domain.consent import note_privacy_notice, note_visibility
from stakeholders.models import AuditEntry, DataExport, LegalText, Stakeholder, Subscription
from tests.cast import Cast

SignIn = Callable[[Stakeholder], Client]
State = DataExport.State


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def text(client: Client) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", client.get("/mein/daten/").content.decode()).split())


def test_page_tells_purposes_periods_and_what_ends_when(cast: Cast, sign_in: SignIn) -> None:
    page = text(sign_in(cast.stakeholder))
    assert "36 Monate ohne Anmeldung und Mitwirkung" in page
    assert "30 Tage nach der Bestellung" in page
    assert "Ihr Konto, wenn Sie sich bis dahin nicht wieder anmelden" in page
    assert "Es wird nicht gelöscht" in page


def test_page_costs_the_same_with_many_rows(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = sign_in(cast.stakeholder)
    wording = LegalText.objects.create(name=LegalText.Name.CONSENT_VISIBILITY, number=1, title="x", body="x")
    for _time in range(15):
        note_visibility(cast.stakeholder, {"group"})
        note_visibility(cast.stakeholder, set())
    assert wording
    client.get("/mein/daten/")
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        client.get("/mein/daten/")


def test_consents_are_shown_with_their_wording_and_withdrawn(cast: Cast, sign_in: SignIn) -> None:
    person = cast.stakeholder
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Stakeholder.objects.filter(pk=person.pk).update(shows_group=True)
    note_privacy_notice(person=person)
    note_visibility(person, {"group"})
    client = sign_in(person)
    assert "Andere dürfen neben meinem Namen" in text(client)
    for action, sentence in (
        ("hide", "Andere sehen jetzt nur noch Ihren Namen."),
        ("subscribe", "Sie bekommen den Rundbrief."),
        ("unsubscribe", "Sie bekommen den Rundbrief nicht mehr."),
        ("erfunden", "Diese Einwilligung kennt das Portal nicht."),
    ):
        for _click in range(2):
            client.post("/mein/daten/einwilligungen/", {"action": action})
        assert sentence in text(client)
    person.refresh_from_db()
    assert person.shows_group is False
    assert Subscription.objects.get().state == Subscription.State.ENDED
    assert person.consent_events.count() == 5
    assert not cast.outsider.consent_events.exists()


@pytest.mark.django_db(transaction=True)
def test_export_is_requested_watched_and_downloaded(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.stakeholder)
    for _click in range(2):
        client.post("/mein/daten/auskunft/")
    assert "zusammengestellt: 0 Prozent" in text(client)
    assert 'hx-trigger="every 2s"' in client.get("/mein/daten/").content.decode()
    prepare_due_exports()
    export = DataExport.objects.get()
    assert "liegt bereit" in text(client)
    assert "every 2s" not in client.get("/mein/daten/").content.decode()
    response = client.get(f"/mein/daten/auskunft/{export.pk}/")
    assert response["Content-Type"] == "application/zip"
    assert "no-store" in response["Cache-Control"]
    archive = zipfile.ZipFile(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert archive.namelist() == ["data.json", "data.html"]
    assert AuditEntry.objects.get(verb="export_downloaded").actor == cast.stakeholder


@pytest.mark.django_db(transaction=True)
def test_export_of_another_person_or_another_time_is_unknown(cast: Cast, client: Client) -> None:
    export = request_export(person=cast.stakeholder)
    prepare_due_exports()
    export.refresh_from_db()
    address = f"/mein/daten/auskunft/{export.pk}/"
    for person in (cast.outsider, cast.colleague, cast.project_office, cast.ministry):
        client.force_login(person)
        assert client.get(address).status_code == 404
    client.force_login(cast.stakeholder)
    with closing(client.get(address)) as response:
        assert response.status_code == 200
    file = file_of(export)
    file.rename(file.with_suffix(".weg"))
    assert client.get(address).status_code == 404
    file.with_suffix(".weg").rename(file)
    DataExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(address).status_code == 404
    assert client.get("/mein/daten/auskunft/99999999999999999999/").status_code == 404
    client.logout()
    assert client.get(address).status_code == 302
    assert AuditEntry.objects.filter(verb="export_downloaded").count() == 1


def test_folder_of_exports_has_no_address(cast: Cast, sign_in: SignIn) -> None:
    for address in ("/media/exports/", "/exports/", "/static/../media/exports/"):
        assert sign_in(cast.project_office).get(address).status_code == 404
