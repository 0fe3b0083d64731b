from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentEvent(models.Model):
    """One act of giving, withdrawing or taking note; rows are only ever added.

    `version` names the wording that was on the screen, so that it can be shown later what somebody agreed to.
    """

    class Purpose(models.TextChoices):
        PRIVACY_NOTICE = "privacy_notice", _("Datenschutzhinweise zur Kenntnis genommen")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="consent_events", verbose_name=_("Person")
    )
    purpose = models.CharField(_("Zweck"), max_length=30, choices=Purpose.choices)
    version = models.CharField(_("Fassung"), max_length=20)
    given = models.BooleanField(_("erteilt"))
    channel = models.CharField(_("Weg"), max_length=20, default="web")
    at = models.DateTimeField(_("Zeitpunkt"), auto_now_add=True)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("Einwilligung")
        verbose_name_plural = _("Einwilligungen")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.version})"
