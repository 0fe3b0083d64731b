from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.stakeholder import LegalBasis


class ContactImport(models.Model):
    """An uploaded list of contacts: first tried without writing anything, then confirmed as a whole or thrown away.

    `content` is the file until it is read, `rows` what was read ({line, values, faults}), `outcomes` what happens to
    each row ({line, outcome, reasons, remarks}). All three name people, so they are emptied when the import is done or
    discarded, and after seven days at the latest. `counts` has a number per outcome and `remarks` on the whole file.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wird geprüft")
        READY = "ready", _("geprüft, noch nichts geschrieben")
        CONFIRMED = "confirmed", _("bestätigt, wird übernommen")
        DONE = "done", _("übernommen")
        DISCARDED = "discarded", _("verworfen")
        FAILED = "failed", _("fehlgeschlagen")

    file_name = models.CharField(_("Datei"), max_length=200)
    source = models.CharField(
        _("Herkunft der Angaben"),
        max_length=200,
        help_text=_("Zum Beispiel: Teilnehmerliste der Konferenz vom 7. März 2018. Die Personen erfahren es."),
    )
    legal_basis = models.CharField(_("Rechtsgrundlage"), max_length=12, choices=LegalBasis.choices)
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.WAITING)
    content = models.BinaryField(default=b"", blank=True, editable=False)
    rows = models.JSONField(default=list, blank=True, editable=False)
    outcomes = models.JSONField(default=list, blank=True, editable=False)
    counts = models.JSONField(_("Ergebnis"), default=dict, blank=True, editable=False)
    trouble = models.CharField(_("Fehler"), max_length=500, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("hochgeladen von")
    )
    created_at = models.DateTimeField(_("hochgeladen am"), auto_now_add=True)
    finished_at = models.DateTimeField(_("abgeschlossen am"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("Import von Kontakten")
        verbose_name_plural = _("Importe von Kontakten")

    def __str__(self) -> str:
        return self.file_name
