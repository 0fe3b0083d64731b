from typing import Self

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stakeholders.models.district import District
from stakeholders.models.group import StakeholderGroup
from stakeholders.models.tag import Tag


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def listed(self) -> Self:
        """Without those that were merged into another one: of these only the old address lives on."""
        return self.filter(merged_into__isnull=True)


@pghistory.track(exclude=["demo"])
class Organisation(models.Model):
    """What people belong to and may speak for. Once merged into another it stays as a signpost for old links."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Unternehmen")
        ASSOCIATION = "association", _("Verband oder Verein")
        UNION = "union", _("Gewerkschaft")
        CHAMBER = "chamber", _("Kammer")
        SCIENCE = "science", _("Hochschule oder Forschungseinrichtung")
        AUTHORITY = "authority", _("Behörde oder öffentliche Einrichtung")
        OTHER = "other", _("andere Organisation")

    class SizeClass(models.TextChoices):
        """Of the European Commission's recommendation 2003/361/EC, by staff."""

        MICRO = "micro", _("bis 9 Beschäftigte")
        SMALL = "small", _("10 bis 49 Beschäftigte")
        MEDIUM = "medium", _("50 bis 249 Beschäftigte")
        LARGE = "large", _("250 und mehr Beschäftigte")

    slug = models.SlugField(max_length=160, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=160)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind.choices, blank=True)
    group = models.ForeignKey(
        StakeholderGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("Akteursgruppe"),
    )
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("Kreis")
    )
    size_class = models.CharField(_("Größenklasse"), max_length=6, choices=SizeClass.choices, blank=True)
    website = models.URLField(_("Internetseite"), blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="organisations", verbose_name=_("Schlagwörter"))
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("zusammengeführt mit"),
    )
    demo = models.BooleanField(_("Demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisationen")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="organisation_name_unique",
                violation_error_message=_("Diese Organisation gibt es bereits."),
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")), name="organisation_not_merged_into_itself"
            ),
        ]
        indexes = [GinIndex(OpClass("name", "gin_trgm_ops"), name="organisation_name_trigram")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:organisation_detail", args=[self.slug])
