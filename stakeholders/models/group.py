from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.localised import localised


class StakeholderGroup(models.Model):
    """One of the classes of actors in the guideline document; editable, because groups are data and no code."""

    key = models.SlugField(_("Schlüssel"), unique=True)
    name = models.CharField(_("Bezeichnung"), max_length=120, unique=True)
    name_en = models.CharField(_("Bezeichnung (englisch)"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ("position", "name")
        verbose_name = _("Akteursgruppe")
        verbose_name_plural = _("Akteursgruppen")

    def __str__(self) -> str:
        return localised(self, "name")
