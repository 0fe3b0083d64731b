from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.localised import localised


class Region(models.Model):
    """A NUTS-2 region of Saxony; groups the districts."""

    nuts = models.CharField("NUTS-2", max_length=4, unique=True)
    name = models.CharField(_("Bezeichnung"), max_length=60)

    class Meta:
        ordering = ("name",)
        verbose_name = _("Region")
        verbose_name_plural = _("Regionen")

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A Landkreis or kreisfreie Stadt, or "outside Saxony" (no NUTS code, no region).

    `key` is the official Kreisschlüssel, so that results join with official statistics and the map.
    """

    key = models.CharField(_("Kreisschlüssel"), max_length=8, unique=True)
    nuts = models.CharField("NUTS-3", max_length=5, blank=True)
    name = models.CharField(_("Bezeichnung"), max_length=80, unique=True)
    name_en = models.CharField(_("Bezeichnung (englisch)"), max_length=80, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="districts", verbose_name=_("Region")
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ("position", "name")
        verbose_name = _("Kreis")
        verbose_name_plural = _("Kreise")

    def __str__(self) -> str:
        return localised(self, "name")
