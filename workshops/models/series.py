from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.address import address
from stakeholders.models.localised import localised


class Series(models.Model):
    """Events that belong together, such as a tour through the regions."""

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=120, unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    title_en = models.CharField(_("Titel (englisch)"), max_length=200, blank=True)
    summary = models.TextField(_("Kurzfassung"), max_length=600, blank=True)
    summary_en = models.TextField(_("Kurzfassung (englisch)"), max_length=600, blank=True)

    class Meta:
        ordering = ("title", "pk")
        verbose_name = _("Veranstaltungsreihe")
        verbose_name_plural = _("Veranstaltungsreihen")

    def __str__(self) -> str:
        return localised(self, "title")

    def get_absolute_url(self) -> str:
        return address("workshops:series_detail", self.slug)

    @property
    def local_summary(self) -> str:
        return localised(self, "summary")
