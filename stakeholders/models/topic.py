from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.localised import localised


class Topic(models.Model):
    """What people say interests them; the words come from the guideline documents and are edited by the office."""

    key = models.SlugField(_("Schlüssel"), unique=True)
    name = models.CharField(_("Bezeichnung"), max_length=120, unique=True)
    name_en = models.CharField(_("Bezeichnung (englisch)"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ("position", "name")
        verbose_name = _("Thema")
        verbose_name_plural = _("Themen")

    def __str__(self) -> str:
        return localised(self, "name")
