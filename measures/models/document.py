from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.measure import Measure
from stakeholders.address import address
from stakeholders.models.file_type import FileType


class MeasureDocument(models.Model):
    """A file that the project office puts beside a measure; told apart by its first bytes, never by its name.

    `is_accessible` is the project office's word that a PDF is tagged (PDF/UA), as the law asks of public bodies.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="documents", verbose_name=_("Maßnahme"))
    title = models.CharField(_("Titel"), max_length=200)
    language = models.CharField(_("Sprache"), max_length=3, default="de")
    file = models.FileField(_("Datei"), upload_to="measures/%Y/%m")
    content_type = models.CharField(_("Art"), max_length=30, choices=FileType.choices, editable=False)
    size = models.PositiveIntegerField(_("Größe in Byte"), editable=False)
    is_accessible = models.BooleanField(_("barrierefrei (PDF/UA)"), default=False)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    uploaded_at = models.DateTimeField(_("hochgeladen am"), auto_now_add=True)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("Dokument")
        verbose_name_plural = _("Dokumente")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("measures:document_file", self.measure.slug, self.pk)
