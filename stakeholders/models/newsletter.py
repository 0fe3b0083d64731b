from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def confirmed(self) -> Self:
        return self.filter(state=Subscription.State.CONFIRMED)


class Subscription(models.Model):
    """An address that asked for the newsletter, confirmed it by a link in a mail, or ended it.

    Without an account too; `person` is set when the address belongs to one. The consent itself stands in ConsentEvent.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("noch nicht bestätigt")
        CONFIRMED = "confirmed", _("bestätigt")
        ENDED = "ended", _("abbestellt")

    email = models.EmailField(_("E-Mail-Adresse"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="subscriptions",
        verbose_name=_("Person"),
    )
    language = models.CharField(
        _("Sprache"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.PENDING)
    requested_at = models.DateTimeField(_("angefragt am"))
    confirmed_at = models.DateTimeField(_("bestätigt am"), null=True, blank=True)
    ended_at = models.DateTimeField(_("abbestellt am"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-pk")
        verbose_name = _("Abonnement des Rundbriefs")
        verbose_name_plural = _("Abonnements des Rundbriefs")
        constraints = [models.UniqueConstraint(Lower("email"), name="subscription_email_unique")]

    def __str__(self) -> str:
        return self.email


class Newsletter(models.Model):
    """One issue of the newsletter. SENT: a message to every confirmed address of that moment stands in the outbox."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        SENT = "sent", _("versendet")

    subject = models.CharField(_("Betreff"), max_length=150)
    body = models.TextField(_("Text"), help_text=_("Markdown"))
    subject_en = models.CharField(_("Betreff (englisch)"), max_length=150, blank=True)
    body_en = models.TextField(_("Text (englisch)"), blank=True, help_text=_("Markdown"))
    state = models.CharField(_("Stand"), max_length=5, choices=State.choices, default=State.DRAFT, editable=False)
    sent_at = models.DateTimeField(_("versendet am"), null=True, blank=True, editable=False)
    recipients = models.PositiveIntegerField(_("Empfänger"), default=0, editable=False)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("Rundbrief")
        verbose_name_plural = _("Rundbriefe")

    def __str__(self) -> str:
        return self.subject
