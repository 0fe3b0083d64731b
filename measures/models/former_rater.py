from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.round import AssessmentRound
from stakeholders.models.district import District
from stakeholders.models.group import StakeholderGroup
from stakeholders.models.organisation import Organisation


class FormerRater(models.Model):
    """Stands for somebody who rated in a round that is over and has deleted the account: answers without a person.

    One row per round, so that nothing connects the rounds. It holds what decides how an answer counts, and the
    organisation only if somebody else of it rated too: alone it would name the person and change no figure.
    """

    round = models.ForeignKey(
        AssessmentRound, models.PROTECT, related_name="former_raters", verbose_name=_("Bewertungsrunde")
    )
    group = models.ForeignKey(
        StakeholderGroup, models.PROTECT, null=True, related_name="+", verbose_name=_("Akteursgruppe")
    )
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+", verbose_name=_("Kreis"))
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, related_name="+", verbose_name=_("Organisation")
    )

    class Meta:
        verbose_name = _("ehemalige Bewertende")
        verbose_name_plural = _("ehemalige Bewertende")

    def __str__(self) -> str:
        return f"{self.round_id}/{self.pk}"
