from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models import FileType
from theses.models.thesis import Thesis


class EvidenceLink(models.Model):
    thesis = models.ForeignKey(Thesis, models.CASCADE, related_name="evidence_links", verbose_name=_("These"))
    url = models.URLField(_("Adresse"), max_length=500)
    label = models.CharField(_("Bezeichnung"), max_length=150, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("Beleg (Verweis)")
        verbose_name_plural = _("Belege (Verweise)")

    def __str__(self) -> str:
        return self.label or self.url


class EvidenceFile(models.Model):
    """A PDF or picture, told apart by its first bytes and never by its name; shown to whoever may see the thesis."""

    thesis = models.ForeignKey(Thesis, models.CASCADE, related_name="evidence_files", verbose_name=_("These"))
    file = models.FileField(_("Datei"), upload_to="evidence/%Y/%m")
    name = models.CharField(_("Name der Datei"), max_length=150)
    content_type = models.CharField(_("Art"), max_length=30, choices=FileType.choices)
    size = models.PositiveIntegerField(_("Größe in Byte"))
    uploaded_at = models.DateTimeField(_("hochgeladen am"), auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("Beleg (Datei)")
        verbose_name_plural = _("Belege (Dateien)")

    def __str__(self) -> str:
        return self.name
