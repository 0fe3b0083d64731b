from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentReportQuerySet(models.QuerySet["ContentReport"]):
    def waiting(self) -> Self:
        return self.filter(state=ContentReport.State.OPEN).order_by("reported_at")


class ContentReport(models.Model):
    """Somebody says that a published content breaks the law or the rules; the office decides and tells both sides why.

    The content is named by its address and label, because the apps above own it; `author` is who wrote it at that time.
    """

    class Reason(models.TextChoices):
        ILLEGAL = "illegal", _("Verstoß gegen ein Gesetz")
        INSULT = "insult", _("Beleidigung oder Hetze")
        PERSONAL_DATA = "personal_data", _("persönliche Angaben über andere")
        FALSE = "false", _("falsche Tatsachenbehauptung")
        ADVERTISING = "advertising", _("Werbung")
        OTHER = "other", _("anderer Grund")

    class State(models.TextChoices):
        OPEN = "open", _("wartet auf Entscheidung")
        KEPT = "kept", _("Inhalt bleibt")
        REMOVED = "removed", _("Inhalt entfernt")

    key = models.CharField(_("Schlüssel"), max_length=80, db_index=True)
    label = models.CharField(_("Inhalt"), max_length=300)
    address = models.CharField(_("Adresse"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reported_contents",
        verbose_name=_("geschrieben von"),
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="content_reports",
        verbose_name=_("gemeldet von"),
    )
    reporter_email = models.EmailField(_("E-Mail-Adresse für die Antwort"), blank=True)
    language = models.CharField(
        _("Sprache der Antwort"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    reason = models.CharField(_("Grund"), max_length=15, choices=Reason.choices)
    explanation = models.TextField(_("Erläuterung"), max_length=2000)
    state = models.CharField(_("Stand"), max_length=8, choices=State.choices, default=State.OPEN)
    decision_reason = models.TextField(_("Begründung der Entscheidung"), max_length=2000, blank=True)
    reported_at = models.DateTimeField(_("gemeldet am"), auto_now_add=True)
    decided_at = models.DateTimeField(_("entschieden am"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entschieden von"),
    )

    objects = ContentReportQuerySet.as_manager()

    class Meta:
        ordering = ("-reported_at", "-pk")
        verbose_name = _("Meldung eines Inhalts")
        verbose_name_plural = _("Meldungen von Inhalten")

    @property
    def answer_address(self) -> str:
        """Where the answer goes; empty if nobody wants one."""
        return self.reporter.mail_address if self.reporter else self.reporter_email

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.label}"
