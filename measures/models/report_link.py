from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.models.ranking import Ranking


class ReportLinkQuerySet(models.QuerySet["ReportLink"]):
    def valid(self) -> Self:
        return self.filter(expires_at__gt=timezone.now(), revoked_at__isnull=True)


class ReportLink(models.Model):
    """A link by which one frozen version can be read without an account until a day, for use inside the ministry.

    Only a hash of the secret part is stored: the link itself is shown once, to whoever made it.
    """

    ranking = models.ForeignKey(Ranking, models.CASCADE, related_name="links", verbose_name=_("Priorisierung"))
    token_hash = models.CharField(_("Prüfsumme des Links"), max_length=64, unique=True, editable=False)
    purpose = models.CharField(_("Wofür"), max_length=120)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("angelegt von"),
    )
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    expires_at = models.DateTimeField(_("gültig bis"))
    revoked_at = models.DateTimeField(_("beendet am"), null=True, blank=True)
    used_count = models.PositiveIntegerField(_("Aufrufe"), default=0)
    used_at = models.DateTimeField(_("zuletzt aufgerufen"), null=True, blank=True)

    objects = ReportLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("Link zu einem Bericht")
        verbose_name_plural = _("Links zu Berichten")

    def __str__(self) -> str:
        return f"{self.purpose} ({self.ranking_id})"

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and timezone.now() < self.expires_at

    @property
    def last_moment(self) -> datetime:
        """For people: the last minute of the last day, not the first of the next."""
        return self.expires_at - timedelta(minutes=1)
