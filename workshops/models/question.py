from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.localised import localised
from workshops.models.registration import Registration
from workshops.models.workshop import Workshop


class Question(models.Model):
    """What an event asks who registers. Answers on accessibility and catering are deleted soon after the event.

    `shown_if` with `shown_value`: asked only of those who answered that question so.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        CHOICE = "choice", _("Auswahl")
        NUMBER = "number", _("Zahl")

    class Purpose(models.TextChoices):
        GENERAL = "general", _("Vorbereitung")
        ACCESSIBILITY = "accessibility", _("Barrierefreiheit")
        CATERING = "catering", _("Verpflegung")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="questions", verbose_name=_("Veranstaltung"))
    text = models.CharField(_("Frage"), max_length=300)
    text_en = models.CharField(_("Frage (englisch)"), max_length=300, blank=True)
    kind = models.CharField(_("Art"), max_length=6, choices=Kind.choices, default=Kind.TEXT)
    choices = models.TextField(_("Antworten zur Auswahl"), blank=True, help_text=_("eine je Zeile"))
    required = models.BooleanField(_("muss beantwortet werden"), default=False)
    purpose = models.CharField(_("Zweck"), max_length=13, choices=Purpose.choices, default=Purpose.GENERAL)
    shown_if = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("nur wenn auf diese Frage")
    )
    shown_value = models.CharField(_("so geantwortet wurde"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    SENSITIVE = (Purpose.ACCESSIBILITY, Purpose.CATERING)
    """Their answers tell about health or belief."""

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("Frage zur Anmeldung")
        verbose_name_plural = _("Fragen zur Anmeldung")

    def __str__(self) -> str:
        return localised(self, "text")

    @property
    def is_sensitive(self) -> bool:
        return self.purpose in self.SENSITIVE

    @property
    def options(self) -> list[str]:
        return [line.strip() for line in self.choices.splitlines() if line.strip()]


class Answer(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers", verbose_name=_("Frage"))
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="answers", verbose_name=_("Anmeldung"))
    value = models.CharField(_("Antwort"), max_length=500)

    class Meta:
        verbose_name = _("Antwort zur Anmeldung")
        verbose_name_plural = _("Antworten zur Anmeldung")
        constraints = [models.UniqueConstraint(fields=("question", "registration"), name="answer_unique")]

    def __str__(self) -> str:
        return f"{self.question_id}/{self.registration_id}"
