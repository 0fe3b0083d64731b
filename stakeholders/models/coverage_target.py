from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.district import District
from stakeholders.models.group import StakeholderGroup


class CoverageTarget(models.Model):
    """How many active people of a group in a district the project office wants; without a row nothing is aimed at."""

    group = models.ForeignKey(StakeholderGroup, models.CASCADE, related_name="+", verbose_name=_("Akteursgruppe"))
    district = models.ForeignKey(District, models.CASCADE, related_name="+", verbose_name=_("Kreis"))
    people = models.PositiveIntegerField(_("Ziel (aktive Personen)"))

    class Meta:
        ordering = ("group", "district")
        verbose_name = _("Ziel der Beteiligung")
        verbose_name_plural = _("Ziele der Beteiligung")
        constraints = [
            models.UniqueConstraint(
                fields=("group", "district"),
                name="coverage_target_unique",
                violation_error_message=_("Für diese Gruppe in diesem Kreis gibt es schon ein Ziel."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} – {self.district}: {self.people}"
