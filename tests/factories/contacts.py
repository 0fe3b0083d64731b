"""Lists of contacts as files."""

import csv
import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

from stakeholders.domain.contact_import import confirm_import, upload_contacts, work_on_imports
from stakeholders.models import ContactImport, LegalBasis, Stakeholder

HEADER = ("E-Mail", "Nachname", "Vorname")
ONE = ("kim@example.org", "Beispiel", "Kim")


def csv_file(*rows: Sequence[str], header: Sequence[str] = HEADER, separator: str = ";") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows([header, *rows])
    return file.getvalue().encode()


def workbook(*rows: Sequence[object], header: Sequence[object] = HEADER) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in (header, *rows):
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(content: bytes, part: str, text: bytes) -> bytes:
    """The same workbook with other content in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info.filename, text if info.filename == part else source.read(info))
    return file.getvalue()


def uploaded(content: bytes, actor: Stakeholder, basis: str = LegalBasis.PUBLIC_TASK) -> ContactImport:
    return upload_contacts(
        content=content, file_name="liste.csv", source="Liste der Konferenz 2018", legal_basis=basis, actor=actor
    )


def checked(content: bytes, actor: Stakeholder, basis: str = LegalBasis.PUBLIC_TASK) -> ContactImport:
    """After the dry run."""
    row = uploaded(content, actor, basis)
    work_on_imports()
    row.refresh_from_db()
    return row


def applied(content: bytes, office: Stakeholder, basis: str = LegalBasis.PUBLIC_TASK) -> ContactImport:
    """After it was confirmed and written."""
    row = checked(content, office, basis)
    confirm_import(contact_import=row, actor=office)
    work_on_imports()
    row.refresh_from_db()
    assert row.state == "done", row.trouble
    return row
