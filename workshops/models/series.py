from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.address import address
from stakeholders.models import Stakeholder
from stakeholders.models.localised import localised

PUBLIC = ("published", "postponed", "cancelled")
"""As `Workshop.PUBLIC_STATES`, which cannot be imported here."""


class SeriesQuerySet(models.QuerySet["Series"]):
    def shown(self) -> Self:
        """Those with an event that everybody sees."""
        return self.filter(workshops__state__in=PUBLIC).distinct()

    def visible_to(self, user: Stakeholder | AnonymousUser) -> Self:
        return self.all() if user.is_authenticated and user.is_staff else self.shown()


class Series(models.Model):
    """Events that belong together, such as a tour through the regions."""

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=120, unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    title_en = models.CharField(_("Titel (englisch)"), max_length=200, blank=True)
    summary = models.TextField(_("Kurzfassung"), max_length=600, blank=True)
    summary_en = models.TextField(_("Kurzfassung (englisch)"), max_length=600, blank=True)

    objects = SeriesQuerySet.as_manager()

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
