from django.db import models


class FileType(models.TextChoices):
    """What people may hand in beside their words; told apart by the first bytes, see `domain.file_kind`."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    WEBP = "image/webp", "WebP"
