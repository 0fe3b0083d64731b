import io
import json
import stat
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from portal.domain import data_export
from portal.domain.data_export import (
    LEASE,
    PATIENCE,
    LostClaim,
    claim_next,
    expire_exports,
    file_of,
    prepare,
    prepare_due_exports,
    request_export,
)
from stakeholders.models import AuditEntry, DataExport, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.theses import ThesisFactory

pytestmark = pytest.mark.django_db(transaction=True)

State = DataExport.State


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def files() -> list[Path]:
    folder = Path(settings.MEDIA_ROOT) / "exports"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def opened(export: DataExport) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(file_of(export).read_bytes()))


def test_file_holds_the_data_for_programs_and_for_people(cast: Cast) -> None:
    ThesisFactory.create(author=cast.stakeholder, sentence="Mehr <script>alert(1)</script> Werkstatt")
    export = request_export(person=cast.stakeholder)
    assert prepare_due_exports() == 1
    export.refresh_from_db()
    assert (export.state, export.progress) == (State.READY, 100)
    archive = opened(export)
    data = json.loads(archive.read("data.json"))
    assert data["stakeholders"]["person"]["email"] == "stakeholder@example.org"
    assert data["theses"]["theses"][0]["sentence"].startswith("Mehr <script>")
    page = archive.read("data.html").decode()
    assert '<html lang="de">' in page
    assert "Mehr &lt;script&gt;" in page
    assert "<script" not in page
    assert "http" not in page.split("<body>")[0]
    assert "stakeholder@example.org" in OutgoingMail.objects.get(kind="data_export").recipient


def test_file_is_private_and_in_the_language_of_the_person(cast: Cast) -> None:
    Stakeholder.objects.filter(pk=cast.stakeholder.pk).update(language="en")
    export = request_export(person=cast.stakeholder)
    prepare_due_exports()
    export.refresh_from_db()
    path = file_of(export)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert '<html lang="en">' in opened(export).read("data.html").decode()


def test_second_click_finds_the_request(cast: Cast) -> None:
    assert request_export(person=cast.stakeholder) == request_export(person=cast.stakeholder)
    assert AuditEntry.objects.filter(verb="export_requested").count() == 1
    prepare_due_exports()
    first = DataExport.objects.get()
    request_export(person=cast.stakeholder)
    prepare_due_exports()
    first.refresh_from_db()
    assert first.state == State.EXPIRED
    assert len(files()) == 1


def test_killed_worker_leaves_the_export_to_the_next(cast: Cast) -> None:
    request_export(person=cast.stakeholder)
    now = timezone.now()
    killed = claim_next(now)
    assert killed is not None
    assert claim_next(now + LEASE - timedelta(seconds=1)) is None
    rescued = claim_next(now + LEASE)
    assert rescued == killed
    with pytest.raises(LostClaim):
        prepare(killed)
    assert files() == []
    assert rescued is not None
    prepare(rescued)
    assert DataExport.objects.get().state == State.READY
    assert OutgoingMail.objects.count() == len(files()) == 1


def test_progress_is_seen_while_it_is_prepared(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    tell = data_export._tell

    def watched(export: DataExport, percent: int) -> None:
        tell(export, percent)
        seen.append(DataExport.objects.get().progress)

    monkeypatch.setattr(data_export, "_tell", watched)
    request_export(person=cast.stakeholder)
    prepare_due_exports()
    assert seen == [22, 45, 67, 90]


def test_person_who_leaves_meanwhile_leaves_no_file(cast: Cast) -> None:
    request_export(person=cast.stakeholder)
    export = claim_next(timezone.now())
    assert export is not None
    DataExport.objects.all().delete()
    with pytest.raises(LostClaim):
        prepare(export)
    assert files() == []


def test_file_ends_after_a_week_and_stuck_requests_fail(cast: Cast) -> None:
    export = request_export(person=cast.stakeholder)
    prepare_due_exports()
    now = timezone.now()
    assert expire_exports(now=now + timedelta(days=6)) == 0
    assert len(files()) == 1
    assert expire_exports(now=now + timedelta(days=7, minutes=1)) == 1
    assert files() == []
    export.refresh_from_db()
    assert (export.state, bool(export.file)) == (State.EXPIRED, False)
    stuck = request_export(person=cast.outsider)
    expire_exports(now=timezone.now() + PATIENCE)
    stuck.refresh_from_db()
    assert stuck.state == State.FAILED


def test_files_of_nobody_are_swept_when_old(cast: Cast) -> None:
    request_export(person=cast.stakeholder)
    prepare_due_exports()
    stray = files()[0].with_name("stray.part")
    stray.write_bytes(b"x")
    expire_exports(now=timezone.now())
    assert len(files()) == 2
    expire_exports(now=timezone.now() + PATIENCE + timedelta(minutes=1))
    assert [path.suffix for path in files()] == [".zip"]
