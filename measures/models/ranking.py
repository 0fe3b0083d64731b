from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.round import AssessmentRound
from stakeholders.address import address
from stakeholders.models.stakeholder import Stakeholder
from stakeholders.permissions import may_read_reports


class RankingQuerySet(models.QuerySet["Ranking"]):
    def published(self) -> Self:
        return self.filter(published=True)

    def latest_published(self) -> Self:
        """Of each round the latest version that everybody may read."""
        later = self.model.objects.published().filter(
            round=models.OuterRef("round"), version__gt=models.OuterRef("version")
        )
        return self.published().filter(~models.Exists(later))

    def visible_to(self, user: Stakeholder | AnonymousUser) -> Self:
        """Published ones everybody; all of them the ministry and the project office."""
        return self if may_read_reports(user) else self.published()

    def listed(self) -> Self:
        """Without the large columns, which a list does not show."""
        return self.select_related("round").defer("data", "result", "labels")


class Ranking(models.Model):
    """The frozen, hashed result of one round; never changed, a correction is a new version that says what changed.

    `data` is the anonymised input (schema ranking-data/1 as JSON, compressed with gzip), `result` what
    `measures.domain.prioritisation` made of it (schema ranking/1), `labels` the titles at the time of freezing, so that
    later edits change no report.
    """

    round = models.ForeignKey(
        AssessmentRound, models.PROTECT, related_name="rankings", verbose_name=_("Bewertungsrunde")
    )
    version = models.PositiveSmallIntegerField(_("Fassung"))
    data = models.BinaryField(_("Eingangsdaten"))
    result = models.JSONField(_("Ergebnis"))
    labels = models.JSONField(_("Bezeichnungen"))
    hash = models.CharField(_("Prüfsumme"), max_length=80)
    note = models.CharField(_("Was sich geändert hat"), max_length=500, blank=True)
    published = models.BooleanField(_("veröffentlicht"), default=False)
    created_at = models.DateTimeField(_("eingefroren am"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("eingefroren von"),
    )

    objects = RankingQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("Priorisierung")
        verbose_name_plural = _("Priorisierungen")
        constraints = [models.UniqueConstraint(fields=("round", "version"), name="ranking_version_unique")]
        triggers = [
            pgtrigger.Protect(name="not_deletable", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("round", "version", "data", "result", "labels", "hash", "note"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} – {_('Fassung')} {self.version}"

    def get_absolute_url(self) -> str:
        return address("measures:report_detail", self.round.slug, self.version)
