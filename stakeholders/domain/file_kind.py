"""What kind of file somebody hands in, told by its first bytes; the name and what the browser says can be anything."""

from django.core.files.base import File
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal

PDF, PNG, JPEG, WEBP = "application/pdf", "image/png", "image/jpeg", "image/webp"
SIGNATURES = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
ENDINGS = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg", WEBP: ".webp"}


def content_type_of(file: File[bytes]) -> str:
    """One of the four above; the file is read from its beginning afterwards. Raises Refusal for everything else."""
    file.seek(0)
    start = file.read(12)
    file.seek(0)
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return WEBP
    for signature, kind in SIGNATURES.items():
        if start.startswith(signature):
            return kind
    raise Refusal(
        _("Diese Datei ist weder ein PDF noch ein Bild (PNG, JPEG, WebP), auch wenn ihr Name es sagen sollte."), "file"
    )
