"""The file of a data export: the same data for programs (JSON) and for people (HTML that needs no network)."""

import json
import os
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stakeholders.domain.personal_data import Facts, Rows
from stakeholders.models import Stakeholder


@dataclass(frozen=True)
class Section:
    title: str
    rows: list[list[tuple[str, str]]]


def write_archive(path: Path, person: Stakeholder, data: dict[str, object]) -> None:
    """Readable for the portal's own account alone; appears under its name only when it is complete."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(archive(person, data))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def archive(person: Stakeholder, data: dict[str, object]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2))
        file.writestr("data.html", readable(person, data))
    return buffer.getvalue()


def readable(person: Stakeholder, data: dict[str, object]) -> str:
    parts = [
        (_("Konto und Verwaltung"), sections(data["stakeholders"])),
        (_("Bewertungen"), sections(data["measures"])),
        (_("Thesen"), sections(data["theses"])),
        (_("Veranstaltungen"), sections(data["workshops"])),
    ]
    context = {
        "person": person,
        "language": get_language(),
        "at": timezone.now(),
        "parts": [(title, found) for title, found in parts if found],
    }
    return render_to_string("portal/data_export.html", context)


def sections(part: object) -> list[Section]:
    """Of whatever depth; kinds of which nothing is stored are left out here and stand in the JSON as empty lists."""
    if isinstance(part, Facts):
        return [Section(_("Ihre Angaben"), [part.readable])]
    if isinstance(part, Rows):
        return [Section(part.title, [row.readable for row in part])] if part else []
    if isinstance(part, dict):
        return [section for inner in part.values() for section in sections(inner)]
    return []
