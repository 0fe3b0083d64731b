from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarAddress(models.Model):
    """Which address of a person's own calendar is valid: the first one while there is no row."""

    FIRST = 1

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_address", verbose_name=_("Akteurin / Akteur")
    )
    number = models.PositiveIntegerField(default=FIRST)
    renewed_at = models.DateTimeField(_("erneuert am"), auto_now=True)

    class Meta:
        verbose_name = _("Adresse des eigenen Kalenders")
        verbose_name_plural = _("Adressen der eigenen Kalender")

    def __str__(self) -> str:
        return f"{self.person_id}/{self.number}"
