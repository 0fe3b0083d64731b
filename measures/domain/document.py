"""Files beside a measure: told apart by their first bytes, kept under a name nobody can guess."""

import secrets

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from measures.models import MeasureDocument
from stakeholders.domain.file_kind import ENDINGS, content_type_of
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.table_file import LARGEST_FILE
from stakeholders.models import FileType


def refuse_unfit_file(file: File[bytes]) -> None:
    """Neither PDF nor picture, or larger than ten megabytes."""
    if file.size > LARGEST_FILE:
        raise Refusal(too_large_document(), field="file")
    content_type_of(file)


def take_file(document: MeasureDocument, file: File[bytes]) -> None:
    """Make the file that of the unsaved row; one that it replaces is deleted once the transaction holds."""
    refuse_unfit_file(file)
    if document.pk:
        forget_files(MeasureDocument.objects.filter(pk=document.pk))
    kind = content_type_of(file)
    document.content_type, document.size = kind, file.size
    file.name = secrets.token_hex(16) + ENDINGS[kind]
    document.file = file


def forget_files(rows: models.QuerySet[MeasureDocument]) -> None:
    """Called before the rows are deleted, alone or with their measure."""
    for name in rows.values_list("file", flat=True):
        transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]


def file_name(document: MeasureDocument) -> str:
    """As it is called when it is downloaded."""
    return (slugify(document.title)[:80] or "dokument") + ENDINGS[FileType(document.content_type)]


def too_large_document() -> str:
    return _("Die Datei ist zu groß. Möglich sind höchstens 10 MB auf einmal. Bitte verkleinern Sie sie.")
