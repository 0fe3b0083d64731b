from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.former_rater import FormerRater
from measures.models.measure import Measure
from measures.models.round import AssessmentRound, Criterion
from stakeholders.models.channel import Channel


class Assessment(models.Model):
    """One person's answer to one criterion for one measure; the latest counts, the first is kept beside it.

    `grade` is 1 to 5; None means "kann ich nicht beurteilen" and counts as missing. Who deletes the account after the
    round leaves the answer to a `former` rater, so that a round counts the same however late it is frozen.
    """

    round = models.ForeignKey(
        AssessmentRound, models.PROTECT, related_name="assessments", verbose_name=_("Bewertungsrunde")
    )
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="assessments",
        verbose_name=_("Akteurin / Akteur"),
    )
    former = models.ForeignKey(
        FormerRater, models.CASCADE, null=True, related_name="assessments", verbose_name=_("ehemalige Bewertende")
    )
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="assessments", verbose_name=_("Maßnahme"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="assessments", verbose_name=_("Kriterium"))
    grade = models.PositiveSmallIntegerField(_("Stufe"), null=True, blank=True)
    first_grade = models.PositiveSmallIntegerField(_("erste Stufe"), null=True, blank=True)
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
        verbose_name = _("Bewertung")
        verbose_name_plural = _("Bewertungen")
        constraints = [
            models.UniqueConstraint(fields=("round", "rater", "measure", "criterion"), name="assessment_unique"),
            models.CheckConstraint(
                condition=models.Q(rater__isnull=False, former__isnull=True)
                | models.Q(rater__isnull=True, former__isnull=False),
                name="assessment_of_one_rater",
            ),
            models.CheckConstraint(
                condition=models.Q(grade__isnull=True) | models.Q(grade__gte=1, grade__lte=5),
                name="assessment_grade_between_1_and_5",
                violation_error_message=_("Bitte wählen Sie eine der fünf Stufen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}/{self.criterion_id}: {self.grade or '–'}"
