from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.models.workshop import Workshop


class InvitationWave(models.Model):
    """People who are invited to an event together: a draft is looked through before anything is sent.

    `protocol` of a drawn wave holds what anybody needs to draw again: the pool without names, quotas, seed, the chance
    of each, and who was drawn by number (schema fair-selection/1, see `workshops.domain.fair_selection`).
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="waves", verbose_name=_("Veranstaltung"))
    number = models.PositiveSmallIntegerField(_("Welle"))
    places = models.PositiveIntegerField(_("Plätze"), null=True, blank=True)
    quotas = models.JSONField(_("Quoten"), default=list, blank=True)
    seed = models.PositiveIntegerField(_("Startwert der Auslosung"), default=1)
    protocol = models.JSONField(_("Protokoll"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("angelegt von"),
    )
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    sent_at = models.DateTimeField(_("versandt am"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("erinnert am"), null=True, blank=True)

    class Meta:
        ordering = ("workshop", "number")
        verbose_name = _("Einladungswelle")
        verbose_name_plural = _("Einladungswellen")
        constraints = [models.UniqueConstraint(fields=("workshop", "number"), name="wave_unique")]

    def __str__(self) -> str:
        return f"{self.workshop} – {self.number}"
