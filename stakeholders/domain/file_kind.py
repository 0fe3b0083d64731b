"""What kind of file somebody hands in, told by its first bytes; the name and what the browser says can be anything."""

from django.core.files.base import File
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal
from stakeholders.models.file_type import FileType

SIGNATURES = {b"%PDF-": FileType.PDF, b"\x89PNG\r\n\x1a\n": FileType.PNG, b"\xff\xd8\xff": FileType.JPEG}
ENDINGS = {FileType.PDF: ".pdf", FileType.PNG: ".png", FileType.JPEG: ".jpg", FileType.WEBP: ".webp"}


def content_type_of(file: File[bytes]) -> FileType:
    """The file is read from its beginning afterwards. Raises Refusal for every other kind."""
    file.seek(0)
    start = file.read(12)
    file.seek(0)
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return FileType.WEBP
    for signature, kind in SIGNATURES.items():
        if start.startswith(signature):
            return kind
    raise Refusal(
        _("Diese Datei ist weder ein PDF noch ein Bild (PNG, JPEG, WebP), auch wenn ihr Name es sagen sollte."), "file"
    )
