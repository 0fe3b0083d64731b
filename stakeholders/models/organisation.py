from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stakeholders.models.district import District
from stakeholders.models.group import StakeholderGroup


class Organisation(models.Model):
    slug = models.SlugField(max_length=160, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=160)
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
    website = models.URLField(_("Internetseite"), blank=True)
    demo = models.BooleanField(_("Demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)

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
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:organisation_detail", args=[self.slug])
