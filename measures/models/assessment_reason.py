from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.measure import Measure
from measures.models.round import AssessmentRound


class AssessmentReason(models.Model):
    """Why somebody rated a measure as they did; asked for where the answer lies far from those of the others.

    The project office reads it without the name; deleting the account deletes it, because words can name their author.
    """

    round = models.ForeignKey(
        AssessmentRound, models.CASCADE, related_name="reasons", verbose_name=_("Bewertungsrunde")
    )
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reasons", verbose_name=_("Akteurin / Akteur")
    )
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="reasons", verbose_name=_("Maßnahme"))
    text = models.TextField(_("Begründung"), max_length=1000)
    changed_at = models.DateTimeField(_("geändert am"), auto_now=True)

    class Meta:
        verbose_name = _("Begründung einer Bewertung")
        verbose_name_plural = _("Begründungen von Bewertungen")
        constraints = [models.UniqueConstraint(fields=("round", "rater", "measure"), name="reason_unique")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.measure_id}"
