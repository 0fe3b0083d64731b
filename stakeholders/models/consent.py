import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.channel import Channel
from stakeholders.models.legal_text import LegalText
from stakeholders.models.newsletter import Subscription


class ConsentEvent(models.Model):
    """One act of giving, withdrawing or taking note; rows are only ever added, and go only with the person.

    `version` names the wording that was on the screen, and `text` is that wording where it is one of the edited texts,
    so that it can be shown later what somebody agreed to. Of a person, or of an address that only subscribes. `scope`
    says how much was agreed to where that is a choice: for VISIBILITY the shown fields with commas between them.
    """

    class Purpose(models.TextChoices):
        PRIVACY_NOTICE = "privacy_notice", _("Datenschutzhinweise zur Kenntnis genommen")
        NEWSLETTER = "newsletter", _("Rundbrief")
        VISIBILITY = "visibility", _("Angaben für andere sichtbar")
        CONTACT = "contact", _("Kontaktdaten, Themen und Interessen aus einer Liste")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="consent_events",
        verbose_name=_("Person"),
    )
    subscription = models.ForeignKey(
        Subscription,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="consent_events",
        verbose_name=_("Abonnement"),
    )
    purpose = models.CharField(_("Zweck"), max_length=30, choices=Purpose.choices)
    version = models.CharField(_("Fassung"), max_length=20)
    text = models.ForeignKey(
        LegalText, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Wortlaut")
    )
    given = models.BooleanField(_("erteilt"))
    scope = models.CharField(_("Umfang"), max_length=200, blank=True)
    channel = models.CharField(_("Weg"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    at = models.DateTimeField(_("Zeitpunkt"), auto_now_add=True)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("Einwilligung")
        verbose_name_plural = _("Einwilligungen")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(subscription__isnull=False),
                name="consent_of_somebody",
            )
        ]
        triggers = [pgtrigger.Protect(name="no_change", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.version})"
