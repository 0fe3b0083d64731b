from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.models.workshop import Workshop


class Invitation(models.Model):
    """A personal invitation; its signed link works without login and names this row."""

    class Answer(models.TextChoices):
        OPEN = "open", _("offen")
        ACCEPTED = "accepted", _("zugesagt")
        DECLINED = "declined", _("abgesagt")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="invitations", verbose_name=_("Veranstaltung"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations", verbose_name=_("Akteurin / Akteur")
    )
    answer = models.CharField(_("Antwort"), max_length=10, choices=Answer.choices, default=Answer.OPEN)
    answer_reason = models.CharField(_("Grund der Absage"), max_length=300, blank=True)
    invited_at = models.DateTimeField(_("eingeladen am"), auto_now_add=True)
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)

    class Meta:
        ordering = ("workshop", "person__last_name", "pk")
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")
        constraints = [models.UniqueConstraint(fields=("workshop", "person"), name="invitation_unique")]

    def __str__(self) -> str:
        return f"{self.workshop} – {self.get_answer_display()}"
