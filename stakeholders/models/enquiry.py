from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def waiting(self) -> Self:
        """Those in which the last word is not the office's."""
        return self.filter(state=Enquiry.State.OPEN).order_by("changed_at")


class Enquiry(models.Model):
    """A conversation with the project office, begun on the contact page; guests return to it by a link in a mail."""

    class Topic(models.TextChoices):
        PARTICIPATION = "participation", _("Mitwirken")
        EVENTS = "events", _("Veranstaltungen")
        ACCOUNT = "account", _("Zugang und Anmeldung")
        PRIVACY = "privacy", _("Datenschutz")
        ACCESSIBILITY = "accessibility", _("Barriere melden")
        PRESS = "press", _("Presse")
        OTHER = "other", _("anderes Anliegen")

    class State(models.TextChoices):
        OPEN = "open", _("wartet auf Antwort")
        ANSWERED = "answered", _("beantwortet")
        CLOSED = "closed", _("abgeschlossen")

    topic = models.CharField(_("Thema"), max_length=15, choices=Topic.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="enquiries",
        verbose_name=_("Person"),
    )
    name = models.CharField(_("Name"), max_length=160, blank=True)
    email = models.EmailField(_("E-Mail-Adresse"))
    language = models.CharField(
        _("Sprache"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    subject = models.CharField(_("Betreff"), max_length=150)
    state = models.CharField(_("Stand"), max_length=8, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(_("eingegangen am"), auto_now_add=True)
    changed_at = models.DateTimeField(_("zuletzt geändert"), auto_now=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-pk")
        verbose_name = _("Anfrage")
        verbose_name_plural = _("Anfragen")
        indexes = [models.Index(fields=("state", "changed_at"), name="enquiry_queue")]

    def __str__(self) -> str:
        return self.subject


class EnquiryMessage(models.Model):
    """One message of the thread: by the person who asks, or by somebody of the project office (`by_office`)."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="messages", verbose_name=_("Anfrage"))
    by_office = models.BooleanField(_("vom Projektbüro"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("geschrieben von"),
    )
    text = models.TextField(_("Nachricht"), max_length=5000)
    at = models.DateTimeField(_("geschrieben am"), auto_now_add=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("Nachricht einer Anfrage")
        verbose_name_plural = _("Nachrichten einer Anfrage")

    def __str__(self) -> str:
        return self.text[:80]
