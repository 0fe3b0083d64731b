from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DataExportQuerySet(models.QuerySet["DataExport"]):
    def available(self) -> Self:
        return self.filter(state=DataExport.State.READY, expires_at__gt=timezone.now())


class DataExport(models.Model):
    """Everything stored about a person as a file for them alone; prepared in the background, kept for seven days."""

    DAYS = 7

    class State(models.TextChoices):
        REQUESTED = "requested", _("angefordert")
        RUNNING = "running", _("wird zusammengestellt")
        READY = "ready", _("bereit")
        FAILED = "failed", _("fehlgeschlagen")
        EXPIRED = "expired", _("abgelaufen und gelöscht")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_exports", verbose_name=_("Person")
    )
    state = models.CharField(_("Stand"), max_length=9, choices=State.choices, default=State.REQUESTED)
    progress = models.PositiveSmallIntegerField(_("Fortschritt in Prozent"), default=0)
    file = models.FileField(_("Datei"), upload_to="exports", blank=True)
    requested_at = models.DateTimeField(_("angefordert am"), auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    ready_at = models.DateTimeField(_("bereit seit"), null=True, blank=True)
    expires_at = models.DateTimeField(_("abrufbar bis"), null=True, blank=True)

    objects = DataExportQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-pk")
        verbose_name = _("Auskunft")
        verbose_name_plural = _("Auskünfte")
        constraints = [
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(state__in=("requested", "running")),
                name="data_export_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.get_state_display()}"
