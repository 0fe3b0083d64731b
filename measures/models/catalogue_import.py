from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CatalogueImport(models.Model):
    """An uploaded file with measures: tried without writing anything, then taken over as a whole or thrown away.

    `content` is the file until then and empty afterwards; `counts` has a number for every outcome once it is done.
    """

    class State(models.TextChoices):
        READY = "ready", _("geprüft, noch nichts geschrieben")
        DONE = "done", _("übernommen")
        DISCARDED = "discarded", _("verworfen")

    file_name = models.CharField(_("Datei"), max_length=200)
    content = models.BinaryField(default=b"", blank=True, editable=False)
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.READY)
    counts = models.JSONField(_("Ergebnis"), default=dict, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("hochgeladen von")
    )
    created_at = models.DateTimeField(_("hochgeladen am"), auto_now_add=True)
    finished_at = models.DateTimeField(_("abgeschlossen am"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("Import des Katalogs")
        verbose_name_plural = _("Importe des Katalogs")

    def __str__(self) -> str:
        return self.file_name
