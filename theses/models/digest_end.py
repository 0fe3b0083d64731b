from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DigestEnd(models.Model):
    """That a person wants no daily summary of theses by mail; what happens at once is still told."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_end", verbose_name=_("Person")
    )
    at = models.DateTimeField(_("seit"), auto_now_add=True)

    class Meta:
        verbose_name = _("abbestellte tägliche Zusammenfassung")
        verbose_name_plural = _("abbestellte tägliche Zusammenfassungen")

    def __str__(self) -> str:
        return f"{self.person_id}"
