from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from stakeholders.models import Stakeholder
from theses.models.thesis import Thesis


class StanceQuerySet(models.QuerySet["Stance"]):
    def counted(self) -> Self:
        """Stances of active people of the process; project office and ministry conduct it and do not count."""
        return self.filter(person__is_active=True, person__role=Stakeholder.Role.STAKEHOLDER)


class Stance(models.Model):
    """One person's position on a thesis; changeable, one per person. PASS: seen, without a position."""

    class Value(models.IntegerChoices):
        AGREE = 1, _("Zustimmung")
        NEUTRAL = 0, _("neutral")
        DISAGREE = -1, _("Ablehnung")
        PASS = 2, _("weiß nicht")

    thesis = models.ForeignKey(Thesis, models.CASCADE, related_name="stances", verbose_name=_("These"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="stances", verbose_name=_("Akteurin / Akteur")
    )
    value = models.SmallIntegerField(_("Haltung"), choices=Value.choices)
    version = models.PositiveIntegerField(_("Fassung der These"), default=1)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    changed_at = models.DateTimeField(_("geändert am"), auto_now=True)

    objects = StanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Haltung")
        verbose_name_plural = _("Haltungen")
        constraints = [
            models.UniqueConstraint(fields=("thesis", "person"), name="stance_unique"),
            models.CheckConstraint(condition=models.Q(value__in=(-1, 0, 1, 2)), name="stance_value_known"),
        ]

    def __str__(self) -> str:
        return f"{self.thesis_id}: {self.get_value_display()}"


class StanceChange(models.Model):
    """One act of taking or changing a stance, kept so that movement of opinions can be seen; erased with the person."""

    thesis = models.ForeignKey(Thesis, models.CASCADE, related_name="stance_changes", verbose_name=_("These"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="stance_changes", verbose_name=_("Akteurin / Akteur")
    )
    value = models.SmallIntegerField(_("Haltung"), choices=Stance.Value.choices)
    version = models.PositiveIntegerField(_("Fassung der These"))
    at = models.DateTimeField(_("am"))

    class Meta:
        ordering = ("thesis", "person", "at", "pk")
        verbose_name = _("Änderung einer Haltung")
        verbose_name_plural = _("Änderungen von Haltungen")

    def __str__(self) -> str:
        return f"{self.thesis_id}: {self.get_value_display()}"


def counted_stances() -> Coalesce:
    """How many stances count for each thesis of a query: what its `stance_count` should say."""
    counted = Stance.objects.counted().filter(thesis=models.OuterRef("pk")).order_by()
    number = counted.values("thesis").annotate(number=models.Count("pk")).values("number")
    return Coalesce(models.Subquery(number), 0)
