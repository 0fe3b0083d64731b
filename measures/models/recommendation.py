from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.guideline import Guideline
from measures.models.measure import Measure
from stakeholders.models.localised import localised


class Recommendation(models.Model):
    """What was recommended in order to follow the guidelines, and the measures that put it into practice."""

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=120, unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    title_en = models.CharField(_("Titel (englisch)"), max_length=200, blank=True)
    text = models.TextField(_("Text"), max_length=2000)
    text_en = models.TextField(_("Text (englisch)"), max_length=2000, blank=True)
    source = models.CharField(_("Quelle"), max_length=300)
    source_url = models.URLField(_("Adresse der Quelle"), blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    guidelines = models.ManyToManyField(
        Guideline, blank=True, related_name="recommendations", verbose_name=_("dient den Leitlinien")
    )
    measures = models.ManyToManyField(
        Measure, blank=True, related_name="recommendations", verbose_name=_("Maßnahmen dazu")
    )

    class Meta:
        ordering = ("position", "title")
        verbose_name = _("Empfehlung")
        verbose_name_plural = _("Empfehlungen")

    def __str__(self) -> str:
        return localised(self, "title")

    @property
    def local_text(self) -> str:
        return localised(self, "text")
