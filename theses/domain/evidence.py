"""What an author puts beside a thesis to prove it: links, and files that are told apart by their first bytes."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.file_kind import ENDINGS, content_type_of
from stakeholders.domain.refusal import Refusal
from stakeholders.models import FileType, Stakeholder
from theses.domain.thesis import Draft, submit
from theses.models import EvidenceFile, EvidenceLink, Thesis
from theses.permissions import may_change_evidence
from theses.verbs import ThesisVerb

MOST_LINKS = 5
MOST_FILES = 3
LARGEST_FILE = 5 * 1024 * 1024
NAME_LENGTH = 150


@dataclass(frozen=True, slots=True)
class Evidence:
    """What comes together with a new thesis; names are those the author gave the files."""

    url: str = ""
    label: str = ""
    files: tuple[tuple[str, File[bytes]], ...] = ()


@transaction.atomic
def submit_proved(*, author: Stakeholder, draft: Draft, evidence: Evidence) -> Thesis:
    """Thesis and evidence come in together or not at all; of two clicks only one counts."""
    check_files(evidence.files)
    thesis = submit(author=author, draft=draft)
    if evidence.url:
        add_link(thesis=thesis, author=author, url=evidence.url, label=evidence.label)
    for name, file in evidence.files:
        add_file(thesis=thesis, author=author, file=file, name=name)
    return thesis


def check_files(files: Iterable[tuple[str, File[bytes]]]) -> None:
    """All of them before the first is written to disk, which no transaction takes back."""
    for number, (name, file) in enumerate(files, 1):
        if number > MOST_FILES:
            raise Refusal(_("Es sind höchstens drei Dateien möglich. Bitte wählen Sie weniger aus."), "evidence_files")
        try:
            check_file(file)
        except Refusal as refusal:
            raise Refusal(f"{name}: {refusal.sentence}", "evidence_files") from refusal


def check_file(file: File[bytes]) -> FileType:
    """What the file is; raises Refusal for what is neither PDF nor picture, or too large."""
    if file.size > LARGEST_FILE:
        raise Refusal(too_large(), "file")
    return content_type_of(file)


@transaction.atomic
def add_link(*, thesis: Thesis, author: Stakeholder, url: str, label: str = "") -> EvidenceLink:
    """The same address again is a second click and changes nothing."""
    thesis = _locked(thesis, author)
    links = thesis.evidence_links.all()
    known = links.filter(url=url).first()
    if known:
        return known
    if links.count() >= MOST_LINKS:
        raise Refusal(_("Es sind höchstens fünf Links möglich. Bitte entfernen Sie zuerst einen."))
    _note(ThesisVerb.EVIDENCE_ADDED, thesis, author)
    return EvidenceLink.objects.create(thesis=thesis, url=url, label=label)


@transaction.atomic
def add_file(*, thesis: Thesis, author: Stakeholder, file: File[bytes], name: str) -> EvidenceFile:
    """On disk under a name nobody can guess; `name` is only shown, with the ending that fits the contents.

    Of two clicks with the same file only one counts. Raises Refusal for what is neither PDF nor picture, or too large.
    """
    kind = check_file(file)
    shown = PurePath(name).stem[: NAME_LENGTH - 5] + ENDINGS[kind]
    thesis = _locked(thesis, author)
    files = thesis.evidence_files.all()
    known = files.filter(name=shown, size=file.size).first()
    if known:
        return known
    if files.count() >= MOST_FILES:
        raise Refusal(_("Es sind höchstens drei Dateien möglich. Bitte entfernen Sie zuerst eine."))
    _note(ThesisVerb.EVIDENCE_ADDED, thesis, author)
    row = EvidenceFile(thesis=thesis, name=shown, content_type=kind, size=file.size)
    row.file.save(secrets.token_hex(16) + ENDINGS[kind], file)
    return row


@transaction.atomic
def remove_evidence(*, evidence: EvidenceLink | EvidenceFile, author: Stakeholder) -> None:
    """Until the thesis is published; then others have read it with its evidence."""
    thesis = _locked(evidence.thesis, author)
    if isinstance(evidence, EvidenceFile):
        forget_files(EvidenceFile.objects.filter(pk=evidence.pk))
    type(evidence).objects.filter(pk=evidence.pk).delete()
    _note(ThesisVerb.EVIDENCE_REMOVED, thesis, author)


def forget_files(rows: models.QuerySet[EvidenceFile]) -> None:
    """Deletes from disk once the transaction holds; called before the rows are deleted, alone or with their thesis."""
    for name in rows.values_list("file", flat=True):
        transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]


def too_large() -> str:
    return _("Die Datei ist zu groß. Möglich sind höchstens 5 MB. Bitte verkleinern Sie sie, oder verlinken Sie sie.")


def _locked(thesis: Thesis, author: Stakeholder) -> Thesis:
    """As it is now: the project office may just have published it."""
    locked = Thesis.objects.select_for_update(no_key=True, of=("self",)).get(pk=thesis.pk)
    if not may_change_evidence(author, locked):
        raise Refusal(_("Belege ändert, wer die These eingereicht hat, und nur bis sie veröffentlicht ist."))
    return locked


def _note(verb: ThesisVerb, thesis: Thesis, author: Stakeholder) -> None:
    record(verb, actor=author, target=thesis, label=f"{Thesis._meta.verbose_name} {thesis.pk}")
