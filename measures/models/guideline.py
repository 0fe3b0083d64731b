from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.localised import localised


class Guideline(models.Model):
    """What the whole strategy aims at; recommendations were derived from it."""

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=120, unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    title_en = models.CharField(_("Titel (englisch)"), max_length=200, blank=True)
    text = models.TextField(_("Text"), max_length=2000)
    text_en = models.TextField(_("Text (englisch)"), max_length=2000, blank=True)
    source = models.CharField(_("Quelle"), max_length=300)
    source_url = models.URLField(_("Adresse der Quelle"), blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        ordering = ("position", "title")
        verbose_name = _("strategische Leitlinie")
        verbose_name_plural = _("strategische Leitlinien")

    def __str__(self) -> str:
        return localised(self, "title")

    @property
    def local_text(self) -> str:
        return localised(self, "text")
