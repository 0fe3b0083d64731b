from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.models.organisation import Organisation


class Note(models.Model):
    """An internal remark of the project office on a person or an organisation; it is part of a person's data export."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name=_("Person"),
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="notes", verbose_name=_("Organisation")
    )
    text = models.TextField(_("Notiz"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("geschrieben von")
    )
    at = models.DateTimeField(_("geschrieben am"), auto_now_add=True)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("Notiz")
        verbose_name_plural = _("Notizen")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, organisation__isnull=True)
                | models.Q(person__isnull=True, organisation__isnull=False),
                name="note_about_one",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
