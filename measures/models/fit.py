from functools import reduce
from operator import and_

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.measure import Measure
from stakeholders.models import Channel, District

FIT_QUESTIONS = ("need", "readiness", "structures", "obstacles")


class FitAssessment(models.Model):
    """How one person who knows a district judges the fit of a measure to it (Passfähigkeits-Check).

    Each answer is 1 to 5, None is "kann ich nicht beurteilen"; more is always better, so `obstacles` asks how few there
    are. A later answer of the same person replaces the earlier one.
    """

    class Knows(models.TextChoices):
        WORKS = "works", _("Ich arbeite dort.")
        LIVES = "lives", _("Ich lebe dort.")
        ADVISES = "advises", _("Ich berate oder fördere dort.")
        OTHER = "other", _("Ich kenne den Kreis aus anderer Erfahrung.")

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="fit_assessments", verbose_name=_("Maßnahme"))
    district = models.ForeignKey(District, models.PROTECT, related_name="fit_assessments", verbose_name=_("Kreis"))
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="fit_assessments",
        verbose_name=_("Akteurin / Akteur"),
    )
    knows = models.CharField(_("Woher kennen Sie den Kreis?"), max_length=8, choices=Knows.choices)
    need = models.PositiveSmallIntegerField(_("Bedarf"), null=True, blank=True)
    readiness = models.PositiveSmallIntegerField(_("Bereitschaft"), null=True, blank=True)
    structures = models.PositiveSmallIntegerField(_("vorhandene Strukturen"), null=True, blank=True)
    obstacles = models.PositiveSmallIntegerField(_("wenige Hindernisse"), null=True, blank=True)
    reason = models.TextField(_("Begründung"), max_length=1000, blank=True)
    channel = models.CharField(_("Weg"), max_length=9, choices=Channel.choices, default=Channel.WEB, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("erfasst von"),
    )
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    changed_at = models.DateTimeField(_("geändert am"), auto_now=True)

    class Meta:
        verbose_name = _("Passfähigkeits-Check")
        verbose_name_plural = _("Passfähigkeits-Checks")
        constraints = [
            models.UniqueConstraint(fields=("measure", "district", "rater"), name="fit_unique"),
            models.CheckConstraint(
                condition=reduce(
                    and_,
                    (
                        models.Q(**{f"{name}__isnull": True}) | models.Q(**{f"{name}__gte": 1, f"{name}__lte": 5})
                        for name in FIT_QUESTIONS
                    ),
                ),
                name="fit_grades_between_1_and_5",
                violation_error_message=_("Bitte wählen Sie eine der fünf Stufen."),
            ),
        ]
        indexes = [models.Index(fields=("district", "measure"), name="fit_district")]

    def __str__(self) -> str:
        return f"{self.measure_id}/{self.district_id}"
