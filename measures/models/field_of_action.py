from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.localised import localised


class FieldOfAction(models.Model):
    """A heading under which measures stand."""

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=120, unique=True)
    title = models.CharField(_("Titel"), max_length=160)
    title_en = models.CharField(_("Titel (englisch)"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ("position", "title")
        verbose_name = _("Handlungsfeld")
        verbose_name_plural = _("Handlungsfelder")

    def __str__(self) -> str:
        return localised(self, "title")
